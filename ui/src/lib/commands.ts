/* What the palette offers. Keeps: everything here is also reachable without it. */
import { languages, prefs, themes } from './prefs.svelte';
import { link, router } from './router.svelte';
import { screens } from './screens';
import { session } from './session.svelte';
import { t } from './words.svelte';

export interface CommandEntry { id: string; word: string; run: () => void }

export function commands(): CommandEntry[] {
  return [
    ...screens.filter((screen) => !screen.hidden).map((screen) => ({ id: screen.id, word: t(`web-screen-${screen.id}`), run: () => router.go(link(screen.id)) })),
    { id: 'verify', word: t('web-custody-verify'), run: () => router.go(link('custody', null, { verify: 1 })) },
    { id: 'lock', word: t('web-lock-now'), run: () => void session.lock() },
    ...themes.map((theme) => ({ id: `theme-${theme}`, word: `${t('web-theme')}: ${t(`web-theme-${theme}`)}`, run: () => prefs.setTheme(theme) })),
    ...languages.map((lang) => ({ id: `lang-${lang}`, word: `${t('web-language')}: ${new Intl.DisplayNames(lang, { type: 'language' }).of(lang) ?? lang}`, run: () => prefs.setLang(lang) })),
  ];
}
