// A recording: what can be heard, and where it is withheld. The bar is drawn from what was proven; the sound is the proven file.
import type { Seen } from '../core/item.ts';
import { milliseconds } from '../core/time.ts';
import { h, svg } from './dom.ts';
import { inM4a } from './listening.ts';
import { clock, range, type Words } from './words.ts';

const WIDTH = 1000;
const HEIGHT = 56;
/** How many gaps have a button each. */
const GAP_BUTTONS = 12;
/** Seconds before a gap, where its button goes. */
const LEAD = 2;

/** The file's kind for a browser, or null where none plays it; and what stands for withheld sound. */
export interface Played {
  readonly type: string | null;
  readonly silent: boolean;
}

/** By profile: of the copy, of the whole original, and whether silence stands for what is withheld. */
const PLAYED: readonly (readonly [profile: RegExp, copy: string, whole: string, silent: boolean])[] = [
  [/^wav-v1;/, 'audio/wav', 'audio/wav', false],
  [/^mp3-v1;/, 'audio/mpeg', 'audio/mpeg', true],
  [/^adts-aac-v1;/, 'audio/aac', 'audio/aac', true],
  [/^flac-v1;/, 'audio/flac', 'audio/flac', false],
  [/^mp4-aac-v1;/, 'audio/mp4', 'audio/mp4', true],
  [/^mp4-alac-v1;/, 'audio/mp4; codecs="alac"', 'audio/mp4; codecs="alac"', false],
  [/^ogg-opus-v1;/, 'audio/ogg; codecs="opus"', 'audio/ogg; codecs="opus"', true],
  [/^webm-opus-v1;/, 'audio/ogg; codecs="opus"', 'audio/webm; codecs="opus"', true],
  [/^ogg-vorbis-v1;/, 'audio/ogg; codecs="vorbis"', 'audio/ogg; codecs="vorbis"', true],
];

export function soundOf(profile: string, whole: boolean): Played {
  const [, copy, original, silent] = PLAYED.find(([pattern]) => pattern.test(profile)) ?? [];
  return { type: (whole ? original : copy) ?? null, silent: silent ?? false };
}

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

function caption(words: Words, seen: Seen, silent: boolean): string {
  const at = (ticks: number): number => milliseconds(ticks, seen);
  const length = words.duration(at(seen.gaps.reduce((sum, [from, to]) => sum + to - from, 0)));
  const gaps = words.say('sound-gaps', { count: seen.gaps.length, length, from: clock(at(seen.gaps[0]?.[0] ?? 0)) });
  return seen.gaps.length === 0 ? gaps : words.say('sound-stands', { gaps, sign: silent ? 'silence' : 'tone' });
}

/** A button for each gap, that goes to a little before it. */
function gapButtons(words: Words, seen: Seen, audio: HTMLAudioElement): HTMLElement | null {
  if (seen.gaps.length === 0) return null;
  const at = (ticks: number): number => milliseconds(ticks, seen);
  return h('div', { class: 'gaps', role: 'group', 'aria-label': words.say('sound-to-gaps') }, ...seen.gaps.slice(0, GAP_BUTTONS).map(([from, to]) =>
    h('button', { type: 'button', class: 'struck', click: () => (audio.currentTime = Math.max(0, at(from) / 1000 - LEAD)) }, range(at(from), at(to)))));
}

function controls(words: Words, audio: HTMLAudioElement, seen: Seen, place: HTMLInputElement, trouble: HTMLElement): HTMLButtonElement {
  const seconds = milliseconds(seen.record.ticks, seen) / 1000;
  const button = h('button', { type: 'button', class: 'play' });
  const now = h('span', { class: 'now' });
  const icon = svg('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' }, svg('path', { d: '' }));
  const word = h('span');
  const show = (): void => {
    icon.firstElementChild?.setAttribute('d', audio.paused ? 'M2 1l9 5-9 5z' : 'M2 1h3v10H2zM7 1h3v10H7z');
    word.textContent = words.say(audio.paused ? 'play' : 'pause');
    const at = audio.currentTime * 1000;
    const withheld = seen.gaps.some(([from, to]) => milliseconds(from, seen) <= at && at < milliseconds(to, seen));
    now.textContent = `${clock(at)} / ${clock(seconds * 1000)}${withheld ? ` · ${words.say('sound-now')}` : ''}`;
    place.value = String(audio.currentTime);
    place.setAttribute('aria-valuetext', withheld ? words.list([clock(at), words.say('sound-now')]) : clock(at));
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

/** Whether this browser says that it can't play a kind of file. */
function cant(type: string): boolean {
  return document.createElement('audio').canPlayType(type) === '';
}

/** What the browser plays: the file, or its frames where it could not find places in it. */
async function source(words: Words, file: Blob, seen: Seen, trouble: HTMLElement): Promise<Blob> {
  if (file.type !== 'audio/aac') return file;
  const wrapped = await inM4a(file, seen.record.ticks);
  if (wrapped !== null) trouble.textContent = words.say('sound-wrapped');
  return wrapped ?? file;
}

/** `file` is what to play, or null where no browser plays it. */
export function recording(words: Words, title: string, seen: Seen, peaks: Float32Array | null, file: Blob | null, { silent }: Played): HTMLElement {
  const sound = file === null || cant(file.type) ? null : file;
  const seconds = milliseconds(seen.record.ticks, seen) / 1000;
  const trouble = h('p', { class: 'hint', role: 'status' });
  const place = h('input', { type: 'range', min: 0, max: seconds, step: 0.1, value: 0, class: 'place', 'aria-label': `${words.say('sound-place')}, ${title}` });
  const bar = h('div', { class: 'sound' }, picture(seen, peaks), sound === null ? null : place);
  const scale = h('div', { class: 'scale' }, h('span', {}, '00:00'), h('span', {}, caption(words, seen, silent)), h('span', {}, clock(seconds * 1000)));
  const figure = h('figure', { class: 'recording' }, bar, scale);
  if (sound === null) trouble.textContent = words.say(file === null ? 'sound-amr' : 'sound-cant');
  else {
    const audio = h('audio', { preload: 'metadata' });
    void source(words, sound, seen, trouble).then((blob) => (audio.src = URL.createObjectURL(blob)));
    figure.append(audio, h('div', { class: 'listen' }, controls(words, audio, seen, place, trouble), gapButtons(words, seen, audio)));
  }
  figure.append(trouble);
  return figure;
}
