// `adts-aac-v1;RATE;CHANNELS`: AAC-LC in ADTS, a leaf an access unit without its header (ISO/IEC 14496-3 §1.A). Decodes nothing.
import { concat, refuse } from '../core/bytes.ts';
import { bits, compressed, type Codec } from './compressed.ts';
import type { Profile } from './profile.ts';

const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];
/** Elements by channel configuration: S a channel, P a pair, L the low one (table 1.19). */
const ELEMENTS = ['', 'S', 'P', 'SP', 'SPS', 'SPP', 'SPPL', 'SPPPL'];
const CHANNELS = [0, 1, 2, 3, 4, 5, 6, 8];
const CODES: Readonly<Record<string, number>> = { S: 0, P: 1, L: 3 };
const SAMPLES = 1024;
const HEADER = 7;
const MAX_FRAME = 8191;
/** global_gain, a long window of no bands, no tool. */
const EMPTY_CHANNEL = [22, 0] as const;

/** A silent access unit. */
function silence(configuration: number): Uint8Array {
  const counts: Record<string, number> = {};
  const fields = [...(ELEMENTS[configuration] as string)].flatMap((element) => {
    const tag = counts[element] ?? 0;
    counts[element] = tag + 1;
    const head = [[3, CODES[element] as number], [4, tag]] as const;
    return element === 'P' ? [...head, [1, 0] as const, EMPTY_CHANNEL, EMPTY_CHANNEL] : [...head, EMPTY_CHANNEL];
  });
  return bits(...fields, [3, 7]);
}

function codec(rate: number, channels: number): Codec {
  const index = RATES.indexOf(rate);
  const configuration = CHANNELS.indexOf(channels);
  const framed = (unit: Uint8Array): Uint8Array => {
    const length = unit.length + HEADER;
    if (length > MAX_FRAME) refuse('an access unit is too long for its header');
    return concat(bits([12, 0xfff], [1, 0], [2, 0], [1, 1], [2, 1], [4, index], [1, 0], [3, configuration], [4, 0], [13, length], [11, 0x7ff], [2, 0]), unit);
  };
  const silent = framed(silence(configuration));
  return {
    codec: 'aac',
    rate,
    channels,
    configuration: bits([5, 2], [4, index], [4, configuration], [3, 0]),
    timebase: [SAMPLES, rate],
    start: () => new Uint8Array(0),
    open: framed,
    hidden: () => silent,
  };
}

/** The profile of this string, or null. */
export function adts(text: string): Profile | null {
  const [, stated, channel] = /^adts-aac-v1;([1-9][0-9]{3,4});([1-8])$/.exec(text) ?? [];
  const [rate, channels] = [Number(stated), Number(channel)];
  if (!RATES.includes(rate) || !CHANNELS.includes(channels)) return null;
  return compressed([SAMPLES, rate], () => codec(rate, channels));
}
