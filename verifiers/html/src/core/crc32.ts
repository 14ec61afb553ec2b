// CRC-32 as zip has it (ISO-HDLC), eight bytes a step. Knows nothing of zip.

const TABLES: Int32Array[] = [];
for (let table = 0; table < 8; table++) {
  const entries = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    if (table === 0) {
      let crc = byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
      entries[byte] = crc;
    } else {
      const before = (TABLES[table - 1] as Int32Array)[byte] as number;
      entries[byte] = (before >>> 8) ^ ((TABLES[0] as Int32Array)[before & 255] as number);
    }
  }
  TABLES.push(entries);
}
const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];

/** Goes on from `crc` (0 at the start) over these bytes. */
export function crc32(crc: number, bytes: Uint8Array): number {
  let state = ~crc;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    const low = state ^ ((bytes[at]!) | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    state = T7[low & 255]! ^ T6[(low >>> 8) & 255]! ^ T5[(low >>> 16) & 255]! ^ T4[low >>> 24]!
      ^ T3[bytes[at + 4]!]! ^ T2[bytes[at + 5]!]! ^ T1[bytes[at + 6]!]! ^ T0[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) state = (state >>> 8) ^ T0[(state ^ bytes[at]!) & 255]!;
  return ~state >>> 0;
}
