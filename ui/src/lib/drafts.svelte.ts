/* Edits that the server has not taken yet. Keeps: an edit is never lost by a server that went away (it is sent again, and that is
   said), nor by one that was started anew meanwhile; on a lock it is dropped unless the person chose to keep it. Memory only. */
import { SvelteMap } from 'svelte/reactivity';
import { api } from './api';
import { asFault } from './load.svelte';
import { prefs } from './prefs.svelte';
import { onLock, session } from './session.svelte';
import type { Corrected } from './types';

export interface Draft { exhibit: number; passage: number; before: string; text: string; waiting: boolean }
type Heard = (exhibit: number, corrected: Corrected) => void;

class Drafts {
  #all = new SvelteMap<string, Draft>();
  #listeners = new Set<Heard>();
  get count(): number { return this.#all.size; }
  get waiting(): Draft[] { return [...this.#all.values()].filter((draft) => draft.waiting); }
  of(exhibit: number, passage: number): Draft | null { return this.#all.get(`${exhibit}:${passage}`) ?? null; }
  keep(draft: Draft): void { this.#all.set(`${draft.exhibit}:${draft.passage}`, draft); }
  drop(exhibit: number, passage: number): void { this.#all.delete(`${exhibit}:${passage}`); }
  forget(): void { if (!prefs.keepDraft && session.door !== 'no-session') this.#all.clear(); }
  /** Tells whoever shows that exhibit that a correction was taken. */
  onSent(listener: Heard): () => void { this.#listeners.add(listener); return () => this.#listeners.delete(listener); }
  async send(draft: Draft, by: string): Promise<void> {
    const corrected = await api.correct(draft.exhibit, draft.passage, draft.before, draft.text, by);
    this.drop(draft.exhibit, draft.passage);
    for (const listener of this.#listeners) listener(draft.exhibit, corrected);
  }
  /** Sends again what waits, once the server is back. One that was overtaken stays, unsent, for its editor to compare. */
  async flush(): Promise<void> {
    for (const draft of this.waiting) {
      try { await this.send(draft, prefs.me.trim()); } catch (cause) {
        if (asFault(cause)?.away) return;
        this.keep({ ...draft, waiting: false });
      }
    }
  }
}
export const drafts = new Drafts();
onLock(() => drafts.forget());
