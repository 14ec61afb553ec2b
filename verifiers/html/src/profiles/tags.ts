// Tags that players skip, before, behind and between frames of sound: ID3v2, ID3v1 with its `TAG+`, APEv2. Reads their lengths alone.
import { latin } from '../core/bytes.ts';
import type { Window } from '../core/source.ts';

const ID3V1 = 128;
const ENHANCED = 227;
const APE_HEADER = 32;

/** How long the tag is that begins here; 0: none does, or it goes past the end. */
export async function tagAt(window: Window, at: number): Promise<number> {
  const head = await window.read(at, APE_HEADER);
  const length = tagLength(head, window.size - at);
  return length <= window.size - at ? length : 0;
}

function tagLength(head: Uint8Array, left: number): number {
  const name = latin(head.subarray(0, 8));
  if (name.startsWith('ID3') && head.length >= 10) return id3v2(head);
  if (name.startsWith('TAG+') && left >= ENHANCED) return ENHANCED;
  if (name.startsWith('TAG') && left >= ID3V1) return ID3V1;
  if (name === 'APETAGEX' && head.length === APE_HEADER) return ape(head);
  return 0;
}

function id3v2(head: Uint8Array): number {
  const [, , , version = 0, revision = 0, flags = 0, a = 0, b = 0, c = 0, d = 0] = head;
  if (version === 0xff || revision === 0xff || ((a | b | c | d) & 0x80) !== 0) return 0;
  const footer = version >= 4 && (flags & 0x10) !== 0 ? 10 : 0;
  return 10 + ((a << 21) | (b << 14) | (c << 7) | d) + footer;
}

function ape(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  // Only a tag that begins with its header can be met from the front.
  const isHeader = (view.getUint32(20, true) & 0x2000_0000) !== 0;
  return isHeader ? APE_HEADER + view.getUint32(12, true) : 0;
}
