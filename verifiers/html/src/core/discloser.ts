// Those who passed a bundle on (docs/format/bundle.md §6): for each a small object of leaves that they signed and of which later ones
// may hide parts. Invariant: a discloser is returned only behind one that holds, and opens nothing that it hid. Knows no log.
import type { Bag } from './bag.ts';
import { ascii, concat, equal, hex, refuse, utf8 } from './bytes.ts';
import { decode, record, type Value } from './cbor.ts';
import { isPublicKey, verifies } from './ed25519.ts';
import { type Leaf, payloads, prove, readDisclosure } from './object.ts';
import { inMemory, Stream } from './source.ts';
import type { Statement } from './statement.ts';

export const MAX_DISCLOSERS = 16;
const BEFORE_ITEMS = 4;
const MAX_RUNS = 2 ** 20;
const MAX_VALUE = 2 ** 24;
const TEXTS = ['name', 'purpose', 'recipient'] as const;
const SIGNED = ascii('casemate/discloser/v1\0');

/** A run of leaves: the first, and the first behind it. */
type Run = readonly [from: number, to: number];

interface Passed {
  readonly number: number;
  readonly root: Uint8Array;
  readonly runs: readonly number[];
}

export interface Discloser {
  readonly root: Uint8Array;
  readonly narrower: boolean;
  readonly key: Uint8Array;
  readonly caseId: Uint8Array;
  readonly date: string;
  readonly previous: Uint8Array | null;
  readonly narrowed: Uint8Array | null;
  /** By name; absent where a later discloser withheld it. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** How many items they passed on. */
  readonly passed: number;
  readonly items: readonly Passed[];
  readonly byNumber: ReadonlyMap<number, Passed>;
}

/** Files of the discloser at a place, from 1, below `proof/`. */
export function discloserFiles(place: number): string[] {
  return ['object', 'leaves', 'sig'].map((end) => nameOf(place, end));
}

function nameOf(place: number, end: string): string {
  return `disclosers/${String(place).padStart(2, '0')}.${end}`;
}

function form(what: string): never {
  return refuse(`the discloser: ${what} has another form`);
}

function bytes32(value: Value | undefined): Uint8Array {
  return value instanceof Uint8Array && value.length === 32 ? value : form('a digest or a key');
}

function passedOf(value: Value): Passed {
  const [number, root, runs] = record(value, 3, 'the discloser');
  if (typeof number !== 'number' || !Array.isArray(runs) || runs.length === 0 || runs.length > MAX_RUNS) return form('an item');
  const lengths = runs.map((run, i) => (typeof run === 'number' && (run > 0 || (i === 0 && runs.length > 1)) ? run : form('a mask')));
  return { number, root: bytes32(root), runs: lengths };
}

async function read(bag: Bag, place: number): Promise<Discloser> {
  const disclosure = readDisclosure(await bag.proof(nameOf(place, 'object')), 'the discloser');
  const { record: object } = disclosure;
  if (object.profile !== 'discloser-v1' || object.ticks !== object.leaves || object.num !== 1n || object.den !== 1n || object.leaves < BEFORE_ITEMS) refuse('the object is not a discloser’s');
  const found = new Map<number, Value>();
  const root = await prove(disclosure, payloads(disclosure, new Stream(inMemory(await bag.proof(nameOf(place, 'leaves'))))), {
    open(index: number, leaf: Leaf) {
      if (leaf.ticks !== 1 || leaf.payload.length > MAX_VALUE) form('a leaf');
      found.set(index, decode(leaf.payload, 'the discloser'));
    },
    hidden(_first, leaves, ticks) {
      if (leaves !== ticks) form('a leaf');
    },
  });
  const head = found.get(0);
  if (head === undefined) return refuse('the discloser: the head is not open');
  const [version, part, key, caseId, date, previous, narrowed] = record(head, 7, 'the discloser');
  if (version !== 1 || (part !== 0 && part !== 1) || typeof date !== 'string') return form('the head');
  const texts = new Map<string, string | null>();
  TEXTS.forEach((name, i) => {
    const text = found.get(i + 1);
    if (text === undefined) return;
    if (typeof text !== 'string' && !(text === null && name === 'name')) form(name);
    texts.set(name, text as string | null);
  });
  const items = [...found].filter(([index]) => index >= BEFORE_ITEMS).map(([, value]) => passedOf(value));
  items.forEach(({ number }, i) => {
    if (i > 0 && (items[i - 1] as Passed).number >= number) refuse('the discloser: the items are not in order, once each');
  });
  const discloser = { root, narrower: part === 1, key: bytes32(key), caseId: bytes32(caseId), date, previous: previous === null ? null : bytes32(previous), narrowed: narrowed === null ? null : bytes32(narrowed), texts, passed: object.leaves - BEFORE_ITEMS, items, byNumber: new Map(items.map((item) => [item.number, item])) };
  if (!isPublicKey(discloser.key) || !verifies(discloser.key, concat(SIGNED, root), await bag.proof(nameOf(place, 'sig')))) refuse('the discloser’s signature does not verify');
  return discloser;
}

function same(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : equal(a, b);
}

