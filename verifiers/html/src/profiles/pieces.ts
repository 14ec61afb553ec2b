// How an original of compressed sound is put together (docs/format/profiles.md, Compressed sound): literal bytes, META and packets,
// front to back, in records. Invariant: of one file there is one map. Memory: sixteen bytes a piece, and META and literals. Knows no
// codec.
import { concat, concatAll, refuse } from '../core/bytes.ts';
import { encode, encodeNumbers } from '../core/cbor.ts';
import type { Leaf, Leaves } from '../core/object.ts';
import { type Source, Window } from '../core/source.ts';
import { leavesOf } from './profile.ts';
import { configurationOf, type Heard, MAX_LEAF, MAX_PACKETS } from './sound.ts';

const MAX_AROUND = 2 ** 25;
const MAX_RUNS = 2 ** 20;
const LITERAL = 0;
const META = 1;
const PACKETS = 2;
/** A part of a packet that goes on behind something else. */
const GOES_ON = 3;
const NUMBERS_OF_A_RECORD = 4;

/** Literal bytes, bytes of META, ends of packets, and bytes of a packet that goes on; so often on end. */
class Records {
  readonly runs: number[] = [];
  private current = [0, 0, 0, 0];
  private last = -1;

  add(kind: number, length: number): void {
    const column = kind === GOES_ON ? PACKETS : kind;
    if (column < this.last) this.end();
    this.last = column;
    if (kind === PACKETS) {
      this.current[2] = (this.current[2] as number) + 1;
      this.current[3] = 0;
    } else this.current[kind] = (this.current[kind] as number) + length;
  }

  end(): void {
    if (this.last < 0) return;
    const at = this.runs.length - NUMBERS_OF_A_RECORD - 1;
    if (at >= 0 && this.current.every((value, i) => this.runs[at + 1 + i] === value)) this.runs[at] = (this.runs[at] as number) + 1;
    else this.runs.push(1, ...this.current);
    if (this.runs.length > MAX_RUNS * (NUMBERS_OF_A_RECORD + 1)) refuse('the original is in more pieces than the profile takes');
    this.current = [0, 0, 0, 0];
    this.last = -1;
  }
}

export class Pieces {
  packets = 0;
  private count = 0;
  private around = 0;
  private kinds = new Uint8Array(1024);
  private lengths = new Uint32Array(1024);
  private places = new Float64Array(1024);

  private add(kind: number, at: number, length: number): void {
    if (length === 0 && kind !== PACKETS) return;
    const last = this.count - 1;
    if (kind < PACKETS) {
      this.around += length;
      if (this.around > MAX_AROUND) refuse('the original has more metadata than the profile takes');
      if (last >= 0 && this.kinds[last] === kind && (this.places[last] as number) + (this.lengths[last] as number) === at) {
        this.lengths[last] = (this.lengths[last] as number) + length;
        return;
      }
    }
    if (this.count === this.kinds.length) this.grow();
    this.kinds[this.count] = kind;
    this.lengths[this.count] = length;
    this.places[this.count++] = at;
  }

  private grow(): void {
    const [kinds, lengths, places] = [new Uint8Array(2 * this.count), new Uint32Array(2 * this.count), new Float64Array(2 * this.count)];
    kinds.set(this.kinds);
    lengths.set(this.lengths);
    places.set(this.places);
    [this.kinds, this.lengths, this.places] = [kinds, lengths, places];
  }

  literal(at: number, length: number): void {
    this.add(LITERAL, at, length);
  }

  meta(at: number, length: number): void {
    this.add(META, at, length);
  }

  /** A packet, or the rest of one that has begun, which may have no bytes. */
  packet(at: number, length: number): void {
    if (length > MAX_LEAF) refuse('the original has a packet that is too long');
    this.packets += 1;
    if (this.packets > MAX_PACKETS) refuse('the original has more packets than the profile takes');
    this.add(PACKETS, at, length);
  }

  /** A part of a packet that goes on. */
  part(at: number, length: number): void {
    if (length > MAX_LEAF) refuse('the original has a packet that is too long');
    this.add(GOES_ON, at, length);
  }

  /** A packet that has begun and never ends is literal. */
  drop(): void {
    for (let i = this.count - 1; i >= 0 && this.kinds[i] !== PACKETS; i--) {
      if (this.kinds[i] !== GOES_ON) continue;
      this.kinds[i] = LITERAL;
      this.around += this.lengths[i] as number;
    }
    if (this.around > MAX_AROUND) refuse('the original has more metadata than the profile takes');
  }

  /** The pieces as a map, and how many runs of records there are. */
  private map(): Uint8Array {
    const records = new Records();
    for (let i = 0; i < this.count; i++) records.add(this.kinds[i] as number, this.lengths[i] as number);
    records.end();
    return encodeNumbers(records.runs);
  }

  private async bytesOf(window: Window, kind: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let i = 0; i < this.count; i++) if (this.kinds[i] === kind) parts.push((await window.take(this.places[i] as number, this.lengths[i] as number)).slice());
    return concatAll(parts);
  }

  /** The packets as they stand in the source. */
  async *inOrder(source: Source): AsyncGenerator<Uint8Array> {
    const window = new Window(source);
    let begun: Uint8Array[] = [];
    for (let i = 0; i < this.count; i++) {
      const kind = this.kinds[i] as number;
      if (kind < PACKETS) continue;
      begun.push(await window.take(this.places[i] as number, this.lengths[i] as number));
      if (kind === GOES_ON) continue;
      yield begun.length === 1 ? (begun[0] as Uint8Array) : concatAll(begun);
      begun = [];
    }
  }

  /** All leaves of an original, which its packets make; `before` stands in front of META. */
  async leaves(source: Source, heard: Heard, count: number, packets: () => AsyncIterable<Leaf>, before: Uint8Array = new Uint8Array(0)): Promise<Leaves> {
    const window = new Window(source);
    const meta = concat(before, await this.bytesOf(window, META));
    const literal = await this.bytesOf(window, LITERAL);
    const container = concat(Uint8Array.of(0xa3, 0, 2, 1), this.map(), Uint8Array.of(2), encode(literal));
    async function* all(): AsyncGenerator<Leaf> {
      yield { ticks: 0, payload: configurationOf(heard, count) };
      yield* packets();
      yield { ticks: 0, payload: meta };
      yield { ticks: 0, payload: container };
    }
    return leavesOf(all(), refuse);
  }

  /** The leaves of an original whose every packet is a leaf of one tick. */
  frames(source: Source, heard: Heard): Promise<Leaves> {
    const inOrder = (): AsyncIterable<Uint8Array> => this.inOrder(source);
    return this.leaves(source, heard, this.packets, async function* () {
      for await (const payload of inOrder()) yield { ticks: 1, payload };
    });
  }
}
