// The program itself: its folder of programs, a private place for a case, a server that can be killed and started again.
// CASEMATE_BIN is the folder of casemate, casemate-worker, casemate-speech and casemate-verify (default ../target/debug).
// CASEMATE_UI_DIST, for work on the app alone: its files are laid over those that the program embeds, with the program's headers.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const DEMO = resolve(here, '../../demo');
export const BIN = resolve(here, '..', process.env.CASEMATE_BIN ?? '../target/debug');
export const WORDS = 'seven words that open it';
const OVER = process.env.CASEMATE_UI_DIST;

/** Runs one of the programs; its failure is an answer, not an exception. */
export function run(program, args, { env = {}, cwd } = {}) {
  return new Promise((done) => {
    execFile(join(BIN, program), args, { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 26, timeout: 120_000 }, (error, stdout, stderr) => done({ code: error ? (error.code ?? -1) : 0, stdout, stderr }));
  });
}

/** A new case in a private folder, with a folder of its own for whatever is temporary. */
export async function place() {
  for (const program of ['casemate', 'casemate-worker', 'casemate-speech', 'casemate-verify']) if (!existsSync(join(BIN, program))) throw new Error(`${join(BIN, program)} is not built; set CASEMATE_BIN`);
  const root = mkdtempSync(join(tmpdir(), 'casemate-web-'));
  const tmp = mkdtempSync(join(root, 'tmp-'));
  const pass = join(root, 'pass');
  writeFileSync(pass, `${WORDS}\n`, { mode: 0o600 });
  const made = await run('casemate', ['init', join(root, 'case'), '--passphrase-file', pass, '--json'], { env: { TMPDIR: tmp } });
  if (made.code !== 0) throw new Error(`init: ${made.stderr}`);
  return { root, tmp, pass, case: join(root, 'case'), gone: () => rmSync(root, { recursive: true, force: true }) };
}

