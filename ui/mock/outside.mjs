// What the mock says of files that are looked at, of time-stamps and of witnesses: the fiction of demo/, no more than a screen needs.
const time = (start_ms, end_ms) => ({ time: { channel: null, start_ms, end_ms } });
const rows = [
  { number: 1, place: time(0, 3000), speaker: 'Monsieur B', said: '远山，你回来，一切都好说。' },
  { number: 2, place: time(3000, 9000), speaker: 'Monsieur B', said: '他们说，只要[Monsieur A]回来，以前的事一笔勾销。' },
  { number: 3, place: time(9000, 14000), speaker: null, said: '你妹妹 […] 还在招待所。' },
];
const CONTENTS = { profile: 'court', recipient: "Cour d'appel de Port-Ariane", purpose: 'mémoire contre l’extradition', date: '2025-05-02T08:00:00Z', disclosers: 1, items: [
  { number: 1, title: 'Call of 12 March', divided: 'time', duration_ms: 33_135, made_from: null, rows: [], more: false },
  { number: 2, title: 'Call of 12 March, transcript', divided: 'passages', duration_ms: null, made_from: 1, rows, more: false },
  { number: 3, title: 'Letter of 2 May', divided: 'pages', duration_ms: null, made_from: null, rows: [], more: false },
  { number: 4, title: 'Bank letter', divided: 'never', duration_ms: null, made_from: null, rows: [], more: false },
] };
const AUDITED = { names_of: null, files: [{ file: 'court.zip', verdict: 'hides', media_type: 'application/zip', pages: null, names: [], not_checked: [{ id: 'not-compared', severity: 'partial', detail: 'old.zip' }],
  hidden: [{ how: 'covered', hides: true, page: 2, rect: [7200, 14_400, 20_000, 1_200], words: 'Tang Mingyue', count: 1 }, { how: 'metadata', hides: false, page: null, rect: null, words: 'Author: desk', count: 2 }],
  tells: [{ id: 'open-there', item: 2, other: 'press.zip', other_item: 1, places: 300, times: [[12_000, 18_000]] }, { id: 'joined', other: 'press.zip', by: 'alias', count: 1 }, { id: 'exact-length', item: 1, ms: 33_135, calls: 4, of: 1_000_000 }, { id: 'short-cut', item: 1, at_ms: 12_000, ms: 400 }] }] };
const stamp = { time: '2025-05-02T08:10:03Z', accuracy: '1 s', authority: 'CN=Horodatage de Canglan', address: 'https://tsa.example/', policy: '1.2.3.4', size: 240, root: 'ab'.repeat(32), pinned: false, revocation_as_of: null, states_qualified: true, valid_until: '2027-05-02T00:00:00Z' };
const STAMPS = { size: 257, covered: 240, stamps: [{ entry: 241, recorded: '2025-05-02T08:10:05Z', size: 240, state: 'good', cause: null, says: stamp, good_until: '2027-05-02T00:00:00Z' }, { entry: 251, recorded: '2025-06-02T08:10:05Z', size: 250, state: 'refused', cause: 'the token is of another checkpoint', says: null, good_until: null }] };
const KEY = 'witness.example/w1+d5b5ccef+BBlkLmvX';
const WITNESSES = { log_key: 'casemate.example/a3+0011aabb+AaBb', size: 257, covered: 240, cosignatures: [{ entry: 245, recorded: '2025-05-02T09:00:00Z', says: { witness: 'witness.example/w1', key: KEY, time: '2025-05-02T08:59:58Z', size: 240 }, cause: null }] };

/** Routes of the mock. `startJob` runs a job; `findings` is a verdict's. */
export function outside({ startJob, findings, refuse }) {
  let files = [];
  let last = 0;
  const known = (id) => files.find((file) => file.id === Number(id)) ?? refuse(404, 'not-held');
  const passedOn = () => ({ file: 'casemate-narrowed-1.zip', bytes: 412_000, signer: '7f'.repeat(32), narrowed: [1, 2], unread: [4], elsewhere: [], findings });
  return [
    ['PUT', /^held$/, ({ at, raw }) => { const file = { id: (last += 1), name: at.get('name'), bytes: raw.length, bundle: /\.zip$/.test(at.get('name')) }; files = [...files, file]; return file; }],
    ['GET', /^held$/, () => files],
    ['POST', /^held\/(\d+)\/take$/, ({ m }) => { known(m[1]); files = files.filter((file) => file.id !== Number(m[1])); return files; }],
    ['POST', /^held\/(\d+)\/verify$/, ({ m }) => { known(m[1]); return { verdict: 'nothing-failed', findings, words: [], own: true }; }],
    ['GET', /^held\/(\d+)\/contents$/, ({ m }) => { known(m[1]); return CONTENTS; }],
    ['POST', /^held\/(\d+)\/audit$/, ({ m, data }) => { known(m[1]); return startJob('audit', ['reading'], 4, () => ({ ...AUDITED, names_of: data.profile })); }],
    ['POST', /^held\/(\d+)\/narrow$/, ({ m }) => { known(m[1]); return startJob('narrow', ['packing', 'verifying'], 4, passedOn); }],
    ['POST', /^held\/(\d+)\/asic\/question$/, () => ({ request: 'MEECAQ==', kept: 'owABAQ==' })],
    ['POST', /^held\/(\d+)\/asic\/(?:answer|ask)$/, () => startJob('asic', ['packing'], 2, () => ({ file: 'casemate-contained-1.asice', says: { bundle: 'cd'.repeat(32), time: stamp.time, authority: stamp.authority, root: stamp.root, pinned: false, revocation_as_of: null, states_qualified: true, valid_until: stamp.valid_until } }))],
    ['POST', /^timestamps\/status$/, () => STAMPS],
    ['POST', /^timestamps\/question$/, () => ({ request: 'MEECAQ==', kept: 'owABAQ==' })],
    ['POST', /^timestamps\/answer$/, () => stamp],
    ['POST', /^timestamps\/ask$/, ({ data }) => startJob('timestamp', ['verifying'], 2, () => ({ asked: data.addresses.map((address, n) => (n === 0 ? { address, stamp, error: null } : { address, stamp: null, error: { id: 'authority-not-reached', title: `${address}: no connection.`, advice: 'Try later, or ask another.', reasons: [], status: 409 } })) }))],
    ['GET', /^witnesses$/, () => WITNESSES],
    ['POST', /^witnesses\/request$/, () => ({ request: 'b2xkIDAK', witness: 'witness.example/w1' })],
    ['POST', /^witnesses\/answer$/, () => WITNESSES.cosignatures[0].says],
    ['POST', /^export$/, ({ data }) => startJob('export', ['exporting'], 12, () => ({ folder: data.folder, written: 18, same: 0, bytes: 4_100_000, failed: [], keys: 0 }))],
  ];
}
