// SHA-256 under the labels that the formats give. Knows no object.
import { Sha256 } from './sha256.ts';

export { HASH_LENGTH } from './sha256.ts';

const state = new Sha256();

export function H(...parts: readonly Uint8Array[]): Uint8Array {
  for (const part of parts) state.update(part);
  return state.digest();
}
