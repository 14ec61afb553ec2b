"""Makes the demo's recordings and their references.

    python make_calls.py VOICES_FOLDER DEMO_FOLDER [CALL …]

Invariant: a reference tells what the recording holds, because both are laid out in
one pass; its times are those of the 8 kHz samples handed to the encoders.
Does not know: whether a recogniser understands it (`check_calls.py`).
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

import phone
from calls import CALLS, Call
from voice import RATE as VOICE_RATE
from voice import Voices

QUIET = 0.012  # of full scale at 24 kHz: below it an utterance's ends are cut
NAME_QUIET = 0.04  # of the speech level on the line (-28 dB): below it a name is over
EDGE_MS = 30  # kept outside the first and last loud sample


def trimmed(utterance):
    """The utterance without its silent ends: samples, and how many were cut in front."""
    loud = np.where(np.abs(utterance.samples) > QUIET)[0]
    edge = EDGE_MS * VOICE_RATE // 1000
    first = max(0, int(loud[0]) - edge)
    return utterance.samples[first : int(loud[-1]) + edge], first


def tightened(narrow: np.ndarray, start: int, end: int) -> tuple[int, int]:
    """A span of the line's samples without the pause that the model counts into its last sound."""
    power = np.sqrt(np.convolve(narrow**2, np.ones(80) / 80, "same"))
    loud = np.where(power[start:end] > NAME_QUIET * phone.SPEECH_RMS)[0]
    return (start + int(loud[0]), start + int(loud[-1]) + 1) if len(loud) else (start, end)


def lay_out(call: Call, voices: Voices):
    speakers = list(call.voices)
    pieces, said, at = [], [], 0  # `at` in samples of the line

    def put(samples, speaker=None):
        nonlocal at
        pieces.append((samples, speaker))
        at += len(samples)

    put(phone.silence(call.lead_ms))
    tone = None
    if call.ring:
        tone = [at * 1000 // phone.RATE, (at + phone.RING_MS * phone.RATE // 1000) * 1000 // phone.RATE]
        put(phone.ring())
    for line in call.lines:
        put(phone.silence(line.pause))
        voice, speed = call.voices[line.speaker]
        utterance = voices.say(line.text, voice, call.language, speed)
        samples, cut = trimmed(utterance)
        narrow = phone.band(samples, VOICE_RATE)

        def times(span, start=at, cut=cut, narrow=narrow):
            ends = [
                min(max(0, (sample - cut) * phone.RATE // VOICE_RATE), len(narrow))
                for sample in (span.start, span.end)
            ]
            return [(start + sample) * 1000 // phone.RATE for sample in tightened(narrow, *ends)]

        said.append({
            "speaker": line.speaker,
            "person": call.people[line.speaker],
            "channel": speakers.index(line.speaker) if call.stereo else 0,
            "start_ms": at * 1000 // phone.RATE,
            "end_ms": (at + len(narrow)) * 1000 // phone.RATE,
            "text": utterance.text,
            "names": [
                {"text": span.text, "start_ms": first, "end_ms": last}
                for span in utterance.spans
                for first, last in [times(span)]
            ],
        })
        put(narrow, line.speaker)
    put(phone.silence(call.tail_ms))

    track = np.zeros((at, 2 if call.stereo else 1))
    position = 0
    for samples, speaker in pieces:
        channels = slice(None) if speaker is None or not call.stereo else speakers.index(speaker)
        track[position : position + len(samples), channels] = (
            samples[:, None] if isinstance(channels, slice) else samples
        )
        position += len(samples)
    whole = phone.pcm16(track if call.stereo else track[:, 0], call.seed)
    return whole, said, tone


def main():
    styles, demo = Path(sys.argv[1]), Path(sys.argv[2])
    wanted = set(sys.argv[3:])
    voices = Voices(styles)
    for call in CALLS:
        if wanted and call.name not in wanted:
            continue
        samples, said, tone = lay_out(call, voices)
        files = []
        for path, codec in call.outputs:
            content = phone.encode(samples, codec)
            target = demo / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            files.append({"path": path, "codec": codec, "bytes": len(content),
                          "sha256": hashlib.sha256(content).hexdigest()})
        reference = {
            "call": call.name,
            "title": call.title,
            "language": call.language,
            "channels": 2 if call.stereo else 1,
            "duration_ms": len(samples) * 1000 // phone.RATE,
            "files": files,
            "times": "from the voice model's own durations (25 ms steps, less the 65 ms by which the sound leads), silent ends of a name left out; AMR and AAC encoders add their delay (AMR 5 ms, AAC up to 64 ms)",
            "ring_tone_ms": tone,
            "voices": {speaker: voice for speaker, (voice, _) in call.voices.items()},
            "utterances": said,
        }
        target = demo / "reference" / f"{call.name}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(reference, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{call.name}: {reference['duration_ms']} ms, "
              + ", ".join(f"{f['path']} {f['bytes']} B" for f in files))


if __name__ == "__main__":
    main()
