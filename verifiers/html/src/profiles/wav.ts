// `wav-v1;FORMAT;RATE;CHANNELS`: PCM, float and G.711 in RIFF WAVE, in blocks of 20 ms. Knows no other codec.
import { ascii, concat, equal, latin, refuse } from '../core/bytes.ts';
import type { Leaf, ObjectRecord } from '../core/object.ts';
import { type Source, Stream } from '../core/source.ts';
import type { Profile, Renderer } from './profile.ts';
import { type Configuration, type Extensible, Layout, packetsOf, readConfiguration, recording } from './recording.ts';
import { aLaw, muLaw, tone } from './tone.ts';

interface Format {
  readonly tag: number;
  readonly bytes: number;
  put(view: DataView, at: number, value: number): void;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
const GUID_TAIL = Uint8Array.of(0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71);

const FORMATS: Readonly<Record<string, Format>> = {
  u8: { tag: PCM, bytes: 1, put: (view, at, value) => view.setUint8(at, (value >> 8) + 128) },
  s16: { tag: PCM, bytes: 2, put: (view, at, value) => view.setInt16(at, value, true) },
  s24: {
    tag: PCM,
    bytes: 3,
    put(view, at, value) {
      view.setUint8(at, 0);
      view.setInt16(at + 1, value, true);
    },
  },
  s32: { tag: PCM, bytes: 4, put: (view, at, value) => view.setInt32(at, value * 65_536, true) },
  f32: { tag: FLOAT, bytes: 4, put: (view, at, value) => view.setFloat32(at, value / 32_768, true) },
  f64: { tag: FLOAT, bytes: 8, put: (view, at, value) => view.setFloat64(at, value / 32_768, true) },
  alaw: { tag: 6, bytes: 1, put: (view, at, value) => view.setUint8(at, aLaw(value)) },
  ulaw: { tag: 7, bytes: 1, put: (view, at, value) => view.setUint8(at, muLaw(value)) },
};

const MIN_FMT = 16;
const MAX_FMT = 4096;
const MAX_CHUNKS = 4096;
const MAX_SIZE = 0x1_0000_0000 - 4097;
const UNKNOWN_SIZE = 0xffffffff;

function formatOf(c: Configuration): Format {
  return FORMATS[c.codec] as Format;
}

/** `fmt ` of the playable copy, its eight bytes of header included. */
function fmtChunk(c: Configuration, extensible: Extensible | null): Uint8Array {
  const format = formatOf(c);
  const size = extensible !== null ? 40 : format.tag === PCM ? 16 : 18;
  const chunk = new Uint8Array(8 + size);
  const view = new DataView(chunk.buffer);
  chunk.set(ascii('fmt '));
  view.setUint32(4, size, true);
  view.setUint16(8, extensible !== null ? EXTENSIBLE : format.tag, true);
  view.setUint16(10, c.channels, true);
  view.setUint32(12, c.rate, true);
  view.setUint32(16, c.rate * c.channels * format.bytes, true);
  view.setUint16(20, c.channels * format.bytes, true);
  view.setUint16(22, format.bytes * 8, true);
  if (extensible !== null) {
    view.setUint16(24, 22, true);
    view.setUint16(26, extensible.validBits, true);
    view.setUint32(28, extensible.mask, true);
    view.setUint16(32, format.tag, true);
    chunk.set(GUID_TAIL, 34);
  }
  return chunk;
}

function playableHeader(c: Configuration, data: number, extensible: Extensible | null): Uint8Array {
  const fmt = fmtChunk(c, extensible);
  const riff = 4 + fmt.length + 8 + data + (data % 2);
  const sizes = new DataView(new ArrayBuffer(8));
  sizes.setUint32(0, riff > MAX_SIZE ? UNKNOWN_SIZE : riff, true);
  sizes.setUint32(4, data > MAX_SIZE ? UNKNOWN_SIZE : data, true);
  const size = new Uint8Array(sizes.buffer);
  return concat(ascii('RIFF'), size.subarray(0, 4), ascii('WAVE'), fmt, ascii('data'), size.subarray(4));
}

class Player implements Renderer {
  private readonly frame: number;
  private readonly packets: number;

  constructor(
    private readonly c: Configuration,
    private readonly each: number,
    private readonly record: ObjectRecord,
  ) {
    this.frame = c.channels * formatOf(c).bytes;
    this.packets = packetsOf(record.ticks, each);
  }

  *open(index: number, leaf: Leaf): Iterable<Uint8Array> {
    if (index === 0) {
      const { codec } = this.c;
      const bits = formatOf(this.c).bytes * 8;
      const extensible = readConfiguration(leaf.payload, { ...this.c, codec }, this.packets, bits);
      yield playableHeader(this.c, this.record.ticks * this.frame, extensible);
    } else if (index <= this.packets) {
      if (leaf.payload.length !== leaf.ticks * this.frame) refuse('a block of sound is too short or too long');
      yield leaf.payload;
    }
  }

  *hidden(first: number, leaves: number): Iterable<Uint8Array> {
    if (first === 0) refuse('the configuration of the recording is withheld');
    for (let index = first; index < first + leaves && index <= this.packets; index++) {
      const from = (index - 1) * this.each;
      yield this.toneOf(from, Math.min(this.each, this.record.ticks - from));
    }
  }

