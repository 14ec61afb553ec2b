/* Written by `npm run types` from docs/openapi.json: not to be changed by hand. */

/** What the act of a reading says. */
export interface About {
  /** Milliseconds, of a recording. */
  duration_ms: number | null;
  /** What was not read. */
  findings: Finding[];
  /** What it is. */
  kind: Kind;
  /** MIME type. */
  media_type: string;
  /** Parameters. */
  parameters: [string, string][];
  /** Passages. */
  passages: number;
  /** Who read. */
  tool: string;
  /** Of an interrupted transcript: milliseconds finished; of interrupted OCR: pages. */
  until_ms: number | null;
}

/** What an intake came to. */
export interface AddReply {
  /** There already. */
  duplicates: Duplicate[];
  /** What was read now, kind by kind. */
  kinds: KindTally[];
  /** Sealed, and not read or not whole. */
  not_read: NotRead[];
  /** Exhibits read now. */
  read: number;
  /** Pictures and papers whose text was read off them now. */
  recognised: number;
  /** Not sealed. */
  refused: RefusedFile[];
  /** Sealed now. */
  sealed: Sealed[];
  /** Whether it was stopped before the end: adding the same again goes on. */
  stopped: boolean;
  /** Recordings transcribed now. */
  transcribed: number;
}

/** What the composition root says of an error. */
export interface ApiError {
  /** What to do. */
  advice: string;
  /** Stable id, listed in `docs/errors.md`. */
  id: string;
  /** Reasons one by one, where there are several. */
  reasons: string[];
  /** HTTP status. */
  status: number;
  /** What happened, to what. */
  title: string;
}

/** A container that was made, and what its token says. */
export type AsicMade = TokenSays & { bundle: string };

/** What is to leave, for whom. */
export interface Ask {
  /** Whether what an earlier bundle showed may be hidden now. */
  cover?: boolean;
  exhibits: number[];
  /** Whether originals of texts leave in part beside their text (court), where they can't leave whole. */
  in_part?: boolean;
  language?: Lang;
  profile: Profile;
  purpose?: string;
  recipient?: string;
  /** Whether what an earlier bundle withheld may be shown now. */
  uncover?: boolean;
}

/** A file by what is known of it before it is read. */
export interface AskedFile {
  sha256?: string | null;
  size: number;
}

/** What is looked for. */
export interface AuditAsked {
  /** Bundles of the tray that left before: what the file tells together with them is looked for. */
  earlier?: number[];
  profile?: Profile | null;
}

/** What an audit of one document came to. */
export type AuditVerdict = 'nothing-hidden' | 'not-checked' | 'hides';

/** What an audit found. */
export interface Audited {
  /** The documents inside a bundle, and the bundle last; or the document. */
  files: AuditedFile[];
  names_of: Profile | null;
}

/** An audited document. */
export interface AuditedFile {
  /** As it was named. */
  file: string;
  /** What was found, in the order of the pages. */
  hidden: HiddenThing[];
  /** What it is, told from its content. */
  media_type: string;
  /** Where a name stands that the reader must not learn. */
  names: NameInside[];
  /** What could not be looked at, and why. */
  not_checked: Finding[];
  /** Its pages, where it has some. */
  pages: number | null;
  /** Of a bundle: what it tells with others, and of itself. */
  tells: Tell[];
  /** What it came to. */
  verdict: AuditVerdict;
}

/** A reason to stop. */
export interface Block {
  exhibit: number;
  finds: number;
  gaps: [number, number][];
  id: BlockId;
  /** Unheard, milliseconds; of `not-heard` 0 where nobody could read how long the recording is. */
  ms: number;
  name: string | null;
  person: string | null;
  refused: boolean;
}

/** What keeps a gate shut. */
export type BlockId = 'not-reviewed' | 'not-heard' | 'name-open' | 'identifier-open' | 'no-consent' | 'opened-before' | 'uncovered';

/** What a bundle holds. */
export interface BundleContents {
  /** When it was made, RFC 3339. */
  date: string;
  /** How many passed it on before, the first included. */
  disclosers: number;
  /** None of a press bundle: it proves nothing that could be passed on. */
  items: BundleItem[];
  profile: Profile;
  purpose: string;
  recipient: string;
}

export interface BundleItem {
  divided: Divided;
  duration_ms: number | null;
  made_from: number | null;
  /** Whether there are more rows. */
  more: boolean;
  number: number;
  rows: BundleRow[];
  title: string;
}

export interface BundleRow {
  number: number;
  place: Place | null;
  /** Labels stand in brackets, `[…]` where something is withheld. */
  said: string;
  speaker: string | null;
}

/** Who undoes. */
export interface By {
  by: string;
}

/** Bytes of a file: base64 (RFC 4648 §4). */
export type Bytes = string;

export interface CaseFinding {
  /** The same and more, in English. */
  detail: string;
  exhibit: number | null;
  fact: Fact | null;
  id: string;
  object: string;
  status: Outcome;
}

/** A case at a glance. */
export interface CaseHead {
  /** Acts. */
  acts: number;
  /** What of the log could not be read. */
  damaged: string[];
  /** Exhibits. */
  exhibits: number;
  /** Root of the log, hex. */
  head: string;
  /** Case id, hex. */
  id: string;
  /** People. */
  people: number;
  /** Exhibits that nothing has read yet. */
  unread: number;
  /** Recordings without a transcript. */
  untranscribed: number;
}

/** A verdict on the case. */
export interface CaseVerdict {
  findings: CaseFinding[];
  whole: boolean;
}

