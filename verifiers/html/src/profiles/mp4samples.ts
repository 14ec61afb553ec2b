// The samples of the one track of sound in an MP4 file: where each lies, how long it is, and when it plays by the tables and by the
// fragments. Invariant: what is returned is as long as every table says. Knows no codec.
import { refuse } from '../core/bytes.ts';
import type { Tree } from './mp4boxes.ts';
import { MAX_LEAF, MAX_PACKETS } from './sound.ts';

/** Samples, growing. Times are in the track's own scale. */
export class Samples {
  count = 0;
  places = new Float64Array(1024);
  sizes = new Uint32Array(1024);
  times = new Float64Array(1024);
  /** Where the last ends. */
  end = 0;

  push(at: number, size: number, time: number): void {
    if (size === 0 || size > MAX_LEAF) refuse('the original has a sample that is empty or too long');
    if (this.count === MAX_PACKETS) refuse('the original has more samples than the profile takes');
    if (this.count === this.sizes.length) this.grow();
    this.places[this.count] = at;
    this.sizes[this.count] = size;
    this.times[this.count++] = time;
  }

  private grow(): void {
    const [places, sizes, times] = [new Float64Array(2 * this.count), new Uint32Array(2 * this.count), new Float64Array(2 * this.count)];
    places.set(this.places);
    sizes.set(this.sizes);
    times.set(this.times);
    [this.places, this.sizes, this.times] = [places, sizes, times];
  }
}

/** Walks runs of [count, value]. */
class Runs {
  private left = 0;
  private value = 0;
  private next = 0;

  constructor(
    private readonly table: Tree,
    private readonly runs: number,
  ) {}

  take(): number {
    while (this.left === 0) {
      if (this.next === this.runs) refuse('the tables of the original do not agree');
      this.left = this.table.u32(8 + 8 * this.next);
      this.value = this.table.u32(12 + 8 * this.next++);
    }
    this.left -= 1;
    return this.value;
  }

  end(): void {
    while (this.left === 0 && this.next < this.runs) this.left = this.table.u32(8 + 8 * this.next++);
    if (this.left > 0) refuse('the tables of the original do not agree');
  }
}

function sizesOf(stbl: Tree): { readonly count: number; of(index: number): number } {
  const compact = stbl.child('stz2');
  if (compact !== null) {
    const width = compact.u8(7);
    const count = compact.u32(8);
    if (stbl.child('stsz') !== null || ![4, 8, 16].includes(width) || Math.ceil((count * width) / 8) > compact.length - 12) refuse('the sizes of the original have another form');
    return { count, of: (i) => (width === 16 ? compact.u16(12 + 2 * i) : width === 8 ? compact.u8(12 + i) : (compact.u8(12 + (i >> 1)) >> (i % 2 === 0 ? 4 : 0)) & 15) };
  }
  const stsz = stbl.the('stsz');
  const each = stsz.u32(4);
  const count = each === 0 ? stsz.entries(8, 4) : stsz.u32(8);
  return { count, of: (i) => (each === 0 ? stsz.u32(12 + 4 * i) : each) };
}

