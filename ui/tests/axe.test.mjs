// WCAG 2.2 AA by axe over every scene. AXE_LANGS=en,fr,zh-Hans AXE_THEMES=light,dark AXE_ONLY=reader,home
import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { at, browser, mock, MOCK, open } from './stage.mjs';
import { scenes } from './scenes.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const only = process.env.AXE_ONLY?.split(',');
const servers = {};
let on;
before(async () => {
  on = await browser();
  servers.case = await mock(4311, '--tick', '60');
  servers.empty = await mock(4312, '--empty');
  servers.locked = await mock(4313, '--locked');
});
after(async () => { await on.close(); for (const one of Object.values(servers)) one.stop(); });

for (const lang of (process.env.AXE_LANGS ?? 'en').split(',')) for (const theme of (process.env.AXE_THEMES ?? 'light').split(',')) for (const scene of scenes) {
  if (only && !only.includes(scene.name)) continue;
  test(`axe: ${scene.name}, ${lang}, ${theme}`, { skip: !MOCK }, async () => {
    const { page, context, complaints } = await open(on, servers[scene.on ?? 'case'].url, { lang, theme, width: scene.width ?? 1280, height: scene.height ?? 720 });
    await page.waitForTimeout(300);
    if (scene.at !== undefined) await at(page, scene.at);
    await scene.act?.(page);
    await page.waitForTimeout(150);
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).slice(0, 3).join(' | ')}`);
    await context.close();
    assert.deepEqual(found, []);
    assert.deepEqual(complaints, []);
  });
}
