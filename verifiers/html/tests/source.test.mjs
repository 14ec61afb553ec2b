// How a file is read: in pieces, each asked for once, the next before it is wanted, and nothing past the end.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Stream } from '../dist/core.mjs';

const STEP = 100;
/** A source that says what is asked of it; from `breaks` on it has no more bytes. */
function spied(bytes, breaks = Infinity) {
  const asked = [];
  const read = async (at, length) => {
    asked.push([at, length]);
    assert.ok(length > 0 && at + length <= bytes.length);
    return bytes.subarray(at, Math.min(at + length, breaks));
  };
  return { asked, source: { size: bytes.length, read } };
}

test('whatever lengths are taken, they are the bytes, and each was read once', async () => {
  const draw = (below) => Math.floor(Math.random() * below);
  for (let round = 0; round < 200; round++) {
    const bytes = new Uint8Array(randomBytes(draw(2000)));
    const { asked, source } = spied(bytes);
    const stream = new Stream(source, STEP);
    for (let at = 0; at < bytes.length; ) {
      const length = Math.min(1 + draw(draw(4) === 0 ? 700 : 90), bytes.length - at);
      assert.deepEqual(await stream.take(length), bytes.subarray(at, at + length));
      at += length;
      assert.equal(stream.place, at);
      assert.equal(stream.left, bytes.length - at);
    }
    await assert.rejects(stream.take(1), /end too early/);
    let next = 0;
    for (const [at, length] of asked) {
      assert.equal(at, next);
      next += length;
    }
    assert.equal(next, bytes.length);
  }
});

test('one piece is asked for ahead, not more', async () => {
  const { asked, source } = spied(new Uint8Array(1000));
  const stream = new Stream(source, STEP);
  await stream.take(1);
  assert.deepEqual(asked, [[0, 100], [100, 100]]);
  await stream.take(99);
  assert.equal(asked.length, 2);
  await stream.take(450);
  assert.deepEqual(asked.slice(2), [[200, 350], [550, 100]]);
});

test('a file that got shorter is unreadable where it is missed, and no sooner', async () => {
  const { source } = spied(new Uint8Array(250), 150);
  const stream = new Stream(source, STEP);
  await stream.take(100);
  await new Promise((done) => setTimeout(done, 5));
  await assert.rejects(stream.take(1), /could not be read to its end/);
});
