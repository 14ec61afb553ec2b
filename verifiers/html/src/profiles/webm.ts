// WebM with one track of Opus (RFC 8794, RFC 9559) as pieces: what describes the file META, frames of blocks packets, the rest literal.
import { latin, refuse } from '../core/bytes.ts';
import { type Source, Window } from '../core/source.ts';
import { Pieces } from './pieces.ts';

const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const INFO = 0x1549a966;
const TRACKS = 0x1654ae6b;
const CUES = 0x1c53bb6b;
const TAGS = 0x1254c367;
const CHAPTERS = 0x1043a770;
const ATTACHMENTS = 0x1941a469;
const SEEK_HEAD = 0x114d9b74;
const META = [INFO, TRACKS, TAGS, CHAPTERS, ATTACHMENTS];
/** What ends a cluster of unknown size. */
const OF_SEGMENT = [...META, CUES, SEEK_HEAD, CLUSTER];
const DOC_TYPE = 0x4282;
const TRACK_ENTRY = 0xae;
const TRACK_NUMBER = 0xd7;
const CODEC_ID = 0x86;
const CODEC_PRIVATE = 0x63a2;
const ENCODINGS = 0x6d80;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const ENCRYPTED_BLOCK = 0xaf;
const DISCARD_PADDING = 0x75a2;
const MAX_DESCRIPTION = 65_536;
const MAX_TORN = 65_536;
const MAX_BLOCK = 2 ** 20;
const INVISIBLE = 8;

interface Element {
  readonly id: number;
  readonly at: number;
  readonly body: number;
  /** Where it ends; of unknown size: Infinity. */
  readonly end: number;
}

/** A number of EBML with its marker: how many bytes it takes, and its value. */
function vint(bytes: Uint8Array, at: number, most: number): readonly [width: number, value: number, unknown: boolean] | null {
  const first = bytes[at];
  if (first === undefined) return null;
  const width = Math.clz32(first) - 23;
  if (width > most || at + width > bytes.length) return width > most ? refuse('the original has a number of another form') : null;
  let value = first & (0xff >> width);
  let unknown = value === 0xff >> width;
  for (let i = 1; i < width; i++) {
    value = value * 256 + (bytes[at + i] as number);
    unknown &&= bytes[at + i] === 255;
  }
  return unknown || value <= Number.MAX_SAFE_INTEGER ? [width, value, unknown] : refuse('the original has a number that is too large');
}

/** The element at this place; null if the bytes end inside its head. */
function elementOf(bytes: Uint8Array, place: number): Element | null {
  const id = vint(bytes, 0, 4);
  const size = id === null ? null : vint(bytes, id[0], 8);
  if (id === null || size === null) return null;
  const [width] = id;
  const body = place + width + size[0];
  return { id: id[1] + 2 ** (7 * width), at: place, body, end: size[2] ? Infinity : body + size[1] };
}

/** The elements in the body of a small master. */
function inside(bytes: Uint8Array): { readonly id: number; readonly body: Uint8Array }[] {
  const found: { id: number; body: Uint8Array }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const element = elementOf(bytes.subarray(at), at);
    if (element === null || element.end > bytes.length) return refuse('the original has an element that goes past its end');
    found.push({ id: element.id, body: bytes.subarray(element.body, element.end) });
    at = element.end;
  }
  return found;
}

function number(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function readTracks(body: Uint8Array): { readonly track: number; readonly head: Uint8Array } {
  const entries = inside(body).filter(({ id }) => id === TRACK_ENTRY);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) return refuse('the original does not have one track');
  const fields = inside(entry.body);
  const field = (id: number): Uint8Array => fields.find((one) => one.id === id)?.body ?? refuse('the original does not describe its track');
  if (fields.some(({ id }) => id === ENCODINGS)) refuse('the original has its sound encoded again');
  if (latin(field(CODEC_ID)) !== 'A_OPUS') refuse('the original has sound of another kind');
  return { track: number(field(TRACK_NUMBER)), head: field(CODEC_PRIVATE).slice() };
}

/** The lengths of a block's frames, and where the first begins. */
function framesOf(block: Uint8Array, track: number): readonly [first: number, lengths: readonly number[]] {
  const own = vint(block, 0, 8);
  if (own === null || own[1] !== track || block.length < own[0] + 3) return refuse('the original has a block of another track');
  const flags = block[own[0] + 2] as number;
  const lacing = (flags >> 1) & 3;
  let at = own[0] + 3;
  if ((flags & INVISIBLE) !== 0) refuse('the original has a block that is not to be heard');
  if (lacing === 0) return [at, [block.length - at]];
  const count = (block[at++] ?? refuse('a block of the original ends too early')) + 1;
  const lengths: number[] = [];
  if (lacing === 2) {
    const each = (block.length - at) / count;
    return Number.isInteger(each) ? [at, new Array<number>(count).fill(each)] : refuse('a block of the original is laced otherwise');
  }
  for (let i = 0; i + 1 < count; i++) {
    if (lacing === 1) {
      let length = 0;
      let byte: number;
      do {
        byte = block[at++] ?? refuse('a block of the original ends too early');
        length += byte;
      } while (byte === 255);
      lengths.push(length);
    } else {
      const read = vint(block, at, 8);
      if (read === null) return refuse('a block of the original ends too early');
      at += read[0];
      lengths.push(i === 0 ? read[1] : (lengths[i - 1] as number) + read[1] - (2 ** (7 * read[0] - 1) - 1));
    }
  }
  const rest = lengths.reduce((left, length) => left - length, block.length - at);
  lengths.push(rest);
  return lengths.some((length) => length < 0) ? refuse('a block of the original is laced otherwise') : [at, lengths];
}