/** A line of the doctor. */
export interface Check {
  /** The same in English. */
  detail: string;
  /** What was found: the message `cli-fact-ID` says it. */
  fact: Fact;
  health: Health;
  id: string;
}

/** What would leave. */
export interface Checked {
  gates: Gate[];
  items: CheckedItem[];
}

export interface CheckedItem {
  cuts: number;
  exhibit: number;
  kind: Kind;
  mode: Mode;
  /** Whether pictures of its pages may leave too. */
  pages: boolean;
  reasons: (['name' | 'identifier' | 'private-life' | 'privilege', number])[];
  reviewer: string | null;
  withheld_ms: number;
}

/** A passage that says something close to the query, in whichever language. */
export type CloseHit = Hit & { score: number };

/** Who may read. */
export type Compartment = 'identity' | 'case' | 'press' | 'later';

/** A decision on record. */
export interface Consent {
  /** How it is known; of somebody who can't be asked, why, and why it leaves all the same. */
  basis: string;
  /** Who recorded it. */
  by: string;
  /** What was decided. */
  decision: Decision;
  /** When, RFC 3339. */
  on: string;
}

/** A bundle in a container with a time-stamp. */
export interface Contained {
  /** Its name when it is saved. */
  file: string;
  /** What the token says. */
  says: AsicMade;
}

/** A correction as it is listed. */
export interface Correction {
  /** What stands there now. */
  after: string;
  /** What stood there. */
  before: string;
  /** Who. */
  by: string;
  /** Id, 32 hex digits. */
  id: string;
  /** When, RFC 3339, by this machine's clock. */
  on: string;
  /** Passage, from 0. */
  passage: number;
  /** Whether it was undone. */
  undone: boolean;
}

/** A cosignature of the log. */
export interface Cosignature {
  /** Its key, as it publishes it. */
  key: string;
  /** Entries of the checkpoint. */
  size: number;
  /** When it cosigned, RFC 3339, by its own clock. */
  time: string;
  /** The witness's name. */
  witness: string;
}

/** What was decided about a person and a kind of recipient. */
export type Decision = 'agreed' | 'unasked' | 'refused';

/** A derivative, as its act says. */
export interface Derived {
  about: About | null;
  /** Compartment. */
  compartment: Compartment;
  /** First 16 hex digits of its root. */
  seal: string;
  /** What it is. */
  what: string;
}

/** A bundle that left. */
export interface DiscloseReply {
  aliases: string[];
  bytes: number;
  /** Its name when it is saved. */
  file: string;
  findings: VerifyFinding[];
  items: DisclosedItem[];
  originals_stay: OriginalStays[];
  pages_stay: PagesStay[];
  profile: Profile;
  signer: string;
}

export interface DisclosedItem {
  cuts: number;
  exhibit: number;
  hidden: number;
  mode: Mode;
  number: number;
  reasons: (['name' | 'identifier' | 'private-life' | 'privilege', number])[];
  seal: string;
  title: string;
}

/** How an item of a bundle is divided. */
export type Divided = 'time' | 'passages' | 'lines' | 'rows' | 'pages' | 'never';

/** A file that was there already. */
export interface Duplicate {
  /** The exhibit with the same bytes. */
  exhibit: number;
  /** Its path, or the exhibit that held it. */
  source: string;
}

/** A page of the list. */
export interface ExhibitPage {
  /** This page's. */
  exhibits: Listed[];
  /** How many there are in all. */
  total: number;
}

/** Where the originals go. */
export interface Export {
  /** A folder of this machine, by its whole path; files in it are never overwritten. */
  folder: string;
  /** Whether the key of each original is written too, so that a stock age opens the case's own files. */
  keys?: boolean;
}

/** What was written. */
export interface ExportReply {
  /** Bytes written now. */
  bytes: number;
  /** What could not be written. */
  failed: NotExported[];
  /** The folder. */
  folder: string;
  /** Key files written. */
  keys: number;
  /** Originals that were there already, compared byte for byte. */
  same: number;
  /** Originals written now. */
  written: number;
}

/** How answers are spread. */
export interface Facets {
  kinds: (['recording' | 'document' | 'mail' | 'chat' | 'call-log' | 'table' | 'web' | 'text' | 'other', number])[];
  languages: [string, number][];
  people: [{ id: string; name: string }, number][];
}

/** A fact by its id and what it is about. */
export interface Fact {
  args: Record<string, FactArg>;
  id: string;
}

/** A value of a fact. */
export type FactArg = number | string;

/** What became of a file. */
export type Fate = 'sealed' | 'duplicate' | 'refused';

/** What a reader could not do, by a stable id. */
export interface Finding {
  /** Facts in English, without content of the exhibit. */
  detail: string;
  /** Stable id, kebab-case (`truncated`, `encrypted`, `worker-killed-memory` …); listed in `docs/errors.md`. */
  id: string;
  /** How bad. */
  severity: Severity;
}

/** A gate and what keeps it shut. */
export interface Gate {
  /** Of the union: aliases by which another audience knows somebody, left open in what is said here. They stop nothing. */
  aliases: OtherAlias[];
  /** Of the union: places that are let pass on request, though an earlier bundle treated them otherwise. */
  allowed: number;
  blocks: Block[];
  id: GateId;
  /** Of consent: how many described people were looked for in what leaves. Whoever is not described is not checked. */
  people: number | null;
  state: GateState;
  /** Of consent: how many of them can't be asked, and leave on the word of whoever recorded that. */
  unasked: number;
}

