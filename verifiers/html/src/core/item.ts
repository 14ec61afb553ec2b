// One item of a court bundle: that its object is what was sealed, and that what is to be read and played is made from it
// (docs/format/bundle.md §3). Memory: one leaf and the pieces of the files that are compared. Knows no log.
import { type Bag, itemName } from './bag.ts';
import { equal, refuse } from './bytes.ts';
import { type Disclosure, type Leaf, type ObjectRecord, payloads, prove, readDisclosure, type Visitor } from './object.ts';
import { Stream } from './source.ts';
import type { Item } from './statement.ts';
import { type Profile, profileOf } from '../profiles/index.ts';
import { rowsOf } from '../profiles/csv.ts';
import type { Renderer, ShownPage } from '../profiles/profile.ts';

/** How many lines or cells are kept to be shown, and how long one may be. */
const SHOWN_PARTS = 5000;
const SHOWN_LENGTH = 4000;

/** What was seen of an object while it was proven; believed only if it was. */
export interface Seen {
  readonly record: ObjectRecord;
  readonly kind: Profile['kind'];
  readonly hidden: number;
  /** Withheld sound in ticks: from, to. */
  readonly gaps: readonly (readonly [number, number])[];
  readonly containerHidden: boolean;
  /** Lines, cells or spans as text, null where withheld; the rest is not kept. */
  readonly parts: readonly (string | null)[];
  /** How many cells each row has, where the shape of a table is shown. */
  readonly rows: readonly number[];
  /** Pages, where what is handed over is pages. */
  readonly pages: readonly ShownPage[];
}

export interface Outcome {
  readonly seen: Seen;
  /** Why a rendered file differs, or null. */
  readonly differs: string | null;
  readonly roles: readonly string[];
}

/** Compares a file with what a renderer makes, as it makes it. A difference is kept, not thrown; a leaf that can't be rendered is
 * refused: it is not what the profile says. */
class Comparison {
  differs: string | null = null;

  constructor(
    readonly renderer: Renderer,
    private readonly file: Stream,
  ) {}

  private compare(made: Iterable<Uint8Array>): Promise<void> | undefined {
    const pieces = made[Symbol.iterator]();
    for (;;) {
      const { done, value: piece } = pieces.next() as IteratorResult<Uint8Array, undefined>;
      // What is withheld may be said to be endless: nothing more is made once a difference is found.
      if (done === true || this.differs !== null) return undefined;
      if (this.file.have < piece.length) return this.waiting(piece, pieces);
      this.same(piece);
    }
  }

  /** The same where bytes have to be waited for. */
  private async waiting(first: Uint8Array, pieces: Iterator<Uint8Array>): Promise<void> {
    for (let piece = first; ; ) {
      for (let at = 0; at < piece.length && this.differs === null; ) {
        if (this.file.left < piece.length - at) return this.fail('a rendered file is shorter than what the proven leaves make');
        await this.file.fill(1);
        const length = Math.min(this.file.have, piece.length - at);
        this.same(piece.subarray(at, at + length));
        at += length;
      }
      const next = pieces.next();
      if (next.done === true || this.differs !== null) return;
      piece = next.value;
    }
  }

  private same(piece: Uint8Array): void {
    if (!equal(this.file.taken(piece.length), piece)) this.fail('a rendered file differs from what the proven leaves make');
  }

  private fail(fault: string): void {
    this.differs = fault;
  }

  open(index: number, leaf: Leaf): Promise<void> | undefined {
    return this.compare(this.renderer.open(index, leaf));
  }

  hidden(first: number, leaves: number): Promise<void> | undefined {
    return this.compare(this.renderer.hidden(first, leaves));
  }

  async end(): Promise<void> {
    await this.compare(this.renderer.end());
    if (this.differs === null && this.file.left > 0) this.fail('a rendered file is longer than what the proven leaves make');
  }
}

/** Looks at the leaves as they pass: their ticks must be the profile's. */
class Watch implements Visitor {
  private readonly gaps: [number, number][] = [];
  private readonly parts: (string | null)[] = [];
  private readonly rows: number[] = [];
  private containerHidden = false;
  private readonly container: number;

  constructor(
    private readonly disclosure: Disclosure,
    private readonly profile: Profile,
    private readonly comparisons: readonly Comparison[],
  ) {
    this.container = profile.containerFrom(disclosure.record.leaves) ?? Infinity;
  }

