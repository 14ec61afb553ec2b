// Ogg (RFC 3533): pages as the copy has them, and the pages and packets of an original of one logical stream.
import { ascii, concat, concatAll, equal, latin, refuse } from '../core/bytes.ts';
import type { Window } from '../core/source.ts';

const CAPTURE = ascii('OggS');
const HEAD = 27;
const MAX_SEGMENTS = 255;
const FULL = 255;
const MAX_PAGE = 65_307;
const CONTINUED = 1;
const FIRST = 2;
const LAST = 4;
const SERIAL = ascii('CASE');
const PACKETS_A_PAGE = 50;
const CRC_AT = 22;

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let i = 0; i < 8; i++) sum = (sum & 0x8000_0000) !== 0 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1;
  return sum >>> 0;
});

function checksum(page: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < page.length; i++) {
    const byte = i >= CRC_AT && i < CRC_AT + 4 ? 0 : (page[i] as number);
    sum = ((sum << 8) ^ (CRC[(sum >>> 24) ^ byte] as number)) >>> 0;
  }
  return sum;
}

function segmentsOf(length: number): number {
  return Math.floor(length / FULL) + 1;
}

/** The copy's pages. A page ends before a packet that it has no room for or that would be its 51st. */
export class OggWriter {
  private number = 0;
  private held: Uint8Array[] = [];
  private segments = 0;
  private granule = 0;

  private page(flags: number, granule: number, lacing: Uint8Array, body: Uint8Array): Uint8Array {
    const head = new Uint8Array(HEAD);
    const view = new DataView(head.buffer);
    head.set(CAPTURE);
    head[5] = flags | (this.number === 0 ? FIRST : 0);
    view.setUint32(6, granule % 2 ** 32, true);
    view.setUint32(10, Math.floor(granule / 2 ** 32), true);
    head.set(SERIAL, 14);
    view.setUint32(18, this.number++, true);
    head[26] = lacing.length;
    const page = concat(head, lacing, body);
    new DataView(page.buffer).setUint32(CRC_AT, checksum(page), true);
    return page;
  }

  private static lacing(packets: readonly Uint8Array[]): Uint8Array {
    return concatAll(packets.map(({ length }) => {
      const lacing = new Uint8Array(segmentsOf(length)).fill(FULL);
      lacing[lacing.length - 1] = length % FULL;
      return lacing;
    }));
  }

  /** Headers on a page of their own, on more where one has no room. */
  *headers(...packets: readonly Uint8Array[]): Iterable<Uint8Array> {
    const lacing = OggWriter.lacing(packets);
    const body = concatAll(packets);
    for (let segment = 0, at = 0; segment < lacing.length; segment += MAX_SEGMENTS) {
      const here = lacing.subarray(segment, segment + MAX_SEGMENTS);
      const length = here.reduce((sum, size) => sum + size, 0);
      yield this.page(segment > 0 ? CONTINUED : 0, 0, here, body.subarray(at, at + length));
      at += length;
    }
  }

  static fits(...packets: readonly Uint8Array[]): boolean {
    return packets.reduce((sum, { length }) => sum + segmentsOf(length), 0) <= MAX_SEGMENTS;
  }

  *packet(bytes: Uint8Array, granule: number): Iterable<Uint8Array> {
    const needed = segmentsOf(bytes.length);
    if (this.held.length === PACKETS_A_PAGE || this.segments + needed > MAX_SEGMENTS) yield* this.flush(0);
    this.held.push(bytes);
    this.segments += needed;
    this.granule = granule;
  }

  private *flush(flags: number): Iterable<Uint8Array> {
    if (this.held.length === 0) return;
    yield this.page(flags, this.granule, OggWriter.lacing(this.held), concatAll(this.held));
    this.held = [];
    this.segments = 0;
  }

  *end(): Iterable<Uint8Array> {
    yield* this.flush(LAST);
  }
}

export interface Page {
  readonly at: number;
  readonly body: number;
  readonly end: number;
  readonly continued: boolean;
  readonly last: boolean;
  readonly granule: bigint;
  readonly lacing: Uint8Array;
}

/** The page at this place if it is whole and its sum is right; else null. */
async function pageAt(window: Window, at: number, serial: Uint8Array | null): Promise<Page | null> {
  const head = await window.read(at, HEAD + MAX_SEGMENTS);
  if (head.length < HEAD || !equal(head.subarray(0, 4), CAPTURE)) return null;
  const segments = head[26] as number;
  const lacing = head.slice(HEAD, HEAD + segments);
  const body = HEAD + segments;
  const length = lacing.reduce((sum, size) => sum + size, body);
  const page = await window.read(at, length);
  if (lacing.length < segments || page.length < length) return null;
  const view = new DataView(page.buffer, page.byteOffset, page.length);
  if (page[4] !== 0 || view.getUint32(CRC_AT, true) !== checksum(page)) return refuse('a page of the original does not have the sum that it says');
  const flags = page[5] as number;
  const own = page.slice(14, 18);
  if ((serial !== null && !equal(own, serial)) || ((flags & FIRST) !== 0) !== (at === 0)) return refuse('the original has more than one stream');
  return { at, body: at + body, end: at + length, continued: (flags & CONTINUED) !== 0, last: (flags & LAST) !== 0, granule: view.getBigInt64(6, true), lacing };
}

/** All pages of an original, and where what is behind the last begins. */
export async function* pagesOf(window: Window): AsyncGenerator<Page> {
  let at = 0;
  let serial: Uint8Array | null = null;
  for (;;) {
    const page = await pageAt(window, at, serial);
    if (page === null) break;
    serial ??= (await window.take(14, 4)).slice();
    yield page;
    at = page.end;
    if (page.last) break;
  }
  if (at === 0) refuse('the original is no Ogg file');
  const tail = await window.read(at, MAX_PAGE);
  if (window.size - at >= MAX_PAGE) refuse('the original goes on behind its last page');
  const text = latin(tail);
  for (let i = text.indexOf('OggS', 1); i > 0; i = text.indexOf('OggS', i + 1)) {
    if ((await pageAt(window, at + i, serial).catch(() => true)) !== null) refuse('the original has a page behind a torn one');
  }
  if ((await pageAt(window, at, null).catch(() => true)) !== null) refuse('the original goes on behind its last page');
}
