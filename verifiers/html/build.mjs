// Builds dist/verify.html, one file that needs nothing besides, and dist/cli.mjs. The page's policy names its one script and its one
// style by hash and forbids every connection. Words come from the shared message files and from src/page/words.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';
import { readMessages } from './fluent.mjs';

const LIMIT = 345_000;
const here = new URL('./', import.meta.url);
const path = (name) => new URL(name, here);
const shared = (language, file) => path(`../../crates/words/messages/${language}/${file}.ftl`);

/** Of the shared messages the page takes those of findings, and a few of the README. */
const TAKEN = /^(verify-(?!usage|error|note|subject|headline|time-|withheld-(?!by)|list|fact-(?!key|owner|role|size|cause|place|name|purpose|recipient|texts-withheld|items-withheld|by|witness|time|covers|number))|readme-(not-proven-\d$|reason-(name|identifier|private-life|privilege)))/;

async function words() {
  const all = {};
  for (const language of ['en', 'fr', 'zh-Hans']) {
    const messages = {};
    for (const file of ['common', 'verify', 'readme']) {
      for (const [id, pattern] of readMessages(await readFile(shared(language, file), 'utf8'))) if (TAKEN.test(id)) messages[id] = pattern;
    }
    for (const [id, pattern] of readMessages(await readFile(path(`src/page/words/${language}.ftl`), 'utf8'))) messages[id] = pattern;
    all[language] = messages;
  }
  const ids = Object.keys(all.en).sort();
  for (const [language, messages] of Object.entries(all)) {
    if (Object.keys(messages).sort().join() !== ids.join()) throw new Error(`${language} has other messages than en`);
    all[language] = ids.map((id) => messages[id]);
  }
  return { ids: ids.join(' '), ...all };
}

/** Latin-1, what French needs besides, and punctuation; other letters come from the reader's system. */
const LETTERS = Array.from({ length: 0xe0 }, (_, i) => String.fromCharCode(0x20 + i)).join('') + 'ŒœŸ–—‘’“”•…€−←\u202f';
/** What browsers apply unasked, but for contextual alternates, which draw other signs than stand there (an arrow for `->`), and what the style asks for. */
const FEATURES = ['ccmp', 'locl', 'kern', 'mark', 'mkmk', 'liga', 'clig', 'rlig', 'rclt', 'lnum', 'tnum', 'zero'];
const FONTS = [
  ['Source Serif 4', 400, '@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2'],
  ['Inter', 400, '@fontsource/inter/files/inter-latin-400-normal.woff2'],
  ['Inter', 600, '@fontsource/inter/files/inter-latin-600-normal.woff2'],
];

async function fonts() {
  const faces = await Promise.all(FONTS.map(async ([family, weight, file]) => {
    const data = (await subsetFont(await readFile(path(`node_modules/${file}`)), LETTERS, { targetFormat: 'woff2', keepFeatures: FEATURES })).toString('base64');
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215}`;
  }));
  return faces.join('');
}

async function bundle(entry, options) {
  const { outputFiles } = await build({ entryPoints: [path(entry).pathname], bundle: true, write: false, minify: true, charset: 'utf8', legalComments: 'none', target: 'es2022', logLevel: 'warning', ...options });
  return outputFiles[0].text;
}

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** A script's text inside HTML: what would end the element is written otherwise. */
const inScript = (text) => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

await mkdir(path('dist/'), { recursive: true });
const worker = await bundle('src/page/worker.ts', { format: 'iife' });
const script = inScript(await bundle('src/page/main.ts', { format: 'iife', define: { WORKER: JSON.stringify(worker), WORDS: JSON.stringify(await words()) } }));
const style = (await fonts()) + (await bundle('src/page/style.css', { loader: { '.css': 'css' } }));
const policy = [
  "default-src 'none'", `script-src ${hash(script)}`, `style-src ${hash(style)}`, 'worker-src blob:', 'media-src blob:', 'img-src blob: data:', 'font-src data:',
  "connect-src 'none'", "form-action 'none'", "base-uri 'none'",
].join('; ');
const page = (await readFile(path('src/page/page.html'), 'utf8'))
  .replace('POLICY', () => policy)
  .replace('STYLE', () => style)
  .replace('SCRIPT', () => script);
await writeFile(path('dist/verify.html'), page);
await writeFile(path('dist/cli.mjs'), await bundle('src/cli.ts', { format: 'esm', platform: 'node', minify: false }));
await writeFile(path('dist/core.mjs'), await bundle('src/core/index.ts', { format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], minify: false }));
const size = Buffer.byteLength(page);
console.log(`verify.html ${size} bytes, sha256 ${createHash('sha256').update(page).digest('hex')}`);
if (size > LIMIT) throw new Error(`verify.html is over ${LIMIT} bytes`);
