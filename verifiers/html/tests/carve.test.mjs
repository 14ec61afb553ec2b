// The vectors of tests/vectors/carve: how originals become leaves, and what a part is rendered to. CASEMATE_VECTORS names another
// folder.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { inMemory, profileOf } from '../dist/core.mjs';
import { cat } from './make.mjs';

const folder = process.env.CASEMATE_VECTORS ?? fileURLToPath(new URL('../../../tests/vectors/carve/', import.meta.url));
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (found) => Buffer.from(found).toString('hex');
const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
const vectors = await Promise.all(names.map(async (name) => [name.slice(0, -5), JSON.parse(await readFile(`${folder}/${name}`, 'utf8'))]));

/** Rendered by every role: `open` leaves given, the runs of `hidden` [first, leaves] withheld. */
function render(profile, { leaves, ticks }, hidden) {
  const record = { profile: '', leaves: leaves.length, ticks };
  return Object.fromEntries(profile.renderings(record).map(({ role, renderer }) => {
    const made = [];
    for (let at = 0; at < leaves.length; ) {
      const run = hidden.find(([first]) => first === at);
      if (run) made.push(...renderer.hidden(...run));
      else made.push(...renderer.open(at, { ticks: leaves[at].ticks ?? 1, payload: bytes(leaves[at].payload ?? leaves[at]) }));
      at += run ? run[1] : 1;
    }
    return [role, cat(...made, ...renderer.end())];
  }));
}

const known = vectors.filter(([, vector]) => vector.leaves !== undefined && vector.reject === undefined && profileOf(vector.profile) !== null);
assert.ok(known.length > 8);
for (const [name, vector] of known) {
  const profile = profileOf(vector.profile);
  if (vector.source !== undefined) {
    test(`${name}: shape and leaves`, { skip: profile.carve === null && 'originals of this profile are not cut here' }, async () => {
      assert.equal(profile.leaves(vector.ticks), vector.leaves.length);
      assert.deepEqual(profile.timebase.map(Number), vector.timebase);
      const leaves = await profile.carve(inMemory(bytes(vector.source)), {});
      for (const [i, { ticks, payload }] of vector.leaves.entries()) {
        const leaf = await leaves.next(i);
        assert.equal(hex(leaf.payload), payload, `leaf ${i}`);
        assert.equal(leaf.ticks, ticks, `leaf ${i}`);
        assert.equal(profile.ticksBefore(i + 1, vector.ticks) - profile.ticksBefore(i, vector.ticks), ticks, `leaf ${i}`);
      }
      await leaves.end();
    });
  }
  for (const [key, cut] of Object.entries(vector).filter(([key]) => key.startsWith('withheld_'))) {
    test(`${name}: ${key}`, () => assert.equal(hex(render(profile, vector, cut.runs).playable), cut.rendered));
  }
  if (vector.text !== undefined) {
    test(`${name}: read aloud`, () => {
      const made = render(profile, { ...vector, ticks: vector.leaves.length }, vector.protected);
      assert.equal(Buffer.from(made.text).toString(), vector.text);
      if (vector.vtt !== undefined) assert.equal(Buffer.from(made.vtt).toString(), vector.vtt);
    });
  }
}

for (const [name, vector] of vectors.filter(([, vector]) => vector.reject === 'shape')) {
  test(`${name}: refused`, () => {
    const profile = profileOf(vector.profile);
    const max = Number.MAX_SAFE_INTEGER;
    assert.ok(profile === null || vector.ticks > max || vector.leaf_count < 1 || profile.leaves(vector.ticks) !== vector.leaf_count);
  });
}

for (const [name, vector] of vectors.filter(([, vector]) => vector.reject === 'unit')) {
  test(`${name}: refused`, () => {
    const head = { ticks: 1, payload: 'a600000101026154038004615305626672' };
    assert.throws(() => render(profileOf('release-text-v1'), { leaves: [head, { ticks: 1, payload: vector.payload }, head], ticks: 3 }, [[2, 1]]), { name: 'Refused' });
  });
}
