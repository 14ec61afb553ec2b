/* Which strikes somebody has looked at: a help to the reviewer, in memory alone. The signed review is the act. */
import { SvelteSet } from 'svelte/reactivity';
import { onLock } from '../lib/session.svelte';
import type { Profile } from '../lib/types';

const all = new Map<string, SvelteSet<number>>();
onLock(() => all.clear());
export function seenStrikes(exhibit: number, profile: Profile): { numbers: SvelteSet<number>; add: (number: number) => void } {
  const key = `${exhibit}/${profile}`;
  const numbers = all.get(key) ?? new SvelteSet<number>();
  all.set(key, numbers);
  return { numbers, add: (number) => { numbers.add(number); } };
}
