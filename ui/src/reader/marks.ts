/* Marks on text without elements of their own (CSS Custom Highlight). A browser that lacks them shows the text all the same. */
const names = ['spoken', 'doubt', 'doubt-now', 'target'] as const;
export type MarkName = (typeof names)[number];
const can = typeof Highlight !== 'undefined' && 'highlights' in CSS;

export function paint(name: MarkName, ranges: readonly Range[]): void {
  if (!can) return;
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
}
export function wipe(): void { for (const name of names) paint(name, []); }
