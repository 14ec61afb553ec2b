/* What was asked last, in memory alone: a query holds names, and addresses are written to the disk by browsers. */
import { onLock } from './session.svelte';

class SearchMemory {
  query = $state('');
  exact = $state(false);
  kind = $state('');
  lang = $state('');
  person = $state('');
  clear(): void { this.query = ''; this.exact = false; this.kind = ''; this.lang = ''; this.person = ''; }
}
export const searchMemory = new SearchMemory();
onLock(() => searchMemory.clear());
