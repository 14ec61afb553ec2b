// The page's own SHA-256 against Node's: every length around a block, drawn pieces, a length of more than 32 bits; and the browser's
// in its place, where there is one.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { inMemory, Sha256, verify } from '../dist/core.mjs';
import { court, object, utf8 } from './make.mjs';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const expected = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

test('every length up to nine blocks, with one state', () => {
  const state = new Sha256();
  for (let length = 0; length <= 577; length++) {
    const bytes = randomBytes(length);
    assert.equal(hex(state.update(bytes).digest()), expected(bytes), `length ${length}: ${hex(bytes)}`);
  }
});

test('2,000 drawn messages in drawn pieces, at drawn places of a larger buffer', () => {
  const state = new Sha256();
  const draw = (below) => Math.floor(Math.random() * below);
  for (let i = 0; i < 2000; i++) {
    const parts = Array.from({ length: draw(6) }, () => new Uint8Array(randomBytes(400)).subarray(draw(100), 100 + draw(300)));
    for (const part of parts) state.update(part);
    const out = new Uint8Array(40).fill(1);
    state.digestInto(out, 3);
    assert.equal(hex(out.subarray(3, 35)), expected(...parts), JSON.stringify(parts.map(hex)));
    assert.ok([...out.subarray(0, 3), ...out.subarray(35)].every((byte) => byte === 1));
  }
});

test('words of all ones and all zeros, where a sum that is not of 32 bits would show', () => {
  for (const byte of [0, 0x7f, 0x80, 0xff]) {
    const bytes = new Uint8Array(100_000).fill(byte);
    assert.equal(hex(new Sha256().update(bytes).digest()), expected(bytes));
  }
});

test('a message of more than 2^32 bits', () => {
  const piece = randomBytes(2 ** 22);
  const state = new Sha256();
  const hash = createHash('sha256');
  for (let i = 0; i < 129; i++) {
    state.update(piece);
    hash.update(piece);
  }
  assert.equal(hex(state.digest()), hash.digest('hex'));
});

/** A letter of so many bytes, one of which is changed behind the signature if that is asked for. */
function letter(size, changed) {
  const bytes = new Uint8Array(size).map((_, i) => i * 7);
  const leaves = Array.from({ length: Math.ceil(size / 65_536) }, (_, i) => ({ ticks: 1, payload: bytes.subarray(i * 65_536, (i + 1) * 65_536) }));
  const item = { title: 'letter', mode: 'whole', object: object({ profile: 'chunk-v1', leaves }), runs: [leaves.length], files: { original: ['original.bin', bytes] } };
  const closed = (bag) => {
    const other = bag.get('data/001/original.bin').slice();
    other[size - 2] ^= 1;
    bag.set('data/001/original.bin', other);
  };
  return court({ items: [item], tweak: changed ? { closed } : {} });
}

/** Does it with another `crypto` in the world. */
async function inWorldOf(crypto, work) {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
  try {
    return await work();
  } finally {
    Object.defineProperty(globalThis, 'crypto', own);
  }
}

test('with the browser’s SHA-256 and without, the same is said', async () => {
  const { subtle } = globalThis.crypto;
  for (const [size, uses] of [[1000, 0], [2 ** 18 - 1, 0], [2 ** 18, 1], [3_000_001, 1], [2 ** 26, 1], [2 ** 26 + 1, 0]]) {
    for (const changed of size < 2 ** 22 ? [false, true] : [false]) {
      const bundle = inMemory(letter(size, changed));
      let called = 0;
      const counting = { subtle: { digest: (...given) => (called++, subtle.digest(...given)) } };
      const said = [];
      for (const world of [counting, undefined, {}]) said.push((await inWorldOf(world, () => verify(bundle, { signers: [] }))).findings);
      assert.equal(called, uses, `${size}`);
      assert.deepEqual(said[1], said[0]);
      assert.deepEqual(said[2], said[0]);
      assert.deepEqual(said[0].filter(({ status }) => status === 'failed').map(({ id }) => id), changed ? ['manifest'] : [], `${size}`);
    }
  }
});

test('objects of every small number of leaves, under drawn masks', async () => {
  const draw = (below) => Math.floor(Math.random() * below);
  const items = Array.from({ length: 40 }, (_, i) => {
    const leaves = Array.from({ length: i + 2 }, (_, k) => (k <= i ? { ticks: 1, payload: utf8(`${k}${'x'.repeat(draw(150))}\n`) } : { ticks: 0, payload: new Uint8Array(0) }));
    const runs = [draw(2) * (1 + draw(leaves.length))];
    for (let left = leaves.length - runs[0]; left > 0; left -= runs.at(-1)) runs.push(1 + draw(left));
    const made = object({ profile: 'lines-v1;byte', leaves, oid: new Uint8Array(32).fill(i + 1) });
    return { title: 'lines', mode: 'partial', object: made, runs, files: {} };
  });
  const { findings } = await verify(inMemory(court({ items })), { signers: [] });
  const masks = JSON.stringify(items.map(({ runs }) => runs));
  for (const [i, { runs }] of items.entries()) {
    const found = findings.find(({ id, item }) => id === 'object' && item === i + 1);
    assert.equal(found?.status, 'proven', `${i + 2} leaves, runs ${runs}: ${found?.facts.cause}`);
    assert.equal(found.facts.hidden, String(runs.filter((_, k) => k % 2 === 1).reduce((sum, run) => sum + run, 0)), masks);
  }
});
