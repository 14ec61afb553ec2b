// Pictures of the page for the eye: `npm run pictures [-- WHICH [BUNDLE…]]`, into pictures/. WHICH is a pattern of names; bundles given
// are shown besides those of the vectors. Nothing is compared.
import { mkdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browser, check, open, VECTORS } from './browser.mjs';

const out = fileURLToPath(new URL('../pictures/', import.meta.url));
await mkdir(out, { recursive: true });
const chrome = await browser();
const owner = (await readFile(`${VECTORS}owner.key`, 'utf8')).trim();
const [only, ...given] = process.argv.slice(2);
const more = given.map((path) => [basename(path, '.zip'), path, '']);
for (const locale of ['en', 'fr', 'zh-CN']) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, bundle, key] of [['empty'], ['good', 'court', owner], ['failed', 'forged-rendering', owner], ['stranger', 'strangers-key', owner], ['press', 'press', ''], ['unpinned', 'court', ''], ...more]) {
      const file = `${name}-${locale.slice(0, 2)}-${colorScheme}`;
      if (only !== undefined && !new RegExp(only).test(file)) continue;
      const { page, context, trouble } = await open(chrome, { locale, colorScheme });
      if (bundle !== undefined) await check(page, bundle.endsWith('.zip') ? bundle : `${VECTORS}${bundle}.zip`, key);
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${out}${file}.png`, fullPage: true });
      if (colorScheme === 'light' && bundle !== undefined) await page.pdf({ path: `${out}${file}.pdf`, preferCSSPageSize: true });
      if (trouble.length > 0) console.log(file, trouble);
      await context.close();
    }
  }
}
await chrome.close();
