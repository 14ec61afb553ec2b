// Texts, lines and tables as they were proven, for the eye. Evidence is set in serif; what is withheld is a black bar.
import type { Seen } from '../core/item.ts';
import { h } from './dom.ts';
import type { Words } from './words.ts';

const SHOWN_BYTES = 400_000;
const SHOWN_LINES = 3000;

/** The language of a run of text, so that its letters come from the right face. */
export function tongue(text: string): string | null {
  return /\p{Script=Han}/u.test(text) ? 'zh' : null;
}

function struck(words: Words): HTMLElement {
  return h('span', { class: 'struck' }, words.say('column-withheld'));
}

/** A text as it is delivered: two lines of head, then a line a segment with its place in brackets. */
export async function text(words: Words, file: Blob): Promise<HTMLElement> {
  const all = (await file.slice(0, SHOWN_BYTES).text()).split('\n');
  const lines = all.slice(0, SHOWN_LINES);
  const blank = lines.indexOf('', 1);
  const body = h('div', { class: 'text' });
  for (const line of lines.slice(0, blank < 0 ? 0 : blank)) body.append(h('p', { class: 'source', lang: tongue(line) }, line));
  for (const line of lines.slice(blank < 0 ? 0 : blank + 1)) {
    if (line === '') continue;
    const [, place, rest] = /^\[((?:\d+:\d\d:\d\d–\d+:\d\d:\d\d)|(?:(?:l\.|n°|p\.) [\d–]+))\] (.*)$/u.exec(line) ?? [null, '', line];
    body.append(h('p', { class: 'segment' }, h('span', { class: 'where' }, place?.replace(/\b00:(\d\d:\d\d)/g, '$1') ?? ''), h('span', { lang: tongue(rest ?? '') }, rest)));
  }
  if (file.size > SHOWN_BYTES || all.length > lines.length) body.append(h('p', { class: 'hint' }, words.say('rest-not-shown')));
  return body;
}

export function lines(words: Words, seen: Seen): HTMLElement {
  const list = h('ol', { class: 'lines' }, ...seen.parts.map((part) => h('li', { lang: part === null ? null : tongue(part) }, part === null ? struck(words) : part.replace(/[\r\n]+$/, ''))));
  return h('div', { class: 'text' }, list, seen.record.ticks > seen.parts.length ? h('p', { class: 'hint' }, words.say('rest-not-shown')) : null);
}

/** Spans as they follow each other in the file. */
export function spans(words: Words, seen: Seen): HTMLElement {
  const shown = seen.parts.map((part, at) => (part !== null ? h('span', { lang: tongue(part) }, part) : at > 0 && seen.parts[at - 1] === null ? null : struck(words)));
  return h('div', { class: 'text' }, h('pre', {}, ...shown), seen.record.ticks > seen.parts.length ? h('p', { class: 'hint' }, words.say('rest-not-shown')) : null);
}

/** A cell without the quotes of its file. */
function unquoted(cell: string): string {
  const plain = cell.replace(/^\ufeff/, '');
  return /^".*"$/s.test(plain) ? plain.slice(1, -1).replaceAll('""', '"') : plain;
}

export function cells(words: Words, seen: Seen): HTMLElement {
  const body = h('tbody');
  let at = 0;
  for (const count of seen.rows.length > 0 ? seen.rows : [seen.parts.length]) {
    if (at >= seen.parts.length) break;
    body.append(h('tr', {}, ...seen.parts.slice(at, at + count).map((cell) => h('td', { lang: cell === null ? null : tongue(cell) }, cell === null ? struck(words) : unquoted(cell)))));
    at += count;
  }
  return h('div', { class: 'text wide', tabindex: 0, role: 'region', 'aria-label': words.say('section-items') }, h('table', { class: 'cells' }, body), seen.record.ticks > seen.parts.length ? h('p', { class: 'hint' }, words.say('rest-not-shown')) : null);
}
