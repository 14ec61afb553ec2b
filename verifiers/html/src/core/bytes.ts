// Bytes, and the few ways in which the formats write them. Invariant: nothing here reads past what it was given; what does
// not decode strictly is refused. Knows no format.

/** A bundle says what it must not say. The cause is a fact for the reader of the findings, never advice. */
export class Refused extends Error {
  constructor(readonly fault: string) {
    super(fault);
    this.name = 'Refused';
  }
}

export function refuse(fault: string): never {
  throw new Refused(fault);
}

/** The largest sum of ticks, and the largest length that a number holds exactly. */
export const MAX_EXACT = Number.MAX_SAFE_INTEGER;

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return concatAll(parts);
}

export function concatAll(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Negative, zero or positive, as the bytes of a stand before, at or behind those of b. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compare(a, b) === 0;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** The bytes of lower-case hex, or null. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

const encoder = new TextEncoder();
// The mark U+FEFF is a character like any other: what is read is written again and compared.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

export function fromUtf8(bytes: Uint8Array, what: string): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse(`${what} is not UTF-8`);
  }
}

/** Whether a stands before b in the order of their UTF-8 bytes (not that of UTF-16). */
export function before(a: string, b: string): boolean {
  return compare(utf8(a), utf8(b)) < 0;
}

/** Writes an integer of 0 … 2^53 − 1 as 8 bytes, big-endian. */
export function putU64(target: Uint8Array, at: number, value: number): void {
  let high = Math.floor(value / 0x1_0000_0000);
  let low = value | 0;
  for (let i = 3; i >= 0; i--, high >>>= 8, low >>>= 8) {
    target[at + i] = high;
    target[at + 4 + i] = low;
  }
}

export function u64(value: number | bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  if (typeof value === 'number') putU64(bytes, 0, value);
  else new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}

/** The length of the bytes as u64, then the bytes. */
export function lengthPrefixed(bytes: Uint8Array): Uint8Array {
  return concat(u64(bytes.length), bytes);
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i] as number, bytes[i + 1], bytes[i + 2]];
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += BASE64.charAt(group >> 18) + BASE64.charAt((group >> 12) & 63);
    text += b === undefined ? '=' : BASE64.charAt((group >> 6) & 63);
    text += c === undefined ? '=' : BASE64.charAt(group & 63);
  }
  return text;
}

/** RFC 4648 §4, padded and canonical: what does not come out again as it stands is refused. */
export function fromBase64(text: string, what: string): Uint8Array {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return refuse(`${what} is not base64`);
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let group = 0;
    for (let k = 0; k < 4; k++) group = (group << 6) | Math.max(0, BASE64.indexOf(text.charAt(i + k)));
    for (let k = 16; k >= 0 && at < bytes.length; k -= 8) bytes[at++] = (group >> k) & 255;
  }
  return toBase64(bytes) === text ? bytes : refuse(`${what} is not canonical base64`);
}

/** ASCII bytes of a text that holds nothing else. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Bytes that are all ASCII as text; a character for each byte in any case. */
export function latin(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x2000) text += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  return text;
}
