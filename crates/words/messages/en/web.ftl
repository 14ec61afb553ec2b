### What the screens of the web app say. Ids begin with "web-".
### Read by the browser; plain spaces, the catalogue sets the French ones.

## The frame
web-product = Casemate
web-screens = Screens
web-screen-home = Case
web-screen-intake = Intake
web-screen-exhibits = Exhibits
web-screen-search = Search
web-screen-people = People
web-screen-redact = Redact
web-screen-disclose = Disclose
web-screen-bundles = Bundles
web-screen-custody = Custody
web-screen-settings = Settings
web-more = More
web-skip = Skip to the content
web-language = Language
web-lang-fr = Français
web-lang-en = English
web-lang-zh-Hans = 简体中文
web-lang-zh = 中文
web-open = Open
web-lock = Lock
web-lock-now = Lock the case now
web-locked = The case is locked.
web-locked-drafts = { $count ->
    [one] One unsaved correction is kept in this tab's memory.
   *[other] { $count } unsaved corrections are kept in this tab's memory.
}
web-passphrase = Passphrase
web-passphrase-show = Show what is typed
web-unlock = Open the case
web-unlocking = Opening, this takes a second
web-opening = Opening the case
web-version = Casemate { $version }
web-no-session = This page has no key to the case.
web-no-session-do = Open the link that casemate serve printed. It works once; start the program again for a new one.
web-no-screen = There is no such page.
web-away = The program does not answer.
web-away-do = What you typed is kept; this page tries again by itself. If it goes on, start casemate serve again.
web-away-short = No answer, trying again
web-away-wait = The program does not answer yet; this page tries again by itself.
web-closing = Locks in { $seconds } s: press any key to stay
web-again = Try again
web-fault-other = It could not be done.
web-fault-other-do = Try again; if it happens again, look at Settings, Checks of this machine. Nothing that was acknowledged is lost.
web-wait = Loading
web-wait-wave = Reading the sound
web-wait-text = Reading the transcript
web-wait-preview = Making what the recipient gets
web-wait-doctor = Looking at this machine
web-close = Close
web-stop = Stop
web-next = Next
web-previous = Previous
web-choose = Choose
web-filter = Filter by name
web-file = File
web-extent = Size or length
web-all-kinds = All kinds
web-person = Person
web-by = By
web-about = About
web-leave = Leave
web-clear = Clear
web-show-more = Show more ({ $count } left)
web-of = { $done } of { $total }
web-of-sound = { $done } of { $total } of sound
web-left = Left the case
web-will-write = Will write:
web-written = Written into the log.
web-undo-writes = Undo will write:
web-sign-as = Signed as
web-sign-as-hint = your name

## Jobs
web-jobs = { $count ->
    [0] No work running
    [one] One task running
   *[other] { $count } tasks running
}
web-jobs-title = Long work
web-job-intake = Taking files in
web-job-transcribe = Reading and transcribing
web-job-verify = Verifying the case
web-job-disclose = Making a bundle
web-job-index = Building the index
web-job-state-waiting = waiting
web-job-state-running = running
web-job-state-done = done
web-job-state-stopped = stopped
web-job-state-failed = failed
web-time-left = about { $time } left

## Palette and keys
web-palette = Go to, or do
web-palette-hint = Search or command
web-palette-exhibit = Open exhibit { $number }
web-palette-search = Search for “{ $query }”
web-keys = Keys
web-keys-title = What the keys do here
web-key-panic = Blank the screen and lock at once
web-keyname-space = Space
web-keyname-alt = Alt
web-keyname-ctrl = Ctrl
web-keyname-shift = Shift
web-keyname-esc = Esc
web-keyname-enter = Enter
web-key-play = Play or pause
web-key-back = Back 2 seconds
web-key-forward = Forward 2 seconds
web-key-up = Previous passage
web-key-down = Next passage
web-key-slower = Slower, same pitch
web-key-faster = Faster, same pitch
web-key-loop = Repeat this passage
web-key-correct = Correct this passage
web-key-doubt = Next doubtful word
web-key-redact = Redact this exhibit
web-key-zoom-in = Zoom in
web-key-zoom-out = Zoom out
web-key-find-next = Next find
web-key-find-previous = Previous find
web-key-strike = Strike it, or: looked at, is right
web-key-no-name = Say why it is no name
web-key-listen = Listen to this place
web-key-undo = Undo the last act
web-key-in = Start of the cut, here
web-key-out = End of the cut, here
web-key-next-step = Go on to the next step
web-key-hit-next = Next hit
web-key-hit-previous = Previous hit

## Places and names
web-exhibit = Exhibit { $number }
web-exhibit-small = exhibit { $number }
web-place-whole = whole
web-place-line = line { $number }
web-place-message = message { $number }
web-place-row = row { $number }
web-place-page = page { $number }
web-row-short = Row
web-pages = Pages
web-page = Page
web-pages-of = of { $count }
web-pages-view = How pages are shown
web-pages-drawn = As they look
web-pages-text = As text
web-page-picture = Page { $number }, as it looks
web-page-drawing = Page { $number } is being drawn…
web-draw-how = Draw a rectangle over what must not leave: every paragraph it touches is picked. By keyboard: Tab to a paragraph, then Enter.
web-draw-picked = { $count ->
    [one] One paragraph picked
   *[other] { $count } paragraphs picked
}
web-draw-strike = Strike them
web-table = Table of the exhibit
web-part = Inside: { $name }
web-meta-from = From
web-meta-to = To
web-meta-cc = Copy
web-meta-date = Date
web-meta-subject = Subject
web-meta-title = Title
web-meta-pages = Pages
web-meta-author = Author
web-meta-producer = Made by
web-meta-rest = More about this file ({ $count })
web-mail-headers = Headers, as text

