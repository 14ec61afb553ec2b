/* Times, dates, sizes, counts as each language writes them. Keeps: null reads as nothing. */
import { words } from './words.svelte';

const NBSP = '\u00a0';
const locale = (): string => (words.lang === 'en' ? 'en-GB' : words.lang);
const two = (value: number): string => String(value).padStart(2, '0');

/** 03:29, or 1:02:03 from an hour on. */
export function clock(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const h = Math.floor(s / 3600);
  const rest = `${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
  return h > 0 ? `${h}:${rest}` : rest;
}
/** 00:03.1, for a cut. */
export const fineClock = (ms: number): string => `${clock(ms)}.${Math.floor((ms % 1000) / 100)}`;
/** In whole seconds, unless that would say that it begins where it ends. */
export const span = ([from, to]: readonly [number, number]): string => (clock(from) === clock(to) ? `${fineClock(from)}–${fineClock(to)}` : `${clock(from)}–${clock(to)}`);

/** 1 h 02 min 05 s / 1小时02分05秒, as the program's own numbers module writes it. */
export function length(ms: number | null): string {
  if (ms === null) return '';
  const s = Math.round(ms / 1000);
  const [h, m, rest] = [Math.floor(s / 3600), Math.floor((s % 3600) / 60), s % 60];
  const zh = words.lang === 'zh-Hans';
  const [hour, minute, second, gap] = zh ? ['小时', '分', '秒', ''] : ['h', 'min', 's', NBSP];
  if (h > 0) return `${h}${gap}${hour}${gap}${two(m)}${gap}${minute}${gap}${two(rest)}${gap}${second}`;
  if (m > 0) return `${m}${gap}${minute}${gap}${two(rest)}${gap}${second}`;
  return `${rest}${gap}${second}`;
}

/** 0.3 s: a stretch that somebody marks by hand. */
export const tenths = (ms: number): string => (ms < 10_000 ? new Intl.NumberFormat(words.lang, { style: 'unit', unit: 'second', unitDisplay: 'short', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ms / 1000) : length(ms));

/** 15 min, where seconds would say nothing. */
export const roughly = (ms: number): string => (ms >= 60_000 && ms % 60_000 === 0 && ms < 3_600_000 ? length(ms).replace(/\s?00\s?(?:s|秒)$/u, '') : length(ms));

export function size(bytes: number | null): string {
  if (bytes === null) return '';
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < units.length - 1) { value /= 1000; step += 1; }
  const digits = step > 0 && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: units[step], unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: digits }).format(value);
}
export const count = (value: number): string => new Intl.NumberFormat(locale(), words.lang === 'fr' ? { useGrouping: 'min2' as unknown as boolean } : {}).format(value);

const first = (text: string): string => (words.lang === 'fr' ? text.replace(/^((?:\p{L}+ )?)1 /u, '$11er ') : text);
function dated(iso: string | null, options: Intl.DateTimeFormatOptions): string {
  if (!iso) return '';
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : first(new Intl.DateTimeFormat(locale(), options).format(at));
}
/** A number between 0 and 1, in hundredths. */
export const hundredths = (value: number): string => new Intl.NumberFormat(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
/** 1 April 2021 / 1er avril 2021 / 2021年4月1日 */
export const day = (iso: string | null): string => dated(iso, { dateStyle: 'long' });
/** 12 Mar */
export const shortDay = (iso: string | null): string => dated(iso, { day: 'numeric', month: 'short' });
export function moment(iso: string | null): string {
  if (!iso) return '';
  const time = dated(iso, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return words.lang === 'zh-Hans' ? `${day(iso)} ${time}` : `${day(iso)}, ${time}`;
}
export const listed = (parts: readonly string[]): string => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(parts);
export const grouped = (hex: string, groups = 4): string => (hex.slice(0, groups * 4).match(/.{1,4}/g) ?? []).join(' ');
