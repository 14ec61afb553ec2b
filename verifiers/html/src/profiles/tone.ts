// The tone that stands for withheld sound in PCM and G.711: 1 kHz at an eighth of full scale, by a table, so that every verifier
// makes the same bytes. A function of rate and place alone.

const STEPS = 1024;
const QUARTER = Array.from({ length: 257 }, (_, k) => Math.round(4096 * Math.sin((Math.PI / 2) * (k / 256))));

/** The value of a frame of the recording, −4,096 … 4,096. */
export function tone(frame: number, rate: number): number {
  const step = Math.floor(((((frame % rate) * 1000) % rate) * STEPS) / rate);
  const within = step & 255;
  switch (step >> 8) {
    case 0:
      return QUARTER[within] as number;
    case 1:
      return QUARTER[256 - within] as number;
    case 2:
      return 0 - (QUARTER[within] as number);
    default:
      return 0 - (QUARTER[256 - within] as number);
  }
}

/** G.711 µ-law of a value of 16 bits. */
export function muLaw(value: number): number {
  const magnitude = Math.min(Math.abs(value), 32_635) + 132;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 15;
  return ~((value < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 255;
}

/** G.711 A-law of a value of 16 bits. */
export function aLaw(value: number): number {
  const magnitude = (value < 0 ? ~value : value) >> 4;
  const exponent = magnitude < 32 ? (magnitude < 16 ? 0 : 1) : 31 - Math.clz32(magnitude) - 3;
  const mantissa = exponent < 2 ? magnitude & 15 : (magnitude >> (exponent - 1)) & 15;
  return ((value < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55;
}
