### What the command line says: progress, tables, errors with their advice. Ids begin with "cli-".

## Asking
cli-ask-passphrase = Passphrase:
cli-ask-new-passphrase = Passphrase for the new case (leave it empty to be given one):
cli-ask-again = The same again:
cli-passphrase-offered = Your passphrase is

        { $passphrase }

    Write it on paper now. It is shown this once; without it nobody can open the case.

## Progress
cli-stage-finding = Looking for files
cli-stage-sealing = Sealing
cli-stage-reading = Reading
cli-stage-recognising = Reading pictures
cli-stage-transcribing = Transcribing
cli-stage-indexing = Indexing
cli-stage-understanding = Reading for meaning
cli-stage-verifying = Verifying
cli-stage-drawing = Drawing pages
cli-stage-packing = Packing
cli-stage-exporting = Writing originals
cli-progress = { $stage }: { $done }
cli-progress-of = { $stage }: { $done } of { $total } ({ $percent }%)
cli-progress-exhibit = , exhibit { $number }
cli-progress-left = , about { $time } left
cli-seconds = { $count } s
cli-minutes = { $count } min
cli-hours = { $hours } h { $minutes } min
cli-stopping = Stopping: what is being written is finished first. Ctrl-C again leaves at once; nothing that was acknowledged is lost.

## Columns
cli-column-exhibit = No.
cli-column-kind = Kind
cli-column-size = Size
cli-column-length = Length
cli-column-text = Text
cli-column-path = From
cli-column-read = Read
cli-column-partly = In part
cli-column-unread = Not
cli-column-took = Time
cli-column-why = Why
cli-column-same = Given again as
cli-column-compartment = Compartment
cli-column-tool = Made by
cli-column-entry = Entry
cli-column-when = When
cli-column-act = Act
cli-column-person = Person
cli-column-protection = Protection
cli-column-role = Role
cli-column-names = Other names

## Kinds, layers, acts
cli-kind-recording = recording
cli-kind-document = document
cli-kind-mail = mail
cli-kind-chat = chat
cli-kind-call-log = call log
cli-kind-table = table
cli-kind-web = web page
cli-kind-text = text
cli-kind-other = other
cli-layer-reading = text
cli-layer-transcript = transcript
cli-layer-transcript-part = transcript, begun
cli-layer-ocr-part = beginning of the text in pictures
cli-layer-corrected = corrected text
cli-layer-release = release layer
cli-act-lane = the log begins
cli-act-commit = commit
cli-act-seal = sealed
cli-act-exhibit = exhibit numbered
cli-act-derive = derivative made
cli-act-person = person described
cli-act-merge = two people made one
cli-act-alias = alias given
cli-act-consent = consent recorded
cli-act-heard = listening recorded
cli-act-plan = redaction plan
cli-act-keep = find judged no name
cli-act-correct = correction
cli-act-census = census
cli-act-disclose = disclosure
cli-act-timestamp = time-stamped
cli-act-witness = cosigned by a witness
cli-act-sealed = sealed: its key is not here

## Why something was not read
cli-finding-too-many = more marks on a page than are told apart
cli-finding-not-placed = what is struck on the page is not found among its letters
cli-finding-page-too-large = too many pages, or too large ones, for pictures
cli-finding-no-program = the program that draws pages is missing
cli-finding-empty = empty
cli-finding-mislabelled = named as another kind of file
cli-finding-speech-missing = nobody could transcribe it: the speech engine is missing
cli-finding-truncated = cut short
cli-finding-malformed = not in the form that it claims
cli-finding-encrypted = encrypted
cli-finding-unsupported-format = no reader for this format
cli-finding-too-large = too large to be read
cli-finding-too-much = more text than is read
cli-finding-names-not-looked-for = packed in a way that is not opened here; names were not looked for in it
cli-finding-not-audited = this kind of file is not looked into
cli-finding-no-text = no text in it
cli-finding-no-text-layer = pages without text (pictures of text)
cli-finding-no-sound = no sound in it
cli-finding-sound-damaged = damaged sound
cli-finding-rate-unknown = a sampling rate that can't be
cli-finding-no-page = there is no such page
cli-finding-text-uncertain = the document does not say what some letters are
cli-finding-alternatives-differ = its plain and its HTML body say different things
cli-finding-date-invalid = its date is no date
cli-finding-date-ambiguous = day and month can't be told apart: no dates were taken
cli-finding-date-by-course = day and month told apart by the order of the entries only
cli-finding-date-contradictory = no order of day and month fits all its dates
cli-finding-metadata-clipped = more metadata than is carried
cli-finding-c2pa-manifest = a C2PA manifest: what its maker claims, proof of nothing
cli-finding-c2pa-mismatch = a C2PA manifest that does not fit
cli-finding-c2pa-unread = a C2PA manifest that can't be read
cli-finding-too-many-findings = more findings than are listed
cli-finding-sound-changes = the sound changes its form in the middle: the rest was not read
cli-finding-channels-identical = both channels hold the same sound
cli-finding-text-rejected = words over what was hardly a voice were thrown away
cli-finding-text-sparse = fewer words than its seconds of voice: a sentence may be missing
cli-finding-draft-transcript = in this language the transcript is a draft: have it corrected by somebody who speaks it
cli-finding-fence-missing = a required fence is missing: nothing was read
cli-finding-reader-panicked = the reader met a case that it does not know
cli-finding-scratch-failed = the reader had no scratch memory
cli-finding-job-unknown = the program does not do this
cli-finding-worker-answer-malformed = the reader's answer was not in its form
cli-finding-decoder-missing = a decoder is missing on this machine
cli-finding-text-damaged = damaged text
cli-finding-encoding-damaged = damaged encoding
cli-finding-message-unread = a message could not be read
cli-finding-page-unread = a page could not be read
cli-finding-part-unread = a file inside could not be unpacked
cli-finding-pictures-inside = pictures inside were not looked at
cli-finding-sheet-hidden = sheets are hidden; they were read too
cli-finding-text-deleted = text was deleted with changes tracked; it was read too
cli-finding-text-scavenged = no reader for this, or for a part of it; what looks like text was taken as it lies, perhaps out of order
cli-finding-changes-beside = its newest changes may stand in a file beside it (-wal): add that one too
cli-finding-refers-outside = it points to things elsewhere that a program may fetch on opening it; nothing was fetched
cli-finding-macros-inside = it carries macros; they were not run
cli-finding-picture-unread = what is to be seen in the picture was not read
cli-finding-ocr-missing = the text in it was not read: the models for that are missing
cli-finding-text-recognised = its text was read off a picture by a machine
cli-finding-layer-off = layers of the document are switched off; they were read too
cli-finding-row-unread = a row could not be read
cli-finding-symbolic-link = a symbolic link: give the file itself
cli-finding-special-file = not a file of bytes
cli-finding-own-case = a case’s own files: not sealed into a case
cli-finding-too-deep = embedded deeper than is opened at once: adding again reads on
cli-finding-unreadable = can't be read from the disk
cli-finding-changing = it kept changing while it was sealed
cli-finding-object-damaged = its sealed bytes are damaged
cli-finding-voice-without-words = voices without words: listen to them
cli-finding-text-cut-short = more words than the model could write
cli-finding-worker-crashed = it crashed the reader
cli-finding-worker-exited = the reader ended before its answer
cli-finding-worker-killed-memory = it asked for more memory than a reader may have
cli-finding-worker-killed-stack = it nests too deep
cli-finding-worker-killed-cpu = it took too much computing
cli-finding-worker-killed-wall = it took too long
cli-finding-worker-killed-size = it unpacks to too much
cli-finding-worker-killed-fence = it made the reader do what is forbidden
cli-finding-worker-killed-outside = the system ended the reader

