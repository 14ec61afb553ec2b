// `tiles-v1`: pictures of pages in tiles of 64 × 64 pixels, of which some are withheld, and the PDF of pictures that is made from the
// others. Invariant: a tile has one spelling; a withheld one is black. Memory: one page.
import { concat, equal, refuse } from '../core/bytes.ts';
import { decode, encode, Fields } from '../core/cbor.ts';
import type { Leaf, ObjectRecord } from '../core/object.ts';
import { pack, unpack } from './packbits.ts';
import { type Picture, PicturePdf, type Size } from './picturepdf.ts';
import type { Profile, Renderer, ShownPage } from './profile.ts';

const SIDE = 64;
const MAX_SIDE = 16_384;
const MAX_PIXELS = 2 ** 24;
const MAX_PAGES = 65_536;
const MAX_TILES = 2 ** 26;
const [LEAST_DPI, MOST_DPI] = [36, 1200];

interface Pages {
  readonly dpi: number;
  readonly sizes: readonly Size[];
}

function across({ width }: Size): number {
  return Math.ceil(width / SIDE);
}

function tilesOf(size: Size): number {
  return across(size) * Math.ceil(size.height / SIDE);
}

function readPages(payload: Uint8Array, tiles: number): Pages {
  const value = decode(payload, 'the configuration of the pages');
  const [dpi, sides] = value instanceof Fields ? [value.get(1), value.get(2)] : [];
  if (typeof dpi !== 'number' || dpi < LEAST_DPI || dpi > MOST_DPI || !Array.isArray(sides) || sides.length % 2 !== 0 || sides.length > 2 * MAX_PAGES) return refuse('the configuration of the pages has another form');
  const sizes: Size[] = [];
  for (let i = 0; i < sides.length; i += 2) {
    const [width, height] = [sides[i], sides[i + 1]];
    const holds = typeof width === 'number' && typeof height === 'number' && width >= 1 && width <= MAX_SIDE && height >= 1 && height <= MAX_SIDE && width * height <= MAX_PIXELS;
    sizes.push(holds ? { width, height } : refuse('a page has another size than the profile takes'));
  }
  if (!equal(payload, encode({ 0: 1, 1: dpi, 2: sizes.flatMap(({ width, height }) => [width, height]) }))) refuse('the configuration of the pages has another form');
  if (sizes.reduce((sum, size) => sum + tilesOf(size), 0) !== tiles) refuse('the object has other tiles than its pages');
  return { dpi, sizes };
}

/** Pixels of a tile: one byte each where all are grey, else three planes. */
function pixelsOf(payload: Uint8Array, count: number): Uint8Array {
  const [kind, a = 0, b = 0, c = 0] = payload;
  const data = payload.subarray(1);
  if (kind === 0 && data.length === 1) return new Uint8Array(count).fill(a);
  if (kind === 1 && data.length === 3 && !(a === b && b === c)) return concat(new Uint8Array(count).fill(a), new Uint8Array(count).fill(b), new Uint8Array(count).fill(c));
  if (kind !== 2 && kind !== 3) return refuse('a tile is of no kind');
  const pixels = unpack(data, kind === 2 ? count : 3 * count);
  if (!equal(pack(pixels), data)) refuse('a tile is not in its one spelling');
  const planes = kind === 2 ? [pixels] : [0, 1, 2].map((plane) => pixels.subarray(plane * count, (plane + 1) * count));
  if (planes.every((plane) => plane.every((byte) => byte === plane[0]))) refuse('a tile of one colour is written as many');
  if (kind === 3 && equal(planes[0] as Uint8Array, planes[1] as Uint8Array) && equal(planes[1] as Uint8Array, planes[2] as Uint8Array)) refuse('a grey tile is written as one of colour');
  return pixels;
}

/** A page that is being put together. */
class Sheet {
  private readonly grey: Uint8Array;
  private rgb: Uint8Array | null = null;
  private tile = 0;
  private readonly hiddenIn: number[];

  constructor(readonly size: Size) {
    this.grey = new Uint8Array(size.width * size.height);
    this.hiddenIn = new Array<number>(Math.ceil(size.height / SIDE)).fill(0);
  }

  get full(): boolean {
    return this.tile === tilesOf(this.size);
  }

