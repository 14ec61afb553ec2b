// Boxes of ISO base media files (ISO/IEC 14496-12 §4.2): a size, a type, a body. Invariant: no box goes past the one it lies in.
import { latin, refuse } from '../core/bytes.ts';
import type { Window } from '../core/source.ts';

export const MAX_SIDE_BY_SIDE = 4096;
const LARGE = 1;
const TO_THE_END = 0;

export interface Box {
  readonly type: string;
  readonly at: number;
  /** Where the body begins. */
  readonly body: number;
  readonly end: number;
}

function boxOf(head: Uint8Array, at: number, end: number): Box {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const [stated, type] = [view.getUint32(0), latin(head.subarray(4, 8))];
  if (stated === LARGE && head.length < 16) return refuse('a box of the original ends too early');
  const size = stated === LARGE ? view.getUint32(8) * 2 ** 32 + view.getUint32(12) : stated === TO_THE_END ? end - at : stated;
  const body = at + (stated === LARGE ? 16 : 8);
  return size < body - at || size > end - at ? refuse('a box of the original goes past its end') : { type, at, body, end: at + size };
}

/** The boxes of a file, and what lies behind the last. */
export async function topBoxes(window: Window, most: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = 0; window.size - at >= 8; at = (boxes.at(-1) as Box).end) {
    if (boxes.length === most) refuse('the original has too many boxes');
    boxes.push(boxOf(await window.read(at, 16), at, window.size));
  }
  return boxes;
}

/** A box in memory: its bytes, and the boxes in it. */
export class Tree {
  readonly view: DataView;

  /** `at` is where `bytes` begin in the file. */
  constructor(
    readonly type: string,
    readonly at: number,
    readonly bytes: Uint8Array,
    readonly head: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The boxes from `skip` bytes behind the start of the body on. */
  children(skip = 0): Tree[] {
    const found: Tree[] = [];
    const { length } = this.bytes;
    for (let at = this.head + skip; length - at >= 8; ) {
      if (found.length === MAX_SIDE_BY_SIDE) refuse('the original has too many boxes');
      const box = boxOf(this.bytes.subarray(at, Math.min(at + 16, length)), at, length);
      if (new DataView(this.bytes.buffer, this.bytes.byteOffset + at, 4).getUint32(0) === TO_THE_END) refuse('a box of the original has no size');
      found.push(new Tree(box.type, this.at + at, this.bytes.subarray(at, box.end), box.body - at));
      at = box.end;
    }
    return found;
  }

  /** The one child of this type, or null; two are refused. */
  child(type: string, skip = 0): Tree | null {
    const found = this.children(skip).filter((box) => box.type === type);
    return found.length > 1 ? refuse(`the original has two boxes ${type}`) : (found[0] ?? null);
  }

  the(type: string): Tree {
    return this.child(type) ?? refuse(`the original has no box ${type}`);
  }

  private reach(at: number, width: number): number {
    return this.head + at + width <= this.bytes.length ? this.head + at : refuse(`the box ${this.type} of the original ends too early`);
  }

  /** Numbers of the body. */
  u8(at: number): number {
    return this.view.getUint8(this.reach(at, 1));
  }

  u16(at: number): number {
    return this.view.getUint16(this.reach(at, 2));
  }

  u32(at: number): number {
    return this.view.getUint32(this.reach(at, 4));
  }

  i32(at: number): number {
    return this.view.getInt32(this.reach(at, 4));
  }

  u64(at: number): number {
    const value = this.view.getBigUint64(this.reach(at, 8));
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : refuse(`a number in ${this.type} of the original is too large`);
  }

  i64(at: number): number {
    const value = this.view.getBigInt64(this.reach(at, 8));
    return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : refuse(`a number in ${this.type} of the original is too large`);
  }

  get length(): number {
    return this.bytes.length - this.head;
  }

  get version(): number {
    return this.u8(0);
  }

  get flags(): number {
    return this.u32(0) & 0xffffff;
  }

  /** How many entries of this width a table says that it has; they must be there. */
  entries(at: number, width: number): number {
    const count = this.u32(at);
    return count * width <= this.length - at - 4 ? count : refuse(`the table ${this.type} of the original ends too early`);
  }
}