/** A gate of a disclosure. */
export type GateId = 'reviewed' | 'consent' | 'heard' | 'names' | 'union';

/** Whether a gate lets through. */
export type GateState = 'open' | 'closed' | 'not-checked';

/** What one look of the doctor came to. */
export type Health = 'ok' | 'warning' | 'not-checked';

/** What has been heard of a recording. */
export interface Heard {
  /** Duration in milliseconds. */
  duration_ms: number;
  /** The exhibit's number. */
  exhibit: number;
  /** What nobody has heard, [start, end] in milliseconds. */
  gaps: [number, number][];
  /** Milliseconds heard. */
  heard_ms: number;
  /** Who listened. */
  listeners: Listening[];
}

/** A file on the tray. */
export interface HeldFile {
  /** Whether it begins as a bundle does; nothing else can be verified, passed on or described. */
  bundle: boolean;
  bytes: number;
  /** Its number, given once. */
  id: number;
  name: string;
}

/** One thing found, as it is told. */
export interface HiddenThing {
  /** How many characters, pictures or bytes. */
  count: number;
  /** Whether it is hidden badly; else it is carried along and worth a look. */
  hides: boolean;
  /** How it is hidden, an id of `docs/audit.md`. */
  how: Hiding;
  /** Page from 1. */
  page: number | null;
  /** Hundredths of a point from the top left of the page as it is drawn: x, y, width, height. */
  rect: [number, number, number, number] | null;
  /** What it says. */
  words: string;
}

/** How something is in the document without being seen. */
export type Hiding = 'covered' | 'same-colour' | 'invisible' | 'outside' | 'clipped' | 'tiny' | 'layer-off' | 'hidden-annotation' | 'marked-for-redaction' | 'picture-covered' | 'earlier-version' | 'unreferenced' | 'unreferenced-picture' | 'label' | 'attachment' | 'metadata' | 'comment';

/** A passage that answers. */
export interface Hit {
  /** Where in the exhibit, for people: the second of the first marked word, the line, the message. */
  at: string;
  /** The exhibit. */
  exhibit: number;
  /** What it is. */
  kind: Kind;
  /** Language, where told apart. */
  language: string;
  /** What answers, in `text`. */
  marks: Mark[];
  /** Index of the passage in its reading. */
  passage: number;
  /** Where the passage stands in the exhibit. */
  place: Place;
  /** Where it came from. */
  source: string;
  /** What it says, around the hit. */
  text: string;
}

/** What an identifier is that stands in a text. */
export type IdentifierKind = 'email' | 'phone' | 'document' | 'account' | 'handle' | 'birth-date' | 'address';

/** Files that may be here already. */
export interface IntakeKnown {
  files: AskedFile[];
}

/** Files and folders of this machine. */
export interface IntakePaths {
  paths: string[];
  transcribe: boolean;
}

/** Whether recordings are transcribed too. */
export interface IntakeRead {
  transcribe: boolean;
}

/** A job as it is told of. */
export interface Job {
  /** Units done. */
  done: number;
  error: ApiError | null;
  /** Milliseconds that are left, by the pace so far. */
  eta_ms: number | null;
  /** The exhibit that is worked on. */
  exhibit: number | null;
  /** Number, from 1. */
  id: number;
  /** What it does. */
  kind: JobKind;
  result: JobResult | null;
  stage: JobStage | null;
  /** When it was asked for, RFC 3339, by this machine's clock. */
  started_at: string;
  /** Where it is. */
  state: JobState;
  /** Units in all, where known. */
  total: number | null;
}

/** What a job does. */
export type JobKind = 'intake' | 'transcribe' | 'verify' | 'disclose' | 'narrow' | 'asic' | 'audit' | 'timestamp' | 'export';

/** What a job came to, by its kind. */
export type JobResult = AddReply | CaseVerdict | DiscloseReply | PassedOn | Contained | Audited | StampedOnline | ExportReply;

/** What is going on. */
export type JobStage = 'finding' | 'sealing' | 'reading' | 'recognising' | 'transcribing' | 'indexing' | 'understanding' | 'verifying' | 'drawing' | 'packing' | 'exporting';

/** Where a job is. */
export type JobState = 'waiting' | 'running' | 'done' | 'stopped' | 'failed';

/** A find judged to be no name, or an identifier judged to be harmless. */
export interface Kept {
  /** Passage, from 0. */
  passage: number;
  /** Whose name it is not; nobody's where it is an identifier. */
  person: string | null;
  /** Who judged. */
  reviewer: string;
  /** Why. */
  why: string;
  /** The words. */
  words: string;
}

/** The case's keys, and what guards them. */
export interface KeysReply {
  /** When a backup was last made, RFC 3339. Always null as yet: no command makes one. */
  backup: string | null;
  /** The case's id, hex. */
  case: string;
  /** The compartments that are open here. */
  compartments: Compartment[];
  /** The lanes of all devices, the own one first. */
  lanes: Lane[];
  /** Who may open the case; as yet its owner alone. */
  members: Member[];
  /** When recovery was last tried, RFC 3339. Always null as yet: nothing sets it up. */
  recovery: string | null;
}

/** What an exhibit is. */
export type Kind = 'recording' | 'document' | 'mail' | 'chat' | 'call-log' | 'table' | 'web' | 'text' | 'other' | 'file';

