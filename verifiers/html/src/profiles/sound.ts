// What profiles of compressed sound share: a CFG of version 2 with a decoder configuration, then leaves of sound, META and
// container. A codec says what stands in the copy for an open leaf and for a hidden one. Knows no codec.
import { equal, refuse } from '../core/bytes.ts';
import { decode, encode, Fields } from '../core/cbor.ts';
import type { Leaf, ObjectRecord } from '../core/object.ts';
import type { Profile, Renderer } from './profile.ts';

/** CFG before the leaves of sound, META and the container behind them. */
const SURROUND = 3;
export const MAX_PACKETS = 2 ** 22;
export const MAX_LEAF = 2 ** 20;
const MAX_CONFIGURATION = 2 ** 16;

/** What CFG says of the sound. */
export interface Heard {
  readonly codec: string;
  readonly rate: number;
  readonly channels: number;
  readonly configuration: Uint8Array;
}

/** One leaf of sound: which, from 0, and where it lies in ticks. */
export interface Place {
  readonly index: number;
  readonly from: number;
  readonly ticks: number;
}

/** Makes one copy; remembers what was open. What it refuses is no leaf of its profile. */
export interface Codec {
  /** What stands before the first leaf; the decoder configuration must be one of the profile in its one spelling. */
  start(configuration: Uint8Array): Iterable<Uint8Array>;
  open(payload: Uint8Array, place: Place): Iterable<Uint8Array>;
  hidden(place: Place): Iterable<Uint8Array>;
  end(): Iterable<Uint8Array>;
}

export interface Sound {
  readonly codec: string;
  readonly rate: number;
  readonly channels: number;
  /** Seconds a tick, as a fraction. */
  readonly timebase: readonly [number, number];
  /** Ticks of a leaf; the last may have fewer. */
  readonly each: number;
  copy(record: ObjectRecord): Codec;
  readonly carve: Profile['carve'];
}

export function configurationOf({ codec, rate, channels, configuration }: Heard, leaves: number): Uint8Array {
  if (configuration.length > MAX_CONFIGURATION) refuse('the decoder configuration is too long');
  return encode({ 0: 2, 1: codec, 2: rate, 3: channels, 4: leaves, 5: configuration });
}

/** The decoder configuration of an open CFG, which must say what the profile says. */
function decoderOf(payload: Uint8Array, sound: Sound, leaves: number): Uint8Array {
  const fields = decode(payload, 'the configuration');
  const configuration = fields instanceof Fields ? fields.get(5) : undefined;
  if (!(configuration instanceof Uint8Array)) return refuse('the configuration names no decoder');
  return equal(payload, configurationOf({ ...sound, configuration }, leaves)) ? configuration : refuse('the configuration is not that of the profile');
}

class Player implements Renderer {
  private readonly leaves: number;
  private readonly codec: Codec;

  constructor(
    private readonly sound: Sound,
    private readonly record: ObjectRecord,
  ) {
    this.leaves = record.leaves - SURROUND;
    this.codec = sound.copy(record);
  }

  private place(index: number): Place {
    const from = (index - 1) * this.sound.each;
    return { index: index - 1, from, ticks: Math.min(this.sound.each, this.record.ticks - from) };
  }

  open(index: number, { payload }: Leaf): Iterable<Uint8Array> {
    if (index === 0) return this.codec.start(decoderOf(payload, this.sound, this.leaves));
    if (index > this.leaves) return [];
    if (payload.length === 0 || payload.length > MAX_LEAF) refuse('a leaf of sound is empty or too long');
    return this.codec.open(payload, this.place(index));
  }

  *hidden(first: number, leaves: number): Iterable<Uint8Array> {
    if (first === 0) refuse('the configuration of the recording is withheld');
    for (let index = first; index < first + leaves && index <= this.leaves; index++) yield* this.codec.hidden(this.place(index));
  }

  end(): Iterable<Uint8Array> {
    return this.codec.end();
  }
}

export function profileOf(sound: Sound): Profile {
  const { each } = sound;
  return {
    kind: 'recording',
    timebase: sound.timebase,
    leaves(ticks) {
      const leaves = Math.ceil(ticks / each);
      return leaves <= MAX_PACKETS ? leaves + SURROUND : 0;
    },
    ticksBefore: (index, ticks) => Math.max(0, Math.min(ticks, (index - 1) * each)),
    containerFrom: (leaves) => leaves - 2,
    carve: sound.carve,
    renderings: (record: ObjectRecord) => [{ role: 'playable', renderer: new Player(sound, record) }],
  };
}

/** A codec whose leaves each become one piece of the copy, with nothing behind the last. */
export interface Plain {
  readonly configuration: Uint8Array;
  start(): Uint8Array;
  open(payload: Uint8Array): Uint8Array;
  hidden(): Uint8Array;
}

export function plain(codec: Plain): Codec {
  return {
    start: (configuration) => (equal(configuration, codec.configuration) ? [codec.start()] : refuse('the configuration is not that of the profile')),
    open: (payload) => [codec.open(payload)],
    hidden: () => [codec.hidden()],
    end: () => [],
  };
}

