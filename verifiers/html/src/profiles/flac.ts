// `flac-v1;BLOCK;RATE;CHANNELS`: FLAC of one block length (RFC 9639), a leaf a frame with its header and sums. Decodes nothing.
import { ascii, concat, equal, Refused, refuse } from '../core/bytes.ts';
import type { Leaf, ObjectRecord } from '../core/object.ts';
import { type Source, Window } from '../core/source.ts';
import { bits } from './bits.ts';
import { type Frame, headerNumber, longest, readFrame, stored, type Stream } from './flacframe.ts';
import { Pieces } from './pieces.ts';
import type { Profile } from './profile.ts';
import { type Codec, MAX_LEAF, type Place, profileOf } from './sound.ts';
import { tagAt } from './tags.ts';
import { tone } from './tone.ts';

const MAGIC = ascii('fLaC');
const STREAMINFO = 34;
const LAST_BLOCK = 0x80;
/** The most bytes of a frame's header. */
const HEADER = 16;

function start(stream: Stream, samples: number): Uint8Array {
  const counted = samples < 2 ** 36 ? samples : 0;
  return concat(MAGIC, bits([8, LAST_BLOCK], [24, STREAMINFO], [16, stream.block], [16, stream.block], [48, 0], [20, stream.rate], [3, stream.channels - 1], [5, stream.bits - 1], [36, counted]), new Uint8Array(16));
}

function toneOf(bitsOfSample: number, frame: number, rate: number): number {
  const value = tone(frame, rate);
  return bitsOfSample >= 16 ? value * 2 ** (bitsOfSample - 16) : value >> (16 - bitsOfSample);
}

/** Whether a frame is the one of this place. */
function checked(frame: Frame, payload: Uint8Array, { index, ticks }: Place): void {
  if (frame.length !== payload.length) refuse('a frame of sound has another length than it walks to');
  if (frame.number !== index || frame.samples !== ticks) refuse('a frame of sound is not that of its place');
}

class Copy implements Codec {
  private stream: Stream;
  private rate = true;
  private bits = true;

  constructor(
    stream: Omit<Stream, 'bits'>,
    private readonly samples: number,
  ) {
    this.stream = { ...stream, bits: 0 };
  }

  *start(configuration: Uint8Array): Iterable<Uint8Array> {
    const [size = 0] = configuration;
    if (configuration.length !== 1 || size < 4 || size > 32) refuse('the configuration has other bits a sample');
    this.stream = { ...this.stream, bits: size };
    yield start(this.stream, this.samples);
  }

  *open(payload: Uint8Array, place: Place): Iterable<Uint8Array> {
    const frame = readFrame(payload, this.stream);
    checked(frame, payload, place);
    this.rate = frame.tellsRate;
    this.bits = frame.tellsBits;
    yield payload;
  }

  *hidden({ index, from, ticks }: Place): Iterable<Uint8Array> {
    const values = Array.from({ length: ticks }, (_, i) => toneOf(this.stream.bits, from + i, this.stream.rate));
    yield stored(this.stream, index, values, { rate: this.rate, bits: this.bits });
  }

  *end(): Iterable<Uint8Array> {}
}

interface Begun {
  readonly stream: Stream;
  readonly at: number;
}

async function tags(window: Window, pieces: Pieces, from: number): Promise<number> {
  let at = from;
  for (let tag = await tagAt(window, at); tag > 0; tag = await tagAt(window, at)) {
    pieces.meta(at, tag);
    at += tag;
  }
  return at;
}

