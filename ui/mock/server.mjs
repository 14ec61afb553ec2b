// A small server that answers the contract with the fiction of demo/, under the very policy of the program. Development only.
//   node mock/server.mjs [--port 4173] [--locked] [--empty]      passphrase: demo
import { A4, pageOf } from './page.mjs';
import { createServer } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { extname, join, normalize } from 'node:path';
import { act, acts, exhibits, hash, people, propose, renumber } from './case.mjs';
import { outside } from './outside.mjs';
import { peaksOf, soundOf } from './sound.mjs';

const option = (name, otherwise) => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? otherwise : (process.argv[at + 1] ?? true); };
const flag = (name) => process.argv.includes(`--${name}`);
const PORT = Number(option('port', 4173));
const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const MESSAGES = fileURLToPath(new URL('../../crates/words/messages/', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };
const POLICY = (nonce) => `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

const world = { locked: flag('locked'), jobs: [], plans: new Map(), left: [], streams: new Set(), meaningless: 2, list: flag('empty') ? [] : exhibits, people: flag('empty') ? [] : people, files: new Map() };
const head = () => ({ id: '7f3a91c204d85be6a0f1', exhibits: world.list.length, acts: acts.length, head: hash(acts.length), unread: world.list.filter((one) => one.passages === null && one.kind !== 'recording').length, untranscribed: world.list.filter((one) => one.passages === null && one.kind === 'recording').length, people: world.people.length, damaged: [] });
const state = () => ({ version: '0.3.0', locked: world.locked, case: world.locked ? null : head(), name: 'h-v-canglan', idle_ms: Number(option('idle', 900_000)), jobs: world.locked ? [] : world.jobs });
const tell = (event, data) => { for (const stream of world.streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`); };
class Refusal extends Error { constructor(status, id, title, advice, facts = {}) { super(id); Object.assign(this, { status, id, title, advice, facts }); } }

