/* What the server says and is told: names and shapes of the API's contract, version 1. Later generated from its OpenAPI file.
   Keeps: nothing is added here that the contract lacks. Times in ms, null is not known. */

export type Lang = 'fr' | 'en' | 'zh-Hans';
export type Profile = 'court' | 'press';

export interface ApiErrorBody { id: string; title: string; advice: string; status: number; facts?: Record<string, unknown> }

export interface State { version: string; locked: boolean; case: CaseHead | null; name: string; idle_ms: number; jobs: Job[] }
export interface CaseHead { id: string; exhibits: number; acts: number; head: string; unread: number; untranscribed: number; people: number; damaged: string[] }

export type JobKind = 'intake' | 'transcribe' | 'verify' | 'disclose' | 'index';
export type JobState = 'waiting' | 'running' | 'done' | 'stopped' | 'failed';
export type JobStage = 'finding' | 'sealing' | 'reading' | 'transcribing' | 'indexing' | 'verifying' | 'packing' | 'exporting';
export interface Job {
  id: number; kind: JobKind; state: JobState; stage: JobStage | null; done: number; total: number | null; exhibit: number | null;
  eta_ms: number | null; started_at: string; error: ApiErrorBody | null; result: unknown;
}

export interface Known { known: number | null; wants_sha256: boolean }
export interface UploadReply { fate: 'sealed' | 'duplicate' | 'refused'; exhibit: number | null; source: string; size: number; seal: string | null; id: string | null; detail: string | null }
export interface AddReply {
  sealed: { exhibit: number; source: string; size: number; seal: string }[];
  duplicates: { source: string; exhibit: number }[];
  refused: { source: string; id: string; detail: string }[];
  not_read: { exhibit: number; source: string; findings: Finding[] }[];
  read: number; transcribed: number; stopped: boolean;
}
export interface Finding { id: string; severity: 'note' | 'partial' | 'unread'; detail: string }

export type Kind = 'recording' | 'document' | 'mail' | 'chat' | 'call-log' | 'table' | 'web' | 'text' | 'other' | 'file';
export interface Listed {
  exhibit: number; kind: Kind; seal: string; size: number | null; duration_ms: number | null; source: string; sealed_at: string | null;
  text: 'transcript' | 'transcript-part' | 'reading' | 'corrected' | null; passages: number; findings: string[]; heard_ms: number;
  plans?: Record<Profile, PlanState | null>;
}
export interface PlanState { open: number; strikes: number; reviewer: string | null; current: boolean }
export interface ExhibitPage { total: number; exhibits: Listed[] }
export interface Show {
  exhibit: Listed; root: string; profile: string | null; leaves: number | null; sha256: string | null; within: number | null;
  derived: { what: string; seal: string; compartment: string; about: About | null }[]; custody: LoggedAct[]; heard_ms: number;
}
export interface About { tool: string; kind: string; media_type: string; duration_ms: number | null; passages: number; findings: Finding[]; parameters: [string, string][]; until_ms: number | null }
export interface LoggedAct { index: number; kind: string; compartment: string; seal: string; exhibits: number[]; at: string | null; by: string | null }

export interface ReadingReply { exhibit: number; layer: string; reading: Reading; corrections: Correction[] }
export interface Corrected { reading: Reading; corrections: Correction[] }
export interface Reading {
  version: number; kind: string; media_type: string; metadata: [string, string][]; duration_ms: number | null; passages: Passage[];
  findings: Finding[]; tool: string; parameters: [string, string][];
}
export interface Passage { place: Place; text: string; language: string | null; speaker: string | null; when: string | null; words: Word[] }
/** `at` and `chars` count Unicode scalar values, not UTF-16. `confidence` is per mille. */
export interface Word { at: number; chars: number; start_ms: number; end_ms: number; confidence: number }
export type Place =
  | 'whole'
  | { time: { channel: number | null; start_ms: number; end_ms: number } }
  | { lines: { first: number; last: number } }
  | { message: { number: number } }
  | { row: { number: number; column: number | null } }
  | { page: { number: number; rect: [number, number, number, number] | null } }
  | { part: { name: string; inside: Place } };