/** `casemate serve` on a case. Resolves once it printed its link. */
export async function serve(at, { port = 0, idle = 30 } = {}) {
  const child = spawn(join(BIN, 'casemate'), ['serve', '--no-open', '--json', '--case', at.case, '--port', String(port), '--idle', String(idle)], { env: { ...process.env, TMPDIR: at.tmp, LANG: 'en_GB.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let told = '';
  child.stderr.on('data', (some) => { told += some; });
  const ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
  const link = await new Promise((ready, failed) => {
    child.stdout.on('data', (some) => { said += some; const found = /"link":\s*"([^"]+)"/.exec(said); if (found) ready(found[1]); });
    void ended.then((end) => failed(new Error(`serve ended (${end.code ?? end.signal}): ${told}`)));
  });
  return { link, origin: new URL(link).origin, port: Number(new URL(link).port), pid: child.pid, told: () => told, end: async (signal = 'SIGTERM') => { child.kill(signal); return ended; } };
}

const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml', '.html': 'text/html' };
/** Lays the app of CASEMATE_UI_DIST over the program's own, where that is asked for. */
async function overlay(context) {
  if (!OVER) return;
  await context.route('**/assets/**', async (route) => {
    const file = join(OVER, 'assets', basename(new URL(route.request().url()).pathname));
    if (existsSync(file)) await route.fulfill({ body: readFileSync(file), contentType: TYPES[extname(file)] ?? 'application/octet-stream', headers: { 'cache-control': 'no-store' } });
    else await route.continue();
  });
  // The words that the app's new parts say, where the program would give words at all.
  await context.route('**/api/v1/messages/*.ftl', async (route) => {
    const answer = await route.fetch();
    const lang = basename(new URL(route.request().url()).pathname, '.ftl');
    const say = ['common', 'verify', 'cli', 'web'].map((area) => readFileSync(resolve(here, `../../crates/words/messages/${lang}/${area}.ftl`), 'utf8')).join('\n');
    await route.fulfill(answer.ok() ? { response: answer, body: say } : { response: answer });
  });
  await context.route((url) => url.pathname === '/' && url.search === '', async (route) => {
    const answer = await route.fetch();
    const nonce = /'nonce-([0-9a-f]+)'/.exec(answer.headers()['content-security-policy'] ?? '')?.[1] ?? '';
    await route.fulfill({ response: answer, body: readFileSync(join(OVER, 'index.html'), 'utf8').replaceAll('__CSP_NONCE__', nonce) });
  });
}

/** A browser's profile of its own, in which every request, complaint, dialog and refusal by the policy is written down. */
export async function visitor(from, origin, { lang = 'en', width = 1280, height = 800 } = {}) {
  const context = await from.newContext({ viewport: { width, height }, locale: { en: 'en-GB', fr: 'fr-FR', 'zh-Hans': 'zh-CN' }[lang], reducedMotion: 'reduce', acceptDownloads: true });
  const audit = { requests: [], answers: [], foreign: [], complaints: [], dialogs: [], refusals: [] };
  await overlay(context);
  await context.exposeFunction('__refused', (what) => { audit.refusals.push(what); });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => void window.__refused(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  context.on('request', (request) => {
    audit.requests.push(request);
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:') && !url.startsWith(`blob:${origin}/`)) audit.foreign.push(url);
  });
  context.on('response', (answer) => audit.answers.push(answer));
  context.on('page', (page) => {
    page.on('dialog', (dialog) => { audit.dialogs.push(dialog.message()); void dialog.dismiss(); });
    page.on('pageerror', (error) => audit.complaints.push(String(error)));
    page.on('console', (message) => { if (message.type() === 'error' && !/status of (4\d\d|5\d\d)|net::ERR/.test(message.text())) audit.complaints.push(message.text()); });
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  // A redirect's second request is not routed: asked for again, it is.
  if (OVER) { const go = page.goto.bind(page); page.goto = async (url, how) => { const answer = await go(url, how); return url.includes('token=') ? go(`${origin}/`) : answer; }; }
  return { context, page, audit };
}

export async function unlock(page, words = WORDS) {
  await page.locator('input[autocomplete=current-password]').fill(words);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.app main h1', { timeout: 20_000 });
}

/** Opens the server's link and unlocks. */
export async function enter(page, server, words = WORDS) {
  await page.goto(server.link);
  await page.waitForSelector('input[autocomplete=current-password]');
  await unlock(page, words);
}

/** Goes to a place of the app by its address and waits until what is asked there has come. */
export async function show(page, fragment) {
  await page.evaluate((to) => { location.hash = to; }, fragment);
  await page.waitForFunction((to) => location.hash.startsWith(to.split('?')[0]), fragment);
  await page.waitForTimeout(150);
  await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('.waiting'), null, { timeout: 20_000 });
}

/** A call as the app makes it, from within the page. */
export function call(page, method, path, body) {
  return page.evaluate(async ({ method, path, body }) => {
    const answer = await fetch(`/api/v1/${path}`, { method, headers: { 'X-Casemate': '1', 'Accept-Language': 'en', 'Content-Type': 'application/json' }, body: body === undefined ? null : JSON.stringify(body) });
    const text = await answer.text();
    try { return { status: answer.status, body: JSON.parse(text) }; } catch { return { status: answer.status, body: text }; }
  }, { method, path, body });
}

/** Gives files to Intake by its file chooser and waits until each has its fate. */
export async function give(page, files) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('.drop .btn.main').click()]);
  await chooser.setFiles(files);
  await page.waitForFunction((many) => document.querySelectorAll('.given > table tbody tr').length >= many && document.querySelectorAll('.given .sum .work').length === 0, files.length, { timeout: 60_000 });
}

/** A test whose failure also tells what the page said. */
export function telling(test, page) {
  return (name, act) => test(name, async () => {
    try { await act(); } catch (cause) {
      const said = await page()?.locator('body').innerText({ timeout: 2_000 }).catch(() => '') ?? '';
      console.log(`# ${name}\n# the page, ${page()?.url()}:\n${said.slice(0, 4_000).replace(/^/gm, '#   ')}`);
      throw cause;
    }
  });
}