## init
cli-init-done = A new case in { $path }, id { $case }.
cli-init-passphrase = Its passphrase: { $passphrase }
cli-init-lost = Whoever loses the passphrase loses the case: nobody can open it without.
cli-place-network = Warning: the folder is on a network file system. Locks and writes may not hold there; keep the case on a local disk.
cli-place-synced = Warning: the folder is copied elsewhere by a program. Stop that for this folder, or move the case.
cli-place-volatile = Warning: the folder is in memory and is gone at the next start.
cli-place-not-checked = The kind of file system was not checked.

## add, transcribe
cli-add-sealed = { $count ->
    [0] Nothing new to seal
    [one] { $count } exhibit sealed
   *[other] { $count } exhibits sealed
}
cli-add-duplicates = { $count ->
    [one] , { $count } was there already
   *[other] , { $count } were there already
}
cli-add-read = ; { $read } read, { $seen } read off pictures, { $heard } transcribed.
cli-add-title-duplicates = { $count ->
    [one] Sealed before, not sealed again: { $count }
   *[other] Sealed before, not sealed again: { $count }
}
cli-add-title-refused = Not sealed: { $count }
cli-add-title-not-read = { $count ->
    [one] Sealed, but not read or not whole: { $count } exhibit
   *[other] Sealed, but not read or not whole: { $count } exhibits
}
cli-add-stopped = Stopped before the end. Everything listed is safe; the same command again goes on.
cli-transcribed = { $count ->
    [one] { $count } recording transcribed.
   *[other] { $count } recordings transcribed.
}
cli-transcribe-stopped = Stopped before the end. What was heard so far is safe; the same command again goes on from there.
cli-recognised = { $count ->
    [0] No text was left to be read off pictures.
    [one] The text of { $count } picture or paper was read.
   *[other] The text of { $count } pictures and papers was read.
}
cli-ocr-stopped = Stopped before the end. What was read so far is safe; the same command again goes on from there.

## ls, show, log
cli-ls-empty = The case is empty. casemate add PATH seals files and folders.
cli-ls-all-read = Everything was read.
cli-ls-marked = ! something of it was not read; casemate show NUMBER says what.
cli-show-within = Was inside
cli-show-sealed = Sealed
cli-show-seal = Seal number
cli-show-root = Root
cli-show-profile = Cut as
cli-show-leaves = Leaves
cli-show-heard = Heard by people
cli-show-derived = Made from it
cli-show-findings = Not read
cli-show-notes = Worth knowing
cli-show-custody = Custody
cli-log-lane = Lane
cli-log-entries = Entries
cli-log-checkpoint = Signed checkpoint
cli-log-damaged = Damaged, and not counted above
cli-log-not-understood = version { $version }: not understood

## search
cli-search-all = { $total ->
    [0] Nothing found.
    [one] { $total } passage.
   *[other] { $total } passages.
}
cli-search-part = { $shown } of { $total } passages shown.
cli-search-close = Close in meaning, in other words. The number is how alike the encoder finds the two meanings (cosine, at most 1); read each passage before you rely on it:
cli-search-close-none = Nothing is close in meaning without holding the words.
cli-search-close-words = There is no word in the query whose meaning could be asked for.
cli-search-close-waiting = { $count ->
    [one] { $count } text has not been read for its meaning yet: the same search goes on with it.
   *[other] { $count } texts have not been read for their meaning yet: the same search goes on with them.
}
cli-search-close-no-model = Not searched by meaning: the sentence encoder's model is not there. script/setup brings it; --models DIR or CASEMATE_MODELS says where it lies.
cli-search-close-other-model = Not searched by meaning: what lies in the place of the sentence encoder's model is another. script/setup brings it again.

## person
cli-person-none = Nobody yet. casemate person add describes a person.
cli-person-red = red
cli-person-protected = protected
cli-person-legend = ✓ agreed, (✓) cannot be asked and somebody decided, ✗ refused, ? nothing recorded. An alias, once given, stays.

