### What the page says itself. What the findings say stands in crates/words/messages/en/verify.ftl.

## The frame
page-title = Check a bundle
page-name = Casemate verifier
page-language = Language
page-offline = Without a network. Nothing leaves this computer.

## Before
start-head = Check a bundle
start-lede = A bundle is one file whose name ends in .zip. This page checks it on your computer and says what is proven, what failed and what was not checked.
start-drop = Drop the file here, as you received it, not unpacked
start-choose = Choose the file
start-again = Check another bundle
start-key = The sender’s key
start-key-help = Optional. 64 digits and letters, or a line that begins with ssh-ed25519, as told to you by another way: aloud, or in a signed letter. Do not copy it from the bundle. Keys of witnesses of the log (name+id+key) may stand behind it, after a space.
start-key-bad = This is not a key. A key is 64 characters of 0–9 and a–f (spaces do not matter), a line that begins with ssh-ed25519, or a fingerprint that begins with SHA256: Behind it, or alone: keys of witnesses, name+id+key.
start-three-1 = The file is read where it lies. It is not changed, not copied, not sent.
start-three-2 = The sound and the texts are shown only as this page can make them again from what is proven.
start-three-3 = Whether something is true, complete or lawful, no program can tell.
start-not-a-file = This is not a file. Drop the bundle itself, not a folder.

## While it works
work-head = Checking
work-reading = { $done } of { $whole } read
work-item = item { $item } of { $of }
work-stop = Stop

## After
verdict-failed = Do not rely on this bundle
verdict-failed-item = Do not rely on { $items }
verdict-good = Nothing failed
verdict-press = Signed, but not proven
verdict-failed-lede = { $failed ->
    [one] One check failed.
   *[other] { $failed } checks failed.
} What failed stands first below, with what to do.
verdict-good-lede = What was checked holds. What was not checked stands beside it: read both.
verdict-press-lede = The signature holds. The texts below are the sender’s words: nothing in a press bundle can be compared with a sealed original.
verdict-count-proven = { $count } proven
verdict-count-failed = { $count } failed
verdict-count-unchecked = { $count } not checked
verdict-to = For { $recipient }. { $purpose }. Stated date { $date }
section-proven = Proven
section-failed = Failed
section-unchecked = Not checked
section-items = What is handed over, and what is withheld
section-promise = What this check does not promise
item-one = item { $items }
item-many = items { $items }
key-pinned = Compare with the key you were told by another way
key-check = Compare
key-signing = Signing key
key-owner = Owner’s key

## Items
column-item = Item
column-where = Where and why
column-withheld = Withheld
column-rest = Handed over
column-state = Checked
mode-whole = the original, whole
mode-partial = the original, in part
mode-pages = pictures of the pages, in part
mode-release = a text with marked gaps
mode-text = a text, without proof
from-item = from item { $number }
withheld-none = nothing
withheld-header = header and metadata
count-parts = { $count ->
    [one] { $count } passage
   *[other] { $count } passages
}
count-lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
count-cells = { $count ->
    [one] { $count } cell
   *[other] { $count } cells
}
count-squares = { $count ->
    [one] { $count } square
   *[other] { $count } squares
}
reason-many = { $reason } ({ $count })
seal = Seal number { $value }
files = Files
save = Save { $name }
rest-not-shown = Shown up to here. Save the file to read all of it.
state-proven = proven
state-failed = failed
state-unchecked = not checked
not-shown = Not shown: it failed. The file can be saved, at your own risk.

## Sound
play = Play
pause = Pause
sound-place = Place in the recording
sound-gaps = { $count ->
    [0] no sound withheld
    [one] one gap of { $length }, at { $from }
   *[other] { $count } gaps, { $length } in all, the first at { $from }
}
sound-stands = { $sign ->
    [silence] { $gaps }: silence stands for what is withheld
   *[tone] { $gaps }: a steady tone stands for what is withheld
}
sound-now = withheld
sound-to-gaps = Go to a gap
sound-amr = This browser can’t play this kind of recording (AMR, as phones make it). Save it and open it with any media player, for example VLC: the saved file is the one that is proven here, byte for byte. A player that converts it to another format first makes a copy that nothing proves.
sound-cant = This browser can’t play this recording. Save it and open it with another player: the saved file is the one that is proven here.
sound-wrapped = Played here from the same frames in another wrapper (M4A), so that places in it can be found; that wrapper proves nothing. The saved file is the one that is proven here.

