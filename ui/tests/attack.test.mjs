// What a hostile file, name, person or second tab can do to the program itself: nothing runs, nothing leaves, nothing is lost.
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser } from './stage.mjs';
import { call, DEMO, enter, give, place, run, serve, show, telling, unlock, visitor } from './program.mjs';

const EVIL = 'https://evil.example';
const ME = '<b onmouseover=window.__ran=1>C. Vial</b>';
let mark = 0;
/** Everything that runs or calls out where it is taken for HTML. */
const payload = () => { mark += 1; return `<script>window.__ran=${mark}</script><img src=x onerror=window.__ran=${mark}><svg onload=window.__ran=${mark}></svg><a href="javascript:window.__ran=${mark}">x</a><img src=${EVIL}/p${mark}.png><iframe src=${EVIL}/f${mark}></iframe>`; };
const page_ = () => `<html><head><title>${payload()}</title><meta http-equiv=refresh content="0;url=${EVIL}/r"><link rel=stylesheet href=${EVIL}/s.css><style>@import url(${EVIL}/i.css);body{background:url(${EVIL}/b.png)}@font-face{font-family:x;src:url(${EVIL}/f.woff)}p{font-family:x}</style><base href=${EVIL}/></head><body style="background:url(${EVIL}/c.png)" onload=window.__ran=99><p>the quick evilword</p>${payload()}<form action=${EVIL}/form><input name=q autofocus onfocus=window.__ran=98></form><object data=${EVIL}/o></object><video src=${EVIL}/v poster=${EVIL}/w onerror=window.__ran=97></video></body></html>`;
const text = (name, body) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(body) });
const HOSTILE = resolve(DEMO, '..', process.env.CASEMATE_TEST_DATA ?? '../shared/data', 'hostile');
const PDF = ['corkami/pdf/js-unescape.pdf', 'corkami/pdf/js-callee.pdf', 'pdf.js/issue10665_reduced.pdf'].map((one) => join(HOSTILE, one)).filter((one) => existsSync(one));
if (PDF.length === 0 && process.env.CI) throw new Error(`no PDF with JavaScript in ${HOSTILE}`);

let at; let server; let on; let page; let audit; let context;
const ids = {};
before(async () => {
  at = await place();
  server = await serve(at);
  on = await browser();
  ({ page, audit, context } = await visitor(on, server.origin));
});
after(async () => { await on?.close(); await server?.end(); at?.gone(); });
const test = telling(plain, () => page);
/** Nothing of the case ran, asked anybody, or stands in the page as anything but text. */
async function quiet(where, one = page) {
  const found = await one.evaluate(() => ({
    ran: window.__ran ?? null,
    elements: [...document.querySelectorAll(`iframe, object, embed, base, meta[http-equiv], main script, main img:not(.frame > img[src^="blob:${location.origin}/"]), main style, main link, main form[action]`)].map((element) => element.outerHTML.slice(0, 200)),
    handlers: [...document.querySelectorAll('*')].filter((element) => [...element.attributes].some((attribute) => attribute.name.startsWith('on') || /^\s*javascript:/i.test(attribute.value) && ['href', 'src', 'action'].includes(attribute.name))).map((element) => element.outerHTML.slice(0, 200)),
    foreign: [...document.querySelectorAll('[href], [src]')].map((element) => element.href || element.src).filter((url) => typeof url === 'string' && url !== '' && new URL(url, location.href).origin !== location.origin && !url.startsWith('blob:')),
  }));
  assert.deepEqual(found, { ran: null, elements: [], handlers: [], foreign: [] }, where);
  assert.deepEqual(audit.dialogs, [], where);
  assert.deepEqual(audit.foreign, [], where);
  assert.deepEqual(audit.refusals, [], where);
}
const signed = async (root) => { const field = page.locator(`${root} .name input`); if ((await field.count()) > 0) await field.fill(ME); };