## heard
cli-heard = Exhibit { $exhibit }: { $heard } of { $duration } heard.
cli-heard-gaps = Nobody has heard: { $gaps }

## redact
cli-plan = { $count ->
    [0] Exhibit { $exhibit }, for { $audience }: nothing is struck.
    [one] Exhibit { $exhibit }, for { $audience }: { $count } strike.
   *[other] Exhibit { $exhibit }, for { $audience }: { $count } strikes.
}
cli-plan-open = { $count ->
    [one] One find is still open and stops a disclosure:
   *[other] { $count } finds are still open and stop a disclosure:
}
cli-plan-kept = { $count ->
    [one] Judged to be no name, or to be harmless:
   *[other] Judged to be no names, or to be harmless ({ $count }):
}
cli-plan-cuts = Cut out of the sound, margins included: { $cuts }
cli-plan-aside = { $count ->
    [one] One more stands in metadata or a file name, which does not leave.
   *[other] { $count } more stand in metadata or file names, which do not leave.
}
cli-plan-reviewed = Reviewed by { $name }.
cli-plan-proposal = A proposal: nobody has reviewed it, so nothing leaves.
cli-plan-outdated = The plan was made for an older text. Propose it anew and review it.
cli-review-how = { $count ->
    [0] No name was found. Look at the text yourself before you sign.
    [one] One strike. Enter keeps it struck; s skips it; q leaves without signing.
   *[other] { $count } strikes. Enter keeps one struck; s skips it; q leaves without signing.
}
cli-review-ask-find = strike it? [Enter/s/q]
cli-review-ask-strike = keep this strike? [Enter/s/q]
cli-review-why = why is it no name?
cli-review-name = Your name, to sign the review:
cli-review-left = Left without signing. The proposal is kept; nothing leaves until somebody has reviewed it.
cli-identifier-email = e-mail address
cli-identifier-phone = telephone number
cli-identifier-document = passport or document number
cli-identifier-account = account number
cli-identifier-handle = name on a network
cli-identifier-birth-date = date of birth
cli-identifier-address = address
cli-sure-part = part of a name
cli-sure-sounds = sounds like the name
cli-sure-near = close to the name

## disclose
cli-column-item = Item
cli-column-handed-over = Handed over
cli-column-withheld = Withheld
cli-column-title = Title
cli-mode-whole = whole
cli-mode-partial = in part
cli-mode-release = text, struck
cli-mode-text = text only
cli-disclosed = { $path }: { $exhibits ->
    [one] one exhibit
   *[other] { $exhibits } exhibits
} as { $count ->
    [one] one item
   *[other] { $count } items
}, { $size }.
cli-withheld-squares = { $count ->
    [one] one square black
   *[other] { $count } squares black
}
cli-narrowed = { $path } was made, and verified. More is withheld of item { $items }.
cli-narrowed-dropped = { $path } was made, and verified.
cli-narrowed-unread = Not looked into for names or words: item { $items } (sound without a transcript, pictures of pages, or a file handed over whole). Listen, look, or leave it out.
cli-narrowed-elsewhere = A passage that you withheld still stands, word for word, in: { $files }.
cli-narrowed-first-unknown = The bundle that you got does not carry a statement of its first discloser that can be passed on: who of you two withheld which part will read NOT CHECKED.
cli-disclosed-unasked = { $count ->
    [one] One person who stands in it cannot be asked: somebody else decided for them.
   *[other] { $count } people who stand in it cannot be asked: somebody else decided for them.
}
cli-disclosed-passed = { $count ->
    [one] Let pass because you said so: one part that an earlier bundle treated otherwise.
   *[other] Let pass because you said so: { $count } parts that an earlier bundle treated otherwise.
}
cli-disclosed-signer = Signed with { $signer }. Tell the recipient this key by another way, aloud or in a signed letter; they check the bundle with:
cli-pages-not-drawn = Exhibit { $exhibit }: its text leaves, its pages stay: page { $page } can’t be drawn ({ $finding }).
cli-pages-not-placed = Exhibit { $exhibit }: its text leaves, its pages stay: what is struck on page { $page } is not found among its letters.
cli-pages-too-large = Exhibit { $exhibit }: its text leaves, its pages stay: page { $page } is larger, or there are more pages, than leave as pictures.
cli-original-undivided = Exhibit { $exhibit }: its text leaves, its original stays: it was not sealed in lines, cells or tags.
cli-original-too-long = Exhibit { $exhibit }: its text leaves, its original stays: it is too long to be looked through.
cli-original-not-placed = Exhibit { $exhibit }: its text leaves, its original stays: what is struck is not found in it as often as it is struck.
cli-original-nothing-open = Exhibit { $exhibit }: its text leaves, its original stays: nothing of it could be left open.

## export
cli-exported = { $count ->
    [one] { $count } original written to { $path }, { $size }.
   *[other] { $count } originals written to { $path }, { $size }.
}
cli-exported-same = { $count ->
    [one] { $count } was there already, byte for byte.
   *[other] { $count } were there already, byte for byte.
}
cli-exported-keys = { $count ->
    [one] { $count } key in keys/: whoever has it can read that original.
   *[other] { $count } keys in keys/: whoever has one can read that original.
}
cli-exported-failed = Exhibit { $exhibit } was not written: { $why }.

## verify
cli-column-outcome = Outcome
cli-column-finding = Finding
cli-column-object = About
cli-column-facts = Facts
cli-verify-case-whole = Nothing failed. { $proven } proven, { $unchecked } not checked, { $failed } failed.
cli-verify-case-damaged = DAMAGED: { $failed } failed, { $proven } proven, { $unchecked } not checked.

