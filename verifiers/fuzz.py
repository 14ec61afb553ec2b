#!/usr/bin/env python3
"""Differential fuzzing of the three verifiers: whatever a file is, they say the same of it.

    script/fuzz verifiers [--rounds N] [--seconds T] [--seed S] [--mode mix|bytes|resign] [--bundle FILE [--signer KEY] [--witness KEY]]… [--keep DIR]

Bundles are taken from tests/vectors/bundle and witness, made by rule (verifiers/python/bundles.py, of every profile) or given, changed, and shown
to casemate-verify (a process each), verifiers/python/verify.py (in this process) and verifiers/html/dist (a process of node).

  mix     changes of every depth: bytes; entries of the zip; files and fields under a signature made anew, by the true key or by a
          stranger's; leaves and acts sealed anew by who holds all keys. The three have to agree.
  bytes   one flip, insertion or cut of a byte. Each has to be refused as a container, nothing proven, by all three.
  resign  zipped again, lists and signature made anew by a stranger's key, with or without other changes. Never proven by any.

Without --bundle, `bytes` takes the bundle of script/every-profile, the others all. What they agree in is the verdict (something failed,
or nothing); where they only name other findings the file is counted apart ("named otherwise"). Both kinds are kept in DIR (target/fuzz)
and printed. Programs: $CASEMATE_VERIFY (target/debug/casemate-verify), node from $PATH, $CASEMATE_VERIFY_PAGE (verifiers/html/dist/core.mjs). Exit 0, 1 where they disagree, 2 wrong usage.
"""
import argparse
import base64
import contextlib
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "verifiers" / "python"))
import bundles as made  # noqa: E402
import verify as v  # noqa: E402

PATIENCE = 120  # seconds for one file, all three
STRANGER = v.sha(b"seed", b"a stranger's")
NAMED_OTHERWISE = 50  # files of the smaller kind that are kept


class Base:
    """A bundle that is changed: its bytes, its files, who has to stand behind it, which witnesses are trusted, and the keys and items if
    they are known. One that is `still` is shown as it is alone."""

    def __init__(self, name, data, signers, items=None, witnesses=(), still=False):
        self.name, self.data, self.signers, self.items, self.witnesses, self.still = name, data, signers, items, witnesses, still
        entries = v.read_zip(io.BytesIO(data), len(data))
        self.files = {name: data[e.start : e.start + e.size] for name, e in entries.items()}


def bases(given):
    if given.bundle:
        return [Base(path.name, path.read_bytes(), given.signer, None, given.witness) for path in given.bundle]
    owner, found = [made.key_of(made.SEEDS["owner"])], []
    items = made.every_profile()
    if given.mode != "bytes":
        folder = made.VECTORS / "bundle"
        for name, key in (("court", "owner"), ("press", "disclosure"), ("forged-rendering", "owner")):
            pin = bytes.fromhex((folder / f"{key}.key").read_text())
            found.append(Base(name, (folder / f"{name}.zip").read_bytes(), [pin]))
        pins = found[0].signers
        for path in sorted((made.VECTORS / "witness").glob("*.zip")):
            for case in json.loads(path.with_suffix(".expected.json").read_text()):
                found.append(Base(f"witness/{path.stem}", path.read_bytes(), pins, None, case["witnesses"], still=True))
        saw = made.Witness(STRANGER, b"saw", 0, 2), made.Witness(STRANGER, b"saw-too", 1), made.Witness(STRANGER, b"other", 1)
        found.append(Base("cosigned", made.bundle(items[:1], witnesses=saw), owner, items[:1], [saw[0].key.decode()]))
        for item in items:
            if item.source is None:
                found.append(Base(f"item-{item.number}", made.bundle([item]), owner, [item]))
    return [*found, Base("every-profile", made.bundle(items), owner, items)]


# ---- Changes. Each takes the source of chance and a base, and gives what was done and the bytes. ----


