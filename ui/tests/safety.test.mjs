// What must hold whatever a case contains and whatever happens to the server.
import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { emptyScrolled, ratio, scrolled, told } from './frames.mjs';
import { at, browser, mock, open } from './stage.mjs';

let on; let server;
before(async () => { on = await browser(); server = await mock(4331, '--tick', '60'); });
after(async () => { await on.close(); server.stop(); });
const unlock = (url) => fetch(`${url}api/v1/unlock`, { method: 'POST', headers: { 'X-Casemate': '1' }, body: '{"passphrase":"demo"}' });

test('a script in a mail and a name that turns round are shown as text', async () => {
  const { page, context, complaints } = await open(on, server.url);
  let ran = false;
  page.on('dialog', () => { ran = true; });
  await at(page, '#/read/9');
  assert.match(await page.locator('main').innerText(), /<script>alert\("stored"\)<\/script><img src=x onerror=alert\(1\)>/);
  await at(page, '#/read/18');
  assert.match(await page.locator('main h1').innerText(), /U\+202E.*U\+0007/);
  assert.equal(await page.locator('main img, main script, main iframe').count(), 0);
  assert.equal(ran, false);
  assert.deepEqual(complaints, []);
  await context.close();
});
test('locking takes everything of the case out of the page, and what was typed out of memory', async () => {
  const { page, context } = await open(on, server.url);
  await at(page, '#/search');
  await page.locator('.q').fill('唐明月');
  await page.waitForSelector('.hit-open');
  assert.equal(page.url().includes('%E5%94%90') || page.url().includes('唐'), false);
  await page.keyboard.press('Control+Shift+l');
  await page.waitForSelector('input[type=password]');
  assert.equal((await page.content()).includes('唐明月'), false);
  await unlock(server.url);
  await page.reload();
  await page.waitForSelector('.q');
  assert.equal(await page.locator('.q').inputValue(), '');
  await context.close();
});
test('Escape twice blanks and locks at once', async () => {
  const { page, context } = await open(on, server.url);
  await at(page, '#/read/1');
  await page.keyboard.press('Escape'); await page.keyboard.press('Escape');
  assert.equal((await page.locator('body').innerText()).trim(), '');
  assert.equal(await page.title(), '');
  assert.match(page.url(), /#\/$/);
  await page.waitForTimeout(900);
  const state = await (await fetch(`${server.url}api/v1/state`)).json();
  assert.equal(state.locked, true);
  await page.keyboard.press('a');
  await page.waitForSelector('input[type=password]');
  await unlock(server.url);
  await context.close();
});
test('an edit outlives a server that goes away, and is sent when it is back', async () => {
  let away = await mock(4332, '--tick', '60');
  const { page, context } = await open(on, away.url);
  await at(page, '#/read/2');
  await page.keyboard.press('e');
  await page.locator('textarea').fill('你好，请问是唐先生吗？');
  await page.locator('.editor .name input').fill('C. Vial');
  away.stop();
  await page.waitForTimeout(300);
  await page.locator('.editor .btn.main').click();
  await page.waitForSelector('.editor [role=status]');
  assert.match(await page.locator('.editor').innerText(), /kept and will be sent/);
  assert.equal(await page.locator('textarea').inputValue(), '你好，请问是唐先生吗？');
  away = await mock(4332, '--tick', '60');
  await page.waitForSelector('.seg.fixed', { timeout: 20_000 });
  assert.match(await page.locator('.seg.fixed .said').innerText(), /你好，请问是唐先生吗/);
  await context.close();
  away.stop();
});
test('two editors of one line see both texts', async () => {
  const { page, context } = await open(on, server.url);
  await at(page, '#/read/3');
  await page.keyboard.press('e');
  await page.locator('textarea').fill('conflict');
  await page.locator('.editor .name input').fill('C. Vial');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.theirs');
  assert.match(await page.locator('.theirs').innerText(), /另一个版本/);
  await context.close();
});
test('40,000 words open, scroll as an empty page does, and keep every line', async () => {
  const empty = await emptyScrolled(on, { width: 1440, height: 900 });
  const { page, context } = await open(on, server.url);
  await at(page, '#/');
  const begun = Date.now();
  await page.evaluate(() => { location.hash = '#/read/19'; });
  await page.waitForSelector('.seg.now');
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  const opened = Date.now() - begun;
  const long = await scrolled(page, 'main');
  const segments = await page.locator('.seg').count();
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  console.log(`# ${segments} segments, ${elements} elements, open ${opened} ms\n# an empty page: ${told(empty)}\n# the transcript: ${told(long)}\n# ratio ${ratio(long, empty)}`);
  assert.ok(segments > 3_000, 'every segment is in the page, for the browser’s own search and for screen readers');
  assert.ok(elements < segments * 5, `${elements} elements`);
  assert.equal(await page.locator('.seg button').count(), await page.locator('.seg.now button').count() + await page.locator('.seg:hover:not(.now) button').count(), 'only the current line and the one under the pointer have buttons');
  assert.ok(opened < 6_000);
  await context.close();
});
test('a button that has the focus stays when the sound goes on', async () => {
  const { page, context } = await open(on, server.url);
  await at(page, '#/read/1');
  const held = await page.locator('.seg.now').getAttribute('data-p');
  await page.locator('.seg.now .correct').focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction((one) => document.querySelector('.seg.now')?.dataset.p !== one, held);
  assert.equal(await page.evaluate(() => document.activeElement?.closest('.seg')?.dataset.p), held);
  assert.ok(await page.locator('.seg.now .correct').count(), 'and the current line has its own');
  await context.close();
});
test('a tab left open overnight locks; unlocked, it is where it was, with what was done meanwhile', async () => {
  const { page, context, complaints } = await open(on, 'about:blank');
  await page.clock.install();
  await page.goto(`${server.url}#/read/5?t=9000`);
  await page.waitForSelector('.seg.now');
  const line = await page.locator('.seg').nth(1).locator('.said').innerText();
  await page.keyboard.press('e');
  await page.locator('textarea').fill('typed in the evening');
  await page.clock.fastForward(9 * 3_600_000);
  await page.waitForSelector('input[type=password]');
  const held = await page.content();
  assert.equal(held.includes(line), false);
  assert.equal(held.includes('typed in the evening'), false);
  assert.equal((await (await fetch(`${server.url}api/v1/state`)).json()).locked, true, 'and so is the program');
  // In the morning somebody else was there first.
  await unlock(server.url);
  const post = (path, body) => fetch(`${server.url}api/v1/${path}`, { method: 'POST', headers: { 'X-Casemate': '1' }, body: JSON.stringify(body) });
  await post('exhibits/5/corrections', { passage: 1, before: line, text: 'corrected in the morning', by: 'A. Roux' });
  await post('lock', {});
  await page.waitForSelector('input[type=password]');
  await page.locator('input[type=password]').fill('demo');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.seg.fixed');
  assert.match(page.url(), /#\/read\/5\?t=\d+/);
  assert.equal(await page.locator('.seg.fixed .said').innerText(), 'corrected in the morning');
  assert.equal(await page.locator('textarea').count(), 0, 'what was typed is dropped unless one chose to keep it');
  assert.deepEqual(complaints, []);
  await context.close();
});
test('a program that was stopped and started anew overnight finds the tab waiting, locked', async () => {
  let night = await mock(4332, '--tick', '60');
  const { page, context } = await open(on, night.url);
  await at(page, '#/read/11');
  night.stop();
  await page.waitForFunction(() => document.body.innerText.includes('No answer'));
  night = await mock(4332, '--locked');
  await page.waitForSelector('input[type=password]', { timeout: 20_000 });
  assert.equal((await page.content()).includes('Élodie Roux'), false);
  await page.locator('input[type=password]').fill('demo');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.thread');
  await context.close();
  night.stop();
});
test('a full disk stops one file, is said in words, and the file is given again', async () => {
  const { page, context } = await open(on, server.url);
  let full = true;
  await page.route('**/api/v1/intake/file*', (route) => (full && route.request().url().includes('big.bin') ? route.fulfill({ status: 507, json: { error: { id: 'disk-full', title: 'There is no space left where the case lies.', advice: 'Free some, then try again: nothing of the file was kept.', status: 507 } } }) : route.continue()));
  await at(page, '#/intake');
  await page.locator('input[type=file]').first().setInputFiles(['big.bin', 'small.txt'].map((name) => ({ name, mimeType: '', buffer: Buffer.from(`${name} ${Math.random()}`) })));
  const row = page.locator('.given tr', { hasText: 'big.bin' });
  await row.locator('.no').waitFor();
  assert.match(await row.innerText(), /no space left .* nothing of the file was kept/);
  await page.locator('.given tr', { hasText: 'small.txt' }).locator('.ok').waitFor();
  full = false;
  await row.getByRole('button', { name: 'Try again' }).click();
  await row.locator('.ok').waitFor();
  await context.close();
});
test('at 200 % and on a phone nothing runs out of the page sideways', async () => {
  const { page, context } = await open(on, server.url, { width: 640, height: 360 });
  for (const place of ['#/', '#/intake', '#/exhibits', '#/read/1', '#/read/11', '#/search', '#/people', '#/redact/1?for=court', '#/disclose', '#/custody', '#/settings']) {
    await at(page, place);
    const over = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, (document.querySelector('main')?.scrollWidth ?? 0) - (document.querySelector('main')?.clientWidth ?? 0)]);
    assert.ok(over[0] <= 1 && over[1] <= 1, `${place} ${over}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  for (const place of ['#/', '#/read/1', '#/read/6', '#/search', '#/people']) { await at(page, place); assert.ok(await page.evaluate(() => (document.querySelector('main')?.scrollWidth ?? 0) - (document.querySelector('main')?.clientWidth ?? 0)) <= 1, place); }
  await context.close();
});
