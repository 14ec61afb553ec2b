"""Listens to the demo's recordings with the speech model and compares.

    python check_calls.py MODEL_FOLDER DEMO_FOLDER [--muted] [FILE …]

With --muted each name is silenced at exactly its times before listening: none may
come back, which is the proof of the references.

Prints, for each file: how it decodes, character or word error, and for each marked
name whether it came back (Chinese by pinyin without tones, Latin folded) and how far
its times lie from the model's own word times.
Does not know: how the recordings were made.
"""

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
from faster_whisper import WhisperModel
from pypinyin import Style, lazy_pinyin

MODEL_RATE = 16_000


def decoded(path: Path, channel: int, channels: int) -> tuple[np.ndarray, str]:
    mix = ["-af", f"pan=mono|c0=c{channel}"] if channels > 1 else []
    run = subprocess.run(
        ["ffmpeg", "-v", "warning", "-i", path, *mix, "-ar", str(MODEL_RATE), "-ac", "1", "-f", "f32le", "-"],
        capture_output=True, check=True,
    )
    return np.frombuffer(run.stdout, np.float32), run.stderr.decode()


def units(text: str, language: str) -> list[str]:
    """What is counted: syllables in Chinese (pinyin, so a homophone is right), else words."""
    if language == "zh":
        return lazy_pinyin("".join(re.findall(r"[\u4e00-\u9fff]", text)), style=Style.NORMAL)
    folded = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = re.sub(r"\bm(iste)?r?\.? ", "mr ", folded.replace("monsieur", "mr"))
    return re.findall(r"[a-z0-9]+", folded)


def distance(a: list[str], b: list[str]) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def heard_units(segments, language: str) -> list[tuple[str, float, float]]:
    out = []
    for segment in segments:
        for word in segment.words:
            # a word of several characters shares its time evenly
            inside = units(word.word + " ", language)
            step = (word.end - word.start) / max(1, len(inside))
            out += [(u, word.start + i * step, word.start + (i + 1) * step) for i, u in enumerate(inside)]
    return out


def find(name: list[str], heard: list, start: float, end: float):
    """The place in `heard` of `name` nearest to its true time, within two seconds."""
    best = None
    for i in range(len(heard) - len(name) + 1):
        if [h[0] for h in heard[i : i + len(name)]] == name:
            off = (heard[i][1] - start, heard[i + len(name) - 1][2] - end)
            if abs(off[0]) < 2 and (best is None or abs(off[0]) < abs(best[0])):
                best = off
    return best


def silenced(sound: np.ndarray, utterances: list) -> np.ndarray:
    sound = sound.copy()
    for name in (n for u in utterances for n in u["names"]):
        sound[name["start_ms"] * 16 : name["end_ms"] * 16] = 0
    return sound


def check(model: WhisperModel, demo: Path, reference: dict, path: str, muted: bool) -> tuple[int, int]:
    language, channels = reference["language"], reference["channels"]
    found = total = 0
    for channel in range(channels):
        sound, complaint = decoded(demo / path, channel, channels)
        mine = [u for u in reference["utterances"] if channels == 1 or u["channel"] == channel]
        if muted:
            sound = silenced(sound, mine)
        segments = list(model.transcribe(
            sound, language=language, beam_size=5, word_timestamps=True, vad_filter=True,
        )[0])
        said = [x for u in mine for x in units(u["text"], language)]
        heard = heard_units(segments, language)
        error = distance(said, [h[0] for h in heard]) / len(said)
        seconds = len(sound) / MODEL_RATE
        print(f"\n{path} channel {channel}: {seconds:.2f} s, error {100 * error:.1f} %"
              + (f", ffmpeg: {complaint.strip()[:80]}" if complaint.strip() else ""))
        print("   " + "\n   ".join(f"[{s.start:6.2f}] {s.text.strip()}" for s in segments))
        for u in mine:
            for name in u["names"]:
                total += 1
                at = find(units(name["text"] + " ", language), heard, name["start_ms"] / 1e3, name["end_ms"] / 1e3)
                found += at is not None
                print(f"   {name['text']:<16} {name['start_ms']:>6}–{name['end_ms']} ms  "
                      + (f"heard, {1000 * at[0]:+.0f} / {1000 * at[1]:+.0f} ms" if at else "NOT HEARD"))
    return found, total


def main():
    model = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", cpu_threads=1)
    demo, wanted = Path(sys.argv[2]), [a for a in sys.argv[3:] if a != "--muted"]
    muted = "--muted" in sys.argv
    found = total = 0
    for reference in sorted((demo / "reference").glob("*.json")):
        reference = json.loads(reference.read_text(encoding="utf-8"))
        for file in reference["files"]:
            if not wanted or any(w in file["path"] for w in wanted):
                f, t = check(model, demo, reference, file["path"], muted)
                found, total = found + f, total + t
    print(f"\nnames heard: {found} of {total}")


if __name__ == "__main__":
    main()
