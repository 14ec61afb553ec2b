"""Tests of verify.py: the vectors of tests/vectors, bundles made by rule, and hostile bytes.

    python3 -m unittest                                   from this folder
    CASEMATE_TEST_DATA=…     a folder with crypto-vectors/{wycheproof,CCTV,rfc6962}; tests that need it are skipped without
    CASEMATE_VERIFY=…        a built `casemate-verify`; its verdicts are compared with these, and skipped without
"""
import base64
import hashlib
import hmac
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import tracemalloc
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import bundles as made  # noqa: E402
import verify as v  # noqa: E402
from bundles import Shape, render  # noqa: E402

VECTORS = HERE.parents[1] / "tests" / "vectors"
DATA = Path(os.environ.get("CASEMATE_TEST_DATA", HERE.parents[2] / "shared" / "data"))
unhex = bytes.fromhex


def findings_of(data, signers=()):
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return v.verify(file.name, signers)


def short(findings):
    return [{k: f[k] for k in ("id", "item", "status")} for f in findings]


def status(findings, id, item=None):
    return next((f["status"] for f in findings if (f["id"], f["item"]) == (id, item)), None)


def failed(findings):
    return [(f["id"], f["item"]) for f in findings if f["status"] == "failed"]


class BundleVectors(unittest.TestCase):
    folder = VECTORS / "bundle"

    def key(self, name):
        return unhex((self.folder / f"{name}.key").read_text().strip())

    def test_expected(self):
        pins = {"press": "disclosure"}
        for path in sorted(self.folder.glob("*.expected.json")):
            name = path.name.split(".")[0]
            with self.subTest(name):
                found = v.verify(self.folder / f"{name}.zip", [self.key(pins.get(name, "owner"))])
                self.assertEqual(short(found), json.loads(path.read_text()))

    def test_edits(self):
        court = (self.folder / "court.zip").read_bytes()
        for edit in json.loads((self.folder / "edits.json").read_text()):
            with self.subTest(edit):
                b, at = bytearray(court), edit["at"] + (len(court) if edit["at"] < 0 else 0)
                if edit["edit"] == "flip":
                    b[at] ^= edit["with"]
                elif edit["edit"] == "insert":
                    b.insert(at, edit["with"])
                elif edit["edit"] == "remove":
                    del b[at]
                else:
                    del b[at:]
                self.refused(findings_of(bytes(b)))

    def refused(self, found):
        self.assertEqual(found[0]["status"], "failed")
        self.assertNotIn("proven", [f["status"] for f in found])

    def test_two_thousand_edits(self):
        court, rng = (self.folder / "court.zip").read_bytes(), random.Random(1)
        for _ in range(2000):
            b, at = bytearray(court), rng.randrange(len(court))
            match rng.randrange(4):
                case 0:
                    b[at] ^= 1 << rng.randrange(8)
                case 1:
                    b.insert(at, rng.randrange(256))
                case 2:
                    del b[at]
                case 3:
                    del b[at : at + rng.randrange(1, 5000)]
            self.refused(Bytes(bytes(b)).verify())

    def test_command_line(self):
        run = lambda *a: subprocess.run([sys.executable, HERE / "verify.py", *a], capture_output=True, text=True)  # noqa: E731
        court, key = self.folder / "court.zip", self.key("owner").hex()
        good = run(court, "--signer", key, "--json")
        self.assertEqual((good.returncode, short(json.loads(good.stdout))), (0, json.loads((self.folder / "court.expected.json").read_text())))
        self.assertEqual(run(self.folder / "forged-rendering.zip", "--lang", "fr").returncode, 1)
        self.assertEqual(run(court, "--lang", "zh").returncode, 0)
        for bad in ([], ["/nowhere/x.zip"], [HERE], [court, "--signer", "12"], [court, "--lang", "de"]):
            self.assertEqual(run(*bad).returncode, 2)
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "out"
            self.assertEqual(run(court, "--extract", target).returncode, 0)
            self.assertEqual(len(list(target.rglob("*.wav"))), 1)
            self.assertEqual(run(court, "--extract", target).returncode, 2)

    def test_every_language_says_the_same_things(self):
        self.assertEqual(len({tuple(sorted(words)) for words in v.WORDS.values()}), 1)
        for words in v.WORDS.values():
            self.assertNotRegex(" ".join(words.values()).lower(), "authent|真品")


class Bytes(v.Bundle):
    """A bundle in memory."""

    def __init__(self, data, signers=(), roots=(), witnesses=()):
        super().__init__(io.BytesIO(data), len(data), set(signers), roots, witnesses)


class ProofVectors(unittest.TestCase):
    def test_all(self):
        seen = set()
        for path in sorted((VECTORS / "proof").glob("*.json")):
            vector = json.loads(path.read_text())
            check = getattr(self, "check_" + vector["kind"].replace("-", "_"), None)
            seen.add(vector["kind"])
            with self.subTest(path.name):
                self.assertIsNotNone(check, "a kind that is not checked")
                if vector["accept"]:
                    check(vector)
                else:
                    self.assertRaises(v.Refused, check, vector)
        self.assertGreater(len(seen), 10)

    def check_object(self, x):
        leaves = [(leaf["ticks"], unhex(leaf["payload"])) for leaf in x["leaves"]]
        o = made.Object(x["profile"], x["timebase"], leaves, oid=unhex(x["oid"]), key=unhex(x["K"]))
        self.assertEqual([o.hashes[i, 1][2].hex() for i in range(o.n)], [leaf["L"] for leaf in x["leaves"]])
        found = (o.root.hex(), o.ticks, o.object_root.hex(), o.record.hex())
        self.assertEqual(found, (x["root"], x["ticks"], x["OR"], x["record"]))
        self.assertEqual(v.Record(v.Reader(v.Memory(o.record), "record")).object_root().hex(), x["OR"])

    def check_record(self, x):
        r = v.Reader(v.Memory(unhex(x["record"])), "record")
        v.Record(r)
        r.end()

    def check_disclosure(self, x):
        d = v.Disclosure(v.Memory(unhex(x["disclosure"])), "disclosure")
        payloads = v.Memory(unhex(x["payloads"]))
        v.need(2 * d.open_leaves() <= payloads.size, "ends early")
        stream = v.Stream(payloads, "payloads", 1 << 24)
        d.verify(stream, v.Listener(), AnyTicks())
        stream.reader.end()
        self.assertEqual(d.record.object_root().hex(), x["OR"])

    def check_lane_id(self, x):
        lane = v.lane_id(unhex(x["case"]), unhex(x["key"]))
        self.assertEqual((lane.hex(), "casemate/" + lane.hex()), (x["lane"], x["origin"]))

    def check_tlog_proof(self, x):
        case, key = unhex(x["case"]), unhex(x["key"])
        v.Lane(case, v.lane_id(case, key), key, None, None, "", None).check_logged(x["proof"].encode(), None, unhex(x["OR"]))

    def check_sshsig(self, x):
        v.check_sshsig(x["signature"].encode(), unhex(x["key"]), x["message"].encode(), b"checkpoint@casemate")

    def fields(self, x):
        payloads = {i: unhex(p) for i, p in enumerate(x["payloads"])}
        v.need(len(payloads) == 16, "sixteen leaves")
        return v.act_fields(payloads, "act")

    def check_lane_act(self, x):
        lane = v.read_lane_act(self.fields(x), unhex(x["case"]))
        v.need((lane.lane.hex(), lane.owner.hex()) == (x["lane"], x["owner"]), "another lane or owner")

    def check_act(self, x):
        self.fields(x)
        leaves = [(1, unhex(p)) for p in x["payloads"]]
        o = made.Object("act-v1", (1, 1), leaves, oid=unhex(x["oid"]), key=unhex(x["K"]))
        self.assertEqual(o.object_root.hex(), x["OR"])
        body = made.enc({0: o.key, 1: [p for _, p in leaves]})
        self.assertEqual((body + bytes(-len(body) % 256)).hex(), x["body"])
        prk = hmac.digest(bytes(32), unhex(x["SK"]), "sha256")
        self.assertEqual(hmac.digest(prk, b"casemate/body/v1\0" + o.oid + b"\1", "sha256").hex(), x["body_key"])

    def check_commit_act(self, x):
        f = self.fields(x)
        seen = [[lane.hex(), size, root.hex()] for lane, size, root in f[6]]
        said = [list(s.values()) if isinstance(s, dict) else s for s in x["seen"]]
        self.assertEqual((f[5], seen, f[7].hex(), f[8]), (x["lamport"], said, x["map_root"], x["count"]))

    def check_lane_map(self, x):
        rows = [list(r.values()) if isinstance(r, dict) else r for r in x["rows"]]
        rows = [(unhex(lane), v.u64(size) + unhex(root)) for lane, size, root in rows]
        leaf = lambda key, value: v.sha(b"\0casemate/map/v1\0", v.lp(bytes(32)), v.lp(key), v.lp(value))  # noqa: E731
        hashes = [leaf(*r) for r in sorted(rows)]
        root, paths = made.tree(hashes)
        self.assertEqual(root.hex(), x["root"])
        for i, path in enumerate(paths):
            v.check_path(hashes[i], i, len(hashes), path, unhex(x["root"]))

    def check_stamp(self, x):
        imprint = v.sha(b"casemate/stamp/v1\0", unhex(x["salt"]), v.lp(x["note"].encode()))
        self.assertEqual(imprint.hex(), x["imprint"])

    def check_press(self, x):
        self.assertEqual(v.sha(b"casemate/press/v1\0", unhex(x["salt"]), unhex(x["OR"])).hex(), x["commitment"])

    def check_ed25519(self, x):
        v.check_signature(unhex(x["key"]), unhex(x["message"]), unhex(x["signature"]))


