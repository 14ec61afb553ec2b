// A PDF of pictures alone, byte for byte (docs/format/profiles.md, `tiles-v1`). Memory: one page, and the places of objects.
import { ascii, concat } from '../core/bytes.ts';
import { pack } from './packbits.ts';

const OBJECTS_BEFORE = 2;
const OBJECTS_A_PAGE = 3;
const END_OF_DATA = 128;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a page's packed picture lies in the file. */
export interface Picture extends Size {
  readonly colour: boolean;
  readonly at: number;
  readonly length: number;
}

export class PicturePdf {
  private at = 0;
  private readonly places: number[] = [];

  constructor(
    private readonly dpi: number,
    private readonly pages: readonly Size[],
  ) {}

  private made(bytes: Uint8Array): Uint8Array {
    this.at += bytes.length;
    return bytes;
  }

  private object(body: Uint8Array | string): Uint8Array {
    this.places.push(this.at);
    return this.made(concat(ascii(`${this.places.length} 0 obj\n`), typeof body === 'string' ? ascii(body) : body, ascii('\nendobj\n')));
  }

  *start(): Iterable<Uint8Array> {
    yield this.made(Uint8Array.of(...ascii('%PDF-1.4\n%'), 0xe2, 0xe3, 0xcf, 0xd3, 0x0a));
    yield this.object('<< /Type /Catalog /Pages 2 0 R >>');
    const kids = this.pages.map((_, i) => `${OBJECTS_BEFORE + 1 + OBJECTS_A_PAGE * i} 0 R`).join(' ');
    yield this.object(`<< /Type /Pages /Count ${this.pages.length} /Kids [${kids}] >>`);
  }

  private length(pixels: number): string {
    const hundredths = Math.floor((pixels * 7200) / this.dpi);
    return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
  }

  /** A page of these pixels, grey or red, green and blue of each; tells where its picture lies. */
  *page({ width, height }: Size, colour: boolean, pixels: Uint8Array): Generator<Uint8Array, Picture> {
    const own = this.places.length + 1;
    const [w, h] = [this.length(width), this.length(height)];
    yield this.object(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Contents ${own + 1} 0 R /Resources << /XObject << /P ${own + 2} 0 R >> >> >>`);
    const content = `q ${w} 0 0 ${h} 0 0 cm /P Do Q`;
    yield this.object(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    const packed = pack(pixels);
    const told = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /Device${colour ? 'RGB' : 'Gray'} /BitsPerComponent 8 /Filter /RunLengthDecode `;
    const head = ascii(`<< ${told}/Length ${packed.length + 1} >>\nstream\n`);
    const at = this.at + `${own + 2} 0 obj\n`.length + head.length;
    yield this.object(concat(head, packed, Uint8Array.of(END_OF_DATA), ascii('\nendstream')));
    return { width, height, colour, at, length: packed.length };
  }

  end(): Uint8Array {
    const entries = this.places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
    const count = this.places.length + 1;
    return ascii(`xref\n0 ${count}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${this.at}\n%%EOF\n`);
  }
}
