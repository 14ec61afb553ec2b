// The verdict in plain words: first whether to rely on the bundle, then what failed, what was proven, what was not checked.
import { hex } from '../core/bytes.ts';
import type { Finding, Status } from '../core/verify.ts';
import { h } from './dom.ts';
import { type Bundle, section, table } from './items.ts';
import { grouped, type Words } from './words.ts';

interface Group {
  readonly id: string;
  readonly status: Status;
  readonly items: readonly number[];
  readonly facts: Finding['facts'];
}

/** One line for all items of which the same was found; what failed stays apart, and so does each discloser and each cosignature. */
function groups(findings: readonly Finding[]): Group[] {
  const found = new Map<string, Group>();
  for (const [i, { id, status, item, facts }] of findings.entries()) {
    const key = id === 'witness' ? `${i}` : status === 'failed' ? `${id} ${item ?? ''}` : `${id} ${status} ${facts.place ?? ''}`;
    const group = found.get(key);
    found.set(key, { id, status, items: [...(group?.items ?? []), ...(item === null ? [] : [item])], facts: group?.facts ?? facts });
  }
  return [...found.values()];
}

function numbers(words: Words, items: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === item - 1) last[1] = item;
    else runs.push([item, item]);
  }
  return words.list(runs.flatMap(([from, to]) => (from === to ? [`${from}`] : to === from + 1 ? [`${from}`, `${to}`] : [`${from}–${to}`])));
}

const KEYS = new Set(['key', 'owner', 'lane', 'root', 'witness-key']);
/** Facts that are said beside a finding of the bundle; those of items stand with the items. */
const SAID = new Set(['key', 'owner', 'role', 'size', 'cause', 'place', 'name', 'purpose', 'recipient', 'texts-withheld', 'items-withheld', 'witness', 'witness-key', 'time', 'covers', 'number']);

function factsOf(words: Words, group: Group): HTMLElement | null {
  const said = Object.entries(group.facts).filter(([name]) => SAID.has(name) && (group.items.length === 0 || name === 'cause'));
  const parts = said.map(([name, value]) => {
    const fact = words.say(`verify-fact-${name}`, { value: KEYS.has(name) && name !== 'witness-key' ? grouped(value) : value });
    return h('span', { class: KEYS.has(name) ? 'key' : null, lang: name === 'cause' ? 'en' : null }, fact);
  });
  if (group.items.length > 0) parts.unshift(h('span', {}, words.say('facts-items', { items: numbers(words, group.items), count: group.items.length })));
  return parts.length === 0 ? null : h('p', { class: 'facts' }, ...parts);
}

export interface Actions {
  compare(key: string): void;
  again(): void;
}

function compareForm(words: Words, actions: Actions, typed: string, understood: boolean): HTMLElement {
  const field = h('input', { id: 'key', type: 'text', autocomplete: 'off', spellcheck: 'false', value: typed, 'aria-describedby': 'key-help', 'aria-invalid': understood ? null : 'true' });
  const submit = (event: Event): void => {
    event.preventDefault();
    actions.compare(field.value);
  };
  return h('form', { class: 'compare', submit }, h('label', { for: 'key' }, words.say('key-pinned')), h('div', { class: 'row' }, field, h('button', { type: 'submit' }, words.say('key-check'))),
    h('p', { id: 'key-help', class: understood ? 'hint' : 'hint bad', role: understood ? null : 'alert' }, words.say(understood ? 'start-key-help' : 'start-key-bad')));
}

/** What a finding says: of times, also what unchecked tokens claim. */
function said(words: Words, { id, status, facts }: Group): string {
  const { stamps, claimed } = facts;
  if (id !== 'time' || stamps === undefined) return words.say(`verify-${id}`, { status });
  const times = (claimed ?? '').split(',').filter((time) => time !== '').map((time) => words.date(time));
  return words.say('time-stamps', { count: Number(stamps), claims: times.length === 0 ? words.say('time-none') : words.say('time-claimed', { times: words.list(times) }) });
}

function line(words: Words, group: Group, form: HTMLElement | null): HTMLElement {
  const name = group.status === 'proven' ? 'ok' : group.status === 'failed' ? 'no' : 'na';
  const advice = words.has(`verify-advice-${group.id}`) ? group.id : 'other';
  const meaning = group.id === 'object' && group.status === 'not-checked' ? 'means-object-press' : group.id === 'time' && group.facts.stamps !== undefined ? 'means-time-stamps' : `means-${group.id}`;
  return h('li', { class: name },
    h('details', {}, h('summary', {}, said(words, group)), h('p', { class: 'meaning' }, words.say(meaning))),
    factsOf(words, group),
    group.status === 'failed' ? h('p', { class: 'advice' }, words.say('verify-advice', { advice: words.say(`verify-advice-${advice}`) })) : null,
    form);
}