def edit_bytes(rng, b):
    """One flip, insertion or cut of one byte, or a cut of more at the end."""
    at = rng.randrange(len(b)) if b else 0
    match rng.randrange(4) if b else 1:
        case 0:
            return f"flip at {at}", b[:at] + bytes([b[at] ^ 1 << rng.randrange(8)]) + b[at + 1 :]
        case 1:
            at = rng.randrange(len(b) + 1)
            return f"insert at {at}", b[:at] + rng.randbytes(1) + b[at:]
        case 2:
            return f"cut at {at}", b[:at] + b[at + 1 :]
        case _:
            return f"end at {at}", b[:at]


def one_byte(rng, base):
    while True:
        what, data = edit_bytes(rng, base.data)
        if data != base.data:
            return what, data


def several_bytes(rng, base):
    b, size = base.data, rng.randrange(1, 3000)
    at, to = rng.randrange(len(b)), rng.randrange(len(b))
    match rng.randrange(3):
        case 0:
            return f"cut {size} at {at}", b[:at] + b[at + size :]
        case 1:
            return f"copy {size} from {at} to {to}", b[:to] + b[at : at + size] + b[to:]
        case _:
            return f"fill {size} at {at}", b[:at] + rng.randbytes(1) * len(b[at : at + size]) + b[at + size :]


def change_entries(rng, files):
    """Swaps, renames, drops, adds or empties files; the names stay in order."""
    files, names = dict(files), sorted(files)
    one, other = rng.sample(names, 2)
    match rng.randrange(6):
        case 0:
            files[one], files[other] = files[other], files[one]
            return f"{one} swapped with {other}", files
        case 1:
            new = rng.choice((one + "x", one.upper(), "a/../" + one, "data/new", "proof/" + one.split("/")[-1], "proof/001.via", one + "/x"))
            files[new] = files.pop(one)
            return f"{one} is now {new}", files
        case 2:
            del files[one]
            return f"without {one}", files
        case 3:
            new = rng.choice(("proof/001.via", "proof/002.commit.act", "data/more", "more", "proof/census.via", "proof/000.act"))
            files[new] = files[other]
            return f"with {new}", files
        case 4:
            files[one] = files[other]
            return f"{one} is {other}", files
        case _:
            files[one] = b""
            return f"{one} is empty", files


def rezip(rng, base):
    """The same lists and signature over other entries, or the directory in another form."""
    if rng.random() < 0.6:
        what, files = change_entries(rng, base.files)
        return what, made.zip_of(files)
    names = sorted(base.files)
    name = rng.choice(names)
    rows = [(n, base.files[n]) for n in names]
    i = names.index(name)
    match rng.randrange(3):
        case 0:
            rows.insert(i, rows[i])
            what = f"{name} twice"
        case 1:
            j = rng.randrange(len(rows))
            rows[i], rows[j] = rows[j], rows[i]
            what = f"{name} in the place of {names[j]}"
        case _:
            rows[i] = (name.swapcase(), rows[i][1])
            what = f"{name} in other letters"
    return what, zip_in_this_order(rows)


def zip_in_this_order(rows):
    out, directory, at = [], [], 0
    for name, data in rows:
        full, crc = b"casemate/" + name.encode(), v.zlib.crc32(data)
        out += [v.local_header(full, crc, len(data)), data]
        directory.append(v.central_header(full, crc, len(data), at))
        at += len(out[-2]) + len(data)
    central = b"".join(directory)
    return b"".join(out) + central + v.end_records(len(rows), len(central), at)


LISTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt", "disclosure.sig")


def change_value(rng, value):
    """Another value, different in one place inside."""
    if isinstance(value, (list, dict)) and value and rng.random() < 0.8:
        key = rng.choice(list(value) if isinstance(value, dict) else range(len(value)))
        copy = dict(value) if isinstance(value, dict) else list(value)
        if rng.random() < 0.15:
            del copy[key]
        elif isinstance(copy, list) and rng.random() < 0.15:
            copy.insert(key, rng.choice(copy))
        else:
            copy[key] = change_value(rng, copy[key])
        return copy
    same = {int: lambda x: rng.choice((x + 1, max(x - 1, 0), 0, 1, 2**53, 2**64 - 1)), bytes: lambda x: edit_bytes(rng, x)[1],
            str: lambda x: rng.choice((x + "x", x[:-1], "", x.upper(), x + "\n", "é" + x)), bool: lambda x: not x}  # fmt: skip
    if type(value) in same and rng.random() < 0.7:
        return same[type(value)](value)
    return rng.choice((None, True, False, 0, 1, 23, 24, 2**32, b"", bytes(32), "", "a", [], {}, [value], {0: value}))


