// The small part of Fluent that the message files use: messages of several lines, { $variable }, { "text" }, and one level of
// { $variable -> [key] … *[key] … }. Compiled at build time, so that the page carries no parser. Anything else is an error.

/** [id, pattern] of each message; a pattern is an array of texts, {v: name} and {v: name, s: {key: pattern}, d: default key}. */
export function readMessages(text) {
  const messages = [];
  let id = null;
  let lines = [];
  const end = () => {
    if (id === null) return;
    const filled = lines.slice(1).filter((line) => line.trim() !== '');
    const indent = Math.min(...filled.filter((line) => !/^\s*[}*[]/.test(line)).map((line) => /^ */.exec(line)[0].length));
    messages.push([id, parse([lines[0], ...lines.slice(1).map((line) => line.slice(Math.min(indent, /^ */.exec(line)[0].length)))].join('\n').trim())]);
    id = null;
  };
  for (const line of text.split('\n')) {
    const start = /^([a-z][a-z0-9-]*) = ?(.*)$/.exec(line);
    if (start) {
      end();
      [, id] = start;
      lines = [start[2]];
    } else if (/^#/.test(line)) end();
    else if (id !== null && (line.trim() === '' || /^[ }]/.test(line))) lines.push(line);
    else if (line.trim() !== '') throw new Error(`not understood: ${line}`);
  }
  end();
  return messages;
}

function parse(text) {
  const parts = [];
  let at = 0;
  let plain = '';
  const flush = () => {
    if (plain !== '') parts.push(plain);
    plain = '';
  };
  while (at < text.length) {
    if (text[at] !== '{') {
      plain += text[at++];
      continue;
    }
    const close = closing(text, at);
    const inside = text.slice(at + 1, close).trim();
    at = close + 1;
    const string = /^"(.*)"$/s.exec(inside);
    const variable = /^\$([a-z-]+)$/.exec(inside);
    if (string) plain += string[1];
    else if (variable) {
      flush();
      parts.push({ v: variable[1] });
    } else {
      flush();
      parts.push(select(inside));
    }
  }
  flush();
  return parts;
}

function closing(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '"' && depth > 0) at = text.indexOf('"', at + 1);
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  throw new Error(`not closed: ${text}`);
}

function select(inside) {
  const [, name, rest] = /^\$([a-z-]+) ->\s*(.*)$/s.exec(inside) ?? [];
  if (name === undefined) throw new Error(`not understood: {${inside}}`);
  const variants = {};
  let fallback = null;
  for (const [, star, key, body] of rest.matchAll(/^\s*(\*?)\[([a-z0-9-]+)\] ?(.*(?:\n(?!\s*\*?\[).*)*)$/gm)) {
    variants[key] = parse(body.trim());
    if (star) fallback = key;
  }
  if (fallback === null) throw new Error(`no default: {${inside}}`);
  return { v: name, s: variants, d: fallback };
}
