// An MP4 file as pieces: its one track of sound as packets, what describes it as META, the rest literal (docs/format/profiles.md,
// `mp4-aac-v1` and the others).
import { refuse } from '../core/bytes.ts';
import { type Source, Window } from '../core/source.ts';
import { type Box, topBoxes, Tree } from './mp4boxes.ts';
import { type CodecName, describe, type Described } from './mp4codec.ts';
import { addFragment, type Defaults, fromTables, Samples } from './mp4samples.ts';

const MAX_TOP = 2 ** 17;
const MAX_MOOF = 4 * 2 ** 20;
const MAX_MOOV = 2 ** 25;
const FIRST = ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot'];
const META = ['udta', 'meta', 'uuid', 'free', 'skip', 'wide'];
const BESIDE = ['text', 'sbtl', 'subt', 'clcp', 'tmcd', 'meta', 'hint', 'odsm', 'sdsm'];
/** How many frames a sample may lie from its leaf's own time. */
const MARGIN: Readonly<Record<CodecName, number>> = { aac: 4, alac: 1, 'amr-nb': 5, 'amr-wb': 5 };

export interface Range {
  readonly at: number;
  readonly length: number;
}

export interface Scanned {
  readonly described: Described;
  readonly samples: Samples;
  readonly meta: readonly Range[];
  /** Refuses unless the samples play when their leaves do; `first` is each sample's first frame. */
  times(first: (sample: number) => number, frames: number): void;
}

interface Edit {
  readonly media: number;
  readonly silence: number;
  readonly plays: number;
}

function edits(trak: Tree): Edit | null {
  const elst = trak.child('edts')?.child('elst') ?? null;
  if (elst === null) return null;
  const width = elst.version === 1 ? 20 : 12;
  const count = elst.entries(4, width);
  let silence = 0;
  for (let i = 0; i < count; i++) {
    const at = 8 + width * i;
    const [lasts, media] = elst.version === 1 ? [elst.u64(at), elst.i64(at + 8)] : [elst.u32(at), elst.i32(at + 4)];
    const rate = elst.u32(at + width - 4);
    if (media === -1 && i + 1 < count) silence += lasts;
    else if (media < 0 || rate !== 0x10000 || i + 1 < count) return refuse('the original has edits that the profile does not take');
    else return { media, silence, plays: lasts };
  }
  return null;
}

function scaleOf(header: Tree): number {
  const scale = header.u32(header.version === 1 ? 20 : 12);
  return scale === 0 ? refuse('the original has no scale of time') : scale;
}

/** The one track of sound; others are none of pictures. */
function trackOf(moov: Tree): Tree {
  const sound: Tree[] = [];
  for (const trak of moov.children().filter(({ type }) => type === 'trak')) {
    const hdlr = trak.the('mdia').the('hdlr');
    const handler = String.fromCharCode(hdlr.u8(8), hdlr.u8(9), hdlr.u8(10), hdlr.u8(11));
    if (handler === 'soun') sound.push(trak);
    else if (!BESIDE.includes(handler)) refuse('the original has a track that is not sound');
  }
  const [trak] = sound;
  return trak === undefined || sound.length > 1 ? refuse('the original does not have one track of sound') : trak;
}

function inItself(minf: Tree): void {
  const references = minf.the('dinf').the('dref').children(8);
  if (references.length !== 1 || (references[0]?.flags ?? 0) % 2 !== 1) refuse('the original has its sound in another file');
}

function defaultsOf(moov: Tree, track: number): Defaults | null {
  const trex = moov.child('mvex')?.children().find((box) => box.type === 'trex' && box.u32(4) === track);
  return trex === undefined ? null : { track, duration: trex.u32(12), size: trex.u32(16) };
}

async function tree(window: Window, box: Box, most: number): Promise<Tree> {
  const length = box.end - box.at;
  if (length > most) refuse(`the box ${box.type} of the original is too long`);
  return new Tree(box.type, box.at, (await window.take(box.at, length)).slice(), box.body - box.at);
}

function metaOf(top: readonly Box[], moov: Tree): Range[] {
  const found: Range[] = top.filter(({ type }) => META.includes(type)).map(({ at, end }) => ({ at, length: end - at }));
  const add = (box: Tree): void => {
    if (META.includes(box.type)) found.push({ at: box.at, length: box.bytes.length });
  };
  for (const box of moov.children()) {
    add(box);
    if (box.type === 'trak') box.children().forEach(add);
  }
  return found.sort((a, b) => a.at - b.at);
}

/** Each sample lies in the body of one `mdat`, behind the one before. */
function places(samples: Samples, top: readonly Box[]): void {
  const bodies = top.filter(({ type }) => type === 'mdat');
  let body = 0;
  let end = 0;
  for (let i = 0; i < samples.count; i++) {
    const at = samples.places[i] as number;
    if (at < end) refuse('the samples of the original are not in the order of the file');
    end = at + (samples.sizes[i] as number);
    while (body < bodies.length && end > (bodies[body] as Box).end) body += 1;
    if (body === bodies.length || at < (bodies[body] as Box).body) refuse('a sample of the original lies outside its media data');
  }
}

export async function scan(source: Source): Promise<Scanned> {
  const window = new Window(source);
  const top = await topBoxes(window, MAX_TOP);
  if (!FIRST.includes(top[0]?.type ?? '')) refuse('the original is no MP4 file');
  const moovs = top.filter(({ type }) => type === 'moov');
  const [only] = moovs;
  if (only === undefined || moovs.length > 1) return refuse('the original does not have one moov');
  const moov = await tree(window, only, MAX_MOOV);
  const trak = trackOf(moov);
  const mdia = trak.the('mdia');
  const minf = mdia.the('minf');
  inItself(minf);
  const stbl = minf.the('stbl');
  const described = describe(stbl.the('stsd'));
  const samples = fromTables(stbl);
  const tkhd = trak.the('tkhd');
  const defaults = defaultsOf(moov, tkhd.u32(tkhd.version === 1 ? 20 : 12));
  for (const box of top) if (box.type === 'moof') addFragment(samples, await tree(window, box, MAX_MOOF), defaults);
  if (samples.count === 0) refuse('the original has no sound');
  places(samples, top);
  const times = clock(samples, described, edits(trak), scaleOf(mdia.the('mdhd')), scaleOf(moov.the('mvhd')));
  return { described, samples, meta: metaOf(top, moov), times };
}

/** A check that sound plays when its leaves do, with the edits and without them. */
function clock(samples: Samples, { codec, samples: frame, rate }: Described, edit: Edit | null, scale: number, movie: number): Scanned['times'] {
  const margin = (MARGIN[codec] * frame) / rate;
  const moved = edit === null ? 0 : edit.silence / movie - edit.media / scale;
  return (first, frames) => {
    for (let i = 0; i < samples.count; i++) {
      const off = (samples.times[i] as number) / scale - (first(i) * frame) / rate;
      if (Math.abs(off) > margin || Math.abs(off + moved) > margin) refuse('the original plays its sound at another time than its packets say');
    }
    const all = (frames * frame) / rate;
    if (edit !== null && edit.plays !== 0 && edit.media / scale + edit.plays / movie < all - margin - frame / rate) refuse('the original does not play all its sound');
  };
}