## Home
web-home-needs = { $count ->
    [one] One thing needs a person today
   *[other] { $count } things need a person today
}
web-home-nothing = Nothing needs a person today
web-home-case = The case
web-home-way = The way to the court
web-way-search = Find where it was said
web-way-read = Listen, read, correct
web-way-redact = Strike the names
web-way-disclose = Hand a bundle over
web-way-verify = Check that nothing changed
web-home-new = A new case
web-home-new-first = Nothing is in it yet.
web-home-new-1 = Put in recordings, messages, letters: as they came, not renamed, not converted.
web-home-new-2 = Each file is sealed first: from then on nobody can change it without it being seen.
web-home-new-3 = Then it is read and transcribed on this machine. Nothing leaves it until you hand a bundle over.
web-task-damaged = { $count ->
    [one] One part of the case is damaged.
   *[other] { $count } parts of the case are damaged.
}
web-task-unread = { $count ->
    [one] One exhibit was not read.
   *[other] { $count } exhibits were not read.
}
web-task-untranscribed = { $count ->
    [one] One recording has no transcript.
   *[other] { $count } recordings have no transcript.
}
web-task-unheard = { $count ->
    [one] One transcribed recording has { $time } that nobody has heard.
   *[other] { $count } transcribed recordings have { $time } that nobody has heard.
}
web-task-open = { $count ->
    [one] One redaction plan has open finds.
   *[other] { $count } redaction plans have open finds.
}
web-task-unsigned = { $count ->
    [one] One redaction plan waits for a signature.
   *[other] { $count } redaction plans wait for a signature.
}
web-task-uncorrected = { $count ->
    [one] One transcript is the machine's alone: nobody corrected a word.
   *[other] { $count } transcripts are the machine's alone: nobody corrected a word.
}
web-task-alias = { $count ->
    [one] One protected person has no alias for anybody.
   *[other] { $count } protected people have no alias for anybody.
}
web-task-consent = { $count ->
    [one] One protected person has not been asked.
   *[other] { $count } protected people have not been asked.
}

## Exhibits
web-exhibits-count = { $count ->
    [one] One exhibit
   *[other] { $count } exhibits
}
web-exhibits-empty = No exhibit yet
web-exhibits-teach = An exhibit is a sealed original: its bytes never change. Files become exhibits in Intake.
web-intake-first = Put the first files in
web-sealed-when = Sealed
web-text-none = not read
web-text-none-sound = not transcribed
web-text-corrected = corrected by a person
web-text-reading = read
web-text-draft = machine draft

## Reader
web-sealed-on = sealed { $date }
web-side = Seal and custody
web-seal = Seal
web-seal-since = Sealed { $date }
web-seal-damaged = The case is damaged: see Custody
web-seal-time = Time as this device stated it; what an authority has stamped is in Custody
web-seal-more = Whole digests
web-source = Source
web-within = from exhibit { $number }
web-original = Save the original
web-not-read = Not read
web-notes = Worth knowing
web-custody = Custody
web-act-by = { $name }: { $act }
web-act-correct = passage corrected
web-act-uncorrect = correction undone
web-unread-kept = The original is sealed and safe all the same.
web-no-text = There is no text in it.
web-play = Play
web-pause = Pause
web-of-length = of { $length }
web-back = Back 2 s
web-speed = Speed
web-loop = Repeat
web-zoom = Zoom
web-next-doubt = Next doubtful word
web-sound-controls = Sound
web-sound-broken = This browser can't play it. The original is whole; save it and use another player.
web-seek = Position in the sound
web-wave = Drawing of the sound, { $length }, { $cuts ->
    [0] no cut planned
    [one] one cut planned
   *[other] { $cuts } cuts planned
}
web-wave-whole = whole
web-wave-sound = Sound
web-cuts-planned = { $count ->
    [one] Hatched: one place will be cut out of the sound for the court.
   *[other] Hatched: { $count } places will be cut out of the sound for the court.
}
web-heard = heard
web-heard-all = Heard in full by { $names }.
web-heard-part = { $heard } of { $whole } heard by a named person.
web-heard-gaps = Nobody has heard:
web-will-hear = { $name } heard { $ranges } of exhibit { $exhibit }.
web-hear-record = Record what I heard
web-layer-machine = Machine draft by { $tool }. Dotted words are doubtful: listen to them.
web-layer-corrected = Machine draft by { $tool }, corrected where a line stands at the left.
web-correct = Correct
web-correct-label = Text of passage { $number }
web-corrected-by = corrected by { $name }, { $date }
web-machine-wrote = what the machine wrote
web-undo = Undo
web-undo-it = Undo this correction
web-will-uncorrect = { $name } undid the correction of passage { $passage } of exhibit { $exhibit }.
web-keep = Keep
web-keep-next = Keep, next doubtful
web-will-correct = { $name } corrected passage { $passage } of exhibit { $exhibit }.
web-edited-meanwhile = { $name } corrected this passage meanwhile:
web-keep-mine = Keep mine
web-keep-theirs = Keep theirs
web-edit-waits = The program does not answer. Your correction is kept and will be sent as soon as it does.
web-leaves-as = leaves as “{ $alias }”
web-leaves-struck = leaves struck

