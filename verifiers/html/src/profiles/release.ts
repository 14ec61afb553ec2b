// `release-text-v1` and `release-transcript-v1`: a text of which protected spans are withheld, and how it is read aloud: as plain
// text and as WebVTT. Invariant: what is rendered depends on open leaves alone. Knows no bundle.
import { hex, refuse, utf8 } from '../core/bytes.ts';
import { decode, Fields, record, type Value } from '../core/cbor.ts';
import type { Leaf, ObjectRecord } from '../core/object.ts';
import type { Profile, Renderer } from './profile.ts';

const MAX_TITLE = 1024;
const MAX_SOURCES = 256;
const MAX_STATEMENT = 16_384;
const MAX_LANGUAGE = 35;
const MAX_SPEAKER = 256;
const MAX_LABEL = 128;
const MAX_TEXT = 2 ** 20;

type Place =
  | { readonly kind: 'untold' }
  | { readonly kind: 'time'; readonly from: number; readonly to: number }
  | { readonly kind: 'lines'; readonly from: number; readonly to: number }
  | { readonly kind: 'message' | 'row' | 'page'; readonly number: number };

type Unit =
  | { readonly kind: 'head'; readonly title: string; readonly sources: readonly string[]; readonly statement: string; readonly language: string }
  | { readonly kind: 'segment'; readonly place: Place; readonly speaker: string | null }
  | { readonly kind: 'text' | 'withheld'; readonly text: string }
  | { readonly kind: 'label'; readonly label: string };

function text(value: Value | undefined, min: number, max: number, what: string): string {
  const length = typeof value === 'string' ? utf8(value).length : -1;
  return typeof value === 'string' && length >= min && length <= max ? value : refuse(`${what} of the text has another form`);
}

function source(value: Value): string {
  return value instanceof Uint8Array && value.length === 8 ? hex(value) : refuse('a source of the text is not 8 bytes');
}

function numbers(value: readonly Value[]): number[] {
  return value.map((number) => (typeof number === 'number' ? number : refuse('a place of the text has another form')));
}

function placeOf(value: Value | undefined): Place {
  if (!Array.isArray(value)) return refuse('a place of the text has another form');
  const [kind, a = -1, b = -1] = numbers(value);
  if (kind === 0 && value.length === 1) return { kind: 'untold' };
  if (kind === 1 && value.length === 3 && a < b) return { kind: 'time', from: a, to: b };
  if (kind === 2 && value.length === 3 && a >= 1 && a <= b) return { kind: 'lines', from: a, to: b };
  if (value.length === 2 && a >= 1) {
    if (kind === 3) return { kind: 'message', number: a };
    if (kind === 4) return { kind: 'row', number: a };
    if (kind === 5) return { kind: 'page', number: a };
  }
  return refuse('a place of the text has another form');
}

function head(value: Fields): Unit {
  const [, version, title, sources, statement, language] = record(value, 6, 'the head of the text');
  if (version !== 1) refuse('the text has another version');
  if (!Array.isArray(sources) || sources.length > MAX_SOURCES) return refuse('the text has too many sources');
  return {
    kind: 'head',
    title: text(title, 0, MAX_TITLE, 'the title'),
    sources: sources.map(source),
    statement: text(statement, 0, MAX_STATEMENT, 'the statement'),
    language: text(language, 0, MAX_LANGUAGE, 'the language'),
  };
}

function label(value: Fields): Unit {
  const [, found, reason] = record(value, 3, 'a label of the text');
  const words = text(found, 0, MAX_LABEL, 'a label');
  if (/[\p{Cc}[\]]/u.test(words)) refuse('a label of the text has a character that it must not');
  if (typeof reason !== 'string' || !/^[a-z0-9.-]{1,64}$/.test(reason)) return refuse('a reason in the text has another form');
  return { kind: 'label', label: words };
}

function unitOf(payload: Uint8Array): Unit {
  const value = decode(payload, 'a leaf of the text');
  if (!(value instanceof Fields)) return refuse('a leaf of the text is not a map');
  switch (value.get(0)) {
    case 0:
      return head(value);
    case 1: {
      const [, place, speaker] = record(value, value.size === 3 ? 3 : 2, 'a segment of the text');
      return { kind: 'segment', place: placeOf(place), speaker: speaker === undefined ? null : text(speaker, 0, MAX_SPEAKER, 'a speaker') };
    }
    case 2:
      return { kind: 'text', text: text(record(value, 2, 'a leaf of the text')[1], 1, MAX_TEXT, 'a piece') };
    case 3:
      return label(value);
    case 4:
      return { kind: 'withheld', text: text(record(value, 2, 'a leaf of the text')[1], 1, MAX_TEXT, 'a withheld piece') };
    default:
      return refuse('a leaf of the text is of an unknown kind');
  }
}

