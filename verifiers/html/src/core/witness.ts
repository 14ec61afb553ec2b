// Cosigned checkpoints beside a bundle's log (docs/format/witness.md §1 and §4): who saw the log, by their word. Invariant: what is
// returned was signed by the lane and by the witness, and the bundle's checkpoint extends it. Does not know whom to trust.
import { concat, equal, fromBase64, fromUtf8, hex, Refused, refuse, utf8 } from './bytes.ts';
import { decode } from './cbor.ts';
import { isPublicKey, verifies } from './ed25519.ts';
import { H } from './hash.ts';
import { type Checkpoint, KEY_NAME, MAX_HASHES, goesOn, openNote, type SignatureLine } from './log.ts';
import { type Files, numbered } from './numbered.ts';

const MAX_KEY = 512;
/** Of the type of a key: a cosignature with Ed25519. */
const COSIGNATURE = 4;
const LENGTH = 76;
/** The last second of the year 9999. */
const MAX_TIME = 253_402_300_799n;
const FORM = new RegExp(`^(${KEY_NAME})\\+([0-9a-f]{8})\\+(\\S+)$`, 'u');

export interface Witness {
  /** The whole verifier key, `name+id+key`. */
  readonly text: string;
  readonly name: string;
  readonly id: Uint8Array;
  readonly key: Uint8Array;
}

function readKey(text: string): Witness {
  if (utf8(text).length > MAX_KEY) refuse('the key of the witness is too long');
  const [, name = '', id, encoded = ''] = FORM.exec(text) ?? refuse('the key of the witness is not name+id+key');
  const typed = fromBase64(encoded, 'the key of the witness');
  const key = typed.subarray(1);
  if (typed[0] !== COSIGNATURE || !isPublicKey(key)) refuse('the key of the witness is not one of Ed25519, for cosignatures');
  const found = H(utf8(name), Uint8Array.of(0x0a), typed).subarray(0, 4);
  if (hex(found) !== id) refuse('the id of the witness is not that of its name and key');
  return { text, name, id: found, key };
}

/** What was typed or given: null if it is no verifier key of a witness. */
export function parseWitness(text: string): Witness | null {
  try {
    return readKey(text);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** When this witness saw the checkpoint of this text, in seconds of POSIX. */
export function cosignedAt(witness: Witness, text: Uint8Array, { name, blob }: SignatureLine): number {
  if (name !== witness.name || !equal(blob.subarray(0, 4), witness.id)) refuse('the note is cosigned by another witness');
  if (blob.length !== LENGTH) refuse('the cosignature has another length');
  const time = new DataView(blob.buffer, blob.byteOffset).getBigUint64(4);
  if (time > MAX_TIME) refuse('the cosignature is of a time past the year 9999');
  if (!verifies(witness.key, concat(utf8(`cosignature/v1\ntime ${time}\n`), text), blob.subarray(12))) refuse('the cosignature does not verify');
  return Number(time);
}

/** The files of the cosigned checkpoints. */
export function witnessFiles(bag: Files): string[] {
  return numbered(bag, 'witness').flatMap((name) => ['note', 'proof', 'key'].map((end) => `proof/${name}.${end}`));
}

export interface Cosigned {
  readonly witness: Witness;
  /** RFC 3339, in UTC. */
  readonly time: string;
  /** Entries of the checkpoint. */
  readonly size: number;
}

/** A cosigned checkpoint of the lane whose `checkpoint` the bundle has. */
export async function readCosigned(bag: Files, name: string, lane: Uint8Array, laneKey: Uint8Array, checkpoint: Checkpoint): Promise<Cosigned> {
  const key = fromUtf8(await bag.proof(`${name}.key`), 'the key of the witness');
  if (!key.endsWith('\n')) refuse('the key of the witness has no line end');
  const witness = readKey(key.slice(0, -1));
  const earlier = openNote(await bag.proof(`${name}.note`), lane, laneKey);
  const [, cosignature] = earlier.signatures;
  // Of the two one is the lane's, or the note would not have been opened; no line is that and a cosignature.
  if (cosignature === undefined || earlier.signatures.length !== 2) return refuse("the note has not two signatures, the lane's and the witness's");
  const time = cosignedAt(witness, earlier.text, cosignature);
  const path = decode(await bag.proof(`${name}.proof`), 'the proof of consistency');
  if (!Array.isArray(path) || path.length > MAX_HASHES) return refuse('the proof of consistency has another form');
  const hashes = path.map((hash) => (hash instanceof Uint8Array && hash.length === 32 ? hash : refuse('the proof of consistency has another form')));
  if (!goesOn(earlier, checkpoint, hashes)) refuse("the bundle's checkpoint does not extend the cosigned one");
  return { witness, time: new Date(time * 1000).toISOString().replace('.000', ''), size: earlier.size };
}
