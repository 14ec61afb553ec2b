// WCAG 2.2 AA by axe over every scene, in each language: all rules in the light theme, at a phone's width where one reads, and
// contrast in the dark theme (nothing else differs there). One browser, one page a language; the pictures of docs/ are taken on the way.
// CASEMATE_AXE=reader,home scans only those. CASEMATE_PICTURES=folder keeps the pictures there (../docs/pictures is `npm run pictures`).
import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { at, browser, mock, MOCK, open, settled } from './stage.mjs';
import { pictures, scenes } from './scenes.mjs';

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const LANGS = ['en', 'fr', 'zh-Hans'];
const DESK = { width: 1280, height: 720 };
const PHONE = { width: 390, height: 844 };
const KEPT = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const MOST_BYTES = 2_000_000;
const only = process.env.CASEMATE_AXE?.split(',');
const out = process.env.CASEMATE_PICTURES ?? mkdtempSync(join(tmpdir(), 'casemate-pictures-'));
const servers = {};
const pages = {};
const complaints = [];
let on;
before(async () => {
  if (!MOCK) return;
  mkdirSync(out, { recursive: true });
  on = await browser();
  servers.case = await mock(4311, '--tick', '60');
  servers.empty = await mock(4312, '--empty');
  servers.locked = await mock(4313, '--locked');
  for (const lang of LANGS) {
    pages[lang] = await open(on, 'about:blank', { lang, ...DESK });
    await pages[lang].context.addInitScript(AXE);
  }
});
after(async () => {
  await on?.close();
  for (const one of Object.values(servers)) one.stop();
  if (!process.env.CASEMATE_PICTURES) rmSync(out, { recursive: true, force: true });
});

/** What axe finds: the rule, where, and what is measured there. */
async function scan(page, rules, beside = []) {
  const found = await page.evaluate(async ({ rules, tags, beside }) => {
    const { violations } = await window.axe.run({ include: [document], exclude: beside }, { runOnly: rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
  }, { rules, tags: TAGS, beside });
  return found;
}
async function picture(page, name, scale = 1) {
  const view = await page.context().newCDPSession(page);
  const { data } = await view.send('Page.captureScreenshot', { format: 'webp', quality: 82, clip: { x: 0, y: 0, ...page.viewportSize(), scale } });
  await view.detach();
  writeFileSync(join(out, `${name}.webp`), Buffer.from(data, 'base64'));
}
async function look(scene, lang) {
  const { page } = pages[lang];
  const size = scene.width ? { width: scene.width, height: scene.height } : DESK;
  const found = [];
  const add = async (where, rules) => { for (const one of await scan(page, rules, scene.beside)) found.push(`${lang}, ${where}: ${one}`); };
  const keep = async (theme) => { const name = pictures.find((one) => one.scene === scene.name && one.lang === lang && one.theme === theme); if (name) await picture(page, `${scene.name}-${lang}-${theme}`, scene.scale); };
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(size);
  await page.goto('about:blank');
  await page.goto(`${servers[scene.on ?? 'case'].url}${scene.at ?? ''}`);
  await settled(page);
  await scene.act?.(page);
  await settled(page);
  await keep('light');
  await add('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await keep('dark');
  await add('dark', ['color-contrast']);
  if (scene.phone) { await page.emulateMedia({ colorScheme: 'light' }); await page.setViewportSize(PHONE); await settled(page); await add('phone'); }
  complaints.push(...pages[lang].complaints.splice(0).map((one) => `${scene.name}, ${lang}: ${one}`));
  return found;
}

for (const scene of scenes) {
  if (only && !only.includes(scene.name)) continue;
  test(`axe: ${scene.name}`, { skip: !MOCK }, async () => assert.deepEqual((await Promise.all((scene.langs ?? LANGS).map((lang) => look(scene, lang)))).flat(), []));
}
test('nothing was complained of', { skip: !MOCK }, () => assert.deepEqual(complaints, []));
test('every picture of docs/ was made here, and they are small', { skip: !MOCK || only !== undefined }, () => {
  const names = pictures.map((one) => `${one.scene}-${one.lang}-${one.theme}.webp`).sort();
  assert.deepEqual(readdirSync(out).filter((name) => name.endsWith('.webp')).sort(), names);
  for (const name of names) assert.ok(statSync(join(out, name)).size > 4_000, name);
  assert.deepEqual(readdirSync(KEPT).filter((name) => name.endsWith('.webp')).sort(), names, 'docs/pictures/ has others: npm run pictures');
  assert.ok(names.reduce((sum, name) => sum + statSync(join(KEPT, name)).size, 0) < MOST_BYTES);
});
