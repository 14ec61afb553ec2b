// Papers of any length, made of the same words every time.
import { writeFileSync } from 'node:fs';

export const WORDS = 'court notice harbour bank passport sister letter call minister friend return trial account office lawyer hearing evidence 地产 公司 电话 回来 作证 通报 护照 妹妹 银行 法院 律师 entretien maison banque avocat'.split(' ');

/** A generator that gives the same on every machine (mulberry32). */
export function draw(seed) { let a = seed; return () => { a = (a + 0x6d2b79f5) | 0; let t = Math.imul(a ^ (a >>> 15), 1 | a); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; }; }

/** A PDF of many pages of text, as plain as the format allows. */
export function pdf(path, pages) {
  const next = draw(7);
  const latin = WORDS.filter((word) => /^[a-z]+$/.test(word));
  const parts = ['%PDF-1.4\n'];
  const offsets = [];
  let size = parts[0].length;
  const add = (text) => { offsets.push(size); const object = `${offsets.length} 0 obj\n${text}\nendobj\n`; parts.push(object); size += object.length; };
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, n) => `${4 + 2 * n} 0 R`).join(' ')}] >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (let n = 0; n < pages; n += 1) {
    const lines = Array.from({ length: 24 }, (_, row) => `(${row === 0 ? `Page ${n + 1}. ` : ''}${Array.from({ length: 9 }, () => latin[Math.floor(next() * latin.length)]).join(' ')}) Tj T*`);
    const stream = `BT /F1 11 Tf 14 TL 72 760 Td\n${lines.join('\n')}\nET`;
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${offsets.length + 2} 0 R >>`);
    add(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }
  parts.push(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${offsets.map((one) => `${String(one).padStart(10, '0')} 00000 n \n`).join('')}trailer << /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${size}\n%%EOF\n`);
  writeFileSync(path, parts.join(''), 'latin1');
}
