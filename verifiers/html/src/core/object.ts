// Objects of leaves, and how a part of one is proven (docs/format/objects.md §2, §3). Invariant: the walk over the tree is fixed by
// the number of leaves and the mask alone; nothing that was read is proven before `prove` returns. Memory: O(log n + the
// disclosure). Knows no profile: whoever wants to see the leaves gives a visitor.
import { ascii, concat, equal, lengthPrefixed, MAX_EXACT, putU64, refuse, u64 } from './bytes.ts';
import { Reader } from './cbor.ts';
import { H, HASH_LENGTH } from './hash.ts';
import { Stream } from './source.ts';

export const MAX_LEAVES = 2 ** 40;
const MAX_RUNS = 2 ** 20;
/** No leaf of any profile is longer: the container of a recording, from at most 16 MiB of literals, with its map. */
const MAX_PAYLOAD = 2 ** 25;
const MAX_U64 = (1n << 64n) - 1n;

export interface ObjectRecord {
  readonly profile: string;
  readonly oid: Uint8Array;
  readonly leaves: number;
  readonly ticks: number;
  readonly num: bigint;
  readonly den: bigint;
  readonly root: Uint8Array;
}

/** A disclosure whose record and mask are read; its tokens are read by the walk. */
export interface Disclosure {
  readonly record: ObjectRecord;
  /** Open and hidden in turn, the first open. */
  readonly runs: readonly number[];
  readonly open: number;
  readonly tokens: Reader;
  readonly tokenCount: number;
}

export interface Leaf {
  readonly ticks: number;
  readonly payload: Uint8Array;
}

/** Gives the open leaves in order. */
export interface Leaves {
  next(index: number): Promise<Leaf>;
  /** Refuses if there is more. */
  end(): Promise<void>;
}

/** Is shown the leaves in order, before they are proven. */
export interface Visitor {
  open(index: number, leaf: Leaf): Promise<void> | void;
  hidden(first: number, leaves: number, ticks: number): Promise<void> | void;
}

function readRecord(reader: Reader): ObjectRecord {
  reader.map(7);
  reader.key(0);
  if (reader.uint() !== 1) reader.fault('another suite');
  reader.key(1);
  const profile = reader.text();
  if (!/^[\x21-\x7e]{1,64}$/.test(profile)) reader.fault('the profile is not 1 to 64 printable characters');
  reader.key(2);
  const oid = reader.fixed(32);
  reader.key(3);
  const leaves = reader.number(MAX_LEAVES, 'the number of leaves');
  if (leaves === 0) reader.fault('an object without leaves');
  reader.key(4);
  const ticks = reader.number(MAX_EXACT, 'the ticks');
  reader.key(5);
  if (reader.array() !== 2) reader.fault('the timebase is not two numbers');
  const num = BigInt(reader.uint());
  const den = BigInt(reader.uint());
  if (num === 0n || den === 0n || num > MAX_U64 || den > MAX_U64) reader.fault('the timebase has a zero');
  reader.key(6);
  return { profile, oid, leaves, ticks, num, den, root: reader.fixed(HASH_LENGTH) };
}

/** The object root, from which the seal number comes. */
export function objectRoot(record: ObjectRecord): Uint8Array {
  return H(
    Uint8Array.of(2),
    ascii('casemate/object/v1\0'),
    u64(1),
    lengthPrefixed(ascii(record.profile)),
    record.oid,
    u64(record.leaves),
    u64(record.ticks),
    u64(record.num),
    u64(record.den),
    record.root,
  );
}

export function readDisclosure(bytes: Uint8Array, what: string): Disclosure {
  const reader = new Reader(bytes, what, Number.MAX_SAFE_INTEGER);
  reader.map(4);
  reader.key(0);
  if (reader.uint() !== 1) reader.fault('another version of the disclosure');
  reader.key(1);
  const record = readRecord(reader);
  reader.key(2);
  const count = reader.array();
  if (count === 0 || count > MAX_RUNS) reader.fault('the mask has no runs or too many');
  const runs: number[] = [];
  let sum = 0;
  let open = 0;
  for (let i = 0; i < count; i++) {
    const run = reader.number(MAX_LEAVES, 'a run of the mask');
    if (run === 0 && (i !== 0 || count === 1)) reader.fault('an empty run in the mask');
    sum += run;
    if (sum > record.leaves) reader.fault('the mask is longer than the object');
    if (i % 2 === 0) open += run;
    runs.push(run);
  }
  if (sum !== record.leaves) reader.fault('the mask is shorter than the object');
  reader.key(3);
  const tokenCount = reader.array();
  if (tokenCount > 2 * 41 * count) reader.fault('too many tokens');
  return { record, runs, open, tokens: reader, tokenCount };
}

/** The payload stream of a partial disclosure. */
export class PayloadStream implements Leaves {
  constructor(private readonly stream: Stream) {}

  private async argument(major: number): Promise<number> {
    await this.stream.fill(1);
    const first = this.stream.peek()[0] as number;
    const width = (first & 31) < 24 ? 0 : 1 << ((first & 31) - 24);
    if (first >> 5 !== major || (first & 31) > 27) refuse('the payload stream has another form');
    const reader = new Reader(await this.stream.take(1 + width), 'the payload stream');
    // A length has the same head as a number, but for its major type.
    const value = major === 0 ? reader.uint() : new Reader(concat(Uint8Array.of(first & 31), reader.bytes.subarray(1)), 'the payload stream').uint();
    return typeof value === 'number' ? value : refuse('a number of the payload stream is over its limit');
  }

