/* The screens: one line each. A new screen is one line here, one file, one message `web-screen-ID`. */
import type { Component } from 'svelte';
import type { CaseHead } from './types';

export interface Screen { id: string; group: number; load: () => Promise<{ default: Component }>; count?: (head: CaseHead) => number; dock?: boolean; hidden?: boolean }

export const screens: readonly Screen[] = [
  { id: 'home', group: 1, load: () => import('../screens/Home.svelte'), dock: true },
  { id: 'intake', group: 1, load: () => import('../screens/Intake.svelte'), count: (head) => head.unread },
  { id: 'exhibits', group: 1, load: () => import('../screens/Exhibits.svelte'), count: (head) => head.exhibits, dock: true },
  { id: 'search', group: 1, load: () => import('../screens/Search.svelte'), dock: true },
  { id: 'people', group: 2, load: () => import('../screens/People.svelte'), count: (head) => head.people, dock: true },
  { id: 'redact', group: 3, load: () => import('../screens/Redact.svelte') },
  { id: 'disclose', group: 3, load: () => import('../screens/Disclose.svelte') },
  { id: 'bundles', group: 3, load: () => import('../screens/Bundles.svelte') },
  { id: 'custody', group: 3, load: () => import('../screens/Custody.svelte') },
  { id: 'settings', group: 3, load: () => import('../screens/Settings.svelte') },
  { id: 'read', group: 1, load: () => import('../screens/Reader.svelte'), hidden: true },
];
