// The bag (docs/format/bundle.md §2 and §4): which files must be there, and that each is the one listed. Invariant: a file that no
// rule calls for, or that a manifest lists otherwise, is refused. Knows no signature and no proof.
import { ascii, compare, equal, fromHex, latin, refuse } from './bytes.ts';
import { discloserFiles } from './discloser.ts';
import { part, type Source } from './source.ts';
import { stampFiles } from './stamp.ts';
import { readStatement, type Statement } from './statement.ts';
import { witnessFiles } from './witness.ts';
import type { Entry } from './zip.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const MAX_MANIFEST = 32 * MiB;
const MAX_STATEMENT = 4 * MiB;
const MAX_SIGNATURE = 64 * KiB;
const ROOT = 'casemate/';
const MANIFEST = 'manifest-sha256.txt';
export const TAG_MANIFEST = 'tagmanifest-sha256.txt';
export const SIGNATURE = 'disclosure.sig';
/** RFC 8493 §2.1.1. */
const BAGIT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
const TAG_FILES = ['bagit.txt', 'bag-info.txt', 'README.en.txt', 'README.fr.txt', 'README.zh-Hans.txt', 'disclosure.cbor'];

/** The most bytes of a proof file, by how its name ends. */
const PROOF_LIMITS: Readonly<Record<string, number>> = {
  object: 64 * MiB,
  act: 32 * MiB,
  leaves: 32 * MiB,
  tlog: 256 * KiB,
  via: 256 * KiB,
  note: 64 * KiB,
  proof: 4 * KiB,
  key: 513,
  salt: 32,
  tsr: 256 * KiB,
  census: 64 * KiB,
  sig: 64 * KiB,
  checkpoint: 64 * KiB,
};

export class Bag {
  private readonly entries: ReadonlyMap<string, Entry>;

  constructor(
    private readonly source: Source,
    entries: readonly Entry[],
  ) {
    this.entries = new Map(entries.map((entry) => [entry.name.slice(ROOT.length), entry]));
  }

  get names(): Iterable<string> {
    return this.entries.keys();
  }

  entry(name: string): Entry {
    return this.entries.get(name) ?? refuse(`${name} is missing`);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  file(name: string): Source {
    const entry = this.entry(name);
    return part(this.source, entry.at, entry.size);
  }

  async read(name: string, limit: number): Promise<Uint8Array> {
    const entry = this.entry(name);
    if (entry.size > limit) refuse(`${name} is too long`);
    return this.source.read(entry.at, entry.size);
  }

  /** A file under `proof/`. */
  proof(name: string): Promise<Uint8Array> {
    return this.read(`proof/${name}`, PROOF_LIMITS[name.split('.').at(-1) ?? ''] ?? 0);
  }

  signature(): Promise<Uint8Array> {
    return this.read(SIGNATURE, MAX_SIGNATURE);
  }

  manifest(name: string): Promise<Uint8Array> {
    return this.read(name, MAX_MANIFEST);
  }

  async statement(): Promise<Statement> {
    return readStatement(await this.read('disclosure.cbor', MAX_STATEMENT));
  }
}

export function itemName(number: number): string {
  return String(number).padStart(3, '0');
}

/** Whether an item's act is another lane's: four files stand in place of its log proof. */
export function isOfAnotherLane(bag: Bag, number: number): boolean {
  return bag.has(`proof/${itemName(number)}.via`);
}

function proofFiles(bag: Bag, statement: Statement): string[] {
  if (statement.profile === 'press') return [];
  const of = (name: string, ends: readonly string[]): string[] => ends.map((end) => `proof/${name}.${end}`);
  return [
    'proof/checkpoint',
    'proof/checkpoint.sig',
    ...of('lane', ['act', 'leaves', 'tlog']),
    ...of('census', ['act', 'leaves', 'tlog']),
    ...statement.items.flatMap(({ number }) => {
      const logged = isOfAnotherLane(bag, number) ? ['via', 'commit.act', 'commit.leaves', 'commit.tlog'] : ['tlog'];
      return of(itemName(number), ['object', 'act', 'leaves', ...logged, 'census']);
    }),
    ...Array.from({ length: statement.narrowed?.disclosers ?? 0 }, (_, i) => discloserFiles(i + 1)).flat().map((name) => `proof/${name}`),
    ...stampFiles(bag),
    ...witnessFiles(bag),
  ];
}

/** Refuses unless a manifest lists exactly these files, sorted, each with the hash that it has. */
function checkManifest(bag: Bag, manifest: Uint8Array, name: string, files: readonly string[]): void {
  const expected = new Set(files);
  let last: Uint8Array | null = null;
  for (let at = 0; at < manifest.length; ) {
    const end = manifest.indexOf(0x0a, at);
    if (end < 0) refuse(`${name} does not end with a line end`);
    const [, digest, path] = /^([0-9a-f]{64}) {2}([\x21-\x7e]+)$/.exec(latin(manifest.subarray(at, end))) ?? [];
    at = end + 1;
    if (digest === undefined || path === undefined) return refuse(`${name} has a line of another form`);
    const bytes = ascii(path);
    if (last !== null && compare(last, bytes) >= 0) refuse(`${name} is not sorted`);
    last = bytes;
    if (!expected.delete(path)) refuse(`${name} lists ${path}, which is not there or not its to list`);
    if (!equal(bag.entry(path).sha256, fromHex(digest) ?? new Uint8Array(0))) refuse(`${path} is not the file listed`);
  }
  for (const path of expected) refuse(`${path} is not listed`);
}

/** The lists: every file is in its manifest, and as it says. */
export async function checkLists(bag: Bag): Promise<void> {
  if (latin(await bag.read('bagit.txt', BAGIT.length)) !== BAGIT) refuse('bagit.txt is not that of BagIt 1.0');
  const names = [...bag.names];
  const isPayload = (path: string): boolean => path.startsWith('data/');
  const isTag = (path: string): boolean => !isPayload(path) && path !== TAG_MANIFEST && path !== SIGNATURE;
  checkManifest(bag, await bag.manifest(MANIFEST), MANIFEST, names.filter(isPayload));
  checkManifest(bag, await bag.manifest(TAG_MANIFEST), TAG_MANIFEST, names.filter(isTag));
}

/** That nothing is missing which the format or the statement calls for, and nothing is there besides. */
export function checkCalledFor(bag: Bag, statement: Statement): void {
  const delivered = statement.items.flatMap((item) => item.files.map((file) => file.path));
  const expected = new Set([...TAG_FILES, MANIFEST, TAG_MANIFEST, SIGNATURE, ...proofFiles(bag, statement), ...delivered]);
  for (const name of expected) bag.entry(name);
  for (const name of bag.names) if (!expected.has(name)) refuse(`nothing calls for ${name}`);
}
