// Acts as a bundle shows them (docs/format/objects.md §4, log.md §4 and §6, vault.md): an object of sixteen leaves of which some
// are open. Invariant: an act is believed only after its object root was found in the log; that is the caller's part. Knows no
// item of a bundle.
import { compare, equal, refuse, utf8 } from './bytes.ts';
import { decode, record, type Value } from './cbor.ts';
import { isPublicKey, verifies } from './ed25519.ts';
import { grantMessage, laneId } from './log.ts';
import { type Leaf, payloads, prove, readDisclosure } from './object.ts';
import { inMemory, Stream } from './source.ts';

const LEAVES = 16;
const MAX_VALUE = 2 ** 24;
const MAX_ROOTS = 2 ** 16;
const CLASS_ADD = 0;

export interface Act {
  readonly root: Uint8Array;
  readonly kind: string;
  readonly critical: boolean;
  readonly fields: ReadonlyMap<number, Value>;
  /** The bytes of an open leaf. */
  readonly payloads: ReadonlyMap<number, Uint8Array>;
}

/** Opens an act whose open leaves are exactly these. */
export async function openAct(disclosed: Uint8Array, stream: Uint8Array, open: readonly number[], what: string): Promise<Act> {
  const disclosure = readDisclosure(disclosed, what);
  const { record: object, runs } = disclosure;
  if (object.profile !== 'act-v1' || object.leaves !== LEAVES || object.ticks !== LEAVES || object.num !== 1n || object.den !== 1n) refuse(`${what} is no act`);
  const shown = openLeaves(runs);
  if (shown.join() !== open.join()) refuse(`${what} shows other leaves than it must`);
  const found = new Map<number, Uint8Array>();
  const root = await prove(disclosure, payloads(disclosure, new Stream(inMemory(stream))), {
    open(index: number, leaf: Leaf) {
      if (leaf.ticks !== 1) refuse(`${what}: a leaf has other ticks`);
      found.set(index, leaf.payload);
    },
    hidden(_first, leaves, ticks) {
      if (leaves !== ticks) refuse(`${what}: a leaf has other ticks`);
    },
  });
  const fields = new Map<number, Value>();
  for (const [index, payload] of found) {
    if (payload.length > MAX_VALUE) refuse(`${what}: a leaf is too long`);
    fields.set(index, decode(payload, what));
  }
  return { root, ...headOf(fields.get(0), what), fields, payloads: found };
}

function openLeaves(runs: readonly number[]): number[] {
  const open: number[] = [];
  let at = 0;
  runs.forEach((run, i) => {
    for (let k = 0; k < run; k++, at++) if (i % 2 === 0) open.push(at);
  });
  return open;
}

function headOf(value: Value | undefined, what: string): { kind: string; critical: boolean } {
  const [kind, version, critical, clas] = record(value, 4, what);
  if (typeof kind !== 'string' || !/^[a-z0-9-]{1,64}$/.test(kind)) return refuse(`${what}: the kind has another form`);
  if (version !== 1) refuse(`${what}: the act has a version that is not understood`);
  if (typeof critical !== 'boolean' || clas !== CLASS_ADD) return refuse(`${what}: the act has another class`);
  return { kind, critical };
}

function bytes32(value: Value | undefined, what: string): Uint8Array {
  return value instanceof Uint8Array && value.length === 32 ? value : refuse(`${what}: 32 bytes expected`);
}

/** Roots in leaf 3 or 4: null, or ascending, once each. */
function roots(value: Value | undefined, what: string): Uint8Array[] {
  if (value === null) return [];
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_ROOTS) return refuse(`${what}: the roots have another form`);
  const all = value.map((root) => bytes32(root, what));
  all.forEach((root, i) => {
    if (i > 0 && compare(all[i - 1] as Uint8Array, root) >= 0) refuse(`${what}: the roots are not ascending`);
  });
  return all;
}

export interface Grant {
  readonly lane: Uint8Array;
  readonly laneKey: Uint8Array;
  readonly sshKey: Uint8Array;
  readonly disclosureKey: Uint8Array;
  readonly owner: Uint8Array;
  readonly role: string;
}