const heardMs = (one) => union(one.heard.flatMap((entry) => entry.ranges)).reduce((sum, [a, b]) => sum + b - a, 0);
function union(ranges) { const out = []; for (const [a, b] of [...ranges].sort((x, y) => x[0] - y[0])) { const last = out.at(-1); if (last && a <= last[1] + 250) last[1] = Math.max(last[1], b); else out.push([a, b]); } return out; }
const listed = (one) => ({ exhibit: one.exhibit, kind: one.kind, seal: one.seal, size: one.bytes, duration_ms: one.duration_ms ?? null, source: one.path, sealed_at: one.sealed_at, text: one.passages === null ? null : one.corrections.some((c) => !c.undone) ? 'corrected' : one.kind === 'recording' ? 'transcript' : 'reading', passages: one.passages?.length ?? 0, findings: one.findings ?? [], notes: [], heard_ms: heardMs(one), plans: Object.fromEntries(['court', 'press'].map((profile) => { const plan = world.plans.get(`${one.exhibit}/${profile}`); return [profile, plan ? { open: plan.open.length, strikes: plan.strikes.length, reviewer: plan.reviewer, current: plan.current } : null]; })) });
const reading = (one) => ({ version: 1, kind: one.kind, media_type: one.media, metadata: one.metadata ?? [], duration_ms: one.duration_ms ?? null, passages: one.passages ?? [], findings: (one.findings ?? []).map((id) => ({ id, severity: 'partial', detail: '' })), tool: one.tool ?? 'casemate-worker', parameters: [] });
function heard(one) {
  const known = union(one.heard.flatMap((entry) => entry.ranges));
  const gaps = []; let at = 0;
  for (const [a, b] of known) { if (a - at > 400) gaps.push([at, a]); at = b; }
  if (one.duration_ms - at > 400) gaps.push([at, one.duration_ms]);
  return { exhibit: one.exhibit, duration_ms: one.duration_ms, heard_ms: heardMs(one), gaps, listeners: one.heard };
}
function corrected(one) { return { reading: reading(one), corrections: one.corrections }; }
/** Sound is heard as fast as it lasts; a file takes a while. */
const leftMs = (units) => (units > 1_000 ? units : units * 400);
function startJob(kind, stages, total, finish, exhibit = null) {
  const job = { id: world.jobs.length + 1, kind, state: 'running', stage: stages[0], done: 0, total, exhibit, eta_ms: leftMs(total), started_at: new Date().toISOString(), error: null, result: null };
  world.jobs.push(job);
  const timer = setInterval(() => {
    if (job.state !== 'running') { clearInterval(timer); return; }
    job.done = Math.min(total, job.done + Math.max(1, Math.round(total / 8)));
    job.stage = stages[Math.min(stages.length - 1, Math.floor((job.done / total) * stages.length))];
    job.eta_ms = leftMs(total - job.done);
    if (job.done >= total) { job.state = 'done'; job.stage = null; job.eta_ms = null; job.result = finish(); clearInterval(timer); tell('state', { locked: world.locked }); }
    tell('job', job);
  }, Number(option('tick', 400)));
  tell('job', job);
  return job;
}
const exhibit = (n) => world.list.find((one) => one.exhibit === Number(n)) ?? (() => { throw new Refusal(404, 'no-exhibit', `There is no exhibit ${n}.`, 'The list of exhibits shows every number.'); })();
const planOf = (one, profile) => world.plans.get(`${one.exhibit}/${profile}`) ?? (() => { throw new Refusal(404, 'no-plan', `Exhibit ${one.exhibit} has no plan for this audience.`, 'Propose one.'); })();
const edited = (plan) => { renumber(plan); plan.reviewer = null; plan.looked = null; plan.cuts = plan.strikes.filter((s) => s.time).map((s) => s.time).sort((a, b) => a[0] - b[0]); return plan; };
function previewOf(one, profile) {
  const plan = world.plans.get(`${one.exhibit}/${profile}`);
  const passages = (one.passages ?? []).map((passage, index) => {
    const spans = []; let from = 0; const all = [...passage.text];
    for (const s of (plan?.strikes ?? []).filter((strike) => strike.passage === index).sort((a, b) => a.at - b.at)) { if (s.at > from) spans.push({ text: all.slice(from, s.at).join('') }); spans.push({ struck: s.alias ?? '', reason: s.reason }); from = s.at + s.chars; }
    if (from < all.length) spans.push({ text: all.slice(from).join('') });
    return { place: passage.place, speaker: null, start_ms: passage.place.time?.start_ms ?? null, spans };
  });
  return { passages, cuts: plan?.cuts ?? [], mode: profile === 'press' ? 'text' : one.kind === 'recording' ? 'partial' : 'release', pages: false };
}
function check(ask) {
  const chosen = ask.exhibits.map(exhibit); const at = (id, blocks, unchecked = false) => ({ id, state: unchecked ? 'not-checked' : blocks.length ? 'closed' : 'open', blocks, people: null, unasked: 0, allowed: 0, aliases: [] });
  const block = (id, one, rest = {}) => ({ id, exhibit: one.exhibit, person: null, name: null, refused: false, ms: 0, gaps: [], finds: 0, ...rest });
  const reviewed = chosen.filter((one) => !world.plans.get(`${one.exhibit}/${ask.profile}`)?.reviewer).map((one) => block('not-reviewed', one));
  const unheard = chosen.filter((one) => one.kind === 'recording' && heard(one).gaps.length).map((one) => block('not-heard', one, { gaps: heard(one).gaps, ms: one.duration_ms - heardMs(one) }));
  const open = chosen.flatMap((one) => (world.plans.get(`${one.exhibit}/${ask.profile}`)?.open ?? []).slice(0, 1).map((s) => block('name-open', one, { person: s.person, name: s.words, finds: world.plans.get(`${one.exhibit}/${ask.profile}`).open.length })));
  const consent = chosen.some((one) => one.exhibit === 4) ? [people.find((p) => p.short === 'banker')].filter((p) => !['agreed', 'unasked'].includes(p.consents[ask.profile]?.decision)).map((p) => block('no-consent', exhibit(4), { person: p.id, name: p.names[0].text })) : [];
  const named = new Set(chosen.flatMap((one) => (world.plans.get(`${one.exhibit}/${ask.profile}`)?.strikes ?? []).map((s) => s.person)).filter(Boolean)).size;
  return { gates: [at('reviewed', reviewed), { ...at('consent', consent, named + consent.length === 0), people: named, unasked: people.filter((p) => p.consents[ask.profile]?.decision === 'unasked').length }, at('heard', unheard), at('names', open), at('union', [], open.length + reviewed.length > 0)],
    items: chosen.map((one) => { const plan = world.plans.get(`${one.exhibit}/${ask.profile}`); const cuts = plan?.cuts ?? []; return { exhibit: one.exhibit, kind: one.kind, mode: previewOf(one, ask.profile).mode, cuts: cuts.length, pages: false, withheld_ms: cuts.reduce((sum, [a, b]) => sum + b - a, 0), reasons: plan?.strikes.length ? [['name', plan.strikes.length]] : [], reviewer: plan?.reviewer ?? null }; }) };
}
const TRADITIONAL = { 產: '产', 遠: '远' };
function search(q, limit) {
  let text = q; const filters = {};
  text = text.replace(/\b(kind|lang|person|exhibit):("[^"]*"|\S+)/g, (_, name, value) => { filters[name] = value.replace(/"/g, ''); return ''; });
  const exact = /^\s*exact:"([^"]*)"/.exec(text); const needle = (exact ? exact[1] : text.replace(/"/g, '')).trim().replace(/[產遠]/g, (c) => TRADITIONAL[c]);
  if (!needle) return { all: [], needle };
  const all = [];
  for (const one of world.list) (one.passages ?? []).forEach((passage, index) => {
    if (filters.kind && one.kind !== filters.kind) return;
    const language = passage.language ?? (/\p{Script=Han}/u.test(passage.text) ? 'zh' : /[éèàç]/.test(passage.text) ? 'fr' : 'en');
    if (filters.lang && !language.startsWith(filters.lang)) return;
    const marks = []; const low = exact ? passage.text : passage.text.toLowerCase(); const find = exact ? needle : needle.toLowerCase();
    for (let from = low.indexOf(find); from >= 0; from = low.indexOf(find, from + 1)) { const start = [...passage.text.slice(0, from)].length; const word = passage.words.find((w) => w.at + w.chars > start); marks.push({ start, end: start + [...find].length, time: word ? [word.start_ms, word.end_ms] : null }); }
    if (marks.length) all.push({ exhibit: one.exhibit, source: one.path, kind: one.kind, language, at: passage.when ?? 'n° 5', place: passage.place, passage: index, text: passage.text, marks });
  });
  return { all: all.slice(0, 5000), needle, limit };
}
/* What some questions mean, by hand: the mock has no encoder. */
const MEANT = [[/oubli|forgotten|effac|不追究/, '一笔勾销', 0.64], [/sœur|sister/, '你妹妹的事', 0.58]];
function close(at) {
  const chosen = ['kind', 'lang', 'person'].map((name) => (at.get(name) ? ` ${name}:"${at.get(name)}"` : '')).join('');
  const hits = MEANT.filter(([asked]) => asked.test(at.get('q') ?? '')).flatMap(([, needle, score]) => search(needle + chosen, 50).all.map((hit, n) => ({ ...hit, marks: [], score: Math.max(0.33, score - n / 100) })));
  return { state: 'asked', waiting: world.meaningless, hits: hits.slice(0, Number(at.get('limit') ?? 50)) };
}
const body = (request) => new Promise((done) => { const parts = []; request.on('data', (part) => parts.push(part)); request.on('end', () => done(Buffer.concat(parts))); });
const tally = (values) => [...values.reduce((map, value) => map.set(value, (map.get(value) ?? 0) + 1), new Map())].sort((a, b) => b[1] - a[1]);
const addReply = () => ({ sealed: [], duplicates: [], refused: [{ source: 'Camera/latest', id: 'symbolic-link', detail: '' }], not_read: [{ exhibit: 15, source: 'bad/empty.amr', findings: [{ id: 'empty', severity: 'unread', detail: '' }] }], read: 14, recognised: 2, transcribed: 5, kinds: [{ kind: 'document', read: 7, partly: 0, unread: 0, took_ms: 8_200, why: {} }, { kind: 'other', read: 0, partly: 0, unread: 1, took_ms: 20, why: { empty: 1 } }, { kind: 'recording', read: 5, partly: 1, unread: 0, took_ms: 61_000, why: { truncated: 1 } }], stopped: false });
const LANE = hash('lane');
const counted = (id, count) => ({ id, args: { count } });
const caseVerdict = () => ({ whole: true, findings: [['lane-consistent', 'proven', `lane ${LANE}`, counted('entries', acts.length)], ['acts-readable', 'proven', `lane ${LANE}`, counted('acts', acts.length)], ['head-in-lane', 'proven', `lane ${LANE}`, null], ['objects-whole', 'proven', 'objects', counted('objects', world.list.length)], ['clock-not-checked', 'not-checked', '', null]].map(([id, status, object, fact]) => ({ id, status, object, exhibit: null, fact, detail: 'told in English' })) });
const FINDINGS = [['zip-strict', 'proven', ''], ['manifest', 'proven', ''], ['signature', 'proven', ''], ['signer-pinned', 'not-checked', '', 'Ask the sender for the key by another way, then run again with --signer KEY.'], ['object', 'proven', '1'], ['rendering', 'proven', '1']].map(([id, status, subject, advice = null]) => ({ id, status, subject, detail: '', advice }));

