// The main job by keyboard alone: find where it was said, correct a wrong word, hide the names, hand the bundle over, check it.
// No pointer is used. Runs on the mock; with CASEMATE_UI_URL on the program itself, opened on the demo case.
import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { browser, mock, MOCK, open, PASSPHRASE } from './stage.mjs';

let on; let server; let page; let complaints;
before(async () => {
  on = await browser();
  server = MOCK ? await mock(4321, '--locked', '--tick', '60') : { url: process.env.CASEMATE_UI_URL, stop: () => {} };
  ({ page, complaints } = await open(on, server.url, { width: 1280, height: 720 }));
});
after(async () => { await on.close(); server.stop(); });

const press = async (...keys) => { for (const one of keys) await page.keyboard.press(one); };
const wait = (ms = 400) => page.waitForTimeout(ms);
/** Moves on with Tab until the focus is on what has this text. */
async function tabTo(text, most = 80) {
  for (let n = 0; n < most; n += 1) {
    const here = await page.evaluate(() => { const one = document.activeElement?.matches('body, main, h1') ? null : document.activeElement; return { text: `${one?.textContent ?? ''} ${one?.getAttribute('aria-label') ?? ''} ${one?.closest('label')?.textContent ?? ''}`, outline: one ? getComputedStyle(one).outlineStyle : 'none' }; });
    if (here.text.includes(text)) return here;
    await press('Tab');
  }
  throw new Error(`the focus never came to “${text}”`);
}
const go = async (screen) => { await press('Control+k'); await page.waitForSelector('.palette input'); await page.keyboard.type(screen); await wait(150); await press('Enter'); await wait(700); };

test('unlocks', async () => {
  await page.waitForSelector('input[type=password]');
  await page.keyboard.type(PASSPHRASE);
  await press('Enter');
  await page.waitForSelector('.app main h1');
});
test('finds where it was said and opens that second', async () => {
  await press('g', 's'); await page.waitForSelector('.q');
  await wait(300);
  await page.keyboard.type('一笔勾销');
  // Enter means "search": it goes to the hits and opens none.
  await press('Enter');
  const onHit = () => document.activeElement?.classList.contains('hit-open');
  await page.waitForFunction(onHit);
  await wait(150);
  assert.match(page.url(), /#\/search$/);
  await press('ArrowUp');
  assert.equal(await page.evaluate(() => document.activeElement?.classList.contains('q')), true, 'back in the field');
  await press('ArrowDown'); await wait(150);
  assert.equal(await page.evaluate(onHit), true);
  await press('Enter');
  await page.waitForSelector('.seg.now');
  assert.match(page.url(), /#\/read\/1\?t=\d+/);
  // It plays from there: stopped again.
  await page.waitForFunction(() => document.querySelector('.play')?.textContent?.includes('❚❚'));
  await press('Space');
  await page.waitForFunction(() => !document.querySelector('.play')?.textContent?.includes('❚❚'));
});
test('goes to the next doubtful word and corrects it', async () => {
  await wait(600);
  await press('n'); await wait(200);
  await press('e');
  await page.waitForSelector('textarea');
  const text = await page.locator('textarea').inputValue();
  await press('Control+a'); await page.keyboard.insertText(text.replace('唐园山', '唐远山') + ' ');
  await press('Tab'); await page.keyboard.type('C. Vial');
  await press('Control+Enter');
  await page.waitForSelector('.seg.fixed');
  assert.match(await page.locator('.seg.fixed .by').first().innerText(), /C\. Vial/);
});
test('plays, goes back two seconds, records what was heard', async () => {
  await press('Escape'); await wait(700);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await press('Space'); await wait(1500); await press('ArrowLeft'); await wait(300); await press('Space'); await wait(300);
  await tabTo('Record what I heard');
  await press('Enter'); await wait(600);
  assert.match(await page.locator('.heard').innerText(), /heard by a named person/);
});
test('hides the names and signs the review', async () => {
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await press('r'); await wait(900);
  if (await page.locator('.plan-view').count() === 0) { await tabTo('Propose a plan'); await press('Enter'); }
  await page.waitForSelector('.plan-view');
  for (let n = 0; n < 12 && (await page.locator('.pick .na').count()) > 0; n += 1) { await press('s'); await wait(350); }
  await tabTo('Sign the review');
  await press('Enter');
  await page.waitForSelector('.accept .sure');
  assert.match(await page.locator('.sure').innerText(), /\d+ of \d+ strikes not looked at: sign all the same\?/);
  await press('Tab', 'Tab');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^Sign with \d+ not looked at/);
  await press('Enter');
  await page.waitForFunction(() => document.querySelector('.accept h2 ~ p .ok')?.textContent?.includes('Reviewed by'));
  await press('p');
  await page.waitForSelector('.theirs .struck');
  assert.equal((await page.locator('.theirs').innerText()).includes('唐远山'), false);
});
test('prepares a disclosure; a closed gate is named on the button and links to its cure', async () => {
  await go('Disclose');
  await tabTo('A court'); await press('Space');
  await press('Tab'); await page.keyboard.type("Cour d'appel");
  await press('Tab'); await page.keyboard.type('mémoire');
  await press('Enter'); await wait(900);
  await page.waitForSelector('#x1');
  await tabTo('Exhibit 1'); await press('Space'); await wait(200);
  await press('Control+Enter'); await page.waitForSelector('.gates');
  await tabTo('Go on'); await press('Enter'); await wait(600);
  await press('Control+Enter'); await wait(900);
  assert.match(await page.locator('.act').innerText(), /first: Heard/);
  await tabTo('listen to'); await press('Enter'); await page.waitForSelector('.seg.now');
  assert.match(page.url(), /#\/read\/1\?t=\d+/);
});
test('hears the rest, seals, and is told how the other side checks it', { skip: !MOCK }, async () => {
  await page.evaluate(() => fetch('/api/v1/exhibits/1/heard', { method: 'POST', headers: { 'X-Casemate': '1' }, body: JSON.stringify({ listener: 'C. Vial', ranges: [[0, 33135]], speed: 1000 }) }));
  await page.evaluate(() => { location.hash = '#/disclose/seal'; }); await wait(900);
  await tabTo('Seal and export'); 
  await page.evaluate(() => document.querySelector('.act .btn.main')?.focus()); await press('Enter');
  await page.waitForSelector('.done', { timeout: 8000 });
  assert.match(await page.locator('.done').innerText(), /casemate-verify --signer [0-9a-f]{64} casemate-court-\d+\.zip/);
  const { outline } = await tabTo('Save the bundle');
  assert.notEqual(outline, 'none');
});
test('nothing was complained of', () => assert.deepEqual(complaints, []));
