// Draws the pages that the mock serves: a letter of the fiction, set by the browser, as small grey pictures, with the place of each
// paragraph. Run by hand when the letter changes: node scripts/letter.mjs
import { deflateSync, inflateSync } from 'node:zlib';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { A4, png } from '../mock/page.mjs';
import { LETTER } from '../mock/letter.mjs';

const WIDTH = 1_000;
const HEIGHT = Math.round((WIDTH * A4[1]) / A4[0]);
const SHADES = 15;
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const face = readFileSync(at('../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2')).toString('base64');
const STYLE = `@font-face { font-family: letter; src: url(data:font/woff2;base64,${face}); font-weight: 200 900; }
  * { margin: 0; box-sizing: border-box; } body { width: ${WIDTH}px; height: ${HEIGHT}px; padding: 110px 130px; font: 19px/29px letter, serif; color: #000; background: #fff; }
  p { white-space: pre-line; width: fit-content; max-width: 100%; margin-bottom: 30px; } .head { font-weight: 600; padding-bottom: 18px; border-bottom: 2px solid #000; width: 100%; }
  .right { margin-left: auto; } .to { margin: 34px 0 34px 52%; } .about { font-weight: 600; } .foot { position: absolute; bottom: 70px; font-size: 14px; }`;

/** Grey, four bits a pixel, of the eight-bit colours that the browser took. */
function small(shot) {
  const parts = [];
  let colours = 0;
  for (let from = 8; from < shot.length;) {
    const size = shot.readUInt32BE(from);
    const name = shot.toString('latin1', from + 4, from + 8);
    if (name === 'IHDR') colours = shot[from + 17] === 6 ? 4 : 3;
    if (name === 'IDAT') parts.push(shot.subarray(from + 8, from + 8 + size));
    from += size + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const line = WIDTH * colours;
  const out = Buffer.alloc(HEIGHT * (1 + WIDTH / 2));
  let before = Buffer.alloc(line);
  for (let y = 0; y < HEIGHT; y += 1) {
    const filter = raw[y * (line + 1)];
    const now = Buffer.from(raw.subarray(y * (line + 1) + 1, (y + 1) * (line + 1)));
    for (let x = 0; x < line; x += 1) {
      const [a, b, c] = [x >= colours ? now[x - colours] : 0, before[x], x >= colours ? before[x - colours] : 0];
      const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
      now[x] = (now[x] + [0, a, b, (a + b) >> 1, pa <= pb && pa <= pc ? a : pb <= pc ? b : c][filter]) & 255;
    }
    for (let x = 0; x < WIDTH; x += 1) {
      const shade = Math.round((SHADES * (now[x * colours] + now[x * colours + 1] + now[x * colours + 2])) / 765);
      out[y * (1 + WIDTH / 2) + 1 + (x >> 1)] |= x & 1 ? shade : shade << 4;
    }
    before = now;
  }
  return png(WIDTH, HEIGHT, 4, deflateSync(out, { level: 9 }));
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'] });
const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
const places = [];
for (const [n, paragraphs] of LETTER.entries()) {
  await page.setContent(`<style>${STYLE}</style>${paragraphs.map(([text, kind]) => `<p class="${kind}">${text}</p>`).join('')}`);
  await page.evaluate(() => document.fonts.ready);
  places.push(await page.evaluate((per) => [...document.querySelectorAll('p')].map((p) => { const r = document.createRange(); r.selectNodeContents(p); const box = r.getBoundingClientRect(); return [box.left, box.top, box.width, box.height].map((edge) => Math.round(edge * per)); }), A4[0] / WIDTH));
  writeFileSync(at(`../mock/letter-${n + 1}.png`), small(await page.screenshot()));
}
writeFileSync(at('../mock/letter.json'), `${JSON.stringify(places)}\n`);
await browser.close();
