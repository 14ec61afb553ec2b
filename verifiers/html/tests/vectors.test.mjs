// The vectors of tests/vectors/bundle, and every small change of a bundle: by the core, as Node runs it.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inMemory, parseSigner, verify } from '../dist/core.mjs';
import { VECTORS } from './browser.mjs';

const bundle = (name) => readFile(`${VECTORS}${name}`);
const key = async (name) => [parseSigner(await readFile(`${VECTORS}${name}.key`, 'utf8'))];
const short = ({ findings }) => findings.map(({ id, item, status }) => ({ id, item, status }));
const check = (bytes, signers = []) => verify(inMemory(Uint8Array.from(bytes)), { signers });

for (const [name, signer] of [['court', 'owner'], ['press', 'disclosure'], ['forged-rendering', 'owner'], ['strangers-key', 'owner']]) {
  test(`${name}.zip gives the findings of its file`, async () => {
    const expected = JSON.parse(await bundle(`${name}.expected.json`));
    assert.deepEqual(short(await check(await bundle(`${name}.zip`), await key(signer))), expected);
  });
}

const timed = (name) => readFile(new URL(`../../../tests/vectors/time/${name}.zip`, import.meta.url));
const failedOf = async (name) => (await check(await timed(name))).findings.filter(({ status }) => status === 'failed').map(({ id }) => id);

test('files of tokens are those that the format calls for', async () => {
  for (const name of ['bundle-renewed', 'bundle-without-acts', 'bundle-without-tokens']) assert.deepEqual(await failedOf(name), [], name);
  for (const name of ['bundle-failed-a-number-left-out', 'bundle-failed-no-tlog']) assert.deepEqual(await failedOf(name), ['manifest'], name);
});

const narrow = new URL('../../../tests/vectors/narrow/', import.meta.url);

test('bundles that were passed on have their findings, with all facts', async () => {
  const names = (await readdir(narrow)).filter((name) => name.endsWith('.zip'));
  assert.ok(names.length >= 18);
  for (const name of names) {
    const bytes = await readFile(new URL(name, narrow));
    for (const { signers, findings } of JSON.parse(await readFile(new URL(name.replace('.zip', '.expected.json'), narrow), 'utf8'))) {
      const verdict = await check(bytes, signers.map(parseSigner));
      assert.equal(verdict.findings.some(({ id, status }) => id === 'discloser' && status === 'failed'), name.startsWith('reject'), name);
      const found = verdict.findings.map(({ id, item, status, facts: { cause, ...facts } }) => ({ id, item, status, facts }));
      assert.deepEqual(found, findings.map(({ id, item = null, status, facts = {} }) => ({ id, item, status, facts })), name);
    }
  }
});

/** Refused as a container: the zip failed, and nothing is proven. */
async function refused(bytes, what) {
  const verdict = await check(bytes);
  assert.equal(verdict.findings[0].id, 'zip-strict', what);
  assert.equal(verdict.findings[0].status, 'failed', what);
  assert.ok(!verdict.findings.some(({ status }) => status === 'proven'), what);
  assert.ok(verdict.failed, what);
}

function edited(bytes, { edit, at, with: value }) {
  const place = at < 0 ? bytes.length + at : at;
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (edit) {
    case 'flip':
      return Buffer.concat([before, Buffer.of(after[0] ^ value), after.subarray(1)]);
    case 'insert':
      return Buffer.concat([before, Buffer.of(value), after]);
    case 'remove':
      return Buffer.concat([before, after.subarray(1)]);
    case 'truncate':
      return before;
    default:
      throw new Error(edit);
  }
}

test('each edit of edits.json is refused', async () => {
  const court = await bundle('court.zip');
  const edits = JSON.parse(await bundle('edits.json'));
  assert.ok(edits.length > 0);
  for (const edit of edits) await refused(edited(court, edit), JSON.stringify(edit));
});

test('300 drawn flips, insertions and cuts of court.zip are refused', async () => {
  const court = await bundle('court.zip');
  let state = 20260301;
  const draw = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let i = 0; i < 300; i++) {
    const at = draw(court.length);
    const kind = ['flip', 'insert', 'remove', 'truncate'][draw(4)];
    const edit = { edit: kind, at, with: kind === 'flip' ? 1 << draw(8) : draw(256) };
    await refused(edited(court, edit), JSON.stringify(edit));
  }
});

test('an edit that changes nothing is accepted, so that the refusals above mean something', async () => {
  assert.ok(!(await check(edited(await bundle('court.zip'), { edit: 'truncate', at: 75_028 }))).failed);
});