def change_files(rng, files):
    """Other bytes, another field or other entries; the lists are left to be made."""
    files = {n: b for n, b in files.items() if n not in LISTS}
    if rng.random() < 0.2:
        return change_entries(rng, files)
    name = rng.choice(sorted(files))
    if rng.random() < 0.3:
        name = rng.choice([n for n in files if n == "disclosure.cbor" or n.endswith((".object", ".census", ".via", ".act"))])
    try:
        value = v.cbor(files[name], name)
    except v.Refused:
        value = None
    if value is not None and rng.random() < 0.7:
        files[name] = made.enc(change_value(rng, value))
        return f"a field of {name}", files
    what, files[name] = edit_bytes(rng, files[name])
    return f"{name}: {what}", files


def signed_by_stranger(rng, base):
    what, files = change_files(rng, base.files) if rng.random() < 0.6 else ("nothing else", dict(base.files))
    files = {n: b for n, b in files.items() if n not in LISTS}
    with contextlib.suppress(v.Refused):  # what is no statement is signed as it is
        statement = v.cbor(files.get("disclosure.cbor", b""), "statement")
        if isinstance(statement, dict) and rng.random() < 0.9:
            files["disclosure.cbor"] = made.enc(statement | {3: made.key_of(STRANGER)})
    return f"by a stranger, {what}", made.finish(files, STRANGER)


def all_by_stranger(rng, base):
    """The same things in a case of the stranger's own: true in itself, and by another owner."""
    if not base.items:
        return signed_by_stranger(rng, base)
    true = dict(made.SEEDS)
    try:
        made.SEEDS.update({name: v.sha(STRANGER, name.encode()) for name in true})
        return "a stranger's case", made.bundle(base.items)
    finally:
        made.SEEDS.update(true)


def signed_anew(rng, base):
    if not base.items:
        return signed_by_stranger(rng, base)
    what, files = change_files(rng, base.files)
    return f"signed anew, {what}", made.finish(files)


def sealed_anew(rng, base):
    """One item whose leaves are others: whoever seals may seal anything."""
    if not base.items:
        return signed_by_stranger(rng, base)
    item = rng.choice(base.items)
    old, leaves, profile, timebase = item.obj, list(item.obj.leaves), item.obj.profile, tuple(item.obj.timebase)
    i = rng.choice((0, rng.randrange(old.n), old.n - 1, rng.choice(sorted(item.shown) or [0])))
    ticks, payload = leaves[i]
    match rng.randrange(8):
        case 0:
            leaves[i] = rng.choice((0, 1, ticks + 1, max(ticks - 1, 0))), payload
            what = f"ticks of leaf {i}"
        case 1:
            j = rng.randrange(old.n)
            leaves[i], leaves[j] = leaves[j], leaves[i]
            what = f"leaves {i} and {j} swapped"
        case 2:
            leaves.insert(i, leaves[i])
            what = f"leaf {i} twice"
        case 3:
            profile = rng.choice((profile + ";1", profile.replace("1", "2"), profile.replace("0", "1", 1), *(x.obj.profile for x in base.items)))
            what = f"as {profile}"
        case 4:
            with contextlib.suppress(v.Refused):
                payload = made.enc(change_value(rng, v.cbor(payload, "leaf")))
            leaves[i] = ticks, payload
            what = f"a field of leaf {i}"
        case _:
            what, payload = edit_bytes(rng, payload)
            leaves[i] = ticks, payload
            what = f"leaf {i}: {what}"
    obj = made.Object(profile, timebase, leaves, rng.randbytes(8))
    shown = {k for k in item.shown if k < obj.n}
    with contextlib.suppress(v.Refused, ValueError, LookupError, TypeError, ArithmeticError, v.struct.error):
        if item.mode != "whole":
            return f"{old.profile}: {what}, rendered anew", made.bundle([made.part(1, obj, shown)])
    files = {role: file for role, file in item.files.items() if role != "leaves"}
    again = made.Item(item.number, item.mode, obj, files, None if item.mode == "whole" else shown)
    return f"{old.profile}: {what}", made.bundle([again])


