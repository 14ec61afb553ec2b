// Each state worth a picture and an axe run: where, and what to do there first. `phone` is looked at in a phone's width too; `beside`
// is left out by axe (three thousand rows like those before).
import { at, settled } from './stage.mjs';
const key = (page, ...keys) => keys.reduce((before, one) => before.then(() => page.keyboard.press(one)), Promise.resolve());
const propose = async (page) => { const button = page.locator('.btn.main').first(); if (await page.locator('.plan-view').count() === 0 && await button.count()) await button.click(); await settled(page); };
const ZIP = (name) => ({ name, mimeType: 'application/zip', buffer: Buffer.from('PK') });
/** One file on the tray, opened at a tab. */
export const held = async (page, tab = 'verify') => {
  await settled(page);
  if (await page.locator('.files li').count() < 2) { await page.locator('.drop input[type=file]').setInputFiles([ZIP('press.zip'), ZIP('court.zip')]); await page.waitForSelector('.one h2'); await settled(page); }
  const id = await page.locator('.files li a').last().getAttribute('href');
  await at(page, `${id.split('/').slice(0, 3).join('/')}/${tab}`);
  await settled(page);
};
export const passed = async (page) => {
  await held(page, 'pass');
  await page.locator('textarea').first().fill('唐明月');
  await page.locator('section:last-of-type .pair input').nth(0).fill('The Courier');
  await page.locator('section:last-of-type .pair input').nth(1).fill('article');
  await page.locator('.form > p > .btn').click();
  await page.waitForSelector('section[aria-live] .btn.main');
  await settled(page);
};
export const disclosing = async (page, step) => {
  await at(page, '#/disclose');
  await page.locator('input[value=court]').check();
  await page.locator('.fields input').nth(0).fill("Cour d'appel de Port-Ariane");
  await page.locator('.fields input').nth(1).fill('mémoire contre l’extradition');
  await at(page, '#/disclose/exhibits');
  for (const n of [1, 4, 11]) await page.locator(`#x${n}`).check();
  if (step !== 'exhibits') await at(page, `#/disclose/${step}`);
  await settled(page);
};
export const scenes = [
  { name: 'unlock', on: 'locked' },
  { name: 'unlock-wrong', on: 'locked', act: async (page) => { await page.locator('input[type=password]').fill('no'); await key(page, 'Enter'); await page.waitForSelector('.fault'); } },
  { name: 'home', phone: true, at: '#/' },
  { name: 'home-empty', on: 'empty', at: '#/' },
  { name: 'intake', at: '#/intake', act: async (page) => {
    await page.locator('input[type=file]').first().setInputFiles([['call_20250402.amr', 931], ['关于冻结的通知.pdf', 2100], ['recorder.tmp', 120], ['photo\u202Egnp.exe', 40], ['notes.txt', 12]].map(([name, n]) => ({ name, mimeType: '', buffer: Buffer.alloc(n * 100, name) })));
    await settled(page);
    await page.locator('input[type=file]').first().setInputFiles([{ name: 'call_20250402 (copy).amr', mimeType: '', buffer: Buffer.alloc(93100, 'call_20250402.amr') }]);
    await settled(page);
  } },
  { name: 'intake-empty', on: 'empty', at: '#/intake' },
  { name: 'exhibits', at: '#/exhibits' },
  { name: 'exhibits-empty', on: 'empty', at: '#/exhibits' },
  { name: 'reader', phone: true, at: '#/read/1?t=12700' },
  { name: 'reader-edit', phone: true, at: '#/read/1?t=9172', act: async (page) => { await key(page, 'e'); await settled(page); await page.locator('textarea').fill('我长话短说。昨天我见了周主任。他们说，只要唐远山回来，为陆怀安的案子作证，以前的事一笔勾销。'); await page.locator('.editor .name input').fill('C. Vial'); } },
  { name: 'reader-stereo', at: '#/read/2?t=10500' },
  { name: 'reader-french', phone: true, at: '#/read/4' },
  { name: 'reader-long', langs: ['en'], beside: ['.group:nth-child(n + 3)'], at: '#/read/19?t=420000', act: async (page) => { await key(page, '+', '+'); await settled(page); } },
  { name: 'reader-document', phone: true, at: '#/read/6' },
  { name: 'reader-mail', phone: true, at: '#/read/7' },
  { name: 'reader-chat', phone: true, at: '#/read/11?p=8' },
  { name: 'reader-table', phone: true, at: '#/read/12' },
  { name: 'reader-hostile', at: '#/read/18' },
  { name: 'reader-unread', phone: true, at: '#/read/15' },
  { name: 'reader-missing', at: '#/read/9999' },
  { name: 'reader-phone', at: '#/read/1?t=12700', width: 390, height: 844, scale: 2 },
  { name: 'search-empty', at: '#/search' },
  { name: 'search', phone: true, at: '#/search', act: async (page) => { await page.locator('.modes button').first().click(); await page.locator('.q').fill('唐明月'); await settled(page); } },
  { name: 'search-meaning', at: '#/search', act: async (page) => { await page.locator('.modes button').nth(2).click(); await page.locator('.q').fill('il dit que tout sera oublié'); await page.waitForSelector('.score'); await settled(page); } },
  { name: 'people', at: '#/people' },
  { name: 'person', at: '#/people', act: async (page) => { await page.locator('.list li a').nth(1).click(); await settled(page); } },
  { name: 'person-new', at: '#/people/new' },
  { name: 'redact-choose', at: '#/redact' },
  { name: 'redact-none', at: '#/redact/2?for=press' },
  { name: 'redact', at: '#/redact/1?for=court', act: propose },
  { name: 'redact-preview', at: '#/redact/1?for=court', act: async (page) => { await propose(page); await at(page, '#/redact/1?for=court&tab=preview'); } },
  { name: 'redact-chat', at: '#/redact/11?for=court', act: propose },
  { name: 'disclose', at: '#/disclose', act: async (page) => { await disclosing(page, 'exhibits'); await at(page, '#/disclose/recipient'); } },
  { name: 'disclose-exhibits', at: '#/disclose', act: (page) => disclosing(page, 'exhibits') },
  { name: 'disclose-redactions', at: '#/disclose', act: (page) => disclosing(page, 'redactions') },
  { name: 'disclose-preview', at: '#/disclose', act: (page) => disclosing(page, 'preview') },
  { name: 'disclose-seal', at: '#/disclose', act: (page) => disclosing(page, 'seal') },
  { name: 'custody', at: '#/custody', act: async (page) => { await page.locator('.btn.main').click(); await page.waitForFunction(() => document.querySelector('.two .sign')); await page.locator('input[type=file]').setInputFiles([{ name: 'court.zip', mimeType: '', buffer: Buffer.from('PK tampered') }]); await settled(page); } },
  { name: 'custody-time', at: '#/custody?tab=time', act: async (page) => { await page.locator('main section button[aria-expanded]').nth(0).click(); await page.locator('form textarea').fill('https://tsa.example/ https://tsa.other.example/'); await settled(page); } },
  { name: 'custody-time-file', at: '#/custody?tab=time', act: async (page) => { await page.locator('main section button[aria-expanded]').nth(1).click(); await page.locator('main section button[aria-expanded]').nth(2).click(); await settled(page); } },
  { name: 'custody-originals', at: '#/custody?tab=originals' },
  { name: 'bundles-empty', on: 'empty', at: '#/bundles' },
  { name: 'bundles', phone: true, at: '#/bundles', act: held },
  { name: 'bundles-hides', at: '#/bundles', act: async (page) => { await held(page, 'hides'); await page.locator('form .btn.main').click(); await page.waitForSelector('.found'); } },
  { name: 'bundles-pass', phone: true, at: '#/bundles', act: async (page) => { await held(page, 'pass'); await page.locator('summary').first().click(); await page.locator('.rows input').nth(1).check(); await page.locator('.field.short').first().fill('0:04'); await page.locator('.field.short').nth(1).fill('0:09'); await key(page, 'Enter'); await settled(page); } },
  { name: 'bundles-passed', at: '#/bundles', act: passed },
  { name: 'bundles-describe', at: '#/bundles', act: async (page) => { await held(page, 'describe'); await page.locator('main section button[aria-expanded]').first().click(); await page.locator('form textarea').fill('https://tsa.example/'); await page.keyboard.press('Tab'); await page.locator('form .btn.main').click(); await page.waitForSelector('form .btn.main[download]'); await settled(page); } },
  { name: 'settings', at: '#/settings' },
  { name: 'palette', at: '#/', act: async (page) => { await key(page, 'Control+k'); await settled(page); await page.keyboard.type('7'); await settled(page); } },
  { name: 'keys', at: '#/read/1', act: async (page) => { await key(page, 'Shift+?'); await settled(page); } },
];

/** What docs/ shows: every main screen, and enough of the other themes and languages to see them. */
const shown = (lang, theme, ...names) => names.map((scene) => ({ scene, lang, theme }));
export const pictures = [
  ...shown('en', 'light', 'unlock', 'home', 'home-empty', 'intake', 'exhibits', 'reader', 'reader-edit', 'reader-document', 'reader-chat', 'reader-phone', 'search', 'person', 'redact', 'redact-preview', 'disclose-exhibits', 'disclose-preview', 'disclose-seal', 'bundles-pass', 'bundles-hides', 'custody', 'custody-time', 'settings'),
  ...shown('en', 'dark', 'reader', 'search', 'redact'),
  ...shown('fr', 'light', 'home', 'reader-french', 'disclose-redactions'),
  ...shown('fr', 'dark', 'disclose-preview'),
  ...shown('zh-Hans', 'light', 'reader', 'search', 'redact-chat'),
  ...shown('zh-Hans', 'dark', 'reader-phone'),
];
