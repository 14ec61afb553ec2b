#!/usr/bin/env python3
"""Transcription against faster-whisper: CPU seconds, word and character error, on the same files, model and threads.

Ours is the real program over its real protocol, one process a recording as in the product, model loading and hashing
included; the peer's CPU is counted without its imports and without loading. So the ratio is the strict one.

    benches/speech.py --speech target/debug/casemate-speech [--threads 1] [--data ../shared/data/speech]

Needs python3 with venv; makes an environment of its own in .setup/bench-venv.
"""

import argparse
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import time
import wave

ROOT = pathlib.Path(__file__).resolve().parent.parent
VENV = ROOT / ".setup" / "bench-venv"
NEEDS = ["faster-whisper==1.2.1", "opencc-python-reimplemented==0.1.7", "pypinyin==0.55.0"]
LIMIT = 1.1  # the promised ratio of CPU seconds

CLIPS = [
    "whisper.cpp/jfk.wav",
    "wenet/librispeech-1995-1837-0001.wav",
    "wenet/aishell-BAC009S0724W0121.wav",
    "FunASR/sample.wav",
    "FireRedASR/IT0011W0001.wav",
    "FireRedASR/TEST_MEETING_T0000000001_S00000.wav",
    "speechbrain/spk1_snt1.wav",
    "speechbrain/spk1_snt2.wav",
    "speechbrain/spk1_snt3.wav",
    "speechbrain/spk1_snt4.wav",
    "speechbrain/spk1_snt5.wav",
    "pyannote-audio/sample.wav",
    "spliced/zh-en-zh-en.wav",
]


def environment():
    """Runs this script again in an environment that has the peer."""
    python = VENV / "bin" / "python"
    if pathlib.Path(sys.prefix).resolve() == VENV.resolve():
        return
    if not (VENV / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *NEEDS], check=True)
        (VENV / "ready").touch()
    os.execv(python, [str(python), *sys.argv])


