// How long a judge waits: the page on a bundle that is given, in Chromium, from the choice of the file to the verdict. Prints; fails on no time.
//   CASEMATE_KEEP_HOUR=/tmp/hour.zip cargo bench -p casemate-bundle --profile dev --bench leaves -- 1000 hour
//   node tests/speed.mjs /tmp/hour.zip [insecure]    insecure: without the browser's own SHA-256
import { browser, check, open } from './browser.mjs';

const [bundle, way] = process.argv.slice(2);
const chrome = await browser();
for (let round = 1; round <= 3; round += 1) {
  const { page, context, trouble } = await open(chrome, { insecure: way === 'insecure' });
  const began = performance.now();
  await check(page, bundle);
  const seconds = (performance.now() - began) / 1000;
  console.log(`${(await page.locator('h1').textContent()).trim()}: ${seconds.toFixed(2)} s, ${(seconds / 5).toFixed(2)} of the limit of 5 s${trouble.length ? `; ${trouble.join('; ')}` : ''}`);
  await context.close();
}
await chrome.close();
