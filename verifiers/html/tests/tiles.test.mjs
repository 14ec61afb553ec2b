// The vectors of tests/vectors/tiles: the PDF that is made from tiles, whole and with some withheld, and what is no tile.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { profileOf } from '../dist/core.mjs';
import { cat } from './make.mjs';

const folder = fileURLToPath(new URL('../../../tests/vectors/tiles/', import.meta.url));
const read = async (name) => JSON.parse(await readFile(`${folder}${name}`, 'utf8'));
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const vector = await read('pages.json');
const leaves = vector.leaves.map(bytes);

/** The file of role `pages`, and what the renderer tells of its pages. */
function render(payloads, hidden = null) {
  const [{ role, renderer }] = profileOf('tiles-v1').renderings({ profile: 'tiles-v1', leaves: payloads.length, ticks: payloads.length - 1 });
  assert.equal(role, 'pages');
  const made = [];
  for (let at = 0; at < payloads.length; ) {
    const run = hidden?.[0] === at;
    made.push(...(run ? renderer.hidden(...hidden) : renderer.open(at, { ticks: at === 0 ? 0 : 1, payload: payloads[at] })));
    at += run ? hidden[1] : 1;
  }
  return { file: cat(...made, ...renderer.end()), pages: renderer.pages };
}

test('the shape is that of the object', () => assert.equal(profileOf('tiles-v1').leaves(vector.ticks), leaves.length));

for (const [name, hidden, expected] of [['whole', null, vector.rendered], ['with a tile withheld', vector.withheld, vector.rendered_without_withheld]]) {
  test(`${name}: the file, byte for byte`, () => assert.equal(Buffer.from(render(leaves, hidden).file).toString('hex'), expected));
}

test('where the pictures lie in the file, and what is withheld of them', () => {
  const { file, pages } = render(leaves, [1, 2]);
  assert.deepEqual(pages.map(({ width, height, colour, tiles, hidden, bands }) => ({ width, height, colour, tiles, hidden, bands })), [
    { width: 70, height: 66, colour: false, tiles: 4, hidden: 2, bands: [[0, 64]] },
    { width: 5, height: 3, colour: true, tiles: 1, hidden: 0, bands: [] },
  ]);
  for (const { at, length } of pages) {
    assert.equal(Buffer.from(file.subarray(at - 7, at)).toString(), 'stream\n');
    assert.equal(file[at + length], 128);
  }
});

for (const name of (await readdir(folder)).filter((one) => one.startsWith('reject-'))) {
  test(`${name.slice(0, -5)}: refused`, async () => {
    const { leaf, payload } = await read(name);
    assert.throws(() => render(leaves.map((one, i) => (i === leaf ? bytes(payload) : one))), { name: 'Refused' });
  });
}
