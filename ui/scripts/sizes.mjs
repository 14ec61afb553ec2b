// What the first screen costs: the scripts and styles that an open case's home needs, gzipped as a server would send them.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
const LIMIT = 150_000;
const assets = fileURLToPath(new URL('../dist/assets/', import.meta.url));
const names = readdirSync(assets);
const seen = new Set();
function follow(name) {
  if (seen.has(name)) return;
  seen.add(name);
  for (const match of readFileSync(assets + name, 'utf8').matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) follow(match[1]);
}
const html = readFileSync(fileURLToPath(new URL('../dist/index.html', import.meta.url)), 'utf8');
for (const match of html.matchAll(/assets\/([\w.-]+\.js)/g)) follow(match[1]);
for (const start of ['Shell-', 'Home-', 'Unlock-']) for (const name of names.filter((one) => one.startsWith(start) && one.endsWith('.js'))) follow(name);
const gz = (list) => list.reduce((sum, name) => sum + gzipSync(readFileSync(assets + name)).length, 0);
const first = gz([...seen]);
const scripts = names.filter((name) => name.endsWith('.js'));
console.log(`first screen: ${first} bytes of script (gzip), ${seen.size} files; all screens: ${gz(scripts)} in ${scripts.length}; styles: ${gz(names.filter((name) => name.endsWith('.css')))}; fonts: ${names.filter((name) => name.endsWith('.woff2')).reduce((sum, name) => sum + statSync(assets + name).size, 0)}`);
if (first > LIMIT) { console.error(`over ${LIMIT}`); process.exit(1); }