## Search
web-search-for = Search for
web-found = { $count ->
    [0] nothing
    [one] one passage
   *[other] { $count } passages
}
web-search-how = How to match
web-variants = With variants
web-exact = Exact
web-by-meaning = By meaning
web-order-case = In order of the case
web-search-empty = Find a word, a name, a date in everything that was read
web-search-teach-variants = 地产 finds 地產 too, and resume finds résumé. Exact finds the very characters.
web-search-teach-sound = pinyin:lin muchuan finds what sounds like it: transcripts mishear names.
web-search-teach-filters = kind:chat, lang:zh, date:2025-03, speaker:Gao narrow the search.
web-search-teach-meaning = By meaning finds what says the same in other words or in another language: ask in French, find the Chinese sentence.
web-search-private = What you search for is not written into the address or the browser's history.
web-search-none = Nothing found.
web-search-try-variants = Search with variants
web-search-drop-facets = Search in everything
web-search-try-sound = A name may be misheard in a transcript: try pinyin: before it.
web-close-count = { $count ->
    [0] nothing
    [one] one passage, the closest
   *[other] the { $count } closest
}
web-close-score = closeness { $score }
web-close-what = Closest in meaning first, in whichever language. Closeness is how alike a model finds the two meanings, at most 1: read each passage before you rely on it.
web-close-none = Nothing is close in meaning.
web-close-none-asked = Not searched by meaning.
web-close-no-words = There is no word in the query whose meaning could be asked for.
web-close-no-model = The model of the sentence encoder is not there. script/setup brings it; then start the program again.
web-close-other-model = What lies in the place of the sentence encoder's model is another file. script/setup brings the model again; then start the program again.
web-close-waiting = { $count ->
    [one] One text has not been read for its meaning yet.
   *[other] { $count } texts have not been read for their meaning yet.
}
web-close-read = Read them now
web-not-searched = { $count ->
    [one] Not searched: one exhibit without text.
   *[other] Not searched: { $count } exhibits without text.
}

## Intake
web-intake-title = Put files in
web-intake-title-first = Put the first files in
web-will-seal = Each file given is sealed: its name as it came, its size, its digest.
web-will-seal-path = Each file in { $path } is sealed: its name, its size, its digest.
web-will-read = { $unread ->
    [0] No text
    [one] The text of one exhibit
   *[other] The text of { $unread } exhibits
}, { $untranscribed ->
    [0] { $too ->
        [yes] { $unread ->
            [0] no transcript
           *[other] and a transcript of each recording among them
        }
       *[no] no transcript
    }
    [one] one transcript
   *[other] { $untranscribed } transcripts
}, as the machine reads them.
web-intake-count = { $done } of { $total } files are sealed
web-drop = Drop files or folders here
web-drop-stay = The originals stay where they are. The same folder given again goes on where it stopped.
web-choose-files = Choose files
web-choose-folder = Choose a folder
web-path = Or a file or folder of the machine that runs Casemate
web-path-hint = /media/phone/recordings
web-path-add = Seal and read
web-fate = Fate
web-means = What it means
web-fate-waiting = waiting
web-fate-hashing = comparing
web-fate-sending = sealing
web-fate-sealed = sealed
web-fate-duplicate = duplicate
web-fate-refused = refused
web-fate-failed = failed
web-fate-unread = sealed, not read
web-fate-same = Same bytes as exhibit { $number }; not sealed again.
web-fates-sealed = { $count ->
    [one] one sealed
   *[other] { $count } sealed
}
web-fates-duplicate = { $count ->
    [one] one duplicate
   *[other] { $count } duplicates
}
web-fates-left = { $count } to go
web-fates-refused = { $count } refused
web-fates-more = and { $count } more
web-pause-queue = Pause
web-go-on = Go on
web-clear-list = Clear the list
web-intake-away = The program does not answer. The files wait and go on by themselves.
web-added = { $sealed } sealed, { $read } read, { $seen } read off pictures, { $transcribed } transcribed
web-added-stopped = Stopped before the end. Everything listed is safe; start again and it goes on.
web-then-read = Then: read and transcribe
web-unread-count = { $unread ->
    [0] Everything is read
    [one] One exhibit to read
   *[other] { $unread } exhibits to read
}; { $untranscribed ->
    [0] { $unread ->
        [0] every recording is transcribed
       *[other] recordings among them are told apart as they are read
    }
    [one] one recording to transcribe
   *[other] { $untranscribed } recordings to transcribe
}.
web-transcribe-too = Transcribe recordings too; this takes about as long as they last
web-read-now = Read now
web-read-later = Once files are sealed they can be read here.
web-all-read = Everything is read.
web-job-stays = You may close this page: the work goes on, and is shown again when you return.
web-who-reads = Who may read
web-who-reads-what = Whoever opens this case. Others get what you hand over, with names struck.
web-seal-what-title = What sealing is
web-seal-what = The file's bytes are kept as they came, encrypted, and their digest is written into the log. A change, even of one bit, can be seen for ever.

