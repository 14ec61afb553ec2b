// Heights of a proven WAV for the eye: a few short windows of it, so that an hour costs no more than a minute. A drawing, no proof.
import type { Source } from '../core/source.ts';

const BARS = 240;
const WINDOW = 800;

function read(view: DataView, at: number, codec: string): number {
  switch (codec) {
    case 'u8':
      return (view.getUint8(at) - 128) / 128;
    case 's16':
      return view.getInt16(at, true) / 32_768;
    case 's24':
      return view.getInt16(at + 1, true) / 32_768;
    case 's32':
      return view.getInt32(at, true) / 2 ** 31;
    case 'f32':
      return view.getFloat32(at, true);
    case 'f64':
      return view.getFloat64(at, true);
    default:
      return logarithmic(view.getUint8(at), codec === 'alaw');
  }
}

/** G.711 as a height: its exponent and mantissa are enough. */
function logarithmic(byte: number, alaw: boolean): number {
  const bits = alaw ? byte ^ 0x55 : ~byte & 255;
  const exponent = (bits >> 4) & 7;
  const mantissa = bits & 15;
  return alaw ? ((exponent > 0 ? mantissa + 16 : mantissa) * 2 ** Math.max(1, exponent)) / 4096 : ((mantissa * 2 + 33) * 2 ** exponent - 33) / 8192;
}

const WIDTH: Readonly<Record<string, number>> = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8, alaw: 1, ulaw: 1 };

/** Null where the profile is no WAV. */
export async function peaksOf(file: Source, profile: string, ticks: number): Promise<Float32Array | null> {
  const [, codec, , channels] = /^wav-v1;([a-z0-9]+);(\d+);(\d+)$/.exec(profile) ?? [];
  const width = WIDTH[codec ?? ''];
  if (codec === undefined || width === undefined || ticks === 0) return null;
  const frame = width * Number(channels);
  const start = file.size - ticks * frame - ((ticks * frame) % 2);
  const heights = new Float32Array(Math.min(BARS, ticks));
  for (let bar = 0; bar < heights.length; bar++) {
    const from = Math.floor((bar * ticks) / heights.length);
    const frames = Math.min(WINDOW, ticks - from, Math.max(1, Math.ceil(ticks / heights.length)));
    const bytes = await file.read(start + from * frame, frames * frame);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let height = 0;
    for (let at = 0; at + width <= bytes.length; at += width) height = Math.max(height, Math.abs(read(view, at, codec)));
    heights[bar] = Math.min(1, height);
  }
  return heights;
}
