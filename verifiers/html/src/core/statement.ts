// `disclosure.cbor` (docs/format/bundle.md §3): what the sender states of the bundle. Invariant: what is returned keeps every rule
// of §3 that needs nothing but the statement. Proves nothing by itself.
import { before, refuse } from './bytes.ts';
import { isName, MAX_DISCLOSERS } from './discloser.ts';
import { decode, Fields, record, type Value } from './cbor.ts';

export type Mode = 'whole' | 'partial' | 'release' | 'text';

export interface Delivered {
  readonly path: string;
  readonly role: string;
}

export interface Reason {
  readonly code: string;
  readonly count: number | bigint;
}

export interface Item {
  readonly number: number;
  readonly title: string;
  readonly mode: Mode;
  readonly root: Uint8Array | null;
  readonly files: readonly Delivered[];
  readonly reasons: readonly Reason[];
  readonly from: number | null;
  readonly commitment: Uint8Array | null;
}

export interface Statement {
  readonly profile: 'court' | 'press';
  readonly caseId: Uint8Array | null;
  readonly key: Uint8Array;
  readonly purpose: string;
  readonly recipient: string;
  readonly date: string;
  readonly previous: Uint8Array | null;
  readonly items: readonly Item[];
  readonly aliases: readonly string[];
  readonly language: string;
  /** Where the bundle was passed on with more withheld: who says so, and how many disclosers it shows. */
  readonly narrowed: { readonly name: string | null; readonly disclosers: number } | null;
}

const WHAT = 'the statement';
/** RFC 3339 §5.6 has a second 60. */
const LEAP_SECOND = 60;
/** Roles by mode, in order; a recording or a transcript adds one. */
const ROLES: Readonly<Record<Mode, readonly string[]>> = {
  whole: ['original'],
  partial: ['leaves', 'leaves playable', 'leaves pages'],
  release: ['leaves text', 'leaves text vtt'],
  text: ['text'],
};

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : refuse(`${WHAT}: a text expected`);
}

function array(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : refuse(`${WHAT}: an array expected`);
}

function hashOrNull(value: Value | undefined): Uint8Array | null {
  if (value === null) return null;
  return value instanceof Uint8Array && value.length === 32 ? value : refuse(`${WHAT}: 32 bytes expected`);
}

function hash(value: Value | undefined): Uint8Array {
  return hashOrNull(value) ?? refuse(`${WHAT}: 32 bytes expected`);
}

function ascending(texts: readonly string[], what: string): void {
  texts.forEach((text, i) => {
    if (i > 0 && !before(texts[i - 1] as string, text)) refuse(`${WHAT}: ${what} are not ascending`);
  });
}

function dateOf(value: Value | undefined): string {
  const date = textOf(value);
  const [, y, mo, d, h, mi, s] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/.exec(date)?.map(Number) ?? [];
  const made = new Date(0);
  made.setUTCFullYear(y ?? 0, (mo ?? 0) - 1, d ?? 0);
  const real = y !== undefined && made.getUTCMonth() + 1 === mo && made.getUTCDate() === d && (h ?? 24) < 24 && (mi ?? 60) < 60 && (s ?? 61) <= LEAP_SECOND;
  return real ? date : refuse(`${WHAT}: the date has another form`);
}

function delivered(value: Value): Delivered {
  const [path, role] = record(value, 2, WHAT);
  return { path: textOf(path), role: textOf(role) };
}

function reason(value: Value): Reason {
  const [code, count] = record(value, 2, WHAT);
  return typeof count === 'number' || typeof count === 'bigint' ? { code: textOf(code), count } : refuse(`${WHAT}: a count expected`);
}

function uint(value: Value | undefined): number {
  return typeof value === 'number' ? value : refuse(`${WHAT}: a number expected`);
}

function itemOf(value: Value): Item {
  const [number, title, mode, root, files, reasons, from, commitment] = record(value, 8, WHAT);
  const item = {
    number: uint(number),
    title: textOf(title),
    mode: textOf(mode) as Mode,
    root: hashOrNull(root),
    files: array(files).map(delivered),
    reasons: array(reasons).map(reason),
    from: from === null ? null : uint(from),
    commitment: hashOrNull(commitment),
  };
  if (item.number < 1) refuse(`${WHAT}: an item has the number 0`);
  if (!Object.hasOwn(ROLES, item.mode)) refuse(`${WHAT}: an item has another mode`);
  if ((item.root === null) !== (item.mode === 'text') || (item.commitment === null) !== (item.mode !== 'text')) refuse(`${WHAT}: an item has no root, or no commitment, or one too many`);
  if (!ROLES[item.mode].includes(item.files.map((file) => file.role).join(' '))) refuse(`${WHAT}: an item has other roles than its mode calls for`);
  ascending(item.reasons.map(({ code }) => code), 'the reasons');
  return item;
}

function checkItems(profile: string, items: readonly Item[]): void {
  const paths = new Set<string>();
  let last = 0;
  for (const item of items) {
    if (item.number <= last) refuse(`${WHAT}: the items are not in the order of their numbers`);
    last = item.number;
    if ((item.mode === 'text') !== (profile === 'press')) refuse(`${WHAT}: an item has a mode that is not of this profile`);
    for (const { path } of item.files) {
      if (!path.startsWith('data/')) refuse(`${WHAT}: a file lies outside data/`);
      if (paths.has(path)) refuse(`${WHAT}: a file is given twice`);
      paths.add(path);
    }
  }
}

function checkNarrowed({ profile, previous }: Statement, { name, disclosers }: { name: string | null; disclosers: number }): void {
  if (profile !== 'court' || previous === null) refuse(`${WHAT} narrows what is no court bundle`);
  if (disclosers < 1 || disclosers > MAX_DISCLOSERS || (name !== null && !isName(name))) refuse(`${WHAT} has no disclosers, too many, or another name`);
}

export function readStatement(bytes: Uint8Array): Statement {
  const value = decode(bytes, WHAT, Number.MAX_SAFE_INTEGER);
  if (!(value instanceof Fields)) return refuse(`${WHAT} is not a map`);
  const version = value.get(0);
  if (version !== 1 && version !== 2) refuse(`${WHAT} has another version`);
  const [, profile, caseId, key, purpose, recipient, date, previous, items, aliases, language, name, disclosers] = record(value, version === 1 ? 11 : 13, WHAT);
  if (profile !== 'court' && profile !== 'press') return refuse(`${WHAT} has another profile`);
  const statement: Statement = {
    profile,
    caseId: hashOrNull(caseId),
    key: hash(key),
    purpose: textOf(purpose),
    recipient: textOf(recipient),
    date: dateOf(date),
    previous: hashOrNull(previous),
    items: array(items).map(itemOf),
    aliases: array(aliases).map(textOf),
    language: textOf(language),
    narrowed: version === 1 ? null : { name: name === null ? null : textOf(name), disclosers: uint(disclosers) },
  };
  if (statement.narrowed !== null) checkNarrowed(statement, statement.narrowed);
  if ((statement.caseId === null) !== (profile === 'press')) refuse(`${WHAT} has a case id that it must not, or none`);
  if (!['fr', 'en', 'zh-Hans'].includes(statement.language)) refuse(`${WHAT} has another language`);
  ascending(statement.aliases, 'the aliases');
  checkItems(profile, statement.items);
  return statement;
}