class AnyTicks:
    """A rule that fits every tick: these vectors have a profile of no meaning."""

    def ticks(self, first, m):
        return Whatever()


class Whatever:
    def __eq__(self, other):
        return True


class CarveVectors(unittest.TestCase):
    """The rows that a verifier meets: sources and their leaves, renderings, shapes, units. It never puts leaves together
    into a source (`reassembly`): it cuts the source and compares."""

    def test_all(self):
        done = {"source": 0, "rendered": 0, "layer": 0, "shape": 0, "unit": 0}
        for path in sorted((VECTORS / "carve").glob("*.json")):
            x = json.loads(path.read_text())
            with self.subTest(path.name):
                if x.get("reject") == "shape":
                    shape = Shape(x["profile"], x.get("timebase", (1, 8000)), x["leaf_count"], x["ticks"])
                    for timebase in ((1, 1), (1, 50), (1, 8000), (1, 3999)):
                        shape.timebase = timebase
                        self.assertRaises(v.Refused, lambda: v.profile_of(shape) and v.need(x["ticks"] <= v.MAX_TICKS, "ticks"))
                    done["shape"] += 1
                elif x.get("reject") == "unit":
                    self.assertRaises(v.Refused, v.read_unit, unhex(x["payload"]))
                    done["unit"] += 1
                elif "text" in x:
                    self.layer(x)
                    done["layer"] += 1
                elif "source" in x:
                    self.source(x)
                    done["source"] += 1
                    done["rendered"] += "withheld_from_0_to_1_ms" in x
        self.assertTrue(all(done.values()), done)

    def source(self, x):
        leaves = [(leaf["ticks"], unhex(leaf["payload"])) for leaf in x["leaves"]]
        profile = v.profile_of(Shape(x["profile"], x["timebase"], len(leaves), x["ticks"]))
        found = list(profile.carve(v.Memory(unhex(x["source"]))))
        self.assertEqual([(profile.ticks(i, 1), p) for i, p in enumerate(found)], leaves)
        if x["hint"] in ("json", "html") and not x["profile"].startswith("spans"):
            other = v.profile_of(Shape(f"spans-v1;{x['hint']}", (1, 1), 2, 1))
            self.assertRaises(v.Refused, list, other.carve(v.Memory(unhex(x["source"]))))
        cut = x.get("withheld_from_0_to_1_ms")
        if cut:
            hidden = {i for first, m in cut["runs"] for i in range(first, first + m)} | {len(leaves) - 1, len(leaves) - 2}
            got = render(profile, found, set(range(len(leaves))) - hidden, ["playable"])
            self.assertEqual(got["playable"].hex(), cut["rendered"])

    def layer(self, x):
        leaves = [unhex(leaf) for leaf in x["leaves"]]
        profile = v.profile_of(Shape(x["profile"], (1, 1), len(leaves), len(leaves)))
        hidden = {i for first, m in x["protected"] for i in range(first, first + m)}
        got = render(profile, leaves, set(range(len(leaves))) - hidden, ["text", "vtt"])
        self.assertEqual((got["text"].decode(), got["vtt"].decode()), (x["text"], x["vtt"]))


class Readmes(unittest.TestCase):
    """The tables of tests/vectors name each vector once, and say no more of it than the vector itself."""

    def rows(self, folder):
        text = (VECTORS / folder / "README.md").read_text()
        return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("| `")]

    def test_every_vector_stands_in_a_table(self):
        for folder in ("carve", "tiles", "proof", "time"):
            named = [row[0].strip("`") for row in self.rows(folder) if (VECTORS / folder / f"{row[0].strip('`')}.json").exists()]
            self.assertEqual((folder, named), (folder, sorted(path.stem for path in (VECTORS / folder).glob("*.json") if not path.stem.endswith(".expected"))))
        for folder in ("bundle", "time"):
            text = (VECTORS / folder / "README.md").read_text()
            for path in (VECTORS / folder).glob("*.zip"):
                self.assertEqual(text.count(f"| `{path.name}` |"), 1)
        text = (VECTORS / "witness" / "README.md").read_text()
        for path in (VECTORS / "witness").glob("*.zip"):
            self.assertEqual((path.stem, text.count(f"| `{path.stem}` |")), (path.stem, 1))
        folders = {path.parent.name for path in VECTORS.glob("*/README.md")}
        self.assertEqual(folders, {path.name for path in VECTORS.iterdir() if path.is_dir()})
        for folder in folders:
            self.assertIn(f"[{folder}]({folder}/README.md)", (VECTORS / "README.md").read_text())

    def test_no_row_without_its_vector(self):
        for folder in ("carve", "tiles", "proof", "time"):
            text = (VECTORS / folder / "README.md").read_text()
            table = text[max(text.find("| vector | what"), text.find("| vector | |")) :]
            names = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `") and ".zip" not in line]
            self.assertEqual([n for n in names if not (VECTORS / folder / f"{n}.json").exists()], [])
            self.assertTrue(all(line.split("|")[-2].strip() for line in table.splitlines() if line.startswith("| `")))

    def test_the_table_of_the_proof_says_what_its_vectors_say(self):
        text = (VECTORS / "proof" / "README.md").read_text()
        for path in sorted((VECTORS / "proof").glob("*.json")):
            x = json.loads(path.read_text())
            self.assertIn(f"| `{path.stem}` | {'accept' if x['accept'] else 'refuse'} | {x['why'] + ' |' if x['why'] else ''}", text)


class TilesVectors(unittest.TestCase):
    folder = VECTORS / "tiles"

    def setUp(self):
        self.x = json.loads((self.folder / "pages.json").read_text())
        self.leaves = [unhex(leaf) for leaf in self.x["leaves"]]
        self.shown = set(range(len(self.leaves)))

    def pdf(self, leaves, shown):
        shape = Shape(self.x["profile"], (1, 1), len(self.leaves), self.x["ticks"])
        return render(v.profile_of(shape), leaves, shown, ["pages"])["pages"].hex()

    def test_pages(self):
        first, m = self.x["withheld"]
        self.assertEqual(self.pdf(self.leaves, self.shown), self.x["rendered"])
        self.assertEqual(self.pdf(self.leaves, self.shown - set(range(first, first + m))), self.x["rendered_without_withheld"])

    def test_pixels_make_the_leaves(self):
        found = []
        for page in self.x["pages"]:
            across, down, pixels = page["width"], page["height"], unhex(page["pixels"])
            for top in range(0, down, 64):
                for left in range(0, across, 64):
                    lines = [slice(3 * (y * across + left), 3 * (y * across + min(left + 64, across))) for y in range(top, min(top + 64, down))]
                    tile = b"".join(pixels[line] for line in lines)
                    found.append(v.Tiles.payload([tile[i::3] for i in range(3)]))
        self.assertEqual(found, self.leaves[1:])

    def test_rejected(self):
        for path in sorted(self.folder.glob("reject-*.json")):
            y = json.loads(path.read_text())
            leaves = [unhex(y["payload"]) if i == y["leaf"] else leaf for i, leaf in enumerate(self.leaves)]
            with self.subTest(path.name):
                self.assertRaises(v.Refused, self.pdf, leaves, self.shown)

    def test_cfg(self):
        good = {0: 1, 1: 200, 2: [70, 66, 5, 3]}
        bad = [good | change for change in ({1: 35}, {1: 1201}, {0: 2}, {0: True}, {2: [70, 66, 5]}, {2: [70, 66, 5, 0]}, {2: [70, 66, 5, 65]}, {2: [16384, 1025]}, {2: []}, {3: 0})]
        for cfg in [*bad, [1, 200, [70, 66, 5, 3]]]:
            with self.subTest(cfg):
                self.assertRaises(v.Refused, self.pdf, [made.enc(cfg), *self.leaves[1:]], self.shown)

    def test_packing_has_one_spelling(self):
        """The page's rule, byte after byte, against the one of verify.py."""
        def run(b, i):
            return next((n for n in range(128) if b[i + n : i + n + 1] != b[i : i + 1] or i + n >= len(b)), 128)

        rng = random.Random(6)
        for _ in range(500):
            b = b"".join(bytes([rng.choice((0, 0, 1, 255))]) * rng.choice((1, 1, 2, 3, 130, 255)) for _ in range(rng.randrange(12)))
            b += rng.randbytes(rng.choice((0, 0, 1, 127, 128, 129, 300)))
            slow, i = b"", 0
            while i < len(b):
                if run(b, i) > 2:
                    slow += bytes((257 - run(b, i), b[i]))
                    i += run(b, i)
                else:
                    end = next(j for j in range(i, len(b) + 1) if j == len(b) or j - i == 128 or run(b, j) > 2)
                    slow += bytes((end - i - 1,)) + b[i:end]
                    i = end
            self.assertEqual(v.pack(b), slow)
            self.assertEqual(v.unpack(slow, len(b)), b)


SETUP = (  # of a Vorbis stream of one channel, made by rule: codebooks, a floor, a residue, a mapping, four modes
    "05766f7262697302424356010002000000004243560200090000c519000000000000000003008486ac02000600000c04020000000000"
    "0000000b000004010002220104080080ae604800001010b12a00145a000008000000000001001c000004009509202020200000000000"
    "0080010000000040000000008000000000000000000000 02"
).replace(" ", "")


