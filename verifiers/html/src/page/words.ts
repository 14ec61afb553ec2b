// Words from the message files, in one of three languages. Invariant: what comes from a bundle is put into a text, never into markup.
/** Messages of each language in the order of `ids`, which are separated by spaces. */
declare const WORDS: Readonly<Record<Language, readonly Pattern[]>> & { readonly ids: string };

export type Language = 'en' | 'fr' | 'zh-Hans';
type Part = string | { readonly v: string; readonly s?: Readonly<Record<string, Pattern>>; readonly d?: string };
type Pattern = readonly Part[];
export type Values = Readonly<Record<string, string | number>>;

export const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['fr', 'Français'],
  ['en', 'English'],
  ['zh-Hans', '中文'],
];

/** The first language of the browser that the page speaks. */
export function preferred(): Language {
  for (const wanted of navigator.languages) {
    if (/^fr\b/i.test(wanted)) return 'fr';
    if (/^zh\b/i.test(wanted)) return 'zh-Hans';
    if (/^en\b/i.test(wanted)) return 'en';
  }
  return 'en';
}

const PLACES = new Map(WORDS.ids.split(' ').map((id, place) => [id, place]));

export class Words {
  private readonly plural: Intl.PluralRules;
  private readonly numbers: Intl.NumberFormat;

  constructor(readonly language: Language) {
    this.plural = new Intl.PluralRules(language);
    this.numbers = new Intl.NumberFormat(language);
  }

  has(id: string): boolean {
    return PLACES.has(id);
  }

  say(id: string, values: Values = {}): string {
    const pattern = WORDS[this.language][PLACES.get(id) ?? -1];
    return pattern === undefined ? id : this.format(pattern, values);
  }

  private format(pattern: Pattern, values: Values): string {
    return pattern.map((part) => (typeof part === 'string' ? this.spaced(part) : this.part(part, values))).join('');
  }

  private part(part: Exclude<Part, string>, values: Values): string {
    const value = values[part.v] ?? '';
    if (part.s === undefined) return typeof value === 'number' ? this.numbers.format(value) : value;
    const variant = part.s[String(value)] ?? (typeof value === 'number' ? part.s[this.plural.select(value)] : undefined) ?? part.s[part.d ?? 'other'];
    return variant === undefined ? '' : this.format(variant, values);
  }

  /** French wants spaces that do not break; the message files have ordinary ones. */
  private spaced(text: string): string {
    if (this.language !== 'fr') return text;
    return text.replace(/ ([;!?])/g, '\u202f$1').replace(/ :/g, '\u00a0:').replace(/« /g, '«\u00a0').replace(/ »/g, '\u00a0»').replaceAll("'", '’');
  }

  list(texts: readonly string[]): string {
    return texts.join(this.language === 'zh-Hans' ? '、' : ', ');
  }

  duration(milliseconds: number): string {
    const seconds = milliseconds / 1000;
    const [hour, minute, second] = this.language === 'zh-Hans' ? ['小时', '分', '秒'] : ['\u00a0h', '\u00a0min', '\u00a0s'];
    const parts: [number, string | undefined][] = [
      [Math.floor(seconds / 3600), hour],
      [Math.floor(seconds / 60) % 60, minute],
      [Math.round((seconds % 60) * 10) / 10, second],
    ];
    return parts.filter(([value], i) => value > 0 || (i === 2 && seconds < 1)).map(([value, unit]) => `${this.numbers.format(value)}${unit}`).join(this.language === 'zh-Hans' ? '' : ' ');
  }

  size(bytes: number): string {
    const [value, unit] = bytes < 1e6 ? [bytes / 1e3, this.language === 'fr' ? 'ko' : 'kB'] : bytes < 1e9 ? [bytes / 1e6, this.language === 'fr' ? 'Mo' : 'MB'] : [bytes / 1e9, this.language === 'fr' ? 'Go' : 'GB'];
    const digits = value < 10 ? 1 : 0;
    return `${new Intl.NumberFormat(this.language, { maximumFractionDigits: digits }).format(Math.max(bytes === 0 ? 0 : 0.1, value))}\u00a0${unit}`;
  }

  date(rfc3339: string): string {
    return new Intl.DateTimeFormat(this.language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(rfc3339)) + ' UTC';
  }
}

export function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${two(hours)}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Where a range lies, in whole seconds: its begin rounded down, its end up. */
export function range(from: number, to: number): string {
  return `${clock(from)}–${clock(Math.ceil(to / 1000) * 1000)}`;
}

/** A digest or a key in groups of four. */
export function grouped(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}
