// The custody log as a stranger sees it (docs/format/log.md): ids, checkpoints as signed notes, proofs of inclusion, maps.
// Invariant: nothing that a note says is used before its signature is checked. Knows no act.
import { ascii, concat, equal, fromBase64, fromUtf8, hex, lengthPrefixed, refuse, utf8 } from './bytes.ts';
import { verifies } from './ed25519.ts';
import { H } from './hash.ts';

export const MAX_ENTRIES = 2 ** 48;
const MAX_NOTE = 65_536;
const MAX_SIGNATURES = 64;
export const MAX_HASHES = 64;
const MAX_PROOF = 262_144;
/** Of a key in notes, as a pattern: no white space of Unicode, no control character, no plus sign. */
export const KEY_NAME = '[^\\p{White_Space}\\p{Cc}+]+';
const SIGNATURE = new RegExp(`^\u2014 (${KEY_NAME}) (\\S+)$`, 'u');

export function laneId(caseId: Uint8Array, laneKey: Uint8Array): Uint8Array {
  return H(ascii('casemate/lane/v1\0'), caseId, laneKey);
}

export function originOf(lane: Uint8Array): string {
  return `casemate/${hex(lane)}`;
}

function number(text: string, what: string): number {
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(text)) refuse(`${what} is not a number in its one spelling`);
  const value = Number(text);
  return value <= MAX_ENTRIES ? value : refuse(`${what} is over its limit`);
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** The three lines, as they are signed. */
  readonly text: Uint8Array;
  readonly signatures: readonly SignatureLine[];
}

/** A line of whoever signed a note. */
export interface SignatureLine {
  readonly name: string;
  /** Key id and signature. */
  readonly blob: Uint8Array;
}

/** The checkpoint of a signed note, signed by this lane's key, whose name is the lane's origin. */
export function openNote(note: Uint8Array, lane: Uint8Array, laneKey: Uint8Array): Checkpoint {
  if (note.length > MAX_NOTE) refuse('the note is too long');
  const lines = fromUtf8(note, 'the note').split('\n');
  const [origin, size, root, blank] = lines;
  if (lines.length < 6 || blank !== '' || lines.at(-1) !== '') return refuse('the note is not three lines, a blank one and signatures');
  const name = originOf(lane);
  if (origin !== name) return refuse('the checkpoint has another origin');
  const text = utf8(lines.slice(0, 3).map((line) => `${line}\n`).join(''));
  const checkpoint = {
    origin,
    size: number(size ?? '', 'the size of the checkpoint'),
    root: fromBase64(root ?? '', 'the root of the checkpoint'),
    text,
    signatures: checkSignatures(lines.slice(4, -1), name, laneKey, text),
  };
  if (checkpoint.root.length !== 32) refuse('the root of the checkpoint is not 32 bytes');
  return checkpoint;
}

function checkSignatures(lines: readonly string[], name: string, key: Uint8Array, text: Uint8Array): SignatureLine[] {
  if (lines.length > MAX_SIGNATURES) refuse('the note has too many signatures');
  const keyId = H(utf8(name), Uint8Array.of(0x0a, 0x01), key).subarray(0, 4);
  let own = 0;
  const found = lines.map((line) => {
    const [, signer = '', encoded = ''] = SIGNATURE.exec(line) ?? refuse('a line of the note is not a signature');
    const blob = fromBase64(encoded, 'a signature of the note');
    if (blob.length < 5) refuse('a signature of the note is too short');
    if (signer === name && equal(blob.subarray(0, 4), keyId)) {
      if (!verifies(key, text, blob.subarray(4))) refuse('a signature of the note does not verify');
      own += 1;
    }
    return { name: signer, blob };
  });
  if (own === 0) refuse("the note is not signed with the lane's key");
  return found;
}

/** Leaf data of an entry. */
export function entryData(caseId: Uint8Array, lane: Uint8Array, objectRoot: Uint8Array): Uint8Array {
  return concat(ascii('casemate/entry/v1\0'), caseId, lane, objectRoot);
}