class Sound(unittest.TestCase):
    """A copy in which all is withheld is itself a file of its kind: it is cut into leaves again."""

    def shape(self, profile, timebase, ticks):
        n = next(n for n in range(1, 2 * ticks + 5) if not raises(v.profile_of, Shape(profile, timebase, n, ticks)))
        return Shape(profile, timebase, n, ticks)

    def cases(self):
        for rate, samples in ((44100, 1152), (48000, 1152), (24000, 576), (11025, 576), (8000, 576)):
            for channels in (1, 2):
                yield f"mp3-v1;{samples};{rate};{channels}", (samples, rate), 7, b""
        for channels in (1, 2, 3, 4, 5, 6, 8):
            yield f"adts-aac-v1;22050;{channels}", (1024, 22050), 5, v.Adts(Shape("", (1024, 22050), 8, 5), 22050, channels).configuration
        for rate, bits in ((44100, 16), (8000, 8), (96000, 24), (11025, 12), (44056, 20), (192000, 32), (16000, 5)):
            yield f"flac-v1;192;{rate};2", (1, rate), 192 * 3 + 19, bytes([bits])
        for channels in (1, 2, 3, 4, 5, 6, 8):
            configuration = v.Adts(Shape("", (1024, 32000), 8, 5), 32000, channels).configuration
            yield f"mp4-aac-v1;1024;32000;{channels}", (1024, 32000), 5, configuration
        for channels, bits in ((1, 16), (2, 16), (3, 20), (4, 24), (5, 32), (6, 16), (7, 16), (8, 24)):
            cookie = (96).to_bytes(4, "big") + bytes([0, bits, 40, 10, 14, channels, 0, 255]) + bytes(8) + (8000).to_bytes(4, "big")
            yield f"mp4-alac-v1;96;8000;{channels}", (96, 8000), 4, cookie
        for channels in (1, 2):
            yield f"ogg-opus-v1;{channels}", (1, 10), 4, made.enc([312 + 4800 * 3 + 960, 312, 0])
        yield "ogg-vorbis-v1;16000;1", (1, 10), 5, made.enc([1600 * 4 + 1000, 8, 11, unhex(SETUP)])
        yield "amr-wb-v1", (320, 16000), 5, b""

    def test_amr_s_tone_has_the_mode_of_the_frame_before(self):
        for name, timebase in (("amr-nb-v1", (1, 50)), ("amr-wb-v1", (320, 16000)), ("mp4-amr-nb-v1", (160, 8000)), ("mp4-amr-wb-v1", (320, 16000))):
            shape = self.shape(name, timebase, 25)
            octets, tones = v.profile_of(shape).OCTETS, v.profile_of(shape).TONE
            kinds = [kind for kind in octets for _ in range(2)]  # at each second place a frame of the next kind
            packets = [bytes([kinds[i] << 3 | 4]) + bytes(octets[kinds[i]] - 1) if i % 2 and i < len(kinds) else b"" for i in range(25)]
            rule = v.profile_of(shape)
            leaves = [rule.cfg(), *packets, b"", b""]
            got = render(rule, leaves, {0} | {i + 1 for i, p in enumerate(packets) if p}, ["playable"])["playable"]
            expected, mode = rule.MAGIC, len(tones) - 1
            for i, packet in enumerate(packets):
                if packet:
                    mode = kinds[i] if kinds[i] < len(tones) else mode
                expected += packet or tones[mode]
            self.assertEqual((name, got), (name, expected))
            self.assertEqual([len(t) for t in tones], [octets[m] for m in range(len(tones))])

    def bundles(self):
        """Of each profile a bundle in which some packets are withheld, and all."""
        rng = random.Random(7)
        for number, (name, timebase, ticks, own) in enumerate(self.cases()):
            shape = self.shape(name, timebase, ticks)
            leaves = [v.profile_of(shape).cfg(own)] + [b""] * (shape.n - 1)
            copy = render(v.profile_of(shape), leaves, {0}, ["playable"])["playable"]
            leaves = list(v.profile_of(shape).carve(v.Memory(copy)))
            rule = v.profile_of(shape)
            o = made.Object(name, timebase, [(rule.ticks(i, 1), leaf) for i, leaf in enumerate(leaves)], b"%d" % number)
            for shown in ({0}, {0} | {i for i in range(1, shape.n - 2) if rng.random() < 0.6}, set(range(shape.n))):
                playable = render(v.profile_of(shape), leaves, shown, ["playable"])["playable"]
                item = made.Item(1, "partial", o, {"playable": ("data/001/copy", playable)}, shown)
                yield f"{name}, open {sorted(shown)}", made.bundle([item])

    def grid(self, name, hidden, change=lambda cells: None):
        """A bundle of this vector on the grid without these cells, after a change of the others."""
        x = json.loads((VECTORS / "carve" / f"{name}.json").read_text())
        leaves = [(leaf["ticks"], unhex(leaf["payload"])) for leaf in x["leaves"]]
        cells = [v.cbor(cell, "cell") for _, cell in leaves[1:-2]]
        change(cells)
        leaves[1:-2] = [(1, made.enc(cell)) for cell in cells]
        o = made.Object(x["profile"], x["timebase"], leaves, name.encode())
        shown = set(range(o.n - 2)) - {i + 1 for i in hidden}
        try:
            item = made.part(1, o, shown)
        except v.Refused:
            item = made.Item(1, "partial", o, {"playable": ("data/001/playable", b"")}, shown)
        return made.bundle([item]), item

    def grid_cases(self):
        for name in ("ogg-vorbis", "ogg-opus-padding"):
            for cell in range(14):
                yield self.grid(name, {cell})[0], []

            def shift(cells, by):
                cells[8][0] += by

            for hidden in ((), (7,), (6,)):
                for by in (1, -1, 64):
                    yield self.grid(name, hidden, lambda cells: shift(cells, by))[0], [("object", 1)]  # noqa: B023
            yield self.grid(name, (), lambda cells: cells.__setitem__(8, []))[0], [("object", 1)]
            yield self.grid(name, (), lambda cells: cells[8].append(cells[8][-1]))[0], [("object", 1)]
            yield self.grid(name, (3,), lambda cells: cells[-1].append(cells[-1][-1]))[0], [("object", 1)]

    def test_a_packet_is_in_its_place(self):
        for i, (data, lost) in enumerate(self.grid_cases()):
            with self.subTest(i):
                self.assertEqual(failed(findings_of(data)), lost)

    def test_before_a_long_block_whose_predecessor_is_long(self):
        """Where the last open block is long and expects a long one, and no short one has room (checked with the first verifier)."""
        for cell, silence in ((4, ["0a00"]), (14, ["0a00", "1a00"])):
            _, item = self.grid("ogg-vorbis", {cell})
            o = item.obj
            rule = v.profile_of(Shape(o.profile, o.timebase, o.n, o.ticks))
            found = [p.hex() for p in rule.sound(v.Memory(item.files["playable"][1]))]
            cells = [v.cbor(payload, "cell") for _, payload in o.leaves[1:-2]]
            at = sum(len(c) - 1 for c in cells[:cell])
            self.assertEqual(found[at : at + len(silence)], silence)

    def test_bundles(self):
        for name, data in self.bundles():
            with self.subTest(name):
                self.assertEqual(failed(findings_of(data)), [])

    def test_a_copy_is_a_source(self):
        for name, timebase, ticks, own in self.cases():
            with self.subTest(name):
                shape = self.shape(name, timebase, ticks)
                profile = v.profile_of(shape)
                leaves = [profile.cfg(own)] + [b""] * (shape.n - 1)
                copy = render(profile, leaves, {0}, ["playable"])["playable"]
                again = v.profile_of(shape)
                if isinstance(again, v.Mp3):  # in front of the copy stands a frame that says how many there are
                    self.assertIn(b"Xing\0\0\0\1" + (7).to_bytes(4, "big"), copy)
                found = list(again.carve(v.Memory(copy)))
                self.assertEqual(len(found), shape.n)
                if not isinstance(again, v.Grid):
                    self.assertEqual(found[0], leaves[0])
                once_more = render(v.profile_of(shape), found, set(range(shape.n - 2)), ["playable"])["playable"]
                self.assertEqual(once_more, copy)

    def test_sums_of_a_page(self):
        page = v.ogg_page(2, 0, v.Grid.SERIAL, 0, [b"OpusHead\1\1\x38\1\x80\xbb\0\0\0\0\0"])
        self.assertEqual(page[22:26].hex(), "a1795e01")

    def test_hostile_sound(self):
        """Whatever bytes stand in a file or in an open leaf: a refusal or a result, in little time."""
        rng = random.Random(4)
        made_of = []
        for name, timebase, ticks, own in self.cases():
            shape = self.shape(name, timebase, ticks)
            leaves = [v.profile_of(shape).cfg(own)] + [b""] * (shape.n - 1)
            copy = render(v.profile_of(shape), leaves, {0}, ["playable"])["playable"]
            made_of.append((shape, copy, list(v.profile_of(shape).carve(v.Memory(copy)))))
        counts = [0, 0]
        for _ in range(1500):
            shape, copy, leaves = rng.choice(made_of)
            b = bytearray(copy if rng.random() < 0.5 else b"")
            i = rng.randrange(shape.n)
            target = b if b else bytearray(leaves[i])
            for _ in range(rng.randrange(1, 4)):
                at = rng.randrange(len(target) + 1)
                target[at : at + rng.randrange(3)] = rng.choice((b"", b"\xff", b"\0\0", rng.randbytes(2)))
            try:
                if b:
                    list(v.profile_of(shape).carve(v.Memory(bytes(target))))
                else:
                    changed = leaves[:i] + [bytes(target)] + leaves[i + 1 :]
                    render(v.profile_of(shape), changed, {0, i, rng.randrange(shape.n)}, ["playable"])
                counts[0] += 1
            except v.Refused:
                counts[1] += 1
        self.assertTrue(all(counts), counts)