/** One kind. */
export interface KindTally {
  /** The kind. */
  kind: Kind;
  /** Exhibits of which a part was not read. */
  partly: number;
  /** Exhibits read whole. */
  read: number;
  /** Milliseconds that it took, all workers together. */
  took_ms: number;
  /** Exhibits of which nothing was. */
  unread: number;
  /** Why, by finding: how many exhibits it is said of. */
  why: Record<string, number>;
}

/** Whether bytes are here already. */
export interface Known {
  known: number | null;
  wants_sha256: boolean;
}

/** What is known from elsewhere. */
export interface KnownFromElsewhere {
  /** Roots of time-stamping authorities. */
  roots?: Pem[];
  /** Keys that the sender told by another way, 64 hex digits each; none: those of this case are known. */
  signers?: string[];
  /** Keys of witnesses, as these publish them. */
  witnesses?: string[];
}

/** A device's log and keys. */
export interface Lane {
  /** The key that signs its disclosures, 64 hex digits: what a court's bundle names. */
  disclosure_key: string;
  /** Entries that are at hand. */
  entries: number;
  /** The lane, 64 hex digits. */
  id: string;
  /** The key that signs its checkpoints, 64 hex digits. */
  lane_key: string;
  /** Whether it is this device's. */
  own: boolean;
  /** What its person is in the case. */
  role: string;
  /** The time of its first act that has one, RFC 3339, by that device's clock: it began then or before. */
  since: string | null;
}

/** A language of the product. */
export type Lang = 'en' | 'fr' | 'zh-Hans';

/** A language that texts are told apart by. */
export type Language = 'zh' | 'en' | 'fr';

/** Which text of an exhibit is read. */
export type Layer = 'transcript' | 'transcript-part' | 'reading' | 'corrected';

/** A bundle that left before. */
export interface Left {
  /** Numbers of the exhibits of which something left. */
  exhibits: number[];
  items: number;
  on: string;
  profile: Profile;
  purpose: string;
  recipient: string;
}

/** A line of the list. */
export interface Listed {
  /** Milliseconds, of a recording. */
  duration_ms: number | null;
  /** Number. */
  exhibit: number;
  /** Ids of what was not read. */
  findings: string[];
  /** Milliseconds that named people have heard, of a recording. */
  heard_ms: number;
  /** What it is. */
  kind: Kind;
  /** What else is worth knowing of how it was read, by id. */
  notes: string[];
  /** Passages of its text. */
  passages: number;
  /** Its redaction plans. */
  plans: PlanStates;
  /** First 16 hex digits of its root. */
  seal: string;
  /** When it was sealed, RFC 3339, by this machine's clock. */
  sealed_at: string | null;
  /** Bytes. */
  size: number | null;
  /** Where it came from. */
  source: string;
  text: Layer | null;
}

/** Who listened to what. */
export interface Listening {
  /** Name. */
  listener: string;
  /** When it was recorded, RFC 3339. */
  on: string;
  /** Milliseconds [start, end]. */
  ranges: [number, number][];
}

/** The log. */
export interface Log {
  /** The acts, in order. */
  acts: LoggedAct[];
  /** The signed checkpoint. */
  checkpoint: string;
  /** How many of them are commits, which hold the others together. */
  commits: number;
  /** What of it could not be read. */
  damaged: string[];
  /** Entries of this log and of those of other devices, as far as they can be read. */
  entries: number;
  /** The lane, hex. */
  lane: string;
  /** Acts that this version does not understand, by kind and version. */
  not_understood: NotUnderstood[];
  /** Root of the tree, hex. */
  root: string;
  /** Entries. */
  size: number;
}

/** An act of the log. */
export interface LoggedAct {
  /** When, RFC 3339, where the act says so; by this machine's clock. */
  at: string | null;
  /** Who, where the act names somebody: who listened, reviewed, judged, recorded. */
  by: string | null;
  /** Compartment. */
  compartment: Compartment;
  /** Exhibits it is about. */
  exhibits: number[];
  /** Place in its lane. */
  index: number;
  /** Its kind, or `sealed` where its body can't be read here. */
  kind: string;
  /** The lane, hex, where it is not the one that the log names. */
  lane?: string;
  /** The act's version, where this version of the program does not understand it. */
  not_understood?: number;
  /** Of a disclosure: places let pass on request though an earlier bundle treated them otherwise. */
  passed: number;
  profile: Profile | null;
  /** Of a disclosure: to whom. */
  recipient: string | null;
  /** First 16 hex digits of its root. */
  seal: string;
}

/** Characters of a hit's text that answer. */
export interface Mark {
  /** First character after. */
  end: number;
  /** First character of the text (Unicode scalar values). */
  start: number;
  /** When they are said: milliseconds of the recording, half-open. Nothing for what is not spoken. */
  time: [number, number] | null;
}

/** What is close in meaning to a query. */
export interface MeaningReply {
  /** The closest, best first. */
  hits: CloseHit[];
  /** Whether it could be asked. */
  state: MeaningState;
  /** Texts that have not been read for their meaning yet. */
  waiting: number;
}

/** Whether it could be asked what is close. */
export type MeaningState = 'asked' | 'no-model' | 'other-model' | 'no-words';

/** Somebody who may open the case. */
export interface Member {
  /** Their key, 64 hex digits: the owner's signs every lane's grant. */
  key: string;
  /** What they are in the case. */
  role: string;
}

/** How an exhibit leaves. */
export type Mode = 'whole' | 'partial' | 'release' | 'text' | 'nothing';

/** A model that is installed. */
export interface Model {
  /** Those in which its text is a draft. */
  draft: string[];
  /** Whether every file has the SHA-256 that is pinned. */
  intact: boolean;
  /** Languages, BCP 47; `*` for all. */
  languages: string[];
  /** Licence. */
  licence: string;
  /** Name. */
  name: string;
  /** Version. */
  version: string;
}

