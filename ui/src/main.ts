/* Starts the app: looks first, then words, then the session. */
import { mount } from 'svelte';
import './style/base.css';
import App from './App.svelte';
import { prefs } from './lib/prefs.svelte';
import { session } from './lib/session.svelte';
import { words } from './lib/words.svelte';

const root = document.getElementById('app');
if (root) {
  if (prefs.theme !== 'system') document.documentElement.dataset['theme'] = prefs.theme;
  await words.load(prefs.lang).catch(() => undefined);
  session.start();
  mount(App, { target: root });
}
