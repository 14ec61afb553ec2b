// `lines-v1;UNIT`: a text in lines, as they stand. Decodes nothing.
import { refuse } from '../core/bytes.ts';
import type { Leaf } from '../core/object.ts';
import { type Source, Stream } from '../core/source.ts';
import { pieces, type Profile } from './profile.ts';

type Unit = 'byte' | 'utf-16le' | 'utf-16be';
const MAX_LINE = 2 ** 20;
const MAX_LINES = 2 ** 25;
const LF = 0x0a;

function unitOf(bytes: Uint8Array): Unit {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) refuse('the original has a UTF-32 mark');
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : 'byte';
}

/** Where the first line that ends inside these bytes ends, or −1. */
function lineEnd(bytes: Uint8Array, unit: Unit, from: number): number {
  if (unit === 'byte') return bytes.indexOf(LF, from) + 1 || -1;
  const low = unit === 'utf-16le' ? 0 : 1;
  for (let at = from - (from % 2); at + 1 < bytes.length; at += 2) {
    if (bytes[at + low] === LF && bytes[at + 1 - low] === 0) return at + 2;
  }
  return -1;
}

async function* linesOf(source: Source, unit: Unit): AsyncGenerator<Leaf> {
  if (unit !== 'byte' && source.size % 2 === 1) refuse('the original ends in half a unit');
  const stream = new Stream(source);
  for (let count = 0; stream.left > 0; count++) {
    if (count === MAX_LINES) refuse('the original has more lines than the profile takes');
    await stream.fill(1);
    let looked = 0;
    let end = lineEnd(stream.peek(), unit, 0);
    while (end < 0 && stream.have < stream.left && stream.have <= MAX_LINE) {
      looked = stream.have;
      await stream.fill(stream.have + 1);
      end = lineEnd(stream.peek(), unit, Math.max(0, looked - 1));
    }
    const length = end < 0 ? stream.have : end;
    if (length > MAX_LINE) refuse('the original has a line that is too long');
    const payload = stream.taken(length);
    if (unit === 'byte' && payload.includes(0)) refuse('the original has a NUL byte');
    yield { ticks: 1, payload };
  }
  yield { ticks: 0, payload: new Uint8Array(0) };
}

/** The profile of this string, or null if it is none of lines. */
export function lines(text: string): Profile | null {
  const [, unit] = /^lines-v1;(byte|utf-16le|utf-16be)$/.exec(text) ?? [];
  if (unit === undefined) return null;
  return pieces('lines', (source) => linesOf(source, unit as Unit), async (source) => {
    if (unitOf(await source.read(0, Math.min(4, source.size))) !== unit) refuse('the original has another unit than the object');
  });
}
