/* The files given in this tab and the fate of each. Keeps: one file's failure stops no other; a file that the case has already is
   not sent; while the server is away the queue waits and goes on by itself. Given again after a reload, a folder goes on where it
   stopped, for what is sealed is known by its digest. */
import { api, ApiFault, upload } from '../lib/api';
import { asFault } from '../lib/load.svelte';
import { onLock, session } from '../lib/session.svelte';
import type { UploadReply } from '../lib/types';

export type Fate = 'waiting' | 'hashing' | 'sending' | 'sealed' | 'duplicate' | 'refused' | 'failed';
export interface Given { id: number; name: string; path: string; size: number; fate: Fate; sent: number; exhibit: number | null; why: string | null; detail: string | null }
const AGAIN_MS = 2_000;

class Queue {
  items = $state<Given[]>([]);
  paused = $state(false);
  #files = new Map<number, File>();
  #next = 1;
  #busy = false;
  #stop = new AbortController();
  #worker: Worker | null = null;

  get done(): number { return this.items.filter((one) => one.fate === 'sealed' || one.fate === 'duplicate' || one.fate === 'refused' || one.fate === 'failed').length; }
  add(files: readonly { file: File; path: string }[]): void {
    for (const { file, path } of files) {
      const id = this.#next++;
      this.#files.set(id, file);
      this.items.push({ id, name: file.name, path, size: file.size, fate: 'waiting', sent: 0, exhibit: null, why: null, detail: null });
    }
    void this.#run();
  }
  again(id: number): void { const one = this.items.find((item) => item.id === id); if (one && this.#files.has(id)) { one.fate = 'waiting'; one.why = null; one.sent = 0; void this.#run(); } }
  pause(): void { this.paused = true; this.#stop.abort(); this.#stop = new AbortController(); }
  go(): void { this.paused = false; void this.#run(); }
  clear(): void { this.#stop.abort(); this.#stop = new AbortController(); this.items = []; this.#files.clear(); this.#worker?.terminate(); this.#worker = null; this.#busy = false; }

  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let one = this.#waiting(); one && !this.paused; one = this.#waiting()) await this.#send(one);
    this.#busy = false;
    void session.refresh();
  }
  #waiting(): Given | undefined { return this.items.find((one) => one.fate === 'waiting'); }

  async #send(one: Given): Promise<void> {
    const file = this.#files.get(one.id);
    if (!file) { one.fate = 'failed'; return; }
    const stop = this.#stop.signal;
    try {
      const [first] = await api.intakeKnown([{ name: one.name, size: one.size, sha256: null }]);
      let known = first?.known ?? null;
      if (first?.wants_sha256) {
        one.fate = 'hashing';
        const sha256 = await this.#digest(file);
        if (sha256) known = (await api.intakeKnown([{ name: one.name, size: one.size, sha256 }]))[0]?.known ?? null;
      }
      if (known !== null) { this.#settle(one, { fate: 'duplicate', exhibit: known, source: one.path, size: one.size, seal: null, id: null, detail: null }); return; }
      one.fate = 'sending';
      this.#settle(one, await upload(file, one.path, (sent) => { one.sent = sent; }, stop));
    } catch (cause) {
      const fault = asFault(cause);
      one.sent = 0;
      if (fault === null) one.fate = 'waiting';
      else if (fault.away) { one.fate = 'waiting'; await new Promise((again) => setTimeout(again, AGAIN_MS)); }
      else this.#fail(one, fault);
    }
  }
  #settle(one: Given, reply: UploadReply): void {
    one.fate = reply.fate; one.exhibit = reply.exhibit; one.why = reply.id; one.detail = reply.detail; one.sent = one.size;
    if (reply.fate !== 'refused') this.#files.delete(one.id);
  }
  #fail(one: Given, fault: ApiFault): void { one.fate = 'failed'; one.why = null; one.detail = [fault.title, fault.advice].filter(Boolean).join(' ') || null; }
  #digest(file: File): Promise<string | null> {
    this.#worker ??= new Worker(new URL('./sha256.worker.ts', import.meta.url), { type: 'module' });
    const worker = this.#worker;
    const id = Math.random();
    return new Promise((done) => {
      const listen = (event: MessageEvent<{ id: number; sha256: string | null }>): void => { if (event.data.id === id) { worker.removeEventListener('message', listen); done(event.data.sha256); } };
      worker.addEventListener('message', listen);
      worker.addEventListener('error', () => done(null), { once: true });
      worker.postMessage({ id, file });
    });
  }
}
export const queue = new Queue();
onLock(() => queue.clear());

/** Files of a drop, folders walked through. */
export async function dropped(items: DataTransferItemList): Promise<{ file: File; path: string }[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry): entry is FileSystemEntry => entry !== null);
  const found: { file: File; path: string }[] = [];
  async function walk(entry: FileSystemEntry): Promise<void> {
    if (entry.isFile) {
      const file = await new Promise<File | null>((done) => (entry as FileSystemFileEntry).file(done, () => done(null)));
      if (file) found.push({ file, path: entry.fullPath.replace(/^\//, '') });
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((done) => reader.readEntries(done, () => done([])));
      if (some.length === 0) break;
      for (const child of some) await walk(child);
    }
  }
  for (const entry of entries) await walk(entry);
  return found;
}
