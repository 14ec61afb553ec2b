// `chunk-v1`: any bytes in pieces of 64 KiB, shown as a whole or not at all.
import { refuse } from '../core/bytes.ts';
import type { Leaf } from '../core/object.ts';
import { type Source, Stream } from '../core/source.ts';
import { leavesOf, type Profile } from './profile.ts';

const CHUNK = 65_536;

async function* chunks(source: Source): AsyncGenerator<Leaf> {
  const stream = new Stream(source);
  do {
    yield { ticks: 1, payload: await stream.take(Math.min(CHUNK, stream.left)) };
  } while (stream.left > 0);
}

export const chunk: Profile = {
  kind: 'bytes',
  timebase: [1, 1],
  leaves: (ticks) => ticks,
  ticksBefore: (index) => index,
  containerFrom: () => null,
  carve: (source) => Promise.resolve(leavesOf(chunks(source), refuse)),
  renderings: () => [],
};
