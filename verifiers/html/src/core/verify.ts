// The verdict: all findings of docs/format/bundle.md §5, in order. Invariant: *proven* is said of nothing that was not checked to
// the end; what depends on something that failed is *not checked* or not listed, never proven. Pure but for reading the bundle.
import { CENSUS_LEAVES, type Grant, LANE_LEAVES, openAct, readCensus, readGrant, readSealing, type Sealing, sealingLeaves } from './act.ts';
import { Bag, checkCalledFor, checkLists, isOfAnotherLane, itemName, TAG_MANIFEST } from './bag.ts';
import { equal, hex, Refused, refuse } from './bytes.ts';
import { decode, record } from './cbor.ts';
import { type Discloser, factsOf, readDiscloser, withheldBy } from './discloser.ts';
import { type Seen, proveItem } from './item.ts';
import { includes, MAX_ENTRIES, openNote, proveEntry, rowData } from './log.ts';
import { numbered } from './numbered.ts';
import { ownerPinned, pinned, type Signer } from './signer.ts';
import type { Source } from './source.ts';
import { readStamps } from './stamp.ts';
import { checkSshSignature } from './ssh.ts';
import type { Item, Statement } from './statement.ts';
import { wholeMilliseconds } from './time.ts';
import { byWayOf } from './via.ts';
import { readCosigned } from './witness.ts';
import { type Entry, readZip } from './zip.ts';
import { profileOf } from '../profiles/index.ts';

export type Status = 'proven' | 'failed' | 'not-checked';

export interface Finding {
  readonly id: string;
  readonly item: number | null;
  readonly status: Status;
  readonly facts: Readonly<Record<string, string>>;
}

/** An item with what was proven of it, for whoever shows it. */
export interface Shown {
  readonly item: Item;
  /** Null unless the object was proven. */
  readonly seen: Seen | null;
  /** Whether what is to be read and played is the verifier's own rendering. */
  readonly rendered: boolean;
}

export interface File {
  readonly name: string;
  readonly at: number;
  readonly size: number;
}

export interface Verdict {
  readonly findings: readonly Finding[];
  readonly failed: boolean;
  /** Null unless the bag holds. */
  readonly statement: Statement | null;
  readonly items: readonly Shown[];
  readonly files: readonly File[];
  readonly owner: Uint8Array | null;
  /** The disclosure key that the owner granted, if a grant held. */
  readonly disclosureKey: Uint8Array | null;
}

export interface Options {
  /** Keys that may stand behind the bundle. */
  readonly signers: readonly Signer[];
  /** Verifier keys of witnesses that are trusted, whole. */
  readonly witnesses?: readonly string[];
  readonly progress?: (bytes: number, of: number) => void;
  readonly step?: (item: number, of: number) => void;
}

/** Whose log it is: what every proof of it is checked against. */
interface Log {
  readonly grant: Grant;
  readonly caseId: Uint8Array;
}

class Findings {
  readonly list: Finding[] = [];

  add(id: string, item: number | null, status: Status, facts: Record<string, string> = {}): void {
    this.list.push({ id, item, status, facts });
  }

  /** Does a check that may refuse; its facts go into the finding, or the cause and what was `known` before. Null if it failed. */
  async check<T>(id: string, item: number | null, work: () => Promise<{ value: T; facts: Record<string, string> }>, known: Record<string, string> = {}): Promise<T | null> {
    try {
      const { value, facts } = await work();
      this.add(id, item, 'proven', facts);
      return value;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.add(id, item, 'failed', { cause: error.fault, ...known });
      return null;
    }
  }
}

/** A refusal as a value; any other error stays one. */
function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  throw error;
}

class Verification {
  private readonly findings = new Findings();
  private readonly shown: Shown[] = [];
  private statement: Statement | null = null;
  private entries: readonly Entry[] = [];
  private grant: Grant | null = null;
  /** What tokens of time claim. */
  private claimed: Record<string, string> = {};
  private readonly cosigned = new Findings();
  /** Who passed the bundle on, if all hold. */
  private chain: readonly Discloser[] | null = null;
  private firstUnknown = false;

  constructor(
    private readonly source: Source,
    private readonly options: Options,
  ) {}

  async run(): Promise<Verdict> {
    const entries = await this.findings.check('zip-strict', null, async () => ({
      value: await readZip(this.source, (bytes) => this.options.progress?.(bytes, this.source.size)),
      facts: {},
    }));
    if (entries === null) this.notChecked(['manifest', 'signature', 'signer-pinned']);
    else await this.bag(entries);
    this.findings.add('time', null, 'not-checked', this.claimed);
    this.findings.list.push(...this.cosigned.list);
    this.notChecked(['freshness', 'content']);
    return {
      findings: this.findings.list,
      failed: this.findings.list.some(({ status }) => status === 'failed'),
      statement: this.statement,
      items: this.shown,
      files: this.entries.map(({ name, at, size }) => ({ name, at, size })),
      owner: this.grant?.owner ?? null,
      disclosureKey: this.grant?.disclosureKey ?? null,
    };
  }