## audit
cli-audit-hides = { $file }: HIDES BADLY
cli-audit-not-checked = { $file }: nothing found, NOT ALL OF IT CHECKED
cli-audit-nothing = { $file }: nothing hidden found
cli-audit-more = and { $count } more (--json lists all)
cli-audit-unlooked = not looked at: { $why }
cli-tell-open-there = What item { $item } withholds stands open in { $other }, item { $there }: in { $places ->
    [one] one place
   *[other] { $places } places
}.
cli-tell-open-here = What { $other }, item { $there }, withholds stands open here in item { $item }: in { $places ->
    [one] one place
   *[other] { $places } places
}.
cli-tell-open-there-at = What item { $item } withholds is heard in { $other }, item { $there }, at { $times }: whoever has both has it.
cli-tell-open-here-at = What { $other }, item { $there }, withholds is heard here in item { $item } at { $times }: whoever has both has it.
cli-tell-joined = It shares { $count ->
    [one] one { $by ->
        [alias] alias
       *[key] signing key
    }
   *[other] { $count } { $by ->
        [alias] aliases
       *[key] signing keys
    }
} with { $other }: who holds both knows that they are of one case.
cli-tell-exact-length = Item { $item } shows its exact length, { $length }: of an invented operator's day of { $of } calls, { $calls } last as long. Who has an operator's records may find the call.
cli-tell-short-cut = The cut at { $at } of item { $item } lasts { $ms } ms: so short that it tells how long the word is.
cli-finding-not-compared = an earlier bundle that can't be read: not compared
cli-finding-bundle-does-not-hold = the bundle fails its own verification; lengths and cuts were not looked at
cli-audit-tells-do = withhold the same in both, or take it that whoever holds both reads it; a cut under a second is made longer by striking more beside it.
cli-audit-sum = Hide badly: { $hides }. Nothing found: { $nothing }. Not wholly checked: { $unchecked }.
cli-audit-name = a name that the reader must not learn, in { $file } ({ $form })
cli-audit-no-names = Names were not looked for: --profile names the reader.
cli-audit-do = make pictures of the pages and send those, or take out what is named, in the program that made the document; then audit again. Drawing a box over it does not take it out.
cli-audit-place = page { $page }, { $across } mm across, { $down } mm down: { $what }
cli-audit-page = page { $page }: { $what }
cli-audit-says = { $what }: “{ $words }”
cli-hidden-covered = text under something drawn over it
cli-hidden-same-colour = text in the colour of its background
cli-hidden-invisible = invisible text where the page shows none
cli-hidden-outside = text outside the visible page
cli-hidden-clipped = text cut away by a clipping path
cli-hidden-tiny = text too small to be read
cli-hidden-layer-off = a layer that is switched off
cli-hidden-hidden-annotation = an annotation or a form field that is not shown
cli-hidden-marked-for-redaction = a place marked for redaction that was never redacted
cli-hidden-picture-covered = a picture under something drawn over it
cli-hidden-earlier-version = an earlier version, kept in the file
cli-hidden-unreferenced = text that no page shows
cli-hidden-unreferenced-picture = { $count ->
    [one] { $count } picture that no page shows
   *[other] { $count } pictures that no page shows
}
cli-hidden-label = a label on a bar, or the small mark of a program
cli-hidden-attachment = a file inside the document, not looked into
cli-hidden-metadata = metadata
cli-hidden-comment = a comment

## doctor
cli-doctor-ok = holds
cli-doctor-warning = WARNING
cli-cure-program-worker = put casemate-worker into the folder of casemate: without it nothing can be read.
cli-cure-program-speech = put casemate-speech into the folder of casemate, and its models where they are found: without them nothing is transcribed.
cli-cure-model = fetch the models again with script/setup.
cli-cure-meaning = bring the sentence encoder's model by script/setup: without it nothing is found by its meaning.
cli-cure-keys-locked = let the user lock more memory (ulimit -l), or use a machine without swap.
cli-cure-swap = encrypt swap, or turn it off: what is in memory can be written there.
cli-cure-core-dumps = turn core dumps off (ulimit -c 0).
cli-cure-case-folder = keep the case in a folder on a local disk that no program copies elsewhere.
cli-cure-clock = set the clock: times in the log are this machine's.
cli-cure-fence = a fence is missing: use a newer kernel, or allow it where this machine forbids it. Without a required fence nothing is read.
cli-fence-user-namespace = users of its own
cli-fence-network-namespace = no network device
cli-fence-ipc-namespace = no memory shared with others
cli-fence-parent-death = it ends with the program
cli-fence-no-dump = its memory is closed to others
cli-fence-no-new-privileges = no new rights
cli-fence-landlock = files and network closed
cli-fence-seccomp = no connections, no other programs
cli-fence-no-core = no core dump
cli-fence-file-size = a limit to what it writes
cli-fence-descriptors = a limit to what it opens
cli-fence-cpu = a limit to its computing
cli-fence-memory = a limit to its memory
cli-fact-cause = { $cause }
cli-fact-fence = { $fence }: { $granted ->
    [yes] stands
   *[no] missing ({ $cause })
}, { $need ->
    [required] required
   *[asked] where granted
}
cli-fact-program-missing = it is not beside this program
cli-fact-program-answers = it answers
cli-fact-model-none = no model was named
cli-fact-model-pinned = { $file }: as pinned
cli-fact-model-other = { $file }: another SHA-256 than the one pinned
cli-fact-model-unreadable = { $file } can't be read: { $cause }
cli-fact-meaning-none = the sentence encoder's model is not there
cli-fact-locked-none = no case is open
cli-fact-locked-all = { $count ->
    [one] { $count } page of keys is locked
   *[other] { $count } pages of keys are locked
}
cli-fact-locked-part = { $locked } of { $count } pages of keys are locked; the others may be swapped
cli-fact-unsaid = this system does not say
cli-fact-swap-none = no swap is in use
cli-fact-swap-safe = all swap is encrypted or in memory
cli-fact-swap-open = { $device } is not encrypted
cli-fact-swap-untold = { $device }: whether it is encrypted can't be told
cli-fact-core-none = this process writes none
cli-fact-core-limit = a crash may write memory to disk, { $limit ->
    [unlimited] without limit
   *[other] limit { $limit }
}
cli-fact-folder-plain = no network, no synchronised folder was found
cli-fact-folder-not-looked = where it lies was not looked at
cli-fact-folder-network = on a network file system
cli-fact-folder-synced = a program copies it elsewhere
cli-fact-folder-volatile = in memory: gone at the next start
cli-fact-clock-before = { $time } is before this program was made
cli-fact-clock-word = { $time }: this machine's word, compared with nothing
cli-fact-entries = { $count ->
    [one] one entry
   *[other] { $count } entries
}
cli-fact-acts = { $count ->
    [one] one act
   *[other] { $count } acts
}
cli-fact-objects = { $count ->
    [one] one object
   *[other] { $count } objects
}
cli-fact-commits = { $count ->
    [one] one commit
   *[other] { $count } commits
}
cli-fact-bytes = { $count ->
    [one] one byte
   *[other] { $count } bytes
}

