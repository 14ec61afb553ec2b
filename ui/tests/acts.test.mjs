// Before an act is confirmed, the line that it will write is shown; after it, its opposite is offered, and is an act as well.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { after, before, test as plain } from 'node:test';
import { at, browser, mock, open } from './stage.mjs';
import { telling } from './program.mjs';

let on; let server; let page; let complaints;
before(async () => {
  on = await browser();
  server = await mock(4323, '--tick', '60');
  ({ page, complaints } = await open(on, server.url));
});
after(async () => { await on.close(); server.stop(); });
const test = telling(plain, () => page);
const acts = async () => (await (await fetch(`${server.url}api/v1/state`)).json()).case.acts;
const will = (root = 'main') => page.locator(`${root} .will .quote`).allInnerTexts().then((all) => all.join('\n'));
const undoLine = () => page.locator('.undo .quote').innerText();
const finds = () => page.locator('.finds h2, .side h2').first().innerText();
/** Does something, and says how many acts it wrote. */
async function wrote(does) { const had = await acts(); await does(); await page.waitForTimeout(250); return (await acts()) - had; }

test('a plan: proposed, struck, dropped, kept, each with its line before and its opposite after', async () => {
  await at(page, '#/redact/1?for=court');
  assert.match(await will(), /Plan of exhibit 1 for the court, proposed by the machine/);
  assert.equal(await wrote(() => page.locator('.btn.main').first().click()), 1);
  await page.waitForSelector('.plan-view');
  const open = page.locator('.find', { has: page.locator('.pick .na') });
  const many = await open.count();
  assert.ok(many > 0, 'something is open');
  const words = await page.locator('.find.current .frame').innerText();
  assert.match(await will('.find.current'), new RegExp(`“${words}” is struck everywhere in exhibit 1 for the court`));
  assert.equal(await wrote(() => page.keyboard.press('s')), 1);
  await page.waitForSelector('.undo');
  assert.ok((await open.count()) < many);
  assert.match(await undoLine(), new RegExp(`“${words}” is no longer struck`));
  await page.keyboard.press('u');
  await page.waitForFunction(() => !document.querySelector('.undo'));
  assert.equal(await open.count(), many, 'undone, and written as an act of its own');

  const struck = page.locator('.find', { has: page.locator('.pick .same') }).first();
  await struck.locator('.pick').click();
  const name = await page.locator('.find.current .pick .plan').innerText();
  assert.match(await will('.find.current'), new RegExp(`“${name}” is no longer struck in exhibit 1`));
  const strikes = await page.locator('.pick .same').count();
  assert.equal(await wrote(() => page.getByRole('button', { name: 'Drop' }).click()), 1);
  assert.equal(await page.locator('.pick .same').count(), strikes - 1);
  await page.locator('.undo .btn').click();
  await page.waitForFunction(() => !document.querySelector('.undo'));
  assert.ok(await page.locator('.pick .same').count() >= strikes);
});
test('where two strikes overlap, all that either strikes is drawn as struck', async () => {
  await page.locator('details.more').evaluate((more) => { more.open = true; });
  await page.getByLabel('Words, everywhere in this exhibit').fill('唐明月第二天');
  assert.match(await will('form'), /“唐明月第二天” is struck everywhere/);
  await page.getByRole('button', { name: 'Strike these words' }).click();
  await page.waitForSelector('.undo');
  const line = page.locator('.marked li', { hasText: '你一回来' });
  const struck = (await line.locator('.plan').evaluateAll((all) => all.map((one) => one.textContent.replace(/^will be struck:\s*/, '').trim()))).join('');
  assert.equal(struck, '唐明月第二天');
  await page.locator('.undo .btn').click();
  await page.waitForFunction(() => !document.querySelector('.undo'));
});
test('an open find that is judged to be no name leaves the strikes alone', async () => {
  const strikes = await page.locator('.pick .same').count();
  await page.locator('.find', { has: page.locator('.pick .na') }).first().locator('.pick').click();
  const words = await page.locator('.find.current .frame').innerText();
  await page.keyboard.press('x');
  await page.keyboard.type('a place, not a person');
  await page.locator('.find.current .name input').fill('C. Vial');
  assert.match(await will('.find.current'), new RegExp(`C\\. Vial judged “${words}” in exhibit 1 to be no name: a place`));
  await page.getByRole('button', { name: 'That is no name' }).click();
  await page.waitForSelector('.undo');
  assert.equal(await page.locator('.pick .same').count(), strikes, 'the numbers of open finds are not those of strikes');
  assert.match(await undoLine(), new RegExp(`“${words}” is struck everywhere`));
});
test('a stretch of sound', async () => {
  await page.locator('.find', { has: page.locator('.pick .same') }).first().locator('.pick').click();
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.keyboard.press('ArrowLeft'); await page.keyboard.press('i');
  assert.match(await will('.sel'), /of exhibit 1 is struck for the court/);
  assert.equal(await page.getByRole('button', { name: 'Cut here instead' }).count(), 0, 'what is marked is for no strike');
  const cuts = await page.locator('.find', { hasText: 'Sound,' }).count();
  assert.equal(await wrote(() => page.getByRole('button', { name: 'Cut it out' }).click()), 1);
  assert.equal(await page.locator('.find', { hasText: 'Sound,' }).count(), cuts + 1);
  await page.locator('.undo .btn').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('.undo'));
  assert.equal(await page.locator('.find', { hasText: 'Sound,' }).count(), cuts);
});
test('a cut that takes more than its strike says so at the strike, and is narrowed there', async () => {
  const strikes = page.locator('.find', { has: page.locator('.pick .plan') });
  for (let n = 0; n < await strikes.count() && (await page.locator('.taken').count()) === 0; n += 1) await strikes.nth(n).locator('.pick').click();
  assert.match(await page.locator('.taken').innerText(), /The cut here also takes:.*These words stay in the text but are not heard/s);
  await page.locator('details.more').evaluate((more) => { more.open = false; });
  await page.getByRole('button', { name: 'Narrow this cut' }).click();
  await page.keyboard.press('Space');
  assert.match(await page.locator('.find.current').innerText(), /Mark on the wave what is cut instead/);
  assert.equal(await page.getByRole('button', { name: 'Cut here instead' }).count(), 0, 'nothing else is marked yet');
  await page.keyboard.press('ArrowLeft'); await page.keyboard.press('i');
  assert.equal(await page.locator('details.more').evaluate((more) => more.open), false, 'what is marked is for this strike');
  assert.match(await will('.find.current'), /is cut at .* instead/);
  assert.equal(await wrote(() => page.getByRole('button', { name: 'Cut here instead' }).click()), 1);
  assert.equal(await page.getByRole('button', { name: 'Cut here instead' }).count(), 0, 'the mark is not the next strike\'s');
  assert.match(await undoLine(), /is cut at .* instead/);
  await page.locator('.undo .btn').click();
  await page.waitForFunction(() => !document.querySelector('.undo'));
  await strikes.first().locator('.pick').click();
  await page.getByRole('button', { name: 'Narrow this cut' }).click();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getByRole('button', { name: 'Cut here instead' }).count(), 0, 'nor when another strike is chosen');
});
test('a person, an alias, a decision and its withdrawal', async () => {
  await at(page, '#/people/new');
  await page.getByLabel('Chinese characters').fill('沈如海');
  assert.match(await will(), /Person described: 沈如海; …; protected\./);
  assert.equal(await wrote(() => page.getByRole('button', { name: 'Write into the log' }).click()), 1);
  await page.waitForSelector('.pane dl');
  const court = page.locator('.pane section', { hasText: 'For: court' }).first();
  await court.getByLabel('Alias').fill('Témoin F');
  assert.match(await will('.pane'), /沈如海 is called “Témoin F” for the court, for ever/);
  assert.equal(await wrote(() => court.getByRole('button', { name: 'Give the alias' }).click()), 1);
  await court.getByRole('button', { name: 'Record the decision' }).click();
  await court.getByLabel('How it was asked').fill('letter of 3 May');
  assert.match(await will('.pane .ask'), /C\. Vial recorded the decision of 沈如海 for the court: letter of 3 May/);
  assert.equal(await wrote(() => court.getByRole('button', { name: 'Agreed' }).click()), 1);
  await court.locator('.ok').waitFor();
  assert.match(await undoLine(), /沈如海 has not agreed for the court/);
  assert.equal(await wrote(() => court.locator('.undo .btn').click()), 1);
  await court.locator('.no').waitFor();
  assert.match(await court.innerText(), /recorded by mistake/);
});
test('of somebody who cannot be asked, who records it decides and says why', async () => {
  const court = page.locator('.pane section', { hasText: 'For: court' }).first();
  await court.getByRole('button', { name: 'Record a new decision' }).click();
  await court.getByRole('button', { name: 'Cannot be asked' }).click();
  assert.equal(await court.getByRole('button', { name: 'Agreed' }).count(), 0, 'no false yes at hand');
  await court.getByLabel('Why they cannot be asked').fill('detained since March');
  assert.match(await will('.pane .ask'), /C\. Vial decided for 沈如海, who cannot be asked, that it goes to the court: detained since March/);
  assert.equal(await wrote(() => court.getByRole('button', { name: 'Decide for them' }).click()), 1);
  await court.locator('.na').waitFor();
  assert.match(await court.innerText(), /Cannot be asked; decided for them.*detained since March; recorded by C\. Vial/s);
  assert.match(await undoLine(), /recorded the decision of 沈如海 for the court: recorded by mistake/);
});
test('a correction and its undoing', async () => {
  await at(page, '#/read/4');
  await page.keyboard.press('e');
  await page.locator('textarea').fill('Autre chose.');
  assert.match(await will('.editor'), /C\. Vial corrected passage 1 of exhibit 4/);
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.seg.fixed');
  await page.locator('.seg.fixed').getByRole('button', { name: 'Undo' }).click();
  assert.match(await will('.seg.fixed'), /C\. Vial undid the correction of passage 1 of exhibit 4/);
  assert.equal(await wrote(() => page.getByRole('button', { name: 'Undo this correction' }).click()), 1);
  await page.waitForFunction(() => !document.querySelector('.seg.fixed'));
});
test('files, and what is read of them', async () => {
  await at(page, '#/intake');
  assert.match(await will('.drop'), /Each file given is sealed/);
  await page.locator('.path input').fill('/media/phone');
  assert.match(await will('.path'), /Each file in \/media\/phone is sealed/);
  assert.match(await will('aside'), /text of .* exhibit|transcript/i);
});
test('a rectangle drawn on a page picks the paragraphs it touches; by keyboard too', async () => {
  await at(page, '#/redact/6?for=press');
  await page.locator('.btn.main').first().click();
  const frame = page.locator('.frame').first();
  await page.waitForSelector('.frame img');
  const box = await frame.boundingBox();
  const across = box.width / 59_500;
  const drag = async ([a, b], [c, d]) => { await page.mouse.move(box.x + a * across, box.y + b * across); await page.mouse.down(); await page.mouse.move(box.x + c * across, box.y + d * across, { steps: 4 }); await page.mouse.up(); };
  // The head of the mock's letter and its date.
  const [[head, date]] = JSON.parse(readFileSync(new URL('../mock/letter.json', import.meta.url), 'utf8'));
  await drag([head[0] - 1_000, head[1] + 500], [date[0] + date[2], date[1] + date[3]]);
  assert.equal(await page.locator('.box.picked').count(), 2);
  assert.match(await will('.picked'), /Banque des Deux Rives.*is struck everywhere in exhibit 6 for the press/);
  await page.locator('.box').nth(1).focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.box.picked').count(), 1);
  const strikes = await page.locator('.pick .same').count();
  assert.equal(await wrote(() => page.getByRole('button', { name: 'Strike them' }).click()), 1);
  assert.equal(await page.locator('.pick .same').count(), strikes + 1);
  assert.match(await undoLine(), /Banque des Deux Rives.*is no longer struck/);
  // A rectangle over nothing picks nothing.
  await drag([1_000, 1_000], [4_000, 4_000]);
  assert.equal(await page.locator('.box.picked').count(), 0);
});
test('a person described anew, split in two and made one again, each by an act', async () => {
  await at(page, '#/people');
  await page.locator('.list li a').first().click();
  const name = await page.locator('.pane .title').first().innerText();
  const many = await page.locator('.list li').count();
  await page.getByRole('button', { name: 'Describe anew' }).click();
  await page.locator('.pane form input').first().fill('the man of the red notice');
  assert.match(await will('.pane form'), new RegExp(`Person described anew: .*${name}.*the man of the red notice`));
  assert.equal(await wrote(() => page.locator('.pane form .btn.main').click()), 1);
  assert.match(await page.locator('.pane header').innerText(), /the man of the red notice/);
  await page.getByRole('button', { name: 'Two people' }).click();
  await page.locator('.pane fieldset input').last().check();
  assert.match(await will('.pane'), /is another person than/);
  assert.equal(await wrote(() => page.locator('.pane .btn.main').click()), 2);
  assert.equal(await page.locator('.list li').count(), many + 1);
  await page.getByRole('button', { name: 'Same as another' }).click();
  await page.locator('.pane select').first().selectOption({ index: many });
  await page.locator('.pane .will .field').first().fill('C. Vial');
  assert.match(await will('.pane'), new RegExp(`is the same person as ${name}`));
  assert.equal(await wrote(() => page.locator('.pane .btn.main').click()), 1);
  assert.equal(await page.locator('.list li').count(), many);
});
test('settings tell of keys, members, models, and of what is not there yet', async () => {
  await at(page, '#/settings');
  await page.waitForSelector('dl');
  const text = await page.locator('main').innerText();
  for (const told of [/This device/, /owner/, /none was made yet/, /nobody can open the case/, /whisper-base 1/, /a draft only in: zh/]) assert.match(text, told);
});
test('nothing was complained of', () => assert.deepEqual(complaints, []));
