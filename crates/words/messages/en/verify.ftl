### What the verifier says: findings, summary, advice. Ids begin with "verify-".

## The headline
verify-headline-failed = FAILED: { $finding }
verify-headline-nothing-failed = Nothing failed. { $proven ->
    [one] { $proven } finding proven
   *[other] { $proven } findings proven
}, { $unchecked } not checked.
verify-subject = { $id }, item { $item }
verify-advice = What to do: { $advice }
verify-list-separator = ;{ " " }

## Findings
verify-zip-strict = { $status ->
    [proven] Every byte of the file is accounted for.
    [failed] The file is not as it was written: bytes were changed, added or cut off, or another program packed it again.
   *[not-checked] The file's form was not looked at.
}
verify-manifest = { $status ->
    [proven] Every file in the bundle is the one listed, and none is missing or too many.
    [failed] The files in the bundle are not those listed.
   *[not-checked] The list of files was not looked at.
}
verify-signature = { $status ->
    [proven] The bundle is signed with the key it names.
    [failed] The bundle is not signed with the key it names.
   *[not-checked] The signature was not looked at.
}
verify-signer-pinned = { $status ->
    [proven] The signer is the one you expect.
    [failed] The signer is not the one you expect.
   *[not-checked] Whose key signed is not known here.
}
verify-owner-pinned = { $status ->
    [proven] The case behind it is the one you expect.
    [failed] The case behind it is not the one you expect.
   *[not-checked] Whose case stands behind it is not known here.
}
verify-owner-grant = { $status ->
    [proven] The owner of the case granted the signing key, in the first entry of the log.
    [failed] No grant of the case's owner for the signing key holds.
   *[not-checked] The owner's grant was not looked at.
}
verify-checkpoint = { $status ->
    [proven] The state of the log is signed with the keys that were granted.
    [failed] The state of the log is not signed with the keys that were granted.
   *[not-checked] The state of the log was not looked at.
}
verify-discloser = { $status ->
    [proven] A discloser signed what they passed on, and opened nothing that one before them had withheld.
    [failed] What a discloser is said to have passed on does not hold.
   *[not-checked] What this discloser passed on is not shown in a form that can be checked.
}
verify-logged = { $status ->
    [proven] The seal is entered in the log.
    [failed] The seal is not entered in the log as stated.
   *[not-checked] Whether the seal is in the log was not looked at.
}
verify-object = { $status ->
    [proven] What is handed over is what was sealed; the rest is only hidden.
    [failed] What is handed over is not what was sealed.
   *[not-checked] What is handed over can't be compared with what was sealed.
}
verify-rendering = { $status ->
    [proven] The files to read and to play say exactly what was proven.
    [failed] A file to read or to play differs from what was proven.
   *[not-checked] The files to read and to play were not looked at.
}
verify-parent = { $status ->
    [proven] It names the item it was made from.
    [failed] It was not made from the item stated.
   *[not-checked] What it was made from was not looked at.
}
verify-census = { $status ->
    [proven] The log's acts about it are counted.
    [failed] The count of the log's acts about it does not hold.
   *[not-checked] The log's acts about it were not counted.
}
verify-container = { $status ->
    [proven] The file's header and metadata are shown.
    [failed] The file's header and metadata do not hold.
   *[not-checked] The file's header and metadata are withheld: what else they hold is not known.
}
verify-withheld-by = { $status ->
    [proven] Who withheld which part is shown.
    [failed] Who withheld which part does not hold.
   *[not-checked] Who of the disclosers withheld which part is not known.
}
verify-time = { $status ->
    [proven] An independent authority attests when the log held these entries.
    [failed] The attested time does not hold.
   *[not-checked] Times are self-asserted: no independent authority attests them.
}
verify-time-unpinned = A token of a time-stamping authority holds under the root below; trust NOT CHECKED.
verify-time-item = { $status ->
    [proven] It was in the log when an independent authority stamped it.
    [failed] Its attested time does not hold.
   *[not-checked] The stamped log is not shown to have held it: its time is self-asserted.
}
verify-witness = { $status ->
    [proven] A witness that you named saw this log, and none that contradicts it.
    [failed] The cosignature of a witness does not hold.
   *[not-checked] A witness cosigned the log; trust in it NOT CHECKED.
}
verify-freshness = { $status ->
    [proven] This is the newest state of the log.
    [failed] A newer state of the log exists.
   *[not-checked] A newer state of the log may exist.
}
verify-content = { $status ->
    [proven] The content was examined.
    [failed] The content was examined and does not hold.
   *[not-checked] Whether it is true, complete or lawful no program can tell.
}

