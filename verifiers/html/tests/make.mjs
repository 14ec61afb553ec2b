// Makes bundles for tests: good ones, and ones with a single fault that are signed all the same. Written from docs/format, apart from
// src/: what it makes must hold in both verifiers. The keys are the vectors' known seeds. Everything in it is fiction.
import { ed25519 } from '@noble/curves/ed25519.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

export const SEEDS = { owner: 41, lane: 42, ssh: 43, disclosure: 44 };
const seed = (byte) => new Uint8Array(32).fill(byte);
export const publicKey = (byte) => ed25519.getPublicKey(seed(byte));
const sign = (byte, message) => ed25519.sign(message, seed(byte));

export const cat = (...parts) => Uint8Array.from(Buffer.concat(parts));
export const ascii = (text) => Uint8Array.from(Buffer.from(text, 'latin1'));
export const utf8 = (text) => Uint8Array.from(Buffer.from(text, 'utf8'));
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const H = (...parts) => sha256(cat(...parts));
const u64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
const LP = (bytes) => cat(u64(bytes.length), bytes);

function head(major, value) {
  const kind = major << 5;
  if (value < 24) return Uint8Array.of(kind | Number(value));
  const width = value < 2 ** 8 ? 1 : value < 2 ** 16 ? 2 : value < 2 ** 32 ? 4 : 8;
  return cat(Uint8Array.of(kind | (24 + Math.log2(width))), u64(value).subarray(8 - width));
}

/** Deterministic CBOR; a Map or an object with whole keys is a map. */
export function cbor(value) {
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === 'boolean') return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (typeof value === 'number' || typeof value === 'bigint') return head(0, value);
  if (typeof value === 'string') return cat(head(3, utf8(value).length), utf8(value));
  if (value instanceof Uint8Array) return cat(head(2, value.length), value);
  if (Array.isArray(value)) return cat(head(4, value.length), ...value.map(cbor));
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return cat(head(5, entries.length), ...entries.flatMap(([key, field]) => [head(0, Number(key)), cbor(field)]));
}

const split = (m) => {
  let power = 1;
  while (power * 2 < m) power *= 2;
  return power;
};

/** An object of leaves, which can be disclosed under any mask. */
export function object({ profile, timebase = [1, 1], leaves, oid = seed(7), K = seed(9) }) {
  const ggm = (s, label) => H(ascii('casemate/ggm/v1\0'), s, Uint8Array.of(label));
  const top = hmac(sha256, K, cat(ascii('casemate/root/v1\0'), oid));
  const node = (first, m, s) => {
    if (m === 1) {
      const { ticks, payload } = leaves[first];
      const C = H(ascii('casemate/item/v1\0'), ggm(s, 2), oid, u64(first), LP(payload));
      return { m, seed: s, first, ticks, hash: H(Uint8Array.of(0), ascii('casemate/leaf/v1\0'), oid, u64(first), u64(ticks), C) };
    }
    const left = node(first, split(m), ggm(s, 0));
    const right = node(first + split(m), m - split(m), ggm(s, 1));
    const hash = H(Uint8Array.of(1), ascii('casemate/node/v1\0'), u64(left.m), u64(left.ticks), left.hash, u64(right.m), u64(right.ticks), right.hash);
    return { m, seed: s, first, ticks: left.ticks + right.ticks, hash, left, right };
  };
  const root = node(0, leaves.length, top);
  const record = { 0: 1, 1: profile, 2: oid, 3: leaves.length, 4: root.ticks, 5: timebase, 6: root.hash };
  const OR = H(Uint8Array.of(2), ascii('casemate/object/v1\0'), u64(1), LP(ascii(profile)), oid, u64(leaves.length), u64(root.ticks), u64(timebase[0]), u64(timebase[1]), root.hash);
  return {
    OR,
    record,
    leaves,
    /** The disclosure under a mask of runs, and the payload stream of its open leaves. */
    disclose(runs) {
      const open = runs.flatMap((run, i) => new Array(run).fill(i % 2 === 0));
      const tokens = [];
      const walk = (n) => {
        const part = open.slice(n.first, n.first + n.m);
        if (part.every((is) => is)) tokens.push(n.seed);
        else if (part.every((is) => !is)) tokens.push([n.m, n.ticks, n.hash]);
        else [n.left, n.right].forEach(walk);
      };
      walk(root);
      const stream = cat(...leaves.filter((_, i) => open[i]).flatMap(({ ticks, payload }) => [cbor(ticks), cbor(payload)]));
      return { object: cbor({ 0: 1, 1: record, 2: runs, 3: tokens }), stream };
    },
  };
}

