// A browser and something to look at: the mock, or the server whose address CASEMATE_UI_URL gives (a link with its token).
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const MOCK = !process.env.CASEMATE_UI_URL;
export const PASSPHRASE = process.env.CASEMATE_UI_PASSPHRASE ?? 'demo';
export async function mock(port, ...options) {
  const server = spawn(process.execPath, [fileURLToPath(new URL('../mock/server.mjs', import.meta.url)), '--port', String(port), ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () => server.kill();
  process.once('exit', stop);
  await new Promise((ready, failed) => { server.stdout.once('data', ready); server.once('exit', () => failed(new Error(`the mock could not start on ${port}`))); });
  return { url: `http://127.0.0.1:${port}/`, stop };
}
export async function browser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'] });
}
/** A page whose every complaint (policy, exception, console error) is kept. */
export async function open(from, url, { lang = 'en', theme = 'light', width = 1440, height = 900, scale = 1 } = {}) {
  const context = await from.newContext({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme: theme, locale: { en: 'en-GB', fr: 'fr-FR', 'zh-Hans': 'zh-CN' }[lang], reducedMotion: 'reduce', acceptDownloads: true });
  await context.addInitScript((one) => { try { localStorage.setItem('casemate.lang', one); } catch { /* nothing to keep it in */ } }, lang);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => { if (message.type() === 'error' && !/status of (4\d\d|5\d\d)|ERR_CONNECTION|net::ERR/.test(message.text())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, context, complaints };
}
/** Waits until the page has come to rest: its heading there, nothing waited for, no request begun and nothing changed for a moment. */
export async function settled(page, most = 10_000) {
  await page.evaluate((most) => new Promise((done) => {
    const QUIET_MS = 120;
    const begun = performance.now();
    let last = begun;
    const stir = () => { last = performance.now(); };
    const seen = new MutationObserver(stir);
    seen.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    const asked = new PerformanceObserver(stir);
    asked.observe({ entryTypes: ['resource'] });
    const look = () => {
      const now = performance.now();
      const ready = document.querySelector('h1, input[type=password]') && !document.querySelector('main .waiting');
      if ((ready && now - last > QUIET_MS) || now - begun > most) { seen.disconnect(); asked.disconnect(); done(); } else setTimeout(look, 20);
    };
    look();
  }), most);
}
export async function at(page, fragment) {
  await page.evaluate((to) => { location.hash = to; }, fragment);
  await page.waitForTimeout(30);
  await settled(page);
}