## People
web-people-count = { $count ->
    [one] One person
   *[other] { $count } people
}
web-people-empty = Nobody is described yet
web-people-teach = Describe those whose names must not leave: in Chinese characters, pinyin, the passport's spelling. Every place where they occur is then found.
web-people-teach-alias = Each audience gets an alias of its own, so that a court and a newspaper can't join what they got.
web-person-add = Describe a person
web-person-add-how = At least one name; one a line where there are several.
web-person-write = Write into the log
web-will-person = Person described: { $names }; { $role }; { $kept }.
web-person-edit = Describe anew
web-will-person-anew = Person described anew: { $names }; { $role }; { $kept }.
web-person-merge = Same as another
web-person-merge-with = Who else is this
web-person-merge-how = The names of both are kept with this person, and this person’s aliases hold from now on. What was written before stays in the log.
web-will-merge = { $other } is the same person as { $name }.
web-person-split = Two people
web-person-split-how = The names that belong to somebody else
web-will-split = { $names } is another person than { $name }, with no alias yet.
web-case-keys = Keys and people
web-lane-own = This device
web-lane-other = Another device
web-lane-entries = { $count ->
    [one] one entry
   *[other] { $count } entries
}
web-lane-since = since { $date }
web-lane-keys = Public keys
web-lane-key = Signs the log:
web-disclosure-key = Signs what leaves:
web-compartments = Open here
web-compartment-identity = identities
web-compartment-case = case
web-compartment-press = press
web-compartment-later = later
web-members = May open it
web-role-owner = owner
web-backup = Backup
web-backup-never = none was made yet: copy the case’s folder to keep one
web-recovery = Recovery
web-recovery-none = not set up: without the passphrase nobody can open the case
web-models = Speech models
web-model-all = all languages
web-models-none = None is installed: recordings are not transcribed.
web-model-languages = { $count ->
    [one] one language
   *[other] { $count } languages
}
web-model-draft = a draft only in: { $languages }
web-script-han = Chinese characters
web-script-pinyin = Pinyin
web-script-passport = As in the passport
web-script-other = Other names
web-role = Role in the case
web-relation = Relation
web-red = red
web-protected = protected
web-unprotected = not protected
web-protected-long = Protected: the name is withheld, from a court too.
web-red-long = Red: the name is never disclosed to anybody.
web-unprotected-long = Not protected: the name may be read by a court.
web-names = Names
web-for = For: { $audience }
web-alias = Alias
web-alias-is = Alias: { $alias }
web-alias-give = Give the alias
web-will-alias = { $person } is called “{ $alias }” for the { $audience }, for ever.
web-alias-once = Given once, for ever; never the same for two people or two audiences. It must tell nothing.
web-name-may = name may be read
web-name-withheld-as = withheld, as “{ $alias }”
web-name-withheld-none = withheld, no alias yet
web-decision-agreed = consent: agreed
web-decision-unasked = consent: cannot be asked; decided for them
web-decision-refused = consent: refused
web-decision-none = consent: not asked yet
web-consent-agreed = Agreed, { $date }
web-consent-unasked = Cannot be asked; decided for them, { $date }
web-consent-refused = Refused, { $date }
web-consent-none = Not asked yet
web-consent-what = Consent means: the person was asked, and agrees that exhibits in which they are named go to this audience, struck as the plan says. Without a decision on record no such exhibit leaves; a refusal keeps it here.
web-unasked = Cannot be asked…
web-unasked-what = For somebody who cannot be asked: detained, not found, or endangered by the question itself. You decide for them that exhibits in which they are named go to this audience, struck as the plan says; your name and your reason stay on record, and the gate says that they were not asked.
web-unasked-why = Why they cannot be asked, and why it goes out all the same
web-unasked-hint = detained since 2 March; the threat against her is the evidence…
web-unasked-decide = Decide for them
web-will-unasked = { $name } decided for { $person }, who cannot be asked, that it goes to the { $audience }: { $basis }.
web-consent-basis = { $basis }; recorded by { $name }
web-consent-record = Record the decision
web-consent-change = Record a new decision
web-basis = How it was asked
web-basis-hint = letter of 3 May, in person…
web-will-consent = { $name } recorded the decision of { $person } for the { $audience }: { $basis }.
web-will-unconsent = { $name } withdrew what was recorded: { $person } has not agreed for the { $audience }.
web-by-mistake = recorded by mistake
web-agreed = Agreed
web-refused = Refused
web-occurs = Where the names occur
web-occurs-none = Nowhere in what was read.
web-search-name = Search for the name
web-nobody = nobody

