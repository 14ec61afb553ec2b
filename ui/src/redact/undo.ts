/* A find as the screen knows it, and the opposite of each act on a plan. Keeps: an act is undone by an act, so that the log says
   both. The server numbers strikes and open finds each from 1 and anew after every act: a number names a find only within the plan
   that it came with. */
import { api } from '../lib/api';
import { span } from '../lib/format';
import type { NewStrike, Plan, Strike } from '../lib/types';
import { t } from '../lib/words.svelte';

export interface Undoing { line: string; run: () => Promise<Plan> }
/** What stays the same of a strike when others come and go. */
export const keyOf = (one: Strike): string => [one.passage, one.at, one.chars, one.passage === null ? one.time : '', one.person, one.reason].join('/');
export const audienceOf = (plan: Plan): { exhibit: number; audience: string } => ({ exhibit: plan.exhibit, audience: t(`profile-${plan.profile}`) });
const named = (one: Strike): string => one.words || (one.time ? span(one.time) : '');

export const likeOf = (one: Strike): NewStrike => ({ ...(one.words ? { text: one.words } : one.time ? { time: one.time } : {}), reason: one.reason, ...(one.person ? { person: one.person } : {}) });
export const strikeLine = (plan: Plan, what: NewStrike): string => (what.text === undefined && what.time ? t('web-will-cut', { ...audienceOf(plan), time: span(what.time) }) : t('web-will-strike', { ...audienceOf(plan), words: what.text ?? '' }));
export const dropLine = (plan: Plan, words: string): string => t('web-will-drop', { ...audienceOf(plan), words });

/** Undoes what added strikes: drops those that came, the highest number first, for each act numbers them anew. */
export function undoAdded(before: Plan, after: Plan): Undoing | null {
  const had = new Set(before.strikes.map(keyOf));
  const came = after.strikes.filter((one) => !had.has(keyOf(one)));
  if (came.length === 0) return null;
  return {
    line: dropLine(after, [...new Set(came.map(named))].join(', ')),
    run: async () => {
      let now = after;
      for (const one of came.toSorted((a, b) => b.number - a.number)) now = await api.drop(after.exhibit, after.profile, one.number);
      return now;
    },
  };
}
/** Undoes what took a strike away: strikes the same again. */
export const undoGone = (plan: Plan, gone: Strike): Undoing => ({ line: strikeLine(plan, likeOf(gone)), run: () => api.strike(plan.exhibit, plan.profile, likeOf(gone)) });
/** Undoes another time of what is struck in one place: each strike as it was. */
export function undoRetime(after: Plan, before: readonly Strike[]): Undoing | null {
  const [one] = before;
  if (!one?.time) return null;
  return {
    line: t('web-will-retime', { ...audienceOf(after), words: one.words, time: span(one.time) }),
    run: async () => {
      let now = after;
      for (const strike of before) {
        const here = now.strikes.find((other) => keyOf(other) === keyOf(strike));
        if (here && strike.time) now = await api.retime(after.exhibit, after.profile, here.number, strike.time);
      }
      return now;
    },
  };
}
