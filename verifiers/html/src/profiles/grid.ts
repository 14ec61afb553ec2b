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

/** The packet before another: null where there is none, undefined where it is withheld. */
export type Before = Uint8Array | null | undefined;

/** What fills time in a copy. */
export interface Filler {
  /** Samples written so far. */
  readonly at: number;
  /** An open packet; what is none of the codec is refused before anything is written. */
  check(packet: Uint8Array): void;
  write(packet: Uint8Array): Iterable<Uint8Array>;
  /** How many samples a packet may last. */
  lasts(packet: Uint8Array, before: Before): readonly number[];
  /** Silence for a withheld cell, which ends at `end`. */
  through(end: number): Iterable<Uint8Array>;
  /** Silence until an open packet begins at its place. */
  until(place: number, packet: Uint8Array): Iterable<Uint8Array>;
  /** Silence to the end of the sound. */
  finish(end: number): Iterable<Uint8Array>;
}

/** Follows open packets: each has to be in its place, which is where the one before it ends. Behind a withheld cell the first place is
    believed; where its packet's length depends on what is withheld, whatever follows from one of the lengths is taken. */
class Places {
  private ends: readonly number[] | null = [0];
  private before: Before = null;

  constructor(
    private readonly grid: Grid,
    private readonly lasts: Filler['lasts'],
  ) {}

  open(index: number, { first, packets }: Cell): void {
    const last = index + 1 === cellsOf(this.grid);
    const end = startOf(this.grid, index + 1);
    const within = (place: number): boolean => (last ? place <= this.grid.samples : place < end);
    if (packets.length === 0) {
      if (!last && this.ends?.every(within)) refuse('a packet is missing where one has to begin');
      return;
    }
    let places: readonly number[] = [startOf(this.grid, index) + first];
    if (this.ends !== null && !this.ends.some((one) => places.includes(one))) refuse('a packet does not begin where the one before it ends');
    for (const packet of packets) {
      places = places.filter(within);
      if (places.length === 0) refuse('a packet begins behind its cell');
      const lengths = this.lasts(packet, this.before);
      places = [...new Set(places.flatMap((place) => lengths.map((length) => place + length)))];
      this.before = packet;
    }
    this.ends = places;
  }

  hidden(): void {
    this.ends = null;
    this.before = undefined;
  }

  end(): void {
    if (this.ends !== null && !this.ends.includes(this.grid.samples)) refuse('the sound ends elsewhere than the configuration says');
  }
}

/** Walks the cells of a copy: open packets as they stand, silence for what is withheld. */
export class Walk {
  private behindHidden = false;
  private readonly places: Places;

  constructor(
    private readonly grid: Grid,
    private readonly filler: Filler,
  ) {
    this.places = new Places(grid, (packet, before) => filler.lasts(packet, before));
  }

  *open(payload: Uint8Array, place: Place): Iterable<Uint8Array> {
    const cell = readCell(payload);
    const { first, packets } = cell;
    packets.forEach((packet) => this.filler.check(packet));
    this.places.open(place.index, cell);
    const [next] = packets;
    if (next === undefined) {
      if (this.behindHidden) yield* this.silence(place);
      return;
    }
    if (this.behindHidden) yield* this.filler.until(startOf(this.grid, place.index) + first, next);
    this.behindHidden = false;
    for (const packet of packets) yield* this.filler.write(packet);
  }

  hidden(place: Place): Iterable<Uint8Array> {
    this.behindHidden = true;
    this.places.hidden();
    return this.silence(place);
  }

  private *silence({ index }: Place): Iterable<Uint8Array> {
    yield* this.filler.through(Math.min(startOf(this.grid, index + 1), this.grid.samples));
  }

  *end(): Iterable<Uint8Array> {
    this.places.end();
    if (this.behindHidden) yield* this.filler.finish(this.grid.samples);
  }
}
