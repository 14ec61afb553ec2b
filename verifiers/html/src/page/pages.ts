// Pages as pictures, one at a time: drawn from the file of pictures that was proven, byte for byte. Black is what is withheld, and
// where a whole width is, it says so. Memory: one page.
import type { Seen } from '../core/item.ts';
import { unpack } from '../profiles/packbits.ts';
import type { ShownPage } from '../profiles/profile.ts';
import { h, svg } from './dom.ts';
import type { Words } from './words.ts';

const OPAQUE = 255;

async function draw(canvas: HTMLCanvasElement, file: Blob, page: ShownPage): Promise<void> {
  const { width, height, colour, at, length } = page;
  const packed = new Uint8Array(await file.slice(at, at + length).arrayBuffer());
  const pixels = unpack(packed, width * height * (colour ? 3 : 1));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws no pictures');
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let plane = 0; plane < 3; plane++) image.data[4 * i + plane] = pixels[colour ? 3 * i + plane : i] as number;
    image.data[4 * i + 3] = OPAQUE;
  }
  context.putImageData(image, 0, 0);
}

function arrow(direction: 'previous' | 'next'): SVGElement {
  return svg('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' }, svg('path', { d: direction === 'previous' ? 'M8 1L3 6l5 5' : 'M4 1l5 5-5 5' }));
}

/** Where a page's whole width is withheld, as words over the black. */
function bands(words: Words, { height, bands: all }: ShownPage): HTMLElement[] {
  return all.map(([from, to]) => {
    const label = h('span', { class: 'band', 'aria-hidden': 'true' }, words.say('column-withheld'));
    label.style.top = `${((from + to) / 2 / height) * 100}%`;
    return label;
  });
}

export function pages(words: Words, title: string, seen: Seen, file: Blob): HTMLElement {
  let now = 0;
  let large = false;
  const name = h('span', { class: 'page-name', role: 'status' });
  const trouble = h('p', { class: 'hint', role: 'status' });
  const sheet = h('div', { class: 'page' });
  const view = h('div', { class: 'pages', tabindex: 0, role: 'group' }, sheet);
  const show = async (): Promise<void> => {
    const turn = now;
    const page = seen.pages[now];
    if (page === undefined) return;
    const said = words.say('page-of', { page: now + 1, of: seen.pages.length });
    const withheld = page.hidden === 0 ? words.say('page-open') : words.say('page-withheld', { count: page.hidden, of: page.tiles });
    name.textContent = `${said} · ${withheld}`;
    view.setAttribute('aria-label', `${title}, ${said}, ${withheld}`);
    view.classList.toggle('large', large);
    previous.disabled = now === 0;
    next.disabled = now === seen.pages.length - 1;
    size.textContent = words.say(large ? 'page-smaller' : 'page-larger');
    const canvas = h('canvas', { width: page.width, height: page.height, role: 'img', 'aria-label': `${title}, ${said}` });
    try {
      await draw(canvas, file, page);
    } catch {
      trouble.textContent = words.say('page-cant');
    }
    if (turn !== now) return;
    sheet.style.width = large ? `${page.width}px` : '';
    sheet.replaceChildren(canvas, ...bands(words, page));
  };
  const turn = (by: number): void => {
    now = Math.max(0, Math.min(seen.pages.length - 1, now + by));
    view.scrollTop = 0;
    void show();
  };
  const previous = h('button', { type: 'button', class: 'icon', 'aria-label': words.say('page-previous'), click: () => turn(-1) }, arrow('previous'));
  const next = h('button', { type: 'button', class: 'icon', 'aria-label': words.say('page-next'), click: () => turn(1) }, arrow('next'));
  const size = h('button', {
    type: 'button',
    click: () => {
      large = !large;
      void show();
    },
  });
  view.addEventListener('keydown', (event) => {
    const by = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    turn(by);
  });
  void show();
  return h('div', { class: 'recording' }, h('div', { class: 'turn' }, previous, next, name, size), view, trouble, h('p', { class: 'hint' }, words.say('page-hint')));
}
