/* The disclosure in preparation. Memory only, gone with the lock. */
import { prefs } from '../lib/prefs.svelte';
import { onLock } from '../lib/session.svelte';
import type { Ask, Checked, Lang, Left, Profile } from '../lib/types';

export const STEPS = ['recipient', 'exhibits', 'redactions', 'preview', 'seal'] as const;
export type Step = (typeof STEPS)[number];

class Preparing {
  profile = $state<Profile | null>(null);
  recipient = $state('');
  purpose = $state('');
  /** The step that was shown last: the way back to it. */
  step = $state<Step>('recipient');
  #language = $state<Lang | null>(null);
  exhibits = $state<number[]>([]);
  /** Whether what an earlier bundle withheld may be shown now. */
  uncover = $state(false);
  /** Whether what an earlier bundle showed may be hidden now. */
  cover = $state(false);
  /** Whether originals of texts leave in part beside their text (a court's bundle alone). */
  inPart = $state(false);
  checked = $state.raw<Checked | null>(null);
  job = $state<number | null>(null);
  /** What was asked and found when the bundle was begun: what is asked later is another. */
  sealed = $state('');
  /** The job of the bundle before this one: it can still be saved. */
  before = $state<number | null>(null);
  /** The bundle's pages speak the reader's language until another is chosen for its recipient. */
  get language(): Lang { return this.#language ?? prefs.lang; }
  set language(lang: Lang) { this.#language = lang; }
  /** Begun, and not left yet. */
  get begun(): boolean { return this.named && this.exhibits.length > 0 && this.job === null; }
  get named(): boolean { return this.profile !== null && this.recipient.trim() !== '' && this.purpose.trim() !== ''; }
  /** What a bundle would be made of now. */
  get now(): string { return JSON.stringify([this.ask(), this.checked?.items ?? null]); }
  /** As one that left before: the same recipient and exhibits; what leaves of them is decided anew. */
  like(left: Left): void { this.clear(); this.profile = left.profile; this.recipient = left.recipient; this.purpose = left.purpose; this.exhibits = [...left.exhibits]; this.settle(); }
  /** Begun from an exhibit: it is among the chosen, beside what was chosen before. After a bundle was made it begins another, of which
      nothing else is known yet. */
  from(exhibit: number, profile: Profile | null): void {
    if (this.job !== null) { const made = this.job; this.clear(); this.before = made; }
    if (profile && !this.profile) { this.profile = profile; this.settle(); }
    if (!this.exhibits.includes(exhibit)) this.exhibits = [...this.exhibits, exhibit];
  }
  /** Another bundle of the same: what was let pass once is decided anew. */
  anew(): void { this.before = this.job; this.job = null; this.uncover = false; this.cover = false; }
  /** Whether something was changed since the bundle was made. */
  get changed(): boolean { return this.job !== null && this.checked !== null && this.sealed !== this.now; }
  /** The bundle's language is the reader's on the day when its kind is chosen, and stays. */
  settle(): void { this.#language ??= prefs.lang; }
  ask(): Ask | null {
    if (!this.profile || !this.named || this.exhibits.length === 0) return null;
    return { profile: this.profile, exhibits: [...this.exhibits].sort((a, b) => a - b), recipient: this.recipient.trim(), purpose: this.purpose.trim(), language: this.language, uncover: this.uncover, cover: this.cover, in_part: this.profile === 'court' && this.inPart };
  }
  clear(): void { this.profile = null; this.recipient = ''; this.purpose = ''; this.#language = null; this.step = 'recipient'; this.exhibits = []; this.uncover = false; this.cover = false; this.inPart = false; this.checked = null; this.job = null; this.before = null; this.sealed = ''; }
}
export const preparing = new Preparing();
onLock(() => preparing.clear());
