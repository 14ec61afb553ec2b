// Bundles that Casemate itself makes, of every kind of sound, of pages, chats, tables and texts, whole and with cuts: this verifier and
// casemate-verify must find the same, line by line. Needs CASEMATE_BIN (the folder of the programs) and the data beside the repository
// (CASEMATE_TEST_DATA); without, it says so and is skipped, but with CI set it fails.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { inMemory, profileOf } from '../dist/core.mjs';
import { cat, court, object, utf8 } from './make.mjs';
import { everyParameter, leavesOf } from './parameters.mjs';

const run = promisify(execFile);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const bin = process.env.CASEMATE_BIN;
const data = process.env.CASEMATE_TEST_DATA ?? here('../../../../shared/data');
const sounds = join(data, 'speech/transcoded');
const missing = bin === undefined ? 'CASEMATE_BIN is not set' : !existsSync(join(bin, 'casemate')) ? `${bin} has no casemate` : !existsSync(sounds) ? `${sounds} is not there` : null;
const skip = missing !== null && process.env.CI === undefined ? `skipped: ${missing}` : false;
const WIDE_BAND = join(data, 'docs-tika/testAMR-WB.amr');

let folder;
before(async () => {
  if (skip) return;
  assert.equal(missing, null);
  folder = await mkdtemp(join(tmpdir(), 'casemate-page-'));
  await writeFile(join(folder, 'passphrase'), 'eight words that nobody would ever guess here\n');
});
after(() => folder && rm(folder, { recursive: true, force: true }));

/** A case of its own, and how to tell it something. */
async function newCase(name) {
  const passphrase = ['--passphrase-file', join(folder, 'passphrase')];
  const told = async (...words) => (await run(join(bin, 'casemate'), [...words, ...passphrase, '--case', join(folder, name)], { maxBuffer: 2 ** 26 })).stdout;
  await run(join(bin, 'casemate'), ['init', join(folder, name), ...passphrase]);
  return told;
}

/** One recording of each form, by what stands behind the first dot of its name. */
async function eachForm() {
  const forms = new Map();
  for (const file of (await readdir(sounds)).filter((one) => !one.startsWith('MANIFEST')).sort().reverse()) forms.set(file.slice(file.indexOf('.')), join(sounds, file));
  return [...forms.values(), ...(existsSync(WIDE_BAND) ? [WIDE_BAND] : [])];
}

/** Both verdicts of a bundle. What a failed finding says of its cause is free. */
async function verdicts(file) {
  const of = async (program, words) => {
    const { stdout } = await run(program, [...words, '--json', file], { maxBuffer: 2 ** 26 }).catch((error) => error);
    const { verdict, findings } = JSON.parse(stdout);
    return { verdict, findings: findings.map(({ facts: { cause, ...facts } = {}, ...finding }) => ({ ...finding, facts, cause: cause !== undefined })) };
  };
  return [await of(process.execPath, [here('../dist/cli.mjs')]), await of(join(bin, 'casemate-verify'), [])];
}

async function same(file) {
  const [ours, theirs] = await verdicts(file);
  assert.deepEqual(ours, theirs);
  return ours;
}

const profiles = ({ findings }) => findings.filter(({ id }) => id === 'object').map(({ facts }) => facts.profile.split(';')[0]);

async function disclosed(told, name, numbers) {
  const file = join(folder, `${name}.zip`);
  for (const number of numbers) await told('redact', String(number), '--for', 'court', '--accept', '--by', 'Nobody');
  await told('disclose', '--profile', 'court', '--to', file, '--recipient', 'Court of Valmont', '--purpose', 'a hearing', ...numbers.map(String));
  return file;
}

/** Adds recordings; those whose length is known can leave. */
async function heard(told, files) {
  await told('add', '--no-transcribe', ...files);
  const numbers = [];
  for (let number = 1; number <= files.length; number++) {
    const heardAll = await told('heard', String(number), '--by', 'Nobody').then(() => true, () => false);
    if (heardAll) numbers.push(number);
  }
  return numbers;
}

const EVERY = ['wav-v1', 'amr-nb-v1', 'mp3-v1', 'adts-aac-v1', 'flac-v1', 'mp4-aac-v1', 'mp4-alac-v1', 'mp4-amr-nb-v1', 'ogg-opus-v1', 'webm-opus-v1', 'ogg-vorbis-v1', ...(existsSync(WIDE_BAND) ? ['amr-wb-v1'] : [])];

