#!/usr/bin/env python3
"""How far the engine's times of a name lie from the true ones (`demo/reference`), in all recordings of the demo.

Prints the errors of starts and ends, and what a cut would do over all positions of the grid of whole seconds: leave a
part of the name open, or withhold more than the name and 2.2 s. A name whose words were not heard is told and left out.

    benches/word_times.py --speech target/debug/casemate-speech [--later 0,137,371,622,853]

`--later`: the same recordings, begun so many ms later. Needs what `benches/speech.py` needs.
"""

import argparse
import difflib
import json
import os
import pathlib
import re
import struct
import subprocess
import unicodedata

import speech

DEMO = speech.ROOT / "demo"
MARGIN, GRID, BESIDE = 100, 1000, 2200
WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:['’-]\w+)*")


def heard(arguments, sound):
    """The words of each channel: text, start and end in ms."""
    import numpy

    pcm = numpy.clip(sound * 32768, -32768, 32767).astype("<i2").tobytes()
    job = {"rate": 16000, "channels": sound.shape[1], "language": None, "among": ["zh", "en", "fr"], "beam": 5,
           "threads": 1, "prompt": None, "resume_from_ms": 0}
    ask = speech.frame(1, json.dumps({"transcribe": job}).encode())
    ask += b"".join(speech.frame(2, pcm[at:at + 65536]) for at in range(0, len(pcm), 65536)) + speech.frame(3, b"")
    told = subprocess.run([arguments.speech, "--models", arguments.models], input=ask, stdout=subprocess.PIPE, check=True)
    words, at = {}, 0
    while at < len(told.stdout):
        length, kind = struct.unpack_from("<IB", told.stdout, at)
        payload = told.stdout[at + 5:at + 5 + length]
        at += 5 + length
        for passage in json.loads(payload) if kind == 0x13 else []:
            channel = words.setdefault(passage["place"]["time"]["channel"] or 0, [])
            channel += [(passage["text"][w["at"]:w["at"] + w["chars"]], w["start_ms"], w["end_ms"]) for w in passage["words"]]
    return words


def unit(word):
    """A word as it sounds: a Chinese character by pinyin, so that a homophone is right."""
    from pypinyin import lazy_pinyin

    if "\u3400" <= word[0] <= "\u9fff":
        return lazy_pinyin(word)[0]
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    return {"monsieur": "mr", "mister": "mr"}.get(plain, plain)


def errors(utterances, words):
    """For each name its length and the errors of start and end, or only the name where its words are not there."""
    true, names = [], []
    for utterance in utterances:
        marks, at = list(WORD.finditer(utterance["text"])), 0
        for name in utterance["names"]:
            start = utterance["text"].index(name["text"], at)
            at = start + len(name["text"])
            inside = [len(true) + k for k, m in enumerate(marks) if m.start() < at and start < m.end()]
            names.append((name, inside[0], inside[-1]))
        true += [unit(m.group()) for m in marks]
    same, place = difflib.SequenceMatcher(None, true, [unit(w[0]) for w in words], autojunk=False), {}
    for tag, a, b, c, d in same.get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            place.update(zip(range(a, b), range(c, d)))
        elif tag == "replace":
            place.update({a: c, b - 1: d - 1})
    for name, first, last in names:
        if first not in place or last not in place:
            yield name, None
            continue
        start, end = words[place[first]][1] - name["start_ms"], words[place[last]][2] - name["end_ms"]
        yield name, (start, end, words[place[first]][0], words[place[last]][0])


def over_the_grid(length, start, end):
    """Shares of the grid's positions at which a cut leaves the name open, and at which it is too long."""
    opened = long = 0
    for true in range(GRID):
        first = (true + start - MARGIN) // GRID * GRID
        last = -(-(true + length + end + MARGIN) // GRID) * GRID
        opened += first > true or last < true + length
        long += last - first > length + BESIDE
    return opened / GRID, long / GRID


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", default=str(speech.ROOT / "target" / "debug" / "casemate-speech"))
    parser.add_argument("--models", default=os.environ.get("CASEMATE_MODELS", str(speech.ROOT / ".setup" / "models")))
    parser.add_argument("--later", default="0", help="begin so many ms later; several by commas")
    arguments = parser.parse_args()
    speech.environment()
    import numpy
    from faster_whisper.audio import decode_audio

    found, missing = [], 0
    for path in sorted((DEMO / "reference").glob("*.json")):
        reference = json.loads(path.read_text(encoding="utf-8"))
        stereo = reference["channels"] > 1
        for file in reference["files"]:
            decoded = decode_audio(str(DEMO / file["path"]), split_stereo=stereo)
            sound = numpy.stack(decoded, 1) if stereo else decoded[:, None]
            for later in map(int, arguments.later.split(",")):
                hiss = numpy.random.default_rng(later).standard_normal((later * 16, sound.shape[1])) * 1e-3
                words = heard(arguments, numpy.concatenate([hiss, sound]))
                for channel in range(reference["channels"]):
                    mine = [u for u in reference["utterances"] if not stereo or u["channel"] == channel]
                    shifted = [(w, a - later, b - later) for w, a, b in words.get(channel, [])]
                    for name, off in errors(mine, shifted):
                        if off is None:
                            missing += 1
                            print(f"  {file['path']} +{later}: {name['text']} is not there")
                            continue
                        start, end, first, last = off
                        grid = over_the_grid(name["end_ms"] - name["start_ms"], start, end)
                        found.append((start, end, *grid))
                        if max(abs(start), abs(end)) > 100:
                            print(f"  {file['path']} +{later}: {name['text']} ({first} … {last}) {start:+} / {end:+} ms, "
                                  f"open {grid[0]:.2f}, too long {grid[1]:.2f}")
    for name, values in [("start", [f[0] for f in found]), ("end", [f[1] for f in found])]:
        low, middle, high = numpy.percentile(values, [5, 50, 95])
        near = sum(abs(v) <= 100 for v in values) / len(values)
        print(f"{name}: within ±100 ms {100 * near:.1f} %; 5/50/95 %: {low:+.0f} / {middle:+.0f} / {high:+.0f} ms")
    opened, long = (100 * sum(f[k] for f in found) / len(found) for k in (2, 3))
    print(f"{len(found)} names, {missing} not there; over the grid: open {opened:.2f} %, more than name + 2.2 s {long:.2f} %")


if __name__ == "__main__":
    main()
