// AMR of one channel, narrow and wide band (RFC 4867 §5): `amr-nb-v1`, `amr-wb-v1`, and both out of an MP4 file; a leaf is a frame of
// 20 ms with its first octet. Decodes nothing.
import { ascii, equal, refuse } from '../core/bytes.ts';
import type { Leaf, ObjectRecord } from '../core/object.ts';
import { type Source, Stream } from '../core/source.ts';
import { NARROW, WIDE } from './amrtones.ts';
import type { Profile, Renderer } from './profile.ts';
import { Pieces } from './pieces.ts';
import { type Configuration, Layout, packetsOf, readConfiguration, recording } from './recording.ts';
import { type Plain, plain, profileOf } from './sound.ts';

const FRAMES_PER_SECOND = 50;
const MAX_FRAMES = 2 ** 25;

export interface Band {
  readonly codec: 'amr-nb' | 'amr-wb';
  readonly rate: number;
  readonly magic: Uint8Array;
  /** Octets of a frame by its type; 0: the type ends the frames. */
  readonly octets: readonly number[];
  /** What stands for a withheld frame, by mode of speech. */
  readonly tones: readonly Uint8Array[];
}

export const NB: Band = { codec: 'amr-nb', rate: 8000, magic: ascii('#!AMR\n'), octets: [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1], tones: NARROW };
export const WB: Band = { codec: 'amr-wb', rate: 16_000, magic: ascii('#!AMR-WB\n'), octets: [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1], tones: WIDE };

/** How long a frame is that begins with this octet; 0: none does. */
export function octetsOf(band: Band, octet: number): number {
  return band.octets[(octet >> 3) & 15] as number;
}

/** The copy: each frame as it stands, and for a withheld one the tone in the mode of the last speech that is open. */
function copy(band: Band): Plain {
  let mode = band.tones.length - 1;
  return {
    configuration: new Uint8Array(0),
    start: () => band.magic,
    open(payload) {
      const [first] = payload;
      if (first === undefined || payload.length !== octetsOf(band, first)) refuse('a frame of sound has another length than its type');
      const type = ((first as number) >> 3) & 15;
      if (type < band.tones.length) mode = type;
      return payload;
    },
    hidden: () => band.tones[mode] as Uint8Array,
  };
}

async function* framesOf(band: Band, source: Source): AsyncGenerator<Uint8Array> {
  if (source.size < band.magic.length || !equal(await source.read(0, band.magic.length), band.magic)) refuse('the original is no AMR file of its profile');
  const stream = new Stream(source);
  await stream.take(band.magic.length);
  while (stream.left > 0) {
    await stream.fill(1);
    const octets = octetsOf(band, stream.peek()[0] as number);
    if (octets === 0 || octets > stream.left) return;
    yield await stream.take(octets);
  }
}

/** How many frames there are, and their bytes. */
async function measured(band: Band, source: Source): Promise<readonly [count: number, length: number]> {
  let count = 0;
  let length = 0;
  for await (const frame of framesOf(band, source)) {
    count += 1;
    length += frame.length;
    if (count > MAX_FRAMES) refuse('the original has more frames than the profile takes');
  }
  return count === 0 ? refuse('the original has no frame') : [count, length];
}

const CONFIGURATION: Configuration = { codec: NB.codec, rate: NB.rate, channels: 1 };

/** The copy under a CFG of version 1. */
class Player implements Renderer {
  private readonly packets: number;
  private readonly copy = copy(NB);

  constructor(record: ObjectRecord) {
    this.packets = packetsOf(record.ticks, 1);
  }

  *open(index: number, { payload }: Leaf): Iterable<Uint8Array> {
    if (index === 0) {
      readConfiguration(payload, CONFIGURATION, this.packets, null);
      yield NB.magic;
    } else if (index <= this.packets) yield this.copy.open(payload);
  }

  *hidden(first: number, leaves: number): Iterable<Uint8Array> {
    if (first === 0) refuse('the configuration of the recording is withheld');
    for (let index = first; index < first + leaves && index <= this.packets; index++) yield this.copy.hidden();
  }

  *end(): Iterable<Uint8Array> {}
}

async function* leavesOf(frames: AsyncIterable<Uint8Array>): AsyncGenerator<Leaf> {
  for await (const payload of frames) yield { ticks: 1, payload };
}

async function carve(source: Source): ReturnType<NonNullable<Profile['carve']>> {
  const [count, length] = await measured(NB, source);
  const layout = new Layout();
  layout.add('literal', 0, NB.magic.length);
  layout.add('packets', NB.magic.length, length);
  layout.add('literal', NB.magic.length + length, source.size - NB.magic.length - length);
  return layout.leaves(source, CONFIGURATION, count, null, () => leavesOf(framesOf(NB, source)));
}

async function carveWide(source: Source): ReturnType<NonNullable<Profile['carve']>> {
  const pieces = new Pieces();
  pieces.literal(0, WB.magic.length);
  let at = WB.magic.length;
  for await (const { length } of framesOf(WB, source)) {
    pieces.packet(at, length);
    at += length;
  }
  if (pieces.packets === 0) refuse('the original has no frame');
  pieces.literal(at, source.size - at);
  return pieces.frames(source, { codec: WB.codec, rate: WB.rate, channels: 1, configuration: new Uint8Array(0) });
}

/** A profile of frames of this band under a CFG of version 2. */
export function framed(band: Band, carve: Profile['carve']): Profile {
  return profileOf({ codec: band.codec, rate: band.rate, channels: 1, timebase: [band.rate / FRAMES_PER_SECOND, band.rate], each: 1, copy: () => plain(copy(band)), carve });
}

export const amrNb: Profile = recording(1, FRAMES_PER_SECOND, carve, (record) => new Player(record));
export const amrWb: Profile = framed(WB, carveWide);
