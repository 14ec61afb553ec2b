// What the profiles of AAC-LC share (ISO/IEC 14496-3): rates, channel configurations, and the silent access unit.
import { type Field, bitsOf } from './bits.ts';

export const RATES: readonly number[] = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];
/** Channels by channel configuration. */
export const CHANNELS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 8];
/** Elements by channel configuration: S a channel, P a pair, L the low one (table 1.19). */
const ELEMENTS = ['', 'S', 'P', 'SP', 'SPS', 'SPP', 'SPPL', 'SPPPL'];
const CODES: Readonly<Record<string, number>> = { S: 0, P: 1, L: 3 };
/** global_gain, a long window of no bands, no tool. */
const EMPTY_CHANNEL: Field = [22, 0];

/** A silent access unit of a channel configuration. */
export function silentUnit(configuration: number): Uint8Array {
  const counts: Record<string, number> = {};
  const fields = [...(ELEMENTS[configuration] as string)].flatMap((element): Field[] => {
    const tag = counts[element] ?? 0;
    counts[element] = tag + 1;
    const head: Field[] = [[3, CODES[element] as number], [4, tag]];
    return element === 'P' ? [...head, [1, 0], EMPTY_CHANNEL, EMPTY_CHANNEL] : [...head, EMPTY_CHANNEL];
  });
  return bitsOf([...fields, [3, 7]]);
}
