// The worker: reads the file in pieces, checks it, and says what it found. It is made from a text inside the page, so that it opens
// from a disk; it can reach nothing but the file that it is given.
import { ownerPinned, parseSigner, pinned } from '../core/signer.ts';
import { part, type Source } from '../core/source.ts';
import { type Finding, verify, type Verdict } from '../core/verify.ts';
import { peaksOf } from './peaks.ts';
import type { Answer, Ask } from './protocol.ts';

const REPORT_EVERY = 100;
let last: { verdict: Verdict; peaks: Map<number, Float32Array> } | null = null;
let reported = 0;

function say(answer: Answer): void {
  postMessage(answer);
}

function sourceOf(file: Blob): Source {
  return {
    size: file.size,
    read: async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer()),
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

async function check(file: File, text: string): Promise<void> {
  const signer = parseSigner(text);
  const source = sourceOf(file);
  const verdict = await verify(source, {
    signers: signer === null ? [] : [signer],
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
  if (last === null) return;
  const signer = parseSigner(text);
  say({ kind: 'verdict', ...last, signer: signer !== null ? 'understood' : text.trim() === '' ? 'none' : 'not-understood' });
}

/** The same verdict with another key to compare: only two findings depend on it. */
function compare(text: string): void {
  const signer = parseSigner(text);
  const statement = last?.verdict.statement;
  if (last !== null && statement != null && signer !== null) {
    const { owner, disclosureKey } = last.verdict;
    const granted = owner === null || disclosureKey === null ? null : { owner, disclosureKey };
    const now: Readonly<Record<string, Finding['status']>> = { 'signer-pinned': pinned([signer], statement.key, granted, statement.narrowed !== null), 'owner-pinned': ownerPinned([signer], granted) };
    const findings = last.verdict.findings.map((finding): Finding => ({ ...finding, status: now[finding.id] ?? finding.status }));
    last = { ...last, verdict: { ...last.verdict, findings, failed: findings.some((finding) => finding.status === 'failed') } };
  }
  answer(text);
}

onmessage = ({ data }: MessageEvent<Ask>): void => {
  if (data.kind === 'compare') return compare(data.signer);
  check(data.file, data.signer).catch((error: unknown) => say({ kind: 'unreadable', cause: error instanceof Error ? error.message : String(error) }));
};
