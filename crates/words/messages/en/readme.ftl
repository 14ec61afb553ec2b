### The README for a judge in a bundle. Ids begin with "readme-".

readme-colon = :
readme-semicolon = ;{ " " }

## Front
readme-title-court = Page for the judge: to be read first
readme-title-press = To be read first
readme-what = This page can be read without any program. It is not a certificate: it was written by the party that hands over this bundle. The last section says how everything in it can be checked without relying on that party.
readme-row-recipient = Addressed to
readme-row-purpose = Purpose
readme-row-date = Made on
readme-row-case = Case
readme-row-key = Signing key
readme-row-narrower = Passed on by
readme-row-previous = Earlier bundle
readme-previous = this bundle follows an earlier one, which its statement names
readme-moment = { $date }, { $time } UTC
readme-self-asserted = { $date } (self-asserted, not checked)

## What was sealed
readme-section-sealed = { $number }. What was sealed, when and by whom
readme-sealed-what = Each item below goes back to a digital original that was sealed: its bytes were reduced to one fingerprint (the seal number is its beginning) and the fingerprint was entered in a log. An original that was changed afterwards, by a single bit, no longer fits its seal number. A derived text (a transcript, a text in which names are withheld) is sealed in the same way and names its source.
readme-sealed-log = The log can only grow; nothing in it can be removed or put in another order without showing. When this bundle was made it had { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
}. Its state at that moment is signed and stands in this bundle.
readme-sealed-time = Times are those of the clock of the device that sealed: self-asserted, not checked. Without a timestamp by an independent authority this bundle proves that nothing was changed after it was sealed; it does not prove on which day that was.
readme-sealed-stamped = Times are those of the clock of the device that sealed: self-asserted, not checked. But this bundle carries { $count ->
    [one] a timestamp
   *[other] { $count } timestamps
} of an independent authority over an earlier state of the log (folder proof/time). Whoever trusts that authority can check with it at what time, at the latest, the entries that the log then had were there; later entries have no such proof. The authority's root certificate is to be obtained from the authority, not from the party, and given to the program below: --tsa-root FILE.
readme-sealed-who = The seal was made with the key of a device to which the owner of the case granted that right; the grant stands in this bundle. Who holds the keys is not proven: compare the signing key above with the one that the party or its counsel states by another way, aloud or in a signed letter.
readme-sealed-who-narrowed = The seal was made with the key of a device to which the owner of the case granted that right; the grant stands in this bundle. Who holds the keys is not proven. The signing key above is that of whoever passed the bundle on, not of the case: compare it with the one that they state by another way, and the owner’s key with the one that the party or its counsel states.

## What is handed over
readme-section-items = { $number }. What is handed over
readme-item = No. { $number }  { $title }
readme-row-mode = Handed over
readme-mode-whole = the original, whole, byte for byte
readme-mode-pages = pictures of its pages, in part; the rest is withheld
readme-mode-partial = the original in part; the rest is withheld
readme-mode-release = a text in which the passages marked are withheld
readme-mode-text = a text; nothing but the signature can be checked
readme-row-seal = Seal number
readme-row-entry = In the log
readme-entry = entry { $index } of { $entries } (the first has number 0)
readme-row-made-from = Made from
readme-made-from = item No. { $number }
readme-row-withheld = Withheld
readme-withheld-nothing = nothing
readme-withheld-head-only = no sound; only the file's header and metadata
readme-withheld-sound = { $withheld } of { $whole }, in { $places ->
    [one] { $places } place
   *[other] { $places } places
}; and the file's header and metadata
readme-withheld-passages = { $count ->
    [one] { $count } passage
   *[other] { $count } passages
}
readme-withheld-lines = { $count } of { $total ->
    [one] { $total } line
   *[other] { $total } lines
}
readme-withheld-tiles = { $count } of { $total } squares of the pages
readme-withheld-cells = { $count } of { $total ->
    [one] { $total } cell
   *[other] { $total } cells
} of the table
readme-withheld-spans = { $count } of { $total } pieces into which the file’s own syntax divides it
readme-row-where = Where
readme-where-lines = lines { $lines }
readme-where-black = black on the pages; each square is 64 by 64 pixels of the picture
readme-where-marked = where the text shows a mark in square brackets
readme-row-why = Reasons, by strike
readme-reason = { $reason } ({ $count })
readme-reason-name = the name of a protected person
readme-reason-identifier = what would identify a protected person
readme-reason-private-life = the private life of a third person
readme-reason-privilege = exchanges between lawyer and client
readme-row-files = Files
readme-files = folder { $folder }

