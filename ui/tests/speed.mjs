// How quick the app is: prints figures beside their limits, fails on none. The real program, a browser without a GPU.
//   CASEMATE_BIN=../target/release node tests/speed.mjs [--passages 100000] [--pages 2000] [--only paint,search,pages,words]
// Everything is made here, in a temporary folder: the files of demo/, texts of that many passages, a PDF of that many pages.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, browser, mock, open } from './stage.mjs';
import { emptyScrolled, ratio, scrolled, told } from './frames.mjs';
import { WORDS, draw, pdf } from './papers.mjs';
import { DEMO, enter, place, run, serve, show, visitor } from './program.mjs';

const option = (name, otherwise) => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? otherwise : process.argv[at + 1]; };
const PASSAGES = Number(option('passages', 100_000));
const PAGES = Number(option('pages', 2_000));
const only = option('only', 'paint,search,pages,words').split(',');
const ROUNDS = 7;
const TYPED_MS = 130;
const QUERIES = ['passport sister', 'notice harbour bank', '地产公司', '护照 律师', 'entretien avocat', 'n7x4321', '"return trial"', 'kind:text minister'];
const sorted = (all) => all.toSorted((a, b) => a - b);
const quantile = (all, q) => sorted(all)[Math.min(all.length - 1, Math.floor(all.length * q))];
const line = (what, limit, measured) => console.log(`${what.padEnd(52)} limit ${limit.padEnd(10)} ${measured}`);

function texts(folder) {
  const next = draw(5);
  const files = 20;
  mkdirSync(folder);
  for (let f = 0; f < files; f += 1) writeFileSync(join(folder, `${f}.txt`), Array.from({ length: PASSAGES / files }, (_, i) => `${Array.from({ length: 14 }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ')} n${f}x${i}`).join('\n'));
}
async function withCase(fill, use) {
  const at = await place();
  const files = mkdtempSync(join(tmpdir(), 'casemate-speed-'));
  try {
    fill(files);
    const added = await run('casemate', ['add', files, '--no-transcribe', '--case', at.case, '--passphrase-file', at.pass, '--json'], { env: { TMPDIR: at.tmp } });
    if (added.code !== 0) throw new Error(added.stderr);
    const server = await serve(at);
    const { page, context } = await visitor(on, server.origin, { width: 1440, height: 900 });
    await enter(page, server);
    await use(page, server);
    await context.close();
    await server.end();
  } finally { at.gone(); rmSync(files, { recursive: true, force: true }); }
}