## demo
cli-demo-begin = The case of H. Everything here is fiction: people, countries, companies.
cli-demo-init = A new case
cli-demo-open = Unlocked with the passphrase
cli-demo-add = Sealed and read
cli-demo-transcribe = Transcribed
cli-demo-search = Searched
cli-demo-people = People and their aliases (● withheld from a court; court · press)
cli-demo-refused = Disclosed too early: refused
cli-demo-heard = Heard by a named person
cli-demo-redact = Redacted for the court
cli-demo-disclose = Disclosed to the court
cli-demo-verify = Verified as the judge would
cli-demo-tamper = One bit changed in a copy
cli-demo-redact-press = Redacted for a newspaper
cli-demo-disclose-press = Disclosed to the newspaper
cli-demo-verify-press = Verified as the newspaper would
cli-demo-case = The whole case verified
cli-demo-took = { $seconds } s
cli-demo-consent = asked in person
cli-demo-not-named = { $path } should be among those not read
cli-demo-not-found = “{ $query }” should be found in { $path }
cli-demo-not-refused = this should have been refused
cli-demo-damaged = the case should be whole
cli-demo-flipped = One bit is changed in { $file }, at byte { $at } of the bundle:
cli-demo-more = { $count ->
    [one] … and { $count } more
   *[other] … and { $count } more
}
cli-demo-look = What to look at now:
cli-demo-end = All as planned, in { $time }.
cli-demo-odd = Over in { $time }. What came out otherwise than planned is marked with ! above.

## What stops a disclosure
cli-block-not-reviewed = exhibit { $exhibit }: nobody has reviewed its plan (casemate redact { $exhibit })
cli-block-not-heard-unknown = exhibit { $exhibit }: how long this recording is could not be read, so nobody can have heard all of it; strike its sound or leave it out
cli-block-not-heard = exhibit { $exhibit }: nobody has heard { $ranges } (casemate heard { $exhibit } --by NAME)
cli-block-name-open = { $finds ->
    [one] exhibit { $exhibit }: one place still names person { $person }
   *[other] exhibit { $exhibit }: { $finds } places still name person { $person }
}
cli-block-identifier-open = { $finds ->
    [one] exhibit { $exhibit }: one number, address or date that tells who somebody is would be readable (casemate redact --propose, or --keep)
   *[other] exhibit { $exhibit }: { $finds } numbers, addresses or dates that tell who somebody is would be readable (casemate redact --propose, or --keep)
}
cli-block-no-consent = exhibit { $exhibit }: person { $person } has not been asked (casemate person consent)
cli-block-consent-refused = exhibit { $exhibit }: person { $person } has refused
cli-block-opened-before = { $leaves ->
    [one] exhibit { $exhibit }: one piece that this would hide was open in an earlier disclosure; who has that one still reads it (--cover lets it pass)
   *[other] exhibit { $exhibit }: { $leaves } pieces that this would hide were open in an earlier disclosure; who has that one still reads them (--cover lets them pass)
}
cli-block-uncovered = { $places ->
    [one] exhibit { $exhibit }: one place that this would show was withheld in an earlier bundle; both together tell whom its label stands for (strike it, or say --uncover)
   *[other] exhibit { $exhibit }: { $places } places that this would show were withheld in an earlier bundle; both together tell whom their labels stand for (strike them, or say --uncover)
}