  private notChecked(ids: readonly string[]): void {
    for (const id of ids) this.findings.add(id, null, 'not-checked');
  }

  private async bag(entries: readonly Entry[]): Promise<void> {
    const bag = new Bag(this.source, entries);
    let statement: Statement | Refused = new Refused('the statement was not read');
    let listed = false;
    await this.findings.check('manifest', null, async () => {
      await checkLists(bag);
      listed = true;
      statement = await bag.statement().catch(asRefused);
      if (!(statement instanceof Refused)) checkCalledFor(bag, statement);
      return { value: true, facts: {} };
    });
    if (!listed) return this.notChecked(['signature', 'signer-pinned']);
    this.entries = entries;
    const stated = await this.signed(bag, statement);
    if (stated === null) return this.notChecked(['signer-pinned']);
    this.statement = stated;
    if (stated.profile === 'court') return this.court(bag, stated);
    this.pinned(stated);
    for (const item of stated.items) {
      this.findings.add('object', item.number, 'not-checked', { reason: 'text-without-proof' });
      this.shown.push({ item, seen: null, rendered: false });
    }
  }

  /** The statement, once its signature holds. */
  private signed(bag: Bag, statement: Statement | Refused): Promise<Statement | null> {
    return this.findings.check('signature', null, async () => {
      if (statement instanceof Refused) throw statement;
      checkSshSignature(await bag.signature(), statement.key, 'disclosure@casemate', await bag.manifest(TAG_MANIFEST));
      return { value: statement, facts: { key: hex(statement.key), date: statement.date, profile: statement.profile } };
    });
  }

  private pinned(statement: Statement): void {
    const { signers } = this.options;
    this.findings.add('signer-pinned', null, pinned(signers, statement.key, this.grant, statement.narrowed !== null), { key: hex(statement.key) });
    if (statement.narrowed !== null) this.findings.add('owner-pinned', null, ownerPinned(signers, this.grant), this.grant === null ? {} : { key: hex(this.grant.owner) });
  }

  private async court(bag: Bag, statement: Statement): Promise<void> {
    const caseId = statement.caseId as Uint8Array;
    let log: Log | null = null;
    const granted = new Findings();
    await granted.check('owner-grant', null, async () => {
      const act = await openAct(await bag.proof('lane.act'), await bag.proof('lane.leaves'), LANE_LEAVES, 'the lane act');
      const grant = readGrant(act, caseId);
      // Who passes a bundle on has no grant: the first discloser has, and is asked for it.
      if (statement.narrowed === null && !equal(grant.disclosureKey, statement.key)) refuse('the grant is for another disclosure key');
      log = { grant, caseId };
      if ((await this.logged(bag, 'lane', log, act.root)) !== 0) refuse('the lane act is not the first entry of the lane');
      return { value: true, facts: { owner: hex(grant.owner), role: grant.role, lane: hex(grant.lane) } };
    });
    this.grant = (log as Log | null)?.grant ?? null;
    this.pinned(statement);
    this.findings.list.push(...granted.list);
    if (log === null) this.notChecked(['checkpoint']);
    else await this.checkpoint(bag, log);
    await this.disclosers(bag, statement, log);
    const census = log === null ? null : await this.census(bag, log);
    const stamps = await readStamps(bag);
    if (stamps.count > 0) this.claimed = { stamps: String(stamps.count), claimed: stamps.claimed.join(',') };
    for (const [i, item] of statement.items.entries()) {
      this.options.step?.(i + 1, statement.items.length);
      await this.item(bag, statement, item, log, census);
    }
    for (const [i, name] of numbered(bag, 'witness').entries()) await this.witness(bag, name, i + 1, statement, log);
  }

  /** Who cosigned a checkpoint, once the items are proven: it covers those that stand in it by themselves. */
  private async witness(bag: Bag, name: string, number: number, statement: Statement, log: Log | null): Promise<void> {
    try {
      const { grant } = log ?? refuse("the owner's grant could not be read");
      const { witness, time, size } = await readCosigned(bag, name, grant.lane, grant.laneKey, openNote(await bag.proof('checkpoint'), grant.lane, grant.laneKey));
      const covered = this.findings.list.filter(({ id, status, facts }) => id === 'logged' && status === 'proven' && facts.lane === undefined && Number(facts.index) < size);
      this.cosigned.add('witness', null, this.options.witnesses?.includes(witness.text) === true ? 'proven' : 'not-checked', {
        witness: witness.name, 'witness-key': witness.text, time, size: String(size), covers: `${covered.length}/${statement.items.length}`,
      });
    } catch (error) {
      this.cosigned.add('witness', null, 'failed', { number: String(number), cause: asRefused(error).fault });
    }
  }