/** A name that the reader must not learn, without the name. */
export interface NameInside {
  /** The file, within whatever holds it. */
  file: string;
  /** The form in which it stands: an encoding. */
  form: string;
  /** `bytes`, or the `text` that a reader gets out of them. */
  within: string;
}

/** An alias for an audience. */
export interface NewAlias {
  alias: string;
  audience: Profile;
}

/** What a person decided. */
export interface NewConsent {
  basis: string;
  by: string;
  decision: Decision;
  profile: Profile;
}

/** A passage as a named person has it. */
export interface NewCorrection {
  /** Its text as the editor saw it. */
  before: string;
  by: string;
  passage: number;
  text: string;
}

/** Somebody listened. */
export interface NewHeard {
  listener: string;
  /** Milliseconds from start to end; none means the whole recording. */
  ranges: [number, number][];
  /** Per mille of natural. */
  speed: number;
}

/** A find that is no name: by its number, or all inside these words. */
export interface NewKept {
  by: string;
  number?: number | null;
  why: string;
  within?: string | null;
}

/** Who turns out to be this person. */
export interface NewMerge {
  /** Who says so. */
  by: string;
  /** A name, alias or id. */
  from: string;
}

/** A person to be added, or described anew. */
export interface NewPerson {
  /** Somebody else, though all of these names are known. */
  another?: boolean;
  /** Whom this describes anew: a name, alias or id. */
  instead_of?: string | null;
  names: PersonName[];
  note?: string | null;
  protected?: boolean;
  red?: boolean;
  relation?: string | null;
  role?: string;
}

/** Names that are somebody else's. */
export interface NewSplit {
  names: PersonName[];
}

/** What is struck by hand. */
export interface NewStrike {
  person?: string | null;
  reason: Reason;
  text?: string | null;
  time?: [number, number] | null;
}

/** When a strike is heard. */
export interface NewTime {
  number: number;
  time: [number, number];
}

export interface NewTitle {
  item: number;
  title: string;
}

/** An original that was not written. */
export interface NotExported {
  /** The exhibit's number. */
  exhibit: number;
  /** Why. */
  why: string;
}

/** An exhibit that was not read, or not whole. */
export interface NotRead {
  /** Number of the exhibit. */
  exhibit: number;
  /** Why. */
  findings: Finding[];
  /** Where it came from. */
  source: string;
}

/** Acts of one kind and version that this version of the program does not understand. */
export interface NotUnderstood {
  /** How many. */
  acts: number;
  /** Whether the case may only be read without understanding them. */
  critical: boolean;
  /** The kind. */
  kind: string;
  /** The version that is needed. */
  version: number;
}

/** A text whose original was asked for in part and stays. */
export interface OriginalStays {
  exhibit: number;
  /** `undivided`, `too-long`, `not-placed` or `nothing-open`. */
  why: string;
}

/** An alias of another audience that stands open. */
export interface OtherAlias {
  audience: Profile;
  exhibit: number;
  name: string | null;
  person: string;
  places: number;
}

/** What a check came to: what was not checked is neither proven nor failed. */
export type Outcome = 'proven' | 'failed' | 'not-checked';

/** A document whose text leaves and whose pages don't. */
export interface PagesStay {
  exhibit: number;
  /** A finding of `docs/errors.md`, where it was not drawn. */
  finding: string;
  page: number;
  /** `not-drawn`, `not-placed` or `too-large`. */
  why: StaysWord;
}

/** An embedded file. */
export interface Part {
  /** MIME type as the source has it. */
  media_type: string;
  /** The part's name as the source has it. */
  name: string;
  /** Bytes. */
  size: number;
}

/** What is to be withheld more, who does it, and for whom. */
export interface PassOn {
  /** Items that are not passed on. */
  drop?: number[];
  /** A private key of OpenSSH, Ed25519, without a passphrase; without it one is made for this bundle, and nobody keeps it. */
  key?: string | null;
  language?: Lang;
  /** Who passes it on, as printed. */
  name?: string | null;
  /** Names, in each of their written forms, with the sound of those seconds. */
  names?: string[];
  purpose: string;
  /** Code of the reason; without it `private-life`. */
  reason?: string | null;
  recipient: string;
  /** Other titles of items. */
  titles?: NewTitle[];
  /** Earlier disclosers, from 1, whose name, purpose and recipient are not told on. */
  untold?: number[];
  withhold?: Withhold[];
  /** Words as they are written. */
  words?: string[];
}

/** One passage: the smallest thing that search returns and a pin points at (a segment, a line, a message, a row, a paragraph of a page). */
export interface Passage {
  /** BCP 47 tag (`zh`, `en`, `fr`) when it was told apart. */
  language: string | null;
  /** Words with their places, where they were read off a picture. */
  marks?: PlacedWord[];
  /** Where it stands in the source. */
  place: Place;
  /** Who says or wrote it, as the source has it (never an identification). */
  speaker: string | null;
  /** What it says. */
  text: string;
  /** When, as the source has it: RFC 3339 where an offset is known, else local date and time without one. */
  when: string | null;
  /** Words with their times, for speech. */
  words: Word[];
}

/** A bundle that was passed on. */
export interface PassedOn {
  bytes: number;
  /** Files in which a passage that is withheld elsewhere still stands. */
  elsewhere: string[];
  /** Its name when it is saved. */
  file: string;
  findings: VerifyFinding[];
  /** Items of which more is withheld. */
  narrowed: number[];
  signer: string;
  /** Items in which no words could be looked for. */
  unread: number[];
}

