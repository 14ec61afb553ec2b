// The main job in the browser, on the program itself: from an empty folder to a bundle that casemate-verify proves.
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { browser } from './stage.mjs';
import { call, DEMO, give, place, run, serve, show, telling, unlock, visitor } from './program.mjs';

const RECORDING = 'zh-friend.amr';
const NOTE = 'note-h.txt';
const CHAT = 'chat-marina.txt';
const BAD = 'empty.amr';
const ME = 'C. Vial';
// H as the case may write him; none may be in what the court gets.
const HIDDEN = ['唐远山', '唐遠山', 'TANG YUANSHAN', 'Yuanshan', 'Yuan-shan', 'Yuǎnshān', 'Victor Tang', '老唐'];

let at; let server; let on; let page; let audit;
const number = {};
const bundle = { path: '' };
before(async () => {
  at = await place();
  server = await serve(at);
  on = await browser();
  ({ page, audit } = await visitor(on, server.origin));
});
after(async () => { await on?.close(); await server?.end(); at?.gone(); });
const test = telling(plain, () => page);
const main = () => page.locator('main').innerText();
const sign = async (root) => { const field = page.locator(`${root} .name input`); if ((await field.count()) > 0 && (await field.inputValue()) === '') await field.fill(ME); };

test('the link opens the case once, and it is locked', async () => {
  await page.goto(server.link);
  await page.waitForSelector('input[type=password]');
  assert.equal(page.url(), `${server.origin}/`, 'the token is not in the address');
  const other = await visitor(on, server.origin);
  await other.page.goto(server.link);
  await other.page.waitForFunction(() => document.body.innerText.includes('no key to the case'));
  await other.context.close();
});
test('a wrong passphrase is said and the right one opens', async () => {
  await page.locator('input[type=password]').fill('a wrong one');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.fault');
  await unlock(page);
  assert.match(await main(), /Nothing is in it yet/);
});
test('files given by the chooser are sealed, each with its fate', async () => {
  await page.getByRole('link', { name: 'Put the first files in' }).click();
  await page.waitForSelector('.drop');
  await give(page, [join(DEMO, 'calls', RECORDING), join(DEMO, 'papers', NOTE), join(DEMO, 'papers', CHAT), join(DEMO, 'bad', BAD)]);
  assert.match(await main(), /4 of 4 files are sealed/);
  const listed = await call(page, 'GET', 'exhibits?limit=50');
  for (const one of listed.body.exhibits) number[one.source] = one.exhibit;
  assert.deepEqual(Object.keys(number).sort(), [CHAT, BAD, NOTE, RECORDING].sort());
  await give(page, [join(DEMO, 'papers', NOTE)]);
  assert.match(await main(), new RegExp(`Same bytes as exhibit ${number[NOTE]}`));
});
test('they are read and transcribed, with progress, and the bad one says why it is not', async () => {
  await page.getByRole('button', { name: 'Read now' }).click();
  await page.waitForSelector('aside progress');
  const stages = new Set();
  const begun = Date.now();
  while ((await page.locator('aside progress').count()) > 0) {
    assert.ok(Date.now() - begun < 180_000, 'transcribed in three minutes');
    stages.add((await page.locator('aside .job').innerText().catch(() => '')).replace(/\s+/g, ' '));
    await page.waitForTimeout(150);
  }
  assert.ok([...stages].some((one) => /exhibit \d/i.test(one)), [...stages].join('\n'));
  await page.waitForSelector('.given h2');
  assert.match(await main(), /1 transcribed/);
  const row = page.locator('.given tr', { hasText: BAD }).filter({ hasText: 'not read' });
  assert.match(await row.innerText(), /sealed, not read/);
  assert.match(await row.innerText(), /empty/i, 'its fate says why');
});
test('a search in simplified characters finds what the engine wrote in traditional ones, and opens its second', async () => {
  const read = await call(page, 'GET', `exhibits/${number[RECORDING]}/reading`);
  const said = read.body.reading.passages.map((one) => one.text).join('');
  const [simple, written] = [['作证', '作證'], ['以前的事', '以前的事'], ['说', '說'], ['机场', '機場'], ['后果', '後果'], ['妹妹', '妹妹']].find(([, old]) => said.includes(old)) ?? [];
  assert.ok(simple, said);
  assert.notEqual(simple, written, `a word that differs is in: ${said}`);
  await page.keyboard.press('g'); await page.keyboard.press('s');
  await page.waitForSelector('.q');
  await page.locator('.q').fill(simple);
  const hit = page.locator('article', { hasText: RECORDING }).first();
  await hit.waitFor();
  assert.equal(await hit.locator('mark').first().innerText(), written);
  assert.equal(page.url().includes(simple) || page.url().includes('%'), false, 'the query is not in the address');
  await hit.locator('.hit-open').click();
  await page.waitForSelector('.seg.now');
  const time = Number(/[?&]t=(\d+)/.exec(page.url())?.[1]);
  const passage = read.body.reading.passages[Number(/[?&]p=(\d+)/.exec(page.url())?.[1])];
  assert.ok(time >= passage.place.time.start_ms && time <= passage.place.time.end_ms, `${time} in ${JSON.stringify(passage.place)}`);
  assert.match(await page.locator(`.seg[data-p="${/[?&]p=(\d+)/.exec(page.url())[1]}"] .said`).innerText(), new RegExp(written));
  await page.waitForFunction(() => document.querySelector('.play')?.textContent?.includes('❚❚'), null, { timeout: 10_000 });
  await page.locator('.play').click();
  await show(page, `#/read/${number[RECORDING]}?t=${time}`);
  await page.waitForSelector('.seg.now');
});
test('a question in French finds by its meaning what the Chinese chat or the English note says', async () => {
  const asked = 'quatre personnes ont emmené ma sœur de son bureau sans aucun papier';
  const reply = (await call(page, 'GET', `search/meaning?q=${encodeURIComponent(asked)}`)).body;
  if (reply.state === 'no-model' && !process.env.CI) { console.log('skipped: the model of the sentence encoder is not there'); return; }
  assert.deepEqual([reply.state, reply.waiting], ['asked', 0], 'reading ended with it');
  const back = new URL(page.url()).hash;
  await show(page, '#/search');
  await page.getByRole('button', { name: 'By meaning' }).click();
  await page.locator('.q').fill(asked);
  await page.waitForSelector('article .score');
  const close = (await page.locator('article').allInnerTexts()).slice(0, 3).join('\n');
  assert.match(close, /没有手续|No paper/, close);
  await page.getByRole('button', { name: 'With variants' }).click();
  await show(page, back);
  await page.waitForSelector('.seg.now');
});
test('a wrong word is corrected, undone by an act, and corrected again', async () => {
  const before = await page.locator('.seg.now .said').innerText();
  const p = await page.locator('.seg.now').getAttribute('data-p');
  const line = page.locator(`.seg[data-p="${p}"]`);
  const correct = async () => {
    await page.locator(`.seg[data-p="${p}"] .correct`).click();
    await page.locator('textarea').fill(`${before}（唐远山）`);
    await sign('.editor');
    assert.match(await page.locator('.editor .quote').innerText(), new RegExp(ME));
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.seg.fixed');
    assert.equal(await line.locator('.said').innerText(), `${before}（唐远山）`);
  };
  await correct();
  assert.match(await line.locator('.by').innerText(), new RegExp(ME));
  await line.locator('summary').click();
  assert.equal(await line.locator('.was').innerText(), before, 'what the machine wrote is still there');
  await line.getByRole('button', { name: 'Undo', exact: true }).click();
  assert.match(await line.locator('.will .quote').innerText(), /undid the correction/, 'what it will write is shown first');
  await line.getByRole('button', { name: 'Undo this correction' }).click();
  await page.waitForFunction(() => document.querySelector('.seg.fixed') === null);
  assert.equal(await line.locator('.said').innerText(), before);
  await correct();
  const reply = await call(page, 'GET', `exhibits/${number[RECORDING]}/reading`);
  assert.deepEqual(reply.body.corrections.map((one) => one.undone), [true, false]);
  assert.equal(reply.body.reading.passages[Number(p)].text, `${before}（唐远山）`);
});
test('the person is described: names, alias for the court', async () => {
  await show(page, '#/people');
  await page.getByRole('link', { name: 'Describe a person' }).click();
  await page.getByLabel('Chinese characters').fill('唐远山\n老唐');
  await page.getByLabel('As in the passport').fill('TANG YUANSHAN');
  await page.getByLabel('Pinyin').fill('Táng Yuǎnshān');
  await page.getByLabel('Other names').fill('Victor Tang');
  await page.getByLabel('Role in the case').fill('applicant');
  await page.getByLabel('Red: the name').check();
  await page.getByRole('button', { name: 'Write into the log' }).click();
  await page.waitForSelector('.pane dl');
  assert.match(await page.locator('.pane').innerText(), /Red: the name is never disclosed/);
  const court = page.locator('.pane section', { hasText: 'For: court' }).first();
  await court.getByLabel('Alias').fill('Monsieur A');
  await court.getByRole('button', { name: 'Give the alias' }).click();
  await page.waitForFunction(() => document.querySelector('.pane')?.textContent?.includes('Alias: Monsieur A'));
  await page.waitForFunction((file) => document.querySelector('.pane')?.textContent?.includes(file), NOTE);
});
/** A strike dropped and judged no name, each undone by an act: the plan is as it was. */
async function backAndForth() {
  const struck = page.locator('.pick .same, .pick .ok');
  const open = page.locator('.pick .na');
  const many = await struck.count();
  const settled = (strikes, finds) => page.waitForFunction(([a, b]) => document.querySelectorAll('.pick .same, .pick .ok').length === a && document.querySelectorAll('.pick .na').length === b, [strikes, finds]);
  await page.locator('.find .pick').nth(1).click();
  const words = await page.locator('.find.current .pick .plan').innerText();
  await page.getByRole('button', { name: 'Drop' }).click();
  await settled(many - 1, 1);
  assert.match(await page.locator('.undo .quote').innerText(), new RegExp(words));
  await page.locator('.undo .btn').click();
  await settled(many, 0);
  await page.locator('.find .pick').nth(1).click();
  await page.getByRole('button', { name: 'Drop' }).click();
  await settled(many - 1, 1);
  await page.locator('.find', { has: open }).locator('.pick').click();
  await page.locator('.find.current .why input').fill('tried in a test');
  await sign('.find.current');
  await page.getByRole('button', { name: 'That is no name' }).click();
  await settled(many - 1, 0);
  await page.locator('.undo .btn').click();
  await settled(many, 0);
}
test('a plan is proposed, each find looked at, the review signed; the preview has no name, in the page or in its answer', async () => {
  for (const file of [RECORDING, NOTE, CHAT]) {
    await show(page, `#/redact/${number[file]}?for=court`);
    await page.getByRole('button', { name: 'Propose a plan' }).click();
    await page.waitForSelector('.plan-view');
    for (let n = 0; n < 60 && (await page.locator('.pick .na').count()) > 0; n += 1) {
      const open = await page.locator('.pick .na').count();
      await page.locator('.find', { has: page.locator('.pick .na') }).first().locator('.pick').click();
      await page.getByRole('button', { name: /Strike it/ }).click();
      await page.waitForFunction((many) => document.querySelectorAll('.pick .na').length < many, open);
    }
    assert.ok((await page.locator('.find').count()) > 0, `${file} has finds`);
    if (file === NOTE) await backAndForth();
    await sign('.accept');
    await page.getByRole('button', { name: 'Sign the review' }).click();
    await page.getByRole('button', { name: /^Sign with \d+ not looked at$/ }).click();
    await page.waitForFunction(() => document.querySelector('.accept')?.textContent?.includes('Reviewed by'));
    assert.match(await page.locator('.accept').innerText(), new RegExp(`Reviewed by ${ME}`));
    const answered = page.waitForResponse((one) => one.url().endsWith(`/exhibits/${number[file]}/preview/court`));
    await show(page, `#/redact/${number[file]}?for=court&tab=preview`);
    const answer = await (await answered).text();
    await page.waitForSelector('.their .theirs .struck');
    const shown = await page.locator('.their').evaluate((one) => one.outerHTML);
    for (const name of HIDDEN) {
      assert.equal(answer.includes(name), false, `${file}: the preview's answer has ${name}`);
      assert.equal(shown.includes(name), false, `${file}: the preview shows ${name}`);
    }
    assert.match(shown, /Monsieur A/);
  }
});
test('the gates are closed at first, each block named and linked to its cure', async () => {
  await show(page, '#/disclose');
  await page.locator('input[value=court]').check();
  await page.getByLabel('Recipient', { exact: true }).fill("Cour d'appel de Port-Ariane");
  await page.getByLabel('Purpose').fill('annex to our brief');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector(`#x${number[RECORDING]}`);
  for (const file of [RECORDING, NOTE, CHAT]) await page.locator(`#x${number[file]}`).check();
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.gates .no');
  await show(page, '#/disclose/seal');
  const button = page.locator('.act .btn');
  await page.waitForFunction(() => /first:/.test(document.querySelector('.act .btn')?.textContent ?? ''));
  assert.match(await button.innerText(), /Heard/);
  assert.match(await button.innerText(), /Consent/);
  assert.equal(await page.getByRole('button', { name: 'Seal and export', exact: true }).count(), 0);
  await button.click({ force: true });
  assert.equal((await call(page, 'GET', 'jobs')).body.some((job) => job.kind === 'disclose'), false, 'a closed gate is closed');
  const refused = await call(page, 'POST', 'disclosures', { profile: 'court', exhibits: [number[RECORDING]], recipient: 'x', purpose: 'y', language: 'fr' });
  const end = refused.status >= 400 ? refused : await page.waitForTimeout(1500).then(() => call(page, 'GET', `jobs/${refused.body.id}`));
  assert.ok(refused.status >= 400 || end.body.state === 'failed', 'the server keeps the gate too');
  const heard = page.locator('.gates a', { hasText: 'listen to' });
  assert.match(await heard.getAttribute('href'), new RegExp(`#/read/${number[RECORDING]}\\?t=`));
  assert.match(await page.locator('.gates a', { hasText: 'ask this person' }).first().getAttribute('href'), /#\/people\//);
});
test('the cure of Heard: the recording is listened to, twice as fast, and that is recorded', async () => {
  await page.locator('.gates a', { hasText: 'listen to' }).click();
  await page.waitForSelector('.seg.now');
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await show(page, `#/read/${number[RECORDING]}?t=0`);
  await page.locator('.speed select').selectOption('2');
  await page.locator('.play').click();
  await page.waitForFunction(() => document.querySelector('.play')?.textContent?.includes('❚❚'));
  await page.waitForFunction(() => !document.querySelector('.play')?.textContent?.includes('❚❚'), null, { timeout: 60_000 });
  await page.waitForSelector('.hear .act');
  await sign('.hear');
  await page.getByRole('button', { name: 'Record what I heard' }).click();
  await page.waitForFunction(() => /Heard in full by/.test(document.querySelector('.heard')?.textContent ?? ''));
  assert.match(await page.locator('.heard').innerText(), new RegExp(`Heard in full by ${ME}`));
});
test('the cure of Consent: the decision is recorded', async () => {
  await show(page, '#/disclose/redactions');
  await page.waitForSelector('.gates');
  await page.locator('.gates a', { hasText: 'ask this person' }).first().click();
  await page.waitForSelector('.pane');
  const court = page.locator('.pane section', { hasText: 'For: court' }).first();
  await court.getByRole('button', { name: 'Record the decision' }).click();
  await court.getByLabel('How it was asked').fill('letter of 3 May');
  await sign('.ask');
  await court.getByRole('button', { name: 'Agreed' }).click();
  await court.locator('.ok', { hasText: 'Agreed' }).waitFor();
});
test('the gates open; sealed; saved', async () => {
  await show(page, '#/disclose/preview');
  await page.waitForFunction(() => document.querySelectorAll('.gates .gate').length > 0 && document.querySelectorAll('.gates .no').length === 0);
  assert.equal(await page.locator('.gate', { has: page.locator('h2', { hasText: 'Consent' }) }).locator('h2 .na').count(), 1, 'others who are named or heard were not checked');
  await page.waitForSelector('.theirs .struck');
  const theirs = await page.locator('section.theirs').evaluate((one) => one.outerHTML);
  for (const name of HIDDEN) assert.equal(theirs.includes(name), false, name);
  await show(page, '#/disclose/seal');
  await page.getByRole('button', { name: 'Seal and export', exact: true }).click();
  await page.waitForSelector('.done', { timeout: 120_000 });
  assert.equal(await page.locator('.done .findings .no').count(), 0);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('.done .btn.main').click()]);
  bundle.path = join(at.root, 'court.zip');
  await saved.saveAs(bundle.path);
  const told = await page.locator('.done code').last().innerText();
  const [, signer, file] = /^casemate-verify --signer ([0-9a-f]{64}) (\S+)$/.exec(told) ?? [];
  assert.equal(saved.suggestedFilename(), file, told);
  assert.match(file, /^casemate-court-\d+\.zip$/);
  bundle.signer = signer;
  const job = (await call(page, 'GET', 'jobs')).body.find((one) => one.kind === 'disclose' && one.state === 'done');
  assert.equal(JSON.stringify(job).includes(at.tmp), false, 'no path of this machine is told');
  const lines = await page.locator('.done .findings li').allInnerTexts();
  for (const line of lines) assert.doesNotMatch(line, /zip-strict|signer-pinned|object, item|owner-grant/, 'no code names');
  assert.ok(statSync(bundle.path).size > 10_000);
});
test('casemate-verify, alone, proves the saved bundle', async () => {
  const alone = join(at.root, 'other-side.zip');
  copyFileSync(bundle.path, alone);
  const { code, stdout, stderr } = await run('casemate-verify', ['--json', '--signer', bundle.signer, alone]);
  assert.equal(code, 0, stdout + stderr);
  const verdict = JSON.parse(stdout);
  const findings = verdict.findings;
  assert.ok(findings.length > 5);
  assert.deepEqual(findings.filter((one) => one.status === 'failed'), []);
  assert.ok(findings.filter((one) => one.status === 'proven').length > 5);
  // Every byte of it, unpacked.
  const bytes = execFileSync('unzip', ['-p', bundle.path], { maxBuffer: 1 << 28 });
  assert.ok(bytes.includes(Buffer.from('Monsieur A')));
  for (const name of HIDDEN) assert.equal(bytes.includes(Buffer.from(name)), false, `the bundle has ${name}`);
});
/** Drops a file on Custody's field for bundles. */
async function drop(path, name) {
  await show(page, '#/custody');
  const data = await page.evaluateHandle(({ base64, name }) => {
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, { type: 'application/zip' }));
    return transfer;
  }, { base64: readFileSync(path).toString('base64'), name });
  await page.locator('.two .drop').dispatchEvent('drop', { dataTransfer: data });
  await page.waitForSelector('.two .drop ~ p .sign', { timeout: 60_000 });
}
test('the bundle dropped on Custody is proven; one byte changed, it fails by name', async () => {
  await drop(bundle.path, 'court.zip');
  assert.match(await page.locator('.two').innerText(), /Nothing failed\. \d+ proven/);
  assert.equal(await page.locator('.two .findings .no').count(), 0);
  const bytes = readFileSync(bundle.path);
  bytes[bytes.length >> 1] ^= 1;
  const tampered = join(at.root, 'tampered.zip');
  writeFileSync(tampered, bytes);
  const other = await run('casemate-verify', ['--json', tampered]);
  assert.equal(other.code, 1, other.stdout + other.stderr);
  const failed = JSON.parse(other.stdout).findings.filter((one) => one.status === 'failed');
  assert.ok(failed.length > 0);
  await show(page, '#/');
  await drop(tampered, 'tampered.zip');
  assert.match(await page.locator('.two').innerText(), /It failed\./);
  const named = page.locator('.two .findings li', { has: page.locator('.no') });
  assert.equal(await named.count(), failed.length);
  assert.ok((await named.first().innerText()).replace('failed', '').trim().length > 10, await named.first().innerText());
});
test('the case verified now is whole', async () => {
  await show(page, '#/custody');
  await page.getByRole('button', { name: 'Verify the case now' }).click();
  await page.waitForFunction(() => document.querySelector('.two')?.textContent?.includes('Nothing failed.'), null, { timeout: 60_000 });
  const { code } = await run('casemate', ['verify', '--case', at.case, '--passphrase-file', at.pass]);
  assert.equal(code, 0);
});
test('the log is counted as it is listed, and each row says whose it is', async () => {
  const { acts } = (await call(page, 'GET', 'log?limit=100000')).body;
  const commits = acts.filter((one) => one.kind === 'commit').length;
  assert.ok(commits > 0);
  assert.equal(await page.locator('main h1').innerText(), `${acts.length} entries, signed and in order: ${acts.length - commits} acts and ${commits} commits`);
  const by = await page.locator('tbody td:nth-child(4)').allInnerTexts();
  assert.ok(by.includes(ME) && by.every((one) => one.trim() !== ''), by.join('\n'));
  assert.match(await page.locator('tbody tr', { hasText: 'disclosure' }).first().innerText(), /no name; this device’s log/);
});
test('locked, the page holds nothing of the case; unlocked, a deep link opens where it points', async () => {
  await show(page, `#/read/${number[CHAT]}?p=9`);
  await page.waitForSelector('.thread');
  await page.keyboard.press('Control+Shift+l');
  await page.waitForSelector('input[type=password]');
  const held = await page.content() + await page.title();
  for (const word of [...HIDDEN, '唐明月', CHAT, RECORDING, ME, 'Monsieur A', 'Port-Ariane']) assert.equal(held.includes(word), false, `the locked page has ${word}`);
  assert.equal((await call(page, 'GET', `exhibits/${number[CHAT]}/reading`)).status, 423);
  assert.equal((await call(page, 'GET', 'disclosures/3/bundle')).status, 423);
  await unlock(page);
  await page.waitForSelector('.thread .seg.target');
  assert.equal(await page.locator('.thread .seg.target').getAttribute('data-p'), '9');
});
test('nothing was complained of, refused by the policy, or asked of anybody else', () => {
  assert.deepEqual(audit.complaints, []);
  assert.deepEqual(audit.refusals, []);
  assert.deepEqual(audit.dialogs, []);
  assert.deepEqual(audit.foreign, []);
  assert.ok(audit.requests.length > 50);
});
