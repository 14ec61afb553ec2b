// Packets of Opus (RFC 6716 §3): how long one lasts, and its padding, which is no part of a cell. Decodes nothing.
import { concat, refuse } from '../core/bytes.ts';

/** Samples of a frame at 48 kHz by the configuration in the first byte. */
const SILK = [480, 960, 1920, 2880];
const HYBRID = [480, 960];
const CELT = [120, 240, 480, 960];
const MAX_SAMPLES = 5760;
const MAX_FRAME = 1275;
const PADDED = 0x40;
const VARIABLE = 0x80;

function fault(): never {
  return refuse('a packet of sound is not one of Opus');
}

function frameSamples(first: number): number {
  const configuration = first >> 3;
  if (configuration < 12) return SILK[configuration & 3] as number;
  return (configuration < 16 ? HYBRID[configuration & 1] : CELT[configuration & 3]) as number;
}

/** A length of one or two bytes; how many it takes, and what it says. */
function lengthAt(packet: Uint8Array, at: number): readonly [taken: number, length: number] {
  const [a, b] = [packet[at], packet[at + 1]];
  if (a === undefined) return fault();
  if (a < 252) return [1, a];
  return b === undefined ? fault() : [2, a + 4 * b];
}

export interface OpusPacket {
  readonly samples: number;
  /** Bytes that say how much padding there is, with the padding; null where the packet has none. */
  readonly padding: Uint8Array | null;
  /** The packet without it. */
  readonly bare: Uint8Array;
}

/** Where the padding is told and how long it is. */
function paddingOf(packet: Uint8Array): readonly [told: number, padding: number] {
  let padding = 0;
  for (let at = 2; ; at++) {
    const byte = packet[at];
    if (byte === undefined) return fault();
    padding += byte === 255 ? 254 : byte;
    if (byte < 255) return [at - 1, padding];
  }
}

function several(packet: Uint8Array, each: number): OpusPacket {
  const count = packet[1];
  if (count === undefined) return fault();
  const frames = count & 63;
  if (frames === 0 || frames * each > MAX_SAMPLES) fault();
  const [told, padding] = (count & PADDED) !== 0 ? paddingOf(packet) : [0, 0];
  const from = 2 + told;
  let left = packet.length - from - padding;
  if (left < 0) fault();
  if ((count & VARIABLE) !== 0) {
    let at = from;
    for (let i = 0; i + 1 < frames; i++) {
      const [taken, length] = lengthAt(packet, at);
      if (length > MAX_FRAME) fault();
      at += taken;
      left -= taken + length;
      if (left < 0) fault();
    }
    if (left > MAX_FRAME) fault();
  } else if (left % frames !== 0 || left / frames > MAX_FRAME) fault();
  const samples = frames * each;
  if ((count & PADDED) === 0) return { samples, padding: null, bare: packet };
  const end = packet.length - padding;
  const bare = concat(Uint8Array.of(packet[0] as number, count & ~PADDED), packet.subarray(from, end));
  return { samples, padding: concat(packet.subarray(2, from), packet.subarray(end)), bare };
}

export function readOpus(packet: Uint8Array): OpusPacket {
  const [first] = packet;
  if (first === undefined) return fault();
  const each = frameSamples(first);
  const left = packet.length - 1;
  switch (first & 3) {
    case 0:
      return left > MAX_FRAME ? fault() : { samples: each, padding: null, bare: packet };
    case 1:
      return left % 2 !== 0 || left / 2 > MAX_FRAME ? fault() : { samples: 2 * each, padding: null, bare: packet };
    case 2: {
      const [taken, length] = lengthAt(packet, 1);
      const rest = left - taken - length;
      return rest < 0 || rest > MAX_FRAME ? fault() : { samples: 2 * each, padding: null, bare: packet };
    }
    default:
      return several(packet, each);
  }
}
