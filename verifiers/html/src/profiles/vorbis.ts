// `ogg-vorbis-v1;RATE;CHANNELS`: Vorbis on the grid of a tenth of a second. Decodes nothing.
import { ascii, concat, latin, refuse } from '../core/bytes.ts';
import { decode, encode } from '../core/cbor.ts';
import type { ObjectRecord } from '../core/object.ts';
import type { Source } from '../core/source.ts';
import { type Before, cells, cellsOf, type Filler, type Grid, MAX_PACKET, samplesOf, Walk } from './grid.ts';
import { OggWriter } from './ogg.ts';
import { scanOgg } from './oggscan.ts';
import type { Profile } from './profile.ts';
import { type Codec, profileOf } from './sound.ts';
import { type Block, blockOf, modeBits, readModes } from './vorbissetup.ts';

const IDENTIFICATION = 30;
const COMMENT = concat(Uint8Array.of(3), ascii('vorbis'), Uint8Array.of(8, 0, 0, 0), ascii('casemate'), Uint8Array.of(0, 0, 0, 0, 1));
const LEAST_BLOCK = 64;
const MOST_BLOCK = 8192;
const MAX_SECONDS = 0.128;

interface Blocks {
  readonly short: number;
  readonly long: number;
}

interface Vorbis extends Blocks {
  readonly rate: number;
  readonly channels: number;
  readonly modes: readonly boolean[];
}

function identification(rate: number, channels: number, { short, long }: Blocks): Uint8Array {
  const bytes = new Uint8Array(IDENTIFICATION);
  const view = new DataView(bytes.buffer);
  bytes.set(concat(Uint8Array.of(1), ascii('vorbis')));
  bytes[11] = channels;
  view.setUint32(12, rate, true);
  bytes[28] = Math.log2(short) | (Math.log2(long) << 4);
  bytes[29] = 1;
  return bytes;
}

function checkBlocks({ short, long }: Blocks, rate: number): void {
  const power = (value: number): boolean => value >= LEAST_BLOCK && value <= MOST_BLOCK && Number.isInteger(Math.log2(value));
  if (!power(short) || !power(long) || short > long || long > MAX_SECONDS * rate) refuse('the sound has blocks that the profile does not take');
}

function readIdentification(bytes: Uint8Array, rate: number, channels: number): Blocks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length !== IDENTIFICATION || bytes[0] !== 1 || latin(bytes.subarray(1, 7)) !== 'vorbis' || view.getUint32(7, true) !== 0) refuse('the original has Vorbis of another form');
  if (bytes[11] !== channels || view.getUint32(12, true) !== rate || bytes[29] !== 1) refuse('the original has another rate or other channels than the object');
  const blocks = { short: 2 ** ((bytes[28] as number) & 15), long: 2 ** ((bytes[28] as number) >> 4) };
  checkBlocks(blocks, rate);
  return blocks;
}

/** Follows packets: how long each lasts. */
class Clock {
  at = 0;
  last: Block | null = null;

  constructor(readonly vorbis: Vorbis) {}

  private size(block: Block): number {
    return block.long ? this.vorbis.long : this.vorbis.short;
  }

  lasts(block: Block): number {
    return this.last === null ? 0 : (this.size(this.last) + this.size(block)) / 4;
  }

  take(block: Block): number {
    const lasts = this.lasts(block);
    this.at += lasts;
    this.last = block;
    return lasts;
  }
}

class Silence implements Filler {
  private readonly clock: Clock;
  private readonly hasShort: boolean;

  constructor(
    private readonly ogg: OggWriter,
    vorbis: Vorbis,
  ) {
    this.clock = new Clock(vorbis);
    this.hasShort = vorbis.modes.includes(false);
  }

  get at(): number {
    return this.clock.at;
  }

  check(packet: Uint8Array): void {
    blockOf(packet, this.clock.vorbis.modes);
  }

  *write(packet: Uint8Array): Iterable<Uint8Array> {
    this.clock.take(blockOf(packet, this.clock.vorbis.modes));
    yield* this.ogg.packet(packet, this.at);
  }

  lasts(packet: Uint8Array, before: Before): readonly number[] {
    const { modes, short, long } = this.clock.vorbis;
    const block = blockOf(packet, modes);
    const size = (of: Block): number => (of.long ? long : short);
    if (before === null) return [0];
    // What is withheld before it a long block says itself; a short one may follow either.
    const sizes = before !== undefined ? [size(blockOf(before, modes))] : block.long ? [block.before ? long : short] : [short, long];
    return sizes.map((one) => (one + size(block)) / 4);
  }

  /** A silent block; a short one is long where no mode has one. */
  private block(long: boolean, behind: boolean): Block {
    const before = this.clock.last?.long === true;
    return long || !this.hasShort ? { long: true, before, behind: this.hasShort ? behind : true } : { long: false, before: false, behind: false };
  }

