// Frames of layer III by their headers (ISO/IEC 11172-3, 13818-3, and 2.5).

export interface Version {
  readonly samples: number;
  /** The two bits of the version in a header. */
  readonly code: number;
  readonly rates: readonly number[];
  /** kbit/s by index; 0 is free format, which no profile takes. */
  readonly bitrates: readonly number[];
}

const HIGH = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const LOW = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
export const VERSIONS: readonly Version[] = [
  { samples: 1152, code: 3, rates: [44_100, 48_000, 32_000], bitrates: HIGH },
  { samples: 576, code: 2, rates: [22_050, 24_000, 16_000], bitrates: LOW },
  { samples: 576, code: 0, rates: [11_025, 12_000, 8000], bitrates: LOW },
];
export const MPEG1 = 3;

export function frameLength(version: Version, rate: number, kilobits: number): number {
  return Math.floor(((version.samples / 8) * kilobits * 1000) / rate);
}

export function sideLength(version: Version, channels: number): number {
  return version.code === MPEG1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
}
