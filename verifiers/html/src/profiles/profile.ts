// What a profile is to this verifier (docs/format/profiles.md): a shape, a way to cut a whole original into leaves, and the
// renderings of a part. A new profile is one module that returns this, and one line in index.ts. Knows no bundle.
import { refuse } from '../core/bytes.ts';
import type { Leaf, Leaves, ObjectRecord } from '../core/object.ts';
import type { Source } from '../core/source.ts';

export type Kind = 'bytes' | 'recording' | 'lines' | 'cells' | 'spans' | 'pages' | 'release';

/** A page as it was rendered, for whoever shows it: where its packed picture lies in the file of role `pages`. */
export interface ShownPage {
  readonly width: number;
  readonly height: number;
  readonly colour: boolean;
  readonly at: number;
  readonly length: number;
  /** Tiles of the page, and those withheld. */
  readonly tiles: number;
  readonly hidden: number;
  /** Where the whole width is withheld: pixels down, from and to. */
  readonly bands: readonly (readonly [number, number])[];
}

/** Makes a file from the leaves, in order. What it refuses can't be rendered. */
export interface Renderer {
  open(index: number, leaf: Leaf): Iterable<Uint8Array>;
  hidden(first: number, leaves: number): Iterable<Uint8Array>;
  end(): Iterable<Uint8Array>;
  /** Pages that are whole, where there are pages. */
  readonly pages?: readonly ShownPage[];
}

export interface Rendering {
  readonly role: string;
  readonly renderer: Renderer;
}

export interface Profile {
  readonly kind: Kind;
  readonly timebase: readonly [num: number, den: number];
  /** How many leaves an object of these ticks has. */
  leaves(ticks: number): number;
  /** The ticks of all leaves before this one, of an object with `ticks` in all. */
  ticksBefore(index: number, ticks: number): number;
  /** The first leaf that is container or metadata, if there are such. */
  containerFrom(leaves: number): number | null;
  /** Cuts a whole original; null if the profile is not made from a file. */
  readonly carve: ((source: Source, record: ObjectRecord) => Promise<Leaves>) | null;
  /** What a part of an object is rendered to: these roles must be delivered beside `leaves`. */
  renderings(record: ObjectRecord): readonly Rendering[];
}

/** A profile of pieces of a text, a tick each, and a container behind them. */
export function pieces(kind: Kind, carve: (source: Source) => AsyncIterable<Leaf>, check?: (source: Source) => Promise<void>): Profile {
  return {
    kind,
    timebase: [1, 1],
    leaves: (ticks) => ticks + 1,
    ticksBefore: (index, ticks) => Math.min(index, ticks),
    containerFrom: (leaves) => leaves - 1,
    async carve(source) {
      await check?.(source);
      return leavesOf(carve(source), refuse);
    },
    renderings: () => [],
  };
}

/** Leaves that lie in memory or are made one after the other; refuses when asked for more than there are. */
export function leavesOf(iterable: AsyncIterable<Leaf> | Iterable<Leaf>, refuse: (fault: string) => never): Leaves {
  const iterator = Symbol.asyncIterator in iterable ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]();
  return {
    async next() {
      const { done, value } = await iterator.next();
      return done === true ? refuse('the original has fewer leaves than the object') : value;
    },
    async end() {
      if ((await iterator.next()).done !== true) refuse('the original has more leaves than the object');
    },
  };
}