const routes = [
  ['GET', /^state$/, () => state()],
  ['POST', /^unlock$/, ({ data }) => { if (data.passphrase !== 'demo') throw new Refusal(403, 'wrong-passphrase', 'The passphrase does not open this case.', 'Check the words, the keyboard’s layout and which case it is. Nobody can open the case without it.'); world.locked = false; return state(); }],
  ['POST', /^lock$/, () => { world.locked = true; tell('state', { locked: world.locked }); return state(); }],
  ['POST', /^seen$/, () => undefined],
  ['GET', /^jobs$/, () => world.jobs],
  ['GET', /^jobs\/(\d+)$/, ({ m }) => world.jobs[m[1] - 1]],
  ['POST', /^jobs\/(\d+)\/stop$/, ({ m }) => { const job = world.jobs[m[1] - 1]; job.state = 'stopped'; tell('job', job); return job; }],
  ['POST', /^intake\/paths$/, ({ data }) => { if (data.paths.some((path) => path.includes('missing'))) throw new Refusal(404, 'file', `${data.paths[0]}: there is no such file.`, 'Check that it exists and that you may read it.'); return startJob('intake', ['finding', 'sealing', 'reading', 'transcribing', 'indexing'], 17, addReply); }],
  ['POST', /^intake\/known$/, ({ data }) => data.files.map((file) => ({ known: file.sha256 && world.files.has(file.sha256) ? world.files.get(file.sha256) : null, wants_sha256: !file.sha256 }))],
  ['POST', /^intake\/read$/, () => startJob('transcribe', ['reading', 'transcribing', 'indexing'], 33_135, () => { world.meaningless = 0; return addReply(); }, 1)],
  ['GET', /^exhibits$/, ({ at }) => { const kind = at.get('kind'); const q = at.get('q')?.toLowerCase(); const all = world.list.filter((one) => (!kind || one.kind === kind) && (!q || one.path.toLowerCase().includes(q))); const from = Number(at.get('offset') ?? 0); return { total: all.length, exhibits: all.slice(from, from + Number(at.get('limit') ?? 200)).map(listed) }; }],
  ['GET', /^exhibits\/(\d+)$/, ({ m }) => { const one = exhibit(m[1]); return { exhibit: listed(one), root: one.root, profile: one.kind === 'recording' ? 'amr-frames' : 'bytes', leaves: 332, sha256: hash(one.path), within: null, derived: one.passages ? [{ what: one.kind === 'recording' ? 'transcript' : 'reading', seal: hash(`d${m[1]}`).slice(0, 32), compartment: 'identity', about: { tool: one.tool ?? 'casemate-worker', kind: one.kind, media_type: one.media, duration_ms: one.duration_ms ?? null, passages: one.passages.length, findings: (one.findings ?? []).map((id) => ({ id, severity: 'partial', detail: '' })), parameters: [], until_ms: null } }] : [], findings: (one.findings ?? []).map((id) => ({ id, severity: 'partial', detail: '' })), custody: acts.filter((entry) => entry.exhibits.includes(one.exhibit)), heard_ms: heardMs(one) }; }],
  ['GET', /^exhibits\/(\d+)\/reading$/, ({ m }) => { const one = exhibit(m[1]); if (one.passages === null) throw new Refusal(404, 'not-read', `Exhibit ${one.exhibit} has no text: it was not read, or not transcribed.`, 'For a recording, transcribe it in Intake.'); return { exhibit: one.exhibit, layer: one.kind === 'recording' ? 'transcript' : 'reading', ...corrected(one) }; }],
  ['POST', /^exhibits\/(\d+)\/corrections$/, ({ m, data }) => { const one = exhibit(m[1]); const passage = one.passages[data.passage]; if (data.text.includes('conflict') && passage.text !== '另一个版本') { one.corrections.push({ id: hash(`c${acts.length}`).slice(0, 32), passage: data.passage, by: 'Élodie Roux', on: new Date().toISOString(), before: passage.text, after: '另一个版本', undone: false }); passage.text = '另一个版本'; } if (data.before !== passage.text) throw new Refusal(409, 'edited-meanwhile', 'Somebody corrected this passage meanwhile.', 'Compare both texts and keep one.'); act('correct', [one.exhibit], data.by, new Date().toISOString()); one.corrections.push({ passage: data.passage, by: data.by, on: new Date().toISOString(), before: passage.text, after: data.text, undone: false, id: hash(`c${acts.length}`).slice(0, 32) }); passage.text = data.text; passage.words = passage.words.filter((word) => word.at + word.chars <= [...data.text].length).map((word) => ({ ...word, confidence: 1000 })); return corrected(one); }],
  ['POST', /^exhibits\/(\d+)\/corrections\/(\w+)\/undo$/, ({ m, data }) => { const one = exhibit(m[1]); const entry = one.corrections.find((c) => c.id === m[2]); entry.undone = true; one.passages[entry.passage].text = entry.before; act('correct', [one.exhibit], data.by); return corrected(one); }],
  ['GET', /^exhibits\/(\d+)\/peaks$/, ({ m, at }) => peaksOf(exhibit(m[1]), Number(at.get('per_second') ?? 10))],
  ['GET', /^exhibits\/(\d+)\/heard$/, ({ m }) => heard(exhibit(m[1]))],
  ['POST', /^exhibits\/(\d+)\/heard$/, ({ m, data }) => { const one = exhibit(m[1]); one.heard.push({ listener: data.listener, ranges: data.ranges, on: new Date().toISOString() }); act('heard', [one.exhibit], data.listener, new Date().toISOString()); return heard(one); }],
  ['GET', /^search$/, ({ at }) => { const found = search(at.get('q') ?? '', 50); const from = Number(at.get('after') ?? 0); const limit = Number(at.get('limit') ?? 50); return { total: found.all.length, hits: found.all.slice(from, from + limit), next: from + limit < found.all.length ? String(from + limit) : null }; }],
  ['GET', /^search\/meaning$/, ({ at }) => close(at)],
  ['GET', /^search\/facets$/, ({ at }) => { const found = at.get('meaning') ? close(at).hits : search(at.get('q') ?? '', 50).all; return { kinds: tally(found.map((hit) => hit.kind)), languages: tally(found.map((hit) => hit.language)), people: found.length ? world.people.slice(0, 3).map((p, n) => [{ id: p.id, name: p.names[0].text }, Math.max(1, found.length - n * 2)]) : [] }; }],
  ['GET', /^people$/, () => world.people],
  ['POST', /^people$/, ({ data }) => { const { instead_of: of, ...told } = data; const old = world.people.find((p) => p.id === of); act('person', []); if (old) return Object.assign(old, told); const person = { id: hash(Math.random()).slice(0, 32), aliases: {}, consents: {}, ...told }; world.people.push(person); return person; }],
  ['POST', /^people\/(\w+)\/merge$/, ({ m, data }) => { const person = world.people.find((p) => p.id === m[1]); const gone = world.people.find((p) => p.id === data.from); world.people = world.people.filter((p) => p !== gone); person.names.push(...gone.names); act('merge', [], data.by); return person; }],
  ['POST', /^people\/(\w+)\/split$/, ({ m, data }) => { const from = world.people.find((p) => p.id === m[1]); const is = (name) => data.names.some((one) => one.text === name.text); const person = { ...from, id: hash(Math.random()).slice(0, 32), names: from.names.filter(is), aliases: {}, consents: {} }; from.names = from.names.filter((name) => !is(name)); world.people.push(person); act('person', []); act('person', []); return { from, person }; }],
  ['GET', /^settings$/, () => ({ case: hash('case'), compartments: ['identity', 'case', 'press', 'later'], lanes: [{ id: hash('lane'), own: true, role: 'owner', lane_key: hash('lane key'), disclosure_key: hash('disclosure key'), since: '2025-04-05T09:05:00Z', entries: acts.length }], members: [{ role: 'owner', key: hash('owner') }], backup: null, recovery: null, models: [{ name: 'whisper-base', version: '1', licence: 'MIT', languages: ['*'], draft: ['zh'], intact: true }] })],
  ['POST', /^people\/(\w+)\/alias$/, ({ m, data }) => { const person = world.people.find((p) => p.id === m[1]); if (world.people.some((p) => p !== person && p.aliases[data.audience] === data.alias)) throw new Refusal(409, 'alias-taken', 'Somebody else has that alias in this audience.', 'Choose another: an alias is never used twice.'); person.aliases[data.audience] = data.alias; act('alias', []); return person; }],
  ['POST', /^people\/(\w+)\/consent$/, ({ m, data }) => { const person = world.people.find((p) => p.id === m[1]); person.consents[data.profile] = { decision: data.decision, basis: data.basis, by: data.by, on: new Date().toISOString() }; act('consent', [], data.by); return person; }],
  ['GET', /^people\/(\w+)\/places$/, ({ m }) => { const person = world.people.find((p) => p.id === m[1]); return world.list.map((one) => ({ exhibit: one.exhibit, source: one.path, finds: (one.passages ?? []).filter((passage) => person.names.some((name) => passage.text.includes(name.text))).length })).filter((place) => place.finds); }],
  ['GET', /^exhibits\/(\d+)\/plan\/(court|press)$/, ({ m }) => planOf(exhibit(m[1]), m[2])],
  ['POST', /^exhibits\/(\d+)\/plan\/(court|press)\/(\w+)$/, ({ m, data }) => {
    const one = exhibit(m[1]); const key = `${m[1]}/${m[2]}`;
    if (m[3] === 'propose') { const plan = propose(one, m[2]); world.plans.set(key, plan); act('plan', [one.exhibit]); return plan; }
    const plan = planOf(one, m[2]);
    const strikeNo = () => plan.strikes.find((s) => s.number === data.number) ?? (() => { throw new Refusal(404, 'no-strike', `There is no strike ${data.number}.`, 'Look at the plan again.'); })();
    if (m[3] === 'drop') { const gone = strikeNo(); plan.strikes = plan.strikes.filter((s) => s !== gone); if (gone.person && gone.passage !== null) plan.open.push(gone); act('plan', [one.exhibit]); return edited(plan); }
    if (m[3] === 'retime') { strikeNo().time = data.time; act('plan', [one.exhibit]); return edited(plan); }
    if (m[3] === 'keep') { const finds = data.number ? [strikeNo()] : [...plan.open, ...plan.strikes].filter((s) => s.words === data.within); plan.open = plan.open.filter((s) => !finds.includes(s)); plan.strikes = plan.strikes.filter((s) => !finds.includes(s)); for (const find of finds) plan.kept.push({ passage: find.passage, words: find.words, person: find.person, reviewer: data.by, why: data.why }); act('keep', [one.exhibit], data.by); return edited(plan); }
    if (m[3] === 'accept') { plan.reviewer = data.by; plan.looked = data.looked ?? null; act('plan', [one.exhibit], data.by); return plan; }
    const found = plan.open.filter((s) => s.words === data.text); plan.open = plan.open.filter((s) => !found.includes(s)); plan.strikes.push(...found);
    const common = { number: 0, time: null, person: data.person ?? null, alias: null, reason: data.reason, sure: 'exact', identifier: null, beside: null, before: '', words: '', after: '' };
    if (data.time) plan.strikes.push({ ...common, passage: null, at: null, chars: null, time: data.time, sure: null });
    else (one.passages ?? []).forEach((passage, index) => { const from = passage.text.indexOf(data.text); const at = [...passage.text.slice(0, from)].length; if (from >= 0 && !plan.strikes.some((s) => s.passage === index && s.at <= at && s.at + s.chars >= at + [...data.text].length)) { const said = passage.words.filter((w) => w.at + w.chars > at && w.at < at + [...data.text].length); plan.strikes.push({ ...common, passage: index, at, chars: [...data.text].length, time: said.length ? [said[0].start_ms - 60, said.at(-1).end_ms + 60] : null, before: passage.text.slice(Math.max(0, from - 12), from), words: data.text, after: passage.text.slice(from + data.text.length, from + data.text.length + 12) }); } });
    act('plan', [one.exhibit]);
    return edited(plan);
  }],
  ['GET', /^exhibits\/(\d+)\/preview\/(court|press)$/, ({ m }) => previewOf(exhibit(m[1]), m[2])],
  ['POST', /^disclosures\/check$/, ({ data }) => check(data)],
  ['POST', /^disclosures$/, ({ data }) => { const checked = check(data); const blocks = checked.gates.flatMap((gate) => gate.blocks); if (blocks.length) throw new Refusal(409, 'blocked', `Nothing left the case: ${blocks.length} reasons stand against it.`, 'Settle each reason, or leave that exhibit out.'); return startJob('disclose', ['packing', 'verifying'], 6, () => { act('disclose', data.exhibits); Object.assign(acts.at(-1), { profile: data.profile, recipient: data.recipient }); world.left.push({ profile: data.profile, recipient: data.recipient, purpose: data.purpose, on: new Date().toISOString(), exhibits: data.exhibits, items: data.exhibits.length }); return { file: `casemate-${data.profile}-${world.left.length}.zip`, bytes: 1_284_330, signer: hash('disclosure key'), profile: data.profile, aliases: ['Monsieur A', 'Madame S'], items: checked.items.map((item, n) => ({ number: n + 1, exhibit: item.exhibit, title: `${item.kind} ${n + 1}`, mode: item.mode, seal: hash(n).slice(0, 32), cuts: item.cuts, hidden: 4, reasons: item.reasons })), pages_stay: [], originals_stay: [], findings: FINDINGS }; }); }],
  ['GET', /^disclosures$/, () => world.left],
  ['POST', /^verify$/, ({ raw }) => { const failed = raw.includes('tampered'); return { verdict: failed ? 'failed' : 'nothing-failed', findings: FINDINGS.map((finding, n) => (failed && n === 0 ? { ...finding, status: 'failed', detail: 'byte 20,113' } : finding)), words: [] }; }],
  ['GET', /^log$/, ({ at }) => { const from = Number(at.get('offset') ?? 0); const all = [...acts].reverse().filter((one) => at.get('commits') !== 'false' || one.kind !== 'commit'); return { lane: LANE, size: acts.length, entries: acts.length, commits: acts.filter((one) => one.kind === 'commit').length, root: hash(acts.length), checkpoint: `casemate lane a3\n${acts.length}\n`, acts: all.slice(from, from + Number(at.get('limit') ?? 100)), damaged: [], not_understood: [] }; }],
  ['POST', /^verify-case$/, () => startJob('verify', ['verifying'], 40, caseVerdict)],
  ['GET', /^doctor$/, () => {
    const stands = (fence, need, granted = 'yes', cause = '') => ['fence', { fence, need, granted, cause }];
    const looked = [['program-worker', 'ok', 'program-answers', {}], ['program-speech', 'ok', 'program-answers', {}], ['model', 'ok', 'model-pinned', { file: 'encoder.onnx' }], ['keys-locked', 'warning', 'locked-part', { locked: 4, count: 6 }], ['swap', 'not-checked', 'unsaid', {}], ['core-dumps', 'warning', 'core-limit', { limit: 'unlimited' }], ['case-folder', 'ok', 'folder-plain', {}], ['clock', 'not-checked', 'clock-word', { time: '2025-04-05T09:12:00Z' }],
      ['program-worker-fence-landlock', 'ok', ...stands('landlock', 'required')], ['program-worker-fence-seccomp', 'ok', ...stands('seccomp', 'required')], ['program-worker-fence-network-namespace', 'warning', ...stands('network-namespace', 'asked', 'no', 'Operation not permitted')], ['program-speech-fence-landlock', 'ok', ...stands('landlock', 'required')], ['program-speech-fence-seccomp', 'ok', ...stands('seccomp', 'required')]];
    return looked.map(([id, health, fact, args]) => ({ id, health, detail: 'told in English', fact: { id: fact, args } }));
  }],
];
routes.push(...outside({ startJob, findings: FINDINGS, refuse: (status, id) => { throw new Refusal(status, id, id, ''); } }));
const send = (response, status, data) => { const text = data === undefined ? '' : JSON.stringify(data); response.writeHead(data === undefined ? 204 : status, { 'content-type': 'application/json', 'cache-control': 'no-store' }); response.end(text); };
function ranged(request, response, bytes, type, extra = {}) {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const from = range ? Number(range[1]) : 0; const to = range?.[2] ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1;
  response.writeHead(range ? 206 : 200, { 'content-type': type, 'accept-ranges': 'bytes', 'content-length': to - from + 1, 'cache-control': 'no-store', ...(range ? { 'content-range': `bytes ${from}-${to}/${bytes.length}` } : {}), ...extra });
  response.end(bytes.subarray(from, to + 1));
}
async function apiCall(request, response, path, at) {
  const ftl = /^messages\/(en|fr|zh-Hans)\.ftl$/.exec(path);
  if (ftl) { response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }); response.end(['common', 'verify', 'cli', 'web'].map((area) => readFileSync(`${MESSAGES}${ftl[1]}/${area}.ftl`, 'utf8')).join('\n')); return; }
  if (path === 'events') { response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }); response.write('event: ping\ndata: {}\n\n'); world.streams.add(response); request.on('close', () => world.streams.delete(response)); return; }
  if (world.locked && !['state', 'unlock', 'lock'].includes(path)) throw new Refusal(423, 'locked', 'The case is locked.', 'Unlock it.');
  if (request.method !== 'GET' && request.headers['x-casemate'] !== '1') throw new Refusal(403, 'forbidden', 'Not asked by this page.', '');
  const sound = /^exhibits\/(\d+)\/(sound|preview\/\w+\/sound|original)$/.exec(path);
  if (sound) { ranged(request, response, soundOf(exhibit(sound[1])), 'audio/wav', sound[2] === 'original' ? { 'content-disposition': 'attachment; filename="exhibit"' } : {}); return; }
  const drawn = /^exhibits\/(\d+)\/pages\/(\d+)$/.exec(path);
  if (drawn) {
    const all = (exhibit(drawn[1]).passages ?? []).filter((passage) => passage.place.page); const pages = Math.max(1, ...all.map((passage) => passage.place.page.number));
    if (Number(drawn[2]) > pages) throw new Refusal(404, 'not-drawn', `Page ${drawn[2]} of exhibit ${drawn[1]} could not be drawn (no-page).`, 'The original is sealed all the same.');
    const { pictures } = exhibit(drawn[1]);
    const bytes = pictures ? readFileSync(fileURLToPath(new URL(`${pictures}-${drawn[2]}.png`, import.meta.url))) : pageOf(all.filter((passage) => passage.place.page.number === Number(drawn[2]) && passage.place.page.rect).map((passage) => passage.place.page.rect), Number(at.get('width') ?? 1240));
    response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'no-store', 'x-casemate-pages': String(pages), 'x-casemate-points': A4.join(' ') }); response.end(bytes); return;
  }
  if (/^disclosures\/\d+\/bundle$/.test(path)) { ranged(request, response, Buffer.from('PK\u0003\u0004 a bundle'), 'application/zip', { 'content-disposition': 'attachment; filename="bundle.zip"' }); return; }
  if (path === 'intake/file') {
    const raw = await body(request); const name = at.get('name'); const sha = hash(raw.toString('latin1'));
    await new Promise((done) => setTimeout(done, Number(option('slow', 0))));
    const digest = (await import('node:crypto')).createHash('sha256').update(raw).digest('hex');
    if (name.endsWith('.tmp')) { send(response, 200, { fate: 'refused', exhibit: null, source: at.get('path'), size: raw.length, seal: null, id: 'changing', detail: null }); return; }
    const number = 300 + world.files.size; world.files.set(digest, number); act('seal', [number]);
    world.list = [...world.list, { exhibit: number, path: at.get('path') || name, kind: 'file', media: 'application/octet-stream', passages: null, bytes: raw.length, seal: sha.slice(0, 32), root: sha, sealed_at: new Date().toISOString(), corrections: [], heard: [] }]; tell('acts', { acts: acts.length });
    send(response, 200, { fate: 'sealed', exhibit: number, source: at.get('path'), size: raw.length, seal: sha.slice(0, 32), id: null, detail: null }); return;
  }
  const raw = request.method === 'GET' ? Buffer.alloc(0) : await body(request);
  for (const [method, pattern, answer] of routes) {
    const m = pattern.exec(path);
    if (!m || method !== request.method) continue;
    const had = acts.length;
    send(response, 200, answer({ m, at, raw, data: path === 'verify' || path === 'held' || !raw.length ? {} : JSON.parse(raw.toString()) }));
    if (acts.length !== had) tell('acts', { acts: acts.length });
    return;
  }
  throw new Refusal(404, 'no-such-call', path, '');
}
function file(path, response) {
  const wanted = join(DIST, normalize(path)); const found = wanted.startsWith(DIST) && existsSync(wanted) && extname(wanted) ? wanted : join(DIST, 'index.html');
  const nonce = randomBytes(16).toString('base64'); const type = TYPES[extname(found)] ?? 'application/octet-stream'; const bytes = readFileSync(found);
  response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY(nonce), 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
  response.end(type.startsWith('text/html') ? bytes.toString().replaceAll('__CSP_NONCE__', nonce) : bytes);
}
createServer((request, response) => {
  const url = new URL(request.url, 'http://x');
  if (!url.pathname.startsWith('/api/v1/')) { file(decodeURIComponent(url.pathname), response); return; }
  apiCall(request, response, url.pathname.slice(8), url.searchParams).catch((cause) => {
    if (!(cause instanceof Refusal)) console.error(cause);
    const { status = 500, id = 'other', title = 'It could not be done.', advice = '', facts = {} } = cause instanceof Refusal ? cause : {};
    send(response, status, { error: { id, title, advice, status, facts } });
  });
}).listen(PORT, '127.0.0.1', () => console.log(`http://127.0.0.1:${PORT}/`));
