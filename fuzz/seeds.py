"""Seeds for the fuzz targets, out of the repository's vectors: what a target reads, made of files that are known good or bad.

The forms are those that the head of each module in fuzz/src names. Nothing is kept: script/fuzz makes them anew where a corpus is empty.
"""
import base64
import json
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VECTORS = ROOT / "tests" / "vectors"
sys.path.insert(0, str(ROOT / "verifiers" / "python"))
HINTS = {"recording": 0, "lines": 1, "csv": 2, "json": 3, "html": 4, "whole": 5}


def piece(data):
    """Bytes behind their length; what is too long for it is cut."""
    return struct.pack("<H", min(len(data), 65535)) + data[:65535]


def vectors(folder):
    for path in sorted((VECTORS / folder).glob("*.json")):
        if not path.name.endswith("expected.json"):
            yield path.stem, json.loads(path.read_text())


def carve():
    for name, x in vectors("carve"):
        if "source" in x:
            source = bytes.fromhex(x["source"])
            for where in (0, 3):
                yield f"{name}-{where}", bytes([HINTS[x["hint"]]]) + struct.pack("<HH", where, where) + source
    for name, text in (("talk", b"H: hello\nB: who is it\n\nH: nobody\n"), ("table", b"a;b\n1;2\n"), ("page", b"<p a='b'>x</p>")):
        for hint in (1, 2, 4):
            yield f"{name}-{hint}", bytes([hint, 2, 0, 1, 0]) + text


def leaves_of(x):
    return [bytes.fromhex(leaf["payload"] if isinstance(leaf, dict) else leaf) for leaf in x["leaves"]]