  get colour(): boolean {
    return this.rgb !== null;
  }

  get pixels(): Uint8Array {
    return this.rgb ?? this.grey;
  }

  private get place(): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
    const x = (this.tile % across(this.size)) * SIDE;
    const y = Math.floor(this.tile / across(this.size)) * SIDE;
    return { x, y, width: Math.min(SIDE, this.size.width - x), height: Math.min(SIDE, this.size.height - y) };
  }

  private coloured(): Uint8Array {
    if (this.rgb === null) {
      this.rgb = new Uint8Array(3 * this.grey.length);
      for (let i = 0; i < this.grey.length; i++) this.rgb.fill(this.grey[i] as number, 3 * i, 3 * i + 3);
    }
    return this.rgb;
  }

  open(payload: Uint8Array): void {
    const { x, y, width, height } = this.place;
    const count = width * height;
    const pixels = pixelsOf(payload, count);
    const colour = pixels.length === 3 * count;
    const rgb = colour ? this.coloured() : this.rgb;
    for (let row = 0; row < height; row++) {
      const from = (y + row) * this.size.width + x;
      if (rgb === null) this.grey.set(pixels.subarray(row * width, (row + 1) * width), from);
      else {
        for (let i = 0; i < width; i++) for (let plane = 0; plane < 3; plane++) rgb[3 * (from + i) + plane] = pixels[(colour ? plane * count : 0) + row * width + i] as number;
      }
    }
    this.tile += 1;
  }

  /** A withheld tile: it is black as it is. */
  hidden(): void {
    const row = Math.floor(this.tile / across(this.size));
    this.hiddenIn[row] = (this.hiddenIn[row] as number) + 1;
    this.tile += 1;
  }

  shown(picture: Picture): ShownPage {
    const bands: [number, number][] = [];
    this.hiddenIn.forEach((count, row) => {
      if (count < across(this.size)) return;
      const [from, to] = [row * SIDE, Math.min((row + 1) * SIDE, this.size.height)];
      const last = bands.at(-1);
      if (last?.[1] === from) last[1] = to;
      else bands.push([from, to]);
    });
    return { ...picture, hidden: this.hiddenIn.reduce((sum, count) => sum + count, 0), tiles: tilesOf(this.size), bands };
  }
}

class PagesRenderer implements Renderer {
  readonly pages: ShownPage[] = [];
  private sizes: readonly Size[] = [];
  private pdf: PicturePdf | null = null;
  private sheet: Sheet | null = null;

  constructor(private readonly record: ObjectRecord) {}

  private next(): Sheet {
    const size = this.sizes[this.pages.length];
    this.sheet ??= new Sheet(size ?? refuse('the object has other tiles than its pages'));
    return this.sheet;
  }

  private *turn(): Iterable<Uint8Array> {
    const { sheet, pdf } = this;
    if (sheet === null || pdf === null || !sheet.full) return;
    const picture = yield* pdf.page(sheet.size, sheet.colour, sheet.pixels);
    this.pages.push(sheet.shown(picture));
    this.sheet = null;
  }

  *open(index: number, { payload }: Leaf): Iterable<Uint8Array> {
    if (index > 0) {
      this.next().open(payload);
      return yield* this.turn();
    }
    const { dpi, sizes } = readPages(payload, this.record.ticks);
    this.sizes = sizes;
    this.pdf = new PicturePdf(dpi, sizes);
    yield* this.pdf.start();
  }

  *hidden(first: number, leaves: number): Iterable<Uint8Array> {
    if (first === 0) refuse('the configuration of the pages is withheld');
    for (let left = leaves; left > 0; left--) {
      this.next().hidden();
      yield* this.turn();
    }
  }

  *end(): Iterable<Uint8Array> {
    yield this.pdf?.end() ?? refuse('the configuration of the pages is withheld');
  }
}

export const tiles: Profile = {
  kind: 'pages',
  timebase: [1, 1],
  leaves: (ticks) => (ticks <= MAX_TILES ? ticks + 1 : 0),
  ticksBefore: (index) => Math.max(0, index - 1),
  containerFrom: () => null,
  carve: null,
  renderings: (record) => [{ role: 'pages', renderer: new PagesRenderer(record) }],
};
