// What stands outside of the case, on the program itself: a bundle that was received is verified, looked through, passed on and described in the browser;
// a real authority (openssl ts) stamps the log by file and over loopback; a witness cosigns it; originals are written back.
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test as plain } from 'node:test';
import { browser } from './stage.mjs';
import { DEMO, WORDS, enter, place, run, serve, show, telling, visitor } from './program.mjs';

const NAME = 'Marina';
const AUDIENCE = 'court';
let at; let server; let cookie; let on; let page; let audit; let authority;
const file = (name) => join(at.root, name);
const test = telling(plain, () => page);

async function call(method, path, body) {
  const raw = body instanceof Uint8Array;
  const answer = await fetch(`${server.origin}/api/v1/${path}`, { method, headers: { cookie, 'x-casemate': '1', ...(raw ? {} : { 'content-type': 'application/json' }) }, body: raw ? body : body && JSON.stringify(body) });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const json = /json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, headers: answer.headers, bytes, body: json ? JSON.parse(bytes) : null };
}
async function done(job) {
  for (let turn = 0; turn < 600; turn += 1) {
    const { body } = await call('GET', `jobs/${job.id}`);
    if (!['waiting', 'running'].includes(body.state)) { assert.equal(body.state, 'done', JSON.stringify(body.error)); return body; }
    await new Promise((wait) => setTimeout(wait, 100));
  }
  throw new Error('a job without an end');
}
async function disclosed(profile, exhibits, name) {
  for (const n of exhibits) { await call('POST', `exhibits/${n}/plan/${profile}/propose`); assert.equal((await call('POST', `exhibits/${n}/plan/${profile}/accept`, { by: 'C. Vial', looked: 0 })).status, 200); }
  const { body } = await call('POST', 'disclosures', { profile, exhibits, recipient: 'The invented court', purpose: 'annex' });
  const job = await done(body);
  writeFileSync(file(name), (await call('GET', `disclosures/${job.id}/bundle`)).bytes);
  return job.result;
}
/** An authority with its root, made by openssl. */
function workshop() {
  const ssl = (...args) => execFileSync('openssl', args, { cwd: at.root, stdio: ['ignore', 'pipe', 'pipe'] });
  writeFileSync(file('tsa.cnf'), ['[tsa]', 'default_tsa = one', '[one]', 'dir = .', 'serial = ./serial', 'crypto_device = builtin', 'signer_digest = sha256', 'default_policy = 1.2.3.4.1', 'digests = sha256', 'accuracy = secs:1', 'ess_cert_id_chain = no', 'ess_cert_id_alg = sha256', ''].join('\n'));
  writeFileSync(file('ext.cnf'), 'keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n');
  ssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/O=Invented Time/CN=root', '-days', '3650', '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
  ssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/O=Invented Time/CN=one');
  ssl('x509', '-req', '-in', 'tsa.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '3650', '-extfile', 'ext.cnf', '-out', 'tsa.pem');
  writeFileSync(file('serial'), '01\n');
  return (query) => {
    writeFileSync(file('q.tsq'), query);
    ssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 'one', '-queryfile', 'q.tsq', '-inkey', 'tsa.key', '-signer', 'tsa.pem', '-chain', 'root.pem', '-out', 'q.tsr');
    return readFileSync(file('q.tsr'));
  };
}
let reply;
before(async () => {
  at = await place();
  process.env.CASEMATE_MODELS = at.tmp;
  const added = await run('casemate', ['add', join(DEMO, 'papers/note-h.txt'), join(DEMO, 'papers/chat-marina.txt'), '--case', at.case, '--passphrase-file', at.pass, '--json'], { env: { TMPDIR: at.tmp } });
  assert.equal(added.code, 0, added.stderr);
  server = await serve(at);
  on = await browser();
  ({ page, audit } = await visitor(on, server.origin));
  await enter(page, server);
  cookie = (await page.context().cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  reply = workshop();
  authority = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => { response.writeHead(200, { 'content-type': 'application/timestamp-reply' }); response.end(reply(Buffer.concat(parts))); });
  });
  await new Promise((ready) => authority.listen(0, '127.0.0.1', ready));
});
after(async () => { await on?.close(); await server?.end(); authority?.close(); at?.gone(); });
const main = () => page.locator('main').innerText();
const b64 = (bytes) => Buffer.from(bytes).toString('base64');

