// What recordings share: CFG, packets, META, container; and how a container puts the source together. Knows no codec.
import { concat, equal, refuse } from '../core/bytes.ts';
import { decode, encode, Fields, type Writable } from '../core/cbor.ts';
import type { Leaf, Leaves, ObjectRecord } from '../core/object.ts';
import type { Source } from '../core/source.ts';
import { leavesOf, type Profile, type Renderer } from './profile.ts';

/** CFG before the packets, META and the container behind them. */
const SURROUND = 3;
const MAX_PIECES = 16_384;
const MAX_LITERALS = 2 ** 24;

export interface Configuration {
  readonly codec: string;
  readonly rate: number;
  readonly channels: number;
}

export interface Extensible {
  readonly validBits: number;
  readonly mask: number;
}

export function packetsOf(ticks: number, each: number): number {
  return Math.ceil(ticks / each);
}

function configuration(c: Configuration, packets: number, extensible: Extensible | null): Uint8Array {
  const fields: Record<number, Writable> = { 0: 1, 1: c.codec, 2: c.rate, 3: c.channels, 4: packets };
  return encode(extensible === null ? fields : { ...fields, 5: extensible.validBits, 6: extensible.mask });
}

/** Reads an open CFG, which must say what the profile says; returns what it says besides. */
export function readConfiguration(payload: Uint8Array, c: Configuration, packets: number, maxBits: number | null): Extensible | null {
  const fields = decode(payload, 'the configuration');
  if (!(fields instanceof Fields)) return refuse('the configuration is not a map');
  let extensible: Extensible | null = null;
  if (fields.size === 7 && maxBits !== null) {
    const [validBits, mask] = [fields.get(5), fields.get(6)];
    if (typeof validBits !== 'number' || validBits < 1 || validBits > maxBits) return refuse('the configuration has other bits than are stored');
    if (typeof mask !== 'number' || mask > 0xffffffff) return refuse('the configuration has another channel mask');
    extensible = { validBits, mask };
  }
  return equal(payload, configuration(c, packets, extensible)) ? extensible : refuse('the configuration is not that of the profile');
}

/** Pieces of a source, front to back. */
export type Origin = 'literal' | 'meta' | 'packets';
const ORIGINS: Readonly<Record<Origin, number>> = { literal: 0, meta: 1, packets: 2 };

export interface Piece {
  readonly origin: Origin;
  readonly at: number;
  readonly length: number;
}

/** Puts the pieces of a source down; empty ones vanish, neighbours of one origin join. */
export class Layout {
  readonly pieces: Piece[] = [];

  add(origin: Origin, at: number, length: number): void {
    if (length === 0) return;
    const last = this.pieces.at(-1);
    if (last?.origin === origin) this.pieces[this.pieces.length - 1] = { origin, at: last.at, length: last.length + length };
    else this.pieces.push({ origin, at, length });
  }

  private async bytesOf(source: Source, origin: Origin): Promise<Uint8Array> {
    const pieces = this.pieces.filter((piece) => piece.origin === origin);
    if (pieces.reduce((sum, piece) => sum + piece.length, 0) > MAX_LITERALS) refuse('the original has more metadata than the profile takes');
    return concat(...(await Promise.all(pieces.map((piece) => source.read(piece.at, piece.length)))));
  }

  /** The leaves of a whole original: its packets are read as they are asked for. */
  async leaves(source: Source, c: Configuration, count: number, extensible: Extensible | null, packets: () => AsyncIterable<Leaf>): Promise<Leaves> {
    if (this.pieces.length > MAX_PIECES) refuse('the original is in more pieces than the profile takes');
    const meta = await this.bytesOf(source, 'meta');
    const literal = await this.bytesOf(source, 'literal');
    const map = this.pieces.flatMap((piece) => [ORIGINS[piece.origin], piece.length]);
    async function* all(): AsyncGenerator<Leaf> {
      yield { ticks: 0, payload: configuration(c, count, extensible) };
      yield* packets();
      yield { ticks: 0, payload: meta };
      yield { ticks: 0, payload: encode({ 0: 1, 1: map, 2: literal }) };
    }
    return leavesOf(all(), refuse);
  }
}

/** The profile of a recording whose packets last `each` ticks, the last perhaps less. */
export function recording(each: number, perSecond: number, carve: Profile['carve'], player: (record: ObjectRecord) => Renderer): Profile {
  return {
    kind: 'recording',
    timebase: [1, perSecond],
    leaves: (ticks) => packetsOf(ticks, each) + SURROUND,
    ticksBefore: (index, ticks) => Math.max(0, Math.min(ticks, (index - 1) * each)),
    containerFrom: (leaves) => leaves - 2,
    carve,
    renderings: (record) => [{ role: 'playable', renderer: player(record) }],
  };
}
