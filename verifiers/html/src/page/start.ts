// The empty page: where a bundle is dropped or chosen, and the key that was told by another way.
import { h, svg } from './dom.ts';
import type { Words } from './words.ts';

export interface Start {
  check(file: File, key: string): void;
}

function dropped(event: DragEvent): File | 'several' | 'folder' | null {
  const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  if (items.length > 1) return 'several';
  const [item] = items;
  if (item?.webkitGetAsEntry?.()?.isDirectory === true) return 'folder';
  return item?.getAsFile() ?? null;
}

/** A sheet with a seal: what lies sealed, in line. */
function emblem(): SVGElement {
  return svg('svg', { class: 'emblem', viewBox: '0 0 48 48', 'aria-hidden': 'true' },
    svg('path', { d: 'M10 44V22a14 14 0 0 1 28 0v22M17 44V23a7 7 0 0 1 14 0v21M4 44h40' }));
}

export function start(words: Words, actions: Start, typed: string, trouble: string | null): HTMLElement {
  const key = h('input', { id: 'key', type: 'text', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'key-help', value: typed });
  const chosen = h('input', { id: 'file', type: 'file', accept: '.zip', class: 'hidden', change: () => chosen.files?.[0] !== undefined && actions.check(chosen.files[0], key.value) });
  const status = h('p', { class: 'hint bad', role: 'alert' }, trouble);
  const zone = h('label', { class: 'drop', for: 'file' }, emblem(), h('span', { class: 'choose' }, words.say('start-choose')), h('span', {}, words.say('start-drop')));
  const main = h('main', { class: 'sheet start' },
    h('p', { class: 'over' }, words.say('page-offline')),
    h('h1', { tabindex: -1 }, words.say('start-head')),
    h('p', { class: 'lede' }, words.say('start-lede')),
    chosen, zone, status,
    h('div', { class: 'compare' }, h('label', { for: 'key' }, words.say('start-key')), key, h('p', { id: 'key-help', class: 'hint' }, words.say('start-key-help'))),
    h('ul', { class: 'promise' }, ...[1, 2, 3].map((i) => h('li', { class: 'out' }, words.say(`start-three-${i}`)))),
    h('footer', {}, h('p', { class: 'small' }, words.say('foot'))));
  main.addEventListener('dragover', (event) => {
    event.preventDefault();
    main.classList.add('over-it');
  });
  main.addEventListener('dragleave', () => main.classList.remove('over-it'));
  main.addEventListener('drop', (event) => {
    event.preventDefault();
    main.classList.remove('over-it');
    const file = dropped(event);
    if (file === 'several') status.textContent = words.say('start-only-one');
    else if (file === 'folder' || file === null) status.textContent = words.say('start-not-a-file');
    else actions.check(file, key.value);
  });
  return main;
}
