// The items of a bundle: the table of what is handed over and withheld, and each item to listen to, read and save.
import { hex } from '../core/bytes.ts';
import { milliseconds } from '../core/time.ts';
import type { Finding, Shown, Status, Verdict } from '../core/verify.ts';
import { h } from './dom.ts';
import { cells, lines, spans, text, tongue } from './evidence.ts';
import type { Peaks } from './protocol.ts';
import { pages } from './pages.ts';
import { recording, soundOf } from './sound.ts';
import { grouped, range, type Words } from './words.ts';

const PLACES = 3;

/** What is counted of a kind that is not sound. */
const UNITS: Readonly<Record<string, string>> = { lines: 'count-lines', cells: 'count-cells', pages: 'count-squares' };

export interface Bundle {
  readonly file: File;
  readonly verdict: Verdict;
  readonly peaks: Peaks;
}

/** What is handed over of an item, in a word. */
function modeOf({ item }: Shown): string {
  return item.files.some(({ role }) => role === 'pages') ? 'mode-pages' : `mode-${item.mode}`;
}

/** Findings that say nothing of whether an item is what was sealed: its header, which is never checked, and who withheld a part. */
const ASIDE = new Set(['container', 'withheld-by']);

/** The worst that was found of an item. */
export function stateOf(findings: readonly Finding[], shown: Shown): Status {
  const own = findings.filter(({ item, id }) => item === shown.item.number && !ASIDE.has(id));
  if (own.some(({ status }) => status === 'failed')) return 'failed';
  return own.some(({ status }) => status === 'not-checked') ? 'not-checked' : 'proven';
}

export function mark(words: Words, status: Status): HTMLElement {
  const [name, id] = status === 'proven' ? ['ok', 'state-proven'] : status === 'failed' ? ['no', 'state-failed'] : ['na', 'state-unchecked'];
  return h('span', { class: `s ${name}` }, words.say(id ?? ''));
}

function reasons(words: Words, { item }: Shown): string {
  const say = (code: string): string => (words.has(`readme-reason-${code}`) ? words.say(`readme-reason-${code}`) : code);
  return words.list(item.reasons.map(({ code, count }) => words.say('reason-many', { reason: say(code), count: Number(count) })));
}

function where(words: Words, { seen }: Shown): string {
  if (seen === null || seen.gaps.length === 0) return '';
  const places = seen.gaps.slice(0, PLACES).map(([from, to]) => range(milliseconds(from, seen), milliseconds(to, seen)));
  const more = seen.gaps.length - places.length;
  return words.list(more > 0 ? [...places, words.say('where-more', { count: more })] : places);
}

function amounts(words: Words, bundle: Bundle, shown: Shown): readonly [withheld: string, rest: string] {
  const { seen, item } = shown;
  const size = words.size(bundle.verdict.files.filter(({ name }) => item.files.some(({ path, role }) => name === `casemate/${path}` && role !== 'leaves')).reduce((sum, file) => sum + file.size, 0));
  if (item.mode === 'text') return [words.say('withheld-not-known'), size];
  if (seen === null) return ['', ''];
  if (item.mode === 'whole') return [words.say('withheld-none'), size];
  if (seen.kind === 'recording') {
    const hidden = milliseconds(seen.gaps.reduce((sum, [from, to]) => sum + to - from, 0), seen);
    const withheld = [...(hidden > 0 ? [words.duration(hidden)] : []), ...(seen.containerHidden ? [words.say('withheld-header')] : [])];
    return [withheld.length > 0 ? words.list(withheld) : words.say('withheld-none'), words.duration(milliseconds(seen.record.ticks, seen) - hidden)];
  }
  const unit = UNITS[seen.kind] ?? 'count-parts';
  const hidden = seen.hidden === 0 ? words.say('withheld-none') : words.say(unit, { count: seen.hidden });
  return [hidden, seen.kind === 'release' ? size : words.say(unit, { count: seen.record.ticks - seen.hidden })];
}