/** `fLaC` and all blocks of metadata, of which the first is STREAMINFO. */
async function begin(window: Window, pieces: Pieces, block: number): Promise<Begun> {
  const from = await tags(window, pieces, 0);
  if (!equal(await window.take(from, MAGIC.length), MAGIC)) refuse('the original is no FLAC file');
  let at = from + MAGIC.length;
  let stream: Stream | null = null;
  for (let last = false; !last; ) {
    const [head = 0, a = 0, b = 0, c = 0] = await window.take(at, 4);
    const length = (a << 16) | (b << 8) | c;
    last = (head & LAST_BLOCK) !== 0;
    if ((stream === null) !== ((head & 0x7f) === 0)) refuse('the original has its first block in another place');
    if (stream === null) {
      if (length !== STREAMINFO) refuse('the first block of the original has another length');
      const info = await window.take(at + 4, STREAMINFO);
      const view = new DataView(info.buffer, info.byteOffset, info.length);
      const [high, low] = [view.getUint32(10), view.getUint8(13)];
      if (view.getUint16(0) !== block || view.getUint16(2) !== block) refuse('the original has other blocks than the object');
      stream = { block, rate: high >>> 12, channels: ((high >>> 9) & 7) + 1, bits: (((high >>> 8) & 1) << 4 | (low >> 4)) + 1 };
    }
    at += 4 + length;
  }
  pieces.meta(from, at - from);
  return { stream: stream as Stream, at };
}

/** What lies behind the last frame: tags, or a frame that is torn. */
async function tail(window: Window, pieces: Pieces, from: number, stream: Stream): Promise<void> {
  const at = await tags(window, pieces, from);
  const left = window.size - at;
  if (left > longest(stream)) refuse('the original goes on behind its last frame');
  const bytes = await window.take(at, left);
  for (let i = 0; i < left; i++) {
    if (bytes[i] !== 0xff) continue;
    const found = headerNumber(bytes.subarray(i, i + HEADER), stream);
    if (found !== null && (i > 0 || found !== pieces.packets)) refuse('the original has a frame that does not hold');
  }
  pieces.literal(at, left);
}

async function carve(source: Source, block: number, rate: number, channels: number): ReturnType<NonNullable<Profile['carve']>> {
  const window = new Window(source, 4 * MAX_LEAF);
  const pieces = new Pieces();
  const begun = await begin(window, pieces, block);
  const { stream } = begun;
  if (stream.rate !== rate || stream.channels !== channels) refuse('the original has another rate or other channels than the object');
  let at = begun.at;
  let samples = 0;
  let short = false;
  while (at < source.size && !short) {
    const frame = frameIn(await window.read(at, MAX_LEAF), stream, pieces.packets);
    if (frame === null) break;
    short = frame.samples < block;
    pieces.packet(at, frame.length);
    samples += frame.samples;
    at += frame.length;
  }
  if (pieces.packets === 0) refuse('the original has no frame');
  await tail(window, pieces, at, stream);
  return pieces.leaves(source, { codec: 'flac', rate, channels, configuration: Uint8Array.of(stream.bits) }, pieces.packets, () => frames(pieces, source, block, samples));
}

/** The frame of this number, or null where it is torn or does not hold; what that means shows behind it. */
function frameIn(bytes: Uint8Array, stream: Stream, number: number): Frame | null {
  try {
    const frame = readFrame(bytes, stream);
    return frame.number === number ? frame : null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

async function* frames(pieces: Pieces, source: Source, block: number, samples: number): AsyncGenerator<Leaf> {
  let left = samples;
  for await (const payload of pieces.inOrder(source)) {
    yield { ticks: Math.min(block, left), payload };
    left -= block;
  }
}

/** The profile of this string, or null. */
export function flac(text: string): Profile | null {
  const [, size, stated, channel] = /^flac-v1;([1-9][0-9]{1,4});([1-9][0-9]{3,5});([1-8])$/.exec(text) ?? [];
  const [block, rate, channels] = [Number(size), Number(stated), Number(channel)];
  if (size === undefined || block < 16 || block > 65_535 || block > rate || rate < 4000 || rate > 768_000) return null;
  return profileOf({
    codec: 'flac', rate, channels, timebase: [1, rate], each: block,
    copy: (record: ObjectRecord) => new Copy({ block, rate, channels }, record.ticks),
    carve: (source) => carve(source, block, rate, channels),
  });
}