/** The files that can be cut, whose profile is not that of any bytes; and with it. */
let cuttable = [];
let cut = [];

test('sound of every form, whole: cut again, and found the same', { skip }, async () => {
  const told = await newCase('whole');
  const files = await eachForm();
  const numbers = await heard(told, files);
  for (const number of numbers) await told('redact', String(number), '--for', 'court', '--propose');
  const found = await same(await disclosed(told, 'whole', numbers));
  assert.equal(found.verdict, 'nothing-failed');
  assert.deepEqual(EVERY.filter((profile) => !profiles(found).includes(profile)), []);
  const full = found.findings.filter(({ id }) => id === 'object').map(({ facts }) => facts.profile);
  cut = numbers.map((number, i) => ({ file: files[number - 1], profile: full[i] })).filter(({ profile }) => profile !== 'chunk-v1');
  cuttable = cut.map(({ file }) => file);
});

test('sound of every form with cuts: rendered again, and found the same', { skip }, async () => {
  assert.ok(cuttable.length >= EVERY.length);
  const told = await newCase('cut');
  const numbers = await heard(told, cuttable);
  for (const number of numbers) {
    const times = number % 2 === 0 ? ['00:01.4-00:02'] : ['00:00-00:00.5', '00:03.2-00:03.9'];
    for (const time of times) await told('redact', String(number), '--for', 'court', '--strike-time', time, '--reason', 'privilege');
  }
  const found = await same(await disclosed(told, 'cut', numbers));
  assert.equal(found.verdict, 'nothing-failed');
  assert.deepEqual(EVERY.filter((profile) => !profiles(found).includes(profile)), []);
  const withheld = found.findings.filter(({ id, facts }) => id === 'object' && Number(facts['withheld-ms']) > 0);
  assert.ok(withheld.length >= EVERY.length);
});

test('a letter with its pages, a chat, a call log, mails: found the same', { skip }, async () => {
  const told = await newCase('papers');
  await told('add', '--no-transcribe', here('../../../demo/papers'));
  await told('person', 'add', '--han', '唐远山', '--passport', 'TANG YUANSHAN', '--name', 'Victor Tang', '--role', 'applicant', '--protected');
  await told('person', 'alias', '唐远山', 'court', 'Monsieur A');
  await told('person', 'consent', '唐远山', 'court', '--basis', 'a letter', '--by', 'Nobody');
  const numbers = Array.from({ length: 9 }, (_, i) => i + 1);
  for (const number of numbers) await told('redact', String(number), '--for', 'court', '--propose');
  const found = await same(await disclosed(told, 'papers', numbers));
  assert.equal(found.verdict, 'nothing-failed');
  for (const profile of ['tiles-v1', 'release-text-v1']) assert.ok(profiles(found).includes(profile), profile);
});

/** Numbers that are drawn, the same each time. */
function drawing(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Runs of a mask, open and hidden in turn; the first leaf is open. */
function drawnRuns(draw, leaves) {
  const open = Array.from({ length: leaves }, (_, i) => i === 0 || draw(3) > 0);
  for (let at = 1; at < leaves; at += 1 + draw(6)) for (let i = at; i < Math.min(leaves, at + draw(5)); i++) open[i] = draw(2) === 0;
  const runs = [0];
  open.forEach((is, i) => (i > 0 && is !== open[i - 1] ? runs.push(1) : runs.splice(-1, 1, runs.at(-1) + 1)));
  return runs;
}

/** An item of these leaves under a drawn mask, rendered here. */
function drawnItem(vector, leaves, draw, number) {
  const made = object({ profile: vector.profile, timebase: profileOf(vector.profile).timebase, leaves, oid: Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? number >> 8 : number & 255)) });
  const runs = drawnRuns(draw, leaves.length);
  const files = {};
  for (const { role, renderer } of profileOf(vector.profile).renderings({ profile: vector.profile, leaves: leaves.length, ticks: made.record[4] })) {
    const parts = [];
    let at = 0;
    runs.forEach((run, i) => {
      if (i % 2 === 1) parts.push(...renderer.hidden(at, run));
      else for (let k = 0; k < run; k++) parts.push(...renderer.open(at + k, leaves[at + k]));
      at += run;
    });
    files[role] = [`${role}.bin`, cat(...parts, ...renderer.end())];
  }
  return { title: 'drawn', mode: profileOf(vector.profile).kind === 'release' ? 'release' : 'partial', object: made, runs, files };
}