# Of sound in MP4, Ogg and WebM verify.py doesn't check that the container's clock allows a cut (verifiers/python/README.md).
ORIGINALS = re.compile("(chunk|wav|amr-nb|amr-wb|mp3|adts-aac|flac|lines|csv)-v1(;.*)?")


def other_original(rng, base):
    """A whole file with other bytes, cut into leaves and sealed: where one verifier cuts, all have to."""
    wholes = [item for item in base.items or [] if item.mode == "whole" and ORIGINALS.fullmatch(item.obj.profile)]
    if not wholes:
        return sealed_anew(rng, base)
    old = rng.choice(wholes).obj
    source = next(item for item in wholes if item.obj is old).files["original"][1]
    what, source = edit_bytes(rng, source)
    for by in (0, -1, 1, -2, 2):
        for n in range(max(1, old.n - 3), old.n + 4):
            with contextlib.suppress(v.Refused, ArithmeticError, LookupError, TypeError, ValueError, v.struct.error):
                shape = made.Shape(old.profile, old.timebase, n, max(old.ticks + by, 0))
                rule = v.profile_of(shape)
                leaves = [(rule.ticks(i, 1), leaf) for i, leaf in enumerate(v.profile_of(shape).carve(v.Memory(source)))]
                if len(leaves) == n:
                    obj = made.Object(old.profile, old.timebase, leaves, rng.randbytes(8))
                    return f"{old.profile}: original, {what}", made.bundle([made.Item(1, "whole", obj, {"original": ("data/001/original", source)})])
    return f"{old.profile}: original that is not cut, {what}", made.bundle([made.Item(1, "whole", old, {"original": ("data/001/original", source)})])


def other_acts(rng, base):
    """An act, a note or a row of the census with another field."""
    if not base.items:
        return signed_by_stranger(rng, base)
    item, step = rng.choice(base.items), rng.choice(("grant", "lane", "census", "text", "note", "row", "commit", "via", "act"))
    change = (lambda x: change_value(rng, x)) if step not in ("text", "note", "row") else (lambda x: edit_bytes(rng, x)[1])
    hooks = {step: change}
    again = made.Item(item.number, item.mode, item.obj, {r: f for r, f in item.files.items() if r != "leaves"},
                      None if item.mode == "whole" else item.shown, far=step in ("commit", "via") or rng.random() < 0.2)  # fmt: skip
    if step == "act":
        again.other["act"] = lambda fields: {i: x for i, x in change(fields).items() if i < 16}
    with contextlib.suppress(TypeError, AttributeError, KeyError, ValueError, LookupError, OverflowError):
        return f"{item.obj.profile}: another {step}", made.bundle([again], hooks=hooks)
    return signed_anew(rng, base)


def cosigned_anew(rng, base):
    """A cosigned checkpoint of which something is other than it should be; who has to sign it signs it so."""
    if not base.items:
        return signed_by_stranger(rng, base)
    odd = lambda usual, *others: usual if rng.random() < 0.8 else rng.choice(others)
    name = odd(b"saw", b"", b"a b", b"a+b", "a\xa0b".encode(), "a\ufeffb".encode(), b"a\tb", b"a\x01b", b"a\xffb", "é".encode(), b"a" * 458, b"a" * 459)
    time = odd(rng.getrandbits(37), 0, 2**32, v.YEAR_9999, v.YEAR_9999 + 1, 2**63, v.U64, rng.getrandbits(64))
    size, kind = rng.choice((None, 0, 1, 2, 3, 4)), odd(b"\4", b"\1", b"\6", b"")

    def lines(all):
        match rng.randrange(4):
            case 0:
                return rng.choices(all, k=rng.randrange(4))
            case 1:
                return [b"".join(all).replace(*rng.choice(((b"\n", b""), (b"\n", b"\r\n"), (b" ", b"  "), (b"\xe2\x80\x94", b"-"))), 1)]
            case 2:
                return [all[0], edit_bytes(rng, all[1])[1]]
            case _:
                return [all[0], made.signature_line(name, bytes(4), base64.b64decode(all[1].split()[-1])[4:])]

    step = odd("", "text", "lines", "proof", "key")
    change = {"lines": lines, "proof": lambda x: change_value(rng, x)}.get(step, lambda x: edit_bytes(rng, x)[1])
    witness = made.Witness(STRANGER, name, time, size, kind, **{step: change})
    return f"cosigned anew by {name[:9]!r} {kind!r} at {time}, of size {size}, another {step or 'none'}", made.bundle([rng.choice(base.items)], witnesses=[witness])


