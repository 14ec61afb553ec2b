/* What is to be withheld of a bundle before it is passed on. Keeps: dropped with the screen that asks. Does not know: what the bundle holds. */
import type { BundleItem, PassOn, Withhold } from '../lib/types';

/** 1:02, 62, 62.5 or 1:00:02 in milliseconds; null where it is no time. */
export function parseClock(text: string): number | null {
  const parts = text.trim().split(':');
  if (parts.length > 3 || !parts.every((part, n) => (n === parts.length - 1 ? /^\d{1,6}(?:[.,]\d{1,3})?$/ : /^\d{1,4}$/).test(part))) return null;
  const seconds = parts.reduce((sum, part) => sum * 60 + Number(part.replace(',', '.')), 0);
  return Math.round(seconds * 1000);
}

export class Asked {
  places = $state.raw<Withhold[]>([]);
  dropped = $state.raw<number[]>([]);
  names = $state('');
  words = $state('');
  recipient = $state('');
  purpose = $state('');
  name = $state('');
  key = $state.raw<File[]>([]);
  readonly many = $derived(this.places.length + this.dropped.length + lines(this.names).length + lines(this.words).length);
  readonly ready = $derived(this.many > 0 && this.recipient.trim() !== '' && this.purpose.trim() !== '');

  addNames(names: readonly string[]): void { this.names = [...new Set([...lines(this.names), ...names])].join('\n'); }
  add(place: Withhold): void { if (!this.places.some((one) => same(one, place))) this.places = [...this.places, place]; }
  remove(place: Withhold): void { this.places = this.places.filter((one) => !same(one, place)); }
  of(item: BundleItem): Withhold[] { return this.places.filter((one) => one.item === item.number); }
  row(item: BundleItem, number: number): Withhold { return { item: item.number, kind: item.divided === 'lines' ? 'lines' : 'passages', first: number, last: number }; }
  has(place: Withhold): boolean { return this.places.some((one) => same(one, place)); }
  async body(language: PassOn['language']): Promise<PassOn> {
    const [file] = this.key;
    return { withhold: this.places, drop: this.dropped, names: lines(this.names), words: lines(this.words), recipient: this.recipient, purpose: this.purpose, name: this.name || null, key: file ? await file.text() : null, ...(language ? { language } : {}) };
  }
}
const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);
const same = (a: Withhold, b: Withhold): boolean => JSON.stringify(a) === JSON.stringify(b);
