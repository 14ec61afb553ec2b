// Ed25519 with the one meaning of docs/format/log.md §1: a public key decodes canonically to a point of prime order; S < L; R is
// byte for byte the encoding of [S]B − [k]A and not of small order. The library's own `verify` is more lenient (it multiplies by
// the cofactor), so only its group is used. Knows no message.
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concat, equal } from './bytes.ts';

const Point = ed25519.Point;
type GroupElement = InstanceType<typeof Point>;
const ORDER = Point.Fn.ORDER;
/* A bundle has few signatures: the library's larger table takes longer to make than it saves. */
Point.BASE.precompute(4);

/** The point of a public key, or null if the key is not one of prime order, canonically encoded. */
function pointOf(key: Uint8Array): GroupElement | null {
  if (key.length !== 32) return null;
  try {
    const point = Point.fromBytes(key, false);
    return !point.is0() && point.isTorsionFree() && equal(point.toBytes(), key) ? point : null;
  } catch {
    return null;
  }
}

export function isPublicKey(key: Uint8Array): boolean {
  return pointOf(key) !== null;
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  return value;
}

export function verifies(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const A = pointOf(key);
  if (A === null || signature.length !== 64) return false;
  const R = signature.subarray(0, 32);
  const S = littleEndian(signature.subarray(32));
  if (S >= ORDER) return false;
  const k = littleEndian(sha512(concat(R, key, message))) % ORDER;
  const found = Point.BASE.multiplyUnsafe(S).subtract(A.multiplyUnsafe(k));
  return !found.isSmallOrder() && equal(found.toBytes(), R);
}