def render():
    def made(profile, ticks, leaves, hidden=()):
        head = piece(profile.encode()) + b"\0" + struct.pack("<QQH", len(leaves), ticks, 0)
        return head + b"".join(b"\1\1\0" if i in hidden else b"\0" + piece(leaf) for i, leaf in enumerate(leaves))

    for folder in ("carve", "tiles"):
        for name, x in vectors(folder):
            if "leaves" not in x:
                continue
            leaves = leaves_of(x)
            yield f"{folder}-{name}", made(x["profile"], x.get("ticks", len(leaves)), leaves)
            hidden = {len(leaves) // 2, *(i for first, count in x.get("protected", ()) for i in range(first, first + count))}
            yield f"{folder}-{name}-in-part", made(x["profile"], x.get("ticks", len(leaves)), leaves, hidden)
    for profile in ("wav-v1;s16;8000;1", "flac-v1;4096;44100;2", "mp4-alac-v1;4096;44100;2", "tiles-v1", "release-text-v1"):
        counts = b"\1" + struct.pack("<QQH", 103, 16000, 0)
        yield f"counts-{profile.split(';')[0]}", piece(profile.encode()) + counts + b"\0" + piece(b"")


def proof():
    for name, x in vectors("proof"):
        for field, which in (("record", 1), ("disclosure", 2), ("body", 5), ("proof", 7)):
            if isinstance(x.get(field), str):
                data = x[field].encode() if field == "proof" else bytes.fromhex(x[field])
                yield f"{name}-{field}", bytes([which]) + data
                if field == "disclosure":
                    yield f"{name}-any", b"\x13\2" + piece(data) + bytes.fromhex(x["payloads"])
        if isinstance(x.get("payloads"), list):
            yield f"{name}-payloads", b"\x0e" + b"".join(piece(bytes.fromhex(p)) for p in x["payloads"]) + b"\x1f\0"
            for at in (0, 5):
                yield f"{name}-{at}", b"\0" + bytes.fromhex(x["payloads"][at])
        if x["kind"] == "lane-act":
            grant = bytes.fromhex(x["payloads"][5])
            yield f"{name}-grant", b"\4" + grant[3 if grant[0] == 0x59 else 2 :]
        if x["kind"] == "tlog-proof":
            yield f"{name}-note", b"\6" + x["proof"].split("\n\n", 1)[1].encode()
            yield f"{name}-text", b"\x0b" + x["proof"].split("\n\n")[1].encode() + b"\n"
            yield f"{name}-lines", b"\x0c" + x["proof"].split("\n\n")[2].encode()
    root = bytes(range(32))
    empty = bytes(8)
    state = b"\xa7\0\1\1" + b"\x58\x20" + root + b"\2\x58\x20" + root + b"\3\x48" + empty + b"\4\x82\0\x58\x20" + root
    yield "state", b"\x09" + state + b"\5\0\6\x81\x83\x58\x20" + root + b"\4\x58\x20" + root
    yield "frontier", b"\x0a" + struct.pack(">Q", 5) + root * 2
    yield "selection", b"\x08\xa5\0\xf6\1\x81\x82\x58\x20" + root + b"\x82\2\3\2\x61a\3\1\4\xf6"
    yield "mask", b"\x0d\0\2\0\3\0\1"
    yield "witness", b"\x0bremora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
    for which in range(15, 24):
        for rest in (b"", b"\0\0\1\0\1" * 3, b"\xff\x1f\4\0" + b"\0\3\0\1" * 4, bytes(range(1, 40))):
            yield f"true-{which}-{len(rest)}", bytes([which]) + rest


def bundle():
    import bundles
    import verify as v

    def files_of(data):
        import io

        return {name: data[e.start : e.start + e.size] for name, e in v.read_zip(io.BytesIO(data), len(data)).items()}

    lists = ("manifest-sha256.txt", "tagmanifest-sha256.txt", "disclosure.sig")
    for item in bundles.every_profile():
        if item.source is not None:
            continue
        files = files_of(bundles.bundle([item]))
        body = b"".join(piece(name.encode()) + piece(data) for name, data in files.items() if name not in lists)
        yield f"item-{item.number}", b"\1\0" + body
        yield f"statement-{item.number}", b"\3" + files["disclosure.cbor"]
    for name in ("court", "press"):
        yield f"{name}-any", b"\0" + (VECTORS / "bundle" / f"{name}.zip").read_bytes()
    for base in range(7):
        for signed_by in range(3):
            for how in range(8):
                rest = b"".join(struct.pack("<BHBHBH", how, 3 + 7 * n, how, n, 1, 2) for n in range(3))
                yield f"changed-{base}-{signed_by}-{how}", struct.pack("<BHB", 4, base, signed_by) + rest
        yield f"whole-{base}", struct.pack("<BHBHB", 2, base, 0, 500, 1)


def stamp():
    for at, (name, x) in enumerate(vectors("time")):
        raw = base64.b64decode(x["answer"])
        yield f"{name}-bare", b"\3" + raw
        for kind in ("roots", "certificates", "lists"):
            for n, block in enumerate(x[kind]):
                block = base64.b64decode(block)
                if kind != "lists":
                    yield f"{name}-{kind}-{n}", b"\5\0\0" + piece(b"message") + piece(bytes(64)) + block
                yield f"{name}-{kind}-{n}-beside", struct.pack("<BHB", 2, at, 4 + ("roots", "certificates", "lists").index(kind)) + piece(block)
        yield f"{name}-true", struct.pack("<BH", 0, at)
    yield "pem", b"\4" + (VECTORS / "time" / "root.pem").read_bytes()
    yield "asked", b"\6" + struct.pack("<QQ", 1_700_000_000, 5) + piece(bytes(32)) + b"1.2.3.4.5"
    yield "renewed", b"\7" + bytes(range(70))


def seeded():
    yield "bytes", b"abcd"


ALL = {"bundle": bundle, "carve": carve, "proof": proof, "render": render, "seeded": seeded, "stamp": stamp}


def write(target, folder, longest):
    """Writes the seeds of a target that are not longer; answers how many."""
    count = 0
    for name, data in ALL[target]():
        if len(data) <= longest:
            (folder / f"seed-{name}").write_bytes(data)
            count += 1
    return count
