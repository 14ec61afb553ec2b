/* Whose name an audience must not read. Keeps: it says what the program does (`Profile::withholds` in crates/case); what leaves is
   decided there alone. */
import type { Person, Profile } from './types';

/** A court reads the names of those who need no protection; a newspaper reads nobody's. */
export const withholds = (profile: Profile, person: Person): boolean => profile === 'press' || person.protected || person.red;
