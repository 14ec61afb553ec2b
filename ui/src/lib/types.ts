/* What the server says and is told. The shapes are written from the API's description (`schema.ts`); here are the names by which
   screens call some of them. Times in ms, null is not known.
   Keeps: nothing is added here that the description lacks. */
export type * from './schema';
export type { ApiError as ApiErrorBody, Log as LogPage, ReadingReply as Corrected, VerifyFinding as VFinding } from './schema';