## What is withheld
readme-section-withheld = { $number }. How something is withheld
readme-withheld-how = A mark in square brackets stands where words are withheld. In a recording a steady tone of 1 kHz, or silence where the form of the recording allows no tone (MP3, AAC), stands for the sound that is withheld, and lasts as long, so that no time shifts. Cuts are widened to whole seconds and to the packets of the recording: their length does not betray what was said.
readme-withheld-amount = The amounts given with each item are computed from the proof, not stated by the party: more than that cannot have been withheld from a sealed item. The reasons, the titles and the choice of items are the party's own statement. Whether other items exist this bundle does not tell.
readme-withheld-press = The amounts given with each text are the sender's own statement.
readme-aliases = Persons whose names are withheld appear under an alias: { $aliases }. The same alias always means the same person in this bundle. Another recipient may have been given other aliases: they must not be matched.

## Who passed it on
readme-section-disclosers = { $number }. Who passed it on
readme-disclosers-what = This bundle is not the one that left the case. Whoever received that one passed it on with more withheld, and could do so without the case and without its keys. What is still open goes back to the same seals in the same log; what was withheld before stays withheld. Each discloser signed what they passed on:
readme-discloser = { $place }. { $name }, { $date }, key { $key }
readme-discloser-unknown = { $place }. The holder of the case, key { $key }: no statement of theirs that could be checked stands in this bundle
readme-discloser-unnamed = (no name given)
readme-discloser-untold = (name withheld)
readme-disclosers-limit = The verification program says who withheld which part. It can not say that a discloser passed on all they had: who withholds an item as a whole leaves no trace but a count.

## What is not proven
readme-section-not-proven = { $number }. What is not proven
readme-not-proven-1 = That what was recorded or written is true, complete or lawfully obtained: no program can prove that.
readme-not-proven-2 = The day and hour of any recording, document or seal: self-asserted, not checked.
readme-not-proven-2-stamped = The day and hour of any recording or document, and of any seal beyond what the timestamp shows: self-asserted, not checked.
readme-not-proven-3 = Who speaks, who wrote, and who holds the signing key.
readme-not-proven-4 = That a transcript or a translation renders the sound or the document: it is a reading, often by a machine, to be compared with its source.
readme-not-proven-5 = What happened to a recording or document before it was sealed.
readme-not-proven-6 = What the withheld header and metadata of a file contain.
readme-not-proven-7 = That nothing was added to the log after this bundle was made.

## The whole original
readme-section-whole = { $number }. How to ask for the whole original and the device
readme-whole-court = Every item that is handed over in part, or as a text, has an original, kept whole and unchanged. The judge may ask the party or its counsel for it by number and seal number, for example: "Let item No. 1, with the seal number stated, be produced whole, together with the device that recorded it, and be examined by an expert." The original that is then produced is checked against the same seal number: another one, or an altered one, does not fit. The device itself, with its clock, its settings and its other data, can be examined by the expert; this bundle does not replace it.
readme-whole-press = The sender decides whether an original may be seen, and under which conditions. Each text carries a commitment: if the sender one day shows the sealed original's number and the random value used, anybody can check that this text was announced under it.

## How to check
readme-section-check = { $number }. How to check this bundle
readme-check-program = With the program casemate-verify, offline, on any computer. Take the program from its publisher, not from the party. BUNDLE stands for the file that was received; the long number is the signing key, to be confirmed by another way, as said above:
readme-check-program-press = With the program casemate-verify, offline, on any computer. Take the program from its publisher, not from the sender. BUNDLE stands for the file that was received; the long number is the signing key, to be confirmed with the sender by another way:
readme-check-exit = It lists each finding as proven, failed or not checked, and ends with exit code 0 if nothing failed, 1 if something failed.
readme-check-stock = Without that program, with tools found on most systems: unpack the bundle, then check that every file is the one listed:
readme-check-signature = and that the list is signed with the signing key (OpenSSH 8.1 or later):
readme-check-stock-limits = These tools check the files and the signature. That an item belongs to its seal and its seal to the log only the first program checks.
