// Chromium on the page as a judge opens it: from the disk, with no network. Every request but for the page itself is counted.
import { chromium } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const PAGE = new URL('../dist/verify.html', import.meta.url);
export const VECTORS = fileURLToPath(new URL('../../../tests/vectors/bundle/', import.meta.url));

export async function browser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
}

/** An address of an insecure way, at which a browser keeps its cryptography to itself. Nothing answers there but the route below. */
const INSECURE = 'http://court.example/';

/** A page in a context of its own; `trouble` collects requests, violations of the policy and errors. */
export async function open(chrome, { locale = 'en', colorScheme = 'light', insecure = false, ...options } = {}) {
  const address = insecure ? INSECURE : PAGE.href;
  const context = await chrome.newContext({ locale, colorScheme, offline: !insecure, viewport: { width: 1200, height: 900 }, ...options });
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  const trouble = [];
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && request.url() !== address) trouble.push(`request ${request.url()}`);
  });
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(error.message));
  const body = insecure ? await readFile(PAGE, 'utf8') : '';
  if (insecure) await context.route('**', (route) => (route.request().url() === INSECURE ? route.fulfill({ contentType: 'text/html', body }) : route.abort()));
  await page.goto(address);
  return { page, context, trouble };
}

/** Gives a bundle to the page and waits for the verdict. */
export async function check(page, files, key = '') {
  await page.fill('#key', key);
  await page.setInputFiles('#file', files);
  await page.waitForSelector('main.verdict', { timeout: 180_000 });
}
