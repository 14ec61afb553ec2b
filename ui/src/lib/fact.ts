/* A fact that the program tells by its id: worded here. Keeps: one without words reads as its values, never as nothing. */
import { moment } from './format';
import type { Fact } from './types';
import { tOr, type Args } from './words.svelte';

export function fact(of: Fact): string {
  const args: Args = { ...of.args };
  if (typeof args['fence'] === 'string') args['fence'] = tOr(`cli-fence-${args['fence']}`, args['fence']);
  if (typeof args['time'] === 'string') args['time'] = moment(args['time']);
  return tOr(`cli-fact-${of.id}`, Object.values(args).join(' '), args);
}