  async next(): Promise<Leaf> {
    const ticks = await this.argument(0);
    const length = await this.argument(2);
    if (length > MAX_PAYLOAD) refuse('a leaf is too long');
    const payload = (await this.stream.take(length)).slice();
    return { ticks, payload };
  }

  end(): Promise<void> {
    if (this.stream.left !== 0) refuse('the payload stream goes on behind the last leaf');
    return Promise.resolve();
  }
}

interface Node {
  readonly leaves: number;
  readonly ticks: number;
  readonly hash: Uint8Array;
}

const SALT = ascii('casemate/ggm/v1\0');
const ITEM = ascii('casemate/item/v1\0');
const LEAF = ascii('casemate/leaf/v1\0');
const NODE = ascii('casemate/node/v1\0');

/** The largest power of two below m, m > 1. */
export function split(m: number): number {
  if (m <= 0x8000_0000) return 2 ** (31 - Math.clz32(m - 1));
  let power = 0x8000_0000;
  while (power * 2 < m) power *= 2;
  return power;
}

function derive(seed: Uint8Array, label: number): Uint8Array {
  const input = new Uint8Array(SALT.length + 33);
  input.set(SALT);
  input.set(seed, SALT.length);
  input[input.length - 1] = label;
  return H(input);
}

function addTicks(a: number, b: number): number {
  return a > MAX_EXACT - b ? refuse('the ticks pass their limit') : a + b;
}

function join(left: Node, right: Node): Node {
  const input = new Uint8Array(1 + NODE.length + 2 * (16 + HASH_LENGTH));
  input[0] = 1;
  input.set(NODE, 1);
  let at = 1 + NODE.length;
  for (const child of [left, right]) {
    putU64(input, at, child.leaves);
    putU64(input, at + 8, child.ticks);
    input.set(child.hash, at + 16);
    at += 16 + HASH_LENGTH;
  }
  return { leaves: left.leaves + right.leaves, ticks: addTicks(left.ticks, right.ticks), hash: H(input) };
}

class Walk {
  private run = 0;
  private runEnd: number;
  private left: number;

  constructor(
    private readonly disclosure: Disclosure,
    private readonly leaves: Leaves,
    private readonly visitor: Visitor,
  ) {
    this.runEnd = disclosure.runs[0] as number;
    this.left = disclosure.tokenCount;
  }

  /** The node over the leaves first … first + m − 1. */
  async node(first: number, m: number): Promise<Node> {
    while (first >= this.runEnd) this.runEnd += this.disclosure.runs[++this.run] as number;
    if (first + m > this.runEnd) {
      const cut = split(m);
      const left = await this.node(first, cut);
      return join(left, await this.node(first + cut, m - cut));
    }
    if (this.left === 0) refuse('a token is missing');
    this.left -= 1;
    const { tokens } = this.disclosure;
    if (this.run % 2 === 0) {
      const seed = tokens.fixed(32);
      return m === 1 ? this.leaf(seed, first) : this.open(seed, first, m);
    }
    return this.hidden(first, m);
  }

  private async hidden(first: number, m: number): Promise<Node> {
    const { tokens } = this.disclosure;
    if (tokens.array() !== 3) refuse('a hidden token is not of three parts');
    if (tokens.uint() !== m) refuse('a hidden token is for another number of leaves');
    const ticks = tokens.number(MAX_EXACT, 'the ticks of a hidden token');
    const hash = tokens.fixed(HASH_LENGTH);
    await this.visitor.hidden(first, m, ticks);
    return { leaves: m, ticks, hash };
  }

  private async open(seed: Uint8Array, first: number, m: number): Promise<Node> {
    if (m === 1) return this.leaf(seed, first);
    const cut = split(m);
    const left = await this.open(derive(seed, 0), first, cut);
    return join(left, await this.open(derive(seed, 1), first + cut, m - cut));
  }

  private async leaf(seed: Uint8Array, index: number): Promise<Node> {
    const leaf = await this.leaves.next(index);
    const { oid } = this.disclosure.record;
    const commitment = H(ITEM, derive(seed, 2), oid, u64(index), u64(leaf.payload.length), leaf.payload);
    await this.visitor.open(index, leaf);
    return { leaves: 1, ticks: leaf.ticks, hash: H(Uint8Array.of(0), LEAF, oid, u64(index), u64(leaf.ticks), commitment) };
  }

  end(): void {
    if (this.left !== 0) refuse('a token too many');
    this.disclosure.tokens.end();
  }
}

/** Rebuilds the object from its open leaves, its mask and its tokens; returns the object root, which is then proven to hold them. */
export async function prove(disclosure: Disclosure, leaves: Leaves, visitor: Visitor): Promise<Uint8Array> {
  const walk = new Walk(disclosure, leaves, visitor);
  const top = await walk.node(0, disclosure.record.leaves);
  walk.end();
  await leaves.end();
  if (top.ticks !== disclosure.record.ticks) refuse('the ticks of the leaves are not those of the object');
  if (!equal(top.hash, disclosure.record.root)) refuse('the leaves do not rebuild the root of the object');
  return objectRoot(disclosure.record);
}

/** The payloads of a partial disclosure; refuses at once what can't hold the open leaves. */
export function payloads(disclosure: Disclosure, stream: Stream): Leaves {
  if (2 * disclosure.open > stream.left) refuse('the payload stream is too short for its open leaves');
  return new PayloadStream(stream);
}