plain('PDF with JavaScript are at hand', { skip: PDF.length > 0 ? false : `no PDF with JavaScript in ${HOSTILE}` }, () => assert.ok(PDF.length > 0));
test('the token is neither in the history nor in any referrer, and the link is dead', async () => {
  await enter(page, server);
  const token = new URL(server.link).searchParams.get('token');
  const known = await page.evaluate(() => ({ entries: navigation.entries().map((one) => one.url), referrer: document.referrer, cookie: document.cookie, address: location.href, held: performance.getEntriesByType('navigation').map((one) => one.name) }));
  assert.equal(JSON.stringify(known.entries).includes(token), false, JSON.stringify(known.entries));
  assert.equal(known.referrer, '');
  assert.equal(known.cookie, '', 'no script reads the cookie');
  assert.equal(known.address, `${server.origin}/`);
  for (const request of audit.requests) assert.equal((request.headers()['referer'] ?? '').includes(token), false, request.url());
  const [cookie] = await context.cookies();
  assert.ok(cookie.httpOnly && cookie.sameSite === 'Strict' && cookie.expires === -1);
  assert.notEqual(cookie.value, token);
});
test('hostile files are taken in as what they are', async () => {
  await show(page, '#/intake');
  const chat = ['03/03/2025, 19:12 - Messages and calls are end-to-end encrypted.', ...[1, 2, 3].map((n) => `03/03/2025, 19:1${n} - <img src=x onerror=window.__ran=96>Eve: evilword ${payload()}`)].join('\n');
  const mail = ['From: "<script>window.__ran=95</script>" <eve@evil.example>', 'To: a@b.example', `Subject: evilword <img src=x onerror=window.__ran=94>`, 'Date: Mon, 3 Mar 2025 10:00:00 +0100', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=q', '', '--q', 'Content-Type: text/html; charset=utf-8', '', page_(), '--q', 'Content-Type: text/html; name="<svg onload=window.__ran=93>.html"', 'Content-Disposition: attachment; filename="<svg onload=window.__ran=93>.html"', '', page_(), '--q--', ''].join('\r\n');
  const svg = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="window.__ran=92"><script>window.__ran=91</script><image href="${EVIL}/svg.png"/><text>evilword</text><foreignObject><iframe src="${EVIL}"/></foreignObject></svg>`;
  await give(page, [text('"><img src=x onerror=window.__ran=90>.txt', `evilword ${payload()}\nTANG YUANSHAN said it`), text('<svg onload=window.__ran=89>.txt', 'evilword two'), text("javascript:window.__ran=88;'.txt", 'evilword three'), text('chat.txt', chat), text('mail.eml', mail), text('page.html', page_()), text('drawing.svg', svg), text('table.csv', `name,what\n=cmd|' /C calc'!A0,evilword ${payload()}\n`)]);
  await give(page, [...PDF, join(DEMO, 'calls', 'zh-friend.amr')]);
  assert.equal(await page.locator('.given > table .no').count(), 0);
  await quiet('the fates');
  await page.getByRole('button', { name: 'Read now' }).click();
  await page.waitForSelector('.given h2', { timeout: 180_000 });
  await quiet('what was read');
  for (const one of (await call(page, 'GET', 'exhibits?limit=100')).body.exhibits) ids[one.source] = one.exhibit;
  assert.ok(Object.keys(ids).length >= 9 + PDF.length, JSON.stringify(ids));
});
test('hostile corrections, people, aliases, consents and listeners are written', async () => {
  await show(page, `#/read/${ids['zh-friend.amr']}`);
  await page.waitForSelector('.seg.now');
  await page.locator('.seg.now .correct').click();
  await page.locator('textarea').fill(`evilword ${payload()} TANG YUANSHAN`);
  await signed('.editor');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.seg.fixed');
  assert.match(await page.locator('.seg.fixed .said').innerText(), /<script>window\.__ran/);
  await quiet('a corrected transcript');
  await show(page, '#/people/new');
  await page.getByLabel('Chinese characters').fill('唐远山');
  await page.getByLabel('As in the passport').fill('TANG YUANSHAN');
  await page.getByLabel('Other names').fill('<details ontoggle=alert(81)>');
  await page.getByLabel('Role in the case').fill(payload());
  await page.getByLabel('Relation').fill(payload());
  await page.getByRole('button', { name: 'Write into the log' }).click();
  await page.waitForSelector('.pane dl');
  const court = page.locator('.pane section', { hasText: 'For: court' }).first();
  await court.getByLabel('Alias').fill('<img src=x onerror=window.__ran=87>');
  await court.getByRole('button', { name: 'Give the alias' }).click();
  await page.waitForFunction(() => document.querySelector('.pane')?.textContent?.includes('Alias: <img'));
  await court.getByRole('button', { name: 'Record the decision' }).click();
  await court.getByLabel('How it was asked').fill(payload());
  await signed('.ask');
  await court.getByRole('button', { name: 'Agreed' }).click();
  await court.locator('.ok').waitFor();
  await quiet('a person');
  const whole = (await call(page, 'GET', `exhibits/${ids['zh-friend.amr']}/heard`)).body.duration_ms;
  assert.equal((await call(page, 'POST', `exhibits/${ids['zh-friend.amr']}/heard`, { listener: ME, ranges: [[0, whole]], speed: 1000 })).status, 200);
});
test('every screen shows them as text: nothing runs, nothing is asked of another origin', async () => {
  const first = ids['"><img src=x onerror=window.__ran=90>.txt'];
  for (const where of ['#/', '#/intake', '#/exhibits', '#/people', '#/redact', '#/custody', '#/settings', '#/disclose']) { await show(page, where); await page.waitForTimeout(200); await quiet(where); }
  for (const [source, n] of Object.entries(ids)) {
    await show(page, `#/read/${n}`);
    await page.waitForTimeout(250);
    await quiet(`the reader on ${source}`);
    assert.deepEqual(await page.locator('main .fault').allInnerTexts(), [], source);
  }
  await show(page, `#/read/${ids['mail.eml']}`);
  assert.match(await page.locator('main').innerText(), /evilword/);
  await show(page, '#/search');
  await page.locator('.q').fill('evilword');
  await page.waitForSelector('.hit-open');
  assert.ok((await page.locator('.hit-open').count()) >= 5);
  await quiet('search');
  await page.locator('.q').fill('<script>window.__ran=86</script>');
  await page.waitForTimeout(600);
  await quiet('a hostile query');
  for (const n of [first, ids['chat.txt']]) {
    await show(page, `#/redact/${n}?for=court`);
    await page.getByRole('button', { name: 'Propose a plan' }).click();
    await page.waitForSelector('.plan-view');
    await quiet('a plan');
    await page.locator('details.more').evaluate((more) => { more.open = true; });
    await page.getByLabel('Words, everywhere in this exhibit').fill('evilword');
    await page.getByRole('button', { name: 'Strike these words' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.find').length > 0);
    await signed('.accept');
    await page.getByRole('button', { name: 'Sign the review' }).click();
    if ((await page.locator('.accept .sure').count()) > 0) await page.getByRole('button', { name: /^Sign with \d+ not looked at$/ }).click();
    await page.waitForFunction(() => document.querySelector('.accept')?.textContent?.includes('Reviewed by'));
    await show(page, `#/redact/${n}?for=court&tab=preview`);
    await page.waitForSelector('.their .theirs');
    await quiet('a preview');
  }
});
test('a bundle with a hostile recipient, purpose and content is made, and nothing in it runs', async () => {
  const first = ids['"><img src=x onerror=window.__ran=90>.txt'];
  await show(page, '#/disclose');
  await page.locator('input[value=court]').check();
  await page.getByLabel('Recipient', { exact: true }).fill(payload());
  await page.getByLabel('Purpose').fill(payload());
  await show(page, '#/disclose/exhibits');
  for (const n of [first, ids['chat.txt']]) await page.locator(`#x${n}`).check();
  for (const step of ['redactions', 'preview', 'seal']) { await show(page, `#/disclose/${step}`); await page.waitForTimeout(500); await quiet(step); }
  await page.getByRole('button', { name: 'Seal and export', exact: true }).click();
  await page.waitForSelector('.done', { timeout: 60_000 });
  await quiet('sealed');
  const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('.done .btn.main').click()]);
  const zip = join(at.root, 'hostile.zip');
  await saved.saveAs(zip);
  const { code, stdout } = await run('casemate-verify', ['--json', zip]);
  assert.equal(code, 0, stdout);
  const folder = join(at.root, 'bundle');
  mkdirSync(folder);
  execFileSync('unzip', ['-q', zip, '-d', folder]);
  const files = readdirSync(folder, { recursive: true }).filter((one) => statSync(join(folder, one)).isFile());
  assert.deepEqual(files.filter((one) => /\.(x?html?|svg|xml|m?js|pdf|mhtml?|url|lnk)$/i.test(one)), [], 'nothing in it is of a kind that runs');
  const pages = files.filter((one) => one.endsWith('.txt') || one.endsWith('.vtt'));
  assert.ok(pages.length >= 5 && pages.some((one) => readFileSync(join(folder, one)).includes('<script>window.__ran')), 'the planted words are in it, as text');
  const reader = await visitor(on, 'file:');
  for (const one of pages) {
    const asked = [];
    reader.page.on('request', (request) => { if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url()); });
    await reader.page.goto(pathToFileURL(join(folder, one)).href).catch((cause) => { if (!/Download is starting|ERR_ABORTED/.test(String(cause))) throw cause; });
    await reader.page.waitForTimeout(400);
    assert.equal(await reader.page.evaluate(() => window.__ran ?? null), null, one);
    assert.deepEqual(asked, [], one);
    assert.deepEqual(reader.audit.dialogs, [], one);
  }
  await reader.context.close();
  await show(page, '#/');
  await show(page, '#/disclose');
  await page.waitForTimeout(400);
  await quiet('what left before');
  await show(page, '#/custody');
  await page.locator('.two input[type=file]').setInputFiles([text('"><img src=x onerror=window.__ran=85>.zip', 'PK no bundle')]);
  await page.waitForSelector('.two .drop ~ p .sign, .two .fault');
  await quiet('a bundle that is none');
});
/** Gives a file with a name that no file system has. */
const given = (name, size = 10) => page.evaluate(({ name, size }) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([crypto.getRandomValues(new Uint8Array(size))], name));
  const field = document.querySelector('.drop input[type=file]');
  field.files = transfer.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}, { name, size });
