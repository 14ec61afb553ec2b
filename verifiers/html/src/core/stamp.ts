// Tokens of time beside a bundle's log (docs/format/time.md §4), read for what they claim: when, and of which note. Invariant: nothing
// of a token is believed here; no signature, chain or revocation is looked at, and nothing that a token holds can fail a bundle.
import { ascii, concat, equal, latin, lengthPrefixed, Refused, refuse } from './bytes.ts';
import { H } from './hash.ts';
import { type Files, numbered } from './numbered.ts';

const NEEDED = ['note', 'proof', 'salt', 'tsr'];
const OPTIONAL = ['crt', 'crl'];
/** The act that records a token: all three or none. */
const ACT = ['act', 'leaves', 'tlog'];
const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const OCTET_STRING = 0x04;
const GENERALIZED_TIME = 0x18;
const EXPLICIT_0 = 0xa0;

interface Der {
  readonly tag: number;
  readonly body: Uint8Array;
}

/** The values that stand one after the other in these bytes (X.690 §10: definite lengths). */
function values(bytes: Uint8Array): Der[] {
  const found: Der[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] as number;
    const first = bytes[at + 1] ?? 0x80;
    const width = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || width > 4) return refuse('a token of time has another form');
    let length = width === 0 ? first : 0;
    for (let i = 0; i < width; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
    const body = at + 2 + width;
    if (length > bytes.length - body) return refuse('a token of time ends too early');
    found.push({ tag, body: bytes.subarray(body, body + length) });
    at = body + length;
  }
  return found;
}

/** What stands inside a value of this tag. */
function inside(value: Der | undefined, tag: number): Der[] {
  return value?.tag === tag ? values(value.body) : refuse('a token of time has another form');
}

/** When the token says, and the imprint of what (RFC 3161 §2.4.2, RFC 5652 §5.1). */
function readToken(answer: Uint8Array): { readonly time: string; readonly imprint: Uint8Array } {
  const [outer] = values(answer);
  const parts = inside(outer, SEQUENCE);
  const content = parts[0]?.tag === OBJECT_IDENTIFIER ? parts : inside(parts[1], SEQUENCE);
  const [signed] = inside(content[1], EXPLICIT_0);
  const encapsulated = inside(inside(signed, SEQUENCE)[2], SEQUENCE);
  const [octets] = inside(encapsulated[1], EXPLICIT_0);
  if (octets?.tag !== OCTET_STRING) return refuse('a token of time has another form');
  const info = inside(values(octets.body)[0], SEQUENCE);
  const imprint = inside(info[2], SEQUENCE)[1];
  const time = info[4];
  if (imprint?.tag !== OCTET_STRING || time?.tag !== GENERALIZED_TIME) return refuse('a token of time has another form');
  const [, y, mo, d, h, mi, s, fraction] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(latin(time.body)) ?? refuse('a token of time says no time');
  return { time: `${y}-${mo}-${d}T${h}:${mi}:${s}${fraction ?? ''}Z`, imprint: imprint.body };
}

/** The files of the tokens. */
export function stampFiles(bag: Files): string[] {
  return numbered(bag, 'time').map((name) => `proof/${name}`).flatMap((name) => [
    ...NEEDED.map((end) => `${name}.${end}`),
    ...OPTIONAL.map((end) => `${name}.${end}`).filter((file) => bag.has(file)),
    ...(ACT.some((end) => bag.has(`${name}.${end}`)) ? ACT.map((end) => `${name}.${end}`) : []),
  ]);
}

export interface Stamps {
  readonly count: number;
  /** The times that tokens claim of the note that lies beside them, the earliest first. */
  readonly claimed: readonly string[];
}

export async function readStamps(bag: Files): Promise<Stamps> {
  const claimed: string[] = [];
  const all = numbered(bag, 'time');
  for (const name of all) {
    try {
      const of = (end: string): Promise<Uint8Array> => bag.proof(`${name}.${end}`);
      const { time, imprint } = readToken(await of('tsr'));
      const stamped = H(ascii('casemate/stamp/v1\0'), concat(await of('salt'), lengthPrefixed(await of('note'))));
      if (equal(imprint, stamped)) claimed.push(time);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  return { count: all.length, claimed: claimed.sort() };
}
