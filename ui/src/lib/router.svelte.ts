/* The place in the app, kept in the fragment of the address: it is never sent to the server nor to another page.
   Keeps: what somebody types (a query, a name) is never written into an address, for browsers keep addresses on the disk;
   numbers, times, passages are. Does not know: which screens exist. */
export interface Where { screen: string; id: string | null; sub: string | null; at: Record<string, string> }

export function parse(fragment: string): Where {
  const [path = '', query = ''] = fragment.replace(/^#?\/?/, '').split('?');
  const [screen, id, sub] = path.split('/').map(decodeURIComponent);
  return { screen: screen || 'home', id: id || null, sub: sub || null, at: Object.fromEntries(new URLSearchParams(query)) };
}
export function link(screen: string, id?: string | number | null, at: Record<string, string | number | null | undefined> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(at)) if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  const text = params.toString();
  return `#/${screen === 'home' ? '' : screen}${id === undefined || id === null ? '' : `/${encodeURIComponent(String(id))}`}${text ? `?${text}` : ''}`;
}

class Router {
  where = $state<Where>(parse(location.hash));
  constructor() {
    addEventListener('hashchange', () => { this.where = parse(location.hash); });
  }
  go(to: string): void { if (to !== location.hash) location.hash = to.replace(/^#/, ''); }
  /** Says where one is without a new step of history: the time that plays, a tab. */
  note(at: Record<string, string | number | null>): void {
    const { screen, id, sub } = this.where;
    const all: Record<string, string | number | null> = { ...this.where.at, ...at };
    history.replaceState(null, '', link(screen, id === null ? null : sub ? `${id}/${sub}` : id, all));
    this.where = parse(location.hash);
  }
}
export const router = new Router();
