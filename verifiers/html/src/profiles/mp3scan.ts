// Cuts an original of layer III into frames, tags and what lies between (docs/format/profiles.md, `mp3-v1`). Whether a frame with a
// CRC refers farther back than the reach is not looked at: that says how much a cut must withhold, and here nothing is.
import { latin, refuse } from '../core/bytes.ts';
import { type Source, Window } from '../core/source.ts';
import { frameLength, sideLength, type Version, VERSIONS } from './mp3frame.ts';
import { Pieces } from './pieces.ts';
import type { Profile } from './profile.ts';
import { tagAt } from './tags.ts';

const HEADER = 4;
const ON_END = 3;
const MAX_GAP = 65_536;
const MAX_GAPS = 64;
const VBRI_AT = 36;

interface Frame {
  readonly length: number;
  readonly version: Version;
  readonly rate: number;
  readonly mono: boolean;
}

/** The frame of layer III whose header this is, or null. */
function frameOf(bytes: Uint8Array): Frame | null {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  if (bytes.length < HEADER || a !== 0xff || (b & 0xe6) !== 0xe2) return null;
  const version = VERSIONS.find(({ code }) => code === ((b >> 3) & 3));
  const rate = version?.rates[(c >> 2) & 3];
  const kilobits = version?.bitrates[c >> 4];
  if (version === undefined || rate === undefined || kilobits === undefined || kilobits === 0 || (d & 3) === 2) return null;
  return { length: frameLength(version, rate, kilobits) + ((c >> 1) & 1), version, rate, mono: d >> 6 === 3 };
}

function alike(a: Frame, b: Frame): boolean {
  return a.version === b.version && a.rate === b.rate && a.mono === b.mono;
}

class Scan {
  private readonly window: Window;
  private readonly pieces = new Pieces();
  private gaps = 0;

  constructor(
    private readonly source: Source,
    private readonly stream: Frame,
  ) {
    this.window = new Window(source);
  }

  private async frameAt(at: number): Promise<Frame | null> {
    return frameOf(await this.window.read(at, HEADER));
  }

  /** Whether three like headers stand on end here, fewer where the file ends behind the second or third. */
  private async begins(at: number, like: Frame): Promise<boolean> {
    let next = at;
    for (let count = 0; count < ON_END; count++) {
      if (count > 0 && next >= this.source.size) return true;
      const frame = await this.frameAt(next);
      if (frame === null || !alike(frame, like)) return false;
      next += frame.length;
    }
    return true;
  }

  /** Whether a frame tells of the file, and is no sound. */
  private async describes(at: number, frame: Frame): Promise<boolean> {
    const bytes = await this.window.read(at, frame.length);
    const behind = HEADER + sideLength(frame.version, frame.mono ? 1 : 2);
    const name = (from: number): string => latin(bytes.subarray(from, from + 4));
    return ['Xing', 'Info'].includes(name(behind)) || name(VBRI_AT) === 'VBRI';
  }

  /** Where the stream begins or goes on behind `at`; the end if nowhere. It goes on by three whole frames. */
  private async goesOn(at: number): Promise<number> {
    const begun = this.pieces.packets > 0;
    const most = Math.min(this.source.size - HEADER, at + MAX_GAP);
    for (let next = at + 1; next <= most; next++) {
      const bytes = await this.window.read(next, HEADER);
      if (bytes[0] === 0xff && (await (begun ? this.threeWhole(next, this.stream) : this.begins(next, this.stream)))) return next;
    }
    return this.source.size;
  }

  /** That no three frames of any kind stand here. */
  private async nothing(from: number): Promise<void> {
    for (let at = from; at + HEADER <= this.source.size; at++) {
      const bytes = await this.window.read(at, HEADER);
      if (bytes[0] === 0xff && (await this.threeWhole(at, null))) refuse('the original has frames of another stream');
    }
  }

  private async threeWhole(at: number, like: Frame | null): Promise<boolean> {
    let first = like;
    let next = at;
    for (let count = 0; count < ON_END; count++) {
      const frame = await this.frameAt(next);
      if (frame === null || (first !== null && !alike(frame, first))) return false;
      first ??= frame;
      next += frame.length;
    }
    return next <= this.source.size;
  }

  private async gap(at: number): Promise<number> {
    const next = await this.goesOn(at);
    if (next - at > MAX_GAP || (this.pieces.packets > 0 && next < this.source.size && ++this.gaps > MAX_GAPS)) refuse('the original has too much between its frames');
    if (next === this.source.size) await this.nothing(at);
    this.pieces.literal(at, next - at);
    return next;
  }

  async run(): Promise<Pieces> {
    let described = false;
    let begun = false;
    for (let at = 0; at < this.source.size; ) {
      const tag = await tagAt(this.window, at);
      if (tag > 0) {
        this.pieces.meta(at, tag);
        at += tag;
        continue;
      }
      const frame = await this.frameAt(at);
      const ofStream = frame !== null && alike(frame, this.stream) && at + frame.length <= this.source.size && (begun || (await this.begins(at, this.stream)));
      if (!ofStream) {
        at = await this.gap(at);
        continue;
      }
      begun = true;
      if (!described && this.pieces.packets === 0 && (await this.describes(at, frame))) {
        described = true;
        this.pieces.meta(at, frame.length);
      } else this.pieces.packet(at, frame.length);
      at += frame.length;
    }
    return this.pieces.packets === 0 ? refuse('the original has no frame') : this.pieces;
  }
}

export async function carveMp3(source: Source, version: Version, rate: number, channels: number): ReturnType<NonNullable<Profile['carve']>> {
  const pieces = await new Scan(source, { length: 0, version, rate, mono: channels === 1 }).run();
  return pieces.frames(source, { codec: 'mp3', rate, channels, configuration: new Uint8Array(0) });
}
