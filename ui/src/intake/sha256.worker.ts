/* SHA-256 of a file of any size, in pieces, away from the screen. Source: FIPS 180-4. */
const K = new Uint32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const BLOCK = 64;

class Sha256 {
  #h = new Uint32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);
  #w = new Uint32Array(BLOCK);
  #rest = new Uint8Array(0);
  #bytes = 0;

  add(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    let data = chunk;
    if (this.#rest.length > 0) { data = new Uint8Array(this.#rest.length + chunk.length); data.set(this.#rest); data.set(chunk, this.#rest.length); }
    const whole = data.length - (data.length % BLOCK);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    for (let at = 0; at < whole; at += BLOCK) this.#block(view, at);
    this.#rest = data.slice(whole);
  }
  end(): string {
    const size = this.#bytes;
    const pad = new Uint8Array(((this.#rest.length + 9 + 63) & ~63) - this.#rest.length);
    pad[0] = 0x80;
    const view = new DataView(pad.buffer);
    view.setUint32(pad.length - 8, Math.floor(size / 0x20000000));
    view.setUint32(pad.length - 4, (size << 3) >>> 0);
    this.add(pad);
    return [...this.#h].map((word) => word.toString(16).padStart(8, '0')).join('');
  }
  #block(view: DataView, at: number): void {
    const w = this.#w;
    const of = (list: Uint32Array, n: number): number => list[n] as number;
    for (let n = 0; n < 16; n += 1) w[n] = view.getUint32(at + n * 4);
    for (let n = 16; n < 64; n += 1) {
      const [x, y] = [of(w, n - 15), of(w, n - 2)];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[n] = (of(w, n - 16) + s0 + of(w, n - 7) + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = this.#h as unknown as [number, number, number, number, number, number, number, number];
    for (let n = 0; n < 64; n += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + of(K, n) + of(w, n)) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    const add = [a, b, c, d, e, f, g, h];
    for (let n = 0; n < 8; n += 1) this.#h[n] = (of(this.#h, n) + (add[n] ?? 0)) | 0;
  }
}

self.onmessage = async (event: MessageEvent<{ id: number; file: File }>) => {
  const { id, file } = event.data;
  try {
    const hash = new Sha256();
    const reader = file.stream().getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) hash.add(part.value);
    self.postMessage({ id, sha256: hash.end() });
  } catch {
    self.postMessage({ id, sha256: null });
  }
};
