// What the page and its worker say to each other. The worker has the file and the core; the page has the words.
import type { Verdict } from '../core/verify.ts';

export type Ask = { readonly kind: 'check'; readonly file: File; readonly keys: string } | { readonly kind: 'compare'; readonly keys: string };

/** Heights of sound, 0 … 1, by item number; where the codec is one that the worker reads. */
export type Peaks = ReadonlyMap<number, Float32Array>;

export type Answer =
  | { readonly kind: 'bytes'; readonly done: number; readonly of: number }
  | { readonly kind: 'item'; readonly item: number; readonly of: number }
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly peaks: Peaks; readonly understood: boolean }
  | { readonly kind: 'unreadable'; readonly cause: string };
