/* What was asked last, in memory alone: a query holds names, and addresses are written to the disk by browsers. */
import { onLock } from './session.svelte';

/** How a query is matched: spelled any way, to the letter, or by what it means. */
export type Way = 'variants' | 'exact' | 'meaning';

class SearchMemory {
  query = $state('');
  way = $state<Way>('variants');
  kind = $state('');
  lang = $state('');
  person = $state('');
  clear(): void { this.query = ''; this.way = 'variants'; this.kind = ''; this.lang = ''; this.person = ''; }
}
export const searchMemory = new SearchMemory();
onLock(() => searchMemory.clear());
