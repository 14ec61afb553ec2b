// An Ogg file of one stream as pieces: headers and pages literal, the comment header META, packets of sound.
import { concatAll, refuse } from '../core/bytes.ts';
import { type Source, Window } from '../core/source.ts';
import { pagesOf } from './ogg.ts';
import { Pieces } from './pieces.ts';

const MAX_HEADER = 2 ** 25;
const FULL = 255;
/** Which header the comment is. */
const COMMENT = 1;

export interface OggFile {
  readonly pieces: Pieces;
  /** The headers, whole. */
  readonly headers: readonly Uint8Array[];
}

export async function scanOgg(source: Source, headers: number): Promise<OggFile> {
  const window = new Window(source);
  const pieces = new Pieces();
  const found: Uint8Array[] = [];
  let parts: Uint8Array[] = [];
  let number = 0;
  let begun = false;
  let end = 0;
  for await (const page of pagesOf(window)) {
    if (page.continued !== begun) refuse('the original has a packet that is not continued');
    pieces.literal(page.at, page.body - page.at);
    let at = page.body;
    let length = 0;
    const take = async (ends: boolean): Promise<void> => {
      if (number >= headers) {
        if (!ends) pieces.part(at, length);
        else if (length > 0 || begun) pieces.packet(at, length);
      } else {
        if (number === COMMENT) pieces.meta(at, length);
        else pieces.literal(at, length);
        parts.push((await window.take(at, length)).slice());
        if (parts.reduce((sum, part) => sum + part.length, 0) > MAX_HEADER) refuse('a header of the original is too long');
      }
      at += length;
      length = 0;
      begun = !ends;
      if (!ends) return;
      if (number < headers) {
        found.push(concatAll(parts));
        parts = [];
      }
      number += 1;
    };
    const before = number;
    for (const size of page.lacing) {
      length += size;
      if (size < FULL) await take(true);
    }
    if (length > 0 || page.lacing.at(-1) === FULL) await take(false);
    if ((before === 0 && (number !== 1 || begun)) || (before < headers && (number > headers || (number === headers && begun)))) refuse('the original has its headers in other places');
    end = page.end;
  }
  if (number < headers) refuse('the original has too few headers');
  if (begun) pieces.drop();
  pieces.literal(end, source.size - end);
  return { pieces, headers: found };
}
