// The headers of Vorbis (Vorbis I §4.2), read for the modes and blocks alone: which block a packet has. Decodes no sound.
import { latin, refuse } from '../core/bytes.ts';

const MAX_MODES = 64;

/** Bits, lowest first. */
class Bits {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get left(): number {
    return this.bytes.length * 8 - this.at;
  }

  skip(width: number): void {
    this.at += width;
    if (this.left < 0) refuse('the set-up header of Vorbis ends too early');
  }

  /** At most 32 bits. */
  take(width: number): number {
    const from = this.at;
    this.skip(width);
    let value = 0;
    for (let i = 0; i < width; i++) value += (((this.bytes[(from + i) >> 3] as number) >> ((from + i) & 7)) & 1) * 2 ** i;
    return value;
  }
}

function ilog(value: number): number {
  return value === 0 ? 0 : 32 - Math.clz32(value);
}

/** The greatest number whose power `dimensions` is not above `entries`. */
function lookupValues(entries: number, dimensions: number): number {
  let value = Math.floor(entries ** (1 / dimensions));
  while ((value + 1) ** dimensions <= entries) value += 1;
  while (value > 0 && value ** dimensions > entries) value -= 1;
  return value;
}

function codebook(bits: Bits): void {
  if (bits.take(24) !== 0x564342) refuse('the set-up header of Vorbis has another form');
  const dimensions = bits.take(16);
  const entries = bits.take(24);
  if (bits.take(1) === 1) {
    bits.skip(5);
    for (let current = 0; current < entries; ) {
      current += bits.take(ilog(entries - current));
      if (current > entries || bits.left === 0) refuse('the set-up header of Vorbis has another form');
    }
  } else {
    const sparse = bits.take(1) === 1;
    for (let entry = 0; entry < entries; entry++) if (!sparse || bits.take(1) === 1) bits.skip(5);
  }
  const lookup = bits.take(4);
  if (lookup > 2) refuse('the set-up header of Vorbis has another form');
  if (lookup === 0) return;
  if (dimensions === 0) refuse('the set-up header of Vorbis has another form');
  bits.skip(64);
  const width = bits.take(4) + 1;
  bits.skip(1);
  bits.skip(width * (lookup === 1 ? lookupValues(entries, dimensions) : entries * dimensions));
}

function floorOfKind0(bits: Bits): void {
  bits.skip(8 + 16 + 16 + 6 + 8);
  bits.skip(8 * (bits.take(4) + 1));
}

function floorOfKind1(bits: Bits): void {
  const classes = Array.from({ length: bits.take(5) }, () => bits.take(4));
  const dimensions: number[] = [];
  for (let i = 0; i <= Math.max(-1, ...classes); i++) {
    dimensions.push(bits.take(3) + 1);
    const subclasses = bits.take(2);
    if (subclasses > 0) bits.skip(8);
    bits.skip(8 * 2 ** subclasses);
  }
  bits.skip(2);
  const range = bits.take(4);
  for (const one of classes) bits.skip(range * (dimensions[one] as number));
}

function residue(bits: Bits): void {
  if (bits.take(16) > 2) refuse('the set-up header of Vorbis has another form');
  bits.skip(3 * 24);
  const classifications = bits.take(6) + 1;
  bits.skip(8);
  const cascades = Array.from({ length: classifications }, () => {
    const low = bits.take(3);
    return (bits.take(1) === 1 ? bits.take(5) : 0) * 8 + low;
  });
  for (const cascade of cascades) for (let bit = 0; bit < 8; bit++) if (((cascade >> bit) & 1) === 1) bits.skip(8);
}

function mapping(bits: Bits, channels: number): void {
  if (bits.take(16) !== 0) refuse('the set-up header of Vorbis has another form');
  const submaps = bits.take(1) === 1 ? bits.take(4) + 1 : 1;
  if (bits.take(1) === 1) bits.skip((bits.take(8) + 1) * 2 * ilog(channels - 1));
  if (bits.take(2) !== 0) refuse('the set-up header of Vorbis has another form');
  if (submaps > 1) bits.skip(4 * channels);
  bits.skip(24 * submaps);
}

function times(bits: Bits, width: number, one: () => void): void {
  for (let left = bits.take(width) + 1; left > 0; left--) one();
}

/** Whether each mode has a long block. The header must end with its last byte. */
export function readModes(setup: Uint8Array, channels: number): readonly boolean[] {
  if (setup[0] !== 5 || latin(setup.subarray(1, 7)) !== 'vorbis') refuse('the set-up header of Vorbis has another form');
  const bits = new Bits(setup.subarray(7));
  times(bits, 8, () => codebook(bits));
  times(bits, 6, () => (bits.take(16) === 0 ? undefined : refuse('the set-up header of Vorbis has another form')));
  times(bits, 6, () => {
    const kind = bits.take(16);
    if (kind > 1) refuse('the set-up header of Vorbis has another form');
    if (kind === 0) floorOfKind0(bits);
    else floorOfKind1(bits);
  });
  times(bits, 6, () => residue(bits));
  times(bits, 6, () => mapping(bits, channels));
  const modes: boolean[] = [];
  times(bits, 6, () => {
    modes.push(bits.take(1) === 1);
    if (bits.take(32) !== 0) refuse('the set-up header of Vorbis has another form');
    bits.skip(8);
  });
  if (bits.take(1) !== 1 || bits.left > 7 || modes.length > MAX_MODES) refuse('the set-up header of Vorbis goes on behind its end');
  return modes;
}

/** What a packet of sound says of its block. */
export interface Block {
  readonly long: boolean;
  /** Of a long block, whether the ones before and behind are long. */
  readonly before: boolean;
  readonly behind: boolean;
}

export function modeBits(modes: readonly boolean[]): number {
  return ilog(modes.length - 1);
}

export function blockOf(packet: Uint8Array, modes: readonly boolean[]): Block {
  const value = (packet[0] ?? 1) | ((packet[1] ?? 0) << 8);
  const width = modeBits(modes);
  const long = modes[(value >> 1) & (2 ** width - 1)];
  if ((value & 1) !== 0 || long === undefined) return refuse('a packet of sound is not one of Vorbis');
  if (packet.length * 8 < 1 + width + (long ? 2 : 0)) refuse('a packet of sound is not one of Vorbis');
  const flag = (at: number): boolean => ((value >> at) & 1) === 1;
  return { long, before: long && flag(1 + width), behind: long && flag(2 + width) };
}
