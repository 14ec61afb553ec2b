// A recording: what can be heard, and where it is withheld. The bar is drawn from what was proven; the sound is the proven file.
import type { Seen } from '../core/item.ts';
import { milliseconds } from '../core/time.ts';
import { h, svg } from './dom.ts';
import { clock, type Words } from './words.ts';

const WIDTH = 1000;
const HEIGHT = 56;
/** A gap is drawn at least this wide; its true length stands in words. */
const NARROWEST = 6;

function bars(peaks: Float32Array): string {
  const step = WIDTH / peaks.length;
  return Array.from(peaks, (peak, i) => {
    const half = Math.max(0.5, (peak * (HEIGHT - 12)) / 2);
    return `M${((i + 0.5) * step).toFixed(1)} ${(HEIGHT / 2 - half).toFixed(1)}v${(2 * half).toFixed(1)}`;
  }).join('');
}

function picture(seen: Seen, peaks: Float32Array | null): SVGElement {
  const at = (ticks: number): number => (seen.record.ticks === 0 ? 0 : (ticks / seen.record.ticks) * WIDTH);
  const gaps = seen.gaps.map(([from, to]) => {
    const width = Math.max(NARROWEST, at(to) - at(from));
    return svg('rect', { class: 'gap', x: Math.min(at(from), WIDTH - width), y: 1, width, height: HEIGHT - 2 });
  });
  return svg('svg', { class: 'bar', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('path', { class: 'base', d: `M0 ${HEIGHT / 2}h${WIDTH}` }),
    peaks === null ? null : svg('path', { class: 'peaks', d: bars(peaks) }),
    ...gaps);
}

export function caption(words: Words, seen: Seen): string {
  const at = (ticks: number): number => milliseconds(ticks, seen);
  const length = words.duration(at(seen.gaps.reduce((sum, [from, to]) => sum + to - from, 0)));
  return words.say('sound-gaps', { count: seen.gaps.length, length, from: clock(at(seen.gaps[0]?.[0] ?? 0)) });
}

function controls(words: Words, audio: HTMLAudioElement, seconds: number, place: HTMLInputElement, trouble: HTMLElement): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'play' });
  const now = h('span', { class: 'now' });
  const icon = svg('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' }, svg('path', { d: '' }));
  const word = h('span');
  const show = (): void => {
    icon.firstElementChild?.setAttribute('d', audio.paused ? 'M2 1l9 5-9 5z' : 'M2 1h3v10H2zM7 1h3v10H7z');
    word.textContent = words.say(audio.paused ? 'play' : 'pause');
    now.textContent = `${clock(audio.currentTime * 1000)} / ${clock(seconds * 1000)}`;
    place.value = String(audio.currentTime);
    place.setAttribute('aria-valuetext', clock(audio.currentTime * 1000));
  };
  for (const event of ['play', 'pause', 'timeupdate', 'ended', 'seeked']) audio.addEventListener(event, show);
  audio.addEventListener('error', () => {
    trouble.textContent = words.say('sound-cant');
    button.disabled = true;
  });
  place.addEventListener('input', () => (audio.currentTime = Number(place.value)));
  button.addEventListener('click', () => void (audio.paused ? audio.play().catch(() => undefined) : audio.pause()));
  button.append(icon, word, now);
  show();
  return button;
}

/** `sound` is the file to play, or null where no browser plays it. */
export function recording(words: Words, title: string, seen: Seen, peaks: Float32Array | null, sound: Blob | null): HTMLElement {
  const seconds = milliseconds(seen.record.ticks, seen) / 1000;
  const trouble = h('p', { class: 'hint', role: 'status' });
  const place = h('input', { type: 'range', min: 0, max: seconds, step: 0.1, value: 0, class: 'place', 'aria-label': `${words.say('sound-place')}, ${title}` });
  const bar = h('div', { class: 'sound' }, picture(seen, peaks), sound === null ? null : place);
  const scale = h('div', { class: 'scale' }, h('span', {}, '00:00'), h('span', {}, caption(words, seen)), h('span', {}, clock(seconds * 1000)));
  const figure = h('figure', { class: 'recording' }, bar, scale);
  if (sound === null) trouble.textContent = words.say('sound-amr');
  else {
    const audio = h('audio', { preload: 'metadata', src: URL.createObjectURL(sound) });
    figure.append(audio, controls(words, audio, seconds, place, trouble));
  }
  figure.append(trouble);
  return figure;
}