/** A recording's outline. */
export interface Peaks {
  channels: number;
  duration_ms: number;
  /** Base64 of signed bytes: lowest and highest of each slot, channel after channel within a slot. */
  peaks: string;
  per_second: number;
}

/** A file of certificates or revocation lists, PEM or DER: base64 (RFC 4648 §4). */
export type Pem = string;

/** A person as the identity compartment shows them. */
export interface Person {
  /** Audience → alias. */
  aliases: Partial<Record<'court' | 'press', string>>;
  /** Profile → decision. */
  consents: Partial<Record<'court' | 'press', Consent>>;
  /** Id, 64 hex digits. */
  id: string;
  /** Names, most usual first. */
  names: PersonName[];
  /** Note. */
  note: string | null;
  /** Protected. */
  protected: boolean;
  /** Red. */
  red: boolean;
  /** Relation. */
  relation: string | null;
  /** Role. */
  role: string;
}

/** A written form of a name. */
export interface PersonName {
  /** `han`, `pinyin`, `passport` or `other`. */
  script: Script;
  /** The name. */
  text: string;
}

/** Where a person's names stand. */
export interface PersonPlace {
  /** The exhibit. */
  exhibit: number;
  /** How often, in its newest text. */
  finds: number;
  /** Where it came from. */
  source: string;
}

/** The wire form of a locator (`casemate_carve::locator::Locator`). */
export type Place = 'whole' | { time: { channel: number | null; end_ms: number; start_ms: number } } | { lines: { first: number; last: number } } | { message: { number: number } } | { row: { column: number | null; number: number } } | { page: { number: number; rect: [number, number, number, number] | null } } | { part: { inside: Place; name: string } };

/** A word that was read off a picture; of Chinese and Japanese, a character. */
export interface PlacedWord {
  /** First character in the passage's text (Unicode scalar values, not bytes). */
  at: number;
  /** How many characters. */
  chars: number;
  /** 0 to 1000, the least of its characters'. */
  confidence: number;
  /** Where all of it stands on the passage's page, as in [`Place::Page`]: a box laid over it hides it. */
  rect: [number, number, number, number];
}

/** A plan. */
export interface Plan {
  /** Finds in metadata, speakers and names of parts: these never leave with a text. */
  aside: number;
  /** Whether it was made for the newest text of the exhibit. */
  current: boolean;
  /** What of the sound is withheld, [start, end] in milliseconds, margin and grid included. */
  cuts: [number, number][];
  /** The exhibit's number. */
  exhibit: number;
  /** Finds judged to be no names, and identifiers judged to be harmless. */
  kept: Kept[];
  /** How many of the strikes the reviewer had looked at one by one; nothing where nobody counted. */
  looked: number | null;
  /** Finds of withheld names, and identifiers, that no strike covers: they stop a disclosure. */
  open: Strike[];
  /** The profile. */
  profile: Profile;
  /** Who reviewed it; nothing while it is a proposal. */
  reviewer: string | null;
  /** What the cuts take beside what is struck. */
  silenced: Silenced[];
  /** What is struck. */
  strikes: Strike[];
}

/** A plan at a glance. */
export interface PlanState {
  /** Whether it was made for the newest text; `false` also where that text can't be read. */
  current: boolean;
  /** Finds of withheld names that no strike covers: they stop a disclosure. */
  open: number;
  /** Who reviewed it; nothing while it is a proposal. */
  reviewer: string | null;
  /** What is struck. */
  strikes: number;
}

/** The plans of an exhibit, null where nobody proposed one. */
export interface PlanStates {
  court: PlanState | null;
  press: PlanState | null;
}

/** An exhibit as its recipient has it. */
export interface Preview {
  cuts: [number, number][];
  mode: Mode;
  /** Whether pictures of its pages may leave too. */
  pages: boolean;
  passages: PreviewPassage[];
}

export interface PreviewPassage {
  language: string | null;
  place: Place;
  spans: Span[];
  /** Who speaks, by the name that the reader gets. */
  speaker: string | null;
  start_ms: number | null;
}

/** A recipient profile. */
export type Profile = 'court' | 'press';

/** What an exhibit is, told from its content and not its name. */
export type ReadKind = 'recording' | 'document' | 'mail' | 'chat' | 'call-log' | 'table' | 'web' | 'text' | 'other';

/** What one reading holds. */
export interface Reading {
  /** Duration in milliseconds, of a recording. */
  duration_ms: number | null;
  /** What could not be read, or was odd. */
  findings: Finding[];
  /** What it is. */
  kind: ReadKind;
  /** MIME type as detected from content. */
  media_type: string;
  /** Metadata found inside, in the source's own order (name, value): title, author, from, to, codec, rate… */
  metadata: [string, string][];
  /** Parameters that shaped the result (engine, model sha256, language, beam …), sorted by name. */
  parameters: [string, string][];
  /** Embedded files that were found; their bytes travel beside the reading. */
  parts: Part[];
  /** The text, in reading order. */
  passages: Passage[];
  /** Who read: the program and its version, the engine and its version. */
  tool: string;
  /** [`READING_VERSION`]. */
  version: number;
}

/** What `read` answers. */
export interface ReadingReply {
  /** Every correction of it, oldest first. */
  corrections: Correction[];
  /** Number of the exhibit. */
  exhibit: number;
  /** Which layer is read: `transcript` (a machine's draft), `transcript-part` or `reading`. */
  layer: Layer;
  /** The reading, with the corrections that stand. */
  reading: Reading;
}

