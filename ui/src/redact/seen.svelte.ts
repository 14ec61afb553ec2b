/* Which strikes somebody has looked at: a help to the reviewer, in memory alone. The signed review is the act. */
import { SvelteSet } from 'svelte/reactivity';
import { onLock } from '../lib/session.svelte';
import type { Profile, Strike } from '../lib/types';
import { keyOf } from './undo';

const all = new Map<string, SvelteSet<string>>();
onLock(() => all.clear());
export interface Seen { has: (one: Strike) => boolean; add: (one: Strike) => void }
export function seenStrikes(exhibit: number, profile: Profile): Seen {
  const key = `${exhibit}/${profile}`;
  const seen = all.get(key) ?? new SvelteSet<string>();
  all.set(key, seen);
  // A cut that was moved since is another one.
  const of = (one: Strike): string => `${keyOf(one)}@${one.time ?? ''}`;
  return { has: (one) => seen.has(of(one)), add: (one) => { seen.add(of(one)); } };
}
