// SSHSIG: the signature of `ssh-keygen -Y sign` (OpenSSH PROTOCOL.sshsig), Ed25519 and SHA-512 only. Invariant: one signature has
// one spelling; armour and blob are made anew and compared. Knows neither what was signed nor why.
import { sha512 } from '@noble/hashes/sha2.js';
import { ascii, concat, equal, fromBase64, latin, refuse, toBase64 } from './bytes.ts';
import { verifies } from './ed25519.ts';

export const MAX_ARMOUR = 4096;
const BEGIN = '-----BEGIN SSH SIGNATURE-----\n';
const END = '-----END SSH SIGNATURE-----\n';
const LINE = 70;
const MAGIC = ascii('SSHSIG');

function text(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return concat(length, bytes);
}

function armour(blob: Uint8Array): string {
  const lines = toBase64(blob).match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return BEGIN + lines.map((line) => `${line}\n`).join('') + END;
}

function blobOf(key: Uint8Array, namespace: string, signature: Uint8Array): Uint8Array {
  const algorithm = text(ascii('ssh-ed25519'));
  return concat(
    MAGIC,
    Uint8Array.of(0, 0, 0, 1),
    text(concat(algorithm, text(key))),
    text(ascii(namespace)),
    text(new Uint8Array(0)),
    text(ascii('sha512')),
    text(concat(algorithm, text(signature))),
  );
}

/** Refuses unless this armoured signature is by this key, in this namespace, over this message. */
export function checkSshSignature(armoured: Uint8Array, key: Uint8Array, namespace: string, message: Uint8Array): void {
  if (armoured.length > MAX_ARMOUR) refuse('the SSH signature is too long');
  const lines = latin(armoured);
  if (!lines.startsWith(BEGIN) || !lines.endsWith(END)) refuse('the SSH signature has another armour');
  const blob = fromBase64(lines.slice(BEGIN.length, -END.length).replaceAll('\n', ''), 'the SSH signature');
  if (armour(blob) !== lines) refuse('the SSH signature has another armour');
  const signature = blob.slice(-64);
  if (blob.length < 64 || !equal(blob, blobOf(key, namespace, signature))) refuse('the SSH signature is of another key, kind or namespace');
  const signed = concat(MAGIC, text(ascii(namespace)), text(new Uint8Array(0)), text(ascii('sha512')), text(sha512(message)));
  if (!verifies(key, signed, signature)) refuse('the SSH signature does not verify');
}