/** Why something is withheld. */
export type Reason = 'name' | 'identifier' | 'private-life' | 'privilege';

/** A cosignature and where it stands. */
export interface RecordedCosignature {
  /** Why it does not hold. */
  cause: string | null;
  /** The entry that records it. */
  entry: number;
  /** When it was recorded by this device's clock, RFC 3339. */
  recorded: string;
  says: Cosignature | null;
}

/** The body of every refusal. */
export interface Refused {
  error: ApiError;
}

/** A path that was not sealed. */
export interface RefusedFile {
  /** Facts. */
  detail: string;
  /** Why, a stable word (`symbolic-link`, `special-file`, `unreadable` …). */
  id: string;
  /** Which. */
  source: string;
}

/** Who reviewed, and how many of the strikes they had looked at one by one. */
export interface Reviewer {
  by: string;
  looked?: number | null;
}

/** How a name is written. */
export type Script = 'han' | 'pinyin' | 'passport' | 'other';

/** A file that was sealed. */
export interface Sealed {
  /** Number of the exhibit. */
  exhibit: number;
  /** First 16 hex digits of its root. */
  seal: string;
  /** Bytes. */
  size: number;
  /** Where it came from: the path, or the number of the exhibit that held it. */
  source: string;
}

/** One page of the answer. */
export interface SearchReply {
  /** This page's. */
  hits: Hit[];
  /** Where the next page begins, if there is one. */
  next: string | null;
  /** Passages that answer in all. */
  total: number;
}

/** What the settings show. */
export type Settings = KeysReply & { models: Model[] };

/** How bad a finding is. */
export type Severity = 'note' | 'partial' | 'unread';

/** One exhibit with its custody. */
export interface Show {
  /** Acts about it, in order. */
  custody: LoggedAct[];
  /** What was made from it. */
  derived: Derived[];
  /** As in the list. */
  exhibit: Listed;
  /** What of it was not read, or was odd, as its newest texts have it. */
  findings: Finding[];
  /** Milliseconds that named people have heard, of a recording. */
  heard_ms: number;
  /** Leaves. */
  leaves: number | null;
  /** How it was cut into leaves. */
  profile: string | null;
  /** The whole root, hex. */
  root: string;
  /** SHA-256 of the original, hex. For whom the whole file is meant, and nobody else. */
  sha256: string | null;
  /** The exhibit in which it was embedded. */
  within: number | null;
}

/** Words that a cut takes from the sound though they stay in the text: a cut is longer than what is struck. */
export interface Silenced {
  /** Passage, from 0. */
  passage: number;
  /** From when to when they are said, in milliseconds. */
  time: [number, number];
  /** The words, those that follow each other together. */
  words: string;
}

/** A run of characters of a preview. */
export type Span = { text: string } | { reason: Reason; struck: string };

/** What a split leaves: who the names were taken from, and who bears them now. */
export interface SplitReply {
  /** Who was one with them. */
  from: Person;
  /** The new person, with the same protection, and no alias or decision yet. */
  person: Person;
}

/** An answer that came as a file. */
export type StampAnswer = StampGiven & { answer: Bytes; kept: Bytes };

/** Under which policy. */
export interface StampAsk {
  /** An object identifier. */
  policy?: string | null;
}

/** What is given with an answer. */
export interface StampGiven {
  /** Certificates to keep beside the token. */
  certificates?: Pem[];
  /** Revocation lists to keep beside the token. */
  lists?: Pem[];
  /** Roots that are trusted; none: trust is not checked. */
  roots?: Pem[];
}

/** Whom to ask over the network. */
export type StampOnline = StampGiven & ({ addresses: string[]; policy?: string | null; proxy?: string | null; tls_roots?: Pem[] });

/** A question to an authority that travels as a file. */
export interface StampQuestion {
  /** What must be kept until the answer comes: it says what was asked about. */
  kept: Bytes;
  /** The request: a body of type `application/timestamp-query`. */
  request: Bytes;
}

/** How a token stands. */
export type StampState = 'good' | 'ageing' | 'over' | 'refused';

/** What came of asking one. */
export interface StampedBy {
  /** Its address. */
  address: string;
  error: ApiError | null;
  stamp: Timestamped | null;
}

/** What came of asking several authorities. */
export interface StampedOnline {
  /** One by one. */
  asked: StampedBy[];
}

/** Locked or open, and the case at a glance. */
export interface State {
  case: CaseHead | null;
  /** It locks after this long without work. */
  idle_ms: number;
  jobs: Job[];
  locked: boolean;
  /** The case's folder. */
  name: string;
  version: string;
}

/** Why the pages of a document stay though its text leaves. */
export type StaysWord = 'not-drawn' | 'not-placed' | 'too-large';

/** Something struck, or found and left open. */
export interface Strike {
  /** What stands behind it. */
  after: string;
  /** What the audience reads instead. */
  alias: string | null;
  /** First character in the passage (Unicode scalar values). */
  at: number | null;
  /** What stands before it. */
  before: string;
  /** When the text has the words, in milliseconds, where the cut leaves a part of that open: it was placed by hand. */
  beside: [number, number] | null;
  /** How many characters. */
  chars: number | null;
  identifier: IdentifierKind | null;
  /** Number in its list, from 1. */
  number: number;
  /** Passage, from 0. */
  passage: number | null;
  /** Whose name: id, 64 hex digits. */
  person: string | null;
  /** Why (`name`, `identifier`, `private-life`, `privilege`). */
  reason: Reason;
  sure: Sure | null;
  /** Milliseconds struck, before margin and grid. */
  time: [number, number] | null;
  /** The words. */
  words: string;
}

