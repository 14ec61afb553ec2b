// Cosigned checkpoints (docs/format/witness.md): the vectors, keys, a public log's checkpoint, and bundles with one fault each.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { cosignedAt, inMemory, parseWitness, verify } from '../dist/core.mjs';
import { ascii, cat, court, object, publicKey, SEEDS, utf8, witnessKey } from './make.mjs';

const folder = new URL('../../../tests/vectors/witness/', import.meta.url);
const expected = async (name) => JSON.parse(await readFile(new URL(`${name}.expected.json`, folder), 'utf8'));
const check = (bytes, witnesses = []) => verify(inMemory(Uint8Array.from(bytes)), { signers: [], witnesses });

test('each vector has its findings, for each list of trusted witnesses', async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.zip')).map((name) => name.slice(0, -4));
  assert.ok(names.length >= 26);
  for (const name of names) {
    const bytes = await readFile(new URL(`${name}.zip`, folder));
    const cases = await expected(name);
    assert.equal(cases.length, 3, name);
    for (const { witnesses, findings } of cases) {
      const found = (await check(bytes, witnesses)).findings.map(({ id, item, status, facts: { cause, ...facts } }) => ({ id, item, status, ...(id === 'witness' ? { facts } : {}) }));
      assert.deepEqual(found, findings, `${name}, ${witnesses}`);
    }
  }
});

const W1 = 'witness.example/w1+18041f2a+BBl/ayPhbIUyxqvIOPrNXqeJvgx2spIDNAOb+os9No1h';
const one = { byte: 42, name: 'witness.example/w1', time: 1_767_225_600 };

test('a key is name, id and key, in one spelling', () => {
  const key = (name, typed = cat(Uint8Array.of(4), publicKey(42))) => witnessKey({ name }, typed);
  assert.equal(key(one.name), W1);
  const { text, name, id, key: bytes } = parseWitness(W1);
  assert.deepEqual([text, name, Buffer.from(id).toString('hex'), bytes], [W1, one.name, '18041f2a', publicKey(42)]);
  const longest = 'x'.repeat(512 - key('').length);
  for (const good of ['w', 'é', '\u202e', '\ufeff', 'w/1', longest]) assert.equal(parseWitness(key(good))?.name, good);
  for (const bad of ['', ' ', 'a b', 'a\tb', 'a\u00a0b', 'a\u2028b', 'a\u3000b', 'a\u0001b', 'a\u0085b', 'a\u007fb', 'a\nb', 'a+b', `${longest}x`, 'é'.repeat(230)]) assert.equal(parseWitness(key(bad)), null, bad);
  const kinds = [[1], [6], []].map((kind) => cat(Uint8Array.from(kind), publicKey(42)));
  const points = [publicKey(42).subarray(1), cat(publicKey(42), Uint8Array.of(0)), new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31)), Uint8Array.of(2, ...new Uint8Array(31))].map((point) => cat(Uint8Array.of(4), point));
  for (const typed of [...kinds, ...points, new Uint8Array(0)]) assert.equal(parseWitness(key(one.name, typed)), null, Buffer.from(typed).toString('hex'));
  const spelled = ['18041F2A', '18041f2b', '18041f2', '018041f2a', '', ' 18041f2a'].map((id) => W1.replace('18041f2a', id));
  for (const bad of [...spelled, W1.slice(0, -1), `${W1}\n`, `${W1} `, ` ${W1}`, `${W1}+x`, `${W1.slice(0, -1)}i`, W1.replace('Bl/', 'Bl_'), '', '+', '++', '00'.repeat(32)]) assert.equal(parseWitness(bad), null, bad);
});

test('a checkpoint of a public log, cosigned by a witness that has nothing to do with this project', () => {
  const text = ascii('arche2025h1.staging.ct.transparency.dev\n1432088532\nU7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n');
  const blob = Uint8Array.from(Buffer.from('2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==', 'base64'));
  const witness = parseWitness('remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2');
  const line = { name: witness.name, blob };
  assert.equal(cosignedAt(witness, text, line), 1_779_573_024);
  assert.throws(() => cosignedAt(witness, text, { ...line, name: 'remora.n621.d' }));
  assert.throws(() => cosignedAt(witness, text, { ...line, blob: blob.slice(0, -1) }));
  assert.throws(() => cosignedAt(witness, text.slice(0, -1), line));
  for (let i = 0; i < blob.length; i++) assert.throws(() => cosignedAt(witness, text, { ...line, blob: blob.with(i, blob[i] ^ 1) }), undefined, `${i}`);
});