def references(data):
    found = {}
    for line in (data / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        kind, _, text = fields[5].partition(": ")
        if kind.startswith(("human", "peer-golden")) and "rttm" not in text:
            found[fields[0]] = re.sub(r"\[.*?\]", "", text)
    return found


def samples(path):
    with wave.open(str(path)) as sound:
        assert (sound.getframerate(), sound.getsampwidth(), sound.getnchannels()) == (16000, 2, 1), path
        return sound.readframes(sound.getnframes())


def frame(kind, payload):
    return struct.pack("<IB", len(payload), kind) + payload


def ours(arguments, pcm):
    """Text, languages and CPU seconds of one process."""
    job = {"rate": 16000, "channels": 1, "language": None, "among": ["zh", "en", "fr"], "beam": 5,
           "threads": arguments.threads, "prompt": None, "resume_from_ms": 0}
    ask = frame(1, json.dumps({"transcribe": job}).encode())
    ask += b"".join(frame(2, pcm[at:at + 65536]) for at in range(0, len(pcm), 65536)) + frame(3, b"")
    before = os.times()
    done = subprocess.run([arguments.speech, "--models", arguments.models], input=ask, stdout=subprocess.PIPE)
    after = os.times()
    assert done.returncode == 0, done.returncode
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    texts, at, last = [], 0, None
    while at < len(done.stdout):
        length, last = struct.unpack_from("<IB", done.stdout, at)
        payload = done.stdout[at + 5:at + 5 + length]
        if last == 0x13:
            texts += [(p["language"], p["text"]) for p in json.loads(payload)]
        at += 5 + length
    assert last == 0x1F, "the answer was cut"
    return " ".join(t for _, t in texts), ",".join(dict.fromkeys(l for l, _ in texts)), cpu


class Peer:
    def __init__(self, arguments):
        from faster_whisper import WhisperModel

        before = time.process_time()
        path = str(pathlib.Path(arguments.models) / "whisper-base")
        self.model = WhisperModel(path, device="cpu", compute_type="int8", cpu_threads=arguments.threads)
        self.load = time.process_time() - before

    def hear(self, pcm, vad):
        import numpy

        sound = numpy.frombuffer(pcm, dtype="<i2").astype("float32") / 32768
        before = time.process_time()
        segments, info = self.model.transcribe(sound, beam_size=5, word_timestamps=True, vad_filter=vad)
        text = " ".join(s.text for s in segments)
        return text, info.language, time.process_time() - before


def units(text, simplify):
    """Words of spaced scripts, characters of Chinese: lower case, simplified, digits spelled as the references do."""
    text = simplify(text).lower()
    return re.findall(r"[a-z0-9']+|[\u3400-\u9fff]", text)


def edits(reference, found):
    row = list(range(len(found) + 1))
    for i, a in enumerate(reference, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(found, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


class Errors:
    def __init__(self):
        self.count = {"en": [0, 0], "zh": [0, 0]}

    def add(self, reference, found, simplify):
        a, b = units(reference, simplify), units(found, simplify)
        language = "zh" if any("\u3400" <= c <= "\u9fff" for c in "".join(a)) else "en"
        self.count[language][0] += edits(a, b)
        self.count[language][1] += len(a)

    def __str__(self):
        told = {"en": "WER", "zh": "CER"}
        return ", ".join(f"{told[k]} {100 * e / max(n, 1):.1f} % ({e}/{n})" for k, (e, n) in self.count.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", default=str(ROOT / "target" / "debug" / "casemate-speech"))
    parser.add_argument("--models", default=os.environ.get("CASEMATE_MODELS", str(ROOT / ".setup" / "models")))
    parser.add_argument("--data", type=pathlib.Path,
                        default=pathlib.Path(os.environ.get("CASEMATE_TEST_DATA", ROOT / ".." / "shared" / "data")) / "speech")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--vad", choices=["off", "on", "both"], default="both", help="the peer's voice detector")
    parser.add_argument("--times", type=int, default=2, help="how often the long recording repeats itself")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    environment()
    os.environ["OMP_NUM_THREADS"] = str(arguments.threads)
    import opencc

    simplify = opencc.OpenCC("t2s").convert
    truth = references(arguments.data)
    sounds = {clip: samples(arguments.data / clip) for clip in CLIPS}
    pause = b"\0" * 32000
    # One language: over a mixed recording the peer leaves out or translates what is in the second one.
    english = pause.join(sounds[clip] for clip in CLIPS if clip.startswith(("whisper", "wenet/libri", "speechbrain", "pyannote")))
    chinese = pause.join(sounds[clip] for clip in CLIPS if clip.startswith(("wenet/aishell", "FunASR", "FireRed")))
    peer = Peer(arguments)
    loading = min(ours(arguments, b"")[2] for _ in range(3))
    print(f"loading: ours {loading:.2f} CPU s (each process, hashes included), peer {peer.load:.2f}")
    failed = False
    long = {"English": english, "Chinese": chinese}
    joined = [(f"one long recording, {language}", {"long": pcm * arguments.times}) for language, pcm in long.items()]
    for name, chosen in [("clips", sounds), *joined]:
        seconds = sum(len(pcm) for pcm in chosen.values()) / 32000
        for vad in {"off": [False], "on": [True], "both": [False, True]}[arguments.vad]:
            cpu = [0.0, 0.0]
            errors = [Errors(), Errors()]
            for clip, pcm in chosen.items():
                results = [ours(arguments, pcm), peer.hear(pcm, vad)]
                for side, (text, language, spent) in enumerate(results):
                    cpu[side] += spent
                    if clip in truth:
                        errors[side].add(truth[clip], text, simplify)
                    if arguments.verbose:
                        print(f"  {('ours', 'peer')[side]} {spent:5.2f} s {language:8} {clip}: {text}")
            ratio = cpu[0] / cpu[1]
            failed |= ratio > LIMIT
            print(f"{name} ({len(chosen)}, {seconds:.0f} s of sound, {arguments.threads} threads, peer's VAD {'on' if vad else 'off'}): "
                  f"ours {cpu[0]:.1f} CPU s, peer {cpu[1]:.1f}: ratio {ratio:.2f} (limit {LIMIT}); without loading "
                  f"{(cpu[0] - loading * len(chosen)) / cpu[1]:.2f}")
            if any(clip in truth for clip in chosen):
                print(f"  ours {errors[0]}; peer {errors[1]}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
