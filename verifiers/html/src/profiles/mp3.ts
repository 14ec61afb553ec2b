// `mp3-v1;SAMPLES;RATE;CHANNELS`: MPEG audio layer III (ISO/IEC 11172-3, 13818-3), a leaf a frame with its header. Decodes nothing.
import { ascii, concat, refuse } from '../core/bytes.ts';
import type { ObjectRecord } from '../core/object.ts';
import { bits } from './bits.ts';
import { frameLength, MPEG1, sideLength, type Version, VERSIONS } from './mp3frame.ts';
import { carveMp3 } from './mp3scan.ts';
import { type Plain, plain, profileOf } from './sound.ts';
import type { Profile } from './profile.ts';

/** kbit/s of a silent frame. */
function bitrate(version: Version, rate: number, channels: number): number {
  const mono = channels === 1;
  if (version.code === MPEG1) return mono ? 32 : 64;
  if (version.code === 2 || rate === 8000) return version.code === 2 ? (mono ? 16 : 32) : mono ? 8 : 16;
  return mono ? 8 : 24;
}

function header(version: Version, rate: number, channels: number, kilobits: number): Uint8Array {
  return bits([11, 0x7ff], [2, version.code], [2, 1], [1, 1], [4, version.bitrates.indexOf(kilobits)], [2, version.rates.indexOf(rate)], [2, 0], [2, channels === 1 ? 3 : 0], [6, 0]);
}

/** A frame whose every line is zero and whose main data end where it ends. */
function silence(version: Version, rate: number, channels: number): Uint8Array {
  const kilobits = bitrate(version, rate, channels);
  const side = sideLength(version, channels);
  const main = frameLength(version, rate, kilobits) - 4 - side;
  const mpeg1 = version.code === MPEG1;
  const parts = (mpeg1 ? 2 : 1) * channels;
  const each = Math.floor((main * 8) / parts / 4) * 4;
  const granules = Array.from({ length: parts }, (_, i) => {
    const length = i === parts - 1 ? main * 8 - each * (parts - 1) : each;
    return [[12, length], [mpeg1 ? 46 : 50, 0], [1, 1]] as const;
  });
  const lead = mpeg1 ? (channels === 1 ? 18 : 20) : channels === 1 ? 9 : 10;
  return concat(header(version, rate, channels, kilobits), bits([lead, 0], ...granules.flat()), new Uint8Array(main).fill(0xff));
}

/** The first frame of the copy, which tells players how many follow. */
function xing(version: Version, rate: number, channels: number, packets: number): Uint8Array {
  const frame = new Uint8Array(frameLength(version, rate, 64));
  frame.set(header(version, rate, channels, 64));
  frame.set(concat(ascii('Xing'), bits([32, 1], [32, packets])), 4 + sideLength(version, channels));
  return frame;
}

/** An open frame must be one of this stream, whole. */
function checked(frame: Uint8Array, version: Version, rate: number, channels: number): Uint8Array {
  const [a = 0, b = 0, c = 0, d = 0] = frame;
  const kilobits = version.bitrates[c >> 4] ?? 0;
  const isOfStream = a === 0xff && (b & 0xfe) === (0xe2 | (version.code << 3)) && version.rates[(c >> 2) & 3] === rate && (d >> 6 === 3) === (channels === 1);
  if (!isOfStream || kilobits === 0) refuse('a frame of sound is not one of its profile');
  if (frame.length !== frameLength(version, rate, kilobits) + ((c >> 1) & 1)) refuse('a frame of sound has another length than its header says');
  return frame;
}

function copy(version: Version, rate: number, channels: number, { ticks }: ObjectRecord): Plain {
  const silent = silence(version, rate, channels);
  return {
    configuration: new Uint8Array(0),
    start: () => xing(version, rate, channels, ticks),
    open: (payload) => checked(payload, version, rate, channels),
    hidden: () => silent,
  };
}

/** The profile of this string, or null. */
export function mp3(text: string): Profile | null {
  const [, samples, stated, channel] = /^mp3-v1;(1152|576);([1-9][0-9]{3,4});([12])$/.exec(text) ?? [];
  const [rate, channels] = [Number(stated), Number(channel)];
  const version = VERSIONS.find((one) => one.samples === Number(samples) && one.rates.includes(rate));
  if (version === undefined) return null;
  return profileOf({ codec: 'mp3', rate, channels, timebase: [version.samples, rate], each: 1, copy: (record) => plain(copy(version, rate, channels, record)), carve: (source) => carveMp3(source, version, rate, channels) });
}
