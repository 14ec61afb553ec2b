// Ticks as time.
import type { Seen } from './item.ts';

/** Milliseconds, rounded down; exact for whole seconds. */
export function milliseconds(ticks: number, seen: Pick<Seen, 'record'>): number {
  const { num, den } = seen.record;
  return Number((BigInt(ticks) * num * 1000n) / den);
}
