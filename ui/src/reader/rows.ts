/* The rows of a transcript: parts of a text between its strikes, groups of segments and how tall they will be. Keeps: the parts
   of a text, put together, are the text. */
import { languageOf, unitOf } from '../lib/text';
import type { Passage, Strike } from '../lib/types';

export interface Piece { text: string; strike: Strike | null }
export function pieces(text: string, strikes: readonly Strike[]): Piece[] {
  const parts: Piece[] = [];
  let from = 0;
  for (const strike of [...strikes].sort((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
    const [start, end] = [unitOf(text, strike.at ?? 0), unitOf(text, (strike.at ?? 0) + (strike.chars ?? 0))];
    if (start < from) continue;
    if (start > from) parts.push({ text: text.slice(from, start), strike: null });
    parts.push({ text: text.slice(start, end), strike });
    from = end;
  }
  if (from < text.length) parts.push({ text: text.slice(from), strike: null });
  return parts;
}
/** Those that stand in a text, by its passage. */
export const byPassage = (strikes: readonly Strike[]): Map<number, Strike[]> => Map.groupBy(strikes.filter((one) => one.passage !== null && one.at !== null), (one) => one.passage ?? -1);

/* Laid out together: few enough that one group is cheap to draw, many enough that the page has few of them. */
const GROUP = 25;
const LINE_PX = 28;
const WHO_PX = 42;
const PAD_PX = 16;
const ZH_LINE = 34;
const LATIN_LINE = 74;
export interface Group { first: number; passages: readonly Passage[]; height: number }
/** About how tall a segment will be, so that the scroll bar tells the truth before it is laid out. */
function tall(passage: Passage): number {
  const line = (passage.language ?? languageOf(passage.text)) === 'zh' ? ZH_LINE : LATIN_LINE;
  return Math.max(WHO_PX, Math.ceil(passage.text.length / line) * LINE_PX) + PAD_PX;
}
export function groupsOf(passages: readonly Passage[]): Group[] {
  return Array.from({ length: Math.ceil(passages.length / GROUP) }, (_, n) => {
    const some = passages.slice(n * GROUP, (n + 1) * GROUP);
    return { first: n * GROUP, passages: some, height: some.reduce((sum, passage) => sum + tall(passage), 0) };
  });
}