const letter = (n, more = {}) => ({
  title: 'letter', mode: 'whole', object: object({ profile: 'chunk-v1', leaves: [{ ticks: 1, payload: ascii(`${n}`) }], oid: new Uint8Array(32).fill(n) }), runs: [1], files: { original: ['o.txt', ascii(`${n}`)] }, ...more,
});
/** Seven items, the last of them another lane's, in a log of nine entries: the lane's act, six items', the census, a commit. */
const made = (witnesses, tweak) => court({ items: Array.from({ length: 7 }, (_, i) => letter(i + 1, { elsewhere: i === 6 })), witnesses, tweak });
const told = async (witnesses, tweak, trusted = [W1]) => {
  const { findings } = await check(made(witnesses, tweak), trusted);
  return { own: findings.filter(({ id }) => id === 'witness'), lost: findings.filter(({ status }) => status === 'failed').map(({ id }) => id) };
};

test('a checkpoint of any size is extended by the bundle’s, and covers what stands in it', async () => {
  const sizes = Array.from({ length: 10 }, (_, size) => size);
  const { own, lost } = await told(sizes.map((size) => ({ ...one, size, time: size })));
  assert.deepEqual(lost, []);
  assert.deepEqual(own.map(({ status, facts }) => [status, facts.time, facts.size, facts.covers]), sizes.map((size) => ['proven', `1970-01-01T00:00:0${size}Z`, `${size}`, `${Math.min(Math.max(size - 1, 0), 6)}/7`]));
  assert.deepEqual(Object.keys(own[0].facts), ['witness', 'witness-key', 'time', 'size', 'covers']);
  const other = new Uint8Array(32);
  const faults = [(p) => p.slice(0, -1), (p) => [...p, p[0]], (p) => [other, ...p.slice(1)], (p) => [...p.slice(0, -1), other], () => [], () => ascii('x'), () => [other.subarray(1)], () => Array.from({ length: 65 }, () => other)];
  for (const proof of faults) {
    const all = await told(sizes.slice(1, 9).map((size) => ({ ...one, size, proof })));
    assert.deepEqual(all.lost, sizes.slice(1, 9).map(() => 'witness'), `${proof}`);
  }
});

test('times up to the end of the year 9999', async () => {
  for (const [time, text] of [[0, '1970-01-01T00:00:00Z'], [951_782_400, '2000-02-29T00:00:00Z'], [2 ** 32, '2106-02-07T06:28:16Z'], [253_402_300_799, '9999-12-31T23:59:59Z']]) {
    assert.deepEqual((await told([{ ...one, time }])).own.map(({ facts }) => facts.time), [text]);
  }
  for (const time of [253_402_300_800, 2n ** 63n, 2n ** 64n - 1n]) assert.deepEqual((await told([{ ...one, time }])).lost, ['witness']);
});

test('each speaks for itself, and only the key that was given is trusted', async () => {
  const bad = { ...one, lines: (all) => all.slice(0, 1) };
  const { own } = await told([{ byte: 43, name: 'other', time: 7, size: 2 }, bad, one, bad]);
  assert.deepEqual(own.map(({ status, facts }) => [status, facts.number]), [['not-checked', undefined], ['failed', '2'], ['proven', undefined], ['failed', '4']]);
  assert.deepEqual(Object.keys(own[1].facts), ['number', 'cause']);
  for (const key of [witnessKey({ byte: 43, name: one.name }), witnessKey({ byte: 42, name: 'witness.example/w2' }), one.name]) assert.equal((await told([one], {}, [key])).own[0].status, 'not-checked');
  const lines = [(x) => x.toReversed(), (x) => [...x, x[1]], (x) => [x[0], x[0]], (x) => x.slice(1), () => [], (x) => [x[0], x[1].slice(0, -1)], (x) => [...x, ascii('\n')]];
  for (const change of lines) assert.deepEqual((await told([{ ...one, lines: change }])).lost, ['witness'], `${change}`);
});

