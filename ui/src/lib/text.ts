/* Text of evidence, safe to show: its languages in runs, its control characters made visible, its offsets. Keeps: the characters
   of a passage are never changed, only a file's name gets signs for what has none. */
export interface Run { lang: string | null; text: string }

const HAN = /[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;
const HAN_RUN = /[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]+/gu;
const FRENCH = /[àâçèéêëîïôùûœ]|\b(?:le|la|les|des|une|est|vous|nous|je|pas|que|pour|avec|dans)\b/i;
const ENGLISH = /\b(?:the|and|you|is|are|of|to|not|for|with|was|he|she|they|my|your)\b/i;

/** zh, fr, en, or null where nothing tells. */
export function languageOf(text: string): string | null {
  if (HAN.test(text)) return 'zh';
  if (ENGLISH.test(text) && !/[àâçèéêîôùœ]/i.test(text)) return 'en';
  return FRENCH.test(text) ? 'fr' : null;
}
/** Parts a text at the borders of Chinese, so that each run gets its language. */
export function runs(text: string, language: string | null = null): Run[] {
  if (!HAN.test(text)) return [{ lang: language && language !== 'zh' ? language : languageOf(text), text }];
  const all: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(HAN_RUN)) {
    if (match.index > from) all.push(latin(text.slice(from, match.index)));
    all.push({ lang: 'zh', text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) all.push(latin(text.slice(from)));
  // Latin of a few letters or digits within a Chinese sentence belongs to it.
  return all.length > 1 && language === 'zh' ? [{ lang: 'zh', text }] : all;
}
const latin = (text: string): Run => ({ lang: languageOf(text), text });

/** Control and direction characters of a file's name, each as a sign that can be seen. */
export function visible(name: string): { text: string; odd: boolean }[] {
  const parts: { text: string; odd: boolean }[] = [];
  for (const char of name) {
    const code = char.codePointAt(0) ?? 0;
    const odd = code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) || code === 0xfeff;
    const text = odd ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : char;
    const last = parts.at(-1);
    if (last && !odd && !last.odd) last.text += text;
    else parts.push({ text, odd });
  }
  return parts;
}

/** Where scalar value number `at` begins, in UTF-16. */
export function unitOf(text: string, at: number): number {
  let unit = 0;
  for (let n = 0; n < at && unit < text.length; n += 1) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  return unit;
}
export const scalars = (text: string): number => { let n = 0; for (const _ of text) n += 1; return n; };

/** A DOM range over [from, to) UTF-16 units of an element's text. */
export function rangeIn(element: Node, from: number, to: number): Range | null {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let seen = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const size = node.nodeValue?.length ?? 0;
    if (!begun && from <= seen + size) { range.setStart(node, from - seen); begun = true; }
    if (begun && to <= seen + size) { range.setEnd(node, to - seen); return range; }
    seen += size;
  }
  return null;
}
export const leaf = (path: string): string => path.slice(path.lastIndexOf('/') + 1) || path;
