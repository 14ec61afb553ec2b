// The page as a judge opens it: from the disk, without a network, in three languages, by keyboard. Chromium is needed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { browser, check, open, PAGE, VECTORS } from './browser.mjs';
import { profileOf } from '../dist/core.mjs';
import { cat, cbor, court, object } from './make.mjs';
import { everyParameter, leavesOf } from './parameters.mjs';

let chrome;
let owner;
before(async () => {
  chrome = await browser();
  owner = (await readFile(`${VECTORS}owner.key`, 'utf8')).trim();
});
after(() => chrome.close());

const count = (page, state) => page.locator(`.verdict > .lead .${state}`).first();
const findings = (page) => page.locator('.findings li').count();

test('the policy forbids every connection and names its one script and style by hash', async () => {
  const html = await readFile(PAGE, 'utf8');
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html);
  for (const rule of ["default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"]) assert.ok(policy.includes(rule), rule);
  assert.match(policy, /script-src 'sha256-[^']+';/);
  assert.match(policy, /style-src 'sha256-[^']+';/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  assert.doesNotMatch(html, /innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
});

for (const [locale, title] of [['fr', 'Rien n’a échoué'], ['en', 'Nothing failed'], ['zh-CN', '无一项未通过']]) {
  test(`a good bundle in ${locale}, offline, without one request`, async () => {
    const { page, context, trouble } = await open(chrome, { locale });
    await check(page, `${VECTORS}court.zip`, owner);
    assert.equal(await page.locator('h1').textContent(), title);
    assert.equal(await page.locator('.item').count(), 6);
    assert.ok((await page.locator('.item').nth(1).textContent()).includes('我是[B]。'));
    assert.equal(await page.locator('.gap').count(), 2);
    assert.deepEqual(trouble, []);
    await context.close();
  });
}

test('without the browser’s cryptography the page finds the same, by its own', async () => {
  const bytes = new Uint8Array(3_000_000).map((_, i) => i * 7);
  const leaves = Array.from({ length: 46 }, (_, i) => ({ ticks: 1, payload: bytes.subarray(i * 65_536, (i + 1) * 65_536) }));
  const item = { title: 'letter', mode: 'whole', object: object({ profile: 'chunk-v1', leaves }), runs: [46], files: { original: ['letter.bin', bytes] } };
  const changed = (bag) => bag.set('data/001/letter.bin', bytes.map((byte, i) => (i === 2_999_998 ? byte ^ 1 : byte)));
  const zip = (tweak) => ({ name: 'letter.zip', mimeType: 'application/zip', buffer: Buffer.from(court({ items: [item], tweak })) });
  const insecure = await open(chrome, { insecure: true });
  assert.equal(await insecure.page.evaluate(() => globalThis.crypto.subtle), undefined);
  const heads = [];
  for (const { page: where, trouble, context } of [insecure, await open(chrome)]) {
    for (const tweak of [{}, { closed: changed }]) {
      await check(where, zip(tweak));
      heads.push(await where.locator('h1').textContent(), (await where.locator('.findings').allTextContents()).join('\n'));
      await where.getByRole('button', { name: 'Check another bundle' }).click();
    }
    assert.deepEqual(trouble, []);
    await context.close();
  }
  assert.deepEqual(heads.slice(0, 4), heads.slice(4));
  assert.deepEqual([heads[0], heads[2]], ['Nothing failed', 'Do not rely on this bundle']);
});

test('letters stand as they are: no font draws an arrow or another sign for some of them', async () => {
  const { page, context } = await open(chrome);
  const widths = await page.evaluate(async () => {
    await document.fonts.ready;
    const pen = document.createElement('canvas').getContext('2d');
    pen.fontKerning = 'none';
    const width = (text) => pen.measureText(text).width;
    return ['400 40px Inter', '600 40px Inter', '40px "Source Serif 4"'].flatMap((font) => {
      pen.font = font;
      return ['->', '=>', '<-', '3x4', '(A)', '10:30'].map((text) => [`${font} ${text}`, width(text), [...text].reduce((sum, sign) => sum + width(sign), 0)]);
    });
  });
  for (const [text, together, apart] of widths) assert.ok(Math.abs(together - apart) < 0.01, `${text}: ${together}, ${apart}`);
  await context.close();
});

test('what failed stands first, says what to do, and is not shown', async () => {
  const { page, context, trouble } = await open(chrome);
  await check(page, `${VECTORS}forged-rendering.zip`, owner);
  assert.match(await page.locator('h1').textContent(), /Do not rely on items 1, 4/);
  assert.match(await page.locator('.findings li').first().textContent(), /differs from what was proven.*What to do/s);
  assert.equal(await page.locator('#item-1 audio').count(), 0);
  assert.ok(!(await page.locator('#item-4').textContent()).includes('Dear'));
  assert.deepEqual(trouble, []);
  await context.close();
});