/** An act: fields by leaf, the rest null. */
export function act({ kind, version = 1, critical = false, clas = 0, compartment = 1, subject, about = null, parent = null, fields = {}, number = 0 }) {
  const leaves = Array.from({ length: 16 }, (_, i) => ({ ticks: 1, payload: cbor(fields[i] ?? null) }));
  [{ 0: kind, 1: version, 2: critical, 3: clas }, compartment, subject, about, parent].forEach((value, i) => (leaves[i].payload = cbor(value)));
  return object({ profile: 'act-v1', leaves, oid: seed(100 + number), K: seed(200) });
}

const leafHash = (data) => H(Uint8Array.of(0), data);
function tree(leaves) {
  if (leaves.length === 1) return leaves[0];
  const cut = split(leaves.length);
  return H(Uint8Array.of(1), tree(leaves.slice(0, cut)), tree(leaves.slice(cut)));
}
function path(leaves, index) {
  if (leaves.length === 1) return [];
  const cut = split(leaves.length);
  return index < cut ? [...path(leaves.slice(0, cut), index), tree(leaves.slice(cut))] : [...path(leaves.slice(cut), index - cut), tree(leaves.slice(0, cut))];
}

/** RFC 9162 §2.1.4.1: that the tree of these leaves extends that of the first m. */
export function consistency(m, leaves, whole = true) {
  if (m === leaves.length) return whole ? [] : [tree(leaves)];
  const cut = split(leaves.length);
  return m <= cut ? [...consistency(m, leaves.slice(0, cut), whole), tree(leaves.slice(cut))] : [...consistency(m - cut, leaves.slice(cut), false), tree(leaves.slice(0, cut))];
}

const signatureLine = (name, typed, signature) => utf8(`\u2014 ${name} ${base64(cat(H(utf8(name), Uint8Array.of(10), typed).subarray(0, 4), signature))}\n`);
const typedKey = (byte, kind = 4) => cat(Uint8Array.of(kind), publicKey(byte));

/** The verifier key of a witness. */
export function witnessKey({ byte, name }, typed = typedKey(byte)) {
  return `${name}+${hex(H(utf8(name), Uint8Array.of(10), typed).subarray(0, 4))}+${base64(typed)}`;
}

/** The line of a witness under a checkpoint of this text. */
export function cosignature({ byte, name, time }, text) {
  return signatureLine(name, typedKey(byte), cat(u64(time), sign(byte, cat(ascii(`cosignature/v1\ntime ${time}\n`), text))));
}

const ssh = (bytes) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return cat(length, bytes);
};
export function sshsig(byte, namespace, message, hash = 'sha512') {
  const digest = hash === 'sha512' ? sha512(message) : sha256(message);
  const signed = cat(ascii('SSHSIG'), ssh(ascii(namespace)), ssh(ascii('')), ssh(ascii(hash)), ssh(digest));
  const algorithm = ssh(ascii('ssh-ed25519'));
  const blob = cat(ascii('SSHSIG'), Uint8Array.of(0, 0, 0, 1), ssh(cat(algorithm, ssh(publicKey(byte)))), ssh(ascii(namespace)), ssh(ascii('')), ssh(ascii(hash)), ssh(cat(algorithm, ssh(sign(byte, signed)))));
  return ascii(`-----BEGIN SSH SIGNATURE-----\n${base64(blob).match(/.{1,70}/g).join('\n')}\n-----END SSH SIGNATURE-----\n`);
}

const CRC = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc32 = (bytes) => {
  let c = 0xffffffff;
  for (const byte of bytes) c = CRC[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};
const le = (...fields) => cat(...fields.map(([width, value]) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.subarray(0, width);
}));

/** A strict zip of these files, name to bytes. */
export function zip(files) {
  const names = [...files.keys()].sort();
  const parts = [];
  const central = [];
  let at = 0;
  for (const name of names) {
    const bytes = files.get(name);
    const common = le([2, 0], [2, 0], [2, 0], [2, 0x21], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length]);
    const local = cat(le([4, 0x04034b50], [2, 20]), common, le([2, name.length], [2, 0]), ascii(name));
    central.push(cat(le([4, 0x02014b50], [2, 20], [2, 20]), common, le([2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), ascii(name)));
    parts.push(local, bytes);
    at += local.length + bytes.length;
  }
  const directory = cat(...central);
  return cat(...parts, directory, le([4, 0x06054b50], [2, 0], [2, 0], [2, names.length], [2, names.length], [4, directory.length], [4, at], [2, 0]));
}

