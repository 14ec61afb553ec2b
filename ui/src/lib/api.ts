/* Every call to the server, in one place: the header against forgery, the language, typed errors.
   Keeps: a failure is always an ApiFault; a locked or missing session is told to whoever listens, once.
   Does not know: screens. */
import type * as T from './types';

const BASE = '/api/v1/';

export class ApiFault extends Error {
  constructor(readonly id: string, readonly title: string, readonly advice: string, readonly status: number) {
    super(id);
  }
  /** The server could not be reached: what was asked may be tried again. */
  get away(): boolean { return this.status === 0; }
}

type Listener = (fault: ApiFault) => void;
let onRefusal: Listener = () => {};
let language: T.Lang = 'en';
export const listenForRefusals = (listener: Listener): void => { onRefusal = listener; };
export const speak = (lang: T.Lang): void => { language = lang; };

function headers(method: string, json: boolean): Record<string, string> {
  const all: Record<string, string> = { 'Accept-Language': language };
  if (method !== 'GET') all['X-Casemate'] = '1';
  if (json) all['Content-Type'] = 'application/json';
  return all;
}

export function faultOf(status: number, body: unknown): ApiFault {
  const error = typeof body === 'object' && body !== null && 'error' in body ? (body as { error: T.ApiErrorBody }).error : null;
  const fault = error
    ? new ApiFault(error.id, error.title, error.advice, error.status)
    : new ApiFault(status === 0 ? 'away' : 'other', '', '', status);
  if (status === 423 || status === 401 || status === 0) onRefusal(fault);
  return fault;
}

async function ask<R>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<R> {
  let response: Response;
  try {
    const sent = body instanceof Blob ? body : body === undefined ? null : JSON.stringify(body);
    response = await fetch(BASE + path, { method, headers: headers(method, body !== undefined && !(body instanceof Blob)), body: sent, signal: signal ?? null, credentials: 'same-origin', cache: 'no-store' });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw faultOf(0, null);
  }
  if (response.status === 204) return undefined as R;
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw faultOf(response.status, answer);
  return answer as R;
}

/** A page that the server drew: the picture, how many pages there are, its size in hundredths of a point. */
export interface PagePicture { png: Blob; pages: number; points: [number, number] | null }
async function picture(path: string, signal?: AbortSignal): Promise<PagePicture> {
  let response: Response;
  try { response = await fetch(BASE + path, { headers: headers('GET', false), signal: signal ?? null, credentials: 'same-origin', cache: 'no-store' }); } catch (cause) { if (signal?.aborted) throw cause; throw faultOf(0, null); }
  if (!response.ok) throw faultOf(response.status, await response.json().catch(() => null));
  const points = (response.headers.get('x-casemate-points') ?? '').split(' ').map(Number);
  return { png: await response.blob(), pages: Number(response.headers.get('x-casemate-pages')) || 1, points: points.length === 2 && points.every((edge) => edge > 0) ? [points[0] ?? 1, points[1] ?? 1] : null };
}

const get = <R>(path: string, signal?: AbortSignal): Promise<R> => ask<R>('GET', path, undefined, signal);
const post = <R>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<R> => ask<R>('POST', path, body, signal);
const query = (values: Record<string, string | number | null | undefined>): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  const text = params.toString();
  return text ? `?${text}` : '';
};
/** What answers are narrowed by; empty is not. */
interface Chosen { kind: string; lang: string; person: string }
const plan = (n: number, profile: T.Profile): string => `exhibits/${n}/plan/${profile}`;

