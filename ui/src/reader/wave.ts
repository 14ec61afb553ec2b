/* Drawing sound: the server's peaks as bars, a lane for each voice. Keeps: only what is in the window is read and drawn.
   Does not know: who plays. */
import { timeOf } from '../lib/place';
import type { Passage, Peaks } from '../lib/types';

export interface Lanes { labels: (string | null)[]; of: (slot: number) => number }
export interface Inks { ink: string; faint: string; accent: string; rule: string; rim: string; unchecked: string; wash: string }
export interface View { from: number; to: number }

export function decode(peaks: Peaks): Int8Array {
  const raw = atob(peaks.peaks);
  const bytes = new Int8Array(raw.length);
  for (let n = 0; n < raw.length; n += 1) bytes[n] = (raw.charCodeAt(n) << 24) >> 24;
  return bytes;
}

/** Which lane a slot of a one-channel recording belongs to: that of whoever the transcript says speaks; -1 where nobody does. */
export function lanesOf(peaks: Peaks, passages: readonly Passage[]): Lanes {
  const channelOf = (passage: Passage): number => timeOf(passage.place)?.channel ?? 0;
  if (peaks.channels > 1) {
    const labels = Array.from({ length: peaks.channels }, (_, channel) => {
      const voices = new Set(passages.filter((passage) => channelOf(passage) === channel).map((passage) => passage.speaker));
      return voices.size === 1 ? ([...voices][0] ?? null) : null;
    });
    return { labels, of: () => 0 };
  }
  const voices = [...new Set(passages.map((passage) => passage.speaker))].filter((voice): voice is string => voice !== null);
  if (voices.length < 2 || voices.length > 4) return { labels: [voices.length === 1 ? (voices[0] ?? null) : null], of: () => 0 };
  const spoken = new Int8Array(Math.ceil((peaks.duration_ms / 1000) * peaks.per_second) + 1).fill(-1);
  for (const passage of passages) {
    const time = timeOf(passage.place);
    if (time) spoken.fill(voices.indexOf(passage.speaker ?? ''), Math.floor((time.start_ms / 1000) * peaks.per_second), Math.ceil((time.end_ms / 1000) * peaks.per_second));
  }
  return { labels: voices, of: (slot) => spoken[slot] ?? -1 };
}

export function inksOf(element: HTMLElement): Inks {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (name: string): string => { probe.style.color = `var(${name})`; return getComputedStyle(probe).color; };
  const inks = { ink: read('--ink-2'), faint: read('--ink-3'), accent: read('--accent'), rule: read('--rule'), rim: read('--strike-rim'), unchecked: read('--unchecked'), wash: read('--wash') };
  probe.remove();
  return inks;
}

const PITCH = 3;
const BAR = 1.6;
export const LANE = 48;
export const FOOT = 12;

export interface Drawn { bytes: Int8Array; peaks: Peaks; lanes: Lanes; view: View; cuts: readonly (readonly [number, number])[]; heard: readonly (readonly [number, number])[]; fresh: readonly (readonly [number, number])[]; selection: readonly [number, number] | null }

export function draw(canvas: HTMLCanvasElement, what: Drawn, inks: Inks, lane = LANE): void {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext('2d');
  if (!pen || width === 0) return;
  pen.scale(scale, scale);
  const { view, peaks, lanes } = what;
  const x = (ms: number): number => ((ms - view.from) / (view.to - view.from)) * width;
  if (what.selection) {
    pen.fillStyle = inks.wash;
    pen.fillRect(x(what.selection[0]), 0, x(what.selection[1]) - x(what.selection[0]), lanes.labels.length * lane);
  }
  pen.fillStyle = inks.rule;
  for (let n = 1; n <= lanes.labels.length; n += 1) pen.fillRect(0, n * lane - 0.5, width, 1);
  bars(pen, what, width, lane, inks);
  for (const [from, to] of what.cuts) if (to > view.from && from < view.to) hatch(pen, x(from), Math.max(4, x(to) - x(from)), lanes.labels.length * lane, inks);
  if (what.selection) {
    pen.fillStyle = inks.accent;
    for (const edge of what.selection) pen.fillRect(x(edge) - 0.75, 0, 1.5, lanes.labels.length * lane);
  }
  if (lane === LANE) coverage(pen, what, x, width, lanes.labels.length * lane + 5, inks);
  void peaks;
}

function bars(pen: CanvasRenderingContext2D, what: Drawn, width: number, lane: number, inks: Inks): void {
  const { bytes, peaks, lanes, view } = what;
  const perMs = peaks.per_second / 1000;
  for (let at = 0; at < width; at += PITCH) {
    const from = Math.floor((view.from + (at / width) * (view.to - view.from)) * perMs);
    const to = Math.max(from + 1, Math.floor((view.from + ((at + PITCH) / width) * (view.to - view.from)) * perMs));
    for (let channel = 0; channel < peaks.channels; channel += 1) {
      let loud = 0;
      for (let slot = from; slot < to; slot += 1) {
        const place = (slot * peaks.channels + channel) * 2;
        loud = Math.max(loud, -(bytes[place] ?? 0), bytes[place + 1] ?? 0);
      }
      const said = peaks.channels > 1 ? channel : lanes.of(from);
      const row = Math.max(0, said);
      const tall = Math.max(1.5, (loud / 127) ** 0.6 * (lane - 8));
      pen.fillStyle = said < 0 ? inks.rule : row % 2 === 1 ? inks.accent : inks.ink;
      if (loud > 1 || said >= 0) pen.fillRect(at, row * lane + (lane - tall) / 2, BAR, tall);
    }
  }
}

function hatch(pen: CanvasRenderingContext2D, x: number, width: number, height: number, inks: Inks): void {
  pen.save();
  pen.beginPath();
  pen.rect(x, 1, width, height - 2);
  pen.clip();
  pen.lineWidth = 2.5;
  pen.strokeStyle = inks.rim;
  for (let at = x - height; at < x + width + height; at += 6) { pen.beginPath(); pen.moveTo(at, height); pen.lineTo(at + height, 0); pen.stroke(); }
  pen.restore();
  pen.lineWidth = 1.5;
  pen.strokeStyle = inks.rim;
  pen.strokeRect(x + 0.5, 1, width - 1, height - 2);
}

function coverage(pen: CanvasRenderingContext2D, what: Drawn, x: (ms: number) => number, width: number, y: number, inks: Inks): void {
  pen.strokeStyle = inks.unchecked;
  pen.lineWidth = 1;
  pen.setLineDash([4, 3]);
  const end = Math.min(width, x(what.peaks.duration_ms));
  pen.strokeRect(0.5, y + 0.5, end - 1, 3);
  pen.setLineDash([]);
  const bar = (ranges: readonly (readonly [number, number])[], full: boolean): void => {
    pen.fillStyle = inks.accent;
    for (const [from, to] of ranges) pen.fillRect(x(from), full ? y : y + 1.5, Math.max(1, x(to) - x(from)), full ? 4 : 1.5);
  };
  bar(what.heard, true);
  bar(what.fresh, false);
}

const STEPS = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000, 1_800_000, 3_600_000];
export function ticksOf(view: View, most: number): number[] {
  const step = STEPS.find((one) => (view.to - view.from) / one <= most) ?? 3_600_000;
  const ticks: number[] = [];
  for (let at = Math.ceil(view.from / step) * step; at <= view.to; at += step) ticks.push(at);
  return ticks;
}