export const LANE_LEAVES = Array.from({ length: LEAVES }, (_, leaf) => leaf);

/** The lane act of this case: whom the owner granted what. */
export function readGrant(act: Act, caseId: Uint8Array): Grant {
  const what = 'the lane act';
  if (act.kind !== 'lane' || !act.critical || act.fields.get(1) !== 1) refuse(`${what} is of another kind`);
  if (!equal(bytes32(act.fields.get(2), what), caseId)) refuse(`${what} is of another case`);
  for (const leaf of [3, 4, 8, 9, 10, 11, 12, 13, 14, 15]) if (act.fields.get(leaf) !== null) refuse(`${what} uses a leaf that it must not`);
  const grant = act.fields.get(5);
  if (!(grant instanceof Uint8Array)) return refuse(`${what} holds no grant`);
  const [grantedCase, lane, keys, role] = record(decode(grant, 'the grant'), 4, 'the grant');
  if (!Array.isArray(keys) || keys.length !== 3) return refuse('the grant does not name three keys');
  const [laneKey, sshKey, disclosureKey] = keys.map((key) => bytes32(key, 'the grant')) as [Uint8Array, Uint8Array, Uint8Array];
  if (![laneKey, sshKey, disclosureKey].every(isPublicKey)) refuse('a key of the grant is no public key');
  if (!equal(bytes32(grantedCase, 'the grant'), caseId)) refuse('the grant is for another case');
  if (!equal(bytes32(lane, 'the grant'), laneId(caseId, laneKey))) refuse('the grant names another lane than its key makes');
  if (typeof role !== 'string' || utf8(role).length < 1 || utf8(role).length > 64 || /\p{Cc}/u.test(role)) return refuse('the role in the grant has another form');
  const owner = bytes32(act.fields.get(6), what);
  const signature = act.fields.get(7);
  if (!(signature instanceof Uint8Array) || !verifies(owner, grantMessage(grant), signature)) refuse("the owner's signature of the grant does not verify");
  return { lane: bytes32(lane, 'the grant'), laneKey, sshKey, disclosureKey, owner, role };
}

export const CENSUS_LEAVES = [0, 7] as const;

/** The root of the map that a census act commits to. */
export function readCensus(act: Act): Uint8Array {
  if (act.kind !== 'census' || act.critical) refuse('the census act is of another kind');
  return bytes32(act.fields.get(7), 'the census act');
}

/** The root of the lane map that a commit act holds. */
export function readCommit(act: Act): Uint8Array {
  if (act.kind !== 'commit' || !act.critical) refuse('the commit act is of another kind');
  return bytes32(act.fields.get(7), 'the commit act');
}

export interface Sealing {
  readonly objectRoot: Uint8Array;
  readonly parents: readonly Uint8Array[];
}

/** The leaf that holds the object root, by kind of act. */
const ROOT_LEAF: Readonly<Record<string, number>> = { exhibit: 7, derive: 11 };

/** The open leaves of an `exhibit` (of eight hidden leaves at the end) or a `derive` act, by the mask it has. */
export function sealingLeaves(disclosed: Uint8Array): readonly number[] {
  const { runs } = readDisclosure(disclosed, 'the act');
  return [0, 1, 4, runs.at(-1) === 4 ? 11 : 7];
}

export function readSealing(act: Act): Sealing {
  const leaf = ROOT_LEAF[act.kind];
  if (leaf === undefined || act.critical) return refuse('the act is neither an exhibit nor a derivative');
  const value = act.fields.get(leaf);
  if (value === undefined) return refuse('the act does not show its object root');
  const compartment = act.fields.get(1);
  if (typeof compartment !== 'number') return refuse('the act names no compartment');
  const parents = roots(act.fields.get(4), 'the act');
  if (act.kind === 'exhibit' && compartment !== 1) refuse('an exhibit of another compartment');
  return { objectRoot: bytes32(value, 'the act'), parents };
}
