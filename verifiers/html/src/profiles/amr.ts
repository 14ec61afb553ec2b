// `amr-nb-v1`: AMR narrowband, one channel (RFC 4867 §5), a leaf a frame of 20 ms. Decodes nothing.
import { ascii, equal, fromHex, refuse } from '../core/bytes.ts';
import type { Leaf, ObjectRecord } from '../core/object.ts';
import { type Source, Stream } from '../core/source.ts';
import { compressed } from './compressed.ts';
import type { Profile, Renderer } from './profile.ts';
import { type Configuration, Layout, packetsOf, readConfiguration, recording } from './recording.ts';

const MAGIC = ascii('#!AMR\n');
const FRAMES_PER_SECOND = 50;
const MAX_FRAMES = 2 ** 25;
const LAST_SPEECH_MODE = 7;
const CONFIGURATION: Configuration = { codec: 'amr-nb', rate: 8000, channels: 1 };
/** Octets of a frame by its type; 0: the type ends the frames. */
const OCTETS = [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1];

/** What stands for a withheld frame, by mode (profiles.md). */
const TONE = [
  '0420c70d56ab9b35732a2638ae',
  '0c04e308724ff3ff21980f2282e6',
  '1482f2204877d9fe11de9f4a0d0ea110',
  '1c02ea408ddf8224277d8b03a4864198c5b8',
  '2420c7025e000c3f25b79bc2a901969023014a20',
  '2cbde4ca1ede00925bc864129c379205a9d88692ca',
  '3404719e7d49250247498bd45b80007a6b56ac5062aa4f0f869730',
  '3cac53b6684d227e6421817bb7c1c5431873fd9a08d07e03bfe93084705d3840',
].map((frame) => fromHex(frame) ?? new Uint8Array(0));

function typeOf(octet: number): number {
  return (octet >> 3) & 15;
}

class Player implements Renderer {
  private mode = LAST_SPEECH_MODE;
  private readonly packets: number;

  constructor(record: ObjectRecord) {
    this.packets = packetsOf(record.ticks, 1);
  }

  *open(index: number, leaf: Leaf): Iterable<Uint8Array> {
    if (index === 0) {
      readConfiguration(leaf.payload, CONFIGURATION, this.packets, null);
      yield MAGIC;
    } else if (index <= this.packets) {
      const type = leaf.payload.length > 0 ? typeOf(leaf.payload[0] as number) : 9;
      if (leaf.payload.length === 0 || leaf.payload.length !== OCTETS[type]) refuse('a frame of sound has another length than its type');
      if (type <= LAST_SPEECH_MODE) this.mode = type;
      yield leaf.payload;
    }
  }

  *hidden(first: number, leaves: number): Iterable<Uint8Array> {
    if (first === 0) refuse('the configuration of the recording is withheld');
    for (let index = first; index < first + leaves && index <= this.packets; index++) yield TONE[this.mode] as Uint8Array;
  }

  *end(): Iterable<Uint8Array> {}
}

async function* frames(source: Source): AsyncGenerator<Leaf> {
  const stream = new Stream(source);
  await stream.take(MAGIC.length);
  while (stream.left > 0) {
    await stream.fill(1);
    const octets = OCTETS[typeOf(stream.peek()[0] as number)] as number;
    if (octets === 0 || octets > stream.left) return;
    yield { ticks: 1, payload: await stream.take(octets) };
  }
}

async function carve(source: Source): ReturnType<NonNullable<Profile['carve']>> {
  if (source.size < MAGIC.length || !equal(await source.read(0, MAGIC.length), MAGIC)) refuse('the original is no AMR file');
  let count = 0;
  let length = 0;
  for await (const frame of frames(source)) {
    count += 1;
    length += frame.payload.length;
    if (count > MAX_FRAMES) refuse('the original has more frames than the profile takes');
  }
  if (count === 0) refuse('the original has no frame');
  const layout = new Layout();
  layout.add('literal', 0, MAGIC.length);
  layout.add('packets', MAGIC.length, length);
  layout.add('literal', MAGIC.length + length, source.size - MAGIC.length - length);
  return layout.leaves(source, CONFIGURATION, count, null, () => frames(source));
}

/** AMR narrowband out of an MP4 or 3GP file: the same frames and the same copy. */
export const mp4AmrNb: Profile = compressed([160, 8000], () => {
  let mode = LAST_SPEECH_MODE;
  return {
    ...CONFIGURATION,
    configuration: new Uint8Array(0),
    timebase: [160, 8000],
    start: () => MAGIC,
    open(payload) {
      const type = typeOf(payload[0] as number);
      if (payload.length !== OCTETS[type]) refuse('a frame of sound has another length than its type');
      if (type <= LAST_SPEECH_MODE) mode = type;
      return payload;
    },
    hidden: () => TONE[mode] as Uint8Array,
  };
});

export const amr: Profile = recording(1, FRAMES_PER_SECOND, carve, (record) => new Player(record));