test('a bundle on the tray is verified, and what was hidden from others stays unread', async () => {
  await disclosed(AUDIENCE, [1, 2], 'court.zip');
  await disclosed('press', [1, 2], 'press.zip');
  await show(page, '#/bundles');
  await page.locator('.drop input[type=file]').setInputFiles([file('press.zip'), file('court.zip')]);
  await page.waitForFunction(() => /Nothing failed/.test(document.querySelector('main').innerText));
  assert.match(await main(), /A key of this case signed it/);
  const spool = readdirSync(at.tmp).filter((name) => !name.startsWith('casemate-out-'));
  assert.deepEqual(spool, [], 'the upload has no name on the disk');
});
test('it is passed on with a name withheld, and stands in no byte of what was made', async () => {
  const stands = (name) => execFileSync('python3', ['-c', 'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nprint(sum(z.read(n).count(sys.argv[2].encode()) for n in z.namelist()))', file(name), NAME], { encoding: 'utf8' }).trim();
  assert.notEqual(stands('court.zip'), '0', 'the name is there before');
  await page.getByRole('link', { name: 'Pass on' }).click();
  await page.waitForSelector('.form textarea');
  assert.match(await page.locator('.form > p .btn').innerText(), /Choose what to withhold/);
  await page.locator('.form textarea').first().fill(NAME);
  await page.getByLabel('Recipient, as printed').fill('The Courier');
  await page.getByLabel('Purpose, as printed').fill('article');
  await page.getByRole('button', { name: 'Pass it on' }).click();
  await page.waitForSelector('section[aria-live] .btn.main');
  assert.match(await main(), /More is withheld of item/);
  const [save] = await Promise.all([page.waitForEvent('download'), page.locator('section[aria-live] .btn.main').click()]);
  await save.saveAs(file('narrowed.zip'));
  assert.match(save.suggestedFilename(), /^casemate-narrowed-\d+\.zip$/);
  assert.equal(stands('narrowed.zip'), '0');
  const key = await page.locator('code.hex').innerText();
  const checked = await run('casemate-verify', ['--signer', key, '--json', file('narrowed.zip')]);
  assert.equal(checked.code, 0, checked.stdout);
  assert.ok(JSON.parse(checked.stdout).findings.some((one) => one.id === 'discloser'), 'it says who passed it on');
  await page.getByRole('button', { name: 'Look at what it gives away first' }).click();
  await page.waitForFunction(() => document.querySelector('.one h2')?.innerText.startsWith('casemate-narrowed-'));
  assert.ok(await page.locator('input[name=names][value=court]').isChecked(), 'for whom it is made is known');
  assert.match(await page.locator('.one a[download]').getAttribute('href'), /disclosures\/\d+\/bundle$/);
});
test('a name among what is printed is refused before anything is made', async () => {
  const held = (await call('GET', 'held')).body;
  const court = held.find((one) => one.name === 'court.zip').id;
  const { body } = await call('POST', `held/${court}/narrow`, { names: [NAME], recipient: NAME, purpose: 'x' });
  let job = body;
  for (let turn = 0; turn < 100 && ['waiting', 'running'].includes(job.state); turn += 1) { await new Promise((wait) => setTimeout(wait, 100)); job = (await call('GET', `jobs/${body.id}`)).body; }
  assert.deepEqual([job.state, job.error.id], ['failed', 'narrow-word-inside']);
  assert.equal((await call('POST', `held/${court}/narrow`, { names: [NAME], recipient: 'x', purpose: 'x', key: 'no key' })).status, 200);
  assert.equal((await call('GET', 'held/999/contents')).body.error.id, 'not-held');
});
test('what two bundles tell together is said: what one withholds stands open in the other', async () => {
  await page.locator('.drop input[type=file]').setInputFiles(file('narrowed.zip'));
  await page.waitForFunction(() => document.querySelector('.one h2')?.innerText === 'narrowed.zip');
  await page.getByRole('link', { name: 'What it gives away' }).click();
  await page.locator('fieldset .tick', { hasText: 'court.zip' }).click();
  await page.getByRole('button', { name: 'Look through it' }).click();
  await page.waitForSelector('.found');
  assert.match(await main(), /narrowed\.zip: HIDES BADLY/);
  assert.match(await main(), /withholds stands open in court\.zip/);
  assert.match(await main(), /Names were not looked for/);
});
test('it is described for archives and laboratories', async () => {
  const held = (await call('GET', 'held')).body.find((one) => one.name === 'court.zip');
  for (const form of ['ro-crate', 'case-uco']) {
    const answer = await call('GET', `held/${held.id}/metadata/${form}`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-disposition'), /^attachment; filename="/);
    const document = JSON.parse(answer.bytes);
    assert.ok(document['@graph'].length > 2);
    assert.ok(JSON.stringify(document).includes(createHash('sha256').update(readFileSync(file('court.zip'))).digest('hex')), 'of this very file');
  }
});
test('a file that is taken away is gone, and a locked case forgets all', async () => {
  const held = (await call('GET', 'held')).body;
  assert.equal((await call('POST', `held/${held[0].id}/take`)).body.length, held.length - 1);
  assert.equal((await call('POST', `held/${held[0].id}/take`)).status, 404);
});
test('an authority stamps the log by file, and its root makes it trusted', async () => {
  const { body: question } = await call('POST', 'timestamps/question', {});
  const answer = b64(reply(Buffer.from(question.request, 'base64')));
  const root = b64(readFileSync(file('root.pem')));
  const other = await call('POST', 'timestamps/answer', { kept: question.kept, answer: b64('no answer') });
  assert.equal(other.body.error.id, 'stamp');
  const { body: stamp, status } = await call('POST', 'timestamps/answer', { kept: question.kept, answer, roots: [root] });
  assert.equal(status, 200, JSON.stringify(stamp));
  assert.deepEqual([stamp.pinned, stamp.authority, stamp.address], [true, 'CN=one, O=Invented Time', null]);
  const { body: listed } = await call('POST', 'timestamps/status', { roots: [] });
  assert.deepEqual([listed.stamps.length, listed.stamps[0].state, listed.stamps[0].says.pinned], [1, 'good', false]);
});
test('an authority is asked over the network in the browser, and what it says is shown', async () => {
  await show(page, '#/custody?tab=time');
  await page.getByRole('button', { name: 'Ask an authority now' }).click();
  assert.match(await main(), /nothing of the case/);
  await page.getByLabel('Addresses of authorities').fill(`http://127.0.0.1:${authority.address().port}/ http://127.0.0.1:9/`);
  await page.getByRole('button', { name: 'Connect and ask 2' }).click();
  await page.waitForSelector('form ul li');
  const told = await page.locator('form ul').innerText();
  assert.match(told, /existed at/);
  assert.match(told, /127\.0\.0\.1:9/);
  await page.waitForFunction(() => document.querySelectorAll('main table tbody tr').length === 2);
  assert.match(await main(), /trust NOT CHECKED/);
});
test('a bundle is put into a container with a time-stamp, by file and in the browser', async () => {
  const held = (await call('GET', 'held')).body.find((one) => one.name === 'court.zip');
  const { body: question } = await call('POST', `held/${held.id}/asic/question`, {});
  const answer = b64(reply(Buffer.from(question.request, 'base64')));
  const job = await done((await call('POST', `held/${held.id}/asic/answer`, { kept: question.kept, answer, roots: [b64(readFileSync(file('root.pem')))] })).body);
  assert.equal(job.result.says.pinned, true);
  const box = (await call('GET', `disclosures/${job.id}/bundle`)).bytes;
  assert.equal(box.subarray(30, 69).toString(), 'mimetypeapplication/vnd.etsi.asic-e+zip');
  assert.ok(box.includes(readFileSync(file('court.zip'))), 'the bundle as it is');
  await show(page, `#/bundles/${held.id}/describe`);
  await page.getByRole('button', { name: 'Ask an authority now' }).click();
  await page.getByLabel('Address of the authority').fill(`http://127.0.0.1:${authority.address().port}/`);
  await page.getByRole('button', { name: 'Connect and ask' }).click();
  const [save] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save the container' }).click()]);
  assert.match(save.suggestedFilename(), /^casemate-contained-\d+\.asice$/);
});
test('a witness cosigns the log, by files', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const name = 'witness.example/w1';
  // C2SP signed-note: the key's id is of name, a line end, the kind (4: a time-stamped cosignature) and the key.
  const keyed = Buffer.concat([Buffer.from([4]), raw]);
  const id = createHash('sha256').update(Buffer.concat([Buffer.from(`${name}\n`), keyed])).digest().subarray(0, 4);
  const key = `${name}+${id.toString('hex')}+${keyed.toString('base64')}`;
  const { body: made } = await call('POST', 'witnesses/request', { key });
  const request = Buffer.from(made.request, 'base64').toString();
  const note = request.slice(request.indexOf('\n\n') + 2);
  const text = note.slice(0, note.indexOf('\n\n') + 1);
  const now = Math.floor(Date.now() / 1000);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(now));
  const signed = sign(null, Buffer.from(`cosignature/v1\ntime ${now}\n${text}`), privateKey);
  const line = `\u2014 ${name} ${Buffer.concat([id, time, signed]).toString('base64')}\n`;
  const wrong = await call('POST', 'witnesses/answer', { key, request: made.request, answer: b64(line.replace(/.{6}\n$/, 'AAAAA=\n')) });
  assert.notEqual(wrong.status, 200);
  const { body: came, status } = await call('POST', 'witnesses/answer', { key, request: made.request, answer: b64(line) });
  assert.equal(status, 200, JSON.stringify(came));
  assert.equal(came.witness, name);
  await show(page, '#/custody?tab=time');
  await page.waitForFunction(() => /entries are cosigned/.test(document.querySelector('main').innerText));
  const { body: status2 } = await call('GET', 'witnesses');
  assert.match(status2.log_key, /\+[0-9a-f]{8}\+/);
});
test('the originals come back byte for byte, and only to a whole path', async () => {
  const folder = file('originals');
  assert.equal((await call('POST', 'export', { folder: 'here' })).body.error.id, 'form');
  await show(page, '#/custody?tab=originals');
  await page.getByLabel('The folder, by its whole path').fill(folder);
  await page.getByRole('button', { name: 'Write them' }).click();
  await page.waitForFunction(() => /originals written/.test(document.querySelector('main').innerText));
  const names = readdirSync(folder).sort();
  assert.deepEqual(names, ['00001-note-h.txt', '00002-chat-marina.txt']);
  assert.ok(readFileSync(join(folder, names[1])).equals(readFileSync(join(DEMO, 'papers/chat-marina.txt'))));
});
test('after the lock nothing that was looked at is left', async () => {
  await call('POST', 'lock');
  assert.equal((await call('GET', 'held')).status, 423);
  await call('POST', 'unlock', { passphrase: WORDS });
  assert.deepEqual((await call('GET', 'held')).body, []);
  assert.ok(!existsSync(file('case/held')));
  assert.deepEqual([audit.foreign, audit.complaints, audit.refusals], [[], [], []]);
});