test('each who passed a bundle on is named, and who withheld what stands with the item', async () => {
  const { page, context, trouble } = await open(chrome);
  await check(page, `${VECTORS}../narrow/accept-twice.zip`, owner);
  assert.equal(await page.locator('h1').textContent(), 'Nothing failed');
  const lines = await page.locator('.findings li').allTextContents();
  const disclosers = lines.filter((line) => line.includes('A discloser signed'));
  assert.deepEqual(disclosers.map((line) => /discloser (\d)/.exec(line)?.[1]), ['1', '2', '3']);
  assert.match(disclosers[0], /withheld of what they say: name,purpose,recipient/);
  assert.match(disclosers[1], /name Registry of the court/);
  assert.match(await page.locator('#item-3').textContent(), /times by discloser: 1: 00:03–00:04; 3: 00:01–00:02/);
  assert.ok(lines.some((line) => line.includes('The case behind it is the one you expect.')));
  // Of a bundle that was passed on, the key of the case says nothing of who did so; that one's own key does.
  const compare = page.locator('.compare input');
  await compare.fill('b7282fe472f97641c17097821a537874aaaa532645ad34dbd5987331a4e73f8d');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByText('The signer is the one you expect.').waitFor();
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a stranger’s bundle is not relied on; without a key the page asks for one, and compares it at once', async () => {
  const { page, context, trouble } = await open(chrome);
  await check(page, `${VECTORS}strangers-key.zip`, owner);
  assert.equal(await page.locator('h1').textContent(), 'Do not rely on this bundle');
  await page.getByRole('button', { name: 'Check another bundle' }).click();
  await check(page, `${VECTORS}court.zip`);
  assert.match(await count(page, 'na').textContent(), /^6 /);
  await page.fill('#key', 'nonsense');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('alert').filter({ hasText: 'not a key' }).waitFor();
  await page.fill('#key', owner);
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.waitForFunction(() => document.querySelector('.lead .na')?.textContent.startsWith('5 '));
  assert.deepEqual(trouble, []);
  await context.close();
});

test('witnesses: who cosigned is told, and trusted once their key was given, beside the signer’s or alone', async () => {
  const { page, context, trouble } = await open(chrome);
  const key = 'witness.example/w1+18041f2a+BBl/ayPhbIUyxqvIOPrNXqeJvgx2spIDNAOb+os9No1h';
  await check(page, `${VECTORS}../witness/two.zip`, owner);
  const lines = page.locator('.findings li').filter({ hasText: 'key of the witness' });
  assert.equal(await lines.filter({ hasText: 'trust in it NOT CHECKED' }).count(), 2);
  assert.match(await lines.first().textContent(), /witness witness\.example\/w1.*key of the witness witness\.example\/w1\+18041f2a\+BBl\/ayPhbI.*no later than 2026-01-01T00:00:00Z.*2 entries.*items covered: 0\/2/);
  assert.equal(await page.locator('.compare').count(), 1);
  const compare = async (text) => {
    await page.fill('#key', text);
    await page.getByRole('button', { name: 'Compare' }).click();
  };
  const named = page.getByText('A witness that you named saw this log');
  const signer = page.getByText('The signer is the one you expect.');
  await compare(`${owner}  ${key}`);
  await named.waitFor();
  assert.deepEqual([await named.count(), await signer.count(), await lines.count()], [1, 1, 2]);
  await compare(key);
  await page.getByText('Whose key signed is not known here.').waitFor();
  assert.deepEqual([await named.count(), await signer.count()], [1, 0]);
  await compare(`${key.toUpperCase()} ${owner}`);
  await page.getByRole('alert').filter({ hasText: 'not a key' }).waitFor();
  await compare(owner);
  await signer.waitFor();
  assert.equal(await named.count(), 0);
  await page.getByRole('button', { name: 'Check another bundle' }).click();
  await check(page, `${VECTORS}../witness/one.zip`, `${key} ${owner}`);
  assert.deepEqual([await named.count(), await signer.count(), await page.locator('.compare').count()], [1, 1, 0]);
  await page.getByRole('button', { name: 'Check another bundle' }).click();
  await check(page, `${VECTORS}../witness/failed-a-third-line.zip`, owner);
  assert.equal(await page.locator('h1').textContent(), 'Do not rely on this bundle');
  assert.match(await page.locator('.findings li').first().textContent(), /The cosignature of a witness does not hold.*number 1.*cause: .*What to do/s);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a press bundle is called signed, not proven', async () => {
  const { page, context, trouble } = await open(chrome);
  await check(page, `${VECTORS}press.zip`);
  assert.equal(await page.locator('h1').textContent(), 'Signed, but not proven');
  assert.equal(await page.locator('.item .s.na').count(), 2);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('the sound plays, and what is saved is the file of the bundle', async () => {
  const { page, context, trouble } = await open(chrome);
  await check(page, `${VECTORS}court.zip`, owner);
  await page.getByRole('button', { name: /^Play/ }).first().click();
  await page.waitForFunction(() => document.querySelector('audio').currentTime > 0.1);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^Save original\.pdf/ }).click()]);
  assert.match(await readFile(await download.path(), 'utf8'), /your troubles will disappear/);
  assert.deepEqual(trouble, []);
  await context.close();
});