export function table(words: Words, bundle: Bundle): HTMLElement {
  const head = ['column-item', 'column-where', 'column-withheld', 'column-rest', 'column-state'].map((id) => h('th', { scope: 'col' }, words.say(id)));
  const rows = bundle.verdict.items.map((shown) => {
    const { item } = shown;
    const [withheld, rest] = amounts(words, bundle, shown);
    const why = [where(words, shown), reasons(words, shown)].filter((part) => part !== '').map((part) => h('div', {}, part));
    return h('tr', {},
      h('th', { scope: 'row' }, `${item.number}. `, h('span', { lang: tongue(item.title) }, item.title), h('small', {}, words.say(modeOf(shown)))),
      h('td', {}, ...why),
      h('td', {}, withheld),
      h('td', {}, rest),
      h('td', {}, mark(words, stateOf(bundle.verdict.findings, shown))));
  });
  return h('table', { class: 'items' }, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...rows));
}

function part(bundle: Bundle, path: string, type: string): Blob | null {
  const file = bundle.verdict.files.find(({ name }) => name === `casemate/${path}`);
  return file === undefined ? null : bundle.file.slice(file.at, file.at + file.size, type);
}

function save(words: Words, bundle: Bundle, path: string, prefix: string): HTMLElement | null {
  const blob = part(bundle, path, 'application/octet-stream');
  if (blob === null) return null;
  const name = path.slice(path.lastIndexOf('/') + 1);
  // The address is made when it is wanted: a bundle may have a hundred thousand files.
  const link = h('button', {
    type: 'button',
    class: 'save',
    click: () => {
      const url = URL.createObjectURL(blob);
      h('a', { href: url, download: prefix + name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },
  }, words.say('save', { name }), h('small', {}, words.size(blob.size)));
  return link;
}

async function content(words: Words, bundle: Bundle, shown: Shown): Promise<HTMLElement | null> {
  const { item, seen, rendered } = shown;
  const pathOf = (role: string): string => item.files.find((file) => file.role === role)?.path ?? '';
  if (item.mode === 'text' || (item.mode === 'release' && rendered)) {
    const file = part(bundle, pathOf('text'), 'text/plain');
    return file === null ? null : text(words, file);
  }
  if (seen === null) return h('p', { class: 'hint' }, words.say('not-shown'));
  if (seen.kind === 'recording') {
    const whole = item.mode === 'whole';
    const sound = soundOf(seen.record.profile, whole);
    const file = sound.type === null ? null : part(bundle, pathOf(whole ? 'original' : 'playable'), sound.type);
    return recording(words, item.title, seen, bundle.peaks.get(item.number) ?? null, file, sound);
  }
  if (seen.kind === 'pages') {
    const file = part(bundle, pathOf('pages'), 'application/pdf');
    return file === null || !rendered ? null : pages(words, item.title, seen, file);
  }
  const show = { lines, cells, spans }[seen.kind as string];
  return show?.(words, seen) ?? null;
}

/** Who of those that passed the bundle on withheld which part of an item. */
function byWhom(words: Words, bundle: Bundle, { item }: Shown): HTMLElement | null {
  const facts = bundle.verdict.findings.find(({ id, item: of }) => id === 'withheld-by' && of === item.number)?.facts;
  if (facts?.by === undefined) return null;
  const times = facts['by-ms']?.split(';').map((part) => {
    const [place, at] = part.split(':') as [string, string];
    return `${place}: ${words.list(at.split(',').map((one) => range(...(one.split('-').map(Number) as [number, number]))))}`;
  });
  return h('p', { class: 'small' }, times === undefined ? words.say('verify-fact-by', { value: facts.by }) : words.say('verify-fact-by-ms', { value: times.join('; ') }));
}

export async function section(words: Words, bundle: Bundle, shown: Shown): Promise<HTMLElement> {
  const { item } = shown;
  const about = [
    words.say(modeOf(shown)),
    ...(item.from === null ? [] : [words.say('from-item', { number: item.from })]),
    ...(item.root === null ? [] : [words.say('seal', { value: grouped(hex(item.root).slice(0, 16)) })]),
  ];
  return h('section', { class: 'item', id: `item-${item.number}`, 'aria-labelledby': `title-${item.number}` },
    h('header', {},
      h('h3', { id: `title-${item.number}` }, `${item.number}. `, h('span', { lang: tongue(item.title) }, item.title)),
      mark(words, stateOf(bundle.verdict.findings, shown)),
      h('p', { class: 'small' }, about.join(' · ')),
      byWhom(words, bundle, shown)),
    await content(words, bundle, shown),
    h('div', { class: 'files' }, ...item.files.filter(({ role }) => role !== 'leaves' || item.files.length === 1).map(({ path }) => save(words, bundle, path, `${item.number}-`))));
}