  private toneOf(from: number, frames: number): Uint8Array {
    const { put, bytes } = formatOf(this.c);
    const block = new Uint8Array(frames * this.frame);
    const view = new DataView(block.buffer);
    for (let frame = 0, at = 0; frame < frames; frame++) {
      const value = tone(from + frame, this.c.rate);
      for (let channel = 0; channel < this.c.channels; channel++, at += bytes) put(view, at, value);
    }
    return block;
  }

  *end(): Iterable<Uint8Array> {
    if ((this.record.ticks * this.frame) % 2 === 1) yield Uint8Array.of(0);
  }
}

interface Found {
  readonly c: Configuration;
  readonly extensible: Extensible | null;
}

function readFmt(body: Uint8Array): Found {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const stated = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const rate = view.getUint32(4, true);
  const block = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  let tag = stated;
  let extensible: Extensible | null = null;
  if (stated === EXTENSIBLE) {
    if (body.length < 40 || !equal(body.subarray(26, 40), GUID_TAIL)) refuse('the original has a format that the profile does not take');
    tag = view.getUint16(24, true);
    extensible = { validBits: view.getUint16(18, true), mask: view.getUint32(20, true) };
    if (extensible.validBits < 1 || extensible.validBits > bits) refuse('the original has other bits than are stored');
  }
  const codec = Object.keys(FORMATS).find((name) => FORMATS[name]?.tag === tag && (FORMATS[name]?.bytes ?? 0) * 8 === bits);
  if (codec === undefined || block !== channels * (bits / 8)) return refuse('the original has a format that the profile does not take');
  return { c: { codec, rate, channels }, extensible };
}

/** Four printable characters and a size that fits. */
function looksLikeChunk(bytes: Uint8Array, left: number): boolean {
  if (bytes.length < 8 || bytes.subarray(0, 4).some((byte) => byte < 0x20 || byte > 0x7e)) return false;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) <= left - 8;
}

interface Read extends Found {
  readonly layout: Layout;
  readonly data: number;
  readonly frames: number;
}

async function readWav(source: Source): Promise<Read> {
  const riff = await source.read(0, Math.min(12, source.size));
  if (riff.length < 12 || latin(riff.subarray(0, 4)) !== 'RIFF' || latin(riff.subarray(8, 12)) !== 'WAVE') refuse('the original is no RIFF WAVE file');
  const layout = new Layout();
  layout.add('literal', 0, 12);
  let at = 12;
  let found: Found | null = null;
  let sound: { data: number; frames: number } | null = null;
  for (let chunks = 0; source.size - at >= 8; chunks++) {
    if (chunks === MAX_CHUNKS) refuse('the original has too many chunks');
    const header = await source.read(at, 8);
    const id = latin(header.subarray(0, 4));
    let size = new DataView(header.buffer, header.byteOffset).getUint32(4, true);
    const left = source.size - at - 8;
    if (id === 'data' && sound === null) {
      if (found === null) return refuse('the original has no format before its sound');
      const behind = await source.read(at + 8, Math.min(8, left));
      if (size === UNKNOWN_SIZE || size > left || (size === 0 && left > 0 && !looksLikeChunk(behind, left))) size = left;
      const frame = found.c.channels * formatOf(found.c).bytes;
      const whole = size - (size % frame);
      layout.add('literal', at, 8);
      layout.add('packets', at + 8, whole);
      layout.add('literal', at + 8 + whole, size - whole + paddingOf(size, left));
      sound = { data: at + 8, frames: whole / frame };
    } else {
      if (size > left) refuse('a chunk of the original goes past its end');
      const length = 8 + size + paddingOf(size, left);
      if (id === 'fmt ') {
        if (found !== null || size < MIN_FMT || size > MAX_FMT) refuse('the original has a format that the profile does not take');
        found = readFmt(await source.read(at + 8, size));
        layout.add('literal', at, length);
      } else {
        layout.add('meta', at, length);
      }
    }
    at += 8 + size + paddingOf(size, left);
  }
  layout.add('literal', at, source.size - at);
  if (found === null || sound === null) return refuse('the original has no sound');
  return { ...found, ...sound, layout };
}

function paddingOf(size: number, left: number): number {
  return size % 2 === 1 && size < left ? 1 : 0;
}

async function* blocks(source: Source, read: Read, each: number): AsyncGenerator<Leaf> {
  const frame = read.c.channels * formatOf(read.c).bytes;
  const stream = new Stream({ size: read.frames * frame, read: (at, length) => source.read(read.data + at, length) });
  for (let left = read.frames; left > 0; ) {
    const ticks = Math.min(each, left);
    yield { ticks, payload: await stream.take(ticks * frame) };
    left -= ticks;
  }
}

/** The profile of this string, or null if it is none of a WAV. */
export function wav(text: string): Profile | null {
  const [, codec, stated, channel] = /^wav-v1;([a-z0-9]+);([1-9][0-9]{3,5});([1-9][0-9]?)$/.exec(text) ?? [];
  const rate = Number(stated);
  const channels = Number(channel);
  if (codec === undefined || !Object.hasOwn(FORMATS, codec) || rate < 4000 || rate > 768_000 || channels > 64) return null;
  const c = { codec, rate, channels };
  const each = Math.max(1, Math.floor(rate / 50));
  const carve: Profile['carve'] = async (source) => {
    const read = await readWav(source);
    if (read.c.codec !== codec || read.c.rate !== rate || read.c.channels !== channels) refuse('the original has another format than the object');
    return read.layout.leaves(source, c, packetsOf(read.frames, each), read.extensible, () => blocks(source, read, each));
  };
  return recording(each, rate, carve, (record) => new Player(c, each, record));
}