## Redact
web-audience = Audience
web-redact-view = View
web-redact-choose = Which exhibit is to be redacted?
web-redact-what = A plan is made for one exhibit and one audience. It strikes names in the text and cuts them out of the sound; a person reviews it before anything leaves.
web-redact-none = No exhibit has text yet
web-redact-more = The first { $count } are listed; open any other from Exhibits or Search.
web-plan = Plan
web-plan-for = Plan for: { $audience }
web-preview = Preview
web-plan-none = No plan for this audience yet: { $audience }
web-plan-none-do = Casemate looks for every name of the protected people, in each script, for what sounds like them, and for numbers, addresses and dates that tell who somebody is.
web-plan-none-then = You then look at each find: strike it, or say why it may stay.
web-propose = Propose a plan
web-propose-again = Propose anew
web-will-propose = Plan of exhibit { $exhibit } for the { $audience }, proposed by the machine, reviewed by nobody.
web-plan-old = The plan was made for an older text.
web-plan-reviewed = Reviewed by { $name }
web-plan-not-reviewed = A proposal: nobody has reviewed it
web-plan-missing = No plan yet
web-plan-open = { $count ->
    [one] One find is open
   *[other] { $count } finds are open
}
web-plan-outdated = Made for an older text
web-plan-counts = { $strikes ->
    [0] no strike
    [one] one strike
   *[other] { $strikes } strikes
}, { $open } open
web-plan-look = Look at the plan
web-plan-begin = Begin the plan
web-plan-review = Review the plan
web-finds = { $open ->
    [0] Nothing open
    [one] One find is open
   *[other] { $open } finds are open
}, { $strikes ->
    [one] one strike
   *[other] { $strikes } strikes
}
web-finds-open-do = An open find stops a disclosure. Strike it, or say why it may stay.
web-finds-do = Look at each strike, then sign the review.
web-find-open = open:
web-find-strike = will be struck:
web-open-find = open
web-proposed = proposed
web-looked-at = looked at
web-cut-at = Sound, { $time }
web-shared = one place, several people’s: no alias stands for it
web-silenced = { $count ->
    [one] The cuts also take what is said in one other place
   *[other] The cuts also take what is said in { $count } other places
}
web-silenced-here = The cut here also takes:
web-act-plan-reviewed = redaction plan, reviewed
web-replace-cut = Cut here instead
web-not-looked-at = not looked at
web-beside = Placed by hand: the text has these words at { $time }, and a part of that stays in the sound. Listen.
web-beside-short = placed by hand
web-draft-again = What you had typed here, and not kept, is here again.
web-draft-drop = Take the text as it stands
web-beside-count = { $count ->
    [one] One cut was placed by hand and leaves open a part of where the text has its words
   *[other] { $count } cuts were placed by hand and leave open a part of where the text has their words
}
web-no-doubt = No doubtful word is left
web-narrow-how = Mark on the wave what is cut instead: drag, or I and O. The margin and the whole seconds are added to it.
web-commits-too = Show the commits too: each signs all that came before it
web-narrow = Narrow this cut
web-silenced-why = These words stay in the text but are not heard: a cut has a margin of a tenth of a second or more, and then ends at whole seconds so that nobody counts syllables. Where one of them is your proof, strike less sound beside it, or say in your brief that the text has it.
web-no-alias = no alias yet
web-strike-it = Strike it
web-strike-right = It is right
web-unstrike = Drop
web-will-strike = “{ $words }” is struck everywhere in exhibit { $exhibit } for the { $audience }.
web-will-cut = { $time } of exhibit { $exhibit } is struck for the { $audience }.
web-will-drop = “{ $words }” is no longer struck in exhibit { $exhibit } for the { $audience }.
web-will-retime = “{ $words }” in exhibit { $exhibit } is cut at { $time } instead, for the { $audience }.
web-listen = Listen
web-no-name = That is no name
web-no-name-waits-why = That is no name: say why first
web-no-name-waits-name = That is no name: your name first
web-no-name-why = Or: it is no name, because
web-may-stay = It may stay
web-may-stay-waits-why = It may stay: say why first
web-may-stay-waits-name = It may stay: your name first
web-may-stay-why = Or: it may stay, because
web-will-let-stay = { $name } judged that “{ $words }” in exhibit { $exhibit } may stay: { $why }.
web-will-keep = { $name } judged “{ $words }” in exhibit { $exhibit } to be no name: { $why }.
web-kept = { $count ->
    [one] One find judged to be no name, or to be harmless
   *[other] { $count } finds judged to be no names, or to be harmless
}
web-kept-line = { $name }: { $why }
web-strike-more = Strike what no finder can know
web-strike-words = Words, everywhere in this exhibit
web-strike-text = Strike these words
web-reason = Reason
web-reason-name = name
web-reason-identifier = identifier
web-reason-private-life = private life
web-reason-privilege = privilege
web-select-how = Sound: drag across the drawing, or play and press I and O.
web-selected = From { $from } to { $to }, { $length }
web-mark-in = Start here
web-mark-out = End here
web-cut-it = Cut it out
web-unheard-here = { $time } of this recording nobody has heard.
web-review = Review
web-looked = { $looked } of { $total } strikes looked at
web-will-accept = { $name } reviewed the plan of exhibit { $exhibit } for the { $audience }: { $strikes ->
    [0] no strike
    [one] one strike, { $looked } looked at
   *[other] { $strikes } strikes, { $looked } looked at
}.
web-accept-nobody = Nobody is described yet as protected: Casemate had no name to look for. Describe people first, or read every line yourself.
web-accept = Sign the review
web-accept-sure = { $left } of { $total } strikes not looked at: sign all the same?
web-accept-anyway = Sign with { $left } not looked at
web-accept-look = Look at them first
web-accept-waits = { $count ->
    [0] To sign the review, propose anew first
    [one] To sign the review, decide on one open find first
   *[other] To sign the review, decide on { $count } open finds first
}
web-ours = Ours
web-theirs = Theirs
web-mode-whole = the original, whole
web-mode-partial = the original in part; the rest provably only hidden
web-mode-release = a text with names struck
web-mode-text = a text only
web-mode-nothing = nothing
web-mode-nothing-long = Nothing of this exhibit leaves under the plan as it is.
web-preview-cuts = Cut out of the sound: { $ranges }
web-pages-too = pages as pictures, where all that is struck is found on them
web-preview-pages = Its pages as they leave: black is withheld, and so is what can’t be read on them. Bars are whole squares, wider than the words, so that nobody counts letters.
web-preview-page = Page { $number } as it leaves
web-preview-pages-stay = The pages stay; the text leaves.
web-preview-pages-more = { $count ->
    [one] Draw one more page
   *[other] Draw more of { $count } pages
}
web-preview-hear = As they will hear it

