/* The sound that plays and what of it was played. Keeps: pitch stays at every speed; a second counts as heard only while it
   sounded, at most at double speed. Nothing of it outlives the lock. */
import { onLock } from '../lib/session.svelte';

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;
const BACK_MS = 2_000;
const JOIN_MS = 400;
type Range = [number, number];

export function union(ranges: readonly (readonly [number, number])[]): Range[] {
  const joined: Range[] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1] + JOIN_MS) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

export class Player {
  at = $state(0);
  playing = $state(false);
  speed = $state(1);
  broken = $state(false);
  loop = $state.raw<Range | null>(null);
  /** Where to stop by itself, once. */
  #until: number | null = null;
  /** Heard since the page was opened, not yet written into the log. */
  fresh = $state.raw<Range[]>([]);
  fastest = 1;
  #sound: HTMLAudioElement;
  #frame = 0;
  #from: number | null = null;
  #off: () => void;

  constructor(address: string) {
    this.#sound = new Audio();
    this.#sound.preload = 'metadata';
    this.#sound.src = address;
    this.#sound.onplay = () => { this.playing = true; this.#from = this.#now(); this.#follow(); };
    this.#sound.onpause = () => { this.#count(); this.playing = false; this.#from = null; cancelAnimationFrame(this.#frame); this.at = this.#now(); };
    this.#sound.onseeking = () => { if (this.playing) this.#from = this.#now(); this.at = this.#now(); };
    this.#sound.onerror = () => { this.broken = this.#sound.getAttribute('src') !== null; };
    this.#off = onLock(() => this.close());
  }
  #now(): number { return this.#sound.currentTime * 1000; }
  #follow(): void {
    const step = (): void => {
      this.at = this.#now();
      if (this.loop && this.at >= this.loop[1]) { this.#count(); this.seek(this.loop[0]); }
      else if (this.#until !== null && this.at >= this.#until) { this.#until = null; this.#sound.pause(); }
      else if (this.#from !== null && this.at - this.#from > 1_000) { this.#count(); }
      this.#frame = requestAnimationFrame(step);
    };
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(step);
  }
  #count(): void {
    const now = this.#now();
    if (this.#from !== null && now > this.#from) {
      this.fresh = union([...this.fresh, [Math.floor(this.#from), Math.ceil(now)]]);
      this.fastest = Math.max(this.fastest, this.speed);
    }
    this.#from = this.playing ? now : null;
  }
  toggle(): void { this.#until = null; if (this.playing) this.#sound.pause(); else void this.#sound.play().catch(() => { this.broken = true; }); }
  pause(): void { this.#sound.pause(); }
  play(): void { if (!this.playing) this.toggle(); }
  /** Plays a stretch and stops behind it. */
  playOnly([from, to]: Range): void { this.loop = null; this.seek(from); this.play(); this.#until = to; }
  seek(ms: number): void {
    if (this.playing) this.#count();
    this.#until = null;
    this.#sound.currentTime = Math.max(0, ms) / 1000;
    this.at = Math.max(0, ms);
    if (this.playing) this.#from = this.at;
  }
  back(): void { this.seek(this.at - BACK_MS); }
  forward(): void { this.seek(this.at + BACK_MS); }
  faster(by: 1 | -1): void {
    const now = SPEEDS.findIndex((speed) => speed === this.speed);
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, now + by))] ?? 1);
  }
  setSpeed(speed: number): void { this.speed = speed; this.#sound.playbackRate = speed; this.#sound.preservesPitch = true; }
  told(): void { this.fresh = []; this.fastest = 1; }
  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#sound.pause();
    this.#sound.removeAttribute('src');
    this.#sound.load();
    this.#off();
  }
}
