/* The state of the program as the server tells it, and the lock. Keeps: once locked, everything that registered with `onLock`
   has dropped what it held; an event missed while the server was away is made good by asking for the whole state again.
   Does not know: screens. */
import { api, ApiFault, listenForRefusals, paths } from './api';
import type { Job, State } from './types';

const SEEN_EVERY_MS = 30_000;
const WARN_MS = 60_000;
const RETRY_MS = 2_000;
/** Between two looks at the counts while a job goes on. */
const COUNTED_MS = 2_000;

export type Door = 'asking' | 'no-session' | 'locked' | 'open';
const forgetters = new Set<() => void>();
/** Registers what must be dropped from memory when the case locks. */
export function onLock(forget: () => void): () => void { forgetters.add(forget); return () => forgetters.delete(forget); }

class Session {
  state = $state.raw<State | null>(null);
  jobs = $state.raw<Job[]>([]);
  door = $state<Door>('asking');
  away = $state(false);
  /** The panic key was pressed: nothing at all is shown. */
  blank = $state(false);
  /** Seconds until the idle lock, once it is near. */
  closing = $state<number | null>(null);
  #events: EventSource | null = null;
  #active = Date.now();
  #told = Date.now();
  #asking: Promise<void> | null = null;
  #stale = false;
  #counted = 0;

  start(): void {
    listenForRefusals((fault) => this.#refused(fault));
    for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart']) addEventListener(kind, () => this.touch(), { passive: true, capture: true });
    setInterval(() => this.#tick(), 1_000);
    void this.refresh();
  }

  /** Asks for the state. One question at a time, and once more for whatever came meanwhile: of two answers that pass each other the
      older one would stay on the screen. */
  async refresh(): Promise<void> {
    this.#stale = true;
    if (this.#asking) return this.#asking;
    this.#asking = this.#ask();
    try { await this.#asking; } finally { this.#asking = null; }
  }
  async #ask(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      try {
        this.take(await api.state());
      } catch (cause) {
        if (cause instanceof ApiFault && cause.away) setTimeout(() => void this.refresh(), RETRY_MS);
      }
    }
  }

  take(state: State): void {
    const wasOpen = this.door === 'open';
    this.state = state;
    this.jobs = state.jobs;
    this.away = false;
    this.door = state.locked ? 'locked' : 'open';
    if (state.locked && wasOpen) this.#forget();
    if (!this.#events) this.#listen();
  }

  async unlock(passphrase: string): Promise<void> {
    this.take(await api.unlock(passphrase));
    this.#active = Date.now();
  }

  async lock(): Promise<void> {
    this.#shut();
    try { this.take(await api.lock()); } catch { /* away: nothing is shown here, and the server locks by itself when idle */ }
  }

  /** Blanks and locks in the same instant; the address tells nothing afterwards. */
  panic(): void {
    this.blank = true;
    this.#shut();
    history.replaceState(null, '', '#/');
    document.title = '';
    void fetch(paths.lock, { method: 'POST', headers: { 'X-Casemate': '1' }, keepalive: true }).then(() => this.refresh(), () => undefined);
  }

  touch(): void { this.#active = Date.now(); this.closing = null; }

  jobNamed(id: number): Job | null { return this.jobs.find((job) => job.id === id) ?? null; }

  #shut(): void {
    this.door = 'locked';
    this.#forget();
    if (this.state) this.state = { ...this.state, locked: true, case: null, jobs: [] };
  }
  #forget(): void {
    this.jobs = [];
    this.closing = null;
    for (const forget of forgetters) forget();
  }
  #refused(fault: ApiFault): void {
    if (fault.status === 423) this.#shut();
    else if (fault.status === 401) {
      // The program was started anew. A link opened in another tab gives this one its session back.
      this.door = 'no-session';
      this.#forget();
      this.state = null;
      this.away = false;
      setTimeout(() => void this.refresh(), RETRY_MS);
    }
    else if (fault.away && !this.away) { this.away = true; setTimeout(() => void this.refresh(), RETRY_MS); }
  }
  #listen(): void {
    const events = new EventSource(paths.events);
    this.#events = events;
    const read = <R>(event: Event): R => JSON.parse((event as MessageEvent<string>).data) as R;
    events.addEventListener('job', (event) => {
      const job = read<Job>(event);
      if (this.door !== 'open') return;
      const before = this.jobNamed(job.id);
      this.jobs = [...this.jobs.filter((other) => other.id !== job.id), job];
      // The counts beside the screens' names follow the work.
      if (before?.state !== job.state || before.stage !== job.stage || Date.now() - this.#counted > COUNTED_MS) { this.#counted = Date.now(); void this.refresh(); }
    });
    // It says only whether the case is locked: shut at once, for the rest ask.
    events.addEventListener('state', (event) => { if (read<{ locked: boolean }>(event).locked) this.#shut(); else void this.refresh(); });
    events.addEventListener('acts', () => void this.refresh());
    events.onopen = () => { if (this.away) void this.refresh(); };
    events.onerror = () => {
      if (!this.away) { this.away = true; setTimeout(() => void this.refresh(), RETRY_MS); }
      if (events.readyState === EventSource.CLOSED) { events.close(); this.#events = null; }
    };
  }
  #tick(): void {
    if (this.door !== 'open' || !this.state) return;
    const idle = Date.now() - this.#active;
    const left = this.state.idle_ms - idle;
    if (this.state.idle_ms > 0 && left <= 0) { void this.lock(); return; }
    this.closing = this.state.idle_ms > 0 && left < Math.min(WARN_MS, this.state.idle_ms / 2) ? Math.ceil(left / 1000) : null;
    if (idle < SEEN_EVERY_MS && Date.now() - this.#told > SEEN_EVERY_MS) { this.#told = Date.now(); void api.seen().catch(() => undefined); }
  }
}
export const session = new Session();