## Disclose
web-steps = Steps
web-back-to-disclosure = Back to the disclosure to { $recipient }
web-step-recipient = Recipient
web-step-exhibits = Exhibits
web-step-redactions = Redactions
web-step-preview = Preview
web-step-seal = Seal and export
web-step-title-recipient = Who will receive it?
web-step-title-exhibits = What will leave?
web-step-title-redactions = What is struck
web-step-title-preview-court = What the court will see
web-step-title-preview-press = What the newspaper will see
web-step-title-seal = Seal the bundle
web-disclose-first = First say to whom: everything else follows from it.
web-disclose-line = { $recipient } ({ $audience }), { $count ->
    [0] no exhibit chosen yet
    [one] one exhibit
   *[other] { $count } exhibits
}
web-recipient-kind = Kind of recipient
web-profile-court = A court
web-profile-court-what = Treat it as read by the requesting state: protected names are withheld. Originals leave in part, with proof.
web-profile-press = A newspaper
web-profile-press-what = Text only, every name by its alias; nothing that could be joined with what a court got.
web-recipient = Recipient
web-purpose = Purpose
web-bundle-language = Language of the bundle's pages
web-left-before = What left before
web-left-again = Take up again
web-left-none = Nothing has left this case.
web-exhibits-leave = { $count ->
    [one] one exhibit
   *[other] { $count } exhibits
}
web-chosen = { $count ->
    [0] No exhibit chosen
    [one] One exhibit chosen
   *[other] { $count } exhibits chosen
}
web-chosen-these = Chosen: { $exhibits }.
web-chosen-more = { $count } more
web-disclose-this = Disclose this exhibit
web-redactions-why = Each exhibit leaves only by a plan that a named person has reviewed for this audience.
web-step-back = Back
web-step-next = Go on: { $step }
web-wait-recipient = First: kind, recipient and purpose
web-wait-exhibits = First: choose an exhibit
web-wait-gates = The gates are being asked
web-gates = Gates
web-gate-reviewed = Reviewed
web-gate-consent = Consent
web-gate-heard = Heard
web-gate-names = Names and identifiers
web-gate-union = Union of all that left
web-gate-state-open = passed
web-gate-state-closed = not passed
web-gate-state-not-checked = not checked
web-gate-state-partly = stops nothing, but was not checked in full
web-gate-state-allowed = not passed, let through on request
web-gate-later = Not checked yet: it waits for the others.
web-gate-reviewed-open = Every plan is reviewed by a named person.
web-gate-consent-described = { $people ->
    [0] Nobody who is described stands in it.
    [one] A decision is on record for everybody described (one person).
   *[other] A decision is on record for everybody described ({ $people } people).
}
web-gate-consent-others = Others who are named or heard: not checked.
web-gate-consent-unasked = { $count ->
    [one] One of them cannot be asked: somebody else decided.
   *[other] { $count } of them cannot be asked: somebody else decided.
}
web-gate-heard-open = No second of sound leaves unheard.
web-gate-names-open = No withheld name was found in what leaves, and no number or address that nobody judged.
web-gate-names-nobody = No name was looked for: nobody is described whose name this audience must not read.
web-gate-names-identifiers = No number or address was found that nobody judged.
web-gate-union-open = Nothing joins with what left before.
web-block-not-reviewed = Exhibit { $exhibit }: review the plan
web-block-not-heard-unknown = Exhibit { $exhibit }: its length could not be read, so nobody can have heard all of it; leave it out
web-block-not-heard = Exhibit { $exhibit }: listen to { $time }
web-block-name-open = Exhibit { $exhibit }: { $count ->
    [one] one open name
   *[other] { $count } open names
}
web-block-identifier-open = Exhibit { $exhibit }: { $count ->
    [one] one open number, address or date
   *[other] { $count } open numbers, addresses or dates
}
web-block-no-consent = Exhibit { $exhibit }: ask this person
web-block-consent-refused = Exhibit { $exhibit }: this person has refused
web-block-opened-before = Exhibit { $exhibit }: { $count ->
    [one] one part
   *[other] { $count } parts
} open in an earlier disclosure would be hidden now
web-block-uncovered = Exhibit { $exhibit }: { $count ->
    [one] one place
   *[other] { $count } places
} withheld in an earlier bundle would be readable
web-uncover = Show it in this bundle all the same: who has both bundles reads whom the label stands for
web-cover = Hide it in this bundle all the same: who has the earlier one still reads it, and sees where to look
web-gate-union-allowed = Let pass because you said so: { $count ->
    [one] one part that an earlier bundle treated otherwise
   *[other] { $count } parts that an earlier bundle treated otherwise
}
web-verified-before = { $count ->
    [one] One entry of the log is newer than this.
   *[other] { $count } entries of the log are newer than this.
}
web-and-more = and { $count } more
web-more-blocks = and { $count } more
web-what-leaves = What leaves
web-item-line = Exhibit { $number }: { $mode }
web-what-withheld = What is withheld
web-withheld-line = Exhibit { $number }: { $count ->
    [0] no place in the text
    [one] one place in the text
   *[other] { $count } places in the text
}, { $cuts ->
    [0] no sound
    [one] one cut, { $time }
   *[other] { $cuts } cuts, { $time }
}
web-what-leaks = What still leaks
web-leak-voices = Natural voices: whoever knows the speakers knows them.
web-leak-context = Context: words such as “your sister” name her to whoever knows the family.
web-leak-log = The log's size, { $entries } entries, tells how active the case is.
web-sealed-before = Something was changed since: this bundle is as it was before.
web-download-before = Save the earlier bundle
web-seal-anew = Seal anew
web-seal-final = What has left can't be called back. The bundle waits in a private folder until you save it, and is gone when the case is locked.
web-will-disclose = Disclosure to { $recipient }, for { $purpose }: { $exhibits ->
        [one] one exhibit
       *[other] { $exhibits } exhibits
    }.
web-seal-now = Seal and export
web-seal-waits = To seal and export, first: { $gates }
web-sealed = The bundle is sealed: { $exhibits ->
    [one] one exhibit
   *[other] { $exhibits } exhibits
} as { $items ->
    [one] one item
   *[other] { $items } items
}, { $size }
web-items-what = An item of a bundle is an original, or a text made from one: an exhibit may leave as both.
web-download = Save the bundle
web-then = How the other side checks it
web-then-key = Tell them this key by another way, aloud or in a signed letter:
web-then-open = They open the bundle and read the first page; it needs no program.
web-then-verify = On any machine, without a network:
web-another = Prepare another
web-subject = item { $subject }

## Custody
web-custody-title = { $count } entries, signed and in order
web-custody-counted = { $entries ->
    [one] One entry
   *[other] { $entries } entries
}, signed and in order: { $acts ->
    [0] no act
    [one] one act
   *[other] { $acts } acts
} and { $commits ->
    [0] no commit
    [one] one commit
   *[other] { $commits } commits
}
web-custody-broken = The log is damaged
web-custody-damaged = First damaged: { $what }
web-custody-damaged-do = Change nothing; copy the whole folder. What is whole stays readable.
web-custody-chain = The log can only grow. Nothing can be taken out of it or moved without it being seen.
web-custody-verify = Verify the case now
web-custody-verify-what = Reads every object, segment and head again and compares them with the log.
web-case-whole = Nothing failed.
web-case-damaged = The case is damaged.
web-case-lane-consistent = Every entry follows the one before it, and is signed
web-case-lane-damaged = The log can't be read whole
web-case-lane-forked = The log goes two ways
web-case-acts-readable = Every act is what its entry says
web-case-acts-sealed = Acts whose key is not here
web-case-acts-without-key = Acts without a key
web-case-acts-not-understood = Acts that a later version made
web-case-act-damaged = An act is damaged
web-case-head-in-lane = The signed state belongs to this log
web-case-head-not-in-lane = A signed state does not belong to this log
web-case-head-missing = A signed state is missing
web-case-head-damaged = A signed state is damaged
web-case-commit-invalid = Entries are not signed as they must be
web-case-clock-not-checked = The order against a log that is not at hand
web-case-segment-damaged = A piece of the log is damaged
web-case-ring-page-damaged = Keys can't be read
web-case-object-damaged = A sealed object is damaged
web-case-objects-whole = Every sealed object is as it was sealed
web-case-file-unplaced = A file that belongs nowhere
web-case-file-in-quarantine = A file in quarantine
web-case-lane-behind = A log is shorter than another device has seen it
web-case-lane-not-at-hand = A log that others have seen is not here
web-case-lane-not-begun = A log that was never begun
web-case-lane-not-read = A folder that is no log's
web-case-segment-tail-set-aside = Bytes at the end of a piece, as after a power cut
web-acts = Acts
web-entries = Entries in the log
web-by-log = this device's log
web-by-lane = log { $lane }
web-by-nobody = no name; { $log }
web-older = Older acts ({ $count })
web-bundle-check = Verify a bundle
web-bundle-drop = Drop anybody's bundle here. It is checked on this machine and not kept.
web-bundle-choose = Choose a bundle
web-bundle-busy = Verifying the bundle
web-bundle-nothing-failed = Nothing failed. { $proven } proven, { $unchecked } not checked.
web-bundle-signer = The sender's key
web-bundle-signer-what = 64 characters that the sender told you by another way than the bundle. Bundles of this case are known without it.
web-bundle-signer-odd = A key has 64 characters, 0–9 and a–f.
web-bundle-again = Verify with this key
web-bundle-own = A key of this case signed it.
web-bundle-failed = It failed. { $proven } proven, { $unchecked } not checked.

