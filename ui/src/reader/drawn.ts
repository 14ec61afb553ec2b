/* What the server can draw besides PDF. Keeps: the list is that of the worker (docs/format/worker.md). */
const DRAWN = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/tiff', 'image/bmp'];
export const drawnType = (mediaType: string): boolean => DRAWN.includes(mediaType);