/** A strike, from 1. */
export interface StrikeNumber {
  number: number;
}

/** How sure a find of a name is. */
export type Sure = 'exact' | 'part' | 'sounds' | 'near';

/** What a bundle tells with another, or of itself. */
export type Tell = { id: 'open-there'; item: number; other: string; other_item: number; places: number; times: [number, number][] } | { id: 'open-here'; item: number; other: string; other_item: number; places: number; times: [number, number][] } | { by: string; count: number; id: 'joined'; other: string } | { calls: number; id: 'exact-length'; item: number; ms: number; of: number } | { at_ms: number; id: 'short-cut'; item: number; ms: number };

/** One token of the log. */
export interface TimestampOfLog {
  /** Why it does not hold. */
  cause: string | null;
  /** The entry that records it. */
  entry: number;
  /** Until when it is good, later tokens that renew it counted, RFC 3339. */
  good_until: string | null;
  /** When it was recorded by this device's clock, RFC 3339. */
  recorded: string;
  says: Timestamped | null;
  /** Entries of the checkpoint that it stamps. */
  size: number;
  /** How it stands. */
  state: StampState;
}

/** The tokens of the log. */
export interface TimestampStatus {
  /** How many of them a token that holds covers. */
  covered: number;
  /** Entries of this device's log. */
  size: number;
  /** The tokens, oldest entry first. */
  stamps: TimestampOfLog[];
}

/** What is recorded of a token over the log: it must have been stamped anew before the token ends. */
export type Timestamped = TokenSays & ({ address: string | null; size: number });

/** What a token says that was verified. */
export interface TokenSays {
  /** How exact its clock is, where it says so. */
  accuracy: string | null;
  /** The authority's name, as its certificate has it. */
  authority: string;
  /** Whether that root was given; if not, trust is not checked. */
  pinned: boolean;
  /** Under which policy. */
  policy: string;
  /** Until when a revocation list says that nothing was revoked, RFC 3339; none: not checked. */
  revocation_as_of: string | null;
  /** SHA-256 of the root's certificate, hex. */
  root: string;
  /** Whether token or certificate state that they are qualified; stated, not checked. */
  states_qualified: boolean;
  /** When the authority says that it was there, RFC 3339. */
  time: string;
  /** Until when every certificate behind it is valid, RFC 3339. */
  valid_until: string;
}

/** Roots that are trusted. */
export interface TrustedRoots {
  roots?: Pem[];
}

/** What opens the case. */
export interface Unlock {
  passphrase: string;
}

/** What became of one upload. */
export interface UploadReply {
  detail: string | null;
  exhibit: number | null;
  fate: Fate;
  id: string | null;
  seal: string | null;
  size: number;
  source: string;
}

/** A verdict in plain words. */
export interface Verdict {
  findings: VerifyFinding[];
  /** Whether a key of the open case signed it. */
  own: boolean;
  verdict: VerdictWord;
  words: string[];
}

/** What a bundle's verification comes to. */
export type VerdictWord = 'nothing-failed' | 'failed';

/** A finding of a bundle's verification. */
export interface VerifyFinding {
  /** What to do about it. */
  advice: string | null;
  /** Its facts, in the reader's language; what it says is the message of its id. */
  detail: string;
  /** Which message says it: `verify-` and this. */
  id: string;
  status: Outcome;
  /** The item of the bundle that it is about, from 1; empty for the whole. */
  subject: string;
}

/** A place of an item. */
export type Withhold = WithholdPlace & { item: number };

export type WithholdPlace = { end_ms: number; kind: 'time'; start_ms: number } | { first: number; kind: 'passages'; last: number } | { first: number; kind: 'lines'; last: number } | { kind: 'message'; number: number } | { column?: number | null; kind: 'row'; number: number } | { exact?: boolean; kind: 'page'; number: number; rect?: [number, number, number, number] | null };

/** A witness's answer that came as a file. */
export interface WitnessAnswer {
  /** The answer. */
  answer: Bytes;
  /** The witness's key, as it publishes it. */
  key: string;
  /** The request that was sent. */
  request: Bytes;
}

/** Which witness is to be asked. */
export interface WitnessAsk {
  /** The witness's key, as it publishes it. */
  key: string;
  /** The size at which the witness says that it saw the log last; without it, what the log records. */
  old?: number | null;
}

/** A request to a witness that travels as a file. */
export interface WitnessQuestion {
  /** The body of `add-checkpoint`. */
  request: Bytes;
  /** The witness's name. */
  witness: string;
}

/** The witnesses of the log. */
export interface WitnessStatus {
  /** Oldest entry first. */
  cosignatures: RecordedCosignature[];
  /** How many of them a cosignature that holds covers. */
  covered: number;
  /** The key of this device's log, for a witness to know it by (C2SP signed-note). */
  log_key: string;
  /** Entries of this device's log. */
  size: number;
}

/** A word of a transcript. */
export interface Word {
  /** First character in the passage's text (Unicode scalar values, not bytes). */
  at: number;
  /** How many characters. */
  chars: number;
  /** 0 to 1000. */
  confidence: number;
  /** Milliseconds, exclusive. */
  end_ms: number;
  /** Milliseconds from the start of the recording. */
  start_ms: number;
}
