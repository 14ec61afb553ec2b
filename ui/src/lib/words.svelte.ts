/* The words of the interface, from the program's own Fluent catalogue. Keeps: a missing message reads [id], never nothing.
   Does not know: which messages exist. */
import { FluentBundle, FluentNumber, FluentResource } from '@fluent/bundle';
import { paths, speak } from './api';
import type { Lang } from './types';

export type Args = Record<string, string | number>;

/** French no-break spaces, as the program's catalogue sets them; doing it twice changes nothing. */
function french(source: string): string {
  return source.replace(/ (?=[;!?])/g, '\u202f').replace(/ (?=[:»])/g, '\u00a0').replace(/« /g, '«\u00a0');
}

/** The catalogue is typed with what a keyboard has; a page is set with the real sign. */
const apostrophes = (source: string): string => source.replace(/(\p{L})'(?=\p{L}|\{)/gu, '$1\u2019');

/* The program gives its words to whoever has a session. A page without one must say so in words all the same: the same
   catalogue, built in, fetched only then. */
const BUILT_IN: Record<Lang, () => Promise<{ default: string }>> = {
  en: () => import('../../../crates/words/messages/en/web.ftl?raw'),
  fr: () => import('../../../crates/words/messages/fr/web.ftl?raw'),
  'zh-Hans': () => import('../../../crates/words/messages/zh-Hans/web.ftl?raw'),
};
async function sourceOf(lang: Lang): Promise<string> {
  const response = await fetch(paths.messages(lang), { credentials: 'same-origin' });
  if (response.ok) return response.text();
  if (response.status === 401) return (await BUILT_IN[lang]()).default;
  throw new Error(lang);
}

/** Values that name something: never grouped as counts are. */
const NAMES = new Set(['number', 'exhibit', 'passage']);

class Words {
  lang = $state<Lang>('en');
  #bundle = $state.raw<FluentBundle | null>(null);
  ready = $derived(this.#bundle !== null);

  async load(lang: Lang): Promise<void> {
    const source = await sourceOf(lang);
    const bundle = new FluentBundle(lang, { useIsolating: false });
    const set = apostrophes(source);
    bundle.addResource(new FluentResource(lang === 'fr' ? french(set) : set), { allowOverrides: true });
    this.#bundle = bundle;
    this.lang = lang;
    speak(lang);
    document.documentElement.lang = lang;
  }

  say(id: string, args?: Args): string {
    const bundle = this.#bundle;
    const pattern = bundle?.getMessage(id)?.value;
    if (!bundle || !pattern) return `[${id}]`;
    const values: Record<string, string | FluentNumber> = {};
    const grouping: Intl.NumberFormatOptions = bundle.locales[0] === 'fr' ? { useGrouping: 'min2' as unknown as boolean } : {};
    for (const [name, value] of Object.entries(args ?? {})) values[name] = typeof value === 'number' ? new FluentNumber(value, NAMES.has(name) ? { useGrouping: false } : grouping) : value;
    return bundle.formatPattern(pattern, values, []);
  }

  has(id: string): boolean { return this.#bundle?.hasMessage(id) ?? false; }
}
export const words = new Words();
export const t = (id: string, args?: Args): string => words.say(id, args);
/** The message `id`, or `otherwise` where the program knows a word that this catalogue lacks. */
export const tOr = (id: string, otherwise: string, args?: Args): string => (words.has(id) ? words.say(id, args) : otherwise);