class Ed25519(unittest.TestCase):
    def test_points_of_small_order(self):
        eight = v.point_decode(unhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))
        p, encodings = v.IDENTITY, set()
        for _ in range(8):
            encodings.add(v.point_encode(p))
            p = v.point_add(p, eight)
        self.assertEqual(len(encodings), 8)
        for b in encodings:
            self.assertRaises(v.Refused, v.public_key, b)
        good = v.point_decode(made.key_of(made.SEEDS["lane"]))
        for k in range(1, 8):  # prime order and a component of small order
            self.assertRaises(v.Refused, v.public_key, v.point_encode(v.point_add(good, v.point_mul(k, eight))))

    def test_encodings_that_are_not_canonical(self):
        for y in range(19):
            for sign in (0, 1):
                self.assertIsNone(v.point_decode((v.P + y | sign << 255).to_bytes(32, "little")))
        for y in (1, v.P - 1):
            self.assertIsNone(v.point_decode((y | 1 << 255).to_bytes(32, "little")))

    def test_signatures(self):
        seed, message = made.SEEDS["owner"], b"message"
        key, good = made.key_of(seed), made.sign(seed, message)
        v.check_signature(key, message, good)
        s = int.from_bytes(good[32:], "little")
        bad = [good[:32] + (s + v.L).to_bytes(32, "little"), good[:-1], good + b"\0", bytes(64), b""]
        bad += [bytes(b ^ (i == at) for i, b in enumerate(good)) for at in range(64)]
        for b in bad:
            self.assertRaises(v.Refused, v.check_signature, key, message, b)
        # R with a component of small order: holds only for who multiplies by the cofactor
        digest = hashlib.sha512(seed).digest()
        scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
        torsion = v.point_decode(unhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))
        r = v.point_encode(v.point_add(v.point_mul(5, v.BASE), torsion))
        k = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % v.L
        self.assertRaises(v.Refused, v.check_signature, key, message, r + ((5 + k * scalar) % v.L).to_bytes(32, "little"))
        # R = identity: [S]B = [k]A is found by who knows the key
        r = v.point_encode(v.IDENTITY)
        k = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % v.L
        self.assertRaises(v.Refused, v.check_signature, key, message, r + (k * scalar % v.L).to_bytes(32, "little"))

    def test_wycheproof(self):
        path = next(iter((DATA / "crypto-vectors" / "wycheproof").glob("ed*25519*_test.json")), None)
        if not path:
            self.skipTest("no wycheproof vectors of Ed25519 at hand")
        count = 0
        for group in json.loads(path.read_text())["testGroups"]:
            key = unhex(group["publicKey"]["pk"])
            for x in group["tests"]:
                with self.subTest(x["tcId"]):
                    check = lambda: v.check_signature(key, unhex(x["msg"]), unhex(x["sig"]))  # noqa: B023, E731
                    check() if x["result"] == "valid" else self.assertRaises(v.Refused, check)
                    count += 1
        self.assertGreater(count, 100)

    def test_cctv(self):
        path = DATA / "crypto-vectors" / "CCTV" / "ed25519" / "ed25519vectors.json"
        if not path.exists():
            self.skipTest("no CCTV vectors of Ed25519 at hand")
        for x in json.loads(path.read_text()):
            check = lambda: v.check_signature(unhex(x["key"]), x["msg"].encode(), unhex(x["sig"]))  # noqa: B023, E731
            with self.subTest(x["number"]):
                self.assertRaises(v.Refused, check) if x.get("flags") else check()

    def test_ssh_keygen(self):
        with tempfile.TemporaryDirectory() as folder:
            allowed, signature = Path(folder) / "allowed", Path(folder) / "sig"
            key = made.key_of(made.SEEDS["ssh"])
            blob = base64.b64encode(v.ssh_string(b"ssh-ed25519") + v.ssh_string(key)).decode()
            allowed.write_text(f"x ssh-ed25519 {blob}\n")
            signature.write_bytes(made.sshsig(made.SEEDS["ssh"], b"text", b"disclosure@casemate"))
            v.check_sshsig(signature.read_bytes(), key, b"text", b"disclosure@casemate")
            command = ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "x", "-n", "disclosure@casemate", "-s", signature]
            try:
                self.assertEqual(subprocess.run(command, input=b"text", capture_output=True).returncode, 0)
            except FileNotFoundError:
                self.skipTest("no ssh-keygen")


class Rfc6962(unittest.TestCase):
    def test_inclusion(self):
        files = sorted((DATA / "crypto-vectors" / "rfc6962" / "inclusion").rglob("*.json"))
        if not files:
            self.skipTest("no RFC 6962 vectors at hand")
        for path in files:
            x = json.loads(path.read_text())
            with self.subTest(path.name):
                proof = [base64.b64decode(p) for p in x["proof"] or []]
                leaf, root = base64.b64decode(x["leafHash"]), base64.b64decode(x["root"])
                check = lambda: (v.need(len(root) == len(leaf) == 32, ""), v.check_path(leaf, x["leafIdx"], x["treeSize"], proof, root))  # noqa: B023, E731
                self.assertRaises(v.Refused, check) if x["wantErr"] else check()


class TimeVectors(unittest.TestCase):
    folder = VECTORS / "time"
    # Left to whoever asked (nonce, policy), not read here (revocation lists), and what openssl still takes (SHA-1).
    UNREAD = {"sha-1", "nonce-absent", "nonce-other", "policy-other", "revoked-before", "revoked-afterwards-as-compromised", "list-with-a-false-signature"}

    # For openssl the end of a certificate is behind it; its `ts` takes no PSS, and no signer that is named by key.
    OPENSSL_REFUSES = {"accept-last-second-of-the-certificate", "accept-rsa-pss", "accept-signer-named-by-key"}

    def test_bundles(self):
        for path in sorted(self.folder.glob("*.zip")):
            for case in json.loads(path.with_suffix(".expected.json").read_text()):
                roots = [(self.folder / name).read_bytes() for name in case["roots"]]
                short = lambda f: (f["id"], f.get("item"), f["status"])
                got = [short(f.json() if hasattr(f, "json") else f) for f in v.verify(path, (), roots)]
                self.assertEqual((path.name, case["roots"], got), (path.name, case["roots"], [short(f) for f in case["findings"]]))

    def answered(self, der):
        """An answer around a token that comes bare: the status 0, then the token."""
        bare = der[:1] == b"\x30" and b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" == der[4:15]
        body = b"\x30\x03\x02\x01\x00" + der
        return b"\x30\x82" + len(body).to_bytes(2, "big") + body if bare else der

    def test_tokens(self):
        for path in sorted(self.folder.glob("*.json")):
            if path.stem.endswith(".expected"):
                continue
            x = json.loads(path.read_text())
            data = b"casemate/stamp/v1\0" + unhex(x["salt"]) + v.lp(x["note"].encode())
            answer, roots = self.answered(base64.b64decode(x["answer"])), [base64.b64decode(root) for root in x["roots"]]
            beside = b"".join(v.pem(base64.b64decode(one)) for one in x["certificates"])
            try:
                v.check_answer(answer, v.sha(data))
                time = v.openssl_time(answer, data, roots, beside) if roots else None
            except v.Refused:
                time = None
            if "refused" in x["expected"]:
                unread = path.stem.removeprefix("reject-") in self.UNREAD
                self.assertEqual((path.stem, time is None or unread), (path.stem, True))
            elif path.stem in self.OPENSSL_REFUSES:
                self.assertIsNone(time)
            elif roots:
                self.assertEqual((path.stem, time), (path.stem, x["expected"]["time"]))


class NarrowVectors(unittest.TestCase):
    """Bundles that were passed on (bundle.md §6): all findings with their facts."""

    folder = VECTORS / "narrow"

    def test_bundles(self):
        paths = sorted(self.folder.glob("*.zip"))
        self.assertGreaterEqual(len(paths), 18)
        for path in paths:
            for case in json.loads(path.with_suffix(".expected.json").read_text()):
                got = v.verify(path, [unhex(key) for key in case["signers"]])
                self.assertEqual((path.stem, any(f["status"] == "failed" for f in got if f["id"] == "discloser")), (path.stem, path.stem.startswith("reject")))
                for f in got:
                    f["facts"].pop("cause", None)
                want = [{"item": None, "facts": {}} | f for f in case["findings"]]
                self.assertEqual((path.stem, got), (path.stem, [{k: f[k] for k in ("id", "item", "status", "facts")} for f in want]))

    def test_masks(self):
        wide = [3, 2, 5, 1, 9]
        for narrow in ([3, 2, 5, 1, 9], [0, 20], [2, 4, 4, 2, 8], [3, 8, 9], [3, 2, 5, 10]):
            self.assertTrue(v.within(wide, narrow), narrow)
        for narrow in ([20], [4, 1, 5, 1, 9], [3, 1, 6, 1, 9], [3, 2, 15], [0, 4, 6, 1, 9], [3, 2, 5, 1, 8]):
            self.assertFalse(v.within(wide, narrow), narrow)
        self.assertEqual(v.added(wide, [0, 20]), [(0, 3), (5, 5), (11, 9)])
        self.assertEqual(v.added(wide, [1, 1, 1, 2, 5, 1, 4, 2, 3]), [(1, 1), (15, 2)])
        self.assertEqual(v.added(None, wide), [(3, 2), (10, 1)])


