// The profiles that this verifier knows. Invariant: a profile has one spelling, and profile, leaves, ticks and timebase of an
// object fix each other. A new one is a module and a line here.
import { MAX_EXACT, refuse } from '../core/bytes.ts';
import { MAX_LEAVES, type ObjectRecord } from '../core/object.ts';
import { adts } from './adts.ts';
import { amrNb, amrWb } from './amr.ts';
import { chunk } from './chunk.ts';
import { csv } from './csv.ts';
import { flac } from './flac.ts';
import { lines } from './lines.ts';
import { mp3 } from './mp3.ts';
import { mp4Aac, mp4Alac, mp4AmrNb, mp4AmrWb } from './mp4.ts';
import { opus } from './opus.ts';
import type { Profile } from './profile.ts';
import { releaseText, releaseTranscript } from './release.ts';
import { spans } from './spans.ts';
import { tiles } from './tiles.ts';
import { vorbis } from './vorbis.ts';
import { wav } from './wav.ts';

const PLAIN: Readonly<Record<string, Profile>> = {
  'chunk-v1': chunk,
  'amr-nb-v1': amrNb,
  'amr-wb-v1': amrWb,
  'mp4-amr-nb-v1': mp4AmrNb,
  'mp4-amr-wb-v1': mp4AmrWb,
  'csv-v1': csv,
  'tiles-v1': tiles,
  'release-text-v1': releaseText,
  'release-transcript-v1': releaseTranscript,
};
const WITH_PARAMETERS: readonly ((text: string) => Profile | null)[] = [wav, lines, spans, adts, mp3, flac, mp4Aac, mp4Alac, opus, vorbis];

export function find(text: string): Profile | null {
  if (Object.hasOwn(PLAIN, text)) return PLAIN[text] as Profile;
  for (const read of WITH_PARAMETERS) {
    const profile = read(text);
    if (profile !== null) return profile;
  }
  return null;
}

/** The profile of an object, whose shape must be the profile's. */
export function profileOf(record: ObjectRecord): Profile {
  const profile = find(record.profile);
  if (profile === null) return refuse(`the profile ${record.profile} is not known`);
  if (record.ticks > MAX_EXACT || record.leaves > MAX_LEAVES) return refuse('the object passes the limits of its profile');
  if (profile.leaves(record.ticks) !== record.leaves) return refuse('the object has another number of leaves than its profile');
  if (record.num !== BigInt(profile.timebase[0]) || record.den !== BigInt(profile.timebase[1])) return refuse('the object has another timebase than its profile');
  return profile;
}

export type { Profile };