## Settings
web-you = You
web-you-memory = Kept in memory only, until the page is closed.
web-looks = Looks
web-theme = Theme
web-theme-system = As the system
web-theme-light = Light
web-theme-dark = Dark
web-single-keys = Shortcuts of a single key, such as Space and E
web-keys-where = Press ? on any screen to see what the keys do there.
web-locking = Locking
web-idle = The case locks itself after { $time } without a key or a movement.
web-panic = Escape, twice within { $time }, blanks the screen and locks at once.
web-keep-draft = Keep an unsaved correction in this page's memory when the case locks
web-doctor = Checks of this machine
web-doctor-what = What this machine does that could betray the case, or stop the work.
web-doctor-again = Check again
web-health-ok = holds
web-health-warning = warning
web-health-failed = failed
web-health-not-checked = not checked
web-check-program-worker = The reader of files
web-check-program-speech = The speech engine
web-check-model = A model
web-check-meaning = The sentence encoder
web-check-keys-locked = Keys kept out of swap
web-check-swap = Encrypted swap
web-check-core-dumps = Core dumps off
web-check-case-folder = Where the case lies
web-check-clock = The clock
web-check-program-worker-fence = The fence round the reader of files
web-check-program-speech-fence = The fence round the speech engine
web-checks-held = { $held } of { $total } hold
web-no-network = No network connection is opened.

## Bundles and documents that are looked at
web-bundles-what = A bundle that you received, or a document that is about to leave: checked here, and never taken into the case.
web-bundles-drop = Drop bundles or documents here. They lie encrypted until you take them away or the case is locked.
web-bundles-coming = Being read:
web-bundles-here = Being looked at
web-bundles-take = Take away
web-bundles-none = Nothing is being looked at
web-bundles-none-what = Choose a bundle to verify it, to see what it tells together with another, or to pass it on with more withheld; choose a PDF to see what it holds and does not show.
web-bundles-tabs = What is done with the file
web-bundles-tab-verify = Verify
web-bundles-tab-hides = What it gives away
web-bundles-tab-pass = Pass on
web-bundles-tab-describe = Describe
web-bundles-known = What you know from elsewhere
web-bundles-witness = Keys of witnesses, as they publish them
web-bundles-verify-again = Verify with these
web-files-choose = { $count ->
    [one] Choose a file
   *[other] Choose files
}
web-files-drop = Remove
web-hides-what = Every page is drawn, and text and pictures are looked for that are in the file and not on the page. Of a bundle, also its lengths, its cuts, and what it tells together with earlier ones.
web-hides-names = Whose reader must not learn the names of this case?
web-hides-nobody = Don't look for names
web-hides-earlier = Compare with bundles that left before
web-hides-earlier-none = To compare it with a bundle that left before, add that one above too.
web-hides-look = Look through it
web-hides-pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
web-hides-no-names = Names were not looked for: choose for whom the file is.
web-hides-do = What to do: make pictures of the pages and send those, or take out what is named, in the program that made the document; then look again. Drawing a box over it does not take it out.
web-tells-do = What to do: withhold the same in both, or take it that whoever holds both reads it; a cut under a second is made longer by striking more beside it.
web-hides-not-kept = { $count ->
    [one] One file was looked at; what was found is shown here and recorded nowhere.
   *[other] { $count } files were looked at; what was found is shown here and recorded nowhere.
}
web-pass-what = You need no key of the case it comes from. What was hidden stays hidden; what you choose here is hidden too, and whoever reads it is told that you did so.
web-pass-from-whom = { $count ->
    [one] Made for { $recipient }: { $purpose }. Nobody has passed it on yet.
   *[other] Made for { $recipient }: { $purpose }. { $count } disclosers so far.
}
web-pass-press = A bundle for a newspaper proves nothing that could be passed on.
web-pass-items = Its items
web-pass-made-from = made from item { $number }
web-pass-drop = Leave it out
web-pass-never = It goes whole, or you leave it out.
web-pass-passages = { $count ->
    [one] Its passage ({ $chosen } chosen)
   *[other] Its { $count } passages ({ $chosen } chosen)
}
web-pass-lines = { $count ->
    [one] Its line ({ $chosen } chosen)
   *[other] Its { $count } lines ({ $chosen } chosen)
}
web-pass-more = There are more; name what to withhold among them by its words, below.
web-pass-from = From
web-pass-to = To
web-pass-row = Row
web-pass-column = Column, for one cell
web-pass-withhold = Withhold
web-pass-place = Withheld: { $place }
web-pass-names = Names and words
web-pass-names-what = Withheld wherever a text has them, with the sound of those seconds. One a line.
web-pass-names-field = Names: write each as you know it (characters, passport spelling). Capitals, accents, spaces and traditional characters are found by themselves
web-pass-words-field = Words as they are written
web-pass-who = For whom, and by whom
web-pass-recipient = Recipient, as printed
web-pass-purpose = Purpose, as printed
web-pass-name = Who passes it on, as printed: a name or an alias; may be left out
web-pass-key = Your own key, if you have one: a private key of OpenSSH (Ed25519), without a passphrase.
web-pass-key-what = Without it a key is made for this bundle alone, and nobody keeps it.
web-pass-now = Pass it on
web-pass-wait-what = Choose what to withhold or leave out
web-pass-wait-who = Say for whom and what for
web-pass-done = The new bundle was made and verified, { $size }
web-pass-narrowed = More is withheld of item { $items }.
web-pass-again = Pass it on once more
web-describe-what = A description of the bundle for other fields, to lie beside it. It says what the bundle's recipient reads there, and proves nothing: the bundle does.
web-describe-ro-crate = RO-Crate
web-describe-ro-crate-what = for archives and data repositories
web-describe-case-uco = CASE/UCO
web-describe-case-uco-what = for laboratories of digital evidence

