// Ticks as time.
import type { Seen } from './item.ts';

/** Milliseconds, rounded down; exact for whole seconds. */
export function milliseconds(ticks: number, seen: Pick<Seen, 'record'>): number {
  const { num, den } = seen.record;
  return Number((BigInt(ticks) * num * 1000n) / den);
}

/** Whole milliseconds of a range: where it begins rounded down, where it ends up. */
export function wholeMilliseconds({ num, den }: Pick<Seen['record'], 'num' | 'den'>): { begin(ticks: number): number; end(ticks: number): number } {
  const scaled = (ticks: number): bigint => BigInt(ticks) * num * 1000n;
  return { begin: (ticks) => Number(scaled(ticks) / den), end: (ticks) => Number((scaled(ticks) + den - 1n) / den) };
}