function heading(words: Words, bundle: Bundle): readonly [title: string, lede: string, status: Status] {
  const { findings, statement } = bundle.verdict;
  const failed = findings.filter(({ status }) => status === 'failed');
  if (failed.length > 0) {
    const items = [...new Set(failed.map(({ item }) => item))];
    const whole = items.includes(null);
    const title = whole ? words.say('verdict-failed') : words.say('verdict-failed-item', { items: words.say(items.length === 1 ? 'item-one' : 'item-many', { items: numbers(words, items as number[]) }) });
    return [title, words.say('verdict-failed-lede', { failed: failed.length }), 'failed'];
  }
  if (statement?.profile === 'press') return [words.say('verdict-press'), words.say('verdict-press-lede'), 'not-checked'];
  return [words.say('verdict-good'), words.say('verdict-good-lede'), 'proven'];
}

/** The group that `asks` has the form beside it. */
function column(words: Words, title: string, all: readonly Group[], asks: Group | undefined, form: HTMLElement | null): HTMLElement | null {
  if (all.length === 0) return null;
  return h('section', {}, h('h2', {}, words.say(title)), h('ul', { class: 'findings' }, ...all.map((group) => line(words, group, group === asks ? form : null))));
}

export async function verdict(words: Words, bundle: Bundle, actions: Actions, typed: string, understood: boolean): Promise<HTMLElement> {
  const { findings, statement, items } = bundle.verdict;
  const [title, lede, state] = heading(words, bundle);
  const all = groups(findings);
  const of = (status: Status): Group[] => all.filter((group) => group.status === status);
  const count = (status: Status): number => findings.filter((finding) => finding.status === status).length;
  const counts = ([['proven', 'ok', 'verdict-count-proven'], ['failed', 'no', 'verdict-count-failed'], ['not-checked', 'na', 'verdict-count-unchecked']] as const)
    .filter(([status]) => count(status) > 0)
    .map(([status, name, id]) => h('span', { class: `s ${name}` }, words.say(id, { count: count(status) })));
  const form = statement === null ? null : compareForm(words, actions, typed, understood);
  const over = statement === null ? bundle.file.name : words.say('verdict-to', { recipient: statement.recipient, purpose: statement.purpose, date: words.date(statement.date) });
  const asks = all.find(({ id, status }) => id === 'signer-pinned' && status !== 'proven') ?? all.find(({ id, status }) => id === 'witness' && status === 'not-checked');
  const show = (title: string, status: Status): HTMLElement | null => column(words, title, of(status), asks, form);
  const proven = show('section-proven', 'proven');
  const rest = h('div', {}, show('section-failed', 'failed'), show('section-unchecked', 'not-checked'));
  const promise = Array.from({ length: 7 }, (_, i) => h('li', { class: 'out' }, words.say(`readme-not-proven-${i + 1}`)));
  return h('main', { class: `sheet verdict ${state}` },
    h('p', { class: 'over' }, over),
    h('h1', { tabindex: -1 }, title),
    h('p', { class: 'lede' }, lede),
    h('div', { class: 'lead', role: 'group' }, ...counts),
    h('div', { class: 'cols' }, ...(state === 'failed' ? [rest, proven] : [proven, rest])),
    ...(items.length === 0 ? [] : [h('h2', {}, words.say('section-items')), h('div', { class: 'wide' }, table(words, bundle)), ...(await Promise.all(items.map((shown) => section(words, bundle, shown))))]),
    h('h2', {}, words.say('section-promise')),
    h('ul', { class: 'promise' }, ...promise),
    foot(words, bundle, actions));
}

function foot(words: Words, bundle: Bundle, actions: Actions): HTMLElement {
  const { statement, owner } = bundle.verdict;
  const keys = [['key-signing', statement?.key], ['key-owner', owner]] as const;
  return h('footer', {},
    ...keys.map(([id, key]) => (key == null ? null : h('p', { class: 'small' }, `${words.say(id)} `, h('span', { class: 'key' }, grouped(hex(key)))))),
    h('p', { class: 'small' }, `${bundle.file.name}, ${words.size(bundle.file.size)}. ${words.say('foot')}`),
    h('div', { class: 'actions' },
      h('button', { type: 'button', click: () => window.print() }, words.say('print')),
      h('button', { type: 'button', click: () => actions.again() }, words.say('start-again'))));
}
