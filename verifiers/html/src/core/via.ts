// An act of another lane (docs/format/log.md §6, bundle.md §4): the way from its entry to a commit of the bundle's lane. Invariant: the
// commit act is believed only once it was found in the bundle's own log; that is the caller's part.
import { CENSUS_LEAVES, openAct, readCommit } from './act.ts';
import type { Bag } from './bag.ts';
import { concat, equal, refuse, u64 } from './bytes.ts';
import { decode, record, type Value } from './cbor.ts';
import { entryData, includes, MAX_ENTRIES, MAX_HASHES, rowData } from './log.ts';

const WHAT = 'the way to the other lane';
const NO_SALT = new Uint8Array(32);

interface Via {
  readonly lane: Uint8Array;
  readonly size: number;
  readonly root: Uint8Array;
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly row: number;
  readonly rows: number;
  readonly rowPath: readonly Uint8Array[];
}

function hash(value: Value | undefined): Uint8Array {
  return value instanceof Uint8Array && value.length === 32 ? value : refuse(`${WHAT}: 32 bytes expected`);
}

function count(value: Value | undefined): number {
  return typeof value === 'number' && value <= MAX_ENTRIES ? value : refuse(`${WHAT}: a number expected`);
}

function path(value: Value | undefined): Uint8Array[] {
  return Array.isArray(value) && value.length <= MAX_HASHES ? value.map(hash) : refuse(`${WHAT}: a path expected`);
}

function read(bytes: Uint8Array): Via {
  const fields = record(decode(bytes, WHAT), 8, WHAT);
  return {
    lane: hash(fields[0]), size: count(fields[1]), root: hash(fields[2]), index: count(fields[3]), path: path(fields[4]),
    row: count(fields[5]), rows: count(fields[6]), rowPath: path(fields[7]),
  };
}

export interface Seen {
  /** The commit act that has seen the other lane; it must be in the bundle's own log. */
  readonly commit: Uint8Array;
  /** The act's place in its own lane. */
  readonly index: number;
  readonly lane: Uint8Array;
}

/** Checks the way from an act's root to a commit act of the lane `own`. */
export async function byWayOf(bag: Bag, name: string, caseId: Uint8Array, own: Uint8Array, root: Uint8Array): Promise<Seen> {
  const via = read(await bag.proof(`${name}.via`));
  if (equal(via.lane, own)) refuse(`${WHAT}: it is the bundle's own`);
  if (!includes(entryData(caseId, via.lane, root), via.index, via.size, via.path, via.root)) refuse('the act is not in the log of the other lane');
  const commit = await openAct(await bag.proof(`${name}.commit.act`), await bag.proof(`${name}.commit.leaves`), CENSUS_LEAVES, 'the commit act');
  const map = readCommit(commit);
  if (!includes(rowData(NO_SALT, via.lane, concat(u64(via.size), via.root)), via.row, via.rows, via.rowPath, map)) refuse('the commit act has not seen the other lane so');
  return { commit: commit.root, index: via.index, lane: via.lane };
}