## Errors: what happened, and what to do
cli-what-to-do = What to do:
cli-error-no-case-named = No case was named, and there is none in this folder or above it.
cli-error-no-case-named-do = go into the case's folder, or name it with --case DIR or CASEMATE_CASE. casemate init DIR makes a new one.
cli-error-not-a-case = { $path } is not a case: it holds no casemate.toml.
cli-error-not-a-case-do = name the folder that casemate init made.
cli-error-no-passphrase = The case is locked: there is no passphrase file, and no terminal to ask at.
cli-error-no-passphrase-do = name a file with --passphrase-file or CASEMATE_PASSPHRASE_FILE, or run the command on a terminal.
cli-error-passphrase-file = The passphrase file { $path } can't be used: { $cause }.
cli-error-passphrase-file-do = put the passphrase on one line of a file that you can read.
cli-error-passphrase-short = The passphrase has fewer than { $least } characters.
cli-error-passphrase-short-do = choose a longer one, or leave it empty and one of seven words is made for you.
cli-error-passphrases-differ = The two passphrases differ; nothing was made.
cli-error-passphrases-differ-do = try again.
cli-error-wrong-passphrase = The passphrase does not open this case.
cli-error-wrong-passphrase-do = check the words, the keyboard's layout and which case it is. Nobody can open the case without it.
cli-error-interrupted = Stopped at your wish; nothing was changed.
cli-error-interrupted-do = run the command again when you are ready.
cli-error-stopped = Stopped at your wish. Everything that was finished is kept.
cli-error-stopped-do = run the same command again: it goes on where it stopped.
cli-error-file = { $path }: { $cause }.
cli-error-file-do = check that it exists and that you may read or write it.
cli-error-file-exists = { $path } is there already; nothing was overwritten.
cli-error-file-exists-do = name a new file, or move the old one away.
cli-error-disk-full = The disk is full, while writing { $name }. Nothing that was acknowledged is lost.
cli-error-disk-full-do = make room and run the same command again: it goes on where it stopped.
cli-error-output = The answer could not be written: { $cause }.
cli-error-output-do = check where standard output goes.
cli-error-no-name = A person needs at least one name.
cli-error-no-name-do = give --han, --pinyin, --passport or --name.
cli-error-no-reason = A strike needs its reason.
cli-error-no-reason-do = give --reason name, identifier, private-life or privilege.
cli-error-no-demo = The folder of the demo was not found.
cli-error-no-demo-do = name it with --demo PATH: it is the folder with plan.toml.
cli-error-demo-form = { $path } can't be used: { $cause }.
cli-error-demo-form-do = take the folder of the demo as it came.
cli-error-worker = A reader could not do its work: { $cause }.
cli-error-worker-do = run casemate doctor; the programs must lie together in one folder.
cli-error-no-program = { $program } or what it needs is not there.
cli-error-no-program-do = keep all programs of Casemate in one folder. For speech, the models must be there too: script/setup, --models DIR or CASEMATE_MODELS.
cli-error-query = The query was not understood: { $cause }.
cli-error-query-do = casemate help search shows examples; put what is odd in quotation marks.
cli-error-busy = Another program has the case open for writing ({ $name }).
cli-error-busy-do = wait until it has finished, or end it. Reading goes on meanwhile.
cli-error-index = The search index can't be used: { $cause }.
cli-error-index-do = delete the case's folder index: it is built again from the case, to the same answers.
cli-error-name-inside = The bundle was not made: a withheld name stands in { $file } ({ $form }).
cli-error-name-inside-do = strike it with casemate redact, or leave that exhibit out.
cli-error-bundle = The bundle was not made: { $cause }.
cli-error-bundle-do = run casemate verify on the case; then try with fewer exhibits to see which one it is.
cli-error-self-check = The bundle was not made: it did not pass its own verification ({ $findings }).
cli-error-self-check-do = nothing left the case. Please report this with the names of the findings.
cli-error-narrow-refused = { $path } does not hold: { $findings }.
cli-error-narrow-refused-do = look at it with casemate verify, and ask the sender for it again.
cli-error-narrow-unverified = The bundle was not made: it did not pass its own verification ({ $findings }).
cli-error-narrow-unverified-do = please report this with the names of the findings.
cli-error-narrow-press = A press bundle proves nothing that could be passed on.
cli-error-narrow-press-do = pass on your own text; or ask the sender for a bundle of the court form.
cli-error-narrow-no-item = The bundle has no item { $item }.
cli-error-narrow-no-item-do = casemate verify lists the items by number.
cli-error-narrow-no-discloser = Nobody stands in place { $place } among those who passed the bundle on before.
cli-error-narrow-no-discloser-do = casemate verify names them in their order; the first is 1.
cli-error-narrow-printed = The { $what ->
    [purpose] purpose (--purpose)
    [name] name of who passes it on (--as)
   *[recipient] recipient (--recipient)
} is empty, or longer than { $most } bytes.
cli-error-narrow-printed-do = it is printed as it is: say it in a few words.
cli-error-narrow-place = Item { $item } has no such place, or it is withheld already.
cli-error-narrow-place-do = casemate narrow --help shows the forms of places; what may be withheld of an item depends on what it is.
cli-error-narrow-indivisible = Item { $item } can only be passed on whole, or not at all.
cli-error-narrow-indivisible-do = leave it out: --drop { $item }.
cli-error-narrow-word = A word of fewer than { $least } bytes can not be looked for: it would stand everywhere.
cli-error-narrow-word-do = give the whole name, or withhold the places one by one.
cli-error-narrow-reason = The reason is not one that a bundle can carry.
cli-error-narrow-reason-do = give name, identifier, private-life, privilege, or a code of small letters, digits, - and .
cli-error-narrow-nothing = Nothing more would be withheld than is already.
cli-error-narrow-nothing-do = name a place, a name or an item: --withhold, --name, --word, --drop.
cli-error-narrow-everything = No item would be left.
cli-error-narrow-everything-do = leave at least one in.
cli-error-narrow-too-many = A bundle is passed on at most { $most } times.
cli-error-narrow-too-many-do = ask an earlier discloser for their bundle, and pass that on.
cli-error-narrow-word-inside = The bundle was not made: what is to be withheld stands in { $file } ({ $form }).
cli-error-narrow-word-inside-do = withhold it there too, leave that item out (--drop), give it another title (--title), or other words of your own.
cli-error-narrow-word-inside-screen = Withhold it there too, leave that item out, or choose other words of your own.
cli-error-narrow-unread = The bundle was not made: { $cause }.
cli-error-narrow-unread-do = check the file and the disk; casemate verify looks at the bundle alone.
cli-error-key-file = The key { $path } can't be used: { $cause }.
cli-error-key-file-do = make one for this with ssh-keygen -t ed25519 -N "" -f FILE, and keep it.
cli-error-no-exhibit = There is no exhibit { $exhibit }.
cli-error-no-exhibit-do = casemate ls lists the exhibits by number.
cli-error-no-person = Nobody is known by that name, alias or id.
cli-error-no-person-do = casemate person ls lists everybody.
cli-error-many-people = { $found } people answer to that name or alias.
cli-error-many-people-do = use the beginning of the id, as casemate person ls shows it.
cli-error-not-read = Exhibit { $exhibit } has no text: it was not read, or not transcribed.
cli-error-not-read-do = casemate show { $exhibit } says why; for a recording, run casemate transcribe { $exhibit }.
cli-error-no-strike = The plan has no such strike or find (number { $strike }).
cli-error-no-strike-do = casemate redact EXHIBIT --for AUDIENCE lists them by number.
cli-error-not-drawn = Page { $page } of exhibit { $exhibit } could not be drawn ({ $finding }).
cli-error-not-drawn-do = The original is sealed all the same: casemate export writes it out.
cli-error-no-plan = Exhibit { $exhibit } has no plan for this audience.
cli-error-no-plan-do = casemate redact { $exhibit } --for AUDIENCE --propose makes one.
cli-error-name-printed = A name that this reader must not learn stands in the { $what ->
    [purpose] purpose
    [name] name of who passes it on
    [title] title of an item
   *[recipient] recipient
}, which is printed in the bundle.
cli-error-name-printed-do = word it without the name, or give the alias.
cli-error-cut-elsewhere = The words are heard at { $from }–{ $to }: a cut farther than a second from there would leave them in the sound.
cli-error-cut-elsewhere-do = mark where they are heard. If they are said somewhere else too, strike that time as a cut of its own.
cli-error-plan-outdated = The plan of exhibit { $exhibit } was made for an older text of it.
cli-error-plan-outdated-do = casemate redact { $exhibit } --for AUDIENCE --propose brings it up to date; then review it.
cli-error-form = { $what } can't be read: { $found }.
cli-error-form-do = casemate help shows the form with examples.
cli-error-blocked = { $count ->
    [one] Nothing left the case: one reason stands against it.
   *[other] Nothing left the case: { $count } reasons stand against it.
}
cli-error-blocked-do = settle each reason, or leave that exhibit out. People are named here by the beginning of their id (casemate person ls).
cli-error-derivative = What was made from an exhibit ({ $seal }) is in a form that this version does not read.
cli-error-derivative-do = use a newer version of Casemate.
cli-error-no-case = There is no case here.
cli-error-no-case-do = name the folder that casemate init made.
cli-error-case-exists = There is a case here already; nothing was changed.
cli-error-case-exists-do = name another folder.
cli-error-not-empty = { $name } is there already and not empty; nothing was changed.
cli-error-not-empty-do = name a new folder.
cli-error-version = { $what } is of version { $found }; this program knows { $known }.
cli-error-version-do = use a newer version of Casemate.
cli-error-damaged = The case is damaged: { $what } ({ $why }).
cli-error-damaged-do = change nothing; copy the whole folder; casemate verify DIR names everything that is damaged. What is whole stays readable.
cli-error-lane-damaged = The log is damaged and can only be read: lane { $lane } ({ $why }).
cli-error-lane-damaged-do = change nothing; copy the whole folder; casemate verify DIR names everything that is damaged.
cli-error-store-missing = The case is damaged: { $name } is missing.
cli-error-store-missing-do = look whether a copy or backup has it; casemate verify DIR names everything that is missing.
cli-error-no-key = The key of that compartment is not here.
cli-error-no-key-do = ask whoever holds it.
cli-error-limit = { $what }: { $found } is over the limit of { $limit }.
cli-error-limit-do = split what you give into smaller parts.
cli-error-source = A file could not be read while it was sealed: { $cause }.
cli-error-source-do = check the disk that it lies on, and run the same command again.
cli-error-source-changed = A file kept changing while it was sealed; it was not taken in.
cli-error-source-changed-do = copy it to a place where nothing writes to it, and add the copy.
cli-error-write-failed = A write failed, and nothing more was written.
cli-error-write-failed-do = check the disk, and run the command again; what was acknowledged is safe.
cli-error-alias-taken = Somebody else has that alias in this audience.
cli-error-alias-taken-do = choose another: an alias is never used twice.
cli-error-alias-fixed = The person has another alias in this audience already.
cli-error-alias-fixed-do = keep that one: an alias, once given, is never changed.
cli-error-alias-tells = The alias holds a name of somebody.
cli-error-alias-tells-do = choose one that tells nothing.
cli-error-person-known = Somebody with all of these names is known already; nothing was written.
cli-error-person-known-do = describe that person anew (--instead-of), or say with --another that this is somebody else of the same name.
cli-error-alias-empty = The name or alias is empty.
cli-error-alias-empty-do = give one.
cli-error-other = It could not be done: { $cause }.
cli-error-other-do = run casemate doctor and casemate verify on the case; nothing that was acknowledged is lost.