function follows(found: Discloser, caseId: Uint8Array, granted: Uint8Array, before: Discloser | null): void {
  if (!equal(found.caseId, caseId)) refuse('the discloser is of another case');
  if (found.narrower) {
    if (!same(found.previous, before?.root ?? null) || found.narrowed === null) refuse('the discloser does not follow the one before');
    if (before !== null && before.passed < found.passed) refuse('the discloser has more items than the one before');
    return;
  }
  if (before !== null) refuse('a first discloser stands behind another');
  if (!equal(found.key, granted)) refuse('the first discloser’s key is not the one that was granted');
  if (found.previous !== null || found.narrowed !== null) refuse('the first discloser follows another');
}

/** That the last discloser says what the statement says, whole. */
function states(found: Discloser, statement: Statement): void {
  const texts: Readonly<Record<string, string | null>> = { name: statement.narrowed?.name ?? null, purpose: statement.purpose, recipient: statement.recipient };
  const says = TEXTS.every((name) => found.texts.has(name) && found.texts.get(name) === texts[name]);
  const holds = says && found.narrower && equal(found.key, statement.key) && found.date === statement.date && same(found.narrowed, statement.previous) && found.passed === statement.items.length;
  if (!holds) refuse('the discloser says otherwise than the statement');
}

/** The discloser at a place, behind the one before. */
export async function readDiscloser(bag: Bag, statement: Statement, caseId: Uint8Array, granted: Uint8Array, before: Discloser | null, place: number): Promise<Discloser> {
  const found = await read(bag, place);
  follows(found, caseId, granted, before);
  if (found.items.map(({ number }) => number).join() !== statement.items.map(({ number }) => number).join()) refuse('the discloser shows other items than the bundle has');
  found.items.forEach(({ number, root, runs }, i) => {
    if (!same(root, statement.items[i]?.root ?? null)) refuse(`the discloser: item ${number} is another object`);
    const wide = before?.items[i];
    if (wide !== undefined && !within(wide.runs, runs)) refuse(`the discloser: item ${number}: it opens what one before withheld`);
  });
  if (place === statement.narrowed?.disclosers) {
    states(found, statement);
    for (const { number, runs } of found.items) {
      const shown = readDisclosure(await bag.proof(`${String(number).padStart(3, '0')}.object`), 'the disclosure of the object');
      if (shown.runs.join() !== runs.join()) refuse(`the discloser: item ${number}: another mask than the object’s`);
    }
  }
  return found;
}

/** What the finding on a discloser tells. */
export function factsOf(found: Discloser): Record<string, string> {
  const facts: Record<string, string> = { key: hex(found.key), date: found.date };
  for (const [name, text] of found.texts) if (text !== null) facts[name] = text;
  const hidden = TEXTS.filter((name) => !found.texts.has(name));
  if (hidden.length > 0) facts['texts-withheld'] = hidden.join(',');
  const items = found.passed - found.items.length;
  if (items > 0) facts['items-withheld'] = String(items);
  return facts;
}

function hiddenOf(runs: readonly number[]): Run[] {
  const found: Run[] = [];
  let at = 0;
  runs.forEach((run, i) => {
    if (i % 2 === 1) found.push([at, at + run]);
    at += run;
  });
  return found;
}

/** Whether all that `wide` hides is hidden in `narrow` too. */
export function within(wide: readonly number[], narrow: readonly number[]): boolean {
  const all = (runs: readonly number[]): number => runs.reduce((sum, run) => sum + run, 0);
  const hidden = hiddenOf(narrow);
  let at = 0;
  return all(wide) === all(narrow) && hiddenOf(wide).every(([from, to]) => {
    while (at < hidden.length && (hidden[at] as Run)[1] < to) at += 1;
    return at < hidden.length && (hidden[at] as Run)[0] <= from;
  });
}

/** What `narrow` hides and `wide` does not, where the one hides all that the other does. */
export function added(wide: readonly number[] | null, narrow: readonly number[]): Run[] {
  const earlier = wide === null ? [] : hiddenOf(wide);
  const found: Run[] = [];
  let next = 0;
  for (const [from, to] of hiddenOf(narrow)) {
    let at = from;
    for (let run = earlier[next]; run !== undefined && run[1] <= to; run = earlier[++next]) {
      found.push([at, run[0]]);
      at = run[1];
    }
    found.push([at, to]);
  }
  return found.filter(([from, to]) => from < to);
}

/** Who withheld which leaves of an item: `1` is the first; `1-2` where the first left no statement. */
export function withheldBy(chain: readonly Discloser[], firstUnknown: boolean, number: number): (readonly [name: string, runs: readonly Run[]])[] {
  let before: readonly number[] | null = null;
  const found: (readonly [string, readonly Run[]])[] = [];
  chain.forEach(({ byNumber }, i) => {
    const item = byNumber.get(number);
    if (item === undefined) return;
    const runs = added(before, item.runs);
    before = item.runs;
    const name = firstUnknown ? (i === 0 ? '1-2' : String(i + 2)) : String(i + 1);
    if (runs.length > 0) found.push([name, runs]);
  });
  return found;
}

/** The name of a narrower in the statement. */
export function isName(name: string): boolean {
  const length = utf8(name).length;
  return length >= 1 && length <= 256;
}
