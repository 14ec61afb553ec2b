// One frame of FLAC (RFC 9639 §9), walked through by its grammar to its end; and one of stored samples, which stands for a withheld
// one. Decodes no sound.
import { Refused, refuse } from '../core/bytes.ts';
import { BitReader, bitsOf, type Field } from './bits.ts';

export interface Stream {
  readonly block: number;
  readonly rate: number;
  readonly channels: number;
  readonly bits: number;
}

export interface Frame {
  readonly length: number;
  readonly samples: number;
  readonly number: number;
  /** Whether the header says rate and bits itself. */
  readonly tellsRate: boolean;
  readonly tellsBits: boolean;
}

const SYNC = 0x3ffe;
const RATES = [0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];
const BITS = [0, 8, 12, -1, 16, 20, 24, 32];
const KILOHERTZ = 12;
const HERTZ = 13;
const TENS_OF_HERTZ = 14;
const LEFT_SIDE = 8;
const RIGHT_SIDE = 9;
const MID_SIDE = 10;

function tableOf(width: number, polynomial: number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let sum = byte << (width - 8);
    for (let i = 0; i < 8; i++) sum = (sum & (1 << (width - 1))) !== 0 ? (sum << 1) ^ polynomial : sum << 1;
    return sum & (2 ** width - 1);
  });
}

const CRC8 = tableOf(8, 0x07);
const CRC16 = tableOf(16, 0x8005);

function crc8(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = CRC8[sum ^ byte] as number;
  return sum;
}

function crc16(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) & 0xffff) ^ (CRC16[(sum >> 8) ^ byte] as number);
  return sum;
}

/** A number written as UTF-8 writes one, up to 36 bits. */
function coded(reader: BitReader): number {
  const first = reader.take(8);
  if (first < 0x80) return first;
  const more = Math.clz32(~(first << 24)) - 1;
  if (more < 1 || more > 6) refuse('a frame of sound has a number of another form');
  let value = first & (0x3f >> more);
  for (let i = 0; i < more; i++) {
    const byte = reader.take(8);
    if (byte >> 6 !== 2) refuse('a frame of sound has a number of another form');
    value = value * 64 + (byte & 63);
  }
  return value;
}

function putCoded(number: number): Field[] {
  if (number < 0x80) return [[8, number]];
  let more = 1;
  while (number >= 2 ** (6 * more + (6 - more))) more += 1;
  const bytes: Field[] = [];
  for (let i = 0, rest = number; i < more; i++, rest = Math.floor(rest / 64)) bytes.unshift([8, 0x80 | (rest % 64)]);
  return [[8, ((0xff00 >> (more + 1)) & 0xff) | Math.floor(number / 64 ** more)], ...bytes];
}

function samplesOf(reader: BitReader, code: number): number {
  if (code === 1) return 192;
  if (code >= 2 && code <= 5) return 144 << code;
  if (code === 6) return reader.take(8) + 1;
  if (code === 7) return reader.take(16) + 1;
  return code === 0 ? refuse('a frame of sound has no block size') : 1 << code;
}

function rateOf(reader: BitReader, code: number, stream: Stream): number {
  if (code === 0) return stream.rate;
  if (code === KILOHERTZ) return reader.take(8) * 1000;
  if (code === HERTZ) return reader.take(16);
  if (code === TENS_OF_HERTZ) return reader.take(16) * 10;
  return RATES[code] ?? refuse('a frame of sound has no rate');
}

function residual(reader: BitReader, samples: number, order: number): void {
  const method = reader.take(2);
  if (method > 1) refuse('a frame of sound has a residual of another kind');
  const width = method === 0 ? 4 : 5;
  const partitions = 1 << reader.take(4);
  const each = samples / partitions;
  if (!Number.isInteger(each) || each < order) refuse('a frame of sound has other partitions than samples');
  for (let partition = 0; partition < partitions; partition++) {
    const count = partition === 0 ? each - order : each;
    const parameter = reader.take(width);
    if (parameter === 2 ** width - 1) reader.skip(count * reader.take(5));
    else {
      for (let i = 0; i < count; i++) {
        reader.zeros();
        reader.skip(parameter);
      }
    }
  }
}

function subframe(reader: BitReader, samples: number, bits: number): void {
  if (reader.take(1) !== 0) refuse('a frame of sound has a subframe of another form');
  const type = reader.take(6);
  const width = bits - (reader.take(1) === 1 ? reader.zeros() + 1 : 0);
  if (width < 1) refuse('a frame of sound wastes all its bits');
  if (type === 0) return reader.skip(width);
  if (type === 1) return reader.skip(width * samples);
  const fixed = type >= 8 && type <= 12;
  if (!fixed && type < 32) refuse('a frame of sound has a subframe of no kind');
  const order = fixed ? type - 8 : type - 31;
  if (order > samples) refuse('a frame of sound predicts from more samples than it has');
  reader.skip(order * width);
  if (!fixed) {
    const precision = reader.take(4) + 1;
    if (precision === 16) refuse('a frame of sound has a predictor of no precision');
    reader.skip(5 + order * precision);
  }
  residual(reader, samples, order);
}

