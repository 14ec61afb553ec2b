/* What a person prefers of the interface. Keeps: only looks are written to the browser (theme, language, keys); a name, an
   edit or anything of the case stays in memory. */
import type { Lang } from './types';

export type Theme = 'system' | 'light' | 'dark';
/** How a document's pages are shown: as they look, or as text. */
export type PagesView = 'drawn' | 'text';
const LANGS: readonly Lang[] = ['en', 'fr', 'zh-Hans'];
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

function stored<V extends string>(key: string, allowed: readonly V[]): V | null {
  try {
    const value = localStorage.getItem(`casemate.${key}`);
    return allowed.find((one) => one === value) ?? null;
  } catch {
    return null;
  }
}
function store(key: string, value: string): void {
  try { localStorage.setItem(`casemate.${key}`, value); } catch { /* a browser without storage forgets the looks, nothing else */ }
}
function spoken(): Lang {
  for (const tag of navigator.languages) {
    if (tag.startsWith('zh')) return 'zh-Hans';
    if (tag.startsWith('fr')) return 'fr';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}

class Prefs {
  lang = $state<Lang>(stored('lang', LANGS) ?? spoken());
  theme = $state<Theme>(stored('theme', THEMES) ?? 'system');
  /** Shortcuts of one letter (WCAG 2.1.4 lets them be turned off). */
  singleKeys = $state(stored('keys', ['on', 'off']) !== 'off');
  pages = $state<PagesView>(stored('pages', ['drawn', 'text']) ?? 'drawn');
  /** Keep an unsaved edit in memory when the case locks: asked for, never by default. */
  keepDraft = $state(false);
  /** The name that acts are signed with. Memory only. */
  me = $state('');

  setLang(lang: Lang): void { this.lang = lang; store('lang', lang); }
  setTheme(theme: Theme): void { this.theme = theme; store('theme', theme); }
  showPages(view: PagesView): void { this.pages = view; store('pages', view); }
  setSingleKeys(on: boolean): void { this.singleKeys = on; store('keys', on ? 'on' : 'off'); }
}
export const prefs = new Prefs();
export const languages = LANGS;
export const themes = THEMES;
