/* The disclosure in preparation. Memory only, gone with the lock. */
import { onLock } from '../lib/session.svelte';
import type { Ask, Checked, Lang, Profile } from '../lib/types';

export const STEPS = ['recipient', 'exhibits', 'redactions', 'preview', 'seal'] as const;
export type Step = (typeof STEPS)[number];

class Preparing {
  profile = $state<Profile | null>(null);
  recipient = $state('');
  purpose = $state('');
  language = $state<Lang>('fr');
  exhibits = $state<number[]>([]);
  /** Whether what an earlier bundle withheld may be shown now. */
  uncover = $state(false);
  checked = $state.raw<Checked | null>(null);
  job = $state<number | null>(null);
  get named(): boolean { return this.profile !== null && this.recipient.trim() !== '' && this.purpose.trim() !== ''; }
  ask(): Ask | null {
    if (!this.profile || !this.named || this.exhibits.length === 0) return null;
    return { profile: this.profile, exhibits: [...this.exhibits].sort((a, b) => a - b), recipient: this.recipient.trim(), purpose: this.purpose.trim(), language: this.language, uncover: this.uncover };
  }
  clear(): void { this.profile = null; this.recipient = ''; this.purpose = ''; this.exhibits = []; this.uncover = false; this.checked = null; this.job = null; }
}
export const preparing = new Preparing();
onLock(() => preparing.clear());
