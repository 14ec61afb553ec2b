// The vectors of tests/vectors/carve: how originals become leaves, and what a part is rendered to. CASEMATE_VECTORS names another
// folder.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { inMemory, profileOf } from '../dist/core.mjs';
import { cat, cbor } from './make.mjs';

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

/** The decoder configuration of a profile, for vectors that give none. */
const CONFIGURATION = { flac: Uint8Array.of(16), opus: cbor([960, 0, 0]), aac: Uint8Array.of(0x15, 0x88) };
const CODEC = { 'amr-nb-v1': ['amr-nb', 8000, 1], 'amr-wb-v1': ['amr-wb', 16000, 1], 'mp4-amr-wb-v1': ['amr-wb', 16000, 1], 'ogg-opus-v1;1': ['opus', 48000, 1] };

/** CFG of an object of sound. */
function configuration({ profile, leaves }) {
  const [name, ...numbers] = profile.split(';');
  const [codec, rate, channels] = CODEC[profile] ?? [/(mp3|aac|flac)/.exec(name)[1], ...numbers.slice(-2).map(Number)];
  const fields = { 0: 2, 1: codec, 2: rate, 3: channels, 4: leaves.length - 3, 5: CONFIGURATION[codec] ?? new Uint8Array(0) };
  return Buffer.from(cbor(codec === 'amr-nb' ? { ...fields, 0: 1, 5: undefined } : fields)).toString('hex');
}

// What a leaf may not be, by itself; what a map may not say shows only to who puts a source together again, which no verifier does.
const OF_A_LEAF = /^reject-(amr|flac-frame|mp3-frame|mp4-aac-empty|opus-cell|opus-no-packet)/;
for (const [name, vector] of vectors.filter(([name]) => OF_A_LEAF.test(name))) {
  test(`${name}: refused`, () => {
    const [, ...rest] = vector.leaves.map((leaf) => leaf.payload ?? leaf);
    const leaves = [configuration(vector), ...rest].map((payload) => ({ ticks: 1, payload }));
    const hidden = [[leaves.length - 2, 2]];
    assert.throws(() => render(profileOf(vector.profile), { leaves, ticks: vector.ticks }, hidden), { name: 'Refused' });
    assert.doesNotThrow(() => render(profileOf(vector.profile), { leaves, ticks: vector.ticks }, [[1, leaves.length - 1]]));
  });
}

// What a source must be, to be cut so: those that are `chunk-v1` instead are refused by the profile that they look like.
const LOOKS_LIKE = { mp4: 'mp4-aac-v1;1024;44100;2', adts: 'adts-aac-v1;44100;2', flac: 'flac-v1;64;8000;1', 'ogg-opus': 'ogg-opus-v1;1', lines: 'lines-v1;byte', recording: 'ogg-opus-v1;1', 'spans-json': 'spans-v1;json', 'spans-html': 'spans-v1;html' };
const drained = async (leaves, count) => {
  for (let i = 0; i < count; i++) await leaves.next(i);
};
const isOther = ({ hint, profile }) => (['json', 'html'].includes(hint) ? profile !== `spans-v1;${hint}` : profile === 'chunk-v1' && hint !== 'whole');
for (const [name, vector] of vectors.filter(([, vector]) => vector.source !== undefined && isOther(vector))) {
  test(`${name}: not cut`, async () => {
    const looks = LOOKS_LIKE[Object.keys(LOOKS_LIKE).find((prefix) => name.startsWith(prefix))];
    await assert.rejects(async () => drained(await profileOf(looks).carve(inMemory(bytes(vector.source)), {}), 1000), { name: 'Refused', message: /^(?!the original has fewer leaves)/ });
  });
}

/** An Ogg page of this stream. */
function oggPage(number, flags, granule, lacing, body) {
  const page = Buffer.concat([Buffer.from('OggS\0'), Buffer.alloc(21), Buffer.from([lacing.length, ...lacing]), body]);
  page[5] = flags;
  page.writeBigInt64LE(BigInt(granule), 6);
  page.writeUInt32LE(77, 14);
  page.writeUInt32LE(number, 18);
  let sum = 0;
  for (const byte of page) {
    sum = (sum ^ (byte << 24)) >>> 0;
    for (let i = 0; i < 8; i++) sum = ((sum & 0x80000000) !== 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1) >>> 0;
  }
  page.writeUInt32LE(sum, 22);
  return page;
}