  private ticks(first: number, leaves: number): [number, number] {
    const { ticks } = this.disclosure.record;
    return [this.profile.ticksBefore(first, ticks), this.profile.ticksBefore(first + leaves, ticks)];
  }

  open(index: number, leaf: Leaf): Promise<void> | undefined {
    const [from, to] = this.ticks(index, 1);
    if (leaf.ticks !== to - from) refuse('a leaf has other ticks than its profile');
    if (this.shows(index)) this.parts.push(legible(leaf.payload, this.disclosure.record.profile));
    if (this.profile.kind === 'cells' && index === this.container) this.rows.push(...rowsOf(leaf.payload, SHOWN_PARTS));
    let waits: Promise<void> | undefined;
    for (const comparison of this.comparisons) waits = waits === undefined ? comparison.open(index, leaf) : waits.then(() => comparison.open(index, leaf));
    return waits;
  }

  async hidden(first: number, leaves: number, ticks: number): Promise<void> {
    const [from, to] = this.ticks(first, leaves);
    if (ticks !== to - from) refuse('withheld leaves have other ticks than their profile');
    if (first + leaves > this.container) this.containerHidden = true;
    if (this.profile.kind === 'recording' && to > from) {
      const last = this.gaps.at(-1);
      if (last?.[1] === from) last[1] = to;
      else this.gaps.push([from, to]);
    }
    for (let index = first; index < first + leaves && this.shows(index); index++) this.parts.push(null);
    for (const comparison of this.comparisons) await comparison.hidden(first, leaves);
  }

  private shows(index: number): boolean {
    const { kind } = this.profile;
    return (kind === 'lines' || kind === 'cells' || kind === 'spans') && index < this.container && this.parts.length < SHOWN_PARTS;
  }

  seen(): Seen {
    const { record, open } = this.disclosure;
    return { record, kind: this.profile.kind, hidden: record.leaves - open, gaps: this.gaps, containerHidden: this.containerHidden, parts: this.parts, rows: this.rows, pages: this.comparisons.flatMap(({ renderer }) => renderer.pages ?? []) };
  }
}

/** A line or a cell for the eye. */
function legible(payload: Uint8Array, profile: string): string {
  const label = profile.endsWith(';utf-16le') ? 'utf-16le' : profile.endsWith(';utf-16be') ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label).decode(payload.subarray(0, SHOWN_LENGTH));
}

function checkMode(item: Item, disclosure: Disclosure, profile: Profile): void {
  const hidden = disclosure.record.leaves - disclosure.open;
  const fits =
    item.mode === 'whole' ? hidden === 0 && profile.carve !== null
    : item.mode === 'release' ? profile.kind === 'release'
    : profile.kind !== 'release';
  if (!fits) refuse('the object does not fit the mode of its item');
  const roles = item.mode === 'whole' ? ['original'] : ['leaves', ...profile.renderings(disclosure.record).map(({ role }) => role)];
  if (item.files.map(({ role }) => role).join() !== roles.join()) refuse('the item has other files than its profile calls for');
}

/** Proves an item's object and compares its renderings; refuses what is not as sealed. */
export async function proveItem(bag: Bag, item: Item): Promise<Outcome> {
  const disclosure = readDisclosure(await bag.proof(`${itemName(item.number)}.object`), 'the disclosure of the object');
  const profile = profileOf(disclosure.record);
  checkMode(item, disclosure, profile);
  const pathOf = (role: string): string => item.files.find((file) => file.role === role)?.path ?? refuse(`the item has no file ${role}`);
  const whole = item.mode === 'whole';
  const comparisons = whole ? [] : profile.renderings(disclosure.record).map(({ role, renderer }) => new Comparison(renderer, new Stream(bag.file(pathOf(role)))));
  const watch = new Watch(disclosure, profile, comparisons);
  const leaves = whole && profile.carve !== null
    ? await profile.carve(bag.file(pathOf('original')), disclosure.record)
    : payloads(disclosure, new Stream(bag.file(pathOf('leaves'))));
  const root = await prove(disclosure, leaves, watch);
  if (item.root === null || !equal(root, item.root)) refuse('the object is another than the item states');
  for (const comparison of comparisons) await comparison.end();
  return {
    seen: watch.seen(),
    differs: comparisons.find((comparison) => comparison.differs !== null)?.differs ?? null,
    roles: whole ? ['original'] : profile.renderings(disclosure.record).map(({ role }) => role),
  };
}