class Scan {
  private readonly window: Window;
  readonly pieces = new Pieces();
  head: Uint8Array | null = null;
  private track = 0;
  private info = false;
  private discarded = false;

  constructor(private readonly source: Source) {
    this.window = new Window(source);
  }

  private async element(at: number): Promise<Element | null> {
    return elementOf(await this.window.read(at, 12), at);
  }

  /** The file ends inside an element: what is left of it is literal. */
  private torn(at: number): number {
    if (this.source.size - at > MAX_TORN) refuse('the original ends inside an element');
    this.pieces.literal(at, this.source.size - at);
    return this.source.size;
  }

  async run(): Promise<void> {
    const ebml = await this.element(0);
    if (ebml === null || ebml.id !== EBML || ebml.end > this.source.size || ebml.end - ebml.body > MAX_DESCRIPTION) return refuse('the original is no WebM file');
    const type = inside(await this.window.take(ebml.body, ebml.end - ebml.body)).find(({ id }) => id === DOC_TYPE)?.body;
    if (type === undefined || !['webm', 'matroska'].includes(latin(type).replace(/\0+$/, ''))) refuse('the original is no WebM file');
    const segment = await this.element(ebml.end);
    if (segment === null || segment.id !== SEGMENT) return refuse('the original has no segment');
    this.pieces.literal(0, segment.body);
    const end = await this.segment(segment.body, segment.end);
    if (end !== this.source.size) refuse('the original goes on behind its segment');
    if (this.head === null || this.pieces.packets === 0) refuse('the original has no sound');
  }

  private async segment(from: number, end: number): Promise<number> {
    let at = from;
    while (at < Math.min(end, this.source.size)) {
      const element = await this.element(at);
      if (element === null) return this.torn(at);
      if (element.end > end && element.end !== Infinity) refuse('an element of the original goes past the one it lies in');
      if (element.id === CLUSTER) {
        at = await this.cluster(element, end);
        continue;
      }
      if (element.end === Infinity) return refuse('an element of the original has no size');
      if (element.end > this.source.size) return this.torn(at);
      await this.describe(element);
      at = element.end;
    }
    return at;
  }

  private async describe({ id, at, body, end }: Element): Promise<void> {
    if (!META.includes(id)) return this.pieces.literal(at, end - at);
    if (id === INFO || id === TRACKS) {
      if (end - at > MAX_DESCRIPTION || (id === TRACKS && this.head !== null)) refuse('the original is described otherwise');
      if (id === INFO) this.info = true;
      else ({ track: this.track, head: this.head } = readTracks((await this.window.take(body, end - body)).slice()));
    }
    this.pieces.meta(at, end - at);
  }

  private async cluster(cluster: Element, outer: number): Promise<number> {
    if (this.head === null || !this.info) refuse('the original has sound before it describes it');
    const end = Math.min(cluster.end, outer);
    this.pieces.literal(cluster.at, cluster.body - cluster.at);
    let at = cluster.body;
    while (at < Math.min(end, this.source.size)) {
      const element = await this.element(at);
      if (element === null) return this.torn(at);
      if (cluster.end === Infinity && OF_SEGMENT.includes(element.id)) return at;
      if (element.end > end) return refuse('an element of the original goes past the one it lies in');
      if (element.end === Infinity) return refuse('an element of the original has no size');
      if (element.end > this.source.size) return this.torn(at);
      await this.inCluster(element);
      at = element.end;
    }
    return at;
  }

  private async inCluster(element: Element): Promise<void> {
    const { id, at, body, end } = element;
    if (id === ENCRYPTED_BLOCK) refuse('the original has sound that is encrypted');
    if (id === SIMPLE_BLOCK) return this.block(at, body, end);
    if (id !== BLOCK_GROUP) return this.pieces.literal(at, end - at);
    this.pieces.literal(at, body - at);
    let discards = false;
    for (let next = body; next < end; ) {
      const child = await this.element(next);
      if (child === null || child.end > end) return refuse('an element of the original goes past the one it lies in');
      if (child.id === BLOCK) await this.block(next, child.body, child.end);
      else this.pieces.literal(next, child.end - next);
      if (child.id === DISCARD_PADDING && (await this.window.take(child.body, child.end - child.body)).some((byte) => byte !== 0)) discards = true;
      next = child.end;
    }
    this.discarded ||= discards;
  }

  private async block(at: number, body: number, end: number): Promise<void> {
    if (this.discarded) refuse('the original has sound behind what is not to be heard');
    if (end - body > MAX_BLOCK) refuse('the original has a block that is too long');
    const [first, lengths] = framesOf(await this.window.take(body, end - body), this.track);
    this.pieces.literal(at, body + first - at);
    let place = body + first;
    for (const length of lengths) {
      if (length === 0) refuse('the original has a packet of no bytes');
      this.pieces.packet(place, length);
      place += length;
    }
  }
}

export async function scanWebm(source: Source): Promise<{ readonly pieces: Pieces; readonly head: Uint8Array }> {
  const scan = new Scan(source);
  await scan.run();
  return { pieces: scan.pieces, head: scan.head as Uint8Array };
}
