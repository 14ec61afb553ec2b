/* Where a passage lies. Keeps: each locator of the contract has a word and an address here. */
import { clock } from './format';
import type { Place } from './types';
import { t } from './words.svelte';

export function inner(place: Place): Exclude<Place, { part: unknown }> {
  let at = place;
  while (typeof at === 'object' && 'part' in at) at = at.part.inside;
  return at;
}
export function partOf(place: Place): string | null {
  const names: string[] = [];
  for (let at = place; typeof at === 'object' && 'part' in at; at = at.part.inside) names.push(at.part.name);
  return names.length > 0 ? names.join(' / ') : null;
}
export function placeWord(place: Place): string {
  const at = inner(place);
  if (at === 'whole') return t('web-place-whole');
  if ('time' in at) return clock(at.time.start_ms);
  if ('lines' in at) return t('web-place-line', { number: at.lines.first });
  if ('message' in at) return t('web-place-message', { number: at.message.number });
  if ('row' in at) return t('web-place-row', { number: at.row.number });
  return t('web-place-page', { number: at.page.number });
}
export function timeOf(place: Place): { start_ms: number; end_ms: number; channel: number | null } | null {
  const at = inner(place);
  return typeof at === 'object' && 'time' in at ? at.time : null;
}