## Facts
verify-fact-cause = cause: { $value }
verify-fact-reason = reason: { $value }
verify-fact-key = key { $value }
verify-fact-date = stated date { $value }
verify-fact-profile = form { $value }
verify-fact-owner = owner { $value }
verify-fact-role = role { $value }
verify-fact-lane = lane { $value }
verify-fact-size = { $value } entries
verify-fact-root = root { $value }
verify-fact-seal = seal { $value }
verify-fact-index = entry { $value }
verify-fact-from = from item { $value }
verify-fact-acts = acts: { $value }
verify-fact-files = files: { $value }
verify-fact-time = no later than { $value }
verify-fact-witness = witness { $value }
verify-fact-witness-key = key of the witness { $value }
verify-fact-number = number { $value }
verify-fact-accuracy = accuracy { $value }
verify-fact-authority = authority { $value }
verify-fact-policy = policy { $value }
verify-fact-tsa-root = root { $value }
verify-fact-trust = { $value ->
    [pinned] root as given
   *[not-checked] trust NOT CHECKED
}
verify-fact-revocation = { $value ->
    [not-checked] revocation NOT CHECKED
   *[other] not revoked as of { $value }
}
verify-fact-qualified = { $value ->
    [stamp] the token states that it is qualified: NOT CHECKED
    [certificate] the certificate states that it is qualified: NOT CHECKED
   *[both] token and certificate state that they are qualified: NOT CHECKED
}
verify-fact-valid-until = its certificates are valid until { $value }
verify-fact-renewed-until = renewed by later tokens until { $value }
verify-fact-covers = items covered: { $value }
verify-fact-stamp = token { $value }
verify-fact-place = discloser { $value }
verify-fact-name = name { $value }
verify-fact-purpose = purpose: { $value }
verify-fact-recipient = for { $value }
verify-fact-texts-withheld = withheld of what they say: { $value }
verify-fact-items-withheld = items not passed on later: { $value }
verify-fact-by = parts by discloser: { $value }
verify-fact-by-ms = times by discloser: { $value }
verify-fact-other = { $name }: { $value }
verify-withheld-nothing = nothing withheld
verify-withheld-sound-none = no sound withheld, of { $whole }
verify-withheld-sound = { $withheld } of { $whole } withheld in { $count ->
    [one] { $count } place
   *[other] { $count } places
}: { $places }
verify-withheld-more = { $places } and { $count } more
verify-withheld-parts = { $hidden } of { $leaves } parts withheld

## Advice
verify-advice-zip-strict = Ask for the file again by another way, and check it as it comes, before it is unpacked. If it fails again, do not rely on it.
verify-advice-manifest = Do not rely on this bundle. Ask the sender for it again.
verify-advice-signature = Do not rely on this bundle. Ask the sender for it again, and for the key by another way.
verify-advice-signer-pinned = Compare the key with the one that the sender states by another way. If they differ, the bundle comes from somebody else.
verify-advice-owner-grant = The bundle may have been signed by somebody without authority in the case. Ask the case's counsel.
verify-advice-checkpoint = Do not rely on what the bundle says of the log. Ask the sender for it again.
verify-advice-discloser = Do not rely on what the bundle says of who passed it on. Ask the last sender, or the first, for it again.
verify-advice-logged = Do not rely on this item. Ask for it by its seal number.
verify-advice-object = Do not rely on this item: it is not what was sealed. Ask for the original by its seal number.
verify-advice-rendering = Do not rely on the files to read and to play of this item. Ask the sender for it again.
verify-advice-parent = Do not take this item for one made from the other. Ask the sender for the source.
verify-advice-census = Acts about this item may be left out. Ask the sender for its custody record.
verify-advice-other = Do not rely on it. Ask the sender for it again.
verify-note-signer-pinned = Ask the sender for the key by another way, then run again with --signer KEY.
verify-note-tsa-root-screen = Whether this authority deserves trust is for its root certificate to show, from the authority itself: casemate verify --tsa-root FILE.
verify-note-tsa-root = Ask the authority for its root certificate by another way, then run again with --tsa-root FILE.
verify-note-witness = Ask the witness for its key by another way, compare it, then run again with --witness KEY.
verify-note-signer-screen = Ask the sender for the key by another way, enter it and verify again.

## The program
verify-usage = Checks a bundle, offline, and says what is proven, what failed and what was not checked.

    { "   " }casemate-verify [options] BUNDLE

    Options
    { "   " }--signer HEX    a key (64 hex digits) that may stand behind the bundle: the signing key or the owner's;
    { "                   " }may be given several times
    { "   " }--tsa-root FILE a root certificate of a time-stamping authority (PEM or DER); several times too
    { "   " }--witness KEY   a key of a witness of the log (name+id+key); several times too
    { "   " }--only-failed   show failed findings alone
    { "   " }--json          answer as JSON
    { "   " }--lang LANG     fr, en or zh; else as the environment asks
    { "   " }--help, --version

    Exit codes: 0 nothing failed, 1 something failed, 2 not understood or not readable.
verify-error-usage = The command was not understood: { $what }. See casemate-verify --help.
verify-error-no-bundle = no bundle was named
verify-error-two-bundles = more than one bundle was named
verify-error-signer = a signer is 64 hex digits, not { $value }
verify-error-tsa-root = { $file } holds no root certificate that can be read: { $cause }. Give a file in PEM or DER.
verify-error-witness = a witness’s key is written name+id+key, as it publishes it: { $cause }
verify-error-language = the languages are fr, en and zh, not { $value }
verify-error-unreadable = { $file } can't be read: { $cause }. Check the path, and that you may read the file.
verify-error-not-a-file = { $file } is not a file. Name the bundle itself, as it was received, not unpacked.
