// The fictional case of demo/ as the API would show it. For pictures and tests of the screens only: nothing here is sealed.
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { LETTER as LETTER_PAGES } from './letter.mjs';

const DEMO = fileURLToPath(new URL('../../demo/', import.meta.url));
const text = (path) => readFileSync(DEMO + path, 'utf8');
const hash = (of) => createHash('sha256').update(String(of)).digest('hex');
const chars = (value) => [...value].length;

const SPEAKERS = { friend: 'Gao Tianxing', h: 'H', official: 'Zhou Ruolan', consul: 'Consulate', banker: 'Inès Caron', reporter: 'Nora Whitfield' };
function wordsOf(utterance, lang, doubtful) {
  const pieces = lang === 'zh' ? [...utterance.text.matchAll(/[\p{Script=Han}]{1,2}/gu)] : [...utterance.text.matchAll(/[\p{L}\p{N}'’-]+/gu)];
  const span = utterance.end_ms - utterance.start_ms;
  return pieces.map((match, n) => {
    const at = chars(utterance.text.slice(0, match.index));
    const from = utterance.start_ms + (span * match.index) / utterance.text.length;
    const to = utterance.start_ms + (span * (match.index + match[0].length)) / utterance.text.length;
    return { at, chars: chars(match[0]), start_ms: Math.round(from), end_ms: Math.round(to), confidence: doubtful.has(match[0]) ? 320 : 900 - ((n * 37) % 90) };
  });
}
const DOUBTFUL = new Set(['怀安', '办公', '主任', '通报', 'Canglan', 'relevés', 'Courier', '手里']);
function recording(call, path, mishear = {}) {
  const ref = JSON.parse(text(`reference/${call}.json`));
  const passages = ref.utterances.map((said) => {
    const utterance = { ...said, text: mishear[said.start_ms] ?? said.text };
    return { place: { time: { channel: ref.channels > 1 ? said.channel : null, start_ms: said.start_ms, end_ms: said.end_ms } }, text: utterance.text, language: ref.language, speaker: SPEAKERS[said.speaker], when: null, words: wordsOf(utterance, ref.language, DOUBTFUL) };
  });
  return { path, kind: 'recording', duration_ms: ref.duration_ms, channels: ref.channels, passages, media: 'audio/wav', tool: 'whisper small int8', sound: path };
}
const lines = (source, language = null) => source.split('\n').map((line, n) => ({ line, n })).filter(({ line }) => line.trim()).map(({ line, n }) => ({ place: { lines: { first: n + 1, last: n + 1 } }, text: line, language, speaker: null, when: null, words: [] }));
function chat() {
  const passages = [];
  for (const line of text('papers/chat-marina.txt').split('\n')) {
    const head = /^(\d\d)\/(\d\d)\/(\d{4}), (\d\d:\d\d) - (?:([^:]{1,40}): )?(.*)$/.exec(line);
    if (head) passages.push({ place: { message: { number: passages.length + 1 } }, text: head[6], language: null, speaker: head[5] ?? null, when: `${head[3]}-${head[2]}-${head[1]}T${head[4]}:00+01:00`, words: [] });
    else if (passages.length && line.trim()) passages.at(-1).text += `\n${line}`;
  }
  return passages;
}
const rows = (source) => source.trim().split('\n').flatMap((row, n) => row.split(',').map((cell, c) => ({ place: { row: { number: n + 1, column: c + 1 } }, text: cell, language: null, speaker: null, when: null, words: [] })));
const inPart = (name, passages) => passages.map((passage) => ({ ...passage, place: { part: { name, inside: passage.place } } }));
const PLACES = JSON.parse(readFileSync(fileURLToPath(new URL('letter.json', import.meta.url)), 'utf8'));
/** A place ends at the foot of its last line: what hangs below, the screen adds. */
const HANGS = 242;
const LETTER = LETTER_PAGES.flatMap((paragraphs, page) => paragraphs.map(([text], n) => { const [left, top, wide, tall] = PLACES[page][n]; return { place: { page: { number: page + 1, rect: [left, top - HANGS, wide, tall] } }, text, language: null, speaker: null, when: null, words: [] }; }));
const MAIL_COUSIN = ['表哥：', '我把这三个星期谁来过、什么时候来的，都记在附件的表里了。邻居也签了字的。\n他们每次都问同一句话：唐远山什么时候回来。', '明月姐的药我才送进去了，没有收条。\n请不要在任何地方写我的名字。', '小桐'];
const mail = (headers, body, parts = []) => ({ kind: 'mail', media: 'message/rfc822', metadata: [['Received', 'from mx1.post.example by post.montreve.example'], ...headers.map(([name, value]) => [name[0].toUpperCase() + name.slice(1), value]), ['MIME-Version', '1.0']], passages: [{ place: { part: { name: 'headers', inside: 'whole' } }, text: headers.map(([name, value]) => `${name[0].toUpperCase()}${name.slice(1)}: ${value}`).join('\n'), language: null, speaker: headers.find(([name]) => name === 'from')?.[1] ?? null, when: null, words: [] }, ...body.map((text, n) => ({ place: { part: { name: 'body-1', inside: { lines: { first: n * 3 + 1, last: n * 3 + 2 } } } }, text, language: null, speaker: headers.find(([name]) => name === 'from')?.[1] ?? null, when: null, words: [] })), ...parts] });

const SIGH = ['老唐，你再想想。', '上面的意思很清楚，你星期五之前回来，你妹妹的事就过去了。', '这个我不能说。她挺好的，有人照看。', '谁保证？你，还是周主任？', '我只是传个话，别的我一概不知道。', '没有手续，没有文件，什么都没有。', '你听我说完，这件事拖不得。', '我要听她亲口说一句话。', '电话里不方便说，你懂的。', '以前的事，一笔勾销。'];
function long() {
  const passages = [];
  let at = 2_000;
  let spoken = 0;
  for (let n = 0; spoken < 40_000; n += 1) {
    const line = `${SIGH[n % 10]}${SIGH[(n * 7 + 3) % 10]}`;
    const said = { start_ms: at, end_ms: at + 3_100, text: line };
    const words = wordsOf(said, 'zh', new Set(n % 9 === 0 ? ['手续', '星期'] : []));
    spoken += words.length;
    passages.push({ place: { time: { channel: null, start_ms: said.start_ms, end_ms: said.end_ms } }, text: line, language: 'zh', speaker: n % 3 ? 'Gao Tianxing' : 'H', when: null, words });
    at += 3_400;
  }
  return { path: 'calls/long-night.wav', kind: 'recording', duration_ms: at + 2_000, channels: 1, passages, media: 'audio/wav', tool: 'whisper small int8', sound: null };
}

const part = (source, name, rest) => ({ path: source, ...rest, name });
export const files = [
  recording('zh-friend', 'calls/zh-friend.amr', { 9172: '我长话短说。昨天我见了周主任。他们说，只要唐园山回来，为陆淮安的案子作证，以前的事一笔勾销。' }),
  recording('zh-official', 'calls/zh-official.wav'),
  recording('en-consulate', 'calls/en-consulate.m4a'),
  recording('fr-bank', 'calls/fr-bank.wav'),
  recording('en-reporter', 'calls/en-reporter.wav'),
  { path: 'papers/letter-bank.pdf', kind: 'document', pictures: 'letter', media: 'application/pdf', passages: LETTER, metadata: [['title', 'Clôture de vos comptes'], ['producer', 'Typst'], ['pages', '2']] },
  part('papers/mail-zh-cousin.eml', '', mail([['from', '林小桐 <xiaotong@post.example>'], ['to', 'Victor Tang <victor@halcyon.example>'], ['date', 'Tue, 25 Mar 2025 06:12:09 +0800'], ['subject', '关于明月姐：唐家门口的记录']], MAIL_COUSIN, inPart('来访记录-唐明月.csv', rows('日期,时间,来人,说的话\n2025-03-03,15:20,四男一女,你是不是唐明月\n2025-03-11,09:05,两人,贴封条\n2025-03-19,20:40,周某,让唐远山接电话\n2025-03-24,18:10,两人,今晚会有老朋友打给老唐')))),
  part('papers/mail-fr-bank.eml', '', mail([['from', 'Banque des Deux Rives <conformite@deuxrives.example>'], ['to', 'Victor Tang <victor@halcyon.example>'], ['subject', 'Clôture de vos comptes – M. Victor Tang (réf. CNF-2025-0388)']], ['Monsieur,', 'Vous trouverez ci-joint notre lettre du 2 avril 2025.', 'L’original vous est adressé sous pli recommandé, au nom de Monsieur Victor Tang (TANG YUANSHAN), 8, rue des Tamaris.'])),
  part('papers/mail-en-reporter.eml', '', mail([['from', 'Nora Whitfield <nora.whitfield@meridian-courier.example>'], ['to', 'Victor Tang <victor@halcyon.example>'], ['subject', 'Tomorrow’s call, and how your name is kept out']], ['Dear Mr Tang,', 'Thank you for agreeing to speak. I will call at a quarter past ten.', 'In print you will be “H” and nothing else: no initials, no age, no company. Your sister Marina Tang will be “his sister”.', '<script>alert("stored")</script><img src=x onerror=alert(1)>', 'Nora Whitfield'])),
  part('papers/mail-fr-lawyer.eml', '', mail([['from', 'Claire Lambert <lambert@lambert-aubry.example>'], ['to', 'Victor Tang <victor@halcyon.example>'], ['subject', 'Audience de jeudi : pièces à produire (Tang c/ République de Canglan)']], ['Cher Monsieur Tang,', 'Voici la liste des pièces pour jeudi. Les enregistrements doivent être ceux de l’appareil, non renommés.', 'Claire Lambert'])),
  { path: 'papers/chat-marina.txt', kind: 'chat', media: 'text/plain', passages: chat() },
  { path: 'papers/call-log.csv', kind: 'call-log', media: 'text/csv', passages: rows(text('papers/call-log.csv')) },
  { path: 'papers/note-h.txt', kind: 'text', media: 'text/plain', passages: lines(text('papers/note-h.txt')) },
  { path: 'papers/notice.html', kind: 'web', media: 'text/html', passages: lines('Notice 2025/3107: TANG, Yuanshan\nJoint Police Register: wanted person\nFamily name: TANG\nForename: YUANSHAN (Táng Yuǎnshān)\nName in original script: 唐远山 / 唐遠山\nAlso known as: Victor Tang\nPassport: K0471962 (Canglan)\nCharges: Irregularities in the matter of Lu Huai’an, former minister of ports') },
  { path: 'bad/empty.amr', kind: 'file', media: 'application/octet-stream', passages: null, findings: ['empty'], size: 0 },
  { path: 'bad/letter-cut.pdf', kind: 'document', media: 'application/pdf', passages: null, findings: ['truncated'] },
  { path: 'bad/photo.jpg', kind: 'web', media: 'text/html', passages: lines('It works'), findings: ['mislabelled', 'truncated'] },
  { path: 'Download/photo\u202Egnp.exe\u0007 of 唐家门口.txt', kind: 'text', media: 'text/plain', passages: lines('A name that turns round.'), size: 24 },
  long(),
];
for (let n = files.length + 1; n <= 260; n += 1) files.push({ path: `phone/voicemail/2025-03-${String((n % 27) + 1).padStart(2, '0')}/msg_${String(n).padStart(4, '0')}.amr`, kind: 'recording', duration_ms: 4_000 + (n * 977) % 60_000, channels: 1, passages: n % 4 === 0 ? null : [], media: 'audio/amr', size: 8_000 + (n * 977) % 90_000, sound: null, findings: n % 31 === 0 ? ['no-sound'] : [] });

const sizeOf = (file) => file.size ?? (() => { try { return statSync(DEMO + file.path).size; } catch { return 86_405_044; } })();
export const exhibits = files.map((file, n) => ({ ...file, exhibit: n + 1, bytes: sizeOf(file), seal: hash(`seal ${n}`).slice(0, 32), root: hash(`root ${n}`), sealed_at: `2025-04-05T09:${String(n % 60).padStart(2, '0')}:12Z`, corrections: [], heard: [] }));
export const people = [
  ['h', [['han', '唐远山'], ['pinyin', 'Táng Yuǎnshān'], ['passport', 'TANG YUANSHAN'], ['other', 'Victor Tang'], ['other', '老唐']], 'applicant', 'self', true, true, { court: 'Monsieur A', press: 'H' }],
  ['sister', [['han', '唐明月'], ['pinyin', 'Táng Míngyuè'], ['passport', 'TANG MINGYUE'], ['other', 'Marina Tang']], 'detained relative', 'sister', true, true, { court: 'Madame S', press: 'his sister' }],
  ['cousin', [['han', '林小桐'], ['pinyin', 'Lín Xiǎotóng'], ['passport', 'LIN XIAOTONG']], 'witness inside the country', 'cousin', true, true, { court: 'Témoin C' }],
  ['banker', [['other', 'Inès Caron']], 'employee who warned', null, true, false, { court: 'Témoin D' }],
  ['friend', [['han', '高天行'], ['pinyin', 'Gāo Tiānxíng'], ['passport', 'GAO TIANXING']], 'famous friend, go-between', 'schoolmate', false, false, {}],
  ['official', [['han', '周若兰'], ['pinyin', 'Zhōu Ruòlán'], ['passport', 'ZHOU RUOLAN'], ['other', '周主任']], 'director, Office for Overseas Affairs', null, false, false, {}],
  ['minister', [['han', '陆怀安'], ['pinyin', 'Lù Huái’ān'], ['passport', 'LU HUAI’AN']], 'former minister, accused', null, false, false, {}],
  ['lawyer', [['other', 'Claire Lambert']], 'lawyer', 'counsel', false, false, { court: 'Maître Lambert' }],
  ['reporter', [['other', 'Nora Whitfield']], 'reporter', null, false, false, { press: 'our reporter' }],
].map(([id, names, role, relation, hidden, red, aliases]) => ({
  id: hash(id).slice(0, 32), short: id, names: names.map(([script, text]) => ({ script, text })), role, protected: hidden, red, note: null, relation, aliases,
  consents: ['h', 'sister'].includes(id) ? { court: { decision: 'agreed', basis: 'asked in person, 4 April', by: 'Claire Lambert', on: '2025-04-04T10:00:00Z' } } : id === 'official' ? { press: { decision: 'refused', basis: 'letter unanswered', by: 'Nora Whitfield', on: '2025-04-12T10:00:00Z' } } : {},
}));
export const acts = [];
const act = (kind, exhibitsOf, by = null, at = null) => acts.push({ index: acts.length, kind, compartment: 'identity', seal: hash(`act ${acts.length}`).slice(0, 32), exhibits: exhibitsOf, profile: null, recipient: null, passed: 0, at: at ?? `2025-04-05T${String(9 + Math.floor(acts.length / 200)).padStart(2, '0')}:${String(Math.floor(acts.length / 4) % 60).padStart(2, '0')}:07Z`, by });
act('lane', []); act('commit', []);
for (const one of exhibits) { act('seal', [one.exhibit]); act('exhibit', [one.exhibit]); if (one.passages) act('derive', [one.exhibit]); if (one.exhibit % 20 === 0) act('commit', []); }
for (const _ of people) act('person', []);
act('commit', []);
act('alias', []); act('consent', [], 'Claire Lambert'); act('plan', [5], 'Claire Lambert'); acts.at(-1).profile = 'court';
export { act, hash, chars, DEMO };

const NAMES = ['唐远山', '唐园山', '唐明月', '老唐', '远山', '明月', 'Victor Tang', 'Marina Tang', 'TANG YUANSHAN', 'TANG MINGYUE', '林小桐', 'Mister Tang', 'monsieur Tang', '唐先生', 'Inès Caron', 'K0471962'];
const WHO = { 唐: 'h', 老: 'h', 远: 'h', 明: 'sister', V: 'h', M: 'sister', T: 'h', 林: 'cousin', m: 'h', I: 'banker', K: 'h' };
const whose = (name) => (name === '唐明月' || name === 'TANG MINGYUE' || name.startsWith('Marina') || name === '明月' ? 'sister' : name.startsWith('Mister') ? 'h' : WHO[name[0]]);
/** As the program does: strikes and open finds are each numbered from 1, anew after every act. */
export function renumber(plan) { for (const all of [plan.strikes, plan.open]) { all.sort((a, b) => (a.passage ?? -1) - (b.passage ?? -1) || (a.at ?? 0) - (b.at ?? 0)); all.forEach((one, n) => { one.number = n + 1; }); } return plan; }
/** The word behind each strike in the sound: as where a cut ends at whole seconds. */
function silencedBy(one, strikes) {
  return strikes.flatMap((strike) => {
    const passage = one.passages[strike.passage];
    const next = strike.time && passage?.words.find((word) => word.at >= strike.at + strike.chars);
    return next ? [{ passage: strike.passage, words: [...passage.text].slice(next.at, next.at + next.chars).join(''), time: [strike.time[1] - 40, next.end_ms] }] : [];
  }).slice(0, 2);
}
export function propose(one, profile) {
  const strikes = [];
  const open = [];
  (one.passages ?? []).forEach((passage, index) => {
    const taken = [];
    for (const name of NAMES) {
      for (let from = passage.text.indexOf(name); from >= 0; from = passage.text.indexOf(name, from + 1)) {
        if (taken.some(([a, b]) => from < b && from + name.length > a)) continue;
        taken.push([from, from + name.length]);
        const person = people.find((other) => other.short === whose(name));
        const said = passage.words.filter((word) => word.at + word.chars > chars(passage.text.slice(0, from)) && word.at < chars(passage.text.slice(0, from + name.length)));
        const unsure = name === '远山' || name === '唐园山' || name === '唐先生';
        (unsure ? open : strikes).push({
          number: 0, passage: index, at: chars(passage.text.slice(0, from)), chars: chars(name), time: said.length ? [said[0].start_ms - 60, said.at(-1).end_ms + 60] : null,
          person: person?.id ?? null, alias: person?.aliases[profile] ?? null, reason: name.startsWith('K0') ? 'identifier' : 'name', identifier: name.startsWith('K0') ? 'document' : null, beside: null, sure: name === '唐园山' ? 'sounds' : name === '远山' ? 'part' : unsure ? 'near' : 'exact',
          before: passage.text.slice(Math.max(0, from - 14), from), words: name, after: passage.text.slice(from + name.length, from + name.length + 14),
        });
      }
    }
  });
  renumber({ strikes, open });
  return { exhibit: one.exhibit, profile, reviewer: null, looked: null, current: true, strikes, open, kept: [], cuts: strikes.filter((s) => s.time).map((s) => s.time), aside: 1, silenced: silencedBy(one, strikes) };
}
