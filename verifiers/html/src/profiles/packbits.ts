// TIFF's PackBits, which PDF calls run lengths, in one spelling (docs/format/profiles.md, `tiles-v1`): a run where at least three bytes
// are equal, 128 at most; else literal bytes. Invariant: what `unpack` takes, `pack` writes again.
import { concatAll, refuse } from '../core/bytes.ts';

const MOST = 128;
const LEAST_RUN = 3;
const END = 128;

/** How many bytes are equal from here on, 128 at most. */
function runAt(bytes: Uint8Array, at: number): number {
  const value = bytes[at];
  let end = at + 1;
  while (end < bytes.length && end - at < MOST && bytes[end] === value) end += 1;
  return end - at;
}

export function pack(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let packed = new Uint8Array(65_536);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    if (length + MOST + 1 > packed.length) {
      parts.push(packed.subarray(0, length));
      packed = new Uint8Array(65_536);
      length = 0;
    }
    const run = runAt(bytes, at);
    if (run >= LEAST_RUN) {
      packed[length++] = 257 - run;
      packed[length++] = bytes[at] as number;
      at += run;
      continue;
    }
    let end = at + run;
    while (end < bytes.length && end - at < MOST) {
      const next = runAt(bytes, end);
      if (next >= LEAST_RUN) break;
      end = Math.min(end + next, at + MOST);
    }
    packed[length++] = end - at - 1;
    packed.set(bytes.subarray(at, end), length);
    length += end - at;
    at = end;
  }
  return concatAll([...parts, packed.subarray(0, length)]);
}

/** Exactly `size` bytes; refuses what is longer or shorter. */
export function unpack(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let length = 0;
  for (let at = 0; at < packed.length; ) {
    const n = packed[at++] as number;
    if (n === END) return refuse('packed bytes have a run of no length');
    const count = n < END ? n + 1 : 257 - n;
    if (length + count > size || at + (n < END ? count : 1) > packed.length) return refuse('packed bytes have another length than their picture');
    if (n < END) bytes.set(packed.subarray(at, at + count), length);
    else bytes.fill(packed[at] as number, length, length + count);
    at += n < END ? count : 1;
    length += count;
  }
  return length === size ? bytes : refuse('packed bytes have another length than their picture');
}
