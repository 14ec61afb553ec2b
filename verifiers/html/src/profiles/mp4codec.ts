// What a sample entry of an MP4 file says of its codec: AAC-LC, Apple Lossless, AMR (docs/format/profiles.md, `mp4-aac-v1` and the
// others); and the decoder configuration of each in its one spelling.
import { equal, Refused, refuse } from '../core/bytes.ts';
import { CHANNELS, RATES } from './aac.ts';
import { BitReader, bitsOf, type Field } from './bits.ts';
import type { Tree } from './mp4boxes.ts';

export type CodecName = 'aac' | 'alac' | 'amr-nb' | 'amr-wb';

export interface Described {
  readonly codec: CodecName;
  /** Samples of a frame. */
  readonly samples: number;
  readonly rate: number;
  readonly channels: number;
  readonly configuration: Uint8Array;
}

/** The sample entry of ISO, and how much longer QuickTime's versions are. */
const ENTRY = 28;
const LONGER = [0, 16, 36];
const AAC_LC = 2;
const SBR = 5;
const PS = 29;
const SBR_FOLLOWS = 0x2b7;
const PS_FOLLOWS = 0x548;
const MAX_ASC = 64;
const COOKIE = 24;
export const LOSSLESS_BITS: readonly number[] = [16, 20, 24, 32];
export const MAX_LOSSLESS_SAMPLES = 16_384;

interface Asc {
  readonly rate: number;
  readonly channels: number;
  readonly short: boolean;
  /** SBR: not said, or whether and at which rate's index. */
  readonly sbr: { readonly index: number | null; readonly ps: boolean | null } | null;
}

function written(asc: Asc): Uint8Array {
  const fields: Field[] = [[5, AAC_LC], [4, RATES.indexOf(asc.rate)], [4, CHANNELS.indexOf(asc.channels)], [1, asc.short ? 1 : 0], [2, 0]];
  if (asc.sbr !== null) {
    fields.push([11, SBR_FOLLOWS], [5, SBR], [1, asc.sbr.index === null ? 0 : 1]);
    if (asc.sbr.index !== null) fields.push([4, asc.sbr.index]);
    if (asc.sbr.index !== null && asc.sbr.ps !== null) fields.push([11, PS_FOLLOWS], [1, asc.sbr.ps ? 1 : 0]);
  }
  return bitsOf(fields);
}

/** What stands behind the core's fields: SBR by the way that old decoders pass over. */
function behind(reader: BitReader): Asc['sbr'] {
  if (reader.left < 16 || reader.take(11) !== SBR_FOLLOWS) return null;
  if (reader.take(5) !== SBR) return refuse('the original has an extension of another kind');
  if (reader.take(1) === 0) return { index: null, ps: null };
  const index = indexOf(reader);
  const at = reader.at;
  if (reader.left >= 12 && reader.take(11) === PS_FOLLOWS) return { index, ps: reader.take(1) === 1 };
  reader.at = at;
  return { index, ps: null };
}

function indexOf(reader: BitReader): number {
  const index = reader.take(4);
  return index < RATES.length ? index : refuse('the original has a rate that the profile does not take');
}

function readAsc(bytes: Uint8Array): Asc {
  if (bytes.length > MAX_ASC) refuse('the decoder configuration of the original is too long');
  const reader = new BitReader(bytes);
  const first = reader.take(5);
  const rate = RATES[indexOf(reader)] as number;
  const channels = CHANNELS[reader.take(4)] ?? 0;
  const explicit = first === SBR || first === PS;
  const index = explicit ? indexOf(reader) : null;
  const type = explicit ? reader.take(5) : first;
  const short = reader.take(1) === 1;
  if (type !== AAC_LC || channels === 0 || reader.take(2) !== 0) return refuse('the original has AAC of a kind that the profile does not take');
  const at = reader.at;
  const sbr = explicit ? { index, ps: first === PS ? true : null } : behind(reader);
  if (sbr === null) reader.at = at;
  while (reader.left > 0) if (reader.take(1) !== 0) refuse('the decoder configuration of the original goes on behind its end');
  return { rate, channels, short, sbr };
}

