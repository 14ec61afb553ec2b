// Bits, highest first, as MPEG, FLAC and MP4 write them. Invariant: nothing is read past the end; whoever does is refused.
import { Refused } from '../core/bytes.ts';

/** The bytes end inside what was to be read. */
export class Torn extends Refused {}

export type Field = readonly [width: number, value: number];

/** Writes fields of bits, highest first, and zeros to the byte. */
export function bits(...fields: readonly Field[]): Uint8Array {
  return bitsOf(fields);
}

export function bitsOf(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(fields.reduce((sum, [width]) => sum + width, 0) / 8));
  let at = 0;
  for (const [width, value] of fields) {
    let rest = value;
    // From the last bit of the field to its first, a byte of the target at a time.
    for (let end = at + width; end > at; ) {
      const free = ((end - 1) & 7) + 1;
      const here = Math.min(free, end - at);
      bytes[(end - 1) >> 3] = (bytes[(end - 1) >> 3] as number) | ((rest % 2 ** here) << (8 - free));
      rest = Math.floor(rest / 2 ** here);
      end -= here;
    }
    at += width;
  }
  return bytes;
}

export class BitReader {
  /** The next bit, counted from the start. */
  at = 0;
  private readonly end: number;

  constructor(private readonly bytes: Uint8Array) {
    this.end = bytes.length * 8;
  }

  get left(): number {
    return this.end - this.at;
  }

  skip(width: number): void {
    this.at += width;
    if (this.at > this.end) throw new Torn('the bytes end inside a field');
  }

  /** At most 32 bits. */
  take(width: number): number {
    const from = this.at;
    this.skip(width);
    let value = 0;
    for (let at = from, left = width; left > 0; ) {
      const within = at & 7;
      const here = Math.min(8 - within, left);
      value = value * 2 ** here + (((this.bytes[at >> 3] as number) >> (8 - within - here)) & (0xff >> (8 - here)));
      at += here;
      left -= here;
    }
    return value;
  }

  /** How many zeros stand before the next one, which is taken too. */
  zeros(): number {
    const from = this.at;
    let at = from >> 3;
    let byte = (this.bytes[at] ?? 0) & (0xff >> (from & 7));
    while (byte === 0) {
      at += 1;
      if (at >= this.bytes.length) throw new Torn('the bytes end inside a field');
      byte = this.bytes[at] as number;
    }
    const one = at * 8 + (Math.clz32(byte) - 24);
    this.at = one + 1;
    return one - from;
  }

  toByte(): void {
    this.at = (this.at + 7) & ~7;
  }
}
