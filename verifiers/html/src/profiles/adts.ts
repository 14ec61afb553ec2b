// `adts-aac-v1;RATE;CHANNELS`: AAC-LC in ADTS, a leaf an access unit without its header (ISO/IEC 14496-3 §1.A). Decodes nothing.
import { concat, equal, refuse } from '../core/bytes.ts';
import { type Source, Window } from '../core/source.ts';
import { CHANNELS, RATES, silentUnit } from './aac.ts';
import { bits } from './bits.ts';
import { Pieces } from './pieces.ts';
import type { Profile } from './profile.ts';
import { type Plain, plain, profileOf } from './sound.ts';
import { tagAt } from './tags.ts';

const SAMPLES = 1024;
const HEADER = 7;
const CRC = 2;
const MAX_FRAME = 8191;
const LEAST_BEFORE_A_TAIL = 2;

function configurationOf(rate: number, channels: number): Uint8Array {
  return bits([5, 2], [4, RATES.indexOf(rate)], [4, CHANNELS.indexOf(channels)], [3, 0]);
}

function copy(rate: number, channels: number): Plain {
  const index = RATES.indexOf(rate);
  const configuration = CHANNELS.indexOf(channels);
  const framed = (unit: Uint8Array): Uint8Array => {
    const length = unit.length + HEADER;
    if (length > MAX_FRAME) refuse('an access unit is too long for its header');
    return concat(bits([12, 0xfff], [1, 0], [2, 0], [1, 1], [2, 1], [4, index], [1, 0], [3, configuration], [4, 0], [13, length], [11, 0x7ff], [2, 0]), unit);
  };
  const silent = framed(silentUnit(configuration));
  return { configuration: configurationOf(rate, channels), start: () => new Uint8Array(0), open: framed, hidden: () => silent };
}

interface Header {
  readonly head: number;
  readonly length: number;
}

/** The fixed part of a header: 28 bits, which stay the same in a stream. */
function fixedPart(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(bytes[0] as number, bytes[1] as number, bytes[2] as number, (bytes[3] as number) & 0xf0);
}

/** A header of the stream, whatever lies behind it; null if it is none. */
function headerOf(bytes: Uint8Array, rate: number, channels: number): Header | null {
  if (bytes.length < HEADER) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = bytes;
  if (a !== 0xff || (b & 0xf6) !== 0xf0 || c >> 6 !== 1) return null;
  if (RATES[(c >> 2) & 15] !== rate || CHANNELS[((c & 1) << 2) | (d >> 6)] !== channels || (g & 3) !== 0) return null;
  const head = (b & 1) === 1 ? HEADER : HEADER + CRC;
  const length = ((d & 3) << 11) | (e << 3) | (f >> 5);
  return length > head ? { head, length } : null;
}

async function carve(source: Source, rate: number, channels: number): ReturnType<NonNullable<Profile['carve']>> {
  const window = new Window(source);
  const pieces = new Pieces();
  let at = 0;
  let stream: Uint8Array | null = null;
  while (at < source.size) {
    const tag = await tagAt(window, at);
    if (tag > 0) {
      pieces.meta(at, tag);
      at += tag;
      continue;
    }
    const bytes = await window.read(at, HEADER);
    const header = headerOf(bytes, rate, channels);
    const known = header !== null && (stream === null || equal(fixedPart(bytes), stream));
    if (!known || at + header.length > source.size) {
      await tail(window, pieces, at, known);
      break;
    }
    stream ??= fixedPart(bytes);
    pieces.meta(at, header.head);
    pieces.packet(at + header.head, header.length - header.head);
    at += header.length;
  }
  if (pieces.packets === 0) refuse('the original has no frame');
  return pieces.frames(source, { codec: 'aac', rate, channels, configuration: configurationOf(rate, channels) });
}

/** What lies behind the last frame: one that is torn, or bytes in which none stands. */
async function tail(window: Window, pieces: Pieces, at: number, torn: boolean): Promise<void> {
  const left = window.size - at;
  if (pieces.packets < LEAST_BEFORE_A_TAIL || left > MAX_FRAME) refuse('the original has bytes between its frames');
  if (!torn) {
    const bytes = await window.take(at, left);
    for (let i = 0; i + 1 < left; i++) if (bytes[i] === 0xff && ((bytes[i + 1] as number) & 0xf6) === 0xf0) refuse('the original has a frame that is not of its stream');
  }
  pieces.literal(at, left);
}

/** The profile of this string, or null. */
export function adts(text: string): Profile | null {
  const [, stated, channel] = /^adts-aac-v1;([1-9][0-9]{3,4});([1-8])$/.exec(text) ?? [];
  const [rate, channels] = [Number(stated), Number(channel)];
  if (!RATES.includes(rate) || !CHANNELS.includes(channels)) return null;
  return profileOf({ codec: 'aac', rate, channels, timebase: [SAMPLES, rate], each: 1, copy: () => plain(copy(rate, channels)), carve: (source) => carve(source, rate, channels) });
}
