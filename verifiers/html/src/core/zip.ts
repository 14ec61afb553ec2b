// The strict zip (docs/format/bundle.md §1). Read front to back once; each header is made anew from the name and the content and
// compared byte for byte. Invariant: a file that is accepted has exactly one reading. Knows no bag; the SHA-256 of each content,
// which the bag needs, is taken in the same reading.
import { ascii, compare, concat, equal, latin, MAX_EXACT, refuse } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { Sha256 } from './sha256.ts';
import { type Source, Stream } from './source.ts';

export const MAX_ENTRIES = 100_000;
const MAX_NAME = 200;
const ALL_ONES_16 = 0xffff;
const ALL_ONES_32 = 0xffffffff;
/** 1980-01-01 in DOS form. */
const DOS_DATE = 0x0021;
const VERSION = 20;
const VERSION_ZIP64 = 45;
const LOCAL_HEADER = 30;
/** Contents of these sizes are hashed by the browser itself. */
const LEAST_NATIVE = 2 ** 18;
const MOST_NATIVE = 2 ** 26;

export interface Entry {
  readonly name: string;
  /** Where the content begins in the file. */
  readonly at: number;
  readonly size: number;
  readonly sha256: Uint8Array;
  readonly crc: number;
  readonly header: number;
}

type Field = readonly [width: 2 | 4 | 8, value: number];