test('a packet whose last lacing stands on the next page, as 0, ends there', async () => {
  const head = Buffer.from('4f707573486561640101000080bb0000000000', 'hex');
  const long = Buffer.alloc(255, 1);
  long[0] = 0xf8;
  const short = Buffer.from('f80102', 'hex');
  const source = Buffer.concat([
    oggPage(0, 2, 0, [19], head), oggPage(1, 0, 0, [16], Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)])),
    oggPage(2, 0, 960, [3, 255], Buffer.concat([short, long])), oggPage(3, 5, 2880, [0, 3], short),
  ]);
  const leaves = await profileOf('ogg-opus-v1;1').carve(inMemory(Uint8Array.from(source)), {});
  const all = [];
  for (let i = 0; i < 4; i++) all.push((await leaves.next(i)).payload);
  await leaves.end();
  assert.equal(hex(all[1]), hex(cbor([0, short, long, short].map((part) => (typeof part === 'number' ? part : Uint8Array.from(part))))));
  // Literal, META, ends of packets, bytes of one that goes on: the two header pages, then each page of sound.
  const map = [1, 75, 16, 0, 0, 1, 29, 0, 1, 255, 1, 29, 0, 2, 0];
  assert.equal(hex(all[3]).slice(0, 2 * (4 + cbor(map).length)), `a3000201${hex(cbor(map))}`);
});

for (const [name, vector] of vectors.filter(([, vector]) => vector.reject === 'unit')) {
  test(`${name}: refused`, () => {
    const head = { ticks: 1, payload: 'a600000101026154038004615305626672' };
    assert.throws(() => render(profileOf('release-text-v1'), { leaves: [head, { ticks: 1, payload: vector.payload }, head], ticks: 3 }, [[2, 1]]), { name: 'Refused' });
  });
}

/** A cell in hex: samples before the first packet, then the packets. */
function decoded(payload) {
  const from = Buffer.from(payload, 'hex');
  let at = 0;
  const head = () => {
    const short = from[at++] & 31;
    const wide = short < 24 ? 0 : 2 ** (short - 24);
    at += wide;
    return wide === 0 ? short : from.readUIntBE(at - wide, wide);
  };
  return Array.from({ length: head() }, (_, n) => {
    const told = head();
    return n === 0 ? told : Uint8Array.from(from.subarray(at, (at += told)));
  });
}

// Opus and Vorbis: a cell that says that its first packet begins elsewhere, an open cell without the packet that has to begin in it, and
// one with a packet too many. All leaves are open, so that a copy would look the same.
for (const [name, vector] of known.filter(([, { profile, leaves }]) => /opus|vorbis/.test(profile) && leaves.length > 5)) {
  test(`${name}: a packet out of its place is refused`, () => {
    const profile = profileOf(vector.profile);
    const leaves = vector.leaves.map(({ ticks, payload }) => ({ ticks, payload }));
    const cells = leaves.map(({ ticks, payload }, i) => ({ i, ticks, value: ticks === 1 ? decoded(payload) : null })).filter(({ value }) => value !== null && value.length > 1);
    const [one] = cells.slice(1);
    const changed = (payload) => ({ ...vector, leaves: leaves.with(one.i, { ticks: 1, payload: hex(payload) }) });
    render(profile, { ...vector, leaves }, []);
    const [first, ...packets] = one.value;
    assert.throws(() => render(profile, changed(cbor([first + 1, ...packets])), []), { name: 'Refused', message: /does not begin where/ });
    assert.throws(() => render(profile, changed(cbor([])), []), { name: 'Refused' });
    assert.throws(() => render(profile, changed(cbor([first, ...packets, packets.at(-1)])), []), { name: 'Refused' });
  });
}