/** Control characters and the separators of lines become spaces; marks that turn the direction of a text go. */
function clean(words: string): string {
  return words.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** In the head's language; case counts. */
function withheldMark(language: string): string {
  const [primary] = language.split('-');
  return primary === 'fr' ? '[occulté]' : primary === 'zh' ? '[已隐去]' : '[withheld]';
}

/** What a text is written as. Words are cleaned already, but for the head's, of which a blank one may be left out. */
interface Voice {
  readonly start: string;
  head(title: string, statement: string, sources: readonly string[]): string;
  segment(place: Place, speaker: string | null): string;
  /** What opens a block for words before the first segment, and what ends it or a segment. */
  readonly note: string;
  readonly close: string;
  words(words: string): string;
  readonly end: string;
}

/** Reads the leaves aloud, in order, in one voice. */
class Reading implements Renderer {
  private last: Unit['kind'] | 'hidden' | null = null;
  private label: string | null = null;
  private mark = '[withheld]';
  /** Whether a segment, or a block before the first, is begun. */
  private begun = false;
  /** Whether the run of withheld leaves that goes on was said already. */
  private marked = false;

  constructor(
    private readonly voice: Voice,
    private readonly transcript: boolean,
    private readonly leaves: number,
  ) {}

  *open(index: number, leaf: Leaf): Iterable<Uint8Array> {
    const unit = unitOf(leaf.payload);
    if ((unit.kind === 'head') !== (index === 0)) refuse('the head of the text is not its first leaf');
    if (unit.kind === 'withheld' && this.last !== 'label') refuse('a withheld leaf of the text has no label');
    if (this.last === 'label' && unit.kind !== 'withheld') refuse('a label of the text has nothing withheld behind it');
    if (unit.kind === 'label' && index === this.leaves - 1) refuse('a label of the text has nothing withheld behind it');
    this.last = unit.kind;
    this.marked = false;
    const said = (index === 0 ? this.voice.start : '') + this.say(unit);
    if (said !== '') yield utf8(said);
  }

  /** Words, of which none may be left, in the segment that they belong to. */
  private speak(words: string): string {
    const opened = this.begun ? '' : this.voice.note;
    this.begun = true;
    return opened + this.voice.words(words);
  }

  private close(): string {
    return this.begun ? this.voice.close : '';
  }

  private say(unit: Unit): string {
    switch (unit.kind) {
      case 'head':
        this.mark = withheldMark(unit.language);
        return this.voice.head(unit.title, unit.statement, unit.sources);
      case 'segment': {
        if (this.transcript && unit.place.kind !== 'time') refuse('a place of the transcript is not a time');
        const closed = this.close();
        this.begun = true;
        return closed + this.voice.segment(unit.place, unit.speaker === null ? null : clean(unit.speaker));
      }
      case 'label':
        this.label = unit.label;
        return '';
      default:
        this.label = null;
        return this.speak(clean(unit.text));
    }
  }

  *hidden(first: number, leaves: number): Iterable<Uint8Array> {
    if (first === 0 && this.voice.start !== '') yield utf8(this.voice.start);
    let said = '';
    if (this.label !== null) said += this.label === '' ? this.mark : `[${clean(this.label)}]`;
    // A label stands for the one leaf behind it; what else is withheld in the run is said once.
    const more = this.label === null ? leaves : leaves - 1;
    if (more > 0 && !this.marked) said += this.mark;
    this.marked ||= more > 0;
    this.label = null;
    this.last = 'hidden';
    const spoken = said === '' ? '' : this.speak(said);
    if (spoken !== '') yield utf8(spoken);
  }

  *end(): Iterable<Uint8Array> {
    const said = this.close() + this.voice.end;
    if (said !== '') yield utf8(said);
  }
}

function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function spoken(place: Place): string {
  switch (place.kind) {
    case 'untold':
      return '';
    case 'time':
      return `[${clock(place.from)}–${clock(place.to)}] `;
    case 'lines':
      return place.from === place.to ? `[l. ${place.from}] ` : `[l. ${place.from}–${place.to}] `;
    case 'message':
    case 'row':
      return `[n° ${place.number}] `;
    case 'page':
      return `[p. ${place.number}] `;
  }
}

const PLAIN: Voice = {
  start: '',
  head: (title, statement, sources) => `${clean(title)}\n${clean(statement)}\n${sources.map((source) => `← ${source}\n`).join('')}`,
  segment: (place, speaker) => `\n${spoken(place)}${speaker === null ? '' : `${speaker}: `}`,
  note: '',
  close: '',
  words: (words) => words,
  end: '\n',
};

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function blank(words: string): boolean {
  return /^\p{White_Space}*$/u.test(words);
}

const WEBVTT: Voice = {
  start: 'WEBVTT\n',
  head: (title, statement) => `\nNOTE\n${[title, statement].filter((line) => !blank(line)).map((line) => `${escaped(clean(line))}\n`).join('')}`,
  segment(place, speaker) {
    if (place.kind !== 'time') return refuse('a place of the transcript is not a time');
    return `\n${clock(place.from)}.000 --> ${clock(place.to)}.000\n${speaker === null ? '' : `<v ${escaped(speaker)}>`}`;
  },
  note: '\nNOTE\n',
  close: '\n',
  words: escaped,
  end: '',
};

function release(transcript: boolean): Profile {
  return {
    kind: 'release',
    timebase: [1, 1],
    leaves: (ticks) => ticks,
    ticksBefore: (index) => index,
    containerFrom: () => null,
    carve: null,
    renderings(object: ObjectRecord) {
      const plain = { role: 'text', renderer: new Reading(PLAIN, transcript, object.leaves) };
      return transcript ? [plain, { role: 'vtt', renderer: new Reading(WEBVTT, transcript, object.leaves) }] : [plain];
    },
  };
}

export const releaseText = release(false);
export const releaseTranscript = release(true);
