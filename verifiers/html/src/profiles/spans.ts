// `spans-v1;SYNTAX`: a text in the strings of JSON or the tags of HTML, and what lies between. Decodes nothing.
import { fromUtf8, latin, refuse } from '../core/bytes.ts';
import type { Leaf } from '../core/object.ts';
import { type Source, Stream } from '../core/source.ts';
import { pieces, type Profile } from './profile.ts';

const MAX_SPAN = 2 ** 20;
const MAX_SPANS = 2 ** 25;
const [QUOTE, BACKSLASH, LESS, MORE] = [0x22, 0x5c, 0x3c, 0x3e];

/** How long the span is that begins here, as far as it lies in these bytes. */
function spanOf(bytes: Uint8Array, html: boolean): number {
  const until = (byte: number): number => (bytes.indexOf(byte, 1) + 1 || bytes.length + 1) - 1;
  if (html) return bytes[0] === LESS && /[A-Za-z/!?]/.test(latin(bytes.subarray(1, 2))) ? Math.min(until(MORE) + 1, bytes.length) : until(LESS);
  if (bytes[0] !== QUOTE) return until(QUOTE);
  for (let at = 1; at < Math.min(bytes.length, MAX_SPAN); at++) {
    if (bytes[at] === QUOTE) return at + 1;
    if (bytes[at] === BACKSLASH) at++;
  }
  return refuse('the original has no end of a string');
}

async function* spansOf(source: Source, html: boolean): AsyncGenerator<Leaf> {
  if (/^(þÿ|ÿþ)/.test(latin(await source.read(0, Math.min(2, source.size))))) refuse('the original has a UTF-16 mark');
  const stream = new Stream(source);
  for (let count = 0; stream.left > 0; count++) {
    if (count === MAX_SPANS) refuse('the original has too many spans');
    await stream.fill(Math.min(stream.left, MAX_SPAN + 2));
    const length = spanOf(stream.peek(), html);
    if (length > MAX_SPAN) refuse('the original has too long a span');
    const payload = stream.taken(length);
    if (payload.includes(0)) refuse('the original has a NUL byte');
    if (!html) {
      const text = fromUtf8(payload, 'a span of the original');
      if (payload[0] !== QUOTE && /[^\w{}[\]:,+.\- \t\r\n]|_/.test(count === 0 ? text.replace(/^\ufeff/, '') : text)) refuse('the original is no JSON');
    }
    yield { ticks: 1, payload };
  }
  yield { ticks: 0, payload: new Uint8Array(0) };
}

/** The profile of this string, or null if it is none of spans. */
export function spans(text: string): Profile | null {
  const [, syntax] = /^spans-v1;(json|html)$/.exec(text) ?? [];
  if (syntax === undefined) return null;
  return pieces('spans', (source) => spansOf(source, syntax === 'html'));
}