function pack(...fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

/** The zip64 field for these values; empty if there are none. */
function zip64(values: readonly number[]): Uint8Array {
  if (values.length === 0) return new Uint8Array(0);
  return pack([2, 1], [2, 8 * values.length], ...values.map((value): Field => [8, value]));
}

function localHeader(name: string, crc: number, size: number): Uint8Array {
  const wide = size >= ALL_ONES_32;
  const extra = zip64(wide ? [size, size] : []);
  const stated = wide ? ALL_ONES_32 : size;
  return concat(
    pack([4, 0x04034b50], [2, wide ? VERSION_ZIP64 : VERSION], [2, 0], [2, 0], [2, 0], [2, DOS_DATE], [4, crc], [4, stated], [4, stated], [2, name.length], [2, extra.length]),
    ascii(name),
    extra,
  );
}

function centralHeader(entry: Entry): Uint8Array {
  const wide = entry.size >= ALL_ONES_32;
  const far = entry.header >= ALL_ONES_32;
  const extra = zip64([...(wide ? [entry.size, entry.size] : []), ...(far ? [entry.header] : [])]);
  const version = extra.length > 0 ? VERSION_ZIP64 : VERSION;
  const stated = wide ? ALL_ONES_32 : entry.size;
  return concat(
    pack([4, 0x02014b50], [2, version], [2, version], [2, 0], [2, 0], [2, 0], [2, DOS_DATE], [4, entry.crc], [4, stated], [4, stated]),
    pack([2, entry.name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, far ? ALL_ONES_32 : entry.header]),
    ascii(entry.name),
    extra,
  );
}

function endRecords(entries: number, start: number, size: number): Uint8Array {
  const few = Math.min(entries, ALL_ONES_16);
  const end = pack([4, 0x06054b50], [2, 0], [2, 0], [2, few], [2, few], [4, Math.min(size, ALL_ONES_32)], [4, Math.min(start, ALL_ONES_32)], [2, 0]);
  if (entries < ALL_ONES_16 && size < ALL_ONES_32 && start < ALL_ONES_32) return end;
  const wide = pack([4, 0x06064b50], [8, 44], [2, VERSION_ZIP64], [2, VERSION_ZIP64], [4, 0], [4, 0], [8, entries], [8, entries], [8, size], [8, start]);
  return concat(wide, pack([4, 0x07064b50], [4, 0], [8, start + size], [4, 1]), end);
}

function checkName(name: string): void {
  const wellFormed = name.length <= MAX_NAME && /^casemate\/[A-Za-z0-9._/-]+$/.test(name);
  const segments = name.split('/');
  if (!wellFormed || segments.some((segment) => segment === '' || segment === '.' || segment === '..')) refuse('a name in the zip is not allowed');
}

/** The size that a local header states, in its zip64 field or beside it. Only compared headers are believed, later. */
function statedSize(header: Uint8Array, extra: Uint8Array): number {
  const stated = new DataView(header.buffer, header.byteOffset).getUint32(18, true);
  if (stated !== ALL_ONES_32) return stated;
  if (extra.length !== 20) refuse('a zip64 field is missing');
  const size = new DataView(extra.buffer, extra.byteOffset).getBigUint64(4, true);
  return size <= BigInt(MAX_EXACT) ? Number(size) : refuse('an entry is too long');
}

/** The hash of a content of this size. Of middling ones the browser's own, which is many times as fast and wants the whole in memory;
 * where a page has none (it may be kept from pages that come by an insecure way), and of all others, the same from ours. */
function hashOf(size: number): { update(bytes: Uint8Array): unknown; digest(): Uint8Array | Promise<Uint8Array> } {
  const native = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (native === undefined || size < LEAST_NATIVE || size > MOST_NATIVE) return new Sha256();
  const whole = new Uint8Array(size);
  let have = 0;
  return {
    update(bytes) {
      whole.set(bytes, have);
      have += bytes.length;
    },
    digest: async () => new Uint8Array(await native.digest('SHA-256', whole)),
  };
}

async function readEntry(stream: Stream, before: string | null, progress: (bytes: number) => void): Promise<Entry> {
  const header = stream.place;
  const fixed = (await stream.take(LOCAL_HEADER)).slice();
  const lengths = new DataView(fixed.buffer);
  const nameLength = lengths.getUint16(26, true);
  if (nameLength > MAX_NAME) refuse('a name in the zip is too long');
  const nameBytes = (await stream.take(nameLength)).slice();
  const name = latin(nameBytes);
  checkName(name);
  if (before !== null && compare(ascii(before), nameBytes) >= 0) refuse('the names in the zip are not sorted');
  const extraLength = lengths.getUint16(28, true);
  if (extraLength !== 0 && extraLength !== 20) refuse('an extra field in the zip is not allowed');
  const extra = (await stream.take(extraLength)).slice();
  const size = statedSize(fixed, extra);
  if (size > stream.left) refuse('an entry goes past the end of the zip');
  const at = stream.place;
  const hash = hashOf(size);
  let crc = 0;
  for (let left = size; left > 0; ) {
    await stream.fill(1);
    const bytes = stream.taken(Math.min(left, stream.have));
    hash.update(bytes);
    crc = crc32(crc, bytes);
    left -= bytes.length;
    progress(stream.place);
  }
  if (!equal(concat(fixed, nameBytes, extra), localHeader(name, crc, size))) refuse('a header in the zip is not as it must be');
  return { name, at, size, sha256: await hash.digest(), crc, header };
}

/** The entries of a file that is a strict zip to its last byte. */
export async function readZip(source: Source, progress: (bytes: number) => void): Promise<Entry[]> {
  if (source.size > MAX_EXACT) refuse('the file is too long');
  const stream = new Stream(source, 1 << 22);
  const entries: Entry[] = [];
  for (;;) {
    await stream.fill(4);
    const mark = stream.peek();
    if (mark[0] !== 0x50 || mark[1] !== 0x4b || mark[2] !== 3 || mark[3] !== 4) break;
    if (entries.length === MAX_ENTRIES) refuse('the zip has too many entries');
    entries.push(await readEntry(stream, entries.at(-1)?.name ?? null, progress));
  }
  const start = stream.place;
  for (const entry of entries) {
    const made = centralHeader(entry);
    if (!equal(await stream.take(made.length), made)) refuse('the directory of the zip is not as it must be');
  }
  const end = endRecords(entries.length, start, stream.place - start);
  if (stream.left !== end.length || !equal(await stream.take(end.length), end)) refuse('the end of the zip is not as it must be');
  progress(source.size);
  return entries;
}