# casemate serve, casemate lock
cli-serve-link = Casemate is at { $link }
    The link works once, on this machine only. Ctrl-C ends the server.
cli-locked = The case is locked.
cli-error-not-served = Nothing serves this case.
cli-error-not-served-do = there is nothing to lock; where casemate serve runs for another case, name that one with --case.
cli-error-edited-meanwhile = Somebody changed the passage of exhibit { $exhibit } meanwhile.
cli-error-edited-meanwhile-do = look at what stands there now, and correct that.
cli-damaged-warning = This case is damaged: { $count ->
        [one] one finding
       *[other] { $count } findings
    }. Only what could be read is shown; casemate verify names the rest.
cli-error-usage = The command was not understood.
cli-error-usage-do = see casemate help.

# The cure as a screen says it, where the one above names a command
cli-error-stopped-screen = Start it again: it goes on where it stopped.
cli-error-disk-full-screen = Make room and try again: it goes on where it stopped.
cli-error-worker-screen = Look at the settings, where this machine is checked; the programs must lie together in one folder.
cli-error-no-program-screen = Keep all programs of Casemate in one folder. For speech, the models must be there too.
cli-error-query-screen = Put what is odd in quotation marks, or ask for less at once.
cli-error-name-inside-screen = Strike it in that exhibit's plan, or leave the exhibit out.
cli-error-bundle-screen = Verify the case under Custody; then try with fewer exhibits to see which one it is.
cli-error-no-exhibit-screen = Look for it in the list of exhibits.
cli-error-no-person-screen = Look for them in the list of people.
cli-error-many-people-screen = Choose one of them in the list of people.
cli-error-not-read-screen = Its page says why. A recording can be transcribed under Intake.
cli-error-no-strike-screen = Look at the plan again: it may have changed.
cli-error-not-drawn-screen = The original is sealed all the same: save it from the exhibit’s page.
cli-error-no-plan-screen = Propose one first.
cli-error-plan-outdated-screen = Propose it again, then review it.
cli-error-form-screen = Correct what was entered and try again.
cli-error-blocked-screen = Settle each reason, or leave that exhibit out.
cli-error-no-case-screen = Choose another folder.
cli-error-damaged-screen = Change nothing and copy the whole folder. Verifying the case names everything that is damaged. What is whole stays readable.
cli-error-lane-damaged-screen = Change nothing and copy the whole folder. Verifying the case names everything that is damaged.
cli-error-store-missing-screen = Look whether a copy or backup has it. Verifying the case names everything that is missing.
cli-error-source-screen = Check the disk that it lies on, and try again.
cli-error-write-failed-screen = Check the disk, and try again; what was acknowledged is safe.
cli-error-person-known-screen = Describe that person anew, or say that this is somebody else of the same name.
cli-error-other-screen = Look at the settings and verify the case; nothing that was acknowledged is lost.