test('files: three for each number, without a gap, 64 at most', async () => {
  const two = [{ ...one, size: 2 }, one];
  const put = (name, bytes) => ({ files: (f) => f.set(`proof/witness/${name}`, bytes) });
  const drop = (name) => ({ files: (f) => f.delete(`proof/witness/${name}`) });
  for (const name of ['1.note', '00.note', '01.x', '03.key', '65.note', 'x', '001.note']) assert.deepEqual((await told(two, put(name, ascii('x')))).lost, ['manifest'], name);
  assert.deepEqual((await told(two, put('03.note', ascii('x')))).lost, ['manifest', 'witness']);
  for (const end of ['key', 'proof']) assert.deepEqual((await told(two, drop(`02.${end}`))).lost, ['manifest', 'witness']);
  assert.deepEqual(await told(two, drop('01.note')), { own: [], lost: ['manifest'] });
  for (const key of ['', '\n', W1, `${W1}\r\n`, `${W1}\n\n`, `${'x'.repeat(513)}\n`]) assert.deepEqual((await told(two, put('01.key', ascii(key)))).lost, ['witness'], key);
  assert.deepEqual((await told(two, put('01.key', Uint8Array.of(0xff, 10)))).lost, ['witness']);
  const many = Array.from({ length: 65 }, (_, time) => ({ ...one, time }));
  assert.equal((await told(many.slice(0, 64))).own.filter(({ status }) => status === 'proven').length, 64);
  const over = await told(many);
  assert.deepEqual([over.own.length, over.lost], [64, ['manifest']]);
});

test('where something else failed', async () => {
  const states = async (tweak) => (await told([one], tweak)).own.map(({ status }) => status);
  assert.deepEqual(await states({ files: (f) => f.set('proof/lane.act', ascii('x')) }), ['failed']);
  assert.deepEqual(await states({ files: (f) => f.set('proof/checkpoint', ascii('x')) }), ['failed']);
  assert.deepEqual(await states({ files: (f) => f.set('proof/checkpoint.sig', ascii('x')) }), ['proven']);
  assert.deepEqual(await states({ signer: SEEDS.lane }), []);
  assert.deepEqual(await states({ statement: (s) => (s[0] = 2) }), []);
  assert.deepEqual(await states({ closed: (f) => f.set('manifest-sha256.txt', ascii('x')) }), []);
  const { own } = await told([one], { files: (f) => f.set('proof/001.tlog', ascii('x')) });
  assert.equal(own[0].facts.covers, '5/7');
});

test('names in the lines of other keys: a space is white space of Unicode, and no control character stands there', async () => {
  const state = async (name) => (await check(made([], { lines: [utf8(`\u2014 ${name} MTIzNDU=\n`)] }))).findings.find(({ id }) => id === 'checkpoint').status;
  for (const name of ['w', 'witness.example/w1', 'é', '\ufeff', '\u200b', '\u202e', '\u{10ffff}']) assert.equal(await state(name), 'proven', name);
  for (const name of ['', ' ', 'a b', 'a+b', 'a\tb', 'a\rb', 'a\0b', 'a\u001cb', 'a\u007fb', 'a\u0085b', 'a\u009fb', 'a\u00a0b', 'a\u2028b', 'a\u3000b']) assert.equal(await state(name), 'failed', JSON.stringify(name));
});

test('the program takes --witness, and refuses what is no key', async () => {
  const run = (...words) => promisify(execFile)(process.execPath, [fileURLToPath(new URL('../dist/cli.mjs', import.meta.url)), ...words]).then(({ stdout }) => ({ code: 0, stdout }), (error) => error);
  const file = fileURLToPath(new URL('one.zip', folder));
  const [, , { witnesses: [other] }] = await expected('one');
  for (const [keys, state] of [[[], 'not-checked'], [[other], 'not-checked'], [[other, W1], 'proven']]) {
    const { code, stdout, stderr } = await run('--json', ...keys.flatMap((key) => ['--witness', key]), file);
    assert.ok([0, 1].includes(code), `exit code ${code}: ${stderr}`);
    assert.deepEqual([code, JSON.parse(stdout).findings.find(({ id }) => id === 'witness').status], [0, state]);
  }
  for (const bad of [['--witness', 'x', file], ['--witness', W1.slice(0, -1), file], [file, '--witness']]) assert.equal((await run(...bad)).code, 2);
});