/** A bundle of the two pages of the vectors, with a tile of the first withheld. */
async function pagesBundle() {
  const vector = JSON.parse(await readFile(new URL('../../../tests/vectors/tiles/pages.json', import.meta.url), 'utf8'));
  const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
  const leaves = vector.leaves.map((payload, i) => ({ ticks: i === 0 ? 0 : 1, payload: bytes(payload) }));
  const [first, count] = vector.withheld;
  const item = { title: 'Letter: pages', mode: 'partial', object: object({ profile: 'tiles-v1', leaves }), runs: [first, count, leaves.length - first - count], files: { pages: ['pages.pdf', bytes(vector.rendered_without_withheld)] } };
  return { name: 'pages.zip', mimeType: 'application/zip', buffer: Buffer.from(court({ items: [item] })) };
}

/** The colours of some pixels of the page that is shown. */
const pixels = (page, ...places) => page.evaluate((all) => {
  const canvas = document.querySelector('.page canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return all.map(([x, y]) => [...data.slice(4 * (y * canvas.width + x), 4 * (y * canvas.width + x) + 4)]);
}, places);

test('pages are drawn as they were proven, turned by keyboard, and what is withheld is black', async () => {
  const { page, context, trouble } = await open(chrome);
  await check(page, await pagesBundle());
  await page.locator('.page canvas').waitFor();
  assert.match(await page.locator('.page-name').textContent(), /^Page 1 of 2 · 1 of 4 squares withheld$/);
  assert.deepEqual(await pixels(page, [1, 65], [64, 1]), [[0, 0, 0, 255], [7, 7, 7, 255]]);
  await page.locator('.pages').focus();
  await page.keyboard.press('PageDown');
  await page.waitForFunction(() => document.querySelector('.page canvas')?.width === 5);
  assert.match(await page.locator('.page-name').textContent(), /^Page 2 of 2 · nothing withheld$/);
  assert.deepEqual(await pixels(page, [3, 2]), [[200, 3, 2, 255]]);
  await page.getByRole('button', { name: 'Previous page' }).click();
  await page.waitForFunction(() => document.querySelector('.page canvas')?.width === 70);
  await page.getByRole('button', { name: 'Larger' }).click();
  await page.locator('.pages.large').waitFor();
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a gap has a button that goes to a little before it, and it is said when what is heard is withheld', async () => {
  const { page, context, trouble } = await open(chrome);
  await check(page, `${VECTORS}court.zip`, owner);
  const item = page.locator('.item').filter({ has: page.locator('.gaps') }).first();
  const label = await item.locator('.gaps button').first().textContent();
  assert.match(label, /^\d\d:\d\d–\d\d:\d\d$/);
  const from = Number(label.slice(3, 5));
  await item.locator('audio').evaluate((audio) => new Promise((done) => (audio.readyState > 0 ? done() : audio.addEventListener('loadedmetadata', () => done()))));
  await item.locator('.gaps button').first().click();
  await page.waitForFunction(([at]) => Math.abs(document.querySelector('.item audio').currentTime - at) < 0.2, [Math.max(0, from - 2)]);
  await item.locator('audio').evaluate((audio, at) => (audio.currentTime = at), from + 0.1);
  await item.locator('.now').filter({ hasText: 'withheld' }).waitFor();
  assert.deepEqual(trouble, []);
  await context.close();
});

/** An item of which all sound is withheld: its copy is silence, or a tone, of whole seconds. */
function withheld(one, i) {
  const profile = profileOf(one.profile);
  const leaves = leavesOf(one, profile);
  const made = object({ profile: one.profile, timebase: profile.timebase, leaves, oid: new Uint8Array(32).fill(i + 1) });
  const [{ renderer }] = profile.renderings({ profile: one.profile, leaves: leaves.length, ticks: one.ticks });
  const copy = cat(...renderer.open(0, leaves[0]), ...renderer.hidden(1, leaves.length - 1), ...renderer.end());
  return { title: one.profile, mode: 'partial', object: made, runs: [1, leaves.length - 1], files: { playable: ['copy', copy] } };
}

// Vorbis is not among them: the set-up header of the vectors is too small a toy for a decoder.
test('every sound that this browser plays plays for as long as it lasts; of the others the page says how to open them', async () => {
  const wanted = [['mp3-v1;1152;44100;2', 115], ['adts-aac-v1;44100;2', 130], ['flac-v1;32;44100;5', 132_300], ['mp4-aac-v1;1024;44100;2', 130], ['wav-v1;s16;44100;2', 132_300]];
  const sounds = wanted.map(([profile, ticks]) => ({ ...everyParameter().find((one) => one.profile === profile), ticks }));
  const opus = { ...everyParameter().find(({ profile }) => profile === 'ogg-opus-v1;2'), configuration: cbor([144_000, 0, 0]), ticks: 30 };
  const amr = { profile: 'mp4-amr-nb-v1', codec: 'amr-nb', rate: 8000, channels: 1, configuration: new Uint8Array(0), ticks: 150, version: 2 };
  const lossless = everyParameter().find(({ profile }) => profile.startsWith('mp4-alac'));
  const items = [...sounds, opus, amr, lossless].map(withheld);
  const { page, context, trouble } = await open(chrome);
  await check(page, { name: 'sounds.zip', mimeType: 'application/zip', buffer: Buffer.from(court({ items })) });
  assert.match(await page.locator('h1').textContent(), /^Nothing failed/);
  /** How long the browser says that it lasts; null if it can't play it. */
  const lasts = async (i) => {
    await page.waitForFunction((id) => [1, 2, 3, 4].includes(document.querySelector(`${id} audio`).readyState) || document.querySelector(`${id} audio`).error !== null, `#item-${i}`);
    return page.locator(`#item-${i} audio`).evaluate((audio) => (audio.error === null ? audio.duration : null));
  };
  for (let i = 1; i <= 6; i++) {
    const found = await lasts(i);
    assert.ok(found !== null && Math.abs(found - 3) < 0.15, `${items[i - 1].title}: ${found}`);
  }
  assert.match(await page.locator('#item-2').textContent(), /another wrapper/);
  assert.match(await page.locator('#item-2').textContent(), /silence stands for/);
  assert.match(await page.locator('#item-3').textContent(), /a steady tone stands for/);
  assert.match(await page.locator('#item-7').textContent(), /AMR, as phones make it.*VLC/s);
  assert.equal(await page.locator('#item-7 audio').count(), 0);
  assert.match(await page.locator('#item-8').textContent(), /open it with another player/);
  await page.locator('#item-5 .play').click();
  await page.waitForFunction(() => document.querySelector('#item-5 audio').currentTime > 0.1);
  assert.match(await page.locator('#item-5 .now').textContent(), /withheld/);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a file that is no bundle, and an empty one, are refused in words', async () => {
  const { page, context, trouble } = await open(chrome);
  for (const buffer of [Buffer.alloc(0), Buffer.from('<script>alert(1)</script>')]) {
    await check(page, { name: '<img src=x onerror=alert(1)>.zip', mimeType: 'application/zip', buffer });
    assert.equal(await page.locator('h1').textContent(), 'Do not rely on this bundle');
    assert.equal(await page.locator('main img').count(), 0);
    await page.getByRole('button', { name: 'Check another bundle' }).click();
  }
  assert.deepEqual(trouble, []);
  await context.close();
});

test('by keyboard alone: language, file, a meaning, the place in the sound', async () => {
  const { page, context } = await open(chrome);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  await check(page, `${VECTORS}court.zip`, owner);
  const summary = page.locator('summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.locator('.meaning').first().waitFor();
  await page.locator('.place').focus();
  await page.keyboard.press('ArrowRight');
  assert.ok((await page.evaluate(() => document.querySelector('audio').currentTime)) > 0);
  await context.close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`no barrier that axe knows (WCAG 2.2 AA), ${colorScheme}, and no sideways scrolling at 320 px`, async () => {
    const { page, context } = await open(chrome, { colorScheme, bypassCSP: true });
    const scan = async () => (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
    assert.deepEqual(await scan(), []);
    await check(page, `${VECTORS}forged-rendering.zip`);
    assert.ok((await findings(page)) > 10);
    assert.deepEqual(await scan(), []);
    await page.locator('.actions button').last().click();
    await check(page, await pagesBundle());
    await page.locator('.page canvas').waitFor();
    assert.deepEqual(await scan(), []);
    await page.setViewportSize({ width: 320, height: 700 });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    await context.close();
  });
}

test('the print is two pages at most', async () => {
  const { page, context } = await open(chrome);
  await check(page, `${VECTORS}forged-rendering.zip`, owner);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.ok((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length <= 2);
  await context.close();
});