function leafHash(data: Uint8Array): Uint8Array {
  return H(Uint8Array.of(0), data);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return H(Uint8Array.of(1), left, right);
}

const odd = (value: number): boolean => value % 2 === 1;
const half = (value: number): number => Math.floor(value / 2);

/** RFC 9162 §2.1.3.2: whether the path leads from the leaf to the root, with exactly the hashes that index and size call for. */
export function includes(data: Uint8Array, index: number, size: number, path: readonly Uint8Array[], root: Uint8Array): boolean {
  if (index >= size) return false;
  let place = index;
  let last = size - 1;
  let found = leafHash(data);
  for (const hash of path) {
    if (last === 0) return false;
    if (odd(place) || place === last) {
      found = nodeHash(hash, found);
      while (!odd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      found = nodeHash(found, hash);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && equal(found, root);
}

/** RFC 9162 §2.1.4.2: whether the tree of `later` extends that of `earlier`, with exactly the hashes that their sizes call for. */
export function goesOn(earlier: Pick<Checkpoint, 'size' | 'root'>, later: Pick<Checkpoint, 'size' | 'root'>, path: readonly Uint8Array[]): boolean {
  if (earlier.size > later.size) return false;
  if (earlier.size === 0 || earlier.size === later.size) return path.length === 0 && equal(earlier.root, earlier.size === 0 ? H() : later.root);
  let place = earlier.size - 1;
  let last = later.size - 1;
  while (odd(place)) {
    place = half(place);
    last = half(last);
  }
  // A tree of a power of two is a node of the later one, and its root is left out of the path.
  const [first, ...rest] = place === 0 ? [earlier.root, ...path] : path;
  if (first === undefined) return false;
  let before = first;
  let whole = first;
  for (const hash of rest) {
    if (last === 0) return false;
    if (odd(place) || place === last) {
      before = nodeHash(hash, before);
      whole = nodeHash(hash, whole);
      while (!odd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      whole = nodeHash(whole, hash);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && equal(before, earlier.root) && equal(whole, later.root);
}

/** A `tlog-proof@v1`: where an act stands in the lane. The note inside must be the checkpoint that was opened, byte for byte. */
export function proveEntry(proof: Uint8Array, note: Uint8Array, checkpoint: Checkpoint, caseId: Uint8Array, lane: Uint8Array, objectRoot: Uint8Array): number {
  if (proof.length > MAX_PROOF) refuse('the log proof is too long');
  if (proof.length < note.length || !equal(proof.subarray(proof.length - note.length), note)) refuse('the log proof holds another checkpoint');
  const lines = fromUtf8(proof.subarray(0, proof.length - note.length), 'the log proof').split('\n');
  if (lines[0] !== 'c2sp.org/tlog-proof@v1' || lines.at(-1) !== '' || lines.at(-2) !== '' || lines.length < 4) refuse('the log proof has another form');
  const [, stated] = /^index (.*)$/s.exec(lines[1] ?? '') ?? refuse('the log proof names no index');
  const index = number(stated ?? '', 'the index of the log proof');
  const hashes = lines.slice(2, -2);
  if (hashes.length > MAX_HASHES) refuse('the log proof has too many hashes');
  const path = hashes.map((line) => {
    const hash = fromBase64(line, 'a hash of the log proof');
    return hash.length === 32 ? hash : refuse('a hash of the log proof is not 32 bytes');
  });
  if (!includes(entryData(caseId, lane, objectRoot), index, checkpoint.size, path, checkpoint.root)) refuse('the log proof does not lead to the checkpoint');
  return index;
}

/** Leaf data of a map's row. */
export function rowData(salt: Uint8Array, key: Uint8Array, value: Uint8Array): Uint8Array {
  return concat(ascii('casemate/map/v1\0'), lengthPrefixed(salt), lengthPrefixed(key), lengthPrefixed(value));
}

/** What the owner signs when a device may write a lane. */
export function grantMessage(grant: Uint8Array): Uint8Array {
  return concat(ascii('casemate/grant/v1\0'), grant);
}
