// `csv-v1`: a table in cells, as they stand, quotes included. Decodes nothing.
import { equal, refuse } from '../core/bytes.ts';
import { decode, encode, Fields } from '../core/cbor.ts';
import type { Leaf } from '../core/object.ts';
import { type Source, Stream } from '../core/source.ts';
import { pieces } from './profile.ts';

const DELIMITERS = [0x2c, 0x3b, 0x09, 0x7c];
const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;
const MARK = Uint8Array.of(0xef, 0xbb, 0xbf);
const MAX_CELL = 2 ** 20;
const MAX_CELLS = 2 ** 25;
const MAX_RUNS = 2 ** 18;
/** How a row ends. */
const END = { source: 0, lf: 1, crlf: 2, cr: 3 } as const;

/** Reads a source byte for byte, with one byte of foresight. */
class Bytes {
  private readonly stream: Stream;
  private bytes: Uint8Array = new Uint8Array(0);
  private at = 0;

  constructor(source: Source) {
    this.stream = new Stream(source);
  }

  /** Brings the byte at `ahead` into reach if there is one. */
  async reach(): Promise<void> {
    if (this.bytes.length - this.at >= 2 || this.stream.left === 0) return;
    await this.stream.fill(1);
    const more = this.stream.taken(this.stream.have);
    const joined = new Uint8Array(this.bytes.length - this.at + more.length);
    joined.set(this.bytes.subarray(this.at));
    joined.set(more, this.bytes.length - this.at);
    this.bytes = joined;
    this.at = 0;
  }

  get near(): boolean {
    return this.bytes.length - this.at >= 2;
  }

  peek(ahead = 0): number | undefined {
    return this.bytes[this.at + ahead];
  }

  skip(): void {
    this.at += 1;
  }
}

async function beginsWithMark(source: Source): Promise<boolean> {
  return source.size >= 3 && equal(await source.read(0, 3), MARK);
}

/** The delimiter that stands most often in the first line, outside quotes. */
async function delimiterOf(source: Source): Promise<number> {
  const counts = new Map(DELIMITERS.map((delimiter) => [delimiter, 0]));
  const bytes = new Bytes(source);
  let quoted = false;
  for (;;) {
    if (!bytes.near) await bytes.reach();
    const byte = bytes.peek();
    if (byte === undefined || (!quoted && (byte === LF || byte === CR))) break;
    bytes.skip();
    // Where a cell begins is not known before the delimiter is: here each quote opens or closes.
    if (byte === QUOTE) quoted = !quoted;
    else if (!quoted && counts.has(byte)) counts.set(byte, (counts.get(byte) ?? 0) + 1);
  }
  let best = DELIMITERS[0] as number;
  for (const delimiter of DELIMITERS) if ((counts.get(delimiter) ?? 0) > (counts.get(best) ?? 0)) best = delimiter;
  return best;
}

/** Runs of rows that have as many cells and end alike. */
class Rows {
  readonly runs: number[] = [];
  private cells = 0;

  cell(): void {
    this.cells += 1;
  }

  end(end: number): void {
    const last = this.runs.length - 3;
    if (last >= 0 && this.runs[last] === this.cells && this.runs[last + 1] === end) this.runs[last + 2] = (this.runs[last + 2] as number) + 1;
    else this.runs.push(this.cells, end, 1);
    if (this.runs.length > 3 * MAX_RUNS) refuse('the original has more kinds of rows than the profile takes');
    this.cells = 0;
  }
}

async function* cells(source: Source): AsyncGenerator<Leaf> {
  const start = await source.read(0, Math.min(2, source.size));
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) refuse('the original has a UTF-16 mark');
  const delimiter = await delimiterOf(source);
  const bytes = new Bytes(source);
  const rows = new Rows();
  const cell: number[] = [];
  let quoted = false;
  let count = 0;
  const taken = (): Leaf => {
    count += 1;
    if (count > MAX_CELLS) refuse('the original has more cells than the profile takes');
    rows.cell();
    return { ticks: 1, payload: Uint8Array.from(cell.splice(0)) };
  };
  let quoteAt = (await beginsWithMark(source)) ? MARK.length : 0;
  let inRow = false;
  for (;;) {
    if (!bytes.near) await bytes.reach();
    const byte = bytes.peek();
    if (byte === undefined) break;
    bytes.skip();
    if (byte === 0) refuse('the original has a NUL byte');
    inRow = true;
    if (!quoted && byte === delimiter) {
      yield taken();
      quoteAt = 0;
      continue;
    }
    if (!quoted && (byte === LF || byte === CR)) {
      const crlf = byte === CR && bytes.peek() === LF;
      if (crlf) bytes.skip();
      yield taken();
      rows.end(crlf ? END.crlf : byte === LF ? END.lf : END.cr);
      quoteAt = 0;
      inRow = false;
      continue;
    }
    if (byte === QUOTE) {
      if (quoted && bytes.peek() === QUOTE) {
        cell.push(QUOTE);
        bytes.skip();
      } else if (quoted) quoted = false;
      else if (cell.length === quoteAt || cell.length === 0) quoted = true;
    }
    cell.push(byte);
    if (cell.length > MAX_CELL) refuse('the original has a cell that is too long');
  }
  if (quoted) refuse('the original ends inside a quote');
  if (inRow) {
    yield taken();
    rows.end(END.source);
  }
  yield { ticks: 0, payload: encode({ 0: 1, 1: delimiter, 2: rows.runs }) };
}

/** A container that is none is not judged (profiles.md): the table is shown without its rows. */
function shapeOf(container: Uint8Array): unknown {
  try {
    return decode(container, 'the shape of the table');
  } catch {
    return null;
  }
}

/** The cells of each row by a container, of at most this many rows; none if it does not say. */
export function rowsOf(container: Uint8Array, most: number): number[] {
  const rows: number[] = [];
  const value = shapeOf(container);
  const runs = value instanceof Fields ? value.get(2) : null;
  if (!Array.isArray(runs)) return rows;
  for (let i = 0; i + 2 < runs.length; i += 3) {
    const [cells, , count] = runs.slice(i, i + 3);
    for (let row = 0; row < Number(count) && rows.length < most; row++) rows.push(Number(cells));
  }
  return rows;
}

export const csv = pieces('cells', cells);
