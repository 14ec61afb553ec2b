/* Shortcuts: bound in one way, so that the list behind `?` is what really works. Keeps: a shortcut of one letter never fires
   while somebody types, nor when such shortcuts are turned off. Does not know: what a key does. */
import { untrack } from 'svelte';
import { tinykeys } from 'tinykeys';
import { prefs } from './prefs.svelte';
import { tOr } from './words.svelte';

export interface Shortcut { key: string; shown: string; word: string; run: (event: KeyboardEvent) => void; typing?: boolean }
export const PANIC_KEY = 'Escape';
export const PANIC_WITHIN_MS = 500;

class Keys {
  /** What is bound now, by screen: for the help. */
  bound = $state.raw<Shortcut[]>([]);
  bind(shortcuts: Shortcut[]): () => void {
    untrack(() => { this.bound = [...this.bound, ...shortcuts]; });
    const off = tinykeys(window, Object.fromEntries(shortcuts.map((one) => [one.key, (event: KeyboardEvent) => this.#fire(one, event)])));
    return () => { off(); untrack(() => { this.bound = this.bound.filter((one) => !shortcuts.includes(one)); }); };
  }
  #fire(one: Shortcut, event: KeyboardEvent): void {
    const single = !/\$mod|Control|Alt|Meta/.test(one.key);
    if (single && one.key !== 'Escape' && (!prefs.singleKeys || event.ctrlKey || event.metaKey || event.altKey)) return;
    if (!one.typing && isTyping(event)) return;
    if (single && document.querySelector('[role="dialog"]')) return;
    event.preventDefault();
    one.run(event);
  }
}
export const keys = new Keys();

/** Ctrl Shift Enter as the language's keyboards print it. */
export const keyName = (shown: string): string => shown.split(' ').map((key) => (key.length > 1 ? tOr(`web-keyname-${key.toLowerCase()}`, key) : key)).join(' ');

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type) || ((target.type === 'range') && event.key.startsWith('Arrow'));
  // Space and Enter press the button that has the focus; a link is followed by Enter alone.
  const pressed = 'button, summary, [role="option"]';
  return (event.key === ' ' && target.closest(pressed) !== null) || (event.key === 'Enter' && target.closest(`a, ${pressed}`) !== null);
}

/** A click on `what` does not take the focus: a key goes on to mean what it meant, and not the same click again. */
export const keepsFocus = (what: string) => (event: MouseEvent): void => { if ((event.target as Element).closest(what)) event.preventDefault(); };

/** Pressed twice quickly, the panic key calls `run`. */
export function onPanic(run: () => void): () => void {
  let last = 0;
  const listen = (event: KeyboardEvent): void => {
    if (event.key !== PANIC_KEY || event.repeat) return;
    // What closes a dialog is no half of a panic: a third press makes it one.
    if (document.querySelector('dialog[open], [role="dialog"]') !== null) { last = 0; return; }
    if (event.timeStamp - last < PANIC_WITHIN_MS) run();
    last = event.timeStamp;
  };
  addEventListener('keydown', listen, { capture: true });
  return () => removeEventListener('keydown', listen, { capture: true });
}
