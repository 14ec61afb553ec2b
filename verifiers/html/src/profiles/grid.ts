// The grid of Opus and Vorbis (docs/format/profiles.md): cells of a tenth of a second of what is played, each with the packets that
// begin in it. Invariant: a cell has one spelling. Knows no codec and no container.
import { refuse } from '../core/bytes.ts';
import { decode, encode } from '../core/cbor.ts';
import type { Leaf } from '../core/object.ts';
import type { Place } from './sound.ts';

const PER_SECOND = 10;
const MAX_FIRST = 2 ** 18;
export const MAX_PACKET = 65_024;
const MAX_SAMPLES = 2 ** 48;

/** Places are decoded samples; what is decoded before `skip` is not played. */
export interface Grid {
  readonly rate: number;
  readonly skip: number;
  readonly samples: number;
}

/** Where cell `index` begins. */
export function startOf({ rate, skip }: Grid, index: number): number {
  return index === 0 ? 0 : skip + Math.ceil((index * rate) / PER_SECOND);
}

export function cellsOf({ rate, skip, samples }: Grid): number {
  return Math.max(1, Math.ceil(((samples - skip) * PER_SECOND) / rate));
}

/** Samples in all, as a decoder configuration states them. */
export function samplesOf(value: unknown): number {
  return typeof value === 'number' && value <= MAX_SAMPLES ? value : refuse('the configuration has another number of samples');
}

export interface Cell {
  /** Samples from the cell's start to its first packet. */
  readonly first: number;
  readonly packets: readonly Uint8Array[];
}

export function readCell(payload: Uint8Array): Cell {
  const value = decode(payload, 'a cell of sound');
  if (!Array.isArray(value)) return refuse('a cell of sound has another form');
  if (value.length === 0) return { first: 0, packets: [] };
  const [first, ...packets] = value;
  if (typeof first !== 'number' || first > MAX_FIRST || packets.length === 0) return refuse('a cell of sound has another form');
  return { first, packets: packets.map((packet) => (packet instanceof Uint8Array && packet.length > 0 && packet.length <= MAX_PACKET ? packet : refuse('a packet of a cell has another form'))) };
}

function written(first: number, packets: readonly Uint8Array[]): Uint8Array {
  return encode(packets.length === 0 ? [] : [first, ...packets]);
}

/** Packets with how long they last, put into cells. */
export async function* cells(packets: AsyncIterable<readonly [bytes: Uint8Array, samples: number]>, grid: Grid): AsyncGenerator<Leaf> {
  const count = cellsOf(grid);
  let index = 0;
  let at = 0;
  let first = 0;
  let held: Uint8Array[] = [];
  const done = (): Leaf => {
    const payload = written(first, held);
    held = [];
    index += 1;
    return { ticks: 1, payload };
  };
  for await (const [bytes, samples] of packets) {
    while (index + 1 < count && at >= startOf(grid, index + 1)) yield done();
    if (held.length === 0) first = at - startOf(grid, index);
    held.push(bytes.slice());
    at += samples;
  }
  while (index < count) yield done();
}

/** What fills time in a copy. */
export interface Filler {
  /** Samples written so far. */
  readonly at: number;
  /** An open packet; what is none of the codec is refused before anything is written. */
  check(packet: Uint8Array): void;
  write(packet: Uint8Array): Iterable<Uint8Array>;
  /** Silence for a withheld cell, which ends at `end`. */
  through(end: number): Iterable<Uint8Array>;
  /** Silence until an open packet begins at its place. */
  until(place: number, packet: Uint8Array): Iterable<Uint8Array>;
  /** Silence to the end of the sound. */
  finish(end: number): Iterable<Uint8Array>;
}

/** Walks the cells of a copy: open packets as they stand, silence for what is withheld. */
export class Walk {
  private behindHidden = false;

  constructor(
    private readonly grid: Grid,
    private readonly filler: Filler,
  ) {}

  *open(payload: Uint8Array, place: Place): Iterable<Uint8Array> {
    const { first, packets } = readCell(payload);
    packets.forEach((packet) => this.filler.check(packet));
    const [next] = packets;
    if (next === undefined) {
      if (this.behindHidden) yield* this.hidden(place);
      return;
    }
    if (this.behindHidden) yield* this.filler.until(startOf(this.grid, place.index) + first, next);
    this.behindHidden = false;
    for (const packet of packets) yield* this.filler.write(packet);
  }

  *hidden({ index }: Place): Iterable<Uint8Array> {
    this.behindHidden = true;
    yield* this.filler.through(Math.min(startOf(this.grid, index + 1), this.grid.samples));
  }

  *end(): Iterable<Uint8Array> {
    if (this.behindHidden) yield* this.filler.finish(this.grid.samples);
  }
}
