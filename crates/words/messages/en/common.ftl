### Words that every output shares. Nothing here says more than was proven.

## The three words of a verdict
outcome-proven = proven
outcome-failed = failed
outcome-not-checked = not checked

## What a command came to, beside its exit code
exit-done = Done.
exit-refused = Refused, or a check failed.
exit-usage = The command was not understood.
exit-locked = The case is locked, or the passphrase is wrong.
exit-damaged = The case is damaged.

## Recipient profiles
profile-court = court
profile-court-pursuer = court, pursuer in the room
profile-ccf = Commission for the Control of Files
profile-press = press
profile-translator = translator
profile-organisation = UN, NGO or embassy

## Compartments
compartment-identity = identity
compartment-case = case
compartment-press = press

## What stands in place of what is withheld
withheld = withheld
withheld-text = [withheld]
withheld-seconds = [withheld: { $seconds } s]
withheld-because = Withheld: { $reason }
withheld-count = { $count ->
    [one] { $count } part withheld
   *[other] { $count } parts withheld
}

## Drafts and what a machine made
draft = DRAFT
machine-draft = machine draft, not corrected by a named person

## What an item of a bundle is called
title-recording = Recording { $number }
title-document = Document { $number }
title-mail = E-mail { $number }
title-chat = Chat { $number }
title-call-log = Call log { $number }
title-table = Table { $number }
title-web = Web page { $number }
title-text = Text { $number }
title-other = Item { $number }
title-transcript = { $of }: transcript
title-release = { $of }: text
title-pages = { $of }: pages

## Who speaks, where no name is told
speaker-number = Speaker { $number }
speaker-channel = Channel { $number }

## What a release layer says of itself
layer-transcript = Machine draft, not corrected by a named person. Names are replaced as a reviewed plan says; times are whole seconds.
layer-text = Text as it was read by a program from the sealed original. Names are replaced as a reviewed plan says.
layer-transcript-corrected = Machine draft with corrections by named people, as the case’s log records them. Names are replaced as a reviewed plan says; times are whole seconds.
layer-text-corrected = Text as a program read it from the sealed original, with corrections by named people as the case’s log records them. Names are replaced as a reviewed plan says.