class Time(unittest.TestCase):
    """Tokens of an authority that openssl makes for the test."""

    def test_consistency(self):
        leaves = [v.sha(b"%d" % i) for i in range(20)]
        for n in range(21):
            root = made.tree(leaves[:n])[0] if n else v.sha(b"")
            for m in range(n + 1):
                old = made.tree(leaves[:m])[0] if m else v.sha(b"")
                path = made.consistency(m, leaves[:n]) if 0 < m < n else []
                v.check_consistency(m, old, n, root, path)
                bad = [(m, bytes(32), n, root, path), (m, old, n, bytes(32), path), (m, old, n, root, [*path, root])]
                bad += [(m, old, n, root, path[:-1]), (m, old, n, root, [*path[:-1], bytes(32)])] if path else []
                bad += [(n + 1, old, n, root, path)] + ([(m - 1, old, n, root, path)] if m > 1 else [])
                for case in bad if m else bad[2:3]:
                    self.assertRaises(v.Refused, v.check_consistency, *case)

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.found = bool(shutil.which("openssl"))
        if cls.found:
            for name in ("root", "other"):
                cls.openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650", f"-keyout {name}.key -out {name}.pem -subj /CN={name}")
            cls.openssl("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.csr -subj /CN=tsa")
            cls.write("usage", b"extendedKeyUsage=critical,timeStamping\n")
            cls.openssl("x509 -req -in tsa.csr -CA root.pem -CAkey root.key -set_serial 2 -days 3650 -extfile usage -out tsa.pem")
            cls.write("tsa.cnf", b"[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ndefault_policy=1.2.3\ndigests=sha256\nsigner_digest=sha256\ness_cert_id_alg=sha256\n")

    def setUp(self):
        if not self.found:
            self.skipTest("no openssl")

    @classmethod
    def write(cls, name, content):
        (Path(cls.folder.name) / name).write_bytes(content)

    @classmethod
    def read(cls, name):
        return (Path(cls.folder.name) / name).read_bytes()

    @classmethod
    def openssl(cls, *arguments):
        subprocess.run(["openssl", *" ".join(arguments).split()], cwd=cls.folder.name, check=True, capture_output=True)

    def token(self, data):
        self.write("data", data)
        self.openssl("ts -query -data data -sha256 -cert -out query")
        self.openssl("ts -reply -config tsa.cnf -section t -queryfile query -signer tsa.pem -inkey tsa.key -out answer")
        return self.read("answer")

    def stamped(self, change=lambda files: None, **other):
        """A bundle with one token over its own checkpoint, then changed."""
        def add(files):
            note = files["proof/checkpoint"]
            files |= {"proof/time/01.note": note, "proof/time/01.proof": made.enc([]), "proof/time/01.salt": bytes(32)}
            files["proof/time/01.tsr"] = self.token(b"casemate/stamp/v1\0" + bytes(32) + v.lp(note))
            change(files)

        test = MadeBundles()
        second = made.Object("chunk-v1", (1, 1), [(1, b"far")], b"second")
        far = made.Item(2, "whole", second, {"original": ("data/002/o", b"far")}, far=True)
        return made.bundle([test.chunk(), far], add, **other)

    def said(self, data, *roots):
        found = Bytes(data, roots=[self.read(root) for root in roots]).verify()
        self.assertEqual([f["id"] for f in found[-2:]], ["freshness", "content"])
        return [(f["item"], f["status"]) for f in found if f["id"] == "time"], failed(found), found

    def test_a_token_that_holds(self):
        data = self.stamped()
        self.assertEqual(self.said(data)[:2], ([(None, "not-checked")], []))
        self.assertEqual(self.said(data, "other.pem")[:2], ([(None, "not-checked")], []))
        der = base64.b64decode(b"".join(self.read("root.pem").split(b"\n")[1:-2]))
        self.write("root.der", der)
        for roots in (["root.pem"], ["root.der"], ["other.pem", "root.der"]):
            times, lost, found = self.said(data, *roots)
            self.assertEqual((times, lost), ([(None, "proven"), (1, "proven"), (2, "not-checked")], []))
            facts = next(f["facts"] for f in found if f["id"] == "time")
            self.assertEqual((facts["covers"], facts["size"], facts["trust"]), ("1/2", "4", "pinned"))
            self.assertRegex(facts["time"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_tokens_that_do_not(self):
        good = {}
        self.stamped(good.update)

        def put(name, content):
            return lambda files: files.__setitem__(f"proof/time/{name}", content)

        answer, note = good["proof/time/01.tsr"], good["proof/time/01.note"]
        at = answer.index(v.SHA_256) + 40
        cases = {
            "another salt": put("01.salt", b"\1" * 32), "a short salt": put("01.salt", bytes(31)), "a proof": put("01.proof", made.enc([bytes(32)])),
            "no array": put("01.proof", b"x"), "another note": put("01.note", note + b"x"), "no token": put("01.tsr", b"0\5\x30\3\2\1\0"),
            "a byte behind": put("01.tsr", answer + b"\0"), "refused": put("01.tsr", answer.replace(b"\x30\3\2\1\0", b"\x30\3\2\1\2", 1)),
        }  # fmt: skip
        for name, change in cases.items():
            with self.subTest(name):
                self.assertEqual(self.said(self.stamped(change))[:2], ([(None, "failed")], [("time", None)]))
        for place in (at + 30, len(answer) - 3):  # in the time or the like, in the signature: only openssl sees these
            changed = answer[:place] + bytes([answer[place] ^ 1]) + answer[place + 1 :]
            times, lost, _ = self.said(self.stamped(put("01.tsr", changed)), "root.pem")
            self.assertEqual(times, [(None, "failed")], place)

    def test_files_of_tokens(self):
        def put(name, content):
            return lambda files: files.__setitem__(f"proof/time/{name}", content)

        for kind in ("proof", "salt", "tsr"):
            self.assertEqual(self.said(self.stamped(put(f"01.{kind}", None)))[1], [("manifest", None), ("time", None)])
        self.assertEqual(self.said(self.stamped(put("01.note", None)))[:2], ([(None, "not-checked")], [("manifest", None)]))
        self.assertEqual(self.said(self.stamped(put("01.leaves", b"")))[1], [("manifest", None)])
        for name in ("03.note", "1.note", "00.note", "01.x", "02.crt", "65.note"):
            self.assertEqual(self.said(self.stamped(put(name, b"x")), "root.pem")[1], [("manifest", None)])
        self.assertEqual(self.said(self.stamped(put("01.crt", self.read("tsa.pem"))), "root.pem")[0][0], (None, "proven"))
        crl = b"-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n"
        self.assertEqual(self.said(self.stamped(put("01.crl", crl)), "root.pem")[:2], ([(None, "not-checked")], []))

    def test_the_act_that_records_a_token(self):
        """Its note is an earlier one: of a tree of two entries, which the bundle's extends."""
        certificate = base64.b64decode(b"".join(self.read("tsa.pem").split(b"\n")[1:-2]))
        key = made.key_of(made.SEEDS["lane"])
        lane, plain = v.Lane(made.CASE, v.lane_id(made.CASE, key), key, None, None, "", None), {}
        made.bundle([MadeBundles().chunk()], plain.update)
        acts = [v.Disclosure(v.Memory(plain[f"proof/{stem}.act"]), "act").record for stem in ("lane", "001")]
        entries, name = [lane.entry(lane.lane, record.object_root()) for record in acts], lane.name
        text = name + b"\n2\n" + base64.b64encode(made.tree(entries)[0]) + b"\n"
        key_id = v.sha(name, b"\n\1", key)[:4]
        note = text + b"\n" + "— ".encode() + name + b" " + base64.b64encode(key_id + made.sign(made.SEEDS["lane"], text)) + b"\n"
        answer = self.token(b"casemate/stamp/v1\0" + bytes(32) + v.lp(note))
        token = v.sequence(answer)[5:]
        right = {0: {0: "timestamp", 1: 1, 2: False, 3: 0}, 1: 1, 2: made.CASE, 5: bytes(32), 6: note, 7: 2, 8: token, 9: [certificate], 10: [], 11: None, 12: "x"}
        good, wrong = (0, 5, 6, 8, 9, 10), ({0: right[0] | {1: 2}}, {5: bytes(31)}, {6: note + b"x"}, {8: answer}, {9: []}, {10: [b"x"]})
        cases = [({}, good, []), ({}, (*good, 7), [("time", None)]), *((change, good, [("time", None)]) for change in wrong)]
        for change, shown, lost in cases:
            act = made.act_object(right | change, b"stamp")
            order = ["lane", "001", "stamp", "census"]

            def add(files):
                for kind in v.ACT:
                    files[f"proof/time/01.{kind}"] = files.pop(f"proof/stamp.{kind}")
                files |= {"proof/time/01.note": note, "proof/time/01.salt": bytes(32), "proof/time/01.tsr": answer, "proof/time/01.crt": self.read("tsa.pem")}
                roots = [base64.b64decode(line) for line in files["proof/001.tlog"].split(b"\n\n")[0].split(b"\n")[2:]]
                files["proof/time/01.proof"] = made.enc([roots[-1]])  # of two of four entries: the root of the other two

            data = made.bundle([MadeBundles().chunk()], add, hooks={"acts": {"stamp": (act, shown)}, "order": order})
            with self.subTest(change=change, shown=shown):
                times, found, _ = self.said(data, "root.pem")
                self.assertEqual(found, lost)
                if not lost:
                    self.assertEqual(times, [(None, "proven"), (1, "proven")])


class Witnesses(unittest.TestCase):
    """Cosigned checkpoints: the vectors, keys, and bundles made by rule."""

    folder, name = VECTORS / "witness", b"witness.example/w1"

    def test_vectors(self):
        paths = sorted(self.folder.glob("*.zip"))
        self.assertGreaterEqual(len(paths), 26)
        for path in paths:
            cases = json.loads(path.with_suffix(".expected.json").read_text())
            self.assertEqual(len(cases), 3)
            for case in cases:
                got = short_but_of_witnesses(v.verify(path, witnesses=case["witnesses"]))
                self.assertEqual((path.stem, case["witnesses"], got), (path.stem, case["witnesses"], case["findings"]))

    def test_keys(self):
        def key(name=self.name, typed=b"\4" + made.key_of(b"\x2a" * 32), id=None):
            id = v.sha(name, b"\n", typed)[:4].hex() if id is None else id
            return f"{name.decode()}+{id}+{base64.b64encode(typed).decode()}"

        worked = "witness.example/w1+18041f2a+BBl/ayPhbIUyxqvIOPrNXqeJvgx2spIDNAOb+os9No1h"
        self.assertEqual(key(), worked)
        found = v.Witness(worked)
        self.assertEqual((found.text, found.name, found.id.hex(), found.key), (worked, self.name, "18041f2a", made.key_of(b"\x2a" * 32)))
        names = ("w", "é", "\u202e", "\ufeff", "w/1", "x" * (512 - len(key(b""))))
        for name in names:
            self.assertEqual(v.Witness(key(name.encode())).name.decode(), name)
        bad = [key(name.encode()) for name in ("", " ", "a b", "a\tb", "a\xa0b", "a\u2028b", "a\u3000b", "a\x01b", "a\x85b", "a\x7fb", "a\nb", "a+b", names[-1] + "x", "é" * 230)]
        bad += [key(id=id) for id in ("18041F2A", "18041f2b", "18041f2", "018041f2a", "", " 18041f2a")]
        point = made.key_of(b"\x2a" * 32)
        small = (bytes(32), b"\1" + bytes(31), (v.P + 1).to_bytes(32, "little"), v.P.to_bytes(32, "little"), b"\2" + bytes(31))  # of small order, or no canonical point
        bad += [key(typed=typed) for typed in (b"\1" + point, b"\6" + point, point, b"\4" + point + b"\0", b"\4" + point[:-1], b"", *(b"\4" + p for p in small))]
        bad += [worked[:-1], worked + "\n", worked + " ", " " + worked, worked + "+x", worked.replace("+BB", "+ BB"), worked[:-1] + "i", worked.replace("/", "_"), "", "+", "++", point.hex()]
        for text in bad:
            self.assertTrue(raises(v.Witness, text), text)

    def test_a_checkpoint_of_a_public_log(self):
        """Cosigned by a witness that has nothing to do with this project."""
        text = b"arche2025h1.staging.ct.transparency.dev\n1432088532\nU7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n"
        blob = base64.b64decode("2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==")
        witness = v.Witness("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")
        self.assertEqual(witness.cosigned(text, (b"remora.n621.de", blob)), 1779573024)
        bad = [(text, (b"remora.n621.d", blob)), (text + b"\n", (witness.name, blob)), (text[:-1], (witness.name, blob)), (text, (witness.name, blob[:-1]))]
        bad += [(text, (witness.name, blob[:i] + bytes([blob[i] ^ 1]) + blob[i + 1 :])) for i in range(len(blob))]
        for case in bad:
            self.assertTrue(raises(witness.cosigned, *case), case)

    def witness(self, size=None, time=1767225600, name=name, **steps):
        return made.Witness(b"\x2a" * 32, name, time, size, **steps)

    def said(self, witnesses, trusted=(), change=lambda files: None, **other):
        """The findings on witnesses of a bundle of three items, one of them another lane's, and what failed of all."""
        item = lambda n, **far: made.Item(n, "whole", made.Object("chunk-v1", (1, 1), [(1, b"%d" % n)], b"%d" % n), {"original": (f"data/{n}", b"%d" % n)}, **far)
        found = Bytes(made.bundle([item(1), item(2, far=True), item(3)], change, witnesses=witnesses, **other), witnesses=trusted).verify()
        at = [f["id"] for f in found].index("freshness")
        own = [f for f in found if f["id"] == "witness"]
        self.assertEqual(found[at - len(own) : at], own)  # together, and last but two
        return own, failed(found)

    def test_of_every_size(self):
        """A log of five entries: the lane's act, two items', the census, the commit that has seen the third item's."""
        sizes = range(6)
        own, lost = self.said([self.witness(size, size) for size in sizes], [self.witness().key.decode()])
        self.assertEqual(([f["status"] for f in own], lost), (["proven"] * 6, []))
        self.assertEqual([(f["facts"]["size"], f["facts"]["covers"]) for f in own], [(str(n), f"{(n > 1) + (n > 2)}/3") for n in sizes])
        self.assertEqual(list(own[0]["facts"]), ["witness", "witness-key", "time", "size", "covers"])
        for size in (1, 2, 3, 4):
            for change in (lambda p: p[:-1], lambda p: [*p, p[0]], lambda p: [bytes(32), *p[1:]], lambda p: [*p[:-1], bytes(32)], lambda p: []):
                self.assertEqual(self.said([self.witness(size, proof=change)])[1], [("witness", None)], size)
        for proof in (b"x", b"\x80\x80", b"\x9f\xff", made.enc([b"x"]), made.enc([bytes(33)]), b"\x98\x00", b"", made.enc([bytes(32)] * 65)):
            self.assertEqual(self.said([self.witness()], change=self.put("01.proof", proof))[1], [("witness", None)], proof)

    def put(self, name, content):
        return lambda files: files.__setitem__(f"proof/witness/{name}", content)

    def test_times(self):
        for time, text in ((0, "1970-01-01T00:00:00Z"), (951782400, "2000-02-29T00:00:00Z"), (2**32, "2106-02-07T06:28:16Z"), (v.YEAR_9999, "9999-12-31T23:59:59Z")):
            self.assertEqual([f["facts"]["time"] for f in self.said([self.witness(time=time)])[0]], [text])
        for time in (v.YEAR_9999 + 1, 2**63, v.U64):
            self.assertEqual(self.said([self.witness(time=time)])[1], [("witness", None)])

    def test_one_does_not_speak_for_another(self):
        good, bad, other = self.witness(), self.witness(lines=lambda x: x[:1]), made.Witness(b"\x2b" * 32, b"other", 7, 2)
        own, lost = self.said([other, bad, good, bad], [good.key.decode()])
        self.assertEqual([f["status"] for f in own], ["not-checked", "failed", "proven", "failed"])
        self.assertEqual([f["facts"].get("number") for f in own], [None, "2", None, "4"])
        self.assertEqual([list(f["facts"]) for f in own if f["status"] == "failed"], [["number", "cause"]] * 2)
        # Of one name and another key, or of one key and another name: not the one that was given.
        for key in (made.Witness(b"\x2b" * 32, self.name, 7).key, self.witness(name=b"witness.example/w2").key, self.name):
            self.assertEqual([f["status"] for f in self.said([good], [key.decode()])[0]], ["not-checked"])

    def test_signature_lines(self):
        lane, own = [], []

        def keep(lines):
            lane.append(lines[0]), own.append(lines[1])
            return lines

        self.assertEqual(self.said([self.witness(lines=keep)])[1], [])
        ordinary = made.Witness(b"\x2a" * 32, self.name, 0, kind=b"\1")
        by = lambda key_id, kind=b"": lambda x: [x[0], made.signature_line(self.name, key_id, kind + base64.b64decode(x[1].split()[-1])[4:])]
        cases = {
            "turned round": lambda x: x[::-1], "twice": lambda x: [*x, x[1]], "the lane's alone": lambda x: x[:1], "alone": lambda x: x[1:], "the lane's twice": lambda x: [x[0], x[0]],
            "none": lambda x: [], "another id": by(ordinary.id), "a byte more": by(self.witness().id, b"\0"), "no line end": lambda x: [x[0], x[1][:-1]], "a blank line": lambda x: [*x, b"\n"],
        }  # fmt: skip
        for what, lines in cases.items():
            self.assertEqual((what, self.said([self.witness(lines=lines)])[1]), (what, [("witness", None)]))
        texts = {
            "another root": lambda t: t.split(b"\n")[0] + b"\n5\n" + base64.b64encode(bytes(32)) + b"\n", "a line more": lambda t: t + b"more\n",
            "another origin": lambda t: b"x" + t, "another size": lambda t: t.replace(b"\n5\n", b"\n4\n"), "a larger one": lambda t: t.replace(b"\n5\n", b"\n6\n"),
        }  # fmt: skip
        for what, text in texts.items():
            self.assertEqual((what, self.said([self.witness(text=text)])[1]), (what, [("witness", None)]))
        self.assertEqual(self.said([made.Witness(b"\x2a" * 32, self.name, 0, kind=b"\6")])[1], [("witness", None)])

    def test_files(self):
        two = [self.witness(2), self.witness()]
        for name in ("03.note", "1.note", "00.note", "01.x", "03.key", "65.note", "x", "001.note"):
            own, lost = self.said(two, change=self.put(name, b"x"))
            self.assertEqual((len(own), lost), (2 + (name == "03.note"), [("manifest", None)] + [("witness", None)] * (name == "03.note")), name)
        for kind in ("key", "proof"):
            self.assertEqual(self.said(two, change=self.put(f"02.{kind}", None))[1], [("manifest", None), ("witness", None)])
        self.assertEqual([len(x) for x in self.said(two, change=self.put("01.note", None))], [0, 1])
        for key in (b"", b"\n", two[0].key, two[0].key + b"\r\n", two[0].key + b"\n\n", b"\xff\n", b"x" * 513 + b"\n"):
            self.assertEqual(self.said(two, change=self.put("01.key", key))[1], [("witness", None)], key)
        many = [self.witness(time=n) for n in range(65)]
        own, lost = self.said(many[:64])
        self.assertEqual((len(own), lost), (64, []))
        own, lost = self.said(many)
        self.assertEqual((len(own), lost), (64, [("manifest", None)]))

    def test_where_something_else_failed(self):
        trusted, one = [self.witness().key.decode()], [self.witness()]
        states = lambda **other: [f["status"] for f in self.said(one, trusted, **other)[0]]
        self.assertEqual(states(hooks={"lane": lambda fields: fields | {7: bytes(64)}}), ["failed"])  # no grant
        self.assertEqual(states(change=lambda files: files.__setitem__("proof/checkpoint", b"x")), ["failed"])
        self.assertEqual(states(change=lambda files: files.__setitem__("proof/checkpoint.sig", b"x")), ["proven"])
        for name in ("disclosure.sig", "disclosure.cbor", "manifest-sha256.txt"):  # nothing is looked at behind these
            self.assertEqual(states(change=lambda files: files.__setitem__(name, b"x")), [])  # noqa: B023
        own, lost = self.said(one, trusted, change=lambda files: files.__setitem__("proof/001.tlog", b"x"))
        self.assertEqual((own[0]["facts"]["covers"], lost), ("1/3", [("logged", 1)]))
        press = {1: "press", 2: None, 8: [{0: 1, 1: "t", 2: "text", 3: None, 4: [{0: "data/t", 1: "text"}], 5: [], 6: None, 7: bytes(32)}]}

        def text_alone(files):
            for path in [path for path in files if path.startswith(("proof/", "data/")) and "witness" not in path]:
                del files[path]
            files["data/t"] = b"x"

        self.assertEqual(self.said(one, trusted, change=text_alone, statement=press), ([], [("manifest", None)]))

    def test_on_the_command_line(self):
        run = lambda *a: subprocess.run([sys.executable, HERE / "verify.py", *a], capture_output=True, text=True)  # noqa: E731
        key, other = (case["witnesses"][0] for case in json.loads((self.folder / "one.expected.json").read_text()) if case["witnesses"])
        for given, state in (([], "not-checked"), ([other], "not-checked"), ([other, key], "proven")):
            answer = run(self.folder / "one.zip", "--json", *(x for k in given for x in ("--witness", k)))
            self.assertEqual((answer.returncode, status(json.loads(answer.stdout), "witness")), (0, state))
        for bad in ("x", key[:-1], key.upper(), key + "\n", "witness.example/w1"):
            self.assertEqual(run(self.folder / "one.zip", "--witness", bad).returncode, 2)
        for language, words in v.WORDS.items():
            line = next(line for line in run(self.folder / "one.zip", "--lang", language, "--witness", key).stdout.split("\n") if "witness-key" in line)
            self.assertTrue(line.startswith(words["proven"]) and words["witness"] in line and "2026-01-01T00:00:00Z" in line, line)


def short_but_of_witnesses(findings):
    """Ids, items and states; of witnesses the facts too, without the cause."""
    facts = lambda f: {"facts": {k: x for k, x in f["facts"].items() if k != "cause"}} if f["id"] == "witness" else {}
    return [s | facts(f) for s, f in zip(short(findings), findings)]


class MadeBundles(unittest.TestCase):
    """Bundles made by rule, true but for one thing."""

    owner = made.key_of(made.SEEDS["owner"])

    def whole(self, profile, timebase, ticks, source, number=1):
        shape = Shape(profile, timebase, 0, ticks)
        shape.n = next(n for n in range(ticks + 5) if n and not raises(v.profile_of, Shape(profile, timebase, n, ticks)))
        rule = v.profile_of(shape)
        leaves = [(rule.ticks(i, 1), p) for i, p in enumerate(rule.carve(v.Memory(source)))]
        o = made.Object(profile, timebase, leaves, b"%d" % number)
        return made.Item(number, "whole", o, {"original": (f"data/{number:03}/original", source)})

    def test_whole_sources(self):
        sources = [
            ("chunk-v1", (1, 1), 3, bytes(65536 * 2 + 1)),
            ("lines-v1;utf-16be", (1, 1), 2, b"\xfe\xff\x0a\x00\x00\x0a\x00\x0a"),
            ("csv-v1", (1, 1), 4, b'a;"b\nc"\r\n"d""";,\n'),
            ("spans-v1;json", (1, 1), 5, b'\xef\xbb\xbf"a"[1,"b\\""]'),
            ("spans-v1;html", (1, 1), 2, b"<p>" + bytes([1]) * v.MIB),
            ("amr-nb-v1", (1, 50), 2, b"#!AMR\n" + bytes([8 << 3]) + bytes(5) + b"\x7c" + b"\x4ctail"),
        ]
        items = [self.whole(*s, i + 1) for i, s in enumerate(sources)]
        found = findings_of(made.bundle(items), [self.owner])
        self.assertEqual(failed(found), [])
        for i in items:
            path, source = i.files["original"]
            i.files["original"] = path, source[:-1] + bytes([source[-1] ^ 1])
        self.assertEqual(failed(findings_of(made.bundle(items))), [("object", i) for i in (1, 2, 3, 4, 5, 6)])

    def chunk(self, **other):
        o = made.Object("chunk-v1", (1, 1), [(1, b"hello")])
        return made.Item(1, "whole", o, {"original": ("data/001/o", b"hello")}, **other)

    def test_what_a_missing_or_foreign_file_costs(self):
        cases = {
            "extra": b"", "data/extra": b"", "proof/extra": b"", "bag-info.txt": None, "README.fr.txt": None,
            "proof/001.census": None, "proof/checkpoint.sig": b"x", "bagit.txt": b"x", "disclosure.sig": b"x",
            "manifest-sha256.txt": b"", "tagmanifest-sha256.txt": b"", "disclosure.cbor": b"x", "proof/lane.tlog": b"x",
        }  # fmt: skip
        self.assertEqual(failed(findings_of(made.bundle([self.chunk()]), [self.owner])), [])
        for name, content in cases.items():
            with self.subTest(name):
                found = findings_of(made.bundle([self.chunk()], lambda files: files.__setitem__(name, content)))  # noqa: B023
                self.assertTrue(failed(found))

    def test_names_in_the_lines_of_other_keys(self):
        """A space is white space of Unicode; control characters are not in a name either."""
        def checked(name):
            line = made.signature_line(name.encode(), b"1234", b"5")
            return status(findings_of(made.bundle([self.chunk()], hooks={"note": lambda note: note + line})), "checkpoint")

        for name in ("w", "witness.example/w1", "é", "\ufeff", "\u200b", "\u202e", "\U0010ffff"):
            self.assertEqual((name, checked(name)), (name, "proven"))
        for name in ("", " ", "a b", "a+b", "a\tb", "a\rb", "a\0b", "a\x1cb", "a\x7fb", "a\x85b", "a\x9fb", "a\xa0b", "a\u2028b", "a\u3000b"):
            self.assertEqual((name, checked(name)), (name, "failed"))

    def test_acts_are_in_their_form(self):
        head = {0: "exhibit", 1: 1, 2: False, 3: 0}
        for change in ({0: head | {1: 2}}, {0: head | {2: True}}, {0: head | {0: "seal"}}, {1: "x"}, {1: 0}, {1: 2}, {4: []}, {7: bytes(32)}):
            with self.subTest(change):
                found = findings_of(made.bundle([self.chunk(act=lambda f: f | change)]))  # noqa: B023
                self.assertEqual(failed(found), [("logged", 1)])
        for shown in ((0, 1, 7), (0, 1, 4, 6, 7)):
            self.assertEqual(failed(findings_of(made.bundle([self.chunk(act_shown=shown)]))), [("logged", 1)])
        found = findings_of(made.bundle([self.chunk()], hooks={"census": lambda f: f | {0: {0: "census", 1: 2, 2: False, 3: 0}}}))
        self.assertEqual(failed(found), [("census", 1)])

    def far(self, change=lambda files: None, **hooks):
        """A bundle whose second item's act is another lane's."""
        second = made.Object("chunk-v1", (1, 1), [(1, b"far")], b"second")
        item = made.Item(2, "whole", second, {"original": ("data/002/o", b"far")}, far=True)
        return made.bundle([self.chunk(), item], change, hooks=hooks)

    def test_acts_of_another_lane(self):
        found = findings_of(self.far(), [self.owner])
        self.assertEqual(failed(found), [])
        facts = next(f["facts"] for f in found if (f["id"], f["item"]) == ("logged", 2))
        self.assertEqual((facts["index"], facts["lane"]), ("2", v.lane_id(made.CASE, made.key_of(v.sha(b"seed", b"far"))).hex()))
        for name, data, lost in self.far_faults():
            with self.subTest(name):
                self.assertEqual(failed(findings_of(data)), lost)

    def far_faults(self):
        """Name, bundle and what fails in it."""
        logged, manifest = ("logged", 2), ("manifest", None)
        own = v.lane_id(made.CASE, made.key_of(made.SEEDS["lane"]))
        changes = [{0: bytes(32)}, {0: own}, {1: 4}, {1: 2}, {1: 2**48 + 1}, {2: bytes(32)}, {3: 1}, {3: 5}, {4: []}, {4: [b"x"]}]
        changes += [{5: 0}, {5: 2}, {6: 1}, {6: 3}, {7: []}, {8: 0}]
        for change in changes:
            yield f"via {change}", self.far(via=lambda x: x | change), [logged]  # noqa: B023
        head = {0: "commit", 1: 1, 2: True, 3: 0}
        for change in ({0: head | {0: "census"}}, {0: head | {1: 2}}, {0: head | {2: False}}, {0: head | {3: 1}}, {7: bytes(32)}, {7: None}):
            yield f"commit {change}", self.far(commit=lambda x: x | change), [logged]  # noqa: B023
        for shown in ((7,), (0,), (0, 1, 7), range(16)):
            yield f"commit shows {shown}", self.far(commit_shown=shown), [logged]
        for kind in v.VIA:
            yield f"no {kind}", self.far(lambda files: files.__setitem__(f"proof/002.{kind}", None)), [manifest, logged]  # noqa: B023
        yield "both ways", self.far(lambda files: files.__setitem__("proof/002.tlog", files["proof/001.tlog"])), [manifest]
        yield "a commit that is not in the log", self.far(lambda files: files.__setitem__("proof/002.commit.tlog", files["proof/001.tlog"])), [logged]
        yield "a byte behind", self.far(lambda files: files.__setitem__("proof/002.via", files["proof/002.via"] + b"\0")), [logged]
        yield "past its limit", self.far(lambda files: files.__setitem__("proof/002.via", bytes(262145))), [logged]

    def tiles(self, leaves, shown, pdf):
        o = made.Object("tiles-v1", (1, 1), [(int(i > 0), leaf) for i, leaf in enumerate(leaves)])
        return made.bundle([made.Item(1, "partial", o, {"pages": ("data/001/pages.pdf", pdf)}, shown)])

    def tiles_cases(self):
        """Name, bundle and what fails in it."""
        x = TilesVectors()
        x.setUp()
        pdf, shown = unhex(x.x["rendered"]), x.shown
        yield "all open", self.tiles(x.leaves, shown, pdf), []
        yield "one withheld", self.tiles(x.leaves, shown - {3}, unhex(x.x["rendered_without_withheld"])), []
        yield "the picture of more than is open", self.tiles(x.leaves, shown - {3}, pdf), [("rendering", 1)]
        yield "CFG withheld", self.tiles(x.leaves, shown - {0}, pdf), [("rendering", 1)]
        for name, b in (("longer", pdf + b"\n"), ("shorter", pdf[:-1]), ("other", pdf.replace(b"25.20", b"25.21"))):
            yield name, self.tiles(x.leaves, shown, b), [("rendering", 1)]
        for path in sorted(x.folder.glob("reject-*.json")):
            y = json.loads(path.read_text())
            leaves = [unhex(y["payload"]) if i == y["leaf"] else leaf for i, leaf in enumerate(x.leaves)]
            yield path.name, self.tiles(leaves, shown, pdf), [("object", 1)]
        whole = made.Object("tiles-v1", (1, 1), [(int(i > 0), leaf) for i, leaf in enumerate(x.leaves)])
        item = made.Item(1, "whole", whole, {"original": ("data/001/o", pdf)})
        yield "handed over whole", made.bundle([item]), [("object", 1)]
        item = made.Item(1, "partial", whole, {"playable": ("data/001/o", pdf)})
        yield "as if it were sound", made.bundle([item]), [("object", 1)]

    def test_tiles(self):
        for name, data, lost in self.tiles_cases():
            with self.subTest(name):
                self.assertEqual(failed(findings_of(data)), lost)

    def test_every_profile(self):
        items = made.every_profile()
        seen = {next(p for p in v.PROFILES if v.re.fullmatch(p.pattern, i.obj.profile)) for i in items}
        self.assertEqual(seen, set(v.PROFILES))
        self.assertEqual(failed(findings_of(made.bundle(items), [self.owner])), [])

    def test_no_delivered_file_goes_unchecked(self):
        o = made.Object("chunk-v1", (1, 1), [(1, bytes(65536)), (1, b"b")])
        item = made.Item(1, "partial", o, {"playable": ("data/001/p", b"anything")}, [0])
        self.assertEqual(failed(findings_of(made.bundle([item]))), [("object", 1)])

    def test_a_stranger_s_signature(self):
        files = {}
        made.bundle([self.chunk()], files.update)
        found = findings_of(made.finish(files, made.sha_seed(b"stranger")), [self.owner])
        self.assertEqual(failed(found), [("signature", None)])

    def test_many_entries(self):
        for count in (65534, 65535, 65600):
            found = findings_of(made.zip_of({f"data/{i:06}": b"" for i in range(count)}))
            self.assertEqual((count, status(found, "zip-strict")), (count, "proven"))

    def test_true_is_no_version(self):
        found = findings_of(made.bundle([self.chunk()], statement={0: True}))
        self.assertEqual(failed(found), [("signature", None)])

    def test_hostile_names(self):
        for name in ("a//b", "a/", "/a", ".", "a/../b", "a b", "a\\b", "x" * 192):
            self.assertEqual(failed(findings_of(made.zip_of({name: b""}))), [("zip-strict", None)])

    def test_little_memory_for_large_claims(self):
        o = made.Object("chunk-v1", (1, 1), [(1, b"x")])
        head = b"\xa4\0\1\1" + o.record.replace(b"\3\1\4\1", b"\3\x1b\0\0\1\0\0\0\0\0\4\x1b\0\0\1\0\0\0\0\0", 1)
        claims = [
            head + b"\2\x81\x1b\0\0\1\0\0\0\0\0\3\x81" + made.enc(bytes(32)),  # 2^40 open leaves
            head + b"\2\x9a\0\x10\0\0",  # 2^20 runs that are not there
            head + b"\2\x82\1\x1b\0\0\0\xff\xff\xff\xff\xff\3\x9a\0\0\0\x80",  # tokens that are not there
            b"\xa4\0\1\1\xa7\0\1\1\x7b\xff\xff\xff\xff\xff\xff\xff\xff",  # a profile of 2^64 bytes
        ]
        tracemalloc.start()
        for claim in claims:
            item = self.chunk()
            item.head = claim
            found = Bytes(made.bundle([item])).verify()
            self.assertEqual(status(found, "object", 1), "failed")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        self.assertLess(peak, 64 << 20)

    def test_edits_signed_anew(self):
        """Whoever holds the disclosure key changes anything and signs again: a verdict, never an exception."""
        files, rng = {}, random.Random(2)
        made.bundle([self.chunk(parents=[bytes(32)])], files.update)
        names = sorted(n for n in files if n.startswith(("proof/", "data/", "disclosure")))
        for _ in range(300):
            changed = dict(files)
            name = rng.choice(names)
            b, at = bytearray(files[name]), rng.randrange(len(files[name]))
            b[at : at + rng.randrange(3)] = rng.randbytes(rng.randrange(3))
            changed[name] = bytes(b)
            found = Bytes(made.finish(changed)).verify()
            stated = name == "disclosure.cbor"  # a title, say: theirs to change
            self.assertTrue(stated or changed[name] == files[name] or failed(found), name)


class OtherVerifier(unittest.TestCase):
    """The verdicts of `casemate-verify`, where one is at hand."""

    def test_same_verdicts(self):
        program = os.environ.get("CASEMATE_VERIFY")
        if not program:
            self.skipTest("no casemate-verify at hand")
        files, rng = {}, random.Random(3)
        test = MadeBundles()
        made.bundle([test.chunk()], files.update)
        names = sorted(n for n in files if n.startswith(("proof/", "data/", "disclosure")))
        samples = [p.read_bytes() for p in sorted((VECTORS / "bundle").glob("*.zip"))]
        for _ in range(100):
            changed, name = dict(files), rng.choice(names)
            b = bytearray(files[name])
            b[rng.randrange(len(b))] ^= 1 << rng.randrange(8)
            changed[name] = bytes(b)
            samples.append(made.finish(changed))
        samples += [test.far(), made.bundle(made.every_profile()), *(data for _, data, _ in (*test.far_faults(), *test.tiles_cases()))]
        samples += [*(data for _, data in Sound().bundles()), *(data for data, lost in Sound().grid_cases() if not lost)]
        for data in samples:
            with tempfile.NamedTemporaryFile() as file:
                file.write(data)
                file.flush()
                theirs = json.loads(subprocess.run([program, "--json", file.name], capture_output=True).stdout)["findings"]
            theirs = [{"id": f["id"], "item": f.get("item"), "status": f["status"]} for f in theirs]
            self.assertEqual(short(findings_of(data)), theirs)


def raises(function, *arguments):
    try:
        function(*arguments)
    except v.Refused:
        return True
    return False


if __name__ == "__main__":
    unittest.main()