CHANGES = {
    "mix": [one_byte, several_bytes, rezip, signed_by_stranger, signed_anew, signed_anew, sealed_anew, sealed_anew, sealed_anew, other_original, other_acts, cosigned_anew],
    "bytes": [one_byte],
    "resign": [signed_by_stranger, signed_by_stranger, signed_by_stranger, all_by_stranger],
}

# ---- The three ----


class TooLong(Exception):
    pass


class Verifiers:
    def __init__(self, folder, without):
        self.path = folder / "bundle.zip"
        self.box = os.environ.get("CASEMATE_VERIFY", str(ROOT / "target" / "debug" / "casemate-verify"))
        script = ROOT / "verifiers" / "html" / "tests" / "many.mjs"
        if not (script.parents[1] / "dist" / "core.mjs").exists():
            sys.exit("script/fuzz verifiers: verifiers/html/dist is not built (npm ci && npm run build in verifiers/html)")
        self.without = without
        self.node = subprocess.Popen(["node", script, *([os.environ["CASEMATE_VERIFY_PAGE"]] if "CASEMATE_VERIFY_PAGE" in os.environ else [])], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, data, signers, witnesses):
        """By the name of each verifier its findings as (id, item, status), or what went wrong with it; of a witness the facts are part of the id."""
        self.path.write_bytes(data)
        keys = [key.hex() for key in signers]
        print(json.dumps({"path": str(self.path), "signers": keys, "witnesses": list(witnesses)}), file=self.node.stdin, flush=True)
        command = [self.box, "--json", *(x for key in keys for x in ("--signer", key)), *(x for key in witnesses for x in ("--witness", key)), str(self.path)]
        signal.alarm(PATIENCE)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as box:
            try:
                python = self.guarded(lambda: v.verify(self.path, signers, (), witnesses))
                rust = self.guarded(lambda: self.read(box))
                page = self.guarded(lambda: self.checked(json.loads(self.node.stdout.readline())))
            finally:
                signal.alarm(0)
                box.kill()
        answers = {"casemate-verify": rust, "verify.py": python, "verify.html": page}
        return {name: found for name, found in answers.items() if name not in self.without}

    @staticmethod
    def read(box):
        out, err = box.communicate()
        if box.returncode not in (0, 1):
            raise ValueError(f"exit code {box.returncode}: {err[-200:]}")
        findings = json.loads(out)["findings"]
        if (box.returncode == 1) != any(f["status"] == "failed" for f in findings):
            raise ValueError("its exit code is not its findings'")
        return findings

    @staticmethod
    def checked(answer):
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer["findings"]

    @staticmethod
    def guarded(step):
        try:
            return [(f["id"] + Verifiers.seen(f), f.get("item"), f["status"]) for f in step()]
        except TooLong:
            raise
        except Exception as why:  # whatever it is: no verdict, so a disagreement
            return f"no verdict ({type(why).__name__}: {why})"

    @staticmethod
    def seen(finding):
        """What a finding on a witness says besides."""
        return "".join(f" {k}={x}" for k, x in sorted(finding["facts"].items()) if k != "cause") if finding["id"] == "witness" else ""

    def close(self):
        self.node.stdin.close()
        self.node.wait()


def outcome(findings):
    return findings if isinstance(findings, str) else any(f[2] == "failed" for f in findings)


def wanted(mode, answers):
    """Whether these are the answers that the mode calls for, whatever they agree in."""
    for findings in answers.values():
        if mode == "resign" and outcome(findings) is not True:
            return False
        if mode == "bytes" and (findings[0][::2] != ("zip-strict", "failed") or any(f[2] == "proven" for f in findings)):
            return False
    return True