/** The samples that `moov` tells of. */
export function fromTables(stbl: Tree): Samples {
  if (stbl.child('ctts') !== null) refuse('the original has sound that is shown in another order');
  const samples = new Samples();
  const sizes = sizesOf(stbl);
  if (sizes.count > MAX_PACKETS) refuse('the original has more samples than the profile takes');
  const stts = stbl.the('stts');
  const durations = new Runs(stts, stts.entries(4, 8));
  const stsc = stbl.the('stsc');
  const groups = stsc.entries(4, 12);
  const far = stbl.child('co64');
  const offsets = far ?? stbl.the('stco');
  if (far !== null && stbl.child('stco') !== null) refuse('the original has two tables of places');
  const chunks = offsets.entries(4, far === null ? 4 : 8);
  let index = 0;
  for (let group = 0; group < groups; group++) {
    const first = stsc.u32(8 + 12 * group);
    const each = stsc.u32(12 + 12 * group);
    const next = group + 1 < groups ? stsc.u32(8 + 12 * (group + 1)) : chunks + 1;
    if ((group === 0 && first !== 1) || next <= first || next > chunks + 1 || each === 0 || stsc.u32(16 + 12 * group) !== 1) refuse('the tables of the original do not agree');
    for (let chunk = first; chunk < next; chunk++) {
      let at = far === null ? offsets.u32(8 + 4 * (chunk - 1)) : offsets.u64(8 + 8 * (chunk - 1));
      for (let i = 0; i < each; i++) {
        if (index === sizes.count) refuse('the tables of the original do not agree');
        const size = sizes.of(index++);
        samples.push(at, size, samples.end);
        samples.end += durations.take();
        at += size;
      }
    }
  }
  if (index !== sizes.count || (groups === 0 && chunks > 0)) refuse('the tables of the original do not agree');
  durations.end();
  return samples;
}

/** What `trex` says where a fragment says nothing. */
export interface Defaults {
  readonly track: number;
  readonly duration: number;
  readonly size: number;
}

const TFHD = { base: 1, description: 2, duration: 8, size: 0x10, flags: 0x20, baseIsMoof: 0x20000 } as const;
const TRUN = { offset: 1, first: 4, duration: 0x100, size: 0x200, flags: 0x400, composition: 0x800 } as const;

function fragment(samples: Samples, moof: Tree, traf: Tree, defaults: Defaults): void {
  const tfhd = traf.the('tfhd');
  if (tfhd.u32(4) !== defaults.track) refuse('the original has a fragment of another track');
  let at = 8;
  const field = (flag: number, width: number): number | null => {
    if ((tfhd.flags & flag) === 0) return null;
    at += width;
    return width === 8 ? tfhd.u64(at - 8) : tfhd.u32(at - 4);
  };
  const base = field(TFHD.base, 8);
  if ((field(TFHD.description, 4) ?? 1) !== 1) refuse('the original has a fragment of another description');
  const duration = field(TFHD.duration, 4) ?? defaults.duration;
  const size = field(TFHD.size, 4) ?? defaults.size;
  const tfdt = traf.child('tfdt');
  if (tfdt !== null) samples.end = tfdt.version === 0 ? tfdt.u32(4) : tfdt.u64(4);
  let place = base ?? moof.at;
  for (const trun of traf.children().filter(({ type }) => type === 'trun')) place = run(samples, trun, base ?? moof.at, place, duration, size);
}

function run(samples: Samples, trun: Tree, base: number, from: number, duration: number, size: number): number {
  const { flags } = trun;
  if ((flags & TRUN.composition) !== 0) refuse('the original has sound that is shown in another order');
  const has = (flag: number): boolean => (flags & flag) !== 0;
  let at = 8;
  let place = from;
  if (has(TRUN.offset)) {
    place = base + trun.i32(at);
    at += 4;
  }
  if (has(TRUN.first)) at += 4;
  const width = 4 * [TRUN.duration, TRUN.size, TRUN.flags].filter(has).length;
  const count = trun.u32(4);
  if (count * width > trun.length - at || count > MAX_PACKETS) refuse('the table trun of the original ends too early');
  for (let i = 0; i < count; i++) {
    const lasts = has(TRUN.duration) ? trun.u32(at) : duration;
    const length = has(TRUN.size) ? trun.u32(at + (has(TRUN.duration) ? 4 : 0)) : size;
    samples.push(place, length, samples.end);
    samples.end += lasts;
    place += length;
    at += width;
  }
  return place;
}

/** Adds what a `moof` tells of. */
export function addFragment(samples: Samples, moof: Tree, defaults: Defaults | null): void {
  for (const traf of moof.children().filter(({ type }) => type === 'traf')) {
    if (defaults === null) refuse('the original has a fragment and says nothing of fragments');
    fragment(samples, moof, traf, defaults as Defaults);
  }
}
