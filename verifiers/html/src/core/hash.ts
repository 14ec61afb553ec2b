// SHA-256 under the labels that the formats give. Knows no object.
import { sha256 } from '@noble/hashes/sha2.js';

/* One state for all: an object has a hundred thousand leaves, and to make a state takes as long as to hash one. */
const START = sha256.create();
const state = sha256.create();

export function H(...parts: readonly Uint8Array[]): Uint8Array {
  START._cloneInto(state);
  for (const part of parts) state.update(part);
  const out = new Uint8Array(HASH_LENGTH);
  state.digestInto(out);
  return out;
}

export const HASH_LENGTH = 32;
