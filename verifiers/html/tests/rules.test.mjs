// Bundles with one fault each, signed all the same, made by make.mjs: what docs/format calls for, and what it refuses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inMemory, parseSigner, verify } from '../dist/core.mjs';
import { ascii, cbor, court, object, publicKey, SEEDS, sshsig, units, utf8 } from './make.mjs';

const letterObject = (bytes = utf8('Sir,\n'), oid = 5) => object({ profile: 'chunk-v1', leaves: [{ ticks: 1, payload: bytes }], oid: new Uint8Array(32).fill(oid) });
const letter = () => ({ title: 'letter', mode: 'whole', object: letterObject(), runs: [1], files: { original: ['original.txt', utf8('Sir,\n')] } });
const text = (units_, runs, plain, extra = {}) => ({
  title: 'mail', mode: 'release', object: object({ profile: 'release-text-v1', leaves: units(units_) }), runs, files: { text: ['text.txt', utf8(plain)] }, ...extra,
});
const head = (fields = {}) => ({ 0: 0, 1: 1, 2: 'T', 3: [], 4: 'S', 5: 'en', ...fields });
const segment = (place, speaker) => ({ 0: 1, 1: place, 2: speaker });
const words = (said) => ({ 0: 2, 1: said });
const label = (alias, reason = 'name') => ({ 0: 3, 1: alias, 2: reason });
const withheld = (said) => ({ 0: 4, 1: said });

const check = (bundle, ...signers) => verify(inMemory(bundle), { signers });
/** The status of one finding; undefined where there is none. */
const status = ({ findings }, id, item = null) => findings.find((finding) => finding.id === id && finding.item === item)?.status;
const of = async (tweak, id, item = null, items = [letter()]) => status(await check(court({ items, tweak })), id, item);

test('a bundle as it should be fails nowhere', async () => {
  const verdict = await check(court({ items: [letter()] }), parseSigner(Buffer.from(publicKey(SEEDS.owner)).toString('hex')));
  assert.deepEqual(verdict.findings.filter((finding) => finding.status === 'failed'), []);
  assert.equal(status(verdict, 'signer-pinned'), 'proven');
  assert.equal(status(verdict, 'object', 1), 'proven');
});

test('the key may be given as hex with spaces, as a line of OpenSSH, or as its fingerprint', async () => {
  const bundle = court({ items: [letter()] });
  const key = publicKey(SEEDS.disclosure);
  const wire = Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.from([0, 0, 0, 32]), key]);
  const { createHash } = await import('node:crypto');
  const spellings = [Buffer.from(key).toString('hex').match(/.{4}/g).join(' ').toUpperCase(), `ssh-ed25519 ${wire.toString('base64')} somebody@here`, `SHA256:${createHash('sha256').update(wire).digest('base64').replace('=', '')}`];
  for (const spelling of spellings) assert.equal(status(await check(bundle, parseSigner(spelling)), 'signer-pinned'), 'proven', spelling);
  assert.equal(status(await check(bundle, parseSigner('00'.repeat(32))), 'signer-pinned'), 'failed');
  assert.equal(parseSigner('not a key'), null);
});

const statementFaults = {
  'another language': (s) => (s[10] = 'de'),
  'a date that is no day': (s) => (s[6] = '2026-02-30T09:00:00Z'),
  'a date of another form': (s) => (s[6] = '2026-02-28 09:00:00Z'),
  'a later version': (s) => (s[0] = 2),
  'a key too many': (s) => (s[11] = null),
  'aliases twice': (s) => (s[9] = ['B', 'B']),
  'aliases not ascending': (s) => (s[9] = ['C', 'B']),
  'aliases in the order of UTF-16': (s) => (s[9] = ['\u{10000}', '\uffee']),
  'a press bundle with a case': (s) => (s[1] = 'press'),
  'no root': (s) => (s[8][0][3] = null),
  'a commitment in a court bundle': (s) => (s[8][0][7] = new Uint8Array(32)),
  'a path outside data/': (s) => (s[8][0][4][0][0] = 'proof/001.act'),
  'another role': (s) => (s[8][0][4][0][1] = 'playable'),
  'item 0': (s) => (s[8][0][0] = 0),
};
for (const [fault, statement] of Object.entries(statementFaults)) {
  test(`a statement with ${fault} is not signed in any sense`, async () => {
    const verdict = await check(court({ items: [letter()], tweak: { statement } }));
    assert.ok(verdict.failed);
    assert.ok([status(verdict, 'signature'), status(verdict, 'manifest')].includes('failed'));
    assert.equal(verdict.statement, null);
  });
}

