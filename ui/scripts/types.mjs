// The browser's types, from the API's description (docs/openapi.json): one interface or union for each of its schemas.
//   node scripts/types.mjs          writes src/lib/schema.ts
//   node scripts/types.mjs --check  fails where that file is not what the description gives
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const FILE = at('../src/lib/schema.ts');
const { schemas } = JSON.parse(readFileSync(at('../../docs/openapi.json'), 'utf8')).components;

const quoted = (word) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const key = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : quoted(name));
const many = (all) => [...new Set(all)].join(' | ');
const inner = (type) => (/[|&]/.test(type) ? `(${type})` : type);

function typeOf(schema) {
  if (schema === true || Object.keys(schema).every((name) => name === 'description')) return 'unknown';
  if (schema.$ref) return schema.$ref.split('/').at(-1);
  const union = schema.oneOf ?? schema.anyOf;
  if (union) return many(union.map(typeOf));
  if (schema.allOf) return schema.allOf.map((part) => inner(typeOf(part))).join(' & ');
  if (schema.enum) return many(schema.enum.map((word) => (typeof word === 'string' ? quoted(word) : String(word))));
  const types = [schema.type].flat();
  return many(types.map((type) => plain(type, schema)));
}
function plain(type, schema) {
  switch (type) {
    case 'string': case 'boolean': case 'null': return type;
    case 'integer': case 'number': return 'number';
    case 'array': return schema.prefixItems ? `[${schema.prefixItems.map(typeOf).join(', ')}]` : `${inner(typeOf(schema.items ?? {}))}[]`;
    case 'object': return object(schema);
    default: throw new Error(`no type for ${JSON.stringify(schema)}`);
  }
}
function object({ properties, required = [], additionalProperties, propertyNames }) {
  if (properties) return `{ ${Object.entries(properties).map(([name, schema]) => `${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`).join('; ')} }`;
  const value = additionalProperties ? typeOf(additionalProperties) : 'unknown';
  return propertyNames?.enum ? `Partial<Record<${typeOf(propertyNames)}, ${value}>>` : `Record<string, ${value}>`;
}
const said = ({ description }, indent = '') => (description ? `${indent}/** ${description.replace(/\s+/g, ' ').replaceAll('*/', '* /')} */\n` : '');
function declared([name, schema]) {
  if (schema.type !== 'object' || !schema.properties) return `${said(schema)}export type ${name} = ${typeOf(schema)};\n`;
  const { properties, required = [] } = schema;
  const fields = Object.entries(properties).map(([field, of]) => `${said(of, '  ')}  ${key(field)}${required.includes(field) ? '' : '?'}: ${typeOf(of)};\n`);
  return `${said(schema)}export interface ${name} {\n${fields.join('')}}\n`;
}

const made = `/* Written by \`npm run types\` from docs/openapi.json: not to be changed by hand. */\n\n${Object.entries(schemas).map(declared).join('\n')}`;
if (!process.argv.includes('--check')) writeFileSync(FILE, made);
else if (readFileSync(FILE, 'utf8') !== made) { console.error('src/lib/schema.ts is not what docs/openapi.json gives: npm run types'); process.exit(1); }
