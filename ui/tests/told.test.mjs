// What the screens tell is true and enough: how much was looked at, who was asked, what is counted, what a button still needs.
import { strict as assert } from 'node:assert';
import { after, before, test as plain } from 'node:test';
import { at, browser, mock, open, settled } from './stage.mjs';
import { disclosing } from './scenes.mjs';
import { telling } from './program.mjs';

let on; let server; let page; let complaints;
before(async () => {
  on = await browser();
  server = await mock(4341, '--tick', '150');
  ({ page, complaints } = await open(on, server.url));
});
after(async () => { await on.close(); server.stop(); });
const test = telling(plain, () => page);
const main = () => page.locator('main').innerText();
const api = (path, body) => page.evaluate(async ([path, body]) => (await fetch(`/api/v1/${path}`, { method: body ? 'POST' : 'GET', headers: { 'X-Casemate': '1' }, body: body ? JSON.stringify(body) : null })).json(), [path, body]);
const rail = async (name) => Number((await page.locator('.rail a', { hasText: name }).locator('.n').innerText()).replace(/\D/g, ''));

test('a review is signed with strikes that were not looked at only after the number was told', async () => {
  await at(page, '#/redact/4?for=press');
  await page.locator('.btn.main').first().click();
  await page.waitForSelector('.plan-view');
  while ((await page.locator('.pick .na').count()) > 0) { await page.keyboard.press('s'); await page.waitForTimeout(250); }
  const total = await page.locator('.side .find').count();
  assert.ok(total > 2);
  const { looked } = /(?<looked>\d+) of \d+ strikes looked at/.exec(await page.locator('.accept').innerText()).groups;
  const left = total - Number(looked);
  await page.locator('.accept .name input').fill('C. Vial');
  const line = await page.locator('.accept .quote').innerText();
  assert.match(line, new RegExp(`${total} strikes, ${looked} looked at`), 'the line says what the log will say');
  await page.getByRole('button', { name: 'Sign the review' }).click();
  const sure = page.getByRole('alertdialog');
  assert.match(await sure.innerText(), new RegExp(`${left} of ${total} strikes not looked at: sign all the same\\?`));
  assert.equal((await api('exhibits/4/plan/press')).reviewer, null, 'nothing is signed yet');
  await sure.getByRole('button', { name: 'Look at them first' }).click();
  await page.waitForFunction(() => !document.querySelector('.sure'));
  await page.keyboard.press('s');
  await page.getByRole('button', { name: 'Sign the review' }).click();
  await page.getByRole('button', { name: `Sign with ${left - 1} not looked at` }).click();
  await page.waitForFunction(() => document.querySelector('.accept')?.textContent?.includes('Reviewed by'));
  assert.match(await page.locator('.accept').innerText(), new RegExp(`${total - left + 1} of ${total} strikes looked at`));
  assert.equal((await api('exhibits/4/plan/press')).looked, total - left + 1);
});
test('looked at one by one, a review is signed without a second question', async () => {
  await at(page, '#/redact/9?for=press');
  await page.locator('.btn.main').first().click();
  await page.waitForSelector('.plan-view');
  const total = await page.locator('.side .find').count();
  for (let n = 0; n <= total; n += 1) { await page.keyboard.press('s'); await page.waitForTimeout(60); }
  await page.getByRole('button', { name: 'Sign the review' }).click();
  await page.waitForFunction(() => document.querySelector('.accept')?.textContent?.includes('Reviewed by'));
  assert.equal((await api('exhibits/9/plan/press')).looked, total);
});
test('judging a find to be no name says what it still needs, and the key does not pass in silence', async () => {
  await at(page, '#/settings');
  await page.locator('.narrow input').fill('');
  await at(page, '#/redact/2?for=court');
  await page.locator('.btn.main').first().click();
  await page.waitForSelector('.find.current .why');
  const button = page.locator('.find.current form button');
  assert.match(await button.innerText(), /say why first/);
  await page.keyboard.press('x');
  await page.keyboard.type('a place');
  assert.match(await button.innerText(), /your name first/);
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.closest('.name') !== null), true, 'Enter goes to what is missing');
  await page.keyboard.type('C. Vial');
  assert.equal(await button.innerText(), 'That is no name');
});
test('a hit of a recording plays from its second', async () => {
  await at(page, '#/search');
  await page.locator('.q').fill('一笔勾销');
  await page.waitForSelector('.hit-open');
  await page.locator('article', { hasText: 'zh-friend' }).locator('.hit-open').first().click();
  await page.waitForFunction(() => document.querySelector('.play')?.textContent?.includes('❚❚'));
  const from = Number(/[?&]t=(\d+)/.exec(page.url())[1]);
  assert.ok(from > 5_000);
  await page.waitForTimeout(600);
  const [minutes, seconds] = (await page.locator('.play').innerText()).match(/(\d+):(\d+)/).slice(1).map(Number);
  assert.ok((minutes * 60 + seconds) * 1000 >= from - 1_000 && (minutes * 60 + seconds) * 1000 < from + 5_000);
  assert.equal(page.url().includes('play='), false, 'a reload does not play again');
  await page.locator('.play').click();
});
test('Enter in the search field goes to the first hit of what is typed, however late the answer, and opens nothing', async () => {
  await at(page, '#/search');
  const field = page.locator('.q');
  const on = () => page.evaluate(() => ({ hit: document.activeElement?.matches('.hit-open'), field: document.activeElement?.matches('.q'), says: document.activeElement?.closest('article')?.textContent ?? '', first: document.activeElement?.closest('li') === document.querySelector('.results li') }));
  await field.fill('关于明月姐');
  await page.waitForFunction(() => document.querySelector('article')?.textContent?.includes('关于明月姐'));
  await page.route('**/api/v1/search?*', async (route) => { await new Promise((later) => setTimeout(later, 500)); await route.continue(); });
  await field.fill('一笔勾销');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(150);
  assert.ok((await on()).field, 'not to a hit of what was typed before');
  await page.waitForFunction(() => document.activeElement?.matches('.hit-open'));
  const { first, says } = await on();
  assert.ok(first && says.includes('一笔勾销'), says);
  assert.match(page.url(), /#\/search$/, 'nothing was opened');
  // What is typed on meanwhile takes the Enter back.
  await field.fill('唐明');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.insertText('月');
  await page.waitForFunction(() => document.querySelector('article')?.textContent?.includes('唐明月'));
  await page.waitForTimeout(150);
  assert.ok((await on()).field);
  await page.unrouteAll({ behavior: 'wait' });
  await field.fill('nothing says this');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('article').length === 0);
  assert.ok((await on()).field, 'no hit, nowhere to go');
});
test('Chinese is one filter, whichever characters it is written in', async () => {
  await at(page, '#/search');
  await page.locator('.q').fill('遠山');
  await page.waitForSelector('.facets section');
  const filter = page.locator('.facets button', { hasText: '中文' });
  await filter.waitFor();
  assert.equal(await page.locator('.facets button', { hasText: '简体' }).count(), 0);
  await filter.click();
  await settled(page);
  assert.ok((await page.locator('article').count()) > 0);
});
test('by meaning: the closest first with how close it is, what was not read for it is said and read, and facets narrow', async () => {
  await at(page, '#/search');
  await page.getByRole('button', { name: 'By meaning' }).click();
  await page.locator('.q').fill('il dit que tout sera oublié');
  await page.waitForSelector('.score');
  const scores = (await page.locator('.score').allInnerTexts()).map((text) => Number(/closeness (\d\.\d\d)/.exec(text)[1]));
  assert.ok(scores.length > 1 && scores[0] === 0.64 && scores.every((score, n) => n === 0 || score <= scores[n - 1]), String(scores));
  assert.match(await page.locator('article').first().innerText(), /一笔勾销/);
  assert.equal(await page.locator('article mark').count(), 0, 'no word of it was asked for');
  assert.match(await page.locator('[role=status].total').innerText(), new RegExp(`the ${scores.length} closest`));
  const recordings = page.locator('.facets button', { hasText: 'recording' });
  const asked = page.waitForRequest((request) => request.url().includes('search/meaning') && request.url().includes('kind=recording'));
  await recordings.click();
  await asked;
  await settled(page);
  assert.ok((await page.locator('article').count()) > 0);
  await recordings.click();
  await settled(page);
  assert.match(await main(), /2 texts have not been read for their meaning yet/);
  await page.getByRole('button', { name: 'Read them now' }).click();
  await page.waitForFunction(() => !document.querySelector('aside progress') && !document.body.innerText.includes('not been read for their meaning'));
  await page.locator('.q').press('Enter');
  await page.waitForFunction(() => document.activeElement?.matches('.hit-open'));
  await page.locator('.q').fill('nothing says this');
  await page.waitForFunction(() => document.querySelector('main').innerText.includes('Nothing is close in meaning'));
  await page.getByRole('button', { name: 'With variants' }).click();
  await page.waitForFunction(() => document.querySelector('main').innerText.includes('Nothing found'));
});
test('without the model, search by meaning says what brings it', async () => {
  await page.route('**/api/v1/search/meaning?*', (route) => route.fulfill({ json: { state: 'no-model', waiting: 0, hits: [] } }));
  await at(page, '#/search');
  await page.getByRole('button', { name: 'By meaning' }).click();
  await page.locator('.q').fill('oublié');
  await page.waitForFunction(() => document.querySelector('main').innerText.includes('script/setup brings it'));
  await page.unrouteAll({ behavior: 'wait' });
  await page.getByRole('button', { name: 'Search with variants' }).click();
  await page.waitForFunction(() => document.querySelector('main').innerText.includes('Nothing found'));
  await page.locator('.q').fill('');
});
test('the transcription tells minutes and what is left, never milliseconds', async () => {
  await at(page, '#/intake');
  assert.doesNotMatch(await main(), /\b0 to transcribe/);
  await page.getByRole('button', { name: 'Read now' }).click();
  const told = new Set();
  for (let n = 0; n < 30; n += 1) { told.add(await page.locator('aside .job').innerText().catch(() => '')); await page.waitForTimeout(60); }
  const all = [...told].join('\n');
  assert.match(all, /Transcribing \d\d:\d\d of \d\d:\d\d of sound, exhibit 1/);
  assert.match(all, /about .* left/);
  assert.doesNotMatch(all, /Transcribing [\d,]{4,} of/);
  await page.waitForFunction(() => !document.querySelector('aside progress'));
});
test('the number beside Exhibits follows what is sealed', async () => {
  await at(page, '#/intake');
  const had = await rail('Exhibits');
  await page.locator('input[type=file]').first().setInputFiles([1, 2, 3].map((n) => ({ name: `new-${n}.amr`, mimeType: '', buffer: Buffer.alloc(900 + n, `new ${n}`) })));
  await page.waitForFunction(() => document.querySelectorAll('.given .sum .work').length === 0 && document.querySelectorAll('.given > table tbody tr').length >= 3);
  await page.waitForTimeout(300);
  assert.equal(await rail('Exhibits'), had + 3);
});
test('the list of people tells of each from whom the name is withheld, under which alias, and what is missing', async () => {
  await at(page, '#/people');
  const told = async (name) => { const row = page.locator('.list li', { hasText: name }); return { who: await row.locator('.who').innerText(), cells: await row.locator('.one').allInnerTexts(), signs: await row.locator('.one').evaluateAll((all) => all.map((one) => [...one.querySelectorAll('.sign')].map((sign) => sign.className.replace(/^sign | svelte.*$/g, '')).join(' '))) }; };
  const h = await told('唐远山');
  assert.match(h.who, /red.*applicant, self/s);
  assert.match(h.cells[0], /For: court\s+withheld, as “Monsieur A”\s+consent: agreed/);
  assert.match(h.cells[1], /For: press\s+withheld, as “H”\s+consent: not asked yet/);
  assert.deepEqual(h.signs, ['same ok', 'same na']);
  const banker = await told('Inès Caron');
  assert.match(banker.who, /protected.*employee who warned/s);
  assert.match(banker.cells[1], /withheld, no alias yet\s+consent: not asked yet/);
  assert.deepEqual(banker.signs, ['same na', 'na na']);
  // A court may read the name, a newspaper none; a refusal is seen.
  const official = await told('周若兰');
  assert.match(official.who, /not protected/);
  assert.match(official.cells[0], /name may be read\s+consent: not asked yet/);
  assert.match(official.cells[1], /withheld, no alias yet\s+consent: refused/);
  assert.deepEqual(official.signs, ['na', 'na no']);
  // Beside an open person too, and no wider than the page.
  await page.locator('.list li a').first().click();
  await page.waitForSelector('.pane dl');
  assert.deepEqual((await told('唐远山')).cells, h.cells);
  assert.ok(await page.locator('main').evaluate((main) => main.scrollWidth <= main.clientWidth));
});
test('the disclosure shows each plan, whom consent was asked of, and a way back', async () => {
  await disclosing(page, 'exhibits');
  const row = page.locator('tr', { has: page.locator('#x2') });
  assert.match(await row.innerText(), /\d+ finds? (is|are) open/, 'the plan made above');
  assert.match(await page.locator('tr', { has: page.locator('#x1') }).innerText(), /No plan yet/);
  await at(page, '#/disclose/redactions');
  const gate = page.locator('.gate', { hasText: 'Consent' });
  assert.match(await gate.innerText(), /Consent means: the person was asked/);
  await gate.locator('a').first().click();
  await page.waitForSelector('.pane');
  await page.locator('.pane section', { hasText: 'For: court' }).first().getByRole('button', { name: 'Record the decision' }).click();
  assert.match(await page.locator('.pane .ask').innerText(), /Without a decision on record no such exhibit leaves/);
  await page.getByRole('link', { name: /Back to the disclosure to Cour d'appel/ }).click();
  await page.waitForSelector('.gates');
  assert.match(page.url(), /#\/disclose\/redactions/);
  await at(page, '#/disclose/exhibits');
  await page.locator('#x4').uncheck(); await page.locator('#x11').uncheck(); await page.locator('#x1').uncheck(); await page.locator('#x15').check();
  await at(page, '#/disclose/redactions');
  await page.waitForFunction(() => /Nobody who is described/.test(document.querySelector('.gates')?.textContent ?? ''));
  assert.equal(await page.locator('.gate', { hasText: 'Consent' }).locator('h2 .na').count(), 1, 'what nobody was asked is not passed');
  assert.equal(await page.locator('.gate', { hasText: 'Consent' }).locator('.ok').count(), 0);
});
test('a gate that looked at a part, or was told to let pass, does not look passed though it stops nothing', async () => {
  await disclosing(page, 'exhibits');
  const told = { consent: { people: 2, unasked: 1 }, union: { allowed: 3 } };
  await page.route('**/api/v1/disclosures/check', async (route) => {
    const answer = await route.fetch();
    const checked = await answer.json();
    for (const gate of checked.gates) Object.assign(gate, { state: 'open', blocks: [], people: gate.id === 'consent' ? 0 : null }, told[gate.id]);
    await route.fulfill({ response: answer, json: checked });
  });
  const gate = (name) => page.locator('.gate', { has: page.locator('h2', { hasText: name }) });
  await at(page, '#/disclose/redactions');
  assert.equal(await gate('Consent').locator('h2 .na').count(), 1);
  assert.match(await gate('Consent').locator('h2').textContent(), /stops nothing, but was not checked in full/);
  assert.match(await gate('Consent').locator('p .ok').innerText(), /A decision is on record for everybody described \(2 people\)\.$/);
  const unsure = await gate('Consent').locator('p .na').allInnerTexts();
  assert.match(unsure[0], /One of them cannot be asked/);
  assert.match(unsure[1], /^Others who are named or heard: not checked\.$/);
  assert.equal(await gate('Union').locator('h2 .na').count(), 1, 'let pass because somebody said so');
  assert.match(await gate('Union').innerText(), /Let pass because you said so: 3 parts/);
  for (const name of ['Reviewed', 'Heard', 'Names']) assert.equal(await gate(name).locator('h2 .ok').count(), 1, name);
  // Nothing more stops than before.
  await at(page, '#/disclose/seal');
  assert.equal(await page.getByRole('button', { name: 'Seal and export', exact: true }).count(), 1);
  // Where nobody's name is withheld from a court, none was looked for.
  await page.route('**/api/v1/people', async (route) => { const answer = await route.fetch(); await route.fulfill({ response: answer, json: (await answer.json()).map((one) => ({ ...one, protected: false, red: false })) }); });
  await at(page, '#/disclose/recipient'); await at(page, '#/disclose/redactions');
  assert.equal(await gate('Names').locator('h2 .na').count(), 1);
  assert.match(await gate('Names').innerText(), /No name was looked for/);
  await page.unrouteAll({ behavior: 'wait' });
});
test('what signs a plan and what seals a bundle is in sight on a small screen, the way back above it or not', async () => {
  /** What is inside the window, and not behind anything. */
  const seen = (selector) => page.locator(selector).evaluate((one) => { const box = one.getBoundingClientRect(); const over = document.elementFromPoint(box.left + box.width / 2, box.bottom - 2); return box.top >= 0 && box.bottom <= innerHeight && one.contains(over); });
  await disclosing(page, 'exhibits');
  await at(page, '#/redact/11?for=court');
  await page.locator('.btn.main').first().click();
  await page.waitForSelector('.plan-view');
  while ((await page.locator('.pick .na').count()) > 0) { await page.keyboard.press('s'); await page.waitForTimeout(200); }
  await page.route('**/api/v1/disclosures/check', async (route) => {
    const answer = await route.fetch();
    const checked = await answer.json();
    for (const gate of checked.gates) if (gate.blocks.length > 0) gate.blocks = Array.from({ length: 30 }, () => gate.blocks[0]);
    await route.fulfill({ response: answer, json: checked });
  });
  for (const [width, height] of [[1280, 900], [1280, 720]]) {
    await page.setViewportSize({ width, height });
    await at(page, '#/redact/11?for=court');
    await page.waitForSelector('.accept .btn.main');
    assert.equal(await page.locator('.back').count(), 1, 'the way back takes its height');
    await page.locator('main').evaluate((main) => main.scrollTo(0, 0));
    assert.ok(await seen('.accept .btn.main'), `the signature at ${width} × ${height}`);
    await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    assert.ok(await seen('.accept .btn.main'), `and at the foot of the page at ${width} × ${height}`);
    await at(page, '#/disclose/seal');
    await page.locator('.gates li').first().waitFor();
    for (const what of ['.act .btn', '.act .will']) assert.ok(await seen(what), `${what} at ${width} × ${height}`);
  }
  await page.unrouteAll({ behavior: 'wait' });
  await page.setViewportSize({ width: 1440, height: 900 });
});
test('a disclosure that is begun from an exhibit has that exhibit', async () => {
  const { page: other, context } = await open(on, `${server.url}#/read/7`);
  const chosen = async () => { await at(other, '#/disclose/exhibits'); return other.locator('td input:checked').evaluateAll((all) => all.map((one) => one.id)); };
  const name = async () => { await other.locator('.fields input').nth(0).fill('a court'); await other.locator('.fields input').nth(1).fill('a purpose'); };
  await settled(other);
  await other.locator('.side').getByRole('link', { name: 'Disclose this exhibit' }).click();
  await other.waitForSelector('.profiles');
  assert.match(await other.locator('main').innerText(), /Chosen: exhibit 7\./);
  assert.match(other.url(), /#\/disclose$/, 'asked once');
  await other.locator('input[value=press]').check();
  await name();
  assert.deepEqual(await chosen(), ['x7']);
  // Left out, it does not come back by itself; another exhibit comes beside what is chosen, and is seen at once.
  await other.locator('#x7').uncheck(); await other.locator('#x2').check();
  await at(other, '#/disclose'); await at(other, '#/read/4');
  await other.locator('.side').getByRole('link', { name: 'Disclose this exhibit' }).click();
  await other.waitForSelector('#x4');
  assert.deepEqual(await chosen(), ['x2', 'x4']);
  await context.close();
  // From a plan that is reviewed: for the plan's audience.
  const { page: reviewed, context: apart } = await open(on, `${server.url}#/redact/4?for=press`);
  await reviewed.getByRole('link', { name: 'Disclose this exhibit' }).click();
  await reviewed.waitForSelector('.profiles');
  assert.equal(await reviewed.locator('input[value=press]').isChecked(), true);
  assert.match(await reviewed.locator('main').innerText(), /Chosen: exhibit 4\./);
  await apart.close();
});
test('the bundle speaks the language of the screen until another is chosen', async () => {
  for (const [lang, chosen] of [['en', 'en'], ['zh-Hans', 'zh-Hans'], ['fr', 'fr']]) {
    const { page: other, context } = await open(on, `${server.url}#/disclose`, { lang });
    await settled(other);
    assert.equal(await other.locator('.fields select').inputValue(), chosen);
    if (lang === 'fr') {
      await other.locator('.fields select').selectOption('en');
      await other.evaluate(() => { location.hash = '#/'; });
      await settled(other);
      await other.evaluate(() => { location.hash = '#/disclose'; });
      await settled(other);
      assert.equal(await other.locator('.fields select').inputValue(), 'en', 'what was chosen stays');
    }
    await context.close();
  }
});
test('the sealed bundle is counted in exhibits, and the command is the true one', async () => {
  await disclosing(page, 'exhibits');
  await page.locator('#x15').uncheck(); await page.locator('#x4').uncheck(); await page.locator('#x11').uncheck();
  await api('exhibits/1/plan/court/propose', {});
  for (let one = (await api('exhibits/1/plan/court')).open[0]; one; one = (await api('exhibits/1/plan/court')).open[0]) await api('exhibits/1/plan/court/strike', { text: one.words, reason: 'name', person: one.person });
  await api('exhibits/1/plan/court/accept', { by: 'C. Vial', looked: 0 });
  await api('exhibits/1/heard', { listener: 'C. Vial', ranges: [[0, 40_000]], speed: 1000 });
  await at(page, '#/disclose/seal');
  await page.getByRole('button', { name: 'Seal and export', exact: true }).click();
  await page.waitForSelector('.done', { timeout: 8_000 });
  const done = await page.locator('.done').innerText();
  assert.match(done, /one exhibit as one item/);
  assert.match(done, /casemate-verify --signer [0-9a-f]{64} casemate-court-\d+\.zip/);
  const lines = await page.locator('.done .findings li').allInnerTexts();
  for (const line of lines) assert.doesNotMatch(line, /zip-strict|signer-pinned|\bobject, item/, 'no code names');
  assert.equal(new Set(lines).size, lines.length, 'none is told twice');
  // A bundle that is made stays as it is: the next exhibit begins another, and the first can still be saved.
  await at(page, '#/read/5');
  await page.locator('.side').getByRole('link', { name: 'Disclose this exhibit' }).click();
  await page.waitForSelector('.profiles');
  assert.match(await main(), /Chosen: exhibit 5\./);
  assert.equal(await page.locator('.fields input').first().inputValue(), '');
  await at(page, '#/disclose');
});
test('the log is counted as it is listed: acts, and the commits that the list leaves out', async () => {
  await at(page, '#/custody');
  const { acts: all } = await api('log?limit=100000');
  const commits = all.filter((one) => one.kind === 'commit').length;
  assert.ok(commits > 0 && commits < all.length);
  assert.equal(await page.locator('main h1').innerText(), `${all.length} entries, signed and in order: ${all.length - commits} acts and ${commits} commits`);
  const rows = page.locator('tbody tr');
  const older = page.getByRole('button', { name: /^Older acts/ });
  assert.equal(await older.innerText(), `Older acts (${all.length - commits - await rows.count()})`);
  while (await older.count() > 0) { await older.click(); await settled(page); }
  assert.equal(await rows.count(), all.length - commits);
  await page.getByLabel(/Show the commits too/).check();
  while (await older.count() > 0) { await older.click(); await settled(page); }
  assert.equal(await rows.count(), all.length);
  await at(page, '#/');
  assert.match(await page.locator('dl div', { hasText: 'Entries in the log' }).innerText(), new RegExp(`\\b${all.length}\\b`));
  // A long log is counted by whoever has it, and asked for page by page.
  const [one] = all;
  await page.route('**/api/v1/log?*', async (route) => {
    const at = new URL(route.request().url()).searchParams;
    const [from, limit] = [Number(at.get('offset')), Number(at.get('limit'))];
    const long = Array.from({ length: 2_500 }, (_, n) => ({ ...one, index: 2_499 - n, kind: n % 2 ? 'commit' : 'heard' })).filter((act) => at.get('commits') !== 'false' || act.kind !== 'commit');
    await route.fulfill({ json: { lane: '0'.repeat(64), size: 2_500, entries: 2_500, commits: 1_250, root: '0'.repeat(64), checkpoint: '', damaged: [], not_understood: [], acts: long.slice(from, from + limit) } });
  });
  await at(page, '#/custody');
  assert.equal(await page.locator('main h1').innerText(), '2,500 entries, signed and in order: 1,250 acts and 1,250 commits');
  assert.ok(await rows.count() < 100, 'no more than a page is asked for at first');
  while (await older.count() > 0) { await older.click(); await settled(page); }
  assert.equal(await rows.count(), 1_250);
  await page.unrouteAll({ behavior: 'wait' });
});
test('who acted is told as far as it is known: a name, else whose log it is', async () => {
  const own = { index: 0, kind: 'disclose', compartment: 'identity', seal: '', exhibits: [1], profile: 'court', recipient: 'a court', passed: 0, at: null, by: null };
  const acts = [own, { ...own, index: 1, kind: 'heard', by: 'C. Vial' }, { ...own, index: 1, lane: 'ab'.repeat(32) }, { ...own, index: 2, kind: 'sealed' }];
  await page.route('**/api/v1/log?*', (route) => route.fulfill({ json: { lane: '0'.repeat(64), size: 3, root: '0'.repeat(64), checkpoint: '', damaged: [], not_understood: [], acts } }));
  await at(page, '#/'); await at(page, '#/custody');
  assert.deepEqual(await page.locator('tbody td:nth-child(4)').allInnerTexts(), ['no name; this device’s log', 'C. Vial', 'no name; log abab abab abab abab', 'this device’s log']);
  await page.unrouteAll({ behavior: 'wait' });
  await at(page, '#/'); await at(page, '#/custody');
  const disclosed = page.locator('tbody tr', { hasText: 'disclosure' }).first();
  assert.match(await disclosed.innerText(), /Cour d'appel.*no name; this device’s log/s);
  assert.equal((await page.locator('tbody td:nth-child(4)').allInnerTexts()).filter((by) => by.trim() === '').length, 0);
});
test('checks and verdicts are worded in the language of the reader', async () => {
  for (const [lang, says, never] of [['fr', [/fichiers et réseau fermés : en place, exigée/, /4 pages de clés sur 6/, /sans limite/], /told in English|required|pages of keys|landlock/], ['zh-Hans', [/6页密钥内存中已锁定4页/, /文件与网络均关闭：已设，必需/], /told in English|required|pages of keys|landlock/]]) {
    const { page: other, context } = await open(on, `${server.url}#/settings`, { lang });
    await settled(other);
    for (const more of await other.locator('details summary').all()) await more.click();
    const text = await other.locator('main').innerText();
    for (const word of says) assert.match(text.replace(/[\u00a0\u202f]/g, ' '), word);
    assert.doesNotMatch(text, never);
    await other.evaluate(() => { location.hash = '#/custody'; });
    await settled(other);
    await other.locator('.btn.main').click();
    // Told whole in one look: an earlier verdict gives way to this one's work meanwhile.
    const verdict = await (await other.waitForFunction((says) => { const text = document.querySelector('.two')?.innerText ?? ''; return new RegExp(says).test(text) ? text : null; }, lang === 'fr' ? '\\d+ objets' : '\\d+个对象')).jsonValue();
    assert.doesNotMatch(verdict, /told in English|lane-consistent|objects-whole/);
    await context.close();
  }
});
test('every act and finding of the case has a word in each language, and keys have their names', async () => {
  for (const [lang, space] of [['en', 'Space'], ['fr', 'Espace'], ['zh-Hans', '空格']]) {
    const { page: other, context } = await open(on, `${server.url}#/read/1`, { lang });
    await settled(other);
    assert.match(await other.locator('.play').innerText(), new RegExp(space));
    await other.evaluate(() => { location.hash = '#/custody'; });
    await settled(other);
    const kinds = await other.locator('tbody td:nth-child(3)').allInnerTexts();
    assert.ok(kinds.length > 10);
    for (const kind of kinds) assert.doesNotMatch(kind, /^(lane|disclose|derive|exhibit|seal|correct)$/);
    await context.close();
  }
});
test('nothing was complained of', () => assert.deepEqual(complaints, []));