const on = await browser();
console.log(`load ${loadavg()[0].toFixed(1)}`);
if (only.includes('paint')) await withCase((files) => { cpSync(join(DEMO, 'calls'), join(files, 'calls'), { recursive: true }); cpSync(join(DEMO, 'papers'), join(files, 'papers'), { recursive: true }); }, async (page, server) => {
  const all = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    await page.goto('about:blank');
    await page.goto(`${server.origin}/`, { waitUntil: 'commit' });
    await page.waitForSelector('.tasks li, .way');
    all.push(await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))));
  }
  line('first useful paint on the demo case (what needs a person)', '1,000 ms', `median ${quantile(all, 0.5).toFixed(0)} ms, worst ${quantile(all, 1).toFixed(0)} ms of ${ROUNDS}`);
});
if (only.includes('search')) await withCase((files) => texts(join(files, 'texts')), async (page) => {
  await page.evaluate(() => {
    const plain = window.fetch;
    window.asked = { at: 0, done: null };
    window.fetch = async (address, how) => {
      const answer = await plain(address, how);
      const url = new URL(String(address), location.href);
      if (url.pathname.endsWith('/search')) {
        const text = await answer.clone().text();
        const q = url.searchParams.get('q');
        if (text && q === document.querySelector('.q')?.value.trim()) requestAnimationFrame(() => setTimeout(() => { if (window.asked.at && q === document.querySelector('.q')?.value.trim()) { window.asked.took ??= performance.now() - window.asked.at; } }, 0));
      }
      return answer;
    };
    addEventListener('input', () => { window.asked = { at: performance.now(), took: null }; }, true);
  });
  await show(page, '#/search');
  const took = [];
  const each = [];
  const overtaken = [];
  for (const query of QUERIES) {
    await page.locator('.q').fill('');
    await page.waitForTimeout(200);
    let typed = '';
    for (const letter of query) {
      typed += letter;
      await page.keyboard.insertText(letter);
      await page.waitForTimeout(TYPED_MS);
      const one = await page.evaluate(() => window.asked.took);
      if (typed.trim() === '' || letter === ' ') continue;
      if (one === null) { overtaken.push(typed); await page.waitForFunction(() => window.asked.took !== null, null, { timeout: 5_000 }).catch(() => undefined); took.push(await page.evaluate(() => window.asked.took) ?? 5_000); } else took.push(one);
      each.push([took.at(-1), typed]);
    }
  }
  line(`search as you type, ${PASSAGES.toLocaleString('en')} passages, key to hits drawn`, 'p95 100 ms', `median ${quantile(took, 0.5).toFixed(0)} ms, p95 ${quantile(took, 0.95).toFixed(0)} ms of ${took.length} keys; ${overtaken.length} took longer than the ${TYPED_MS} ms to the next key; slowest: ${each.toSorted((a, b) => b[0] - a[0]).slice(0, 5).map(([ms, typed]) => `${typed} ${ms.toFixed(0)}`).join(', ')}`);
});
if (only.includes('pages')) await withCase((files) => pdf(join(files, 'long.pdf'), PAGES), async (page) => {
  const { exhibits } = await page.evaluate(async () => (await fetch('/api/v1/exhibits')).json());
  const { passages, exhibit } = exhibits[0];
  const opened = [];
  for (const part of [0.999, 0.5, 0.02]) {
    await show(page, '#/');
    const p = Math.floor(passages * part);
    const hash = `#/read/${exhibit}?p=${p}`;
    opened.push(await page.evaluate(async (hash) => {
      const begun = performance.now();
      location.hash = hash;
      while (!document.querySelector('.sheet .marked')?.closest('.frame')?.querySelector('img')?.complete) await new Promise((next) => setTimeout(next, 2));
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
      return performance.now() - begun;
    }, hash));
  }
  const asked = await page.evaluate(async (n) => { const begun = performance.now(); await (await fetch(`/api/v1/exhibits/${n}/reading`)).json(); return performance.now() - begun; }, exhibit);
  line(`a PDF of ${PAGES} pages (${passages} passages), opened at a page`, '500 ms', `${opened.map((one) => `${one.toFixed(0)} ms`).join(', ')}; its text alone, from the program, ${asked.toFixed(0)} ms`);
  const turned = [];
  for (const to of [1000, 1900, 7]) turned.push(await page.evaluate(async (to) => { const field = document.querySelector('.go input'); const begun = performance.now(); field.value = to; field.dispatchEvent(new Event('change', { bubbles: true })); while (!document.querySelector(`[data-page="${to}"] img`)?.complete) await new Promise((next) => setTimeout(next, 2)); await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0))); return performance.now() - begun; }, to));
  line('the same, turned to another page', '500 ms', turned.map((one) => `${one.toFixed(0)} ms`).join(', '));
});
if (only.includes('words')) {
  const served = await mock(4322, '--tick', '60');
  const empty = await emptyScrolled(on, { width: 1440, height: 900 });
  const { page } = await open(on, served.url);
  const opened = [];
  for (let n = 0; n < 3; n += 1) {
    await at(page, '#/');
    opened.push(await page.evaluate(async () => { const begun = performance.now(); location.hash = '#/read/19'; while (!document.querySelector('.seg.now')) await new Promise((next) => setTimeout(next, 2)); await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0))); return performance.now() - begun; }));
  }
  line('a transcript of 40,000 words (stand-in server), opened', '1,500 ms', opened.map((one) => `${one.toFixed(0)} ms`).join(', '));
  const long = await scrolled(page, 'main');
  line('the same, scrolled, a frame', '16.7 ms', `${told(long)}; an empty page: ${told(empty)}; ratio ${ratio(long, empty)}`);
  served.stop();
}
await on.close();
process.exit(0);
