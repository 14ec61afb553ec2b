// The key that somebody was told by another way: as hex, as a line of OpenSSH, or as OpenSSH's fingerprint of it. Knows no bundle
// but the two keys that may stand behind one.
import { ascii, concat, equal, fromHex, toBase64 } from './bytes.ts';
import { H } from './hash.ts';

export type Signer = { readonly kind: 'key'; readonly key: Uint8Array } | { readonly kind: 'fingerprint'; readonly text: string };

/** The key as SSH writes it: two texts, each with its length. */
function wire(key: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0, 0, 0, 11), ascii('ssh-ed25519'), Uint8Array.of(0, 0, 0, 32), key);
}

/** What was typed or pasted; null if it is no key. Spaces, colons and line ends between hex digits do not matter. */
export function parseSigner(text: string): Signer | null {
  const digits = fromHex(text.replace(/[\s:]+/g, '').toLowerCase());
  if (digits?.length === 32) return { kind: 'key', key: digits };
  const [, encoded] = /ssh-ed25519\s+([A-Za-z0-9+/]{68})(?:\s|$)/.exec(text) ?? [];
  if (encoded !== undefined) {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const key = bytes.slice(-32);
    return equal(bytes, wire(key)) ? { kind: 'key', key } : null;
  }
  const [, fingerprint] = /^\s*SHA256:([A-Za-z0-9+/]{43})=?\s*$/.exec(text) ?? [];
  return fingerprint === undefined ? null : { kind: 'fingerprint', text: fingerprint };
}

function isOf(signer: Signer, key: Uint8Array): boolean {
  return signer.kind === 'key' ? equal(signer.key, key) : toBase64(H(wire(key))).slice(0, 43) === signer.text;
}

type Status = 'proven' | 'failed' | 'not-checked';

/** The keys behind the case: the owner's, and the disclosure key that they granted. */
export interface Granted {
  readonly owner: Uint8Array;
  readonly disclosureKey: Uint8Array;
}

function isAmong(signers: readonly Signer[], key: Uint8Array): boolean {
  return signers.some((signer) => isOf(signer, key));
}

function isOfCase(signers: readonly Signer[], granted: Granted | null): boolean {
  return granted !== null && (isAmong(signers, granted.owner) || isAmong(signers, granted.disclosureKey));
}

/** The finding `signer-pinned`: `granted` are the keys behind the case, if a grant held. Whoever expects the case of a bundle that was
 * passed on has not said who may do so. */
export function pinned(signers: readonly Signer[], key: Uint8Array, granted: Granted | null, passedOn: boolean): Status {
  const ofCase = isOfCase(signers, granted);
  if (isAmong(signers, key) || (ofCase && !passedOn)) return 'proven';
  return signers.length === 0 || ofCase ? 'not-checked' : 'failed';
}

/** The finding `owner-pinned` of a bundle that was passed on: whether the case behind it is the one that is expected. */
export function ownerPinned(signers: readonly Signer[], granted: Granted | null): Status {
  return isOfCase(signers, granted) ? 'proven' : 'not-checked';
}