  /** Those who passed the bundle on, one after the other; behind the first that fails none is checked. */
  private async disclosers(bag: Bag, statement: Statement, log: Log | null): Promise<void> {
    const chain: Discloser[] = [];
    let failed = log === null;
    let ahead = 0;
    for (let place = 1; place <= (statement.narrowed?.disclosers ?? 0); place++) {
      if (failed || log === null) {
        this.findings.add('discloser', null, 'not-checked', { place: String(place + ahead) });
        continue;
      }
      const { grant, caseId } = log;
      try {
        const found = await readDiscloser(bag, statement, caseId, grant.disclosureKey, chain.at(-1) ?? null, place);
        if (place === 1 && found.narrower) {
          ahead = 1;
          this.firstUnknown = true;
          this.findings.add('discloser', null, 'not-checked', { place: '1', key: hex(grant.disclosureKey), reason: 'no-statement' });
        }
        this.findings.add('discloser', null, 'proven', { place: String(place + ahead), ...factsOf(found) });
        chain.push(found);
      } catch (error) {
        this.findings.add('discloser', null, 'failed', { cause: asRefused(error).fault, place: String(place + ahead) });
        failed = true;
      }
    }
    this.chain = failed ? null : chain;
  }

  /** Who withheld which part of an item that was proven. */
  private withheldBy(item: Item, seen: Seen): void {
    if (this.chain === null) return this.findings.add('withheld-by', item.number, 'not-checked');
    const found = withheldBy(this.chain, this.firstUnknown, item.number);
    const facts: Record<string, string> = { by: found.map(([name, runs]) => `${name}:${runs.reduce((sum, [from, to]) => sum + to - from, 0)}`).join(';') };
    if (seen.kind === 'recording') {
      const { begin, end } = wholeMilliseconds(seen.record);
      const profile = profileOf(seen.record);
      const ticks = (leaf: number): number => profile.ticksBefore(leaf, seen.record.ticks);
      const times = found.map(([name, runs]) => [name, runs.filter(([from, to]) => ticks(from) < ticks(to)).map(([from, to]) => `${begin(ticks(from))}-${end(ticks(to))}`).join(',')] as const);
      const sound = times.filter(([, at]) => at !== '');
      if (sound.length > 0) facts['by-ms'] = sound.map(([name, at]) => `${name}:${at}`).join(';');
    }
    this.findings.add('withheld-by', item.number, this.firstUnknown ? 'not-checked' : 'proven', facts);
  }

  private checkpoint(bag: Bag, { grant }: Log): Promise<unknown> {
    return this.findings.check('checkpoint', null, async () => {
      const note = await bag.proof('checkpoint');
      const checkpoint = openNote(note, grant.lane, grant.laneKey);
      checkSshSignature(await bag.proof('checkpoint.sig'), grant.sshKey, 'checkpoint@casemate', note);
      return { value: true, facts: { size: String(checkpoint.size), root: hex(checkpoint.root) } };
    });
  }

  /** The root of the census map; a census that does not hold fails at each item. */
  private census(bag: Bag, log: Log): Promise<Uint8Array | Refused> {
    return (async () => {
      const act = await openAct(await bag.proof('census.act'), await bag.proof('census.leaves'), CENSUS_LEAVES, 'the census act');
      const root = readCensus(act);
      await this.logged(bag, 'census', log, act.root);
      return root;
    })().catch(asRefused);
  }

  private async logged(bag: Bag, name: string, log: Log, root: Uint8Array): Promise<number> {
    const note = await bag.proof('checkpoint');
    const checkpoint = openNote(note, log.grant.lane, log.grant.laneKey);
    return proveEntry(await bag.proof(`${name}.tlog`), note, checkpoint, log.caseId, log.grant.lane, root);
  }

  /** Where an item's act stands in its lane: the bundle's own, or another that a commit of this one has seen. */
  private async placeOf(bag: Bag, number: number, log: Log, root: Uint8Array): Promise<Record<string, string>> {
    const name = itemName(number);
    if (!isOfAnotherLane(bag, number)) return { index: String(await this.logged(bag, name, log, root)) };
    const { commit, index, lane } = await byWayOf(bag, name, log.caseId, log.grant.lane, root);
    await this.logged(bag, `${name}.commit`, log, commit);
    return { index: String(index), lane: hex(lane) };
  }

