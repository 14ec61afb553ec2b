// SHA-256 (FIPS 180-4), bytes as they come. Invariant: nothing is kept of the bytes but the state and less than a block. Its own and
// not the library's for its time alone (docs/adr/0061); compared with Node's on drawn bytes in every piece (tests/sha256.test.mjs).

import { putU64 } from './bytes.ts';

// prettier-ignore
const K = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
);
const START = Int32Array.of(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
const BLOCK = 64;
/** Where the length of the message stands in its last block. */
const LENGTH_AT = BLOCK - 8;
export const HASH_LENGTH = 32;

const W = new Int32Array(64);

/** One block of bytes, from `at` on. All words are 32-bit integers throughout: no step may leave them. */
function compress(state: Int32Array, bytes: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++, at += 4) W[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  for (let i = 16; i < 64; i++) {
    const x = W[i - 15]!;
    const y = W[i - 2]!;
    W[i] = (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)) + W[i - 7]! + (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)) + W[i - 16]!;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const t = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + (g ^ (e & (f ^ g))) + K[i]! + W[i]!) | 0;
    const u = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t) | 0;
    d = c;
    c = b;
    b = a;
    a = (t + u) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

export class Sha256 {
  private readonly state = START.slice();
  private readonly block = new Uint8Array(BLOCK);
  private have = 0;
  private length = 0;

  update(bytes: Uint8Array): this {
    const end = bytes.length;
    let at = 0;
    this.length += end;
    if (this.have > 0) {
      while (at < end && this.have < BLOCK) this.block[this.have++] = bytes[at++]!;
      if (this.have < BLOCK) return this;
      compress(this.state, this.block, 0);
      this.have = 0;
    }
    for (; at + BLOCK <= end; at += BLOCK) compress(this.state, bytes, at);
    while (at < end) this.block[this.have++] = bytes[at++]!;
    return this;
  }

  /** Writes the hash, and begins anew. */
  digestInto(out: Uint8Array, to: number): void {
    const { state, block } = this;
    block[this.have++] = 0x80;
    if (this.have > LENGTH_AT) {
      while (this.have < BLOCK) block[this.have++] = 0;
      compress(state, block, 0);
      this.have = 0;
    }
    while (this.have < LENGTH_AT) block[this.have++] = 0;
    // In bits: eight times a length is exact, whatever the length.
    putU64(block, LENGTH_AT, this.length * 8);
    compress(state, block, 0);
    for (let i = 0; i < 8; i++, to += 4) {
      const word = state[i]!;
      out[to] = word >>> 24;
      out[to + 1] = word >>> 16;
      out[to + 2] = word >>> 8;
      out[to + 3] = word;
      state[i] = START[i]!;
    }
    this.have = 0;
    this.length = 0;
  }

  digest(): Uint8Array {
    const out = new Uint8Array(HASH_LENGTH);
    this.digestInto(out, 0);
    return out;
  }
}
