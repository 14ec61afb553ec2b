/* A page as the server would draw it: the letter as it is set; any other as white paper with a grey line where a line of text is. */
import { deflateSync } from 'node:zlib';
const TABLE = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
const crc = (bytes) => { let c = 0xffffffff; for (const b of bytes) c = TABLE[(c ^ b) & 255] ^ (c >>> 8); return (c ^ 0xffffffff) >>> 0; };
function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0); body.copy(out, 4); out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}
/** A grey picture of `depth` bits a pixel, of rows that are filtered and deflated already. */
export function png(width, height, depth, rows) {
  const head = Buffer.alloc(13); head.writeUInt32BE(width, 0); head.writeUInt32BE(height, 4); head[8] = depth;
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}
export const A4 = [59_500, 84_200];
/** `rects`: left, top, width, height in hundredths of a point. */
export function pageOf(rects, width) {
  const height = Math.round((width * A4[1]) / A4[0]); const rows = Buffer.alloc(height * (width + 1), 255); const per = width / A4[0];
  for (let y = 0; y < height; y += 1) rows[y * (width + 1)] = 0;
  for (const [left, top, wide, tall] of rects) for (let line = top; line < top + tall - 600; line += 1_500) for (let y = Math.round(line * per); y < Math.round((line + 700) * per) && y < height; y += 1) rows.fill(120, y * (width + 1) + 1 + Math.round(left * per), y * (width + 1) + 1 + Math.round(Math.min(width, (left + wide) * per)));
  return png(width, height, 8, deflateSync(rows));
}