/** Writes the two manifests and the signature over what is there, and the zip. */
export function close(files, signer = SEEDS.disclosure, tweak = {}) {
  const bag = new Map(files);
  const list = (names) => ascii(names.sort().map((name) => `${hex(sha256(bag.get(name)))}  ${name}\n`).join(''));
  const names = () => [...bag.keys()].filter((name) => name !== 'disclosure.sig' && name !== 'tagmanifest-sha256.txt');
  bag.set('manifest-sha256.txt', list(names().filter((name) => name.startsWith('data/'))));
  tweak.manifest?.(bag);
  bag.set('tagmanifest-sha256.txt', list(names().filter((name) => !name.startsWith('data/'))));
  tweak.tagmanifest?.(bag);
  bag.set('disclosure.sig', sshsig(signer, 'disclosure@casemate', bag.get('tagmanifest-sha256.txt')));
  tweak.closed?.(bag);
  return zip(new Map([...bag].map(([name, bytes]) => [`casemate/${name}`, bytes])));
}

const CASE = seed(0x28);

/** A court bundle of items {title, mode, object, runs, files: {role: [name, bytes]}, from, kind, reasons}, and of witnesses {byte, name, time, size,
 * lines, proof} that cosigned the checkpoint of the first `size` entries. */
export function court({ items, language = 'en', tweak = {}, witnesses = [] }) {
  const laneKey = publicKey(SEEDS.lane);
  const lane = H(ascii('casemate/lane/v1\0'), CASE, laneKey);
  const grant = cbor({ 0: CASE, 1: lane, 2: [laneKey, publicKey(SEEDS.ssh), publicKey(SEEDS.disclosure)], 3: 'counsel' });
  const laneAct = act({ kind: 'lane', critical: true, subject: CASE, fields: { 5: grant, 6: publicKey(SEEDS.owner), 7: sign(SEEDS.owner, cat(ascii('casemate/grant/v1\0'), grant)) } });
  const acts = [laneAct];
  const numbered = items.map((item, i) => {
    const kind = item.kind ?? (item.from === undefined ? 'exhibit' : 'derive');
    const parent = item.from === undefined ? null : [items[item.from - 1].object.OR];
    const made = act({ kind, subject: item.object.OR, about: [item.object.OR], parent, fields: kind === 'exhibit' ? { 5: i + 1, 6: 'x', 7: item.object.OR } : { 5: 'x', 11: item.object.OR }, number: i + 1, ...tweak.act?.(i + 1) });
    if (item.elsewhere !== true) acts.push(made);
    return { ...item, number: i + 1, kind, act: made, index: acts.length - 1 };
  });
  const rows = numbered.map((item) => ({ key: item.object.OR, value: cat(u64(1), lane, u64(item.index)), salt: hmac(sha256, seed(3), item.object.OR) }));
  const sorted = [...rows].sort((a, b) => Buffer.compare(a.key, b.key));
  const rowLeaves = sorted.map((row) => leafHash(cat(ascii('casemate/map/v1\0'), LP(row.salt), LP(row.key), LP(row.value))));
  const census = act({ kind: 'census', compartment: 0, subject: CASE, fields: { 5: seed(1), 6: rows.length, 7: tree(rowLeaves), 8: seed(3) }, number: 90 });
  acts.push(census);
  // A second lane, which holds the acts of items that are `elsewhere` behind one that is nobody's; a commit of the first has seen it.
  const other = tweak.other?.(lane) ?? H(ascii('casemate/lane/v1\0'), CASE, publicKey(SEEDS.owner));
  const far = numbered.filter(({ elsewhere }) => elsewhere === true).map(({ act: made }) => made);
  const farEntries = [act({ kind: 'seal', subject: CASE, number: 80 }), ...far].map((made) => leafHash(cat(ascii('casemate/entry/v1\0'), CASE, other, made.OR)));
  const heads = [[lane, seed(0)], [other, tree(farEntries)]].map(([key, root], i) => ({ key, value: cat(u64(i === 0 ? 0 : farEntries.length), root) })).sort((a, b) => Buffer.compare(a.key, b.key));
  const headLeaves = heads.map(({ key, value }) => leafHash(cat(ascii('casemate/map/v1\0'), LP(new Uint8Array(32)), LP(key), LP(value))));
  const commit = act({ kind: 'commit', critical: true, subject: CASE, fields: { 5: 1, 6: [[other, farEntries.length, tree(farEntries)]], 7: tree(headLeaves), 8: 1 }, number: 81, ...tweak.commit });
  if (far.length > 0) acts.push(commit);
  const entries = acts.map((made) => leafHash(cat(ascii('casemate/entry/v1\0'), CASE, lane, made.OR)));
  const origin = `casemate/${hex(lane)}`;
  const textOf = (size) => ascii(`${origin}\n${size}\n${base64(size === 0 ? H() : tree(entries.slice(0, size)))}\n`);
  const laneLine = (text) => signatureLine(origin, typedKey(SEEDS.lane, 1), sign(SEEDS.lane, text));
  const note = cat(textOf(entries.length), ascii('\n'), laneLine(textOf(entries.length)), ...(tweak.lines ?? []));
  const files = new Map();
  for (const [i, witness] of witnesses.entries()) {
    const { size = entries.length, lines = (all) => all, proof = (all) => all } = witness;
    const name = `proof/witness/${String(i + 1).padStart(2, '0')}`;
    const seen = textOf(size);
    files.set(`${name}.note`, cat(seen, ascii('\n'), ...lines([laneLine(seen), cosignature(witness, seen)])));
    files.set(`${name}.proof`, cbor(proof(size === 0 ? [] : consistency(size, entries))));
    files.set(`${name}.key`, utf8(`${witnessKey(witness)}\n`));
  }
  files.set('bagit.txt', ascii('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'));
  files.set('bag-info.txt', ascii('Bag-Software-Agent: test\n'));
  for (const name of ['en', 'fr', 'zh-Hans']) files.set(`README.${name}.txt`, ascii('read me\n'));
  files.set('proof/checkpoint', note);
  files.set('proof/checkpoint.sig', sshsig(SEEDS.ssh, 'checkpoint@casemate', note));
  const put = (name, made, runs) => {
    const { object: disclosed, stream } = made.disclose(runs);
    files.set(`proof/${name}.act`, disclosed);
    files.set(`proof/${name}.leaves`, stream);
    if (far.includes(made)) {
      const place = far.indexOf(made) + 1;
      const row = heads.findIndex(({ key }) => key === other);
      files.set(`proof/${name}.via`, cbor({ 0: other, 1: farEntries.length, 2: tree(farEntries), 3: place, 4: path(farEntries, place), 5: row, 6: heads.length, 7: path(headLeaves, row), ...tweak.via }));
      return put(`${name}.commit`, commit, [1, 6, 1, 8]);
    }
    const index = acts.indexOf(made);
    files.set(`proof/${name}.tlog`, cat(ascii(`c2sp.org/tlog-proof@v1\nindex ${index}\n${path(entries, index).map((hash) => `${base64(hash)}\n`).join('')}\n`), note));
  };
  put('lane', laneAct, [16]);
  put('census', census, [1, 6, 1, 8]);
  for (const item of numbered) {
    const name = String(item.number).padStart(3, '0');
    put(name, item.act, item.kind === 'exhibit' ? [2, 2, 1, 2, 1, 8] : [2, 2, 1, 6, 1, 4]);
    const { object: disclosed, stream } = item.object.disclose(item.runs);
    files.set(`proof/${name}.object`, disclosed);
    const row = rows[item.number - 1];
    const index = sorted.indexOf(row);
    files.set(`proof/${name}.census`, cbor({ 0: row.salt, 1: row.key, 2: row.value, 3: index, 4: rows.length, 5: path(rowLeaves, index) }));
    item.delivered = [];
    if (item.mode !== 'whole') item.files = { leaves: ['leaves', stream], ...item.files };
    for (const [role, [file, bytes]] of Object.entries(item.files)) {
      files.set(`data/${name}/${file}`, bytes);
      item.delivered.push({ 0: `data/${name}/${file}`, 1: role });
    }
  }
  const statement = {
    0: 1, 1: 'court', 2: CASE, 3: publicKey(SEEDS.disclosure), 4: 'a hearing', 5: 'the court of Valmont', 6: '2026-03-01T09:00:00Z', 7: null,
    8: numbered.map((item) => ({ 0: item.number, 1: item.title, 2: item.mode, 3: item.object.OR, 4: item.delivered, 5: item.reasons ?? [], 6: item.from ?? null, 7: null })),
    9: [], 10: language,
  };
  tweak.statement?.(statement);
  files.set('disclosure.cbor', cbor(statement));
  tweak.files?.(files);
  return close(files, tweak.signer, tweak);
}

/** A small release text: leaves from units, and the renderings that the tester gives. */
export function units(list) {
  return list.map((unit) => ({ ticks: 1, payload: unit instanceof Uint8Array ? unit : cbor(unit) }));
}
