// The playable copy of AAC and Apple Lossless out of an MP4 file: an M4A of exactly these boxes (docs/format/profiles.md). Invariant:
// a function of the packets, their length in samples, and the decoder configuration. Memory: one `mdat` and the packets' sizes.
import { ascii, concat, concatAll } from '../core/bytes.ts';

const MDAT = 262_144;
const MAX_U32 = 0xffffffff;
const IDENTITY = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

export interface Format {
  readonly entry: 'mp4a' | 'alac';
  readonly rate: number;
  readonly channels: number;
  readonly bits: number;
  /** Samples of a packet. */
  readonly samples: number;
  readonly configuration: Uint8Array;
}

const zeros = (count: number): Uint8Array => new Uint8Array(count);
const u8 = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const u16 = (...values: readonly number[]): Uint8Array => Uint8Array.from(values.flatMap((value) => [value >> 8, value & 255]));

function u32(...values: readonly number[]): Uint8Array {
  return numbers(values, 4);
}

function numbers(values: ArrayLike<number>, width: 4 | 8): Uint8Array {
  const bytes = new Uint8Array(width * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (width === 8) view.setUint32(8 * i, Math.floor(value / 2 ** 32));
    view.setUint32(width * i + width - 4, value % 2 ** 32);
  }
  return bytes;
}

function box(type: string, ...body: readonly Uint8Array[]): Uint8Array {
  const inside = concatAll(body);
  return concat(u32(8 + inside.length), ascii(type), inside);
}

function full(type: string, version: number, flags: number, ...body: readonly Uint8Array[]): Uint8Array {
  return box(type, u32(version * 2 ** 24 + flags), ...body);
}

/** A descriptor of `esds`: a tag, the bytes behind it, those. */
function descriptor(tag: number, ...body: readonly Uint8Array[]): Uint8Array {
  const inside = concatAll(body);
  return concat(u8(tag, inside.length), inside);
}

function entry({ entry: type, rate, channels, bits, configuration }: Format): Uint8Array {
  const codec = type === 'alac'
    ? full('alac', 0, 0, configuration)
    : full('esds', 0, 0, descriptor(3, zeros(3), descriptor(4, u8(0x40, 0x15), zeros(11), descriptor(5, configuration)), u8(6, 1, 2)));
  return box(type, zeros(7), u8(1), zeros(8), u16(channels, bits), zeros(4), u16(rate > 65_535 ? 0 : rate), zeros(2), codec);
}

/** Growing sizes, four bytes each. */
class Sizes {
  count = 0;
  private list = new Uint32Array(1024);

  push(size: number): void {
    if (this.count === this.list.length) {
      const longer = new Uint32Array(2 * this.count);
      longer.set(this.list);
      this.list = longer;
    }
    this.list[this.count++] = size;
  }

  get all(): Uint32Array {
    return this.list.subarray(0, this.count);
  }
}

export class M4a {
  private readonly sizes = new Sizes();
  private readonly starts: number[] = [];
  /** First `mdat`, packets in each. */
  private readonly runs: (readonly [number, number])[] = [];
  private held: Uint8Array[] = [];
  private length = 0;
  private at = 0;

  constructor(private readonly format: Format) {}

  start(): Uint8Array {
    const ftyp = box('ftyp', ascii('M4A '), u32(0), ascii('M4A mp42isom'));
    this.at = ftyp.length;
    return ftyp;
  }

  *packet(bytes: Uint8Array): Iterable<Uint8Array> {
    this.sizes.push(bytes.length);
    this.held.push(bytes);
    this.length += bytes.length;
    if (this.length >= MDAT) yield this.mdat();
  }

  private mdat(): Uint8Array {
    const mdat = box('mdat', ...this.held);
    this.starts.push(this.at + 8);
    const count = this.held.length;
    if (this.runs.at(-1)?.[1] !== count) this.runs.push([this.starts.length, count]);
    this.at += mdat.length;
    this.held = [];
    this.length = 0;
    return mdat;
  }

  *end(): Iterable<Uint8Array> {
    if (this.held.length > 0) yield this.mdat();
    yield this.moov();
  }

  private moov(): Uint8Array {
    const { rate, samples } = this.format;
    const packets = this.sizes.count;
    const duration = packets * samples;
    const long = duration > MAX_U32;
    const [version, width] = long ? ([1, 8] as const) : ([0, 4] as const);
    const dates = zeros(2 * width);
    const length = numbers([duration], width);
    const matrix = u32(...IDENTITY);
    return box('moov',
      full('mvhd', version, 0, dates, u32(rate), length, u32(0x10000, 0x1000000), zeros(8), matrix, zeros(24), u32(2)),
      box('trak',
        full('tkhd', version, 3, dates, u32(1, 0), length, zeros(12), u32(0x1000000), matrix, zeros(8)),
        box('mdia',
          full('mdhd', version, 0, dates, u32(rate), length, u32(0x55c40000)),
          full('hdlr', 0, 0, zeros(4), ascii('soun'), zeros(13)),
          box('minf', full('smhd', 0, 0, zeros(4)), box('dinf', full('dref', 0, 0, u32(1), full('url ', 0, 1))), this.tables(packets)))));
  }

  private tables(packets: number): Uint8Array {
    const far = (this.starts.at(-1) ?? 0) > MAX_U32;
    return box('stbl',
      full('stsd', 0, 0, u32(1), entry(this.format)),
      full('stts', 0, 0, u32(1, packets, this.format.samples)),
      full('stsc', 0, 0, u32(this.runs.length), numbers(this.runs.flatMap(([first, count]) => [first, count, 1]), 4)),
      full('stsz', 0, 0, u32(0, packets), numbers(this.sizes.all, 4)),
      full(far ? 'co64' : 'stco', 0, 0, u32(this.starts.length), numbers(this.starts, far ? 8 : 4)));
  }
}
