// ADTS has no index: players guess places in it, and a gap would seem to lie elsewhere. So it is played from the same frames in an M4A,
// which is made here, in memory, and says that it is. Decodes nothing. Null where the frames are not plain; then the file itself plays.
import { CHANNELS, RATES } from '../profiles/aac.ts';
import { bits } from '../profiles/bits.ts';
import { M4a } from '../profiles/m4a.ts';

const MAX_BYTES = 2 ** 27;
const HEADER = 7;
const WITH_CRC = 9;
const SAMPLES = 1024;

interface Frame {
  readonly unit: Uint8Array;
  readonly index: number;
  readonly channels: number;
}

/** The frames up to the first byte that begins none. */
function framesOf(bytes: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + HEADER <= bytes.length; ) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes.subarray(at, at + HEADER);
    const head = (b & 1) === 1 ? HEADER : WITH_CRC;
    const length = ((d & 3) << 11) | (e << 3) | (f >> 5);
    if (a !== 0xff || (b & 0xf6) !== 0xf0 || length <= head || at + length > bytes.length) break;
    frames.push({ unit: bytes.subarray(at + head, at + length), index: (c >> 2) & 15, channels: ((c & 1) << 2) | (d >> 6) });
    at += length;
  }
  return frames;
}

export async function inM4a(file: Blob, ticks: number): Promise<Blob | null> {
  if (file.size > MAX_BYTES) return null;
  const frames = framesOf(new Uint8Array(await file.arrayBuffer()));
  const [first] = frames;
  const [rate, channels] = [RATES[first?.index ?? 15], CHANNELS[first?.channels ?? 0]];
  if (first === undefined || frames.length !== ticks || rate === undefined || channels === undefined || channels === 0) return null;
  const configuration = bits([5, 2], [4, first.index], [4, first.channels], [3, 0]);
  const made = new M4a({ entry: 'mp4a', rate, channels, bits: 16, samples: SAMPLES, configuration });
  const parts: Uint8Array[] = [made.start(), ...frames.flatMap(({ unit }) => [...made.packet(unit)]), ...made.end()];
  return new Blob(parts.map((part) => new Uint8Array(part)), { type: 'audio/mp4' });
}