/** The bundle of these items, which both verifiers must find without a fault. */
async function allSame(name, items) {
  const file = join(folder, `${name}.zip`);
  await writeFile(file, court({ items }));
  const found = await same(file);
  assert.deepEqual(found.findings.filter(({ status }) => status === 'failed'), []);
  assert.equal(found.findings.filter(({ id, status }) => id === 'rendering' && status === 'proven').length, items.length);
}

test('recordings under drawn masks: casemate-verify makes the same copies', { skip }, async () => {
  const draw = drawing(20261130);
  const items = [];
  for (const { file, profile } of cut) {
    const source = await readFile(file);
    const carved = await profileOf(profile).carve(inMemory(Uint8Array.from(source)), {});
    const leaves = [];
    for (let more = true; more; ) more = await carved.next(leaves.length).then((leaf) => leaves.push({ ticks: leaf.ticks, payload: leaf.payload.slice() }) > 0, () => false);
    for (let turn = 0; turn < 2; turn++) items.push(drawnItem({ profile }, leaves, draw, items.length + 1));
  }
  assert.ok(items.length >= 2 * EVERY.length);
  await allSame('recordings', items);
});

test('copies under drawn masks, of every vector: casemate-verify makes the same', { skip }, async () => {
  const draw = drawing(20260301);
  const folderOf = (name) => here(`../../../tests/vectors/${name}/`);
  const vectors = [];
  for (const name of (await readdir(folderOf('carve'))).filter((one) => one.endsWith('.json'))) vectors.push(JSON.parse(await readFile(`${folderOf('carve')}${name}`, 'utf8')));
  const pages = JSON.parse(await readFile(`${folderOf('tiles')}pages.json`, 'utf8'));
  vectors.push({ profile: 'tiles-v1', leaves: pages.leaves.map((payload, i) => ({ ticks: i === 0 ? 0 : 1, payload })) });
  const drawn = vectors.filter(({ leaves, profile, reject }) => reject === undefined && leaves?.length > 3 && profile !== 'chunk-v1' && !profile.startsWith('release'));
  const given = ({ leaves }) => leaves.map(({ ticks = 1, payload }) => ({ ticks, payload: Uint8Array.from(Buffer.from(payload, 'hex')) }));
  const items = drawn.filter(({ profile }) => profileOf(profile).renderings({ profile, leaves: 4, ticks: 1 }).length > 0).flatMap((vector, v) => [0, 1, 2, 3].map((turn) => drawnItem(vector, given(vector), draw, 4 * v + turn + 1)));
  assert.ok(items.length >= 80);
  await allSame('vectors', items);
});

test('what stands for withheld sound, of every parameter: casemate-verify makes the same', { skip }, async () => {
  const items = everyParameter().map((one, i) => {
    const profile = profileOf(one.profile);
    const leaves = leavesOf(one, profile);
    const made = object({ profile: one.profile, timebase: profile.timebase, leaves, oid: Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? i >> 8 : i & 255)) });
    const [{ renderer }] = profile.renderings({ profile: one.profile, leaves: leaves.length, ticks: one.ticks });
    const copy = cat(...renderer.open(0, leaves[0]), ...renderer.hidden(1, leaves.length - 1), ...renderer.end());
    return { title: one.profile, mode: 'partial', object: made, runs: [1, leaves.length - 1], files: { playable: ['copy', copy] } };
  });
  assert.ok(items.length > 300);
  await allSame('parameters', items);
});

test('an act of another lane, and what may be wrong with it: found the same', { skip }, async () => {
  const letter = (text, oid) => ({ title: 'letter', mode: 'whole', object: object({ profile: 'chunk-v1', leaves: [{ ticks: 1, payload: utf8(text) }], oid: new Uint8Array(32).fill(oid) }), runs: [1], files: { original: ['original.txt', utf8(text)] } });
  const tweaks = { good: {}, size: { via: { 1: 3 } }, index: { via: { 3: 0 } }, row: { via: { 5: 7 } }, own: { other: (lane) => lane }, commit: { commit: { critical: false } }, log: { files: (f) => f.set('proof/002.commit.tlog', f.get('proof/001.tlog')) } };
  for (const [name, tweak] of Object.entries(tweaks)) {
    const file = join(folder, `lane-${name}.zip`);
    await writeFile(file, court({ items: [letter('Sir', 5), { ...letter('Madam', 6), elsewhere: true }], tweak }));
    const found = await same(file);
    assert.equal(found.verdict, name === 'good' ? 'nothing-failed' : 'failed', name);
  }
});
