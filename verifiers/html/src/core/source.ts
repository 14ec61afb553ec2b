// Where bytes come from: a file that is read in pieces. Invariant: memory is bounded by the piece, never by the file. Knows no
// format, and not whether the file is a Blob of a browser or a handle of Node.
import { concat, refuse } from './bytes.ts';

export interface Source {
  readonly size: number;
  /** Exactly these bytes; the range must lie inside. */
  read(at: number, length: number): Promise<Uint8Array>;
}

/** A part of a source, as a source. */
export function part(source: Source, start: number, size: number): Source {
  return { size, read: (at, length) => source.read(start + at, length) };
}

export function inMemory(bytes: Uint8Array): Source {
  return { size: bytes.length, read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)) };
}

const PIECE = 1 << 20;

/** Reads a source front to back. `have` bytes lie in memory; `fill` brings more. The piece that comes next is asked for as
 * soon as one is there, so that the file is read while its bytes are looked at. */
export class Stream {
  private piece: Uint8Array = new Uint8Array(0);
  private at = 0;
  private next = 0;
  private ahead: Promise<Uint8Array> | null = null;

  constructor(
    private readonly source: Source,
    private readonly step = PIECE,
  ) {}

  /** Bytes that are not read yet. */
  get left(): number {
    return this.have + (this.source.size - this.next);
  }

  get have(): number {
    return this.piece.length - this.at;
  }

  /** Bytes that are read already. */
  get place(): number {
    return this.source.size - this.left;
  }

  /** Brings at least `length` bytes into memory, or refuses: the source is too short. */
  async fill(length: number): Promise<void> {
    if (this.have >= length) return;
    if (this.left < length) refuse('the bytes end too early');
    while (this.have < length) {
      const read = await (this.ahead ?? this.ask(length - this.have));
      this.ahead = null;
      this.next += read.length;
      this.piece = this.have === 0 ? read : concat(this.peek(), read);
      this.at = 0;
    }
    if (this.next < this.source.size) this.ahead = this.ask(0);
  }

  private ask(least: number): Promise<Uint8Array> {
    const more = Math.min(Math.max(least, this.step), this.source.size - this.next);
    const asked = this.source.read(this.next, more).then((read) => {
      if (read.length !== more) throw new Error('the file could not be read to its end');
      return read;
    });
    // Whoever takes no more does not wait for it either.
    asked.catch(() => undefined);
    return asked;
  }

  async take(length: number): Promise<Uint8Array> {
    if (this.have < length) await this.fill(length);
    return this.taken(length);
  }

  /** The next bytes; they must be in memory. They may be overwritten by nobody, but hold the piece in memory. */
  taken(length: number): Uint8Array {
    const bytes = this.piece.subarray(this.at, this.at + length);
    this.at += length;
    return bytes;
  }

  /** What lies in memory and is not taken; it stays. */
  peek(): Uint8Array {
    return this.piece.subarray(this.at);
  }
}

/** Reads a source at any place, from a piece that is kept: what is asked for in order is read once. */
export class Window {
  private piece: Uint8Array = new Uint8Array(0);
  private from = 0;

  constructor(
    private readonly source: Source,
    private readonly step = PIECE,
  ) {}

  get size(): number {
    return this.source.size;
  }

  /** The bytes from `at` on, fewer than `length` where the source ends. */
  async read(at: number, length: number): Promise<Uint8Array> {
    const wanted = Math.min(length, this.size - at);
    if (wanted <= 0) return new Uint8Array(0);
    if (at < this.from || at + wanted > this.from + this.piece.length) {
      const more = Math.min(Math.max(wanted, this.step), this.size - at);
      const piece = await this.source.read(at, more);
      if (piece.length !== more) throw new Error('the file could not be read to its end');
      this.piece = piece;
      this.from = at;
    }
    return this.piece.subarray(at - this.from, at - this.from + wanted);
  }

  /** Exactly these bytes, or a refusal. */
  async take(at: number, length: number): Promise<Uint8Array> {
    const bytes = await this.read(at, length);
    return bytes.length === length ? bytes : refuse('the bytes end too early');
  }
}