/** Whether a configuration is one of this AAC in its one spelling. */
export function isAac(configuration: Uint8Array, samples: number, rate: number, channels: number): boolean {
  try {
    const asc = readAsc(configuration);
    return equal(written(asc), configuration) && asc.rate === rate && asc.channels === channels && asc.short === (samples === 960);
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/** The bits a sample that a cookie of Apple Lossless says, if it is one in its one spelling. */
export function losslessBits(cookie: Uint8Array, samples: number, rate: number, channels: number): number | null {
  if (cookie.length !== COOKIE) return null;
  const view = new DataView(cookie.buffer, cookie.byteOffset, COOKIE);
  const bits = view.getUint8(5);
  const holds = view.getUint32(0) === samples && view.getUint8(4) === 0 && LOSSLESS_BITS.includes(bits) && view.getUint8(9) === channels;
  return holds && view.getUint32(12) === 0 && view.getUint32(16) === 0 && view.getUint32(20) === rate ? bits : null;
}

/** The descriptor of this tag at `at`: where its body lies. */
function descriptor(box: Tree, at: number, tag: number): readonly [body: number, end: number] {
  if (box.u8(at) !== tag) refuse('the original has a descriptor of another kind');
  let length = 0;
  let next = at + 1;
  for (let more = true, count = 0; more; count++) {
    if (count === 4) refuse('the original has a descriptor of another form');
    const byte = box.u8(next++);
    length = length * 128 + (byte & 127);
    more = byte > 127;
  }
  return next + length <= box.length ? [next, next + length] : refuse('a descriptor of the original goes past its end');
}

function aac(esds: Tree): Described {
  const [stream] = descriptor(esds, 4, 3);
  const flags = esds.u8(stream + 2);
  const optional = ((flags & 0x80) !== 0 ? 2 : 0) + ((flags & 0x40) !== 0 ? 1 + esds.u8(stream + 3 + ((flags & 0x80) !== 0 ? 2 : 0)) : 0) + ((flags & 0x20) !== 0 ? 2 : 0);
  const [decoder] = descriptor(esds, stream + 3 + optional, 4);
  if (![0x40, 0x67].includes(esds.u8(decoder))) refuse('the original has sound of another kind');
  const [from, to] = descriptor(esds, decoder + 13, 5);
  const asc = readAsc(esds.bytes.subarray(esds.head + from, esds.head + to));
  return { codec: 'aac', samples: asc.short ? 960 : 1024, rate: asc.rate, channels: asc.channels, configuration: written(asc) };
}

function lossless(box: Tree): Described {
  if (box.length < 4 + COOKIE) refuse('the original has a cookie that is too short');
  const cookie = box.bytes.slice(box.head + 4, box.head + 4 + COOKIE);
  cookie.fill(0, 12, 20);
  const view = new DataView(cookie.buffer);
  const [samples, channels, rate] = [view.getUint32(0), view.getUint8(9), view.getUint32(20)];
  if (losslessBits(cookie, samples, rate, channels) === null) refuse('the original has Apple Lossless of another form');
  return { codec: 'alac', samples, rate, channels, configuration: cookie };
}

/** The codec's own box, in the entry or in its `wave`. */
function own(entry: Tree, type: string): Tree {
  const version = entry.u16(8);
  const skip = LONGER[version];
  if (skip === undefined) return refuse('the original has a sample entry of another version');
  const within = entry.child(type, ENTRY + skip);
  return within ?? entry.child('wave', ENTRY + skip)?.child(type) ?? refuse('the original does not describe its sound');
}

/** What the one sample entry says. */
export function describe(stsd: Tree): Described {
  const entries = stsd.children(8);
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1 || stsd.u32(4) !== 1) return refuse('the original does not have one sample entry');
  const none = new Uint8Array(0);
  switch (entry.type) {
    case 'mp4a':
      return aac(own(entry, 'esds'));
    case 'alac':
      return lossless(own(entry, 'alac'));
    case 'samr':
      return { codec: 'amr-nb', samples: 160, rate: 8000, channels: 1, configuration: none };
    case 'sawb':
      return { codec: 'amr-wb', samples: 320, rate: 16_000, channels: 1, configuration: none };
    default:
      return refuse('the original has sound of another kind');
  }
}
