"""The telephone of the demo: band, line noise, ring tone, and the files' codecs.

Invariant: 8,000 samples a second, 16 bits; the same samples and seed give the same
bytes. AMR-NB is the 12.2 kbit/s mode of opencore-amrnb without DTX: every frame is
a speech frame of 20 ms.
Does not know: what is said, who says it.
"""

import ctypes
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from scipy.signal import butter, resample_poly, sosfiltfilt

RATE = 8_000
BAND_HZ = (150, 3_600)  # a mobile call
LANDLINE_HZ = (300, 3_400)  # an old line; with the recorder's own hiss voice detectors miss low voices
LANDLINE_HISS_RMS = 0.0009
LANDLINE_SEED = 99
SPEECH_RMS = 0.09  # of full scale, over the loud half of an utterance
NOISE_RMS = 0.0015  # about -56 dBFS
RING_HZ = 440
RING_MS, RING_GAP_MS = 1_200, 900

AMR_MODE_12_2 = 7
AMR_FRAME = 160
WAV_PCM, WAV_ALAW, WAV_MULAW = 1, 6, 7


def band(samples: np.ndarray, rate: int) -> np.ndarray:
    """`samples` of `rate` Hz as a telephone line carries them, at one level."""
    narrow = resample_poly(samples.astype(np.float64), RATE, rate)
    sections = butter(2, BAND_HZ, "bandpass", fs=RATE, output="sos")
    heard = sosfiltfilt(sections, narrow)
    power = np.convolve(heard**2, np.ones(160) / 160, "same")
    loud = np.sqrt(np.mean(heard[power >= np.median(power)] ** 2))
    return heard * (SPEECH_RMS / max(loud, 1e-9))


def landline(samples: np.ndarray) -> np.ndarray:
    """16-bit samples as an old line passes them to a recorder with a hiss of its own."""
    sections = butter(3, LANDLINE_HZ, "bandpass", fs=RATE, output="sos")
    hiss = np.random.default_rng(LANDLINE_SEED).standard_normal(samples.shape) * LANDLINE_HISS_RMS * 32767
    return np.clip(np.round(sosfiltfilt(sections, samples / 1.0) + hiss), -32768, 32767).astype("<i2")


def silence(ms: int) -> np.ndarray:
    return np.zeros(ms * RATE // 1000)


def ring() -> np.ndarray:
    """One ring-back tone, as the caller hears it, with soft ends."""
    t = np.arange(RING_MS * RATE // 1000) / RATE
    ramp = np.minimum(1, np.minimum(t, t[::-1]) / 0.02)
    return np.concatenate([0.12 * np.sin(2 * np.pi * RING_HZ * t) * ramp, silence(RING_GAP_MS)])


def pcm16(line: np.ndarray, seed: int) -> np.ndarray:
    """Samples with the line's own noise, as integers. `line` is [n] or [n, channels]."""
    noise = np.random.default_rng(seed).standard_normal(line.shape) * NOISE_RMS
    return np.clip(np.round((line + noise) * 32767), -32768, 32767).astype("<i2")


def amr(samples: np.ndarray) -> bytes:
    """A raw AMR-NB file (RFC 4867, single channel). Ends padded to a frame with zeros."""
    codec = ctypes.CDLL("libopencore-amrnb.so.0")
    codec.Encoder_Interface_init.restype = ctypes.c_void_p
    codec.Encoder_Interface_init.argtypes = [ctypes.c_int]
    codec.Encoder_Interface_Encode.argtypes = [
        ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int,
    ]
    codec.Encoder_Interface_exit.argtypes = [ctypes.c_void_p]
    state = codec.Encoder_Interface_init(0)
    out = [b"#!AMR\n"]
    frame = ctypes.create_string_buffer(64)
    for start in range(0, len(samples), AMR_FRAME):
        block = samples[start : start + AMR_FRAME]
        block = np.pad(block, (0, AMR_FRAME - len(block))).astype("<i2").tobytes()
        size = codec.Encoder_Interface_Encode(state, AMR_MODE_12_2, block, frame, 0)
        out.append(frame.raw[:size])
    codec.Encoder_Interface_exit(state)
    return b"".join(out)


def _companded(samples: np.ndarray, table: np.ndarray) -> bytes:
    """Each sample as the code whose value is nearest."""
    order = np.argsort(table, kind="stable")
    values = table[order]
    middles = (values[1:] + values[:-1]) / 2
    return order[np.searchsorted(middles, samples.ravel())].astype(np.uint8).tobytes()


def _mulaw_table() -> np.ndarray:
    code = ~np.arange(256) & 0xFF
    size = (((code & 0x0F) << 3) + 0x84 << ((code & 0x70) >> 4)) - 0x84
    return np.where(code & 0x80, -size, size)


def _alaw_table() -> np.ndarray:
    code = np.arange(256) ^ 0x55
    step, exponent = (code & 0x0F) << 4, (code & 0x70) >> 4
    size = np.where(exponent == 0, step + 8, step + 0x108 << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, size, -size)


def wav(samples: np.ndarray, codec: str) -> bytes:
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    if codec == "pcm16":
        tag, bits, body = WAV_PCM, 16, samples.tobytes()
    elif codec == "mulaw":
        tag, bits, body = WAV_MULAW, 8, _companded(samples, _mulaw_table())
    else:
        tag, bits, body = WAV_ALAW, 8, _companded(samples, _alaw_table())
    block = channels * bits // 8
    form = struct.pack("<HHIIHH", tag, channels, RATE, RATE * block, block, bits)
    chunks = b""
    if tag != WAV_PCM:
        form += struct.pack("<H", 0)
        chunks = struct.pack("<4sII", b"fact", 4, len(samples))
    chunks = struct.pack("<4sI", b"fmt ", len(form)) + form + chunks
    chunks += struct.pack("<4sI", b"data", len(body)) + body + b"\0" * (len(body) % 2)
    return struct.pack("<4sI4s", b"RIFF", 4 + len(chunks), b"WAVE") + chunks


def aac(samples: np.ndarray) -> bytes:
    """An M4A file of ffmpeg's own AAC encoder, without dates or names inside."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.wav"), Path(folder, "out.m4a")
        source.write_bytes(wav(samples, "pcm16"))
        subprocess.run(
            ["ffmpeg", "-v", "error", "-i", source, "-ar", "16000", "-c:a", "aac", "-b:a", "32k",
             "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", target],
            check=True,
        )
        return target.read_bytes()


def encode(samples: np.ndarray, codec: str) -> bytes:
    codec, _, line = codec.partition("-")
    if line == "landline":
        samples = landline(samples)
    if codec == "amr":
        return amr(samples)
    if codec == "aac":
        return aac(samples)
    return wav(samples, codec)
