/* The files that are looked at: the server's tray, and what was asked of each. Keeps: dropped when the case locks; nothing is kept on the disk of the browser. */
import { SvelteMap } from 'svelte/reactivity';
import { api, type ApiFault } from '../lib/api';
import { asFault } from '../lib/load.svelte';
import { onLock, session } from '../lib/session.svelte';
import type { HeldFile, Job, Profile } from '../lib/types';

class Tray {
  files = $state.raw<HeldFile[]>([]);
  fault = $state.raw<ApiFault | null>(null);
  /** Names of files on their way. */
  coming = $state.raw<string[]>([]);
  /** Of a file that was made here: by which job, and for whom. */
  made = new SvelteMap<number, { job: number; profile: Profile }>();
  /** The newest job of a kind on a file, by `kind/id`. */
  #jobs = new SvelteMap<string, number>();
  constructor() { onLock(() => { this.files = []; this.fault = null; this.coming = []; this.made.clear(); this.#jobs.clear(); }); }

  async look(): Promise<void> {
    try { this.files = await api.held(); this.fault = null; } catch (cause) { this.fault = asFault(cause); }
  }
  async add(files: readonly File[]): Promise<number | null> {
    let last: number | null = null;
    for (const file of files) {
      this.coming = [...this.coming, file.name];
      try { const held = await api.hold(file); this.files = [...this.files, held]; last = held.id; this.fault = null; }
      catch (cause) { this.fault = asFault(cause); }
      finally { const at = this.coming.indexOf(file.name); this.coming = this.coming.filter((_, n) => n !== at); }
    }
    return last;
  }
  /** What a job made, laid beside the others to be looked at before it leaves. */
  async addMade(job: number, profile: Profile): Promise<HeldFile | null> {
    try { const held = await api.holdMade(job); this.made.set(held.id, { job, profile }); this.files = [...this.files, held]; this.fault = null; return held; } catch (cause) { this.fault = asFault(cause); return null; }
  }
  async take(id: number): Promise<void> {
    try { this.files = await api.takeAway(id); this.fault = null; } catch (cause) { this.fault = asFault(cause); }
  }
  named(id: number | null): HeldFile | null { return this.files.find((file) => file.id === id) ?? null; }
  begun(kind: Job['kind'], id: number, job: Job): void {
    if (!session.jobNamed(job.id)) session.jobs = [...session.jobs, job];
    this.#jobs.set(`${kind}/${id}`, job.id);
  }
  job(kind: Job['kind'], id: number): Job | null {
    const of = this.#jobs.get(`${kind}/${id}`);
    return of === undefined ? null : session.jobNamed(of);
  }
  forget(kind: Job['kind'], id: number): void { this.#jobs.delete(`${kind}/${id}`); }
}
export const tray = new Tray();
