// The verification core in Node, for comparing verifiers: `node dist/cli.mjs [--json] [--signer HEX]… [--witness KEY]…
// BUNDLE`. Exit codes as casemate-verify: 0 nothing failed, 1 something failed, 2 not understood or not readable.
import { open } from 'node:fs/promises';
import { parseSigner, type Signer } from './core/signer.ts';
import type { Source } from './core/source.ts';
import { verify } from './core/verify.ts';
import { parseWitness } from './core/witness.ts';

const signers: Signer[] = [];
const witnesses: string[] = [];
const files: string[] = [];
let json = false;

function usage(why: string): never {
  process.stderr.write(`${why}\nusage: cli.mjs [--json] [--signer HEX]… [--witness KEY]… BUNDLE\n`);
  process.exit(2);
}

const words = process.argv.slice(2);
while (words.length > 0) {
  const word = words.shift() as string;
  if (word === '--json') json = true;
  else if (word === '--signer') {
    signers.push(parseSigner(words.shift() ?? '') ?? usage('a signer is 64 hex digits'));
  } else if (word === '--witness') {
    witnesses.push(parseWitness(words.shift() ?? '')?.text ?? usage("a witness's key is name+id+key"));
  } else if (word.startsWith('--')) usage(`${word} is not an option`);
  else files.push(word);
}
const [file] = files;
if (file === undefined || files.length > 1) usage('name one bundle');

async function readable(path: string): Promise<Source> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return {
    size,
    async read(at, length) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await handle.read(bytes, done, length - done, at + done);
        if (bytesRead === 0) throw new Error('the file got shorter while it was read');
        done += bytesRead;
      }
      return bytes;
    },
  };
}

try {
  const verdict = await verify(await readable(file), { signers, witnesses });
  const findings = verdict.findings.map(({ id, item, status, facts }) => ({ id, ...(item === null ? {} : { item }), status, ...(Object.keys(facts).length > 0 ? { facts } : {}) }));
  if (json) process.stdout.write(`${JSON.stringify({ format: 'casemate-verdict-v1', file, verdict: verdict.failed ? 'failed' : 'nothing-failed', findings }, null, 2)}\n`);
  else for (const { id, item, status, facts } of verdict.findings) process.stdout.write(`${status.padEnd(12)} ${id}${item === null ? '' : `, item ${item}`} ${JSON.stringify(facts)}\n`);
  process.exitCode = verdict.failed ? 1 : 0;
} catch (error) {
  process.stderr.write(`${file} could not be read: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
