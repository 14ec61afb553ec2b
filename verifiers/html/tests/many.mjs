// Verifies many bundles in one process, for script/fuzz verifiers (of ../dist/core.mjs, or the module named): a line of JSON {path, signers, witnesses} on the input is answered by a line
// {findings} or, where the core throws, {error}. It decides nothing: the verdict is the core's.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const { inMemory, parseSigner, verify } = await import(process.argv[2] ?? '../dist/core.mjs');

for await (const line of createInterface({ input: process.stdin })) {
  const { path, signers, witnesses } = JSON.parse(line);
  let answer;
  try {
    const { findings } = await verify(inMemory(Uint8Array.from(await readFile(path))), { signers: signers.map(parseSigner), witnesses });
    answer = { findings: findings.map(({ id, item, status, facts }) => ({ id, item: item ?? null, status, facts })) };
  } catch (error) {
    answer = { error: `${error}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