test('a name of 4,000 characters and one with control and direction characters are shown safely; a longer one is refused', async () => {
  await show(page, '#/intake');
  if ((await page.getByRole('button', { name: 'Clear the list' }).count()) > 0) await page.getByRole('button', { name: 'Clear the list' }).click();
  await given(`long-${'x'.repeat(3_990)}.txt`);
  await given('invoice\u202Efdp.exe\u0007\u0000\u200b\nsecond line.txt');
  await given('y'.repeat(5_000));
  await page.waitForFunction(() => document.querySelectorAll('.given > table tbody tr').length === 3 && document.querySelectorAll('.given .sum .work').length === 0);
  const shown = await page.locator('.given > table tbody').innerText();
  assert.match(shown, /U\+202E/);
  assert.match(shown, /U\+0007/);
  assert.equal(/[\u202e\u0007\u200b]/.test(await page.locator('main').innerHTML()), false, 'not one such character stands in the page');
  const refused = page.locator('.given > table tbody tr', { has: page.locator('.no') });
  assert.equal(await refused.count(), 1);
  assert.match(await refused.innerText(), /4,?096/, 'it says how long a name may be');
  const before = (await call(page, 'GET', 'exhibits?limit=100')).body;
  const long = before.exhibits.find((one) => one.source.startsWith('long-'));
  const odd = before.exhibits.find((one) => one.source.startsWith('invoice'));
  assert.equal(long.source.length, 3_999);
  assert.equal(odd.source, 'invoice\u202Efdp.exe\u0007\u0000\u200b\nsecond line.txt', 'as data it is whole');
  for (const where of ['#/intake', '#/exhibits', `#/read/${long.exhibit}`, `#/read/${odd.exhibit}`, '#/redact', '#/disclose/exhibits']) {
    await show(page, where);
    await page.waitForTimeout(200);
    const over = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, (document.querySelector('main')?.scrollWidth ?? 0) - (document.querySelector('main')?.clientWidth ?? 0)]);
    assert.ok(over[0] <= 1 && over[1] <= 1, `${where} runs over by ${over}`);
    assert.equal(/[\u202e\u0007\u200b]/.test(await page.locator('main').innerHTML()), false, where);
    await quiet(where);
  }
  await show(page, `#/read/${odd.exhibit}`);
  assert.match(await page.locator('main h1').innerText(), /U\+202E/);
  assert.equal((await page.title()).includes('\u202e'), false);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').first().click()]);
  assert.equal(/[\u202e\u0000-\u001f/\\]/.test(saved.suggestedFilename()), false, saved.suggestedFilename());
});
test('an upload that breaks off leaves no exhibit, and no clear byte of it was ever on the disk', async () => {
  const before = (await call(page, 'GET', 'exhibits?limit=1')).body.total;
  const secret = Buffer.from('the-plain-words-of-an-upload-that-broke-off ');
  const piece = Buffer.concat(Array.from({ length: 20_000 }, () => secret));
  const [cookie] = await context.cookies();
  const socket = connect(server.port, '127.0.0.1');
  await new Promise((ready) => socket.once('connect', ready));
  socket.on('error', () => undefined);
  socket.write(`PUT /api/v1/intake/file?name=broken.txt HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${cookie.name}=${cookie.value}\r\nX-Casemate: 1\r\nContent-Length: ${piece.length * 20}\r\n\r\n`);
  for (let n = 0; n < 10; n += 1) await new Promise((sent) => socket.write(piece, sent));
  await page.waitForTimeout(500);
  // Unnamed files too: whatever the program holds open.
  let spooled = 0;
  const holds = (file) => { try { const bytes = readFileSync(file); return bytes.includes(secret); } catch { return false; } };
  for (const fd of readdirSync(`/proc/${server.pid}/fd`)) {
    const link = (() => { try { return readlinkSync(`/proc/${server.pid}/fd/${fd}`); } catch { return ''; } })();
    if (!link.startsWith('/') || link.startsWith('/dev/') || link.startsWith('/proc/')) continue;
    const file = `/proc/${server.pid}/fd/${fd}`;
    try { if (statSync(file).isFile() && statSync(file).size > 1_000_000) spooled += 1; } catch { continue; }
    assert.equal(holds(file), false, `clear bytes in ${link}`);
  }
  assert.ok(spooled > 0, 'the upload was looked at while it was on the disk');
  socket.destroy();
  await page.waitForTimeout(800);
  assert.equal((await call(page, 'GET', 'exhibits?limit=1')).body.total, before);
  for (const one of readdirSync(at.root, { recursive: true })) { const file = join(at.root, one); if (statSync(file).isFile()) assert.equal(holds(file), false, file); }
  assert.equal((await run('casemate', ['verify', '--case', at.case, '--passphrase-file', at.pass])).code, 0);
});
const edit = async (one, n, words, name) => {
  await show(one, `#/read/${n}`);
  await one.locator('.seg').first().waitFor();
  await one.locator('.seg .correct').first().click({ force: true });
  await one.locator('textarea').fill(words);
  await one.locator('.editor .name input').fill(name);
};
test('two tabs on one line: the second is told, and both texts are kept', async () => {
  const n = ids['<svg onload=window.__ran=89>.txt'];
  const second = await context.newPage();
  await second.goto(`${server.origin}/`);
  await second.waitForSelector('.app main h1');
  await edit(page, n, 'the first tab wrote this', 'First');
  await edit(second, n, 'the second tab wrote that', 'Second');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.seg.fixed');
  await second.keyboard.press('Control+Enter');
  await second.waitForSelector('.theirs');
  assert.match(await second.locator('.theirs').innerText(), /First/);
  assert.match(await second.locator('.theirs').innerText(), /the first tab wrote this/);
  assert.equal(await second.locator('textarea').inputValue(), 'the second tab wrote that');
  assert.equal((await call(page, 'GET', `exhibits/${n}/reading`)).body.reading.passages[0].text, 'the first tab wrote this', 'nothing was written over');
  await second.getByRole('button', { name: 'Keep mine' }).click();
  await second.waitForSelector('.seg.fixed');
  const all = (await call(page, 'GET', `exhibits/${n}/reading`)).body;
  assert.equal(all.reading.passages[0].text, 'the second tab wrote that');
  assert.deepEqual(all.corrections.map((one) => one.after), ['the first tab wrote this', 'the second tab wrote that'], 'the log has both');
  // Neither tab goes on showing what the log no longer has.
  assert.equal(await second.locator('.seg.fixed .said').innerText(), 'the second tab wrote that');
  await page.waitForFunction(() => document.querySelector('.seg.fixed .said')?.textContent === 'the second tab wrote that');
  assert.match(await page.locator('.seg.fixed .by').innerText(), /Second/);
  await second.close();
});
test('nothing of the case is in a cache or in the browser’s storage; back after a lock shows nothing', async () => {
  await show(page, `#/read/${ids['chat.txt']}`);
  await page.waitForSelector('.thread');
  await show(page, '#/people');
  const kept = await page.evaluate(async (n) => ({
    caches: await caches.keys(), local: { ...localStorage }, session: { ...sessionStorage }, bases: (await indexedDB.databases()).map((one) => one.name), workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
    cached: await fetch(`/api/v1/exhibits/${n}/reading`, { cache: 'only-if-cached', mode: 'same-origin' }).then((one) => one.status, () => 'none'),
  }), ids['chat.txt']);
  assert.deepEqual(kept.caches, []);
  assert.deepEqual(kept.session, {});
  assert.deepEqual(kept.bases, []);
  assert.equal(kept.workers, 0);
  assert.ok(Object.keys(kept.local).every((one) => /^casemate\.(lang|theme|keys)$/.test(one)), JSON.stringify(kept.local));
  assert.ok(kept.cached === 'none' || kept.cached >= 400, `answered from the cache: ${kept.cached}`);
  const own = audit.answers.filter((one) => one.url().startsWith(server.origin));
  assert.ok(own.length > 100);
  for (const answer of own) assert.equal(answer.headers()['cache-control'], 'no-store', answer.url());
  const clean = async (where) => { for (const word of ['evilword', '唐远山', 'TANG', 'chat.txt']) assert.equal((await page.content()).includes(word), false, `${where}: ${word}`); };
  await page.keyboard.press('Control+Shift+l');
  await page.waitForSelector('input[type=password]');
  await clean('locked');
  for (let n = 0; n < 3; n += 1) { await page.goBack().catch(() => null); await page.waitForTimeout(300); await clean(`back ${n + 1}`); }
  await unlock(page);
  await show(page, `#/read/${ids['chat.txt']}`);
  await page.waitForSelector('.thread');
  await page.goto('about:blank');
  assert.equal((await run('casemate', ['lock', '--case', at.case])).code, 0, 'casemate lock');
  await page.goBack();
  await page.waitForSelector('input[type=password]');
  await clean('back to a page that was left open');
  await unlock(page);
  await page.waitForSelector('.thread');
});
test('a program killed during an edit: it is kept, said, and sent by itself once the program is back and open', async () => {
  const n = ids["javascript:window.__ran=88;'.txt"];
  await edit(page, n, 'written while the program was dead', 'C. Vial');
  await server.end('SIGKILL');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.editor [role=status]');
  assert.match(await page.locator('.editor').innerText(), /kept and will be sent/);
  assert.equal(await page.locator('textarea').inputValue(), 'written while the program was dead');
  server = await serve(at, { port: server.port });
  // The new program has new keys: the old tab says so, tells that it keeps the text, shows nothing else of the case.
  await page.waitForFunction(() => document.body.innerText.includes('no key to the case'));
  assert.match(await page.locator('body').innerText(), /unsaved correction is kept/);
  assert.equal((await page.content()).includes('evilword'), false);
  const fresh = await context.newPage();
  await enter(fresh, server);
  await page.waitForSelector('.app main h1');
  await page.waitForFunction(async (n) => { const answer = await fetch(`/api/v1/exhibits/${n}/reading`); return answer.ok && (await answer.json()).reading.passages[0].text === 'written while the program was dead'; }, n);
  await page.bringToFront();
  await show(page, '#/'); await show(page, `#/read/${n}`);
  await page.waitForSelector('.seg.fixed');
  assert.match(await page.locator('.seg.fixed').innerText(), /written while the program was dead/);
  await fresh.close();
});
test('over the whole run: no request left, no dialog, no refusal by the policy, no complaint', async () => {
  await quiet('at the end');
  assert.deepEqual(audit.complaints, []);
  assert.ok(audit.requests.length > 300, String(audit.requests.length));
});