test('files: each must be called for, listed and as listed', async () => {
  const manifest = (tweak) => of(tweak, 'manifest');
  assert.equal(await manifest({ files: (f) => f.set('extra.txt', ascii('x')) }), 'failed');
  assert.equal(await manifest({ files: (f) => f.set('data/extra', ascii('x')) }), 'failed');
  assert.equal(await manifest({ files: (f) => f.delete('README.fr.txt') }), 'failed');
  assert.equal(await manifest({ files: (f) => f.delete('proof/001.census') }), 'failed');
  assert.equal(await manifest({ files: (f) => f.set('bagit.txt', ascii('BagIt-Version: 9\n')) }), 'failed');
  assert.equal(await manifest({ closed: (f) => f.set('data/001/original.txt', ascii('x')) }), 'failed');
  assert.equal(await manifest({ closed: (f) => f.set('data/x', ascii('x')) }), 'failed');
});

test('the signature: another signer, another hash, a byte behind the armour', async () => {
  const list = 'tagmanifest-sha256.txt';
  assert.equal(await of({ signer: SEEDS.lane }, 'signature'), 'failed');
  assert.equal(await of({ closed: (f) => f.set('disclosure.sig', sshsig(SEEDS.disclosure, 'disclosure@casemate', f.get(list), 'sha256')) }, 'signature'), 'failed');
  assert.equal(await of({ closed: (f) => f.set('disclosure.sig', sshsig(SEEDS.disclosure, 'checkpoint@casemate', f.get(list))) }, 'signature'), 'failed');
  assert.equal(await of({ closed: (f) => f.set('disclosure.sig', Buffer.concat([f.get('disclosure.sig'), ascii('\n')])) }, 'signature'), 'failed');
});

test('the log: what is not in it, and what is signed by nobody in it', async () => {
  const broken = (name) => ({ files: (f) => f.set(name, ascii('x')) });
  assert.equal(await of(broken('proof/checkpoint.sig'), 'checkpoint'), 'failed');
  assert.equal(await of(broken('proof/lane.tlog'), 'owner-grant'), 'failed');
  assert.equal(await of(broken('proof/lane.act'), 'logged', 1), 'not-checked');
  assert.equal(await of(broken('proof/001.tlog'), 'logged', 1), 'failed');
  assert.equal(await of(broken('proof/census.tlog'), 'census', 1), 'failed');
  assert.equal(await of({ act: () => ({ kind: 'seal' }) }, 'logged', 1), 'failed');
  assert.equal(await of({ act: () => ({ version: 2 }) }, 'logged', 1), 'failed');
  assert.equal(await of({ act: () => ({ parent: [] }) }, 'logged', 1), 'failed');
});

test('the source: an act that names another is no parent', async () => {
  const items = () => [letter(), { ...letter(), object: letterObject(utf8('2'), 6), files: { original: ['o.txt', utf8('2')] }, from: 1 }];
  assert.equal(await of({}, 'parent', 2, items()), 'proven');
  assert.equal(await of({ act: (n) => (n === 2 ? { parent: [new Uint8Array(32)] } : {}) }, 'parent', 2, items()), 'failed');
  assert.equal(await of({ statement: (s) => (s[8][1][6] = 9) }, 'parent', 2, items()), 'failed');
});

