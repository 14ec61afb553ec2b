// The worker: reads the file in pieces, checks it, and says what it found. It is made from a text inside the page, so that it opens
// from a disk; it can reach nothing but the file that it is given.
import { ownerPinned, parseSigner, pinned, type Signer } from '../core/signer.ts';
import { part, type Source } from '../core/source.ts';
import { type Finding, verify, type Verdict } from '../core/verify.ts';
import { parseWitness } from '../core/witness.ts';
import { peaksOf } from './peaks.ts';
import type { Answer, Ask } from './protocol.ts';

const REPORT_EVERY = 100;
let last: { verdict: Verdict; peaks: Map<number, Float32Array> } | null = null;
let reported = 0;

function say(answer: Answer): void {
  postMessage(answer);
}

function sourceOf(file: File): Source {
  // As a part of itself it is measured once; a file is asked for its size and date at every part that is taken from it.
  const bytes = file.slice();
  return {
    size: bytes.size,
    read: async (at, length) => new Uint8Array(await bytes.slice(at, at + length).arrayBuffer()),
  };
}

async function peaks(source: Source, verdict: Verdict): Promise<Map<number, Float32Array>> {
  const found = new Map<number, Float32Array>();
  for (const { item, seen } of verdict.items) {
    const path = item.files.find(({ role }) => role === 'playable' || role === 'original')?.path;
    const file = verdict.files.find(({ name }) => name === `casemate/${path}`);
    if (seen?.kind !== 'recording' || file === undefined || item.mode === 'whole') continue;
    const heights = await peaksOf(part(source, file.at, file.size), seen.record.profile, seen.record.ticks);
    if (heights !== null) found.set(item.number, heights);
  }
  return found;
}

interface Keys {
  readonly signers: readonly Signer[];
  readonly witnesses: readonly string[];
}

/** What was typed or pasted: at most one key of a signer, and any of witnesses, with spaces between; null if it is not that. */
function keysOf(text: string): Keys | null {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const rest = words.filter((word) => parseWitness(word) === null).join(' ');
  const signer = parseSigner(rest);
  if (signer === null && rest !== '') return null;
  return { signers: signer === null ? [] : [signer], witnesses: words.filter((word) => parseWitness(word) !== null) };
}

async function check(file: File, text: string): Promise<void> {
  const source = sourceOf(file);
  const verdict = await verify(source, {
    ...(keysOf(text) ?? { signers: [] }),
    progress(done, of) {
      if (Date.now() - reported < REPORT_EVERY) return;
      reported = Date.now();
      say({ kind: 'bytes', done, of });
    },
    step: (item, of) => say({ kind: 'item', item, of }),
  });
  last = { verdict, peaks: await peaks(source, verdict) };
  answer(text);
}

function answer(text: string): void {
  if (last !== null) say({ kind: 'verdict', ...last, understood: keysOf(text) !== null });
}

/** The same verdict with other keys to compare: only two findings depend on them, and those on witnesses that stand. */
function compare(text: string): void {
  const keys = keysOf(text);
  const statement = last?.verdict.statement;
  if (last !== null && statement != null && keys !== null) {
    const { signers, witnesses } = keys;
    const { owner, disclosureKey } = last.verdict;
    const granted = owner === null || disclosureKey === null ? null : { owner, disclosureKey };
    const now: Readonly<Record<string, Finding['status']>> = { 'signer-pinned': pinned(signers, statement.key, granted, statement.narrowed !== null), 'owner-pinned': ownerPinned(signers, granted) };
    const findings = last.verdict.findings.map((finding): Finding => {
      const key = finding.facts['witness-key'];
      return { ...finding, status: key !== undefined ? (witnesses.includes(key) ? 'proven' : 'not-checked') : now[finding.id] ?? finding.status };
    });
    last = { ...last, verdict: { ...last.verdict, findings, failed: findings.some((finding) => finding.status === 'failed') } };
  }
  answer(text);
}

onmessage = ({ data }: MessageEvent<Ask>): void => {
  if (data.kind === 'compare') return compare(data.keys);
  check(data.file, data.keys).catch((error: unknown) => say({ kind: 'unreadable', cause: error instanceof Error ? error.message : String(error) }));
};
