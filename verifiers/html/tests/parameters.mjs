// Objects of sound of every parameter, of which all is withheld but CFG: what stands for withheld sound is then the whole copy. Made from
// docs/format/profiles.md, apart from src.
import { cbor } from './make.mjs';

const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];
const CHANNELS = [0, 1, 2, 3, 4, 5, 6, 8];
const NONE = new Uint8Array(0);

/** An AudioSpecificConfig of AAC-LC. */
function asc(index, configuration, short) {
  const value = (2 << 11) | (index << 7) | (configuration << 3) | (short ? 4 : 0);
  return Uint8Array.of(value >> 8, value & 255);
}

/** A cookie of Apple Lossless, longest frame and mean bit rate zero. */
function cookie(samples, bits, channels, rate) {
  const view = new DataView(new ArrayBuffer(24));
  view.setUint32(0, samples);
  [0, bits, 40, 10, 14, channels].forEach((value, i) => view.setUint8(4 + i, value));
  view.setUint16(10, 255);
  view.setUint32(20, rate);
  return new Uint8Array(view.buffer);
}

/** {profile, codec, rate, channels, configuration, ticks, version of CFG}. */
export function everyParameter() {
  const all = [];
  const add = (profile, codec, rate, channels, configuration, ticks, version = 2) => all.push({ profile, codec, rate, channels, configuration, ticks, version });
  for (const [samples, rates] of [[1152, [32_000, 44_100, 48_000]], [576, [8000, 11_025, 12_000, 16_000, 22_050, 24_000]]]) {
    for (const rate of rates) for (const channels of [1, 2]) add(`mp3-v1;${samples};${rate};${channels}`, 'mp3', rate, channels, NONE, 3);
  }
  RATES.forEach((rate, index) => {
    for (let configuration = 1; configuration < 8; configuration++) {
      if (index % 4 !== 0 && configuration > 2) continue;
      const channels = CHANNELS[configuration];
      add(`adts-aac-v1;${rate};${channels}`, 'aac', rate, channels, asc(index, configuration), 3);
      for (const samples of [1024, 960]) add(`mp4-aac-v1;${samples};${rate};${channels}`, 'aac', rate, channels, asc(index, configuration, samples === 960), 3);
    }
  });
  for (const rate of [8000, 44_100, 96_000, 100_000, 64_000, 65_535, 65_536, 176_400, 655_350, 700_001, 12_345, 22_050]) {
    for (const bits of [4, 8, 12, 16, 17, 20, 24, 31, 32]) {
      const channels = 1 + ((bits + rate) % 8);
      add(`flac-v1;32;${rate};${channels}`, 'flac', rate, channels, Uint8Array.of(bits), 70);
    }
  }
  for (const bits of [16, 20, 24, 32]) {
    for (let channels = 1; channels <= 8; channels++) {
      const rate = channels === 3 ? 96_000 : channels === 4 ? 192_000 : 44_100;
      add(`mp4-alac-v1;64;${rate};${channels}`, 'alac', rate, channels, cookie(64, bits, channels, rate), 5);
    }
  }
  for (const channels of [1, 2]) {
    for (const [samples, skip, gain] of [[48_000, 312, 0], [48_000, 312, 32_767], [4801, 0, 0], [6720, 3840, 0], [120, 0, 0], [240, 312, 0], [4800, 6144, 0], [72_000, 6144, 1]]) {
      add(`ogg-opus-v1;${channels}`, 'opus', 48_000, channels, cbor([samples, skip, gain]), Math.max(1, Math.ceil((samples - skip) / 4800)));
    }
  }
  for (const format of ['u8', 's16', 's24', 's32', 'f32', 'f64', 'alaw', 'ulaw']) for (const rate of [8000, 11_025, 44_100]) add(`wav-v1;${format};${rate};2`, format, rate, 2, null, 1000, 1);
  return all;
}

/** The leaves of one: CFG, one byte for each that is hidden anyway, META, container. */
export function leavesOf({ codec, rate, channels, configuration, ticks, version }, profile) {
  const count = profile.leaves(ticks);
  const fields = { 0: version, 1: codec, 2: rate, 3: channels, 4: count - 3 };
  const cfg = cbor(version === 2 ? { ...fields, 5: configuration } : fields);
  return Array.from({ length: count }, (_, i) => ({ ticks: profile.ticksBefore(i + 1, ticks) - profile.ticksBefore(i, ticks), payload: i === 0 ? cfg : Uint8Array.of(1) }));
}