/** The frame at the start of these bytes, which must be one of this stream; torn if they end inside it. */
export function readFrame(bytes: Uint8Array, stream: Stream): Frame {
  const reader = new BitReader(bytes);
  if (reader.take(14) !== SYNC || reader.take(2) !== 0) refuse('a frame of sound begins otherwise');
  const [block, rate, assignment, size, reserved] = [reader.take(4), reader.take(4), reader.take(4), reader.take(3), reader.take(1)] as const;
  const number = coded(reader);
  const samples = samplesOf(reader, block);
  const says = { rate: rateOf(reader, rate, stream), bits: size === 0 ? stream.bits : BITS[size], channels: assignment < LEFT_SIDE ? assignment + 1 : assignment <= MID_SIDE ? 2 : 0 };
  const head = reader.at / 8;
  if (reserved !== 0 || crc8(bytes.subarray(0, head)) !== reader.take(8)) refuse('the header of a frame of sound does not hold');
  if (says.rate !== stream.rate || says.bits !== stream.bits || says.channels !== stream.channels) refuse('a frame of sound is of another stream');
  if (samples > stream.block) refuse('a frame of sound has more samples than its block');
  for (let channel = 0; channel < stream.channels; channel++) {
    const side = (channel === 1 && (assignment === LEFT_SIDE || assignment === MID_SIDE)) || (channel === 0 && assignment === RIGHT_SIDE);
    subframe(reader, samples, stream.bits + (side ? 1 : 0));
  }
  reader.toByte();
  const body = reader.at / 8;
  if (crc16(bytes.subarray(0, body)) !== reader.take(16)) refuse('a frame of sound does not have the sum that it says');
  return { length: body + 2, samples, number, tellsRate: rate !== 0, tellsBits: size !== 0 };
}

/** The number of the frame whose header stands at the start of these bytes, whatever its stream; null if none does. */
export function headerNumber(bytes: Uint8Array, stream: Stream): number | null {
  try {
    const reader = new BitReader(bytes);
    if (reader.take(14) !== SYNC || reader.take(2) !== 0) return null;
    const [block, rate, assignment, size, reserved] = [reader.take(4), reader.take(4), reader.take(4), reader.take(3), reader.take(1)] as const;
    const found = coded(reader);
    samplesOf(reader, block);
    rateOf(reader, rate, stream);
    if (reserved !== 0 || assignment > MID_SIDE || BITS[size] === -1) return null;
    return crc8(bytes.subarray(0, reader.at / 8)) === reader.take(8) ? found : null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** The most bytes of a frame: header, stored samples, sums. */
export function longest({ block, channels, bits }: Stream): number {
  return 16 + 1 + Math.ceil((channels * (8 + block * (bits + 1))) / 8) + 2;
}

/** A rate as a header tells it: by its own code, in Hz, or not at all where that does not fit. */
function tellRate(rate: number): readonly [code: number, behind: readonly Field[]] {
  const own = RATES.indexOf(rate);
  if (own > 0) return [own, []];
  return rate < 65_536 ? [HERTZ, [[16, rate]]] : [0, []];
}

/** A frame of stored samples, the same in every channel. */
export function stored(stream: Stream, number: number, values: readonly number[], tells: { readonly rate: boolean; readonly bits: boolean }): Uint8Array {
  const [rate, behind] = tells.rate ? tellRate(stream.rate) : [0, []];
  const size = tells.bits ? Math.max(0, BITS.indexOf(stream.bits)) : 0;
  const head: Field[] = [[16, 0xfff8], [4, 7], [4, rate], [4, stream.channels - 1], [3, size], [1, 0], ...putCoded(number), [16, values.length - 1], ...behind];
  const header = bitsOf(head);
  const samples = values.map((value): Field => [stream.bits, value < 0 ? value + 2 ** stream.bits : value]);
  const channel: Field[] = [[8, 2], ...samples];
  const body = bitsOf([...head, [8, crc8(header)], ...Array.from({ length: stream.channels }, () => channel).flat()]);
  const frame = new Uint8Array(body.length + 2);
  frame.set(body);
  const sum = crc16(body);
  frame.set([sum >> 8, sum & 255], body.length);
  return frame;
}
