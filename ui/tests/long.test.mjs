// A long document: the sheets round the page asked for stand first, the others join them, and nothing moves under the eye.
import { strict as assert } from 'node:assert';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { browser } from './stage.mjs';
import { pdf } from './papers.mjs';
import { enter, place, run, serve, show, telling, visitor } from './program.mjs';

const PAGES = 500;
let on; let there; let server; let page;
before(async () => {
  on = await browser();
  there = await place();
  const files = join(there.root, 'files');
  mkdirSync(files);
  pdf(join(files, 'long.pdf'), PAGES);
  const added = await run('casemate', ['add', files, '--no-transcribe', '--case', there.case, '--passphrase-file', there.pass, '--json'], { env: { TMPDIR: there.tmp } });
  assert.equal(added.code, 0, added.stderr);
  server = await serve(there);
  ({ page } = await visitor(on, server.origin));
  await enter(page, server);
});
after(async () => { await on.close(); await server.end(); there.gone(); });
const test = telling(plain, () => page);
const numbers = () => page.locator('.sheet').evaluateAll((all) => all.map((one) => Number(one.dataset.page)));
const top = (number) => page.locator(`[data-page="${number}"]`).evaluate((sheet) => Math.round(sheet.getBoundingClientRect().top));
const whole = () => page.waitForFunction((pages) => document.querySelectorAll('.sheet').length === pages, PAGES);
const drawn = (number) => page.waitForFunction((number) => document.querySelector(`[data-page="${number}"] img`)?.complete, number);

const shownAs = async (view) => { await page.evaluate((view) => localStorage.setItem('casemate.pages', view), view); await show(page, '#/'); await page.reload(); };

for (const view of ['drawn', 'text']) test(`opened at a page, ${view}: it stands first, all the others come, and it stays where it is`, async () => {
  await shownAs(view);
  await show(page, '#/read/1?page=300');
  await page.waitForSelector('[data-page="300"]');
  const first = await numbers();
  assert.ok(first.length < PAGES / 2 && first.includes(300), `${first.length} sheets at once`);
  if (view === 'drawn') await drawn(300);
  const before = await top(300);
  await whole();
  assert.deepEqual(await numbers(), Array.from({ length: PAGES }, (_, n) => n + 1));
  assert.ok(Math.abs((await top(300)) - before) <= 1, `the page asked for moved from ${before} to ${await top(300)}`);
  const text = await page.locator('.pages').evaluate((all) => all.textContent);
  for (const number of [1, 2, 299, PAGES]) assert.ok(text.includes(`Page ${number}. `), `page ${number} is there to be found`);
  assert.ok((await page.locator('.far').count()) > PAGES / 2 || view === 'text', 'only what is near the eye is drawn');
});

test('turned to a page whose sheet has not come yet', async () => {
  await shownAs('drawn');
  await show(page, '#/read/1?page=2');
  await page.locator('.go input').fill('450');
  await page.keyboard.press('Enter');
  await drawn(450);
  await whole();
  assert.ok(Math.abs(await top(450)) < 200, `it is at ${await top(450)}`);
});
