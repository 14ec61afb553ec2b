// What profiles of compressed sound share: a CFG of version 2 with a decoder configuration, a leaf a frame. Their originals are not
// cut here yet: an item that is handed over whole is *not checked*, never proven. Knows no codec.
import { equal, refuse } from '../core/bytes.ts';
import { encode } from '../core/cbor.ts';
import type { Leaf, ObjectRecord } from '../core/object.ts';
import type { Profile, Renderer } from './profile.ts';

export interface Codec {
  /** The codec, rate and channels that CFG says. */
  readonly codec: string;
  readonly rate: number;
  readonly channels: number;
  readonly configuration: Uint8Array;
  /** Samples a tick, and samples a second. */
  readonly timebase: readonly [number, number];
  /** What stands before the first frame of the playable copy. */
  start(packets: number): Uint8Array;
  /** An open packet as it stands in the copy; what it is not is refused. */
  open(payload: Uint8Array): Uint8Array;
  /** What stands for a hidden packet. */
  hidden(): Uint8Array;
}

const SURROUND = 3;
const MAX_PACKETS = 2 ** 22;
const MAX_LEAF = 2 ** 20;

class Player implements Renderer {
  constructor(
    private readonly codec: Codec,
    private readonly packets: number,
  ) {}

  *open(index: number, { payload }: Leaf): Iterable<Uint8Array> {
    if (index === 0) {
      const { codec, rate, channels, configuration } = this.codec;
      if (!equal(payload, encode({ 0: 2, 1: codec, 2: rate, 3: channels, 4: this.packets, 5: configuration }))) refuse('the configuration is not that of the profile');
      yield this.codec.start(this.packets);
    } else if (index <= this.packets) {
      if (payload.length === 0 || payload.length > MAX_LEAF) refuse('a frame of sound is empty or too long');
      yield this.codec.open(payload);
    }
  }

  *hidden(first: number, leaves: number): Iterable<Uint8Array> {
    if (first === 0) refuse('the configuration of the recording is withheld');
    for (let index = first; index < first + leaves && index <= this.packets; index++) yield this.codec.hidden();
  }

  *end(): Iterable<Uint8Array> {}
}

/** A profile of frames, one tick each; `make` gives a codec for one rendering, since a codec remembers what was open. */
export function compressed(timebase: readonly [number, number], make: () => Codec): Profile {
  return {
    kind: 'recording',
    timebase,
    leaves: (ticks) => (ticks <= MAX_PACKETS ? ticks + SURROUND : 0),
    ticksBefore: (index, ticks) => Math.max(0, Math.min(ticks, index - 1)),
    containerFrom: (leaves) => leaves - 2,
    carve: null,
    renderings: (record: ObjectRecord) => [{ role: 'playable', renderer: new Player(make(), record.ticks) }],
  };
}

/** Writes fields of bits, highest first, and zeros to the byte. */
export function bits(...fields: readonly (readonly [width: number, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(fields.reduce((sum, [width]) => sum + width, 0) / 8));
  let at = 0;
  for (const [width, value] of fields) {
    for (let bit = width - 1; bit >= 0; bit--, at++) if (Math.floor(value / 2 ** bit) % 2 === 1) bytes[at >> 3] = (bytes[at >> 3] as number) | (0x80 >> (at & 7));
  }
  return bytes;
}