test('an act of another lane: by way of a commit that has seen it', async () => {
  const items = () => [letter(), { ...letter(), object: letterObject(utf8('2'), 6), files: { original: ['o.txt', utf8('2')] }, elsewhere: true }];
  const verdict = await check(court({ items: items() }));
  assert.deepEqual(verdict.findings.filter((finding) => finding.status === 'failed'), []);
  assert.equal(verdict.findings.find(({ id, item }) => id === 'logged' && item === 2).facts.index, '1');
  const logged = (tweak) => of(tweak, 'logged', 2, items());
  assert.equal(await logged({ via: { 1: 3 } }), 'failed');
  assert.equal(await logged({ via: { 2: new Uint8Array(32) } }), 'failed');
  assert.equal(await logged({ via: { 3: 0 } }), 'failed');
  assert.equal(await logged({ via: { 4: [] } }), 'failed');
  assert.equal(await logged({ via: { 5: 7 } }), 'failed');
  assert.equal(await logged({ via: { 8: null } }), 'failed');
  assert.equal(await logged({ other: (lane) => lane }), 'failed');
  assert.equal(await logged({ commit: { kind: 'census', critical: false } }), 'failed');
  assert.equal(await logged({ commit: { critical: false } }), 'failed');
  assert.equal(await logged({ files: (f) => f.set('proof/002.commit.tlog', f.get('proof/001.tlog')) }), 'failed');
  assert.equal(await of({ files: (f) => f.delete('proof/002.commit.act') }, 'manifest', null, items()), 'failed');
  assert.equal(await of({ files: (f) => f.set('proof/002.tlog', f.get('proof/001.tlog')) }, 'manifest', null, items()), 'failed');
});

test('the object: a changed original, ticks that are not its profile’s; of any bytes any leaf may be hidden', async () => {
  assert.equal(await of({ files: (f) => f.set('data/001/original.txt', utf8('Sor,\n')) }, 'object', 1), 'failed');
  const lines = (ticks) => ({ title: 't', mode: 'partial', runs: [1, 1, 1], files: {}, object: object({ profile: 'lines-v1;byte', leaves: ['a\n', 'b\n', ''].map((line, i) => ({ ticks: ticks[i], payload: utf8(line) })) }) });
  assert.equal(await of({}, 'object', 1, [lines([1, 1, 0])]), 'proven');
  assert.equal(await of({}, 'object', 1, [lines([1, 0, 1])]), 'failed');
  const chunks = { title: 't', mode: 'partial', runs: [1, 1], files: {}, object: object({ profile: 'chunk-v1', leaves: [{ ticks: 1, payload: new Uint8Array(65_536) }, { ticks: 1, payload: utf8('b') }] }) };
  assert.equal(await of({}, 'object', 1, [chunks]), 'proven');
});

test('a text is read aloud in one way', async () => {
  const rendering = (units_, runs, plain) => of({}, 'rendering', 1, [text(units_, runs, plain)]);
  const said = [head({ 5: 'fr' }), segment([0]), words('a '), label('B'), withheld('s'), words(' c')];
  assert.equal(await rendering(said, [4, 1, 1], 'T\nS\n\na [B] c\n'), 'proven');
  assert.equal(await rendering(said, [4, 1, 1], 'T\nS\n\na [C] c\n'), 'failed');
  assert.equal(await rendering(said, [4, 2], 'T\nS\n\na [B][occulté]\n'), 'proven');
  assert.equal(await rendering(said, [3, 2, 1], 'T\nS\n\na [occulté] c\n'), 'proven');
  assert.equal(await rendering(said, [6], 'T\nS\n\na s c\n'), 'proven');
  assert.equal(await rendering([head({ 3: [new Uint8Array(8), new Uint8Array(8).fill(1)] }), segment([2, 1, 3], 'X'), words('a\u202e\nb')], [3], 'T\nS\n← 0000000000000000\n← 0101010101010101\n\n[l. 1–3] X: a b\n'), 'proven');
  assert.equal(await of({}, 'object', 1, [text([head(), segment([0]), label('B')], [3], 'T\nS\n\n[B]\n')]), 'failed');
  assert.equal(await of({}, 'object', 1, [text([head(), segment([0]), withheld('B')], [3], 'T\nS\n\nB\n')]), 'failed');
});

