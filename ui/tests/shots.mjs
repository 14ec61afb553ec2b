// Pictures of every screen: node tests/shots.mjs [name…] [--lang en,fr] [--theme light,dark] [--out shots]
import { mkdirSync } from 'node:fs';
import { browser, mock, open, settled } from './stage.mjs';
import { scenes } from './scenes.mjs';

const list = (name, otherwise) => { const place = process.argv.indexOf(`--${name}`); return place < 0 ? otherwise : process.argv[place + 1].split(','); };
const wanted = process.argv.slice(2).filter((one, n, all) => !one.startsWith('--') && !all[n - 1]?.startsWith('--'));
const [out] = list('out', ['shots']);
mkdirSync(out, { recursive: true });
const served = await mock(4301, '--tick', '60');
const empty = await mock(4302, '--empty');
const locked = await mock(4303, '--locked');
const with_ = await browser();
for (const lang of list('lang', ['en'])) for (const theme of list('theme', ['light'])) {
  const { page, complaints } = await open(with_, 'about:blank', { lang, theme });
  for (const scene of scenes.filter((one) => wanted.length === 0 || wanted.includes(one.name))) {
    await page.setViewportSize({ width: scene.width ?? 1440, height: scene.height ?? 900 });
    await page.goto('about:blank');
    await page.goto(`${({ empty, locked }[scene.on] ?? served).url}${scene.at ?? ''}`);
    await settled(page);
    await scene.act?.(page);
    await settled(page);
    await page.screenshot({ path: `${out}/${scene.name}-${lang}-${theme}.png` });
    if (complaints.length > 0) console.log(scene.name, lang, theme, complaints.splice(0));
  }
  await page.context().close();
}
await with_.close();
for (const one of [served, empty, locked]) one.stop();