## Time and witnesses
web-stamps = Time from outside
web-stamps-what = This device's clock proves nothing to anybody. A time-stamping authority says when the log stood as it stands.
web-stamps-none = No authority has stamped this log: its times are this device's own word.
web-stamp-roots = Roots that you trust
web-stamp-roots-what = The authority's root certificate, got from elsewhere. Without it, trust is not checked.
web-stamp-online = Ask an authority now
web-stamp-file = Ask by file, without a network
web-stamp-sends = This opens a connection to each address: a salted SHA-256 of the log's signed head and a random number are sent, nothing of the case. The authority, and whoever watches the line, learns that this machine asked, unless a proxy hides it.
web-stamp-addresses = Addresses of authorities
web-stamp-proxy = By way of this proxy; may be left out
web-stamp-ask = { $count ->
    [one] Connect and ask
   *[other] Connect and ask { $count } authorities
}
web-stamp-file-what = Two files are written: the request, for a machine that goes online, and one to keep here until the answer is recorded.
web-stamp-file-ask = Write the request
web-stamp-file-written = Written: { $request } and { $kept }. Send the request from another machine, and keep the other file:
web-stamp-file-kept = The file that you kept ({ $name })
web-stamp-file-answer = The authority's answer ({ $name })
web-stamp-file-record = Verify and record
web-witnesses = Witnesses
web-witnesses-what = A witness remembers the newest state of the log that it saw, and signs a newer one only if it extends that: nobody can be shown one log, and somebody else another.
web-witness-log-key = The log's key, for a witness to know it by:
web-witness-ask = Ask a witness
web-witness-sees = No connection is opened: request and answer travel as files. A witness sees the number of the log, how many entries it has, and a hash over them; no content, no name. So it learns that this log exists and when it grows.
web-witness-key = The witness's key, as it publishes it
web-witness-old = The size at which it says that it saw the log last, if it answered with one
web-witness-write = Write the request
web-witness-request = The request that you sent ({ $name })
web-witness-answer = The witness's answer
web-originals = The originals back
web-originals-what = Every original, byte for byte, into a folder of this machine. They lie there in clear: whoever has the folder can read them.
web-originals-folder = The folder, by its whole path; files in it are never overwritten
web-originals-keys = also the key of each original, so that a stock age opens the case's own files
web-originals-write = Write them
web-job-narrow = Passing a bundle on
web-job-audit = Looking through a file
web-job-timestamp = Asking authorities
web-job-export = Writing originals
web-custody-tabs = What Custody shows
web-custody-tab-acts = Acts
web-custody-tab-time = Time and witnesses
web-custody-tab-originals = Originals
web-stamp-address = Address of the authority
web-asic = Container of European signatures (ASiC-E)
web-asic-what = The bundle as it is, in the container that eIDAS tools open, with a time-stamp over it: that this very bundle existed then. What is in it the bundle itself proves.
web-asic-sends = This opens a connection to the address: the SHA-256 of a manifest that names the bundle by its own, and a random number are sent. Whoever has the bundle can tell that it was asked about.
web-asic-save = Save the container
web-job-asic = Making a container
web-bundles-no-bundle = This is no bundle: it can only be looked through for what it gives away.
web-hides-do-bundle = What to do: a name that this reader must not learn is withheld by passing the bundle on (its name in the Names box), or by a new bundle with that name struck. What is hidden in a document inside it is taken out where that document is made.
web-pass-no-press = What you pass on stays a bundle of its first kind and can be joined with the one you got: whoever holds both reads what one of them withholds and the other shows. A newspaper gets one of its own, made in Disclose.
web-pass-people = Of this case:
web-look-first = Look at what it gives away first
web-pass-no-time = No time of this recording, which is { $length } long. Times are written 1:02 or 1:02.5; To may stay empty: to the end.
web-pass-until-end = { $from } to the end
web-in-part = also the originals of texts, in part
web-in-part-what = Chats, tables, mail, pages and data leave as text. Chosen, a court also gets their originals, proven from their sealed bytes: what is struck is hidden there, and so is whatever is not understood. An original says more than its text (times, senders, fields): look at what it gives away before it leaves.
web-gate-union-aliases-what = An alias that another audience reads stands in what is said here. Whoever has both can join them: strike it, or take it that they are joined.
web-gate-union-alias = Exhibit { $exhibit }: { $count ->
    [one] an alias of the { $audience }, in one place, for
   *[other] an alias of the { $audience }, in { $count } places, for
}
web-hides-compared = Compared with { $file }: nothing was found that the two tell together.
web-within-strike = lies inside “{ $words }”, which is struck as a whole
web-bundles-made = Made here: it waits to be saved until the case is locked.