  private async item(bag: Bag, statement: Statement, item: Item, log: Log | null, census: Uint8Array | Refused | null): Promise<void> {
    const name = itemName(item.number);
    if (log === null || census === null) {
      this.findings.add('logged', item.number, 'not-checked');
    } else {
      const sealing = await this.findings.check('logged', item.number, async () => {
        const disclosed = await bag.proof(`${name}.act`);
        const act = await openAct(disclosed, await bag.proof(`${name}.leaves`), sealingLeaves(disclosed), 'the act');
        const found = readSealing(act);
        if (item.root === null || !equal(found.objectRoot, item.root)) refuse('the act holds another object');
        const place = await this.placeOf(bag, item.number, log, act.root);
        return { value: found, facts: { seal: sealOf(item), ...place } };
      }, { seal: sealOf(item) });
      if (sealing !== null && item.from !== null) await this.parent(statement, item, item.from, sealing);
      await this.row(bag, item, census);
    }
    await this.object(bag, item, statement.narrowed !== null);
  }

  private parent(statement: Statement, item: Item, from: number, sealing: Sealing): Promise<unknown> {
    return this.findings.check('parent', item.number, () => {
      const root = statement.items.find((other) => other.number === from)?.root;
      if (root == null || !sealing.parents.some((parent) => equal(parent, root))) refuse('the act does not name the source among its parents');
      return Promise.resolve({ value: true, facts: { from: String(from) } });
    });
  }

  private row(bag: Bag, item: Item, census: Uint8Array | Refused): Promise<unknown> {
    return this.findings.check('census', item.number, async () => {
      if (census instanceof Refused) throw census;
      const row = readRow(await bag.proof(`${itemName(item.number)}.census`));
      if (item.root === null || !equal(row.key, item.root)) refuse('the row of the census is of another object');
      if (!includes(rowData(row.salt, row.key, row.value), row.index, row.rows, row.path, census)) refuse('the row is not in the census');
      const view = new DataView(row.value.buffer, row.value.byteOffset, row.value.length);
      return { value: true, facts: { acts: String(view.getBigUint64(0)) } };
    });
  }

  private async object(bag: Bag, item: Item, passedOn: boolean): Promise<void> {
    let outcome;
    try {
      outcome = await proveItem(bag, item);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.findings.add('object', item.number, 'failed', { cause: error.fault });
      this.shown.push({ item, seen: null, rendered: false });
      return;
    }
    const { seen, differs, roles } = outcome;
    this.shown.push({ item, seen: differs === null ? seen : null, rendered: differs === null });
    if (differs !== null) {
      this.findings.add('rendering', item.number, 'failed', { cause: differs });
      return;
    }
    this.findings.add('object', item.number, 'proven', objectFacts(item, seen));
    if (roles.length > 0) this.findings.add('rendering', item.number, 'proven', { files: roles.join(',') });
    if (seen.containerHidden) this.findings.add('container', item.number, 'not-checked');
    if (passedOn && seen.hidden > 0) this.withheldBy(item, seen);
  }
}

function sealOf(item: Item): string {
  return item.root === null ? '' : hex(item.root).slice(0, 16);
}

function objectFacts(item: Item, seen: Seen): Record<string, string> {
  const facts: Record<string, string> = { seal: sealOf(item), profile: seen.record.profile, leaves: String(seen.record.leaves), hidden: String(seen.hidden) };
  if (seen.kind !== 'recording') return facts;
  const { begin, end } = wholeMilliseconds(seen.record);
  const gaps = seen.gaps.map(([from, to]) => [begin(from), end(to)] as const);
  facts['duration-ms'] = String(end(seen.record.ticks));
  facts['withheld-ms'] = String(gaps.reduce((sum, [from, to]) => sum + to - from, 0));
  facts['withheld-at-ms'] = gaps.map(([from, to]) => `${from}-${to}`).join(',');
  return facts;
}

interface Row {
  readonly salt: Uint8Array;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly index: number;
  readonly rows: number;
  readonly path: readonly Uint8Array[];
}

function readRow(bytes: Uint8Array): Row {
  const what = 'the row of the census';
  const [salt, key, value, index, rows, path] = record(decode(bytes, what), 6, what);
  const fixed = (field: unknown, length: number): Uint8Array => (field instanceof Uint8Array && field.length === length ? field : refuse(`${what} has another form`));
  if (typeof index !== 'number' || typeof rows !== 'number' || rows > MAX_ENTRIES || !Array.isArray(path) || path.length > 64) return refuse(`${what} has another form`);
  return { salt: fixed(salt, 32), key: fixed(key, 32), value: fixed(value, 48), index, rows, path: path.map((hash) => fixed(hash, 32)) };
}

/** Checks a bundle to the end and says all that was found. Throws only where the file can't be read. */
export function verify(source: Source, options: Options): Promise<Verdict> {
  return new Verification(source, options).run();
}
