// The page: three screens (start, at work, verdict), one language at a time. All text goes through the words; all work through the
// worker. Invariant: it opens no connection, which its policy also forbids.
import { h } from './dom.ts';
import type { Bundle } from './items.ts';
import type { Answer, Ask } from './protocol.ts';
import { start } from './start.ts';
import { verdict } from './verdict.ts';
import { type Language, LANGUAGES, preferred, Words } from './words.ts';

declare const WORKER: string;

type Screen =
  | { readonly kind: 'start'; readonly trouble: string | null }
  | { readonly kind: 'work'; readonly file: File; readonly done: number; readonly of: number; readonly item: readonly [number, number] | null }
  | { readonly kind: 'verdict'; readonly bundle: Bundle; readonly understood: boolean };

let words = new Words(preferred());
let screen: Screen = { kind: 'start', trouble: null };
let typed = '';
let worker: Worker | null = null;

function languages(): HTMLElement {
  const choice = (language: Language, name: string): HTMLElement =>
    h('button', {
      type: 'button',
      lang: language,
      'aria-pressed': words.language === language ? 'true' : 'false',
      click: () => {
        typed = (document.getElementById('key') as HTMLInputElement | null)?.value ?? typed;
        words = new Words(language);
        void show(`[lang="${language}"][aria-pressed]`);
      },
    }, name);
  return h('div', { class: 'languages', role: 'group', 'aria-label': words.say('page-language') }, ...LANGUAGES.map(([language, name]) => choice(language, name)));
}

function atWork(at: Extract<Screen, { kind: 'work' }>): HTMLElement {
  const said = at.item === null
    ? words.say('work-reading', { done: words.size(at.done), whole: words.size(at.of) })
    : words.say('work-item', { item: at.item[0], of: at.item[1] });
  return h('main', { class: 'sheet start' },
    h('p', { class: 'over' }, at.file.name),
    h('h1', { tabindex: -1 }, words.say('work-head')),
    h('progress', { max: 1, value: at.item === null ? (at.done / Math.max(1, at.of)) * 0.8 : 0.8 + (0.2 * (at.item[0] - 1)) / at.item[1], 'aria-label': words.say('work-head') }),
    h('p', { class: 'small', role: 'status' }, said),
    h('div', { class: 'actions' }, h('button', { type: 'button', click: again }, words.say('work-stop'))));
}

function again(): void {
  worker?.terminate();
  worker = null;
  screen = { kind: 'start', trouble: null };
  void show('h1');
}

function made(): Worker {
  const url = URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }));
  const created = new Worker(url);
  created.onmessage = ({ data }: MessageEvent<Answer>) => hear(data);
  created.onerror = () => fail('error-worker');
  return created;
}

function fail(id: string, cause = ''): void {
  screen = { kind: 'start', trouble: `${words.say(id, { cause })} ${words.say('error-old')}` };
  void show('h1');
}

function check(file: File, key: string): void {
  typed = key;
  screen = { kind: 'work', file, done: 0, of: file.size, item: null };
  void show('h1');
  try {
    worker?.terminate();
    worker = made();
    const ask: Ask = { kind: 'check', file, keys: key };
    worker.postMessage(ask);
  } catch {
    fail('error-worker');
  }
}

function compare(key: string): void {
  typed = key;
  const ask: Ask = { kind: 'compare', keys: key };
  worker?.postMessage(ask);
}

function hear(answer: Answer): void {
  if (answer.kind === 'unreadable') return fail('error-read', answer.cause);
  if (answer.kind === 'verdict') {
    const file = screen.kind === 'work' ? screen.file : screen.kind === 'verdict' ? screen.bundle.file : null;
    if (file === null) return;
    screen = { kind: 'verdict', bundle: { file, verdict: answer.verdict, peaks: answer.peaks }, understood: answer.understood };
    return void show(screen.understood ? 'h1' : '#key');
  }
  if (screen.kind !== 'work') return;
  screen = answer.kind === 'bytes' ? { ...screen, done: answer.done, of: answer.of } : { ...screen, item: [answer.item, answer.of] };
  void show(null);
}

let shows = 0;

/** Draws the screen anew and moves the focus to what `focus` finds. */
async function show(focus: string | null): Promise<void> {
  const turn = ++shows;
  const at = screen;
  const body = at.kind === 'start' ? start(words, { check }, typed, at.trouble) : at.kind === 'work' ? atWork(at) : await verdict(words, at.bundle, { compare, again }, typed, at.understood);
  if (turn !== shows) return;
  document.documentElement.lang = words.language;
  document.title = `${words.say('page-title')} – Casemate`;
  document.body.replaceChildren(h('header', { class: 'top' }, h('span', { class: 'name' }, words.say('page-name')), languages()), body);
  if (focus !== null) document.querySelector<HTMLElement>(focus)?.focus({ preventScroll: focus !== 'h1' && focus !== '#key' });
}

// A file that misses the sheet must not replace the page.
for (const event of ['dragover', 'drop']) window.addEventListener(event, (dropped) => dropped.preventDefault());
// For the print, every meaning may stay closed; the sheet is the verdict.
void show(null);