  private *silent(block: Block): Iterable<Uint8Array> {
    const { modes } = this.clock.vorbis;
    const width = modeBits(modes);
    const value = (modes.indexOf(block.long) << 1) | ((block.before ? 1 : 0) << (1 + width)) | ((block.behind ? 1 : 0) << (2 + width));
    this.clock.take(block);
    yield* this.ogg.packet(Uint8Array.of(value & 255, value >> 8), this.at);
  }

  /** A long block first where one is expected, up to `longest`; then short ones, up to `until`. */
  private *fill(until: number, longest = until): Iterable<Uint8Array> {
    const { last } = this.clock;
    const long = this.block(true, false);
    if (last?.long === true && last.behind && this.at + this.clock.lasts(long) <= longest) yield* this.silent(long);
    for (let short = this.block(false, false); this.at + this.clock.lasts(short) <= until; short = this.block(false, false)) yield* this.silent(short);
  }

  through(end: number): Iterable<Uint8Array> {
    const { short, long } = this.clock.vorbis;
    return this.fill(end - (short + long) / 4);
  }

  *until(place: number, packet: Uint8Array): Iterable<Uint8Array> {
    const { modes, short, long } = this.clock.vorbis;
    const next = blockOf(packet, modes);
    if (!next.long || !next.before) return yield* this.fill(place);
    yield* this.fill(place - (short + long) / 4, place);
    const last = this.block(true, true);
    if (this.at + this.clock.lasts(last) <= place) yield* this.silent(last);
  }

  finish(end: number): Iterable<Uint8Array> {
    return this.fill(end);
  }
}

function copy(rate: number, channels: number, { ticks }: ObjectRecord): Codec {
  const ogg = new OggWriter();
  let walk: Walk | null = null;
  const begun = (): Walk => walk ?? refuse('the configuration of the recording is withheld');
  return {
    *start(configuration) {
      const value = decode(configuration, 'the configuration');
      if (!Array.isArray(value) || value.length !== 4) return refuse('the configuration is not that of the profile');
      const [total, short, long, setup] = value;
      if (typeof short !== 'number' || typeof long !== 'number' || !(setup instanceof Uint8Array)) return refuse('the configuration is not that of the profile');
      const blocks = { short: 2 ** Math.min(short, 31), long: 2 ** Math.min(long, 31) };
      checkBlocks(blocks, rate);
      const grid: Grid = { rate, skip: 0, samples: samplesOf(total) };
      if (cellsOf(grid) !== ticks) refuse('the configuration has another length than the object');
      walk = new Walk(grid, new Silence(ogg, { ...blocks, rate, channels, modes: readModes(setup, channels) }));
      yield* ogg.headers(identification(rate, channels, blocks));
      if (OggWriter.fits(COMMENT, setup)) return yield* ogg.headers(COMMENT, setup);
      yield* ogg.headers(COMMENT);
      yield* ogg.headers(setup);
    },
    open: (payload, place) => begun().open(payload, place),
    hidden: (place) => begun().hidden(place),
    *end() {
      yield* begun().end();
      yield* ogg.end();
    },
  };
}

async function carve(source: Source, rate: number, channels: number): ReturnType<NonNullable<Profile['carve']>> {
  const { pieces, headers } = await scanOgg(source, 3);
  const [first, comment, setup] = headers as [Uint8Array, Uint8Array, Uint8Array];
  if (latin(comment.subarray(0, 7)) !== '\u0003vorbis') refuse('the original has Vorbis of another form');
  const blocks = readIdentification(first, rate, channels);
  const vorbis: Vorbis = { ...blocks, rate, channels, modes: readModes(setup, channels) };
  const clock = new Clock(vorbis);
  let count = 0;
  for await (const packet of pieces.inOrder(source)) {
    if (packet.length > MAX_PACKET) refuse('a packet of the original is too long');
    clock.take(blockOf(packet, vorbis.modes));
    count += 1;
  }
  if (count === 0) refuse('the original has no sound');
  const grid: Grid = { rate, skip: 0, samples: clock.at };
  async function* timed(): AsyncGenerator<readonly [Uint8Array, number]> {
    const again = new Clock(vorbis);
    for await (const packet of pieces.inOrder(source)) yield [packet, again.take(blockOf(packet, vorbis.modes))];
  }
  const configuration = encode([grid.samples, Math.log2(blocks.short), Math.log2(blocks.long), setup]);
  return pieces.leaves(source, { codec: 'vorbis', rate, channels, configuration }, cellsOf(grid), () => cells(timed(), grid));
}

/** The profile of this string, or null. */
export function vorbis(text: string): Profile | null {
  const [, stated, channel] = /^ogg-vorbis-v1;([1-9][0-9]{3,5});([1-8])$/.exec(text) ?? [];
  const [rate, channels] = [Number(stated), Number(channel)];
  if (stated === undefined || rate < 4000 || rate > 768_000) return null;
  return profileOf({ codec: 'vorbis', rate, channels, timebase: [1, 10], each: 1, copy: (record) => copy(rate, channels, record), carve: (source) => carve(source, rate, channels) });
}