test('tokens of time: what they claim is said, nothing of them is believed, and none fails', async () => {
  const { sha256 } = await import('@noble/hashes/sha2.js');
  const der = (tag, ...parts) => {
    const body = Buffer.concat(parts);
    return Buffer.concat([Buffer.from(body.length < 128 ? [tag, body.length] : [tag, 0x82, body.length >> 8, body.length & 255]), body]);
  };
  const id = der(6, Buffer.from([42]));
  const note = utf8('a note\n');
  const length = Buffer.alloc(8);
  length.writeUInt32BE(note.length, 4);
  const token = (time, salt) => {
    const imprint = sha256(Buffer.concat([ascii('casemate/stamp/v1\0'), salt, length, note]));
    const info = der(0x30, der(2, Buffer.from([1])), id, der(0x30, der(0x30, id), der(4, imprint)), der(2, Buffer.from([7])), der(0x18, ascii(time)));
    const signed = der(0x30, der(2, Buffer.from([3])), der(0x31), der(0x30, id, der(0xa0, der(4, info))));
    return der(0x30, der(0x30, der(2, Buffer.from([0]))), der(0x30, id, der(0xa0, signed)));
  };
  const salt = new Uint8Array(32).fill(7);
  const put = (files, number, tsr, ...left) => Object.entries({ note, proof: ascii('x'), salt, tsr: Uint8Array.from(tsr), crt: ascii('x') }).forEach(([end, bytes]) => left.includes(end) || files.set(`proof/time/${number}.${end}`, bytes));
  const facts = async (tweak) => {
    const verdict = await check(court({ items: [letter()], tweak: { files: tweak } }));
    return [verdict.failed, verdict.findings.find((finding) => finding.id === 'time')];
  };
  const found = (stamps, claimed) => [false, { id: 'time', item: null, status: 'not-checked', facts: { stamps, claimed } }];
  assert.deepEqual(await facts((f) => put(f, '01', token('20260301090000Z', salt))), found('1', '2026-03-01T09:00:00Z'));
  assert.deepEqual(await facts((f) => { put(f, '01', token('20260301090000.125Z', salt), 'crt'); put(f, '02', token('20250301090000Z', salt)); }), found('2', '2025-03-01T09:00:00Z,2026-03-01T09:00:00.125Z'));
  assert.deepEqual(await facts((f) => put(f, '01', token('20260301090000Z', new Uint8Array(32)))), found('1', ''));
  assert.deepEqual(await facts((f) => put(f, '01', ascii('no token'))), found('1', ''));
  assert.equal((await facts((f) => put(f, '02', token('20260301090000Z', salt))))[0], true);
  assert.equal((await facts((f) => put(f, '01', token('20260301090000Z', salt), 'proof')))[0], true);
});

test('captions: words before the first segment are a note; a blank line of the head is left out', async () => {
  const captions = (units_, runs, vtt) => of({}, 'rendering', 1, [{
    title: 'call', mode: 'release', object: object({ profile: 'release-transcript-v1', leaves: units(units_) }), runs,
    files: { text: ['text.txt', utf8(plain)], vtt: ['text.vtt', utf8(vtt)] },
  }]);
  const time = (from, to, speaker) => segment([1, from, to], speaker);
  const said = [head({ 2: '\t', 4: 'S' }), words('a&b'), time(0, 1, 'X'), words('c'), label('B'), withheld('s'), time(3, 4), words('d')];
  const plain = ' \nS\na&b\n[00:00:00–00:00:01] X: c[B]\n[00:00:03–00:00:04] d\n';
  assert.equal(await captions(said, [5, 1, 2], 'WEBVTT\n\nNOTE\nS\n\nNOTE\na&amp;b\n\n00:00:00.000 --> 00:00:01.000\n<v X>c[B]\n\n00:00:03.000 --> 00:00:04.000\nd\n'), 'proven');
  assert.equal(await captions(said, [5, 1, 2], 'WEBVTT\n\nNOTE\nS\na&amp;b\n\n00:00:00.000 --> 00:00:01.000\n<v X>c[B]\n\n00:00:03.000 --> 00:00:04.000\nd\n'), 'failed');
});

test('CBOR that is not the deterministic one is refused', async () => {
  const long = Buffer.concat([Buffer.from(cbor(head())).subarray(0, 1), Buffer.from([0x18, 0x00]), Buffer.from(cbor(head())).subarray(2)]);
  assert.equal(await of({}, 'object', 1, [text([Uint8Array.from(long), segment([0]), words('a')], [3], 'T\nS\n\na\n')]), 'failed');
});
