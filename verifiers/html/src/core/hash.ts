// SHA-256 under the labels that the formats give. Knows no object.
import { sha256 } from '@noble/hashes/sha2.js';
import { concat } from './bytes.ts';

export function H(...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(parts.length === 1 ? (parts[0] as Uint8Array) : concat(...parts));
}

export const HASH_LENGTH = 32;
