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
  /** Lies in the piece of the file that was read: whoever keeps it for long copies it. */
  readonly payload: Uint8Array;
}

/** Gives the open leaves in order. A promise costs as much as a hash: there is one only where bytes have to be waited for. */
export interface Leaves {
  next(index: number): Promise<Leaf> | Leaf;
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

/** The most bytes of a number or of the head of a byte string. */
const MAX_HEAD = 9;

/** The payload stream of a partial disclosure. */
export class PayloadStream implements Leaves {
  constructor(private readonly stream: Stream) {}

  next(): Promise<Leaf> | Leaf {
    const heads = Math.min(2 * MAX_HEAD, this.stream.left);
    return this.stream.have < heads ? this.stream.fill(heads).then(() => this.read()) : this.read();
  }

  /** A leaf whose two heads lie in memory. */
  private read(): Promise<Leaf> | Leaf {
    const { stream } = this;
    const heads = new Reader(stream.peek(), 'the payload stream');
    const ticks = heads.number(MAX_EXACT, 'the ticks');
    const length = heads.lengthOfBytes();
    if (length > MAX_PAYLOAD) refuse('a leaf is too long');
    stream.taken(heads.at);
    if (stream.have < length) return stream.take(length).then((payload) => ({ ticks, payload }));
    return { ticks, payload: stream.taken(length) };
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

/* What is hashed again and again is made once; only what differs is written into it. */
const derivation = concat(SALT, new Uint8Array(33));
const pair = concat(Uint8Array.of(1), NODE, new Uint8Array(2 * (16 + HASH_LENGTH)));

function derive(seed: Uint8Array, label: number): Uint8Array {
  derivation.set(seed, SALT.length);
  derivation[derivation.length - 1] = label;
  return H(derivation);
}

function addTicks(a: number, b: number): number {
  return a > MAX_EXACT - b ? refuse('the ticks pass their limit') : a + b;
}

function putNode(at: number, { leaves, ticks, hash }: Node): void {
  putU64(pair, at, leaves);
  putU64(pair, at + 8, ticks);
  pair.set(hash, at + 16);
}

function join(left: Node, right: Node): Node {
  putNode(1 + NODE.length, left);
  putNode(1 + NODE.length + 16 + HASH_LENGTH, right);
  return { leaves: left.leaves + right.leaves, ticks: addTicks(left.ticks, right.ticks), hash: H(pair) };
}

class Walk {
  private run = 0;
  private runEnd: number;
  private left: number;
  /** What a leaf's commitment and its hash are made from. */
  private readonly item: Uint8Array;
  private readonly sealed: Uint8Array;

  constructor(
    private readonly disclosure: Disclosure,
    private readonly leaves: Leaves,
    private readonly visitor: Visitor,
  ) {
    this.runEnd = disclosure.runs[0] as number;
    this.left = disclosure.tokenCount;
    const { oid } = disclosure.record;
    this.item = concat(ITEM, new Uint8Array(HASH_LENGTH), oid, new Uint8Array(16));
    this.sealed = concat(Uint8Array.of(0), LEAF, oid, new Uint8Array(16 + HASH_LENGTH));
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
      return this.open(seed, first, m);
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

  /** A subtree of open leaves, from its seed, a leaf after the other. */
  private async open(seed: Uint8Array, first: number, m: number): Promise<Node> {
    /** Of subtrees to come, the next at the end. */
    const seeds = [{ seed, m }];
    /** Done and not yet joined: each of a power of two, fewer to the right. */
    const nodes: Node[] = [];
    for (let index = first; index < first + m; index++) {
      let next = seeds.pop() as (typeof seeds)[number];
      while (next.m > 1) {
        const cut = split(next.m);
        seeds.push({ seed: derive(next.seed, 1), m: next.m - cut });
        next = { seed: derive(next.seed, 0), m: cut };
      }
      const given = this.leaves.next(index);
      const leaf = given instanceof Promise ? await given : given;
      const commitment = this.commitment(next.seed, index, leaf.payload);
      const shown = this.visitor.open(index, leaf);
      if (shown !== undefined) await shown;
      let node = this.leaf(index, leaf.ticks, commitment);
      while (nodes.at(-1)?.leaves === node.leaves) node = join(nodes.pop() as Node, node);
      nodes.push(node);
    }
    return nodes.reduceRight((right, left) => join(left, right));
  }

  private commitment(seed: Uint8Array, index: number, payload: Uint8Array): Uint8Array {
    const { item } = this;
    item.set(derive(seed, 2), ITEM.length);
    putU64(item, item.length - 16, index);
    putU64(item, item.length - 8, payload.length);
    return H(item, payload);
  }

  private leaf(index: number, ticks: number, commitment: Uint8Array): Node {
    const { sealed } = this;
    putU64(sealed, sealed.length - HASH_LENGTH - 16, index);
    putU64(sealed, sealed.length - HASH_LENGTH - 8, ticks);
    sealed.set(commitment, sealed.length - HASH_LENGTH);
    return { leaves: 1, ticks, hash: H(sealed) };
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
