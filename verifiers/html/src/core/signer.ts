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

/** The finding `signer-pinned`: `owner` is the key that granted the disclosure key, if a grant held. */
export function pinned(signers: readonly Signer[], disclosureKey: Uint8Array, owner: Uint8Array | null): 'proven' | 'failed' | 'not-checked' {
  if (signers.length === 0) return 'not-checked';
  return signers.some((signer) => isOf(signer, disclosureKey) || (owner !== null && isOf(signer, owner))) ? 'proven' : 'failed';
}
