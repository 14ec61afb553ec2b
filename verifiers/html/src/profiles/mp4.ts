// `mp4-aac-v1`, `mp4-alac-v1`, `mp4-amr-nb-v1`, `mp4-amr-wb-v1`: sound out of MP4, M4A, 3GP and QuickTime files, a leaf an access unit,
// a packet of one frame or a frame of AMR. Decodes nothing.
import { refuse } from '../core/bytes.ts';
import { type Source, Window } from '../core/source.ts';
import { CHANNELS, RATES, silentUnit } from './aac.ts';
import { type Band, framed, NB, octetsOf, WB } from './amr.ts';
import { bitsOf, type Field } from './bits.ts';
import { type Format, M4a } from './m4a.ts';
import { type CodecName, isAac, losslessBits, MAX_LOSSLESS_SAMPLES } from './mp4codec.ts';
import { scan, type Scanned } from './mp4scan.ts';
import { Pieces } from './pieces.ts';
import type { Profile } from './profile.ts';
import { type Codec, type Place, profileOf } from './sound.ts';
import { tone } from './tone.ts';

/** Elements of Apple Lossless by channels: S one, P a pair. */
const ELEMENTS = ['', 'S', 'P', 'SP', 'SPS', 'SPP', 'SPPS', 'SPPSS', 'SPPPS'];

/** A packet of Apple Lossless that is not compressed, the same in every channel. */
export function storedPacket(channels: number, bits: number, values: readonly number[]): Uint8Array {
  const counts: Record<string, number> = {};
  const fields = [...(ELEMENTS[channels] as string)].flatMap((element): Field[] => {
    const instance = counts[element] ?? 0;
    counts[element] = instance + 1;
    const samples = values.map((value): Field => [bits, value < 0 ? value + 2 ** bits : value]);
    return [[3, element === 'P' ? 1 : 0], [4, instance], [12, 0], [4, 1], ...(element === 'P' ? samples.flatMap((sample) => [sample, sample]) : samples)];
  });
  return bitsOf([...fields, [3, 7]]);
}

/** The copy as an M4A; `silent` makes what stands for a withheld packet once the configuration is known. */
function copy(format: Omit<Format, 'bits' | 'configuration'>, bitsIn: (configuration: Uint8Array) => number | null, silent: (bits: number, place: Place) => Uint8Array): Codec {
  let file: M4a | null = null;
  let bits = 0;
  const made = (): M4a => file ?? refuse('the configuration of the recording is withheld');
  return {
    *start(configuration) {
      bits = bitsIn(configuration) ?? refuse('the configuration is not that of the profile');
      file = new M4a({ ...format, bits, configuration });
      yield file.start();
    },
    *open(payload) {
      yield* made().packet(payload);
    },
    *hidden(place) {
      yield* made().packet(silent(bits, place));
    },
    *end() {
      yield* made().end();
    },
  };
}

/** The pieces of a file whose samples are cut into these packets. */
async function carve(source: Source, codec: CodecName, fits: (scanned: Scanned['described']) => boolean, cut: ((sample: Uint8Array) => number[]) | null): ReturnType<NonNullable<Profile['carve']>> {
  const { described, samples, meta, times } = await scan(source);
  if (described.codec !== codec || !fits(described)) refuse('the original has other sound than the object');
  const window = new Window(source);
  const pieces = new Pieces();
  const firsts = new Uint32Array(samples.count);
  let at = 0;
  let next = 0;
  const rest = (until: number): void => {
    for (; next < meta.length && (meta[next]?.at ?? 0) < until; next++) {
      const range = meta[next] ?? { at: until, length: 0 };
      pieces.literal(at, range.at - at);
      pieces.meta(range.at, range.length);
      at = range.at + range.length;
    }
    pieces.literal(at, until - at);
    at = until;
  };
  for (let i = 0; i < samples.count; i++) {
    const [from, size] = [samples.places[i] as number, samples.sizes[i] as number];
    rest(from);
    firsts[i] = pieces.packets;
    for (const length of cut === null ? [size] : cut(await window.take(from, size))) {
      pieces.packet(at, length);
      at += length;
    }
  }
  rest(source.size);
  times((sample) => firsts[sample] as number, pieces.packets);
  const { rate, channels, configuration } = described;
  return pieces.frames(source, { codec, rate, channels, configuration });
}

/** The frames of a sample of AMR, which ends with one. */
function framesOf(band: Band, sample: Uint8Array): number[] {
  const lengths: number[] = [];
  for (let at = 0; at < sample.length; ) {
    const length = octetsOf(band, sample[at] as number);
    if (length === 0 || length > sample.length - at) refuse('a sample of the original does not end with a frame');
    lengths.push(length);
    at += length;
  }
  return lengths;
}

const amr = (band: Band): Profile => framed(band, (source) => carve(source, band.codec, () => true, (sample) => framesOf(band, sample)));
export const mp4AmrNb = amr(NB);
export const mp4AmrWb = amr(WB);

/** The profile of AAC of this string, or null. */
export function mp4Aac(text: string): Profile | null {
  const [, each, stated, channel] = /^mp4-aac-v1;(1024|960);([1-9][0-9]{3,4});([1-8])$/.exec(text) ?? [];
  const [samples, rate, channels] = [Number(each), Number(stated), Number(channel)];
  if (!RATES.includes(rate) || !CHANNELS.includes(channels)) return null;
  const silent = silentUnit(CHANNELS.indexOf(channels));
  return profileOf({
    codec: 'aac', rate, channels, timebase: [samples, rate], each: 1,
    copy: () => copy({ entry: 'mp4a', rate, channels, samples }, (configuration) => (isAac(configuration, samples, rate, channels) ? 16 : null), () => silent),
    carve: (source) => carve(source, 'aac', (found) => found.samples === samples && found.rate === rate && found.channels === channels, null),
  });
}

/** The profile of Apple Lossless of this string, or null. */
export function mp4Alac(text: string): Profile | null {
  const [, each, stated, channel] = /^mp4-alac-v1;([1-9][0-9]{0,4});([1-9][0-9]{3,5});([1-8])$/.exec(text) ?? [];
  const [samples, rate, channels] = [Number(each), Number(stated), Number(channel)];
  if (each === undefined || samples > MAX_LOSSLESS_SAMPLES || samples > rate || rate < 4000 || rate > 768_000) return null;
  const silent = (bits: number, { index }: Place): Uint8Array => storedPacket(channels, bits, Array.from({ length: samples }, (_, i) => tone(index * samples + i, rate) * 2 ** (bits - 16)));
  return profileOf({
    codec: 'alac', rate, channels, timebase: [samples, rate], each: 1,
    copy: () => copy({ entry: 'alac', rate, channels, samples }, (configuration) => losslessBits(configuration, samples, rate, channels), silent),
    carve: (source) => carve(source, 'alac', (found) => found.samples === samples && found.rate === rate && found.channels === channels, null),
  });
}
