// Files that lie numbered in a folder of `proof/` (docs/format/time.md §4, witness.md §4): 01, 02 … without a gap, each with a `.note`.
// Knows nothing of what they hold.

/** The most of a folder. */
const MOST = 64;

/** Where the files of a bundle are. */
export interface Files {
  has(name: string): boolean;
  /** A file under `proof/`. */
  proof(name: string): Promise<Uint8Array>;
}

/** The names that there are, below `proof/` and without an end. */
export function numbered(bag: Files, folder: 'time' | 'witness'): string[] {
  const found: string[] = [];
  for (let number = 1; number <= MOST; number++) {
    const name = `${folder}/${String(number).padStart(2, '0')}`;
    if (!bag.has(`proof/${name}.note`)) break;
    found.push(name);
  }
  return found;
}