def differences(answers):
    """The findings that are not in all three, and whose they are."""
    sets = {name: {(f"{id} {item or ''}".strip(), status) for id, item, status in f} if not isinstance(f, str) else {("", f)} for name, f in answers.items()}
    told = []
    for name, found in sets.items():
        own = sorted(found - set.intersection(*sets.values()))
        told += [f"{name}: " + ", ".join(" ".join(f) for f in own[:6]) + (f" and {len(own) - 6} more" if len(own) > 6 else "")] if own else []
    return "; ".join(told) or "their order"


def main():
    parser = argparse.ArgumentParser(prog="script/fuzz verifiers", description="Differential fuzzing of the three verifiers.", epilog=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="end earlier, when this time is over")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mode", choices=CHANGES, default="mix")
    parser.add_argument("--bundle", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--signer", type=v.key_argument, action="append", default=[], metavar="KEY", help="who stands behind the files of --bundle")
    parser.add_argument("--witness", type=v.witness_argument, action="append", default=[], metavar="KEY", help="a witness that is trusted with these files")
    parser.add_argument("--without", action="append", default=[], choices=("casemate-verify", "verify.py", "verify.html"), help="compare the other two alone")
    parser.add_argument("--keep", type=Path, default=ROOT / "target" / "fuzz", metavar="DIR")
    given = parser.parse_args()
    began, counts, kinds = time.monotonic(), Counter(), Counter()

    def too_long(*_):
        raise TooLong

    signal.signal(signal.SIGALRM, too_long)
    with tempfile.TemporaryDirectory(prefix="casemate-fuzz-") as folder:
        three, of = Verifiers(Path(folder), given.without), bases(given)
        todo, changed = [(base, "as it is", base.data) for base in of], [base for base in of if not base.still]

        def look(base, what, data, mode):
            try:
                answers = three.ask(data, base.signers, base.witnesses)
            except TooLong:  # whose answer is whose can't be told behind this
                given.keep.mkdir(parents=True, exist_ok=True)
                (file := given.keep / f"too-long-{given.mode}-{given.seed}-{counts['rounds']}.zip").write_bytes(data)
                sys.exit(f"script/fuzz verifiers: no verdict in {PATIENCE} s: {file} ({base.name}: {what})")
            outcomes = [outcome(f) for f in answers.values()]
            agreed = len({str(o) for o in outcomes}) == 1 and isinstance(outcomes[0], bool) and wanted(mode, answers)
            same = len({str(f) for f in answers.values()}) == 1
            kind = "agreed" if same and agreed else "named otherwise" if agreed else "disagreed"
            counts[kind] += 1
            counts["failed" if outcomes[0] else "nothing failed"] += agreed
            if kind == "agreed":
                return
            where = differences(answers)
            kinds[kind, re.sub(r"(?<=[a-z]) \d+\b", "", where)] += 1
            if kind == "disagreed" or counts[kind] <= NAMED_OTHERWISE:
                given.keep.mkdir(parents=True, exist_ok=True)
                file = given.keep / f"{kind.split()[0]}-{given.mode}-{given.seed}-{counts['rounds']}.zip"
                file.write_bytes(data)
                print(f"{kind}: {file} ({base.name}: {what})\n    {where}", flush=True)

        for base, what, data in todo:
            look(base, what, data, "mix")
        for i in range(given.rounds):
            if time.monotonic() - began > given.seconds:
                break
            rng = random.Random(f"{given.seed} {i}")
            base, change = rng.choice(changed), rng.choice(CHANGES[given.mode])
            what, data = change(rng, base)
            counts["rounds"] += 1
            look(base, what, data, given.mode)
        three.close()
    for (kind, where), count in kinds.most_common(20):
        print(f"{count:>6} {kind}: {where}")
    print(f"script/fuzz verifiers --mode {given.mode} --seed {given.seed}: {counts['rounds']} rounds over {len(of)} bundles; in all three something failed in "
          f"{counts['failed']}, nothing in {counts['nothing failed']}; {counts['named otherwise']} named otherwise, {counts['disagreed']} DISAGREED; "
          f"{time.monotonic() - began:.0f} s")  # fmt: skip
    return 1 if counts["disagreed"] else 0


if __name__ == "__main__":
    sys.exit(main())
