// Deterministic CBOR, as docs/format/objects.md §1 has it: unsigned integers, byte strings, texts, arrays, maps with unsigned keys
// ascending, false, true, null; shortest form, definite lengths. Invariant: what is accepted would be written again to the same
// bytes. Knows no record.
import { concat, concatAll, fromUtf8, MAX_EXACT, refuse, utf8 } from './bytes.ts';

export type Uint = number | bigint;
export type Value = Uint | Uint8Array | string | boolean | null | Value[] | Fields;
/** A map with unsigned keys. */
export class Fields extends Map<Uint, Value> {}

const MAX_DEPTH = 16;
/** Items of one value: of a record none has more, and an act's field may not (objects.md §1). */
const MAX_ITEMS = 2 ** 20;

export class Reader {
  at = 0;
  private items = 0;

  constructor(
    readonly bytes: Uint8Array,
    private readonly what: string,
    private readonly maxItems = MAX_ITEMS,
  ) {}

  fault(why: string): never {
    return refuse(`${this.what}: ${why}`);
  }

  get ended(): boolean {
    return this.at === this.bytes.length;
  }

  end(): void {
    if (!this.ended) this.fault('bytes behind the record');
  }

  /** The major type of what comes next, 0 to 7; −1 at the end. */
  major(): number {
    const first = this.bytes[this.at];
    return first === undefined ? -1 : first >> 5;
  }

  private argument(major: number, expected: string): Uint {
    const first = this.bytes[this.at];
    if (first === undefined) this.fault('the record ends too early');
    if (first >> 5 !== major) this.fault(`${expected} expected`);
    this.at += 1;
    const short = first & 31;
    if (short < 24) return short;
    if (short > 27) this.fault('an indefinite or reserved length');
    const width = 1 << (short - 24);
    if (this.at + width > this.bytes.length) this.fault('the record ends too early');
    const wide = width === 8 ? new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at).getBigUint64(0) : 0n;
    let value = Number(wide);
    for (let i = 0; i < width && width < 8; i++) value = value * 256 + (this.bytes[this.at + i] as number);
    this.at += width;
    if (value < (width === 1 ? 24 : 2 ** (4 * width))) this.fault('a number is not in its shortest form');
    return value <= MAX_EXACT ? value : wide;
  }

  uint(): Uint {
    return this.argument(0, 'an unsigned integer');
  }

  /** An integer of 0 … max, max at most 2^53 − 1. */
  number(max: number, what: string): number {
    const value = this.uint();
    return typeof value === 'number' && value <= max ? value : this.fault(`${what} is over its limit`);
  }

  private length(major: number, expected: string): number {
    const length = this.argument(major, expected);
    if (typeof length !== 'number' || length > this.bytes.length - this.at) this.fault('a length goes past the end');
    return length;
  }

  /** The length of a byte string whose bytes may lie elsewhere. */
  lengthOfBytes(): number {
    const length = this.argument(2, 'a byte string');
    return typeof length === 'number' ? length : this.fault('a length is over its limit');
  }

  byteString(): Uint8Array {
    const length = this.length(2, 'a byte string');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  fixed(length: number): Uint8Array {
    const bytes = this.byteString();
    return bytes.length === length ? bytes : this.fault(`${length} bytes expected`);
  }

  text(): string {
    const length = this.length(3, 'a text');
    this.at += length;
    return fromUtf8(this.bytes.subarray(this.at - length, this.at), this.what);
  }

  array(): number {
    return this.length(4, 'an array');
  }

  /** Opens a map of exactly these many entries, whose keys the caller reads. */
  map(entries: number): void {
    if (this.argument(5, 'a map') !== entries) this.fault(`a map of ${entries} entries expected`);
  }

  key(expected: number): void {
    if (this.uint() !== expected) this.fault(`key ${expected} expected`);
  }

  /** Anything of the kinds that are allowed. */
  value(depth = 1): Value {
    if (depth > MAX_DEPTH) this.fault('nested too deep');
    this.items += 1;
    if (this.items > this.maxItems) this.fault('too many items');
    switch (this.major()) {
      case 0:
        return this.uint();
      case 2:
        return this.byteString();
      case 3:
        return this.text();
      case 4: {
        const values: Value[] = [];
        for (let left = this.array(); left > 0; left--) values.push(this.value(depth + 1));
        return values;
      }
      case 5:
        return this.fields(depth);
      case 7:
        return this.simple();
      case -1:
        return this.fault('the record ends too early');
      default:
        return this.fault('a kind that is not allowed');
    }
  }

  private fields(depth: number): Fields {
    const fields = new Fields();
    let last: Uint = -1;
    for (let left = this.length(5, 'a map'); left > 0; left--) {
      const key = this.uint();
      if (key <= last) this.fault('keys are not ascending');
      last = key;
      fields.set(key, this.value(depth + 1));
    }
    return fields;
  }

  private simple(): boolean | null {
    const byte = this.bytes[this.at];
    this.at += 1;
    if (byte === 0xf4) return false;
    if (byte === 0xf5) return true;
    return byte === 0xf6 ? null : this.fault('a simple value that is not allowed');
  }
}

/** Exactly one value and nothing behind it. */
export function decode(bytes: Uint8Array, what: string, maxItems = MAX_ITEMS): Value {
  const reader = new Reader(bytes, what, maxItems);
  const value = reader.value();
  reader.end();
  return value;
}

/** The values of a map that has exactly the keys 0 … count − 1. */
export function record(value: Value | undefined, count: number, what: string): Value[] {
  if (!(value instanceof Fields) || value.size !== count) return refuse(`${what}: a map of ${count} entries expected`);
  const values: Value[] = [];
  for (let key = 0; key < count; key++) {
    const field = value.get(key);
    if (field === undefined) refuse(`${what}: key ${key} is missing`);
    values.push(field);
  }
  return values;
}

function head(major: number, value: number): Uint8Array {
  const kind = major << 5;
  if (value < 24) return Uint8Array.of(kind | value);
  const width = value < 0x100 ? 1 : value < 0x10000 ? 2 : value < 0x1_0000_0000 ? 4 : 8;
  const bytes = new Uint8Array(1 + width);
  bytes[0] = kind | (24 + Math.log2(width));
  for (let i = width, rest = value; i > 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

/** What can be written again: containers and configurations of recordings, made from a whole original. */
export type Writable = number | Uint8Array | string | Writable[] | { readonly [key: number]: Writable };

export function encode(value: Writable): Uint8Array {
  if (typeof value === 'number') return head(0, value);
  if (value instanceof Uint8Array) return concat(head(2, value.length), value);
  if (typeof value === 'string') {
    const bytes = utf8(value);
    return concat(head(3, bytes.length), bytes);
  }
  if (Array.isArray(value)) return concatAll([head(4, value.length), ...value.map(encode)]);
  const entries = Object.entries(value).map(([key, field]): [number, Writable] => [Number(key), field]);
  entries.sort(([a], [b]) => a - b);
  return concat(head(5, entries.length), ...entries.flatMap(([key, field]) => [head(0, key), encode(field)]));
}

/** An array of many numbers, which `encode` would take one by one. */
export function encodeNumbers(numbers: readonly number[]): Uint8Array {
  const start = head(4, numbers.length);
  const bytes = new Uint8Array(start.length + 9 * numbers.length);
  bytes.set(start);
  let at = start.length;
  for (const number of numbers) {
    if (number < 24) bytes[at++] = number;
    else {
      const one = head(0, number);
      bytes.set(one, at);
      at += one.length;
    }
  }
  return bytes.slice(0, at);
}
