// What the core offers to whoever embeds it.
export { parseSigner, ownerPinned, pinned, type Signer } from './signer.ts';
export { Sha256 } from './sha256.ts';
export { inMemory, part, type Source, Stream } from './source.ts';
export { cosignedAt, parseWitness } from './witness.ts';
export { verify, type Finding, type Verdict } from './verify.ts';
export { find as profileOf } from '../profiles/index.ts';
