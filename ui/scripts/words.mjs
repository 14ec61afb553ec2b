// Every message the screens use exists in every language with the same values, none is unused, and no component holds words of its own.
//   node scripts/words.mjs [--list]
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, relative } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import { parse } from 'svelte/compiler';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MESSAGES = fileURLToPath(new URL('../../crates/words/messages/', import.meta.url));
const LANGUAGES = ['en', 'fr', 'zh-Hans'];
const SHOWN_ATTRIBUTES = new Set(['title', 'placeholder', 'aria-label', 'alt', 'label']);
const KEY_NAMES = /^(?:Ctrl|Alt|Shift|Esc|Enter|Space|[A-Z←→↑↓/?+\-−▶❚×[\]]|SHA-256|\s)+$/u;
const problems = [];

const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
const used = new Set();
const prefixes = new Set();
for (const path of files) {
  const source = readFileSync(path, 'utf8');
  if (path.endsWith('lib/api.ts')) continue;
  for (const match of source.matchAll(/['"]((?:web|cli|verify|profile|outcome|compartment|speaker)-[a-z0-9-]+|withheld)['"]/g)) used.add(match[1]);
  for (const match of source.matchAll(/`((?:web|cli|verify|profile|outcome)-[a-z0-9-]*)\$\{/g)) prefixes.add(match[1]);
  if (path.endsWith('.svelte')) literals(path, source);
}
function literals(path, source) {
  const seen = (node) => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) { node.forEach(seen); return; }
    if (node.type === 'Text' && /\p{L}/u.test(node.data) && !KEY_NAMES.test(node.data)) problems.push(`${relative(ROOT, path)}: “${node.data.trim().slice(0, 60)}” is not from the messages`);
    if (node.type === 'Attribute') { if (SHOWN_ATTRIBUTES.has(node.name)) seen(node.value); return; }
    if (node.type === 'StyleDirective') return;
    if (node.type === 'HtmlTag') problems.push(`${relative(ROOT, path)}: {@html} is not allowed`);
    for (const [name, value] of Object.entries(node)) if (name !== 'parent' && name !== 'metadata') seen(value);
  };
  seen(parse(source, { modern: true, filename: path }).fragment);
  if (/style="[^{"]*"/.test(source.split('<style>')[0])) problems.push(`${relative(ROOT, path)}: a literal style attribute breaks the policy`);
  if (source.split('\n').length > 200) problems.push(`${relative(ROOT, path)}: over 200 lines`);
}
const valuesOf = (node, found = new Set()) => {
  if (!node || typeof node !== 'object') return found;
  if (node.type === 'var') found.add(node.name);
  for (const value of Object.values(node)) valuesOf(value, found);
  return found;
};
const catalogue = (lang, area) => new Map(new FluentResource(readFileSync(join(MESSAGES, lang, `${area}.ftl`), 'utf8')).body.map((entry) => [entry.id, [...valuesOf(entry.value)].sort().join(' ')]));
const all = new Map(LANGUAGES.map((lang) => [lang, new Map(['common', 'verify', 'cli', 'web'].flatMap((area) => [...catalogue(lang, area)]))]));
for (const lang of LANGUAGES) {
  for (const id of used) if (!all.get(lang).has(id)) problems.push(`${lang}: ${id} is missing`);
  for (const prefix of prefixes) if (![...all.get(lang).keys()].some((id) => id.startsWith(prefix))) problems.push(`${lang}: nothing begins with ${prefix}`);
  const web = catalogue(lang, 'web');
  for (const [id, values] of web) {
    if (!used.has(id) && ![...prefixes].some((prefix) => id.startsWith(prefix))) problems.push(`${lang}: ${id} is not used`);
    const english = all.get('en').get(id);
    if (english === undefined) problems.push(`${lang}: ${id} is not in en`);
    else if (english !== values) problems.push(`${lang}: ${id} takes other values than in en (${values} / ${english})`);
  }
  const written = readFileSync(join(MESSAGES, lang, 'web.ftl'), 'utf8');
  const entries = [...written.matchAll(/^([a-z][\w-]*) =/gm)].map((match) => match[1]);
  for (const id of entries) if (!web.has(id)) problems.push(`${lang}: ${id} can't be read`);
  if (new Set(entries).size !== entries.length) problems.push(`${lang}: an id stands twice: ${entries.filter((id, n) => entries.indexOf(id) !== n).join(', ')}`);
  if (/authentic|authentique/i.test(written)) problems.push(`${lang}: the word that is never said`);
}
if (process.argv.includes('--list')) { console.log([...used].filter((id) => id.startsWith('web-')).sort().join('\n')); console.log([...prefixes].sort().join('\n')); }
else if (problems.length > 0) { console.error([...new Set(problems)].join('\n')); process.exit(1); } else console.log(`${used.size} messages and ${prefixes.size} families used, in ${LANGUAGES.length} languages`);