export interface Peaks { per_second: number; channels: number; duration_ms: number; peaks: string }
export interface Correction { passage: number; by: string; on: string; before: string; after: string; undone: boolean; id: string }

export interface Heard { exhibit: number; duration_ms: number; heard_ms: number; gaps: [number, number][]; listeners: { listener: string; ranges: [number, number][]; on: string }[] }

export interface SearchReply { total: number; hits: Hit[]; next: string | null }
export interface Hit { exhibit: number; source: string; kind: Kind; language: string; at: string; place: Place; passage: number; text: string; marks: { start: number; end: number; time: [number, number] | null }[] }
export interface Facets { kinds: [string, number][]; languages: [string, number][]; people: [{ id: string; name: string }, number][] }

export type Script = 'han' | 'pinyin' | 'passport' | 'other';
export interface PersonName { script: Script; text: string }
export interface Consent { given: boolean; basis: string; by: string; on: string }
export interface Person {
  id: string; names: PersonName[]; role: string; protected: boolean; red: boolean; note: string | null; relation: string | null;
  aliases: Partial<Record<Profile, string>>; consents: Partial<Record<Profile, Consent>>;
}
export interface NewPerson { names: PersonName[]; role: string; protected: boolean; red: boolean; note: string | null; relation: string | null; instead_of: string | null }
export interface PersonPlace { exhibit: number; source: string; finds: number }

export type Reason = 'name' | 'identifier' | 'private-life' | 'privilege';
export type Sure = 'exact' | 'part' | 'sounds' | 'near';
export interface Strike {
  number: number; passage: number | null; at: number | null; chars: number | null; time: [number, number] | null; person: string | null;
  alias: string | null; reason: Reason; sure: Sure | null; before: string; words: string; after: string;
}
export interface Kept { passage: number; words: string; person: string; reviewer: string; why: string }
export interface Plan { exhibit: number; profile: Profile; reviewer: string | null; current: boolean; strikes: Strike[]; open: Strike[]; kept: Kept[]; cuts: [number, number][]; aside: number }
export interface NewStrike { text?: string; time?: [number, number]; reason: Reason; person?: string }
export type Mode = 'whole' | 'partial' | 'release' | 'text' | 'nothing';
export type Span = { text: string } | { struck: string; reason: string };
export interface Preview { passages: { place: Place; start_ms: number | null; spans: Span[] }[]; cuts: [number, number][]; mode: Mode }

export interface Ask { profile: Profile; exhibits: number[]; recipient: string; purpose: string; language: Lang }
export type GateId = 'reviewed' | 'consent' | 'heard' | 'names' | 'union';
export interface Gate { id: GateId; state: 'open' | 'closed' | 'not-checked'; blocks: Block[] }
export interface Block {
  id: 'not-reviewed' | 'not-heard' | 'name-open' | 'no-consent' | 'opened-before'; exhibit: number; person: string | null; name: string | null;
  refused: boolean; ms: number; gaps: [number, number][]; finds: number;
}
export interface Checked { gates: Gate[]; items: { exhibit: number; kind: Kind; mode: Mode; cuts: number; withheld_ms: number; reasons: [Reason, number][]; reviewer: string | null }[] }
export interface Left { profile: Profile; recipient: string; purpose: string; on: string; items: number }
export interface DiscloseReply {
  bytes: number; signer: string; profile: Profile; aliases: string[];
  items: { number: number; exhibit: number; title: string; mode: Mode; seal: string; cuts: number; hidden: number; reasons: [string, number][] }[]; findings: VFinding[];
}
export type Outcome = 'proven' | 'failed' | 'not-checked';
export interface VFinding { id: string; status: Outcome; subject: string | null; detail: string }
export interface Verdict { verdict: 'nothing-failed' | 'failed'; findings: VFinding[]; words: string[] }

export interface LogPage { lane: string; size: number; root: string; checkpoint: string; acts: LoggedAct[]; damaged: string[] }
export interface CaseVerdict { findings: { id: string; status: Outcome; object: string | null; detail: string }[]; whole: boolean }
export interface Check { id: string; health: 'ok' | 'warning' | 'failed' | 'not-checked'; detail: string }
