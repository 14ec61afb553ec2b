// `ogg-opus-v1;CHANNELS` and `webm-opus-v1;CHANNELS`: Opus on the grid of a tenth of a second. Decodes nothing.
import { ascii, concat, latin, refuse } from '../core/bytes.ts';
import { decode, encode, type Writable } from '../core/cbor.ts';
import type { ObjectRecord } from '../core/object.ts';
import type { Source } from '../core/source.ts';
import { cells, cellsOf, type Filler, type Grid, MAX_PACKET, samplesOf, Walk } from './grid.ts';
import { OggWriter } from './ogg.ts';
import { scanOgg } from './oggscan.ts';
import { readOpus } from './opuspacket.ts';
import type { Pieces } from './pieces.ts';
import type { Profile } from './profile.ts';
import { type Codec, profileOf } from './sound.ts';
import { scanWebm } from './webm.ts';

const RATE = 48_000;
const HEAD = 19;
const MAGIC = 'OpusHead';
const TAGS = concat(ascii('OpusTags'), Uint8Array.of(8, 0, 0, 0), ascii('casemate'), new Uint8Array(4));
/** Samples of a silent packet, and its first byte for one channel; two have the stereo bit. */
const SILENCE: readonly (readonly [samples: number, first: number])[] = [[960, 0xf8], [480, 0xf0], [240, 0xe8], [120, 0xe0]];
const STEREO = 4;
/** What may be marked as not to be played at the start: 128 ms. */
const MAX_SKIP = 6144;

interface Head {
  readonly skip: number;
  readonly gain: number;
}

function head(channels: number, { skip, gain }: Head): Uint8Array {
  const bytes = new Uint8Array(HEAD);
  const view = new DataView(bytes.buffer);
  bytes.set(ascii(MAGIC));
  bytes[8] = 1;
  bytes[9] = channels;
  view.setUint16(10, skip, true);
  view.setUint32(12, RATE, true);
  view.setUint16(16, gain, true);
  return bytes;
}

function readHead(bytes: Uint8Array, channels: number): Head {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length !== HEAD || latin(bytes.subarray(0, 8)) !== MAGIC || bytes[8] !== 1 || bytes[9] !== channels || bytes[18] !== 0) refuse('the original has Opus of another form');
  const skip = view.getUint16(10, true);
  return skip > MAX_SKIP ? refuse('the original is not played for too long at its start') : { skip, gain: view.getUint16(16, true) };
}

class Silence implements Filler {
  at = 0;

  constructor(
    private readonly ogg: OggWriter,
    private readonly channels: number,
  ) {}

  check(packet: Uint8Array): void {
    if (readOpus(packet).padding !== null) refuse('a packet of a cell has padding');
  }

  *write(packet: Uint8Array): Iterable<Uint8Array> {
    this.at += readOpus(packet).samples;
    yield* this.ogg.packet(packet, this.at);
  }

  lasts(packet: Uint8Array): readonly number[] {
    return [readOpus(packet).samples];
  }

  private *silent(samples: number, first: number): Iterable<Uint8Array> {
    this.at += samples;
    yield* this.ogg.packet(Uint8Array.of(first | (this.channels === 2 ? STEREO : 0), 0xff, 0xfe), this.at);
  }

  *through(end: number): Iterable<Uint8Array> {
    const [[samples, first]] = SILENCE as readonly [readonly [number, number]];
    while (this.at + samples <= end) yield* this.silent(samples, first);
  }

  *until(place: number): Iterable<Uint8Array> {
    for (;;) {
      const fits = SILENCE.find(([samples]) => this.at + samples <= place);
      if (fits === undefined) return;
      yield* this.silent(...fits);
    }
  }

  finish(end: number): Iterable<Uint8Array> {
    return this.until(end);
  }
}

function copy(channels: number, { ticks }: ObjectRecord): Codec {
  const ogg = new OggWriter();
  let walk: Walk | null = null;
  const begun = (): Walk => walk ?? refuse('the configuration of the recording is withheld');
  return {
    *start(configuration) {
      const value = decode(configuration, 'the configuration');
      if (!Array.isArray(value) || value.length !== 3) return refuse('the configuration is not that of the profile');
      const [samples, skip, gain] = [samplesOf(value[0]), value[1], value[2]];
      if (typeof skip !== 'number' || skip > MAX_SKIP || typeof gain !== 'number' || gain > 0xffff) return refuse('the configuration is not that of the profile');
      const grid: Grid = { rate: RATE, skip, samples };
      if (cellsOf(grid) !== ticks) refuse('the configuration has another length than the object');
      walk = new Walk(grid, new Silence(ogg, channels));
      yield* ogg.headers(head(channels, { skip, gain }));
      yield* ogg.headers(TAGS);
    },
    open: (payload, place) => begun().open(payload, place),
    hidden: (place) => begun().hidden(place),
    *end() {
      yield* begun().end();
      yield* ogg.end();
    },
  };
}

/** Padding as META lists it: a number where it is all zeros. */
function listed(padding: Uint8Array): number | Uint8Array {
  const told = padding.findIndex((byte) => byte < 255) + 1;
  return padding.subarray(told).every((byte) => byte === 0) ? padding.length : padding;
}

async function leaves(source: Source, pieces: Pieces, channels: number, { skip, gain }: Head): ReturnType<NonNullable<Profile['carve']>> {
  const paddings: Writable[] = [];
  let samples = 0;
  let without = 0;
  for await (const packet of pieces.inOrder(source)) {
    if (packet.length > MAX_PACKET) refuse('a packet of the original is too long');
    const read = readOpus(packet);
    samples += read.samples;
    if (read.padding === null) without += 1;
    else {
      paddings.push(without, listed(read.padding));
      without = 0;
    }
  }
  if (samples === 0) refuse('the original has no sound');
  const grid = { rate: RATE, skip, samples };
  const count = cellsOf(grid);
  async function* bare(): AsyncGenerator<readonly [Uint8Array, number]> {
    for await (const packet of pieces.inOrder(source)) {
      const read = readOpus(packet);
      yield [read.bare, read.samples];
    }
  }
  return pieces.leaves(source, { codec: 'opus', rate: RATE, channels, configuration: encode([samples, skip, gain]) }, count, () => cells(bare(), grid), encode(paddings));
}

async function carveOgg(source: Source, channels: number): ReturnType<NonNullable<Profile['carve']>> {
  const { pieces, headers } = await scanOgg(source, 2);
  const [first, tags] = headers as [Uint8Array, Uint8Array];
  if (latin(tags.subarray(0, 8)) !== 'OpusTags') refuse('the original has Opus of another form');
  return leaves(source, pieces, channels, readHead(first, channels));
}

async function carveWebm(source: Source, channels: number): ReturnType<NonNullable<Profile['carve']>> {
  const { pieces, head: first } = await scanWebm(source);
  return leaves(source, pieces, channels, readHead(first, channels));
}

/** The profile of this string, or null. */
export function opus(text: string): Profile | null {
  const [, container, channel] = /^(ogg|webm)-opus-v1;([12])$/.exec(text) ?? [];
  const channels = Number(channel);
  if (container === undefined) return null;
  return profileOf({
    codec: 'opus', rate: RATE, channels, timebase: [1, 10], each: 1,
    copy: (record) => copy(channels, record),
    carve: (source) => (container === 'ogg' ? carveOgg(source, channels) : carveWebm(source, channels)),
  });
}
