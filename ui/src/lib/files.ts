/* Small files that travel: read for a call, written for the disk. Keeps: nothing of them is held longer than the call. */

/** Bytes as base64 (RFC 4648 §4). */
export async function base64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  const PIECE = 0x2000;
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}
export const base64Of = (files: readonly File[]): Promise<string[]> => Promise.all(files.map(base64));

/** Saves base64 as a file. */
export function save(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