## Pages
page-of = Page { $page } of { $of }
page-open = nothing withheld
page-withheld = { $count } of { $of } squares withheld
page-previous = Previous page
page-next = Next page
page-larger = Larger
page-smaller = Smaller
page-cant = This browser can’t draw this page. Save the file and open it with another program: it is the one that is proven here.
page-hint = Drawn from the pictures that are proven here; black is withheld, a square is 64 by 64 pixels. That the pictures show the document rightly is the sender’s claim.

## Tokens of time
time-stamps = { $count ->
    [one] A token of a time-stamping authority lies beside the log; this page does not check it.
   *[other] { $count } tokens of time-stamping authorities lie beside the log; this page does not check them.
} { $claims }
time-claimed = As claimed: no later than { $times }.
time-none = They claim no time of this log that can be read.
means-time-stamps = A token says that the log existed at a time, by the word of an authority. Whether it was signed by that authority, and who that is, casemate-verify or openssl can tell: docs/format/time.md has the command. All other dates were set by the sender’s clock.

## Errors
error-read = The file could not be read: { $cause }. Choose it again. If it lies on a stick or a network folder, copy it to this computer first.
error-worker = This browser does not let the page work. Open it with a current Firefox, Chrome, Edge or Safari.
error-old = Nothing was proven.

## The foot
foot = Verifier 1, a page that opens no connection. To make sure of the page itself, compare its SHA-256 with the published one.
print = Print

## What a finding means, and what it leaves open
means-zip-strict = The file can be read in one way only, so that two readers can’t see two documents. It says nothing of who wrote it.
means-manifest = The list of files and each file’s fingerprint agree. That the list itself is the signer’s is the next point.
means-signature = Whoever holds the key named in the bundle signed this list and no other. Whose key that is, this does not tell.
means-signer-pinned = The key behind the bundle was compared with one that you were told by another way. Without such a key anybody could have made and signed this bundle.
means-owner-pinned = The bundle was passed on by somebody who needs no right of the case to do so. This compares the case behind it, its owner's key, with the one that you were told by another way.
means-owner-grant = The owner of the case signed that this key may disclose. That the owner is who they say, only the comparison of keys can tell.
means-checkpoint = The log’s length and its one fingerprint are signed. Whoever changed, removed or moved an entry would need another fingerprint.
means-discloser = Each who passed the bundle on signed which parts were open when they did. Nobody can open again what one before them hid without its showing. That somebody passed on all they had is not known: who leaves an item out leaves no trace but a count; who holds the key, only a comparison can tell.
means-logged = The fingerprint of what was sealed stands in the log at this place. It could not be put there later without changing the signed state.
means-object = Every open part was computed again to the seal. What is hidden takes exactly the place, and in sound the time, that is shown; its content can’t be known.
means-rendering = This page made the file to read or to play anew from the proven parts and compared it, byte for byte. That a transcript renders the sound rightly is not checked.
means-parent = The entry of the log for the derived item names its source. That it renders the source rightly is not checked.
means-census = The sender committed to how many entries of the log are about this item. Entries of other logs that the sender never saw are not counted.
means-container = The header and the descriptions inside the file (device, place, title) are hidden. What they hold is not known.
means-withheld-by = The parts that were open when one discloser signed and hidden when the next one did were withheld by the next. Where the first left no statement that can be shown, what the first two withheld can't be told apart.
means-time = The date was set by the sender’s clock. No authority has attested it.
means-witness = A witness remembers the newest state that it saw of each log, and signs another only if it goes on from that. At that time, by its own clock, it saw this log so. Whether it deserves trust, or saw every state of it, this does not tell.
means-freshness = The bundle shows the log as it was when the bundle was made. Entries made since do not show.
means-content = A true copy of a lie is still a lie. Whether it was staged, complete or lawfully obtained is for people to judge.
means-object-press = A press bundle shows no proof, so that two bundles can’t be joined. The commitment in it lets the sender prove the text later.

## Small things
facts-items = { $count ->
    [one] item { $items }
   *[other] items { $items }
}
where-more = and { $count } more
withheld-not-known = Not known: the sender says what is missing, nothing proves it
start-only-one = Drop one file at a time.