export const api = {
  state: () => get<T.State>('state'),
  unlock: (passphrase: string) => post<T.State>('unlock', { passphrase }),
  lock: () => post<T.State>('lock'),
  seen: () => post<void>('seen'),
  stop: (id: number) => post<T.Job>(`jobs/${id}/stop`),
  job: (id: number) => get<T.Job>(`jobs/${id}`),

  intakePaths: (paths: string[], transcribe: boolean) => post<T.Job>('intake/paths', { paths, transcribe }),
  intakeKnown: (files: { name: string; size: number; sha256: string | null }[]) => post<T.Known[]>('intake/known', { files }),
  intakeRead: (transcribe: boolean) => post<T.Job>('intake/read', { transcribe }),

  exhibits: (offset: number, limit: number, kind = '', q = '') => get<T.ExhibitPage>('exhibits' + query({ offset, limit, kind, q })),
  exhibit: (n: number) => get<T.Show>(`exhibits/${n}`),
  reading: (n: number) => get<T.ReadingReply>(`exhibits/${n}/reading`),
  peaks: (n: number, perSecond: 10 | 50) => get<T.Peaks>(`exhibits/${n}/peaks` + query({ per_second: perSecond })),
  previewPage: (n: number, profile: T.Profile, page: number, signal?: AbortSignal) => picture(`exhibits/${n}/preview/${profile}/pages/${page}`, signal),
  page: (n: number, page: number, width: number, signal?: AbortSignal) => picture(`exhibits/${n}/pages/${page}` + query({ width }), signal),
  correct: (n: number, passage: number, before: string, text: string, by: string) => post<T.Corrected>(`exhibits/${n}/corrections`, { passage, before, text, by }),
  undo: (n: number, id: string, by: string) => post<T.Corrected>(`exhibits/${n}/corrections/${id}/undo`, { by }),
  heard: (n: number) => get<T.Heard>(`exhibits/${n}/heard`),
  hear: (n: number, listener: string, ranges: [number, number][], speed: number) => post<T.Heard>(`exhibits/${n}/heard`, { listener, ranges, speed }),

  search: (q: string, limit: number, after: string | null, order: 'case' | 'best') => get<T.SearchReply>('search' + query({ q, limit, after, order })),
  close: (q: string, chosen: Chosen, limit: number) => get<T.MeaningReply>('search/meaning' + query({ q, ...chosen, limit })),
  facets: (q: string, chosen: Chosen, meaning: boolean, signal?: AbortSignal) => get<T.Facets>('search/facets' + query({ q, ...chosen, meaning: meaning ? 'true' : null }), signal),

  people: () => get<T.Person[]>('people'),
  mergePerson: (id: string, from: string, by: string) => post<T.Person>(`people/${encodeURIComponent(id)}/merge`, { from, by }),
  splitPerson: (id: string, names: T.PersonName[]) => post<T.SplitReply>(`people/${encodeURIComponent(id)}/split`, { names }),
  addPerson: (person: T.NewPerson) => post<T.Person>('people', person),
  alias: (id: string, audience: T.Profile, alias: string) => post<T.Person>(`people/${encodeURIComponent(id)}/alias`, { audience, alias }),
  consent: (id: string, profile: T.Profile, decision: T.Decision, basis: string, by: string) => post<T.Person>(`people/${encodeURIComponent(id)}/consent`, { profile, decision, basis, by }),
  personPlaces: (id: string) => get<T.PersonPlace[]>(`people/${encodeURIComponent(id)}/places`),

  plan: (n: number, profile: T.Profile) => get<T.Plan>(plan(n, profile)),
  propose: (n: number, profile: T.Profile) => post<T.Plan>(`${plan(n, profile)}/propose`),
  strike: (n: number, profile: T.Profile, strike: T.NewStrike) => post<T.Plan>(`${plan(n, profile)}/strike`, strike),
  retime: (n: number, profile: T.Profile, number: number, time: [number, number]) => post<T.Plan>(`${plan(n, profile)}/retime`, { number, time }),
  drop: (n: number, profile: T.Profile, number: number) => post<T.Plan>(`${plan(n, profile)}/drop`, { number }),
  keep: (n: number, profile: T.Profile, which: { number: number } | { within: string }, by: string, why: string) => post<T.Plan>(`${plan(n, profile)}/keep`, { ...which, by, why }),
  accept: (n: number, profile: T.Profile, by: string, looked: number) => post<T.Plan>(`${plan(n, profile)}/accept`, { by, looked }),
  preview: (n: number, profile: T.Profile) => get<T.Preview>(`exhibits/${n}/preview/${profile}`),

  check: (body: T.Ask) => post<T.Checked>('disclosures/check', body),
  disclose: (body: T.Ask) => post<T.Job>('disclosures', body),
  disclosures: () => get<T.Left[]>('disclosures'),
  verify: (bundle: Blob, signer: string) => ask<T.Verdict>('POST', 'verify' + query({ signer: signer || null }), bundle),

  held: () => get<T.HeldFile[]>('held'),
  hold: (file: File) => ask<T.HeldFile>('PUT', 'held' + query({ name: file.name }), file),
  holdMade: (job: number) => post<T.HeldFile>(`disclosures/${job}/hold`),
  takeAway: (id: number) => post<T.HeldFile[]>(`held/${id}/take`),
  verifyHeld: (id: number, known: T.KnownFromElsewhere) => post<T.Verdict>(`held/${id}/verify`, known),
  heldContents: (id: number) => get<T.BundleContents>(`held/${id}/contents`),
  audit: (id: number, asked: T.AuditAsked) => post<T.Job>(`held/${id}/audit`, asked),
  asicQuestion: (id: number) => post<T.StampQuestion>(`held/${id}/asic/question`, {}),
  asicAnswer: (id: number, answer: T.StampAnswer) => post<T.Job>(`held/${id}/asic/answer`, answer),
  asicAsk: (id: number, asked: T.StampOnline) => post<T.Job>(`held/${id}/asic/ask`, asked),
  narrow: (id: number, asked: T.PassOn) => post<T.Job>(`held/${id}/narrow`, asked),

  timestamps: (roots: string[]) => post<T.TimestampStatus>('timestamps/status', { roots }),
  stampQuestion: (policy: string) => post<T.StampQuestion>('timestamps/question', { policy: policy || null }),
  stampAnswer: (answer: T.StampAnswer) => post<T.Timestamped>('timestamps/answer', answer),
  stampAsk: (asked: T.StampOnline) => post<T.Job>('timestamps/ask', asked),
  witnesses: () => get<T.WitnessStatus>('witnesses'),
  witnessRequest: (key: string, old: number | null) => post<T.WitnessQuestion>('witnesses/request', { key, old }),
  witnessAnswer: (answer: T.WitnessAnswer) => post<T.Cosignature>('witnesses/answer', answer),

  exportAll: (folder: string, keys: boolean) => post<T.Job>('export', { folder, keys }),
  log: (offset: number, limit: number, commits: boolean) => get<T.LogPage>('log' + query({ offset, limit, commits: commits ? null : 'false' })),
  verifyCase: () => post<T.Job>('verify-case'),
  settings: () => get<T.Settings>('settings'),
  doctor: () => get<T.Check[]>('doctor'),
};

export const paths = {
  sound: (n: number) => `${BASE}exhibits/${n}/sound`,
  original: (n: number) => `${BASE}exhibits/${n}/original`,
  previewSound: (n: number, profile: T.Profile) => `${BASE}exhibits/${n}/preview/${profile}/sound`,
  bundle: (job: number) => `${BASE}disclosures/${job}/bundle`,
  metadata: (id: number, form: 'ro-crate' | 'case-uco') => `${BASE}held/${id}/metadata/${form}`,
  messages: (lang: T.Lang) => `${BASE}messages/${lang}.ftl`,
  events: `${BASE}events`,
  lock: `${BASE}lock`,
};

/** Sends one file; only this way tells how much has gone. */
export function upload(file: File, path: string, told: (sent: number) => void, signal: AbortSignal): Promise<T.UploadReply> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `${BASE}intake/file` + query({ name: file.name, path, modified_ms: file.lastModified }));
    for (const [name, value] of Object.entries(headers('PUT', false))) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.onprogress = (event) => told(event.loaded);
    request.onload = () => (request.status < 300 ? done(request.response as T.UploadReply) : failed(faultOf(request.status, request.response)));
    request.onerror = () => failed(faultOf(0, null));
    request.onabort = () => failed(new DOMException('', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