# casemate timestamp
cli-timestamp-asked = Wrote the request { $file }. Keep { $kept } until the answer is recorded.
cli-timestamp = Everything in the log up to entry { $size } existed at { $time }, says { $authority }.
cli-timestamp-pinned = Root { $root }, as given.
cli-timestamp-unpinned = Root { $root }: trust NOT CHECKED. Give the authority's root with --tsa-root.
cli-timestamp-not-revoked = Not revoked, as of { $time }.
cli-timestamp-revocation-unchecked = Revocation NOT CHECKED: no list that says so was given.
cli-timestamp-qualified = It states that it is qualified: NOT CHECKED.
cli-timestamp-until = Have it stamped again before { $until }.
cli-error-stamp = The time-stamp was refused: { $cause }.
cli-error-stamp-do = nothing was recorded; ask the authority again, or another one.
cli-timestamp-sends = Asking { $address }: a salted SHA-256 of the log's signed head and a random number are sent, nothing of the case.
cli-timestamp-accuracy = Its clock is exact to { $accuracy }, it states.
cli-timestamp-unqualified = Neither it nor the certificate states that it is qualified.
cli-timestamps-none = No authority has stamped this log: its times are self-asserted. Have it stamped: casemate timestamp --url, or --request-file on a machine that never goes online.
cli-timestamps-entry = Entry
cli-timestamps-time = Time
cli-timestamps-authority = Authority
cli-timestamps-covers = Covers
cli-timestamps-until = Good until
cli-timestamps-state = State
cli-timestamps-remarks = Remarks
cli-timestamps-state-good = good
cli-timestamps-state-ageing = ageing
cli-timestamps-state-over = ended
cli-timestamps-state-refused = REFUSED
cli-timestamps-note-trust = trust NOT CHECKED
cli-timestamps-note-revocation = revocation NOT CHECKED
cli-timestamps-note-qualified = states that it is qualified
cli-timestamps-covered = The first { $covered } of { $size } entries are stamped; what follows is not yet.
cli-timestamps-again = The newest stamp ends soon, has ended or does not hold: have the log stamped again, which renews what the new stamp covers.
cli-error-authority-address = That can't be asked: { $cause }.
cli-error-authority-address-do = nothing was sent; give an address as the authority publishes it.
cli-error-authority-not-reached = The authority was not reached: { $cause }.
cli-error-authority-not-reached-do = check the address and the connection, or the proxy (--proxy); or ask from another machine with --request-file.
cli-error-authority-elsewhere = { $address } sends on to { $to }; nothing was sent there.
cli-error-authority-elsewhere-do = if you trust that address, give it with --url.
cli-error-authority-answer = That was no time-stamp: { $cause }.
cli-error-authority-answer-do = nothing was recorded; check the address, ask again later, or ask another authority.

# casemate witness
cli-witness-asked = Wrote the request { $file }. Send it to { $name }, and keep it until the answer is recorded.
cli-witness = { $name } saw the log with { $size } entries at { $time }, by its own clock, and none that contradicts it.
cli-witness-log-key = The log's key, for a witness to know it by: { $key }
cli-witnesses-none = No witness has cosigned this log.
cli-witnesses-witness = Witness
cli-witnesses-refused = DOES NOT HOLD: { $cause }
cli-witnesses-covered = The first { $covered } of { $size } entries are cosigned; what follows is not yet.
cli-error-cosignature = The answer of the witness does not hold: { $cause }.
cli-error-cosignature-do = check that the key is the witness's and the answer belongs to this request. A number alone means that the witness saw the log at that size: ask again with --old.
cli-error-cosignature-screen = Check that the key is the witness’s and the answer belongs to this request.

# casemate asic
cli-asic = { $file } was made. The bundle in it existed at { $time }, says { $authority }.
cli-asic-until = The certificates behind it are valid until { $until }.
cli-asic-sends = Asking { $address }: the SHA-256 of a manifest that names the bundle by its own, and a random number are sent.
cli-error-asic-to = no file was named for the container.
cli-error-asic-to-do = name it: --to court.asice

# casemate metadata
cli-metadata = { $file } was made: it describes the bundle and lies beside it.
cli-error-bundle-refused = { $path } does not hold: { $findings }.
cli-error-bundle-refused-do = look at it with casemate verify, and ask the sender for it again.
cli-error-bundle-refused-screen = Look at it with the verifier, and ask the sender for it again.
