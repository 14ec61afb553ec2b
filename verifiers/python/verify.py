#!/usr/bin/env python3
"""Verifies a bundle of format casemate-bundle-v1. Python 3.11, its standard library, no network, nothing else.

    python3 verify.py BUNDLE [--signer KEY] [--tsa-root FILE] [--witness KEY] [--json] [--lang en|fr|zh] [--extract DIR]

Exit code 0: nothing failed; 1: something failed; 2: wrong usage, or the file can't be read.

Written from docs/format/{bundle,log,objects,profiles,reading,acts,vault,time,witness}.md alone, so that the other side can check a bundle
without running a program of the side that made it. Section numbers below are those of these pages. It keeps one rule:
whatever is not exactly as the pages say is refused, by raising `Refused`; only `verify` turns that into a finding.
It deliberately does not know whether what is proven is true, complete or lawful.

Read it so: the first fifteen hundred lines, up to "Profiles", are the whole proof: container, signatures, log, trees, verdict.
What follows are the forms of things, one class each, which only cut an original into leaves and make a copy of what is
open; an error there can fail a true bundle, but prove no leaf that was not sealed.
"""
import argparse
import base64
import calendar
import datetime
import functools
import hashlib
import json
import math
import os
import re
import stat
import struct
import subprocess
import sys
import tempfile
import zlib
from array import array
from bisect import bisect_right

U64 = 2**64 - 1
MAX_TICKS = 2**53 - 1
MAX_LEAVES = 2**40
MAX_RUNS = 2**20
MAX_ROWS = 2**48
PIECE = 1 << 16  # what is read at once of a large file
MIB = 1 << 20


class Refused(Exception):
    """A thing that is not as the format says; the text says which rule it broke."""


def need(condition, why):
    if not condition:
        raise Refused(why)


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def u64(n):
    return n.to_bytes(8, "big")


def lp(b):
    return u64(len(b)) + b


# ---- Bytes that are taken front to back, and the deterministic CBOR in them (objects.md §1) ----


class Section:
    """Bytes [start, start + size) of an open file."""

    def __init__(self, file, start, size):
        self.file, self.start, self.size, self.at = file, start, size, 0

    def read(self, n):
        n = min(n, self.size - self.at)
        self.file.seek(self.start + self.at)
        b = self.file.read(n)
        self.at += len(b)
        return b

    def range(self, at, n):
        self.at = at
        return self.read(n)


class Memory(Section):
    """The same over bytes that are in memory."""

    def __init__(self, data):
        self.data, self.size, self.at = data, len(data), 0

    def read(self, n):
        b = self.data[self.at : self.at + n]
        self.at += len(b)
        return b


class Reader:
    """Takes exact numbers of bytes, and CBOR items, from a section; never reads ahead of what is there."""

    def __init__(self, section, what):
        self.section, self.what = section, what
        self.buffer, self.at = b"", 0
        self.left = section.size - section.at  # bytes not yet in the buffer

    def take(self, n):
        end = self.at + n
        if end > len(self.buffer):
            have = len(self.buffer) - self.at
            need(n - have <= self.left, f"{self.what}: ends early")
            more = self.section.read(min(self.left, max(n - have, PIECE)))
            need(len(more) >= n - have, f"{self.what}: the file became shorter while it was read")
            self.left -= len(more)
            self.buffer, self.at, end = self.buffer[self.at :] + more, 0, n
        b = self.buffer[self.at : end]
        self.at = end
        return b

    def remaining(self):
        return len(self.buffer) - self.at + self.left

    def end(self):
        need(self.remaining() == 0, f"{self.what}: bytes behind the end")

    def head(self):
        """Major type and number of the next item: definite, in the shortest form."""
        first = self.take(1)[0]
        major, low = first >> 5, first & 31
        need(major not in (1, 6), f"{self.what}: a negative number or a tag")
        if low < 24:
            need(major < 7 or low in (20, 21, 22), f"{self.what}: an unknown simple value")
            return major, low
        need(low < 28 and major < 7, f"{self.what}: an indefinite length or a float")
        n = int.from_bytes(self.take(1 << (low - 24)), "big")
        need(n >= (24, 2**8, 2**16, 2**32)[low - 24], f"{self.what}: a number not in its shortest form")
        return major, n

    def _of(self, major, kind):
        found, n = self.head()
        need(found == major, f"{self.what}: {kind} expected")
        return n

    def uint(self, top=U64):
        n = self._of(0, "a number")
        need(n <= top, f"{self.what}: a number past its limit")
        return n

    def bytes(self, size=None, top=2**32):
        n = self._of(2, "a byte string")
        need(n <= top and size in (None, n), f"{self.what}: a byte string of the wrong length")
        return self.take(n)

    def text(self, top):
        n = self._of(3, "a text")
        need(n <= top, f"{self.what}: a text past its limit of {top} bytes")
        return utf8(self.take(n), self.what)

    def array(self, size=None, top=U64):
        n = self._of(4, "an array")
        need(n <= top and size in (None, n), f"{self.what}: an array of the wrong length")
        return n

    def keys(self, *keys):
        """The head of a map that has exactly these keys; each is then read by `key`."""
        need(self._of(5, "a map") == len(keys), f"{self.what}: a map with other keys")

    def key(self, k):
        need(self.uint() == k, f"{self.what}: key {k} expected")

    def path(self, number, hashes):
        """A number and a path of at most 64 hashes, under these two keys."""
        self.key(number)
        n = self.uint(MAX_ROWS)
        self.key(hashes)
        return n, [self.bytes(32) for _ in range(self.array(top=64))]

    def value(self, depth=16, budget=None):
        """Any item, nested at most `depth` deep, of at most 2^20 items."""
        budget = budget if budget is not None else [1 << 20]
        budget[0] -= 1
        need(budget[0] >= 0, f"{self.what}: more than 2^20 items")
        major, n = self.head()
        if major == 0:
            return n
        if major == 2:
            return self.take(n)
        if major == 3:
            return utf8(self.take(n), self.what)
        if major == 7:
            return {20: False, 21: True, 22: None}[n]
        need(depth > 0, f"{self.what}: nested deeper than 16")
        need(n <= self.remaining(), f"{self.what}: ends early")
        if major == 4:
            return [self.value(depth - 1, budget) for _ in range(n)]
        found, last = {}, -1
        for _ in range(n):
            k = self.uint()
            need(k > last, f"{self.what}: keys out of order or twice")
            found[k], last = self.value(depth - 1, budget), k
        return found


def utf8(b, what):
    try:
        return b.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(f"{what}: a text that is not UTF-8") from None


def cbor(b, what):
    r = Reader(Memory(b), what)
    v = r.value()
    r.end()
    return v


def is_map(v, n):
    """A map of exactly the keys 0 … n − 1."""
    return isinstance(v, dict) and list(v) == list(range(n))


def is_bytes(v, n=32):
    return isinstance(v, bytes) and len(v) == n


def is_uint(v, low=0, top=U64):
    return isinstance(v, int) and not isinstance(v, bool) and low <= v <= top


def ascending(values):
    return all(a < b for a, b in zip(values, values[1:]))


# ---- Ed25519, strict (log.md §1; RFC 8032 §5.1) ----

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)  # extended coordinates X, Y, Z, T: x = X/Z, y = Y/Z, T = XY/Z


def point_add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_double(p):
    a, b = p[0] * p[0] % P, p[1] * p[1] % P
    c, h = 2 * p[2] * p[2] % P, a + b
    e, g = h - (p[0] + p[1]) ** 2 % P, a - b
    f = c + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_mul(k, p):
    q = IDENTITY
    for bit in bin(k)[2:]:
        q = point_double(q)
        if bit == "1":
            q = point_add(q, p)
    return q


def point_encode(p):
    z = pow(p[2], P - 2, P)
    x, y = p[0] * z % P, p[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def point_decode(b):
    """The point that encodes to exactly these bytes, or None."""
    y, sign = int.from_bytes(b, "little") & (2**255 - 1), b[31] >> 7
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * v**3 % P * pow(u * v**7 % P, (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * ROOT_OF_MINUS_1 % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def is_identity(p):
    return p[0] % P == 0 and (p[1] - p[2]) % P == 0


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@functools.lru_cache(64)  # one key signs much
def public_key(b):
    """The point of a public key: canonical, of prime order."""
    p = point_decode(b) if len(b) == 32 else None
    need(p is not None, "a public key that is no canonical point")
    need(not is_identity(p) and is_identity(point_mul(L, p)), "a public key not of prime order")
    return p


def check_signature(key, message, signature):
    a = public_key(key)
    need(len(signature) == 64, "a signature that is not 64 bytes long")
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    need(s < L, "a signature with S not reduced")
    k = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % L
    found = point_add(point_mul(s, BASE), point_mul(L - k, a))
    need(point_encode(found) == r, "a signature that does not verify")
    need(not is_identity(point_mul(8, found)), "a signature with R of small order")


# ---- SSH signatures (PROTOCOL.sshsig), in the one spelling of ssh-keygen ----


def ssh_string(b):
    return struct.pack(">I", len(b)) + b


def check_sshsig(armoured, key, message, namespace):
    """Takes the 64 bytes of the signature out, builds the whole file again around them, and compares."""
    need(len(armoured) <= 4096, "an SSH signature past its limit of 4,096 bytes")
    frame = re.fullmatch(rb"-----BEGIN SSH SIGNATURE-----\n(.*)\n-----END SSH SIGNATURE-----\n", armoured, re.S)
    need(frame is not None, "an SSH signature in no armour of ssh-keygen")
    try:
        signature = base64.b64decode(frame[1].replace(b"\n", b""), validate=True)[-64:]
    except ValueError:
        raise Refused("an SSH signature that is not base64") from None
    parts = ssh_string(namespace) + ssh_string(b"") + ssh_string(b"sha512")
    blob = b"SSHSIG" + struct.pack(">I", 1) + ssh_string(ssh_string(b"ssh-ed25519") + ssh_string(key)) + parts
    blob += ssh_string(ssh_string(b"ssh-ed25519") + ssh_string(signature))
    text = base64.b64encode(blob)
    lines = [text[i : i + 70] for i in range(0, len(text), 70)]
    again = b"\n".join([b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""])
    need(armoured == again, "an SSH signature by another key, for another namespace, or written otherwise")
    check_signature(key, b"SSHSIG" + parts + ssh_string(hashlib.sha512(message).digest()), signature)


# ---- Checkpoints, log proofs, maps (log.md §§2, 3, 6) ----


KEY_NAME = r"[^\s+\x00-\x1f\x7f-\x9f]+"  # of a key in notes: no white space of Unicode, no control character, no plus sign


def b64(text, what):
    try:
        b = base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused(f"{what}: no base64") from None
    need(base64.b64encode(b) == text, f"{what}: base64 in a second spelling")
    return b


def number(text, what):
    need(re.fullmatch(rb"0|[1-9][0-9]{0,15}", text), f"{what}: a number in a second spelling")
    return int(text)


def open_note(note, name, key):
    """A signed note of the key of that name: tree size and root, the text that is signed, its signature lines as (name, bytes)."""
    need(len(note) <= 65536, "checkpoint: past its limit of 65,536 bytes")
    utf8(note, "checkpoint")
    text, blank, signatures = note.partition(b"\n\n")
    text += b"\n"
    lines = text.split(b"\n")
    need(blank and len(lines) == 4, "checkpoint: three lines and a blank one expected")
    need(lines[0] == name, "checkpoint: another origin")
    size, root = number(lines[1], "checkpoint"), b64(lines[2], "checkpoint")
    need(size <= MAX_ROWS and len(root) == 32, "checkpoint: size or root past its limit")
    need(signatures.endswith(b"\n"), "checkpoint: its last line has no end")
    rows = signatures[:-1].split(b"\n")
    need(len(rows) <= 64, "checkpoint: more than 64 signatures")
    key_id = sha(name, b"\n\x01", key)[:4]
    counted, found = 0, []
    for row in rows:
        parts = re.fullmatch(f"— ({KEY_NAME}) ([A-Za-z0-9+/=]+)", row.decode())
        need(parts, "checkpoint: a line that is no signature")
        signer, blob = parts[1].encode(), b64(parts[2].encode(), "checkpoint")
        need(len(blob) > 4, "checkpoint: a signature that is too short")
        found.append((signer, blob))
        if signer == name and blob[:4] == key_id:
            check_signature(key, text, blob[4:])
            counted += 1
    need(counted, "checkpoint: not signed by the key of the lane")
    return size, root, text, found


def check_path(leaf, index, size, path, root):
    """RFC 9162 §2.1.3.2."""
    need(index < size and len(path) <= 64, "an index past the size, or a path past its limit")
    at, last = index, size - 1
    for p in path:
        need(last > 0, "a path with a hash too many")
        if at & 1 or at == last:
            leaf = sha(b"\x01", p, leaf)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            leaf = sha(b"\x01", leaf, p)
        at, last = at >> 1, last >> 1
    need(last == 0 and leaf == root, "a path that does not lead to the root")


def check_consistency(size, root, later, later_root, path):
    """That the tree of `later` entries extends the one of `size` (RFC 9162 §2.1.4.2)."""
    need(size <= later and len(path) <= 64, "a consistency proof to a smaller tree, or past its limit")
    if size in (0, later):
        need(not path and root == (later_root if size else sha(b"")), "a consistency proof that does not hold")
        return
    if size & (size - 1) == 0:
        path = [root, *path]
    need(path, "a consistency proof that ends early")
    at, last = size - 1, later - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for p in path[1:]:
        need(last > 0, "a consistency proof with a hash too many")
        if at & 1 or at == last:
            old, new = sha(b"\x01", p, old), sha(b"\x01", p, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = sha(b"\x01", new, p)
        at, last = at >> 1, last >> 1
    need((old, new, last) == (root, later_root, 0), "a consistency proof that does not hold")


def map_leaf(salt, key, value):
    return sha(b"\x00casemate/map/v1\0", lp(salt), lp(key), lp(value))


class Lane:
    """The log of one device, as entry 0 declares it."""

    def __init__(self, case, lane, key, ssh_key, disclosure_key, role, owner):
        self.case, self.lane, self.key, self.ssh_key = case, lane, key, ssh_key
        self.disclosure_key, self.role, self.owner = disclosure_key, role, owner
        self.name = b"casemate/" + lane.hex().encode()
        self.checked = None  # the last note, and what came of it

    def check_logged(self, proof, checkpoint, object_root):
        """The index at which an act stands in the log; the note in its proof has to be this checkpoint, if one is given."""
        need(len(proof) <= 262144, "log proof: past its limit of 262,144 bytes")
        head, blank, note = proof.partition(b"\n\n")
        lines = head.split(b"\n")
        need(blank and len(lines) >= 2 and lines[0] == b"c2sp.org/tlog-proof@v1", "log proof: no tlog-proof@v1")
        need(lines[1].startswith(b"index ") and len(lines) <= 66, "log proof: an index and at most 64 hashes expected")
        index, path = number(lines[1][6:], "log proof"), [b64(line, "log proof") for line in lines[2:]]
        need(all(len(p) == 32 for p in path), "log proof: a hash that is not 32 bytes long")
        need(checkpoint in (None, note), "log proof: its checkpoint is not the bundle's")
        size, root = self.check_note(note)
        check_path(self.entry(self.lane, object_root), index, size, path, root)
        return index

    def entry(self, lane, object_root):
        """The leaf hash of an act in a lane of this case."""
        return sha(b"\x00casemate/entry/v1\0", self.case, lane, object_root)

    def check_note(self, note):
        """Its tree size and root; what came of the last note is remembered, for each act comes with the same."""
        if self.checked is None or self.checked[0] != note:
            try:
                self.checked = note, open_note(note, self.name, self.key)[:2]
            except Refused as why:
                self.checked = note, why
        if isinstance(self.checked[1], Refused):
            raise self.checked[1]
        return self.checked[1]


def lane_id(case, key):
    return sha(b"casemate/lane/v1\0", case, key)


def read_lane_act(fields, case):
    """Entry 0 of a lane from its sixteen values (log.md §4)."""
    need(fields[0] == {0: "lane", 1: 1, 2: True, 3: 0}, "lane act: of another kind or version")
    need(fields[1] == 1 and fields[2] == case, "lane act: of another compartment or subject")
    need(all(fields[i] is None for i in (3, 4, *range(8, 16))), "lane act: a field that has to be null")
    grant, owner, signature = fields[5], fields[6], fields[7]
    need(isinstance(grant, bytes) and is_bytes(owner) and is_bytes(signature, 64), "lane act: no grant, owner, signature")
    g = cbor(grant, "grant")
    need(is_map(g, 4) and g[0] == case, "grant: for another case")
    need(isinstance(g[2], list) and len(g[2]) == 3 and all(is_bytes(k) for k in g[2]), "grant: three keys expected")
    need(g[1] == lane_id(case, g[2][0]), "grant: the lane id does not follow from case and key")
    role = g[3].encode() if isinstance(g[3], str) else b""
    need(0 < len(role) <= 64 and not CONTROL.search(g[3]), "grant: no role")
    for key in g[2]:
        public_key(key)
    check_signature(owner, b"casemate/grant/v1\0" + grant, signature)
    return Lane(case, g[1], *g[2], g[3], owner)


# ---- Time (time.md): of a token the imprint is looked at here; whether it holds, `openssl ts` says ----

SHA_256 = bytes.fromhex("0609608648016503040201")
STAMP = {"note": 65536, "proof": 4096, "salt": 32, "tsr": 262144}  # proof/time/NN.*: what each token has, and its limit
BESIDE = {"crt": 32 * MIB, "crl": 16 * MIB}  # what it may have
BLOCK = re.compile(rb"-----BEGIN (CERTIFICATE|X509 CRL)-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END \1-----")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def check_answer(answer, imprint):
    """The token of an answer of status 0 with nothing else, which has this imprint in it: no other can be one of it."""
    body = sequence(answer)
    need(body[:5] == b"\x30\x03\x02\x01\x00", "token: an answer that grants nothing, or says more")
    token = body[5:]
    sequence(token)
    spellings = (b"\x30\x0d" + SHA_256 + b"\x05\x00", b"\x30\x0b" + SHA_256)
    need(any(x + b"\x04\x20" + imprint in token for x in spellings), "token: it stamps something else")
    return token


def sequence(b):
    """What is inside a SEQUENCE of DER that is all of these bytes."""
    need(len(b) > 2 and b[0] == 0x30, "token: no answer")
    extra = max(b[1] - 128, 0)  # octets of the length, where it doesn't fit the one
    size = int.from_bytes(b[2 : 2 + extra], "big") if extra else b[1]
    shortest = extra < 4 and (not extra or size >= max(128, 1 << 8 * (extra - 1)))
    need(shortest and 2 + extra + size == len(b), "token: no DER, or bytes behind it")
    return b[2 + extra :]


def unarmoured(b):
    """The certificates or lists in a PEM file, in their order."""
    found = [b64(text.replace(b"\r", b"").replace(b"\n", b""), "certificates") for _, text in BLOCK.findall(b)]
    need(len(found) <= 64 and b.count(b"-----BEGIN ") == len(found), "certificates: no PEM, or more than 64")
    return found


def openssl_time(answer, data, roots, beside):
    """The time of a token, in RFC 3339, if openssl finds that it holds under these roots at that time; None if it isn't known under
    which root it stands. Revocation lists are not read."""
    with tempfile.TemporaryDirectory() as folder:
        names = {"tsr": answer, "data": data, "roots": b"".join(map(pem, roots)), "crt": beside}
        paths = {name: os.path.join(folder, name) for name in names}
        for name, content in names.items():
            with open(paths[name], "wb") as out:
                out.write(content or b"")

        def run(*arguments):
            command = ["openssl", "ts", *arguments, "-in", paths["tsr"]]
            return subprocess.run(command, capture_output=True, text=True, errors="replace", env=os.environ | {"LC_ALL": "C"})

        told = run("-reply", "-text")
        found = re.findall(r"^Time stamp: (\w{3}) +(\d+) (\d\d):(\d\d):(\d\d)(\.\d+)? (\d{4}) GMT$", told.stdout, re.M)
        need(told.returncode == 0 and len(found) == 1 and found[0][0] in MONTHS, "token: openssl can't read it")
        month, day, hour, minute, second, fraction, year = found[0]
        text = f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}T{hour}:{minute}:{second}{fraction}Z"
        seconds = calendar.timegm((int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second)))
        untrusted = ["-untrusted", paths["crt"]] if beside else []
        verdict = run("-verify", "-data", paths["data"], "-CAfile", paths["roots"], "-attime", str(seconds), *untrusted)
        if verdict.returncode and "certificate verify error" in verdict.stderr:
            return None
        need(verdict.returncode == 0, "token: openssl refuses it")
        return text


def instant(time):
    """Times of openssl_time in their order, whatever decimals they have."""
    whole, _, decimals = time[:-1].partition(".")
    return whole, decimals.ljust(9, "0")


def pem(certificate):
    if b"-----BEGIN" in certificate:
        return certificate + b"\n"
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(certificate) + b"-----END CERTIFICATE-----\n"


# ---- Witnesses (witness.md): who saw the log, by their word ----

WITNESS = {"note": 65536, "proof": 4096, "key": 513}  # proof/witness/NN.*: what each cosigned checkpoint has, and its limit
ED25519_COSIGNATURE = b"\x04"
YEAR_9999 = 253_402_300_799  # its last second


class Witness:
    """A verifier key of a witness, `name+id+key` (§1)."""

    def __init__(self, text):
        what = "key of a witness"
        need(len(text.encode()) <= 512, f"{what}: past its limit of 512 bytes")
        parts = re.fullmatch(rf"({KEY_NAME})\+([0-9a-f]{{8}})\+([A-Za-z0-9+/=]+)", text)
        need(parts, f"{what}: no name+id+key")
        typed = b64(parts[3].encode(), what)
        need(len(typed) == 33 and typed[:1] == ED25519_COSIGNATURE, f"{what}: of another kind or length")
        self.text, self.name, self.key = text, parts[1].encode(), typed[1:]
        self.id = sha(self.name, b"\n", typed)[:4]
        need(self.id.hex() == parts[2], f"{what}: its id does not follow from name and key")
        public_key(self.key)

    def cosigned(self, text, line):
        """When it saw the checkpoint of this text, in seconds, by a signature line of a note as `open_note` gives it."""
        name, blob = line
        need((name, blob[:4]) == (self.name, self.id), "cosignature: of another witness")
        need(len(blob) == 76, "cosignature: of another length")
        time = int.from_bytes(blob[4:12], "big")
        need(time <= YEAR_9999, "cosignature: a time past the year 9999")
        check_signature(self.key, b"cosignature/v1\ntime %d\n" % time + text, blob[12:])
        return time


# ---- Objects: record, mask, tokens (objects.md §§2, 3) ----

GGM, ITEM, LEAF, NODE = b"casemate/ggm/v1\0", b"casemate/item/v1\0", b"\x00casemate/leaf/v1\0", b"\x01casemate/node/v1\0"


def split(m):
    """The largest power of two below m: the leaves on the left of a node over m > 1."""
    return 1 << ((m - 1).bit_length() - 1)


class Record:
    def __init__(self, r):
        r.keys(*range(7))
        r.key(0), need(r.uint() == 1, "record: another suite")
        r.key(1)
        self.profile = r.text(64)
        need(re.fullmatch(r"[!-~]{1,64}", self.profile), "record: a profile of other characters")
        r.key(2)
        self.oid = r.bytes(32)
        r.key(3)
        self.n = r.uint(MAX_LEAVES)
        need(self.n > 0, "record: no leaves")
        r.key(4)
        self.ticks = r.uint(MAX_TICKS)
        r.key(5), r.array(2)
        self.timebase = (r.uint(), r.uint())
        need(0 not in self.timebase, "record: a timebase of 0")
        r.key(6)
        self.root = r.bytes(32)

    def object_root(self):
        profile = lp(self.profile.encode())
        numbers = b"".join(map(u64, (self.n, self.ticks, *self.timebase)))
        return sha(b"\x02casemate/object/v1\0", u64(1), profile, self.oid, numbers, self.root)


class Disclosure:
    """The record, the mask and a reader that stands before the tokens."""

    def __init__(self, section, what):
        r = self.reader = Reader(section, what)
        r.keys(*range(4))
        r.key(0), need(r.uint() == 1, f"{what}: another version")
        r.key(1)
        self.record = Record(r)
        r.key(2)
        self.runs = [r.uint(MAX_LEAVES) for _ in range(r.array(top=MAX_RUNS))]
        need(self.runs and all(self.runs[1:]), f"{what}: a run of 0 leaves inside the mask, or no run")
        need(sum(self.runs) == self.record.n, f"{what}: the runs do not add up to the leaves")
        r.key(3)
        self.tokens = r.array(top=2 * 41 * len(self.runs))
        self.ends = []
        for run in self.runs:
            self.ends.append(run + (self.ends[-1] if self.ends else 0))

    def open_leaves(self):
        return sum(self.runs[::2])

    def hidden(self):
        """The hidden runs, as (first leaf, leaves)."""
        return [(self.ends[i] - self.runs[i], self.runs[i]) for i in range(1, len(self.runs), 2)]

    def verify(self, payload, consumer, rule):
        """Walks the tree. `payload(i)` gives ticks and bytes of open leaf i; `consumer` hears of every leaf in order.
        `rule.ticks(first, leaves)` says what ticks a range of leaves has by its profile."""
        self.payload, self.consumer, self.rule = payload, consumer, rule
        got = self._walk(0, self.record.n)
        need(self.tokens == 0, f"{self.reader.what}: a token too many")
        self.reader.end()
        need(got == (self.record.n, self.record.ticks, self.record.root), "the leaves do not rebuild the root")

    def _walk(self, first, m):
        run = bisect_right(self.ends, first)
        if self.ends[run] < first + m:
            k = split(m)
            return self._join(self._walk(first, k), self._walk(first + k, m - k))
        r = self.reader
        need(self.tokens > 0, f"{r.what}: a token is missing")
        self.tokens -= 1
        if run % 2 == 0:
            return self._open(r.bytes(32), first, m)
        r.array(3)
        n, ticks, node = r.uint(), r.uint(MAX_TICKS), r.bytes(32)
        need(n == m, f"{r.what}: a hidden token of another size")
        need(ticks == self.rule.ticks(first, m), f"{r.what}: hidden ticks that the profile does not give")
        self.consumer.hidden(first, m)
        return n, ticks, node

    def _open(self, seed, first, m):
        if m > 1:
            k = split(m)
            left = self._open(sha(GGM, seed, b"\x00"), first, k)
            return self._join(left, self._open(sha(GGM, seed, b"\x01"), first + k, m - k))
        ticks, payload = self.payload(first)
        need(ticks == self.rule.ticks(first, 1), f"leaf {first}: ticks that the profile does not give")
        self.consumer.leaf(first, payload)
        oid, i = self.record.oid, u64(first)
        item = sha(ITEM, sha(GGM, seed, b"\x02"), oid, i, lp(payload))
        return 1, ticks, sha(LEAF, oid, i, u64(ticks), item)

    @staticmethod
    def _join(a, b):
        need(a[1] + b[1] <= MAX_TICKS, "the sum of the ticks is past its limit")
        return a[0] + b[0], a[1] + b[1], sha(NODE, u64(a[0]), u64(a[1]), a[2], u64(b[0]), u64(b[1]), b[2])


class Stream:
    """The payloads of the open leaves, one after the other."""

    def __init__(self, section, what, limit):
        self.reader, self.limit = Reader(section, what), limit

    def __call__(self, i):
        return self.reader.uint(MAX_TICKS), self.reader.bytes(top=self.limit)


class Anything:
    """A profile's place where none is known, and a consumer that only listens."""

    def __init__(self):
        self.payloads = {}

    def leaf(self, i, payload):
        self.payloads[i] = payload

    def hidden(self, first, m):
        pass


class ActRule:
    def ticks(self, first, m):
        return m


def open_act(act, leaves, masks, what):
    """An act's object root and the values of its open leaves; exactly one of these masks is open."""
    d = Disclosure(act, what)
    r = d.record
    need((r.profile, r.n, r.ticks, r.timebase) == ("act-v1", 16, 16, (1, 1)), f"{what}: no act")
    need(d.runs in masks, f"{what}: other leaves are open than have to be")
    need(2 * d.open_leaves() <= leaves.size, f"{what}: ends early")
    stream, fields = Stream(leaves, what, 1 << 24), Anything()
    d.verify(stream, fields, ActRule())
    stream.reader.end()
    return r.object_root(), act_fields(fields.payloads, what)


def act_fields(payloads, what):
    """The values of an act's open leaves; what every act has is in its form (objects.md §4)."""
    fields = {i: cbor(b, what) for i, b in payloads.items()}
    if 0 in fields:
        head = fields[0]
        need(is_map(head, 4) and isinstance(head[2], bool) and is_uint(head[1]) and is_uint(head[3]), f"{what}: leaf 0")
        need(isinstance(head[0], str) and re.fullmatch("[a-z0-9-]{1,64}", head[0]), f"{what}: a kind of other characters")
    need(is_uint(fields.get(1, 0)) and is_bytes(fields.get(2, bytes(32))), f"{what}: compartment or subject")
    for roots in (fields.get(3), fields.get(4)):
        if roots is not None:
            need(isinstance(roots, list) and 0 < len(roots) <= 65536, f"{what}: an empty or no list of object roots")
            need(all(map(is_bytes, roots)) and ascending(roots), f"{what}: object roots not in order, or twice")
    return fields


def mask_of(open_leaves):
    """The runs over sixteen leaves that open these."""
    runs, state = [0], True
    for i in range(16):
        if (i in open_leaves) != state:
            runs.append(0)
            state = not state
        runs[-1] += 1
    return runs


EXHIBIT, DERIVE, CENSUS, ALL = (mask_of(m) for m in ((0, 1, 4, 7), (0, 1, 4, 11), (0, 7), range(16)))
TIMESTAMP = mask_of((0, 5, 6, 8, 9, 10))

# ---- The strict zip (bundle.md §1) ----

ENTRIES, NAME, BIG = 100_000, 200, 0xFFFFFFFF
SEGMENT = re.compile(rb"casemate(/[A-Za-z0-9._-]+)+")


def zip64(*values):
    """What stands in the fixed fields for these values, and the extra field (or none) that holds the large ones."""
    large = [v for v in values if v >= BIG]
    extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    return [min(v, BIG) for v in values], extra


def local_header(name, crc, size):
    (small, _), extra = zip64(size, size)
    version = 45 if extra else 20
    head = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", version, 0, 0, 0, 0x21, crc, small, small, len(name), len(extra))
    return head + name + extra


def central_header(name, crc, size, offset):
    (small, _, at), extra = zip64(size, size, offset)
    version = 45 if extra else 20
    head = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", version, version, 0, 0, 0, 0x21, crc, small, small,
                       len(name), len(extra), 0, 0, 0, 0, at)  # fmt: skip
    return head + name + extra


def end_records(entries, size, offset):
    records = b""
    if entries >= 0xFFFF or size >= BIG or offset >= BIG:
        records = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, offset)
        records += struct.pack("<4sIQI", b"PK\6\7", 0, offset + size, 1)
    small = min(entries, 0xFFFF)
    return records + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, small, small, min(size, BIG), min(offset, BIG), 0)


class Entry:
    def __init__(self, start, size, digest):
        self.start, self.size, self.digest = start, size, digest


def read_zip(file, size):
    """The entries by their name under casemate/, each with its SHA-256; every byte of the file is accounted for."""
    need(size <= MAX_TICKS, "zip: past its limit of 2^53 - 1 bytes")
    whole, at, found, directory, last = Section(file, 0, size), 0, {}, [], b""
    while (fixed := whole.range(at, 30))[:4] == b"PK\3\4":
        need(len(fixed) == 30 and len(found) < ENTRIES, "zip: cut, or more than 100,000 entries")
        crc, length, _, name_size, extra_size = struct.unpack("<IIIHH", fixed[14:])
        need(0 < name_size <= NAME and extra_size in (0, 20), "zip: a name or an extra field of a wrong length")
        name, extra = whole.read(name_size), whole.read(extra_size)
        if extra_size and len(extra) == 20:
            length = int.from_bytes(extra[4:12], "little")
        need(fixed + name + extra == local_header(name, crc, length), "zip: a local header that is not the one expected")
        need(SEGMENT.fullmatch(name) and not re.search(rb"/\.\.?(/|$)", name), "zip: a name that is not allowed")
        need(name > last, "zip: names not in order, or twice")
        start = at + 30 + name_size + extra_size
        need(length <= size - start, "zip: an entry reaches past the end")
        check, digest, left = 0, hashlib.sha256(), length
        while left:
            piece = whole.read(min(left, PIECE))
            need(piece, "zip: the file became shorter while it was read")
            check, left = zlib.crc32(piece, check), left - len(piece)
            digest.update(piece)
        need(check == crc, "zip: a checksum that does not fit")
        found[name[9:].decode()] = Entry(start, length, digest.digest())
        directory.append((name, crc, length, at))
        at, last = start + length, name
    begin, whole.at = at, at
    for entry in directory:
        header = central_header(*entry)
        need(whole.read(len(header)) == header, "zip: the central directory is not the one expected")
        at += len(header)
    end = end_records(len(directory), at - begin, begin)
    need(whole.read(len(end) + 1) == end, "zip: the end records are not the ones expected, or not the end")
    return found


# ---- The bag and the statement (bundle.md §§2, 3) ----

TAGS = ("bagit.txt", "bag-info.txt", "README.en.txt", "README.fr.txt", "README.zh-Hans.txt", "disclosure.cbor",
        "disclosure.sig", "manifest-sha256.txt", "tagmanifest-sha256.txt")  # fmt: skip
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ROLES = {
    "whole": [["original"]],
    "partial": [["leaves"], ["leaves", "playable"], ["leaves", "pages"]],
    "release": [["leaves", "text"], ["leaves", "text", "vtt"]],
    "text": [["text"]],
}
SIZES = {"object": 64 * MIB, "act": 32 * MIB, "leaves": 32 * MIB, "tlog": MIB // 4, "via": MIB // 4, "census": MIB // 16}
ACT = ("act", "leaves", "tlog")
FILES = ("object", *ACT, "census")
DISCLOSER = {"object": 64 * MIB, "leaves": 32 * MIB, "sig": 64}
DISCLOSERS = 16
NUMBERED = 64  # the most tokens of time, and the most cosigned checkpoints
VIA = ("via", "commit.act", "commit.leaves", "commit.tlog")  # in place of `tlog`, of an act that is another lane's


class Item:
    def __init__(self, v, press):
        need(is_map(v, 8), "statement: an item of another shape")
        self.number, self.title, self.mode, self.root, files, reasons, self.source, commitment = v.values()
        need(is_uint(self.number, 1) and isinstance(self.title, str), "statement: an item without number or title")
        need(self.mode in ROLES and (self.mode == "text") == press, "statement: a mode that its profile does not have")
        text = self.mode == "text"
        need(self.root is None if text else is_bytes(self.root), "statement: an object root missing, or one too many")
        need(is_bytes(commitment) if text else commitment is None, "statement: a commitment missing, or one too many")
        need(self.source is None or is_uint(self.source), "statement: a source that is no number")
        need(isinstance(files, list) and all(is_map(f, 2) for f in files), "statement: no list of files")
        need([f[1] for f in files] in ROLES[self.mode], "statement: other roles than the mode has")
        self.files = {f[1]: f[0] for f in files}
        self.index = None  # where its act stands in the bundle's lane, once that is proven
        good = all(isinstance(p, str) and p.startswith("data/") for p in self.files.values())
        need(good, "statement: a delivered file outside data/")
        need(isinstance(reasons, list) and all(is_map(r, 2) for r in reasons), "statement: no list of reasons")
        need(all(isinstance(r[0], str) and is_uint(r[1]) for r in reasons), "statement: a reason of another shape")
        need(ascending([r[0].encode() for r in reasons]), "statement: reasons not in order, or twice")

    def proof(self, kind):
        return f"proof/{self.number:03}.{kind}"


class Statement:
    def __init__(self, v):
        narrowed = is_map(v, 13) and is_uint(v[0], 2, 2)
        need(narrowed or is_map(v, 11) and is_uint(v[0], 1, 1), "statement: of another version or shape")
        first, more = list(v.values())[:11], list(v.values())[11:]
        _, profile, self.case, self.key, self.purpose, self.recipient, self.date, previous, items, people, language = first
        need(profile in ("court", "press"), "statement: another profile")
        self.press = profile == "press"
        self.profile = profile
        need(self.case is None if self.press else is_bytes(self.case), "statement: a case id missing, or one too many")
        need(is_bytes(self.key), "statement: no disclosure key")
        need(isinstance(self.purpose, str) and isinstance(self.recipient, str), "statement: no purpose or recipient")
        need(isinstance(self.date, str) and is_date(self.date), "statement: no date in UTC with seconds")
        need(previous is None or is_bytes(previous), "statement: no previous disclosure")
        need(isinstance(items, list) and isinstance(people, list), "statement: no lists of items and people")
        need(all(isinstance(p, str) for p in people), "statement: an alias that is no text")
        need(ascending([p.encode() for p in people]), "statement: aliases not in order, or twice")
        need(language in ("fr", "en", "zh-Hans"), "statement: another language")
        self.language = language
        self.items = [Item(i, self.press) for i in items]
        need(ascending([i.number for i in self.items]), "statement: items not in order of their numbers")
        self.numbered = {i.number: i for i in self.items}
        paths = [p for i in self.items for p in i.files.values()]
        need(len(set(paths)) == len(paths), "statement: a delivered file given twice")
        self.called_for = {*TAGS, *paths}
        self.previous, self.name, self.disclosers = previous, None, 0
        if narrowed:
            self.name, self.disclosers = more
            need(not self.press and previous is not None, "statement: narrowed from nothing")
            need(self.name is None or isinstance(self.name, str) and 1 <= len(self.name.encode()) <= 256, "statement: no name")
            need(is_uint(self.disclosers, 1, DISCLOSERS), "statement: no number of disclosers")
            self.called_for |= {f"{discloser(n)}.{kind}" for n in range(1, self.disclosers + 1) for kind in DISCLOSER}
        if not self.press:
            self.called_for |= {"proof/checkpoint", "proof/checkpoint.sig"}
            self.called_for |= {f"proof/{act}.{kind}" for act in ("lane", "census") for kind in ACT}
            self.called_for |= {i.proof(kind) for i in self.items for kind in FILES}


def discloser(place):
    """The stem of the files of the discloser at a place, from 1."""
    return f"proof/disclosers/{place:02}"


class Discloser:
    """What somebody who passed the bundle on signed, as far as it is open (§6)."""

    HEAD, TEXTS = 7, ("name", "purpose", "recipient")

    def __init__(self, disclosed, leaves, signature):
        what = "discloser"
        d = Disclosure(disclosed, what)
        r = d.record
        need((r.profile, r.timebase, r.ticks) == ("discloser-v1", (1, 1), r.n) and r.n >= 4, f"{what}: another object")
        need(2 * d.open_leaves() <= leaves.size, f"{what}: ends early")
        stream, found = Stream(leaves, what, 1 << 24), Anything()
        d.verify(stream, found, ActRule())
        stream.reader.end()
        self.root, self.passed = r.object_root(), r.n - 4
        fields = {i: cbor(b, what) for i, b in found.payloads.items()}
        head = fields.get(0)
        need(is_map(head, self.HEAD) and is_uint(head[0], 1, 1) and is_uint(head[1], 0, 1), f"{what}: no head")
        _, self.narrower, self.key, self.case, self.date, self.previous, self.narrowed = head.values()
        need(is_bytes(self.key) and is_bytes(self.case) and isinstance(self.date, str), f"{what}: no head")
        need(all(b is None or is_bytes(b) for b in (self.previous, self.narrowed)), f"{what}: no head")
        public_key(self.key)
        self.texts = {name: fields[i] for i, name in enumerate(self.TEXTS, 1) if i in fields}
        for name, text in self.texts.items():
            need(isinstance(text, str) or text is None and name == "name", f"{what}: no {name}")
        self.masks, numbers = {}, []
        for i in sorted(i for i in fields if i > 3):
            item = fields[i]
            need(is_map(item, 3) and is_uint(item[0]) and is_bytes(item[1]), f"{what}: no item")
            runs = item[2]
            need(isinstance(runs, list) and 0 < len(runs) <= MAX_RUNS and all(map(is_uint, runs)), f"{what}: no mask")
            need(all(runs[1:]) and 0 < sum(runs) <= U64, f"{what}: no mask")
            numbers.append(item[0])
            self.masks[item[0]] = item[1], runs
        need(all(a < b for a, b in zip(numbers, numbers[1:])), f"{what}: items not in order, or twice")
        check_signature(self.key, b"casemate/discloser/v1\0" + self.root, signature)

    def said(self):
        """What the finding tells."""
        facts = {"key": self.key.hex(), "date": self.date}
        facts |= {name: text for name, text in self.texts.items() if text is not None}
        if hidden := [name for name in self.TEXTS if name not in self.texts]:
            facts["texts_withheld"] = ",".join(hidden)
        if self.passed > len(self.masks):
            facts["items_withheld"] = self.passed - len(self.masks)
        return facts


def hidden_runs(runs):
    """The hidden runs of a mask, as (first leaf, leaf behind)."""
    at, found = 0, []
    for i, run in enumerate(runs):
        if i % 2:
            found.append((at, at + run))
        at += run
    return found


def within(wide, narrow):
    """Whether all that `wide` hides `narrow` hides too."""
    runs = hidden_runs(narrow)
    starts = [a for a, _ in runs]
    for a, b in hidden_runs(wide):
        i = bisect_right(starts, a) - 1
        if i < 0 or runs[i][1] < b:
            return False
    return sum(wide) == sum(narrow)


def added(wide, narrow):
    """What `narrow` hides and `wide` does not, as (first leaf, leaves); the one hides all that the other does."""
    earlier, found, at = hidden_runs(wide) if wide else [], [], 0
    for a, b in hidden_runs(narrow):
        while at < len(earlier) and earlier[at][1] <= b:
            found.append((a, earlier[at][0] - a))
            a = earlier[at][1]
            at += 1
        found.append((a, b - a))
    return [(a, m) for a, m in found if m > 0]


def is_date(text):
    m = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z", text, re.A)
    if not m:
        return False
    year, month, day, hour, minute, second = map(int, m.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= days[month - 1] and hour < 24 and minute < 60 and second <= 60


class Bundle:
    def __init__(self, file, size, signers, roots=(), witnesses=()):
        self.file, self.size, self.signers, self.roots, self.findings = file, size, signers, roots, []
        self.witnesses = witnesses
        self.statement = self.lane = self.census = None
        self.chain, self.first_unknown = None, False

    def section(self, path, limit=None):
        entry = self.entries.get(path)
        need(entry, f"{path}: absent")
        need(limit is None or entry.size <= limit, f"{path}: past its limit")
        return Section(self.file, entry.start, entry.size)

    def read(self, path, limit):
        s = self.section(path, limit)
        b = s.read(s.size)
        need(len(b) == s.size, f"{path}: the file became shorter while it was read")
        return b

    def say(self, id, status, item=None, **facts):
        facts = {k.replace("_", "-"): str(v) for k, v in facts.items()}
        self.findings.append({"id": id, "item": item, "status": status, "facts": facts})
        return status == "proven"

    def check(self, id, step, item=None, **known):
        """Runs a step that gives facts beside those known before, or refuses."""
        try:
            return self.say(id, "proven", item, **known, **(step() or {}))
        except Refused as why:
            return self.say(id, "failed", item, **known, cause=why)

    # ---- the findings, in order (§5) ----

    def verify(self):
        held = self.check("zip-strict", self.zip_strict) and self.check("manifest", self.manifest)
        if len(self.findings) == 1:
            self.say("manifest", "not-checked")
        if held and self.check("signature", self.signature):
            self.believed()
        else:
            if not held:
                self.say("signature", "not-checked")
            self.say("signer-pinned", "not-checked")
            self.say("time", "not-checked")
        for id in ("freshness", "content"):
            self.say(id, "not-checked")
        return self.findings

    def zip_strict(self):
        self.entries = read_zip(self.file, self.size)

    def manifest(self):
        """The lists and what they list. Whether a file is called for is known when the statement is read: `signature`."""
        payload = self.listed("manifest-sha256.txt")
        tags = self.listed("tagmanifest-sha256.txt")
        there = set(self.entries) - {"tagmanifest-sha256.txt", "disclosure.sig"}
        need(payload == {p for p in there if p.startswith("data/")}, "manifest-sha256.txt: not the payload files that are there")
        need(tags == there - payload, "tagmanifest-sha256.txt: not the tag files that are there")
        need(self.read("bagit.txt", PIECE) == BAGIT, "bagit.txt: no BagIt 1.0")

    def listed(self, path):
        """The paths of a manifest; each listed file is there and equal."""
        found, lines = set(), self.read(path, 32 * MIB).split(b"\n")
        need(lines.pop() == b"", f"{path}: its last line has no end")
        last = b""
        for line in lines:
            m = re.fullmatch(rb"([0-9a-f]{64})  ([A-Za-z0-9._/-]{1,191})", line)
            need(m and m[2] > last, f"{path}: a line of another form, or out of order")
            last, name = m[2], m[2].decode()
            need(name in self.entries, f"{name}: listed, but absent")
            need(self.entries[name].digest == bytes.fromhex(m[1].decode()), f"{name}: not the file that is listed")
            found.add(name)
        return found

    def signature(self):
        self.statement = Statement(cbor(self.read("disclosure.cbor", 4 * MIB), "statement"))
        there, called_for = set(self.entries), set(self.statement.called_for)
        for item in self.statement.items:
            if item.proof("via") in there:
                called_for.discard(item.proof("tlog"))
                called_for |= {item.proof(kind) for kind in VIA}
        called_for |= {f"{stem}.{kind}" for stem in self.numbered("witness") for kind in WITNESS}
        for stem in self.numbered("time"):
            called_for |= {f"{stem}.{kind}" for kind in STAMP} | {f"{stem}.{kind}" for kind in BESIDE} & there
            recorded = {f"{stem}.{kind}" for kind in ACT}
            called_for |= recorded if recorded & there else set()
        if there != called_for:
            why = f"{min(called_for ^ there)}: missing, or not called for"
            self.findings[-1] |= {"status": "failed", "facts": {"cause": why}}
        tags, armoured = self.read("tagmanifest-sha256.txt", 32 * MIB), self.read("disclosure.sig", 4096)
        check_sshsig(armoured, self.statement.key, tags, b"disclosure@casemate")
        return {"key": self.statement.key.hex(), "date": self.statement.date, "profile": self.statement.profile}

    def believed(self):
        """What is checked once the container holds and is signed."""
        s, key = self.statement, self.statement.key
        at = len(self.findings)
        if not s.press:
            self.check("owner-grant", self.owner_grant)
        of_case = {self.lane.owner, self.lane.disclosure_key} & self.signers if self.lane else set()
        if s.disclosers:
            # Whoever expects the case has not said who may pass its bundles on.
            pinned = "proven" if key in self.signers else "failed" if self.signers and not of_case else "not-checked"
            self.say("owner-pinned", "proven" if of_case else "not-checked", **({"key": self.lane.owner.hex()} if self.lane else {}))
            self.findings.insert(at, self.findings.pop())
        else:
            pinned = "proven" if key in self.signers or of_case else "failed" if self.signers else "not-checked"
        self.say("signer-pinned", pinned, key=key.hex())
        self.findings.insert(at, self.findings.pop())
        if s.press:
            for item in s.items:
                self.say("object", "not-checked", item.number, reason="text-without-proof")
            self.say("time", "not-checked")
            return
        if self.lane:
            self.check("checkpoint", self.checkpoint)
        else:
            self.say("checkpoint", "not-checked")
        if s.disclosers:
            self.disclosers()
        for item in s.items:
            self.check_item(item)
        self.time()
        self.cosignatures()

    def disclosers(self):
        """Those who passed the bundle on, one after the other (§6): behind the first that fails none is checked."""
        s, chain, ahead = self.statement, [], 0
        for place in range(1, s.disclosers + 1):
            if not self.lane or self.chain == []:
                self.say("discloser", "not-checked", place=place + ahead)
                continue
            try:
                found = self.discloser(place, chain[-1] if chain else None)
            except Refused as why:
                self.say("discloser", "failed", cause=why, place=place + ahead)
                self.chain = []
                continue
            if place == 1 and found.narrower:
                ahead, self.first_unknown = 1, True
                self.say("discloser", "not-checked", place=1, key=self.lane.disclosure_key.hex(), reason="no-statement")
            self.say("discloser", "proven", place=place + ahead, **found.said())
            chain.append(found)
        self.chain = chain if len(chain) == s.disclosers else None

    def discloser(self, place, before):
        """The discloser at a place: follows the one before, opens nothing that was hidden, and says at the end what the statement says."""
        s, stem = self.statement, discloser(place)
        read = {kind: self.section(f"{stem}.{kind}", limit) for kind, limit in DISCLOSER.items()}
        found = Discloser(read["object"], read["leaves"], self.read(f"{stem}.sig", DISCLOSER["sig"]))
        need(found.case == s.case, "discloser: of another case")
        if found.narrower:
            need(found.previous == (before.root if before else None) and found.narrowed, "discloser: it does not follow the one before")
            need(not before or found.passed <= before.passed, "discloser: it has more items than the one before")
        else:
            need(not before, "discloser: a first one behind another")
            need(found.key == self.lane.disclosure_key, "discloser: the first one's key is not the one that was granted")
            need(found.previous is None and found.narrowed is None, "discloser: the first one follows another")
        need(list(found.masks) == [i.number for i in s.items], "discloser: other items than the bundle has")
        for item in s.items:
            root, runs = found.masks[item.number]
            need(root == item.root, f"discloser: item {item.number} is another object")
            need(not before or within(before.masks[item.number][1], runs), f"discloser: item {item.number}: it opens what was withheld")
        if place == s.disclosers:
            same = (found.narrower, found.key, found.date, found.narrowed, found.passed) == (1, s.key, s.date, s.previous, len(s.items))
            texts = {"name": s.name, "purpose": s.purpose, "recipient": s.recipient}
            need(same and found.texts == texts, "discloser: it says otherwise than the statement")
            for item in s.items:
                runs = Disclosure(self.section(item.proof("object"), SIZES["object"]), "object").runs
                need(runs == found.masks[item.number][1], f"discloser: item {item.number}: another mask than the object's")
        return found

    def withheld_by(self, item):
        """Who withheld which part of an item whose object holds."""
        if not self.chain:
            self.say("withheld-by", "not-checked", item.number)
            return
        by, times, before = [], [], None
        for place, found in enumerate(self.chain, 1):
            runs = found.masks[item.number][1]
            more, before = added(before, runs), runs
            name = "1-2" if self.first_unknown and place == 1 else str(place + self.first_unknown)
            if more:
                by.append(f"{name}:{sum(m for _, m in more)}")
                if "playable" in item.profile.roles and (at := withheld(item.profile, more)["withheld_at_ms"]):
                    times.append(f"{name}:{at}")
        facts = {"by": ";".join(by)} | ({"by_ms": ";".join(times)} if times else {})
        self.say("withheld-by", "not-checked" if self.first_unknown else "proven", item.number, **facts)

    def act(self, stem, masks):
        """An act that is shown: its index in the log, its root's values."""
        leaves = self.section(f"{stem}.leaves", SIZES["leaves"])
        return open_act(self.section(f"{stem}.act", SIZES["act"]), leaves, masks, f"{stem}.act")

    def owner_grant(self):
        root, fields = self.act("proof/lane", [ALL])
        lane = read_lane_act(fields, self.statement.case)
        # Who passes a bundle on has no grant: the first discloser has (`disclosers`).
        need(self.statement.disclosers or lane.disclosure_key == self.statement.key, "the grant is for another disclosure key")
        self.lane = lane  # from here on its keys are the owner's word, whether or not the log holds
        need(self.logged_at("proof/lane", root) == 0, "the lane act is not entry 0 of its lane")
        return {"owner": lane.owner.hex(), "role": lane.role, "lane": lane.lane.hex()}

    def logged_at(self, stem, object_root):
        """The index of an act in the log under the bundle's checkpoint."""
        proof = self.read(f"{stem}.tlog", SIZES["tlog"])
        return self.lane.check_logged(proof, self.read("proof/checkpoint", PIECE), object_root)

    def checkpoint(self):
        lane, note = self.lane, self.read("proof/checkpoint", PIECE)
        size, root = lane.check_note(note)
        check_sshsig(self.read("proof/checkpoint.sig", PIECE), lane.ssh_key, note, b"checkpoint@casemate")
        return {"size": size, "root": root.hex()}

    def numbered(self, folder):
        """The stems of the tokens, or of the cosigned checkpoints: 01, 02 … as far as there is the next note."""
        found = []
        for n in range(1, NUMBERED + 1):
            stem = f"proof/{folder}/{n:02}"
            if self.statement.press or f"{stem}.note" not in self.entries:
                break
            found.append(stem)
        return found

    def time(self):
        """Of the tokens of time; under a root that was given, of each item too (time.md §4)."""
        stamps, pinned = self.numbered("time"), []
        if not stamps or not self.lane:
            self.say("time", "not-checked")
            return
        for number, stem in enumerate(stamps, 1):
            try:
                if found := self.stamp(stem):
                    time, size = found
                    pinned.append((-self.covered(size), time, size))
            except Refused as why:
                self.say("time", "failed", stamp=number, cause=why)
                return
        if not pinned:
            self.say("time", "not-checked", trust="not-checked", tokens=len(stamps))
            return
        covers, time, size = min(pinned, key=lambda p: (p[0], instant(p[1])))
        self.say("time", "proven", time=time, trust="pinned", revocation="not-checked", size=size, covers=f"{-covers}/{len(self.statement.items)}")
        for item in self.statement.items:
            times = [time for _, time, size in pinned if item.index is not None and item.index < size]
            self.say("time", "proven" if times else "not-checked", item.number, **({"time": min(times, key=instant)} if times else {}))

    def covered(self, size):
        """How many items stand among the first `size` entries of the bundle's lane."""
        return sum(item.index is not None and item.index < size for item in self.statement.items)

    def earlier(self, stem, note):
        """Opens a note of the lane that the bundle's checkpoint extends, as the proof beside it says: its tree size, text and lines."""
        r = Reader(self.section(f"{stem}.proof", STAMP["proof"]), "consistency proof")
        path = [r.bytes(32) for _ in range(r.array(top=64))]
        r.end()
        size, root, text, lines = open_note(note, self.lane.name, self.lane.key)
        check_consistency(size, root, *self.lane.check_note(self.read("proof/checkpoint", PIECE)), path)
        return size, text, lines

    def stamp(self, stem):
        """Checks one token; its time and the entries of what it stamps, if it stands under a root that was given."""
        note, salt, answer = (self.read(f"{stem}.{kind}", STAMP[kind]) for kind in ("note", "salt", "tsr"))
        beside = {kind: self.read(f"{stem}.{kind}", BESIDE[kind]) if f"{stem}.{kind}" in self.entries else b"" for kind in BESIDE}
        size, _, _ = self.earlier(stem, note)
        need(len(salt) == 32, f"{stem}.salt: not 32 bytes")
        data = b"casemate/stamp/v1\0" + salt + lp(note)
        token = check_answer(answer, sha(data))
        if f"{stem}.act" in self.entries:
            act, fields = self.act(stem, [TIMESTAMP])
            need(fields[0] == {0: "timestamp", 1: 1, 2: False, 3: 0}, f"{stem}.act: no timestamp act")
            said = [salt, note, token, unarmoured(beside["crt"]), unarmoured(beside["crl"])]
            need([fields[i] for i in (5, 6, 8, 9, 10)] == said, f"{stem}.act: it records something else")
            self.logged_at(stem, act)
        if not self.roots or beside["crl"]:
            return None
        try:
            time = openssl_time(answer, data, self.roots, beside["crt"])
        except FileNotFoundError:  # no openssl on this machine
            return None
        return time and (time, size)

    def cosignatures(self):
        """Of each cosigned checkpoint who saw it, and when (witness.md §4)."""
        for number, stem in enumerate(self.numbered("witness"), 1):
            try:
                witness, time, size = self.cosignature(stem)
            except Refused as why:
                self.say("witness", "failed", number=number, cause=why)
                continue
            said = {"witness": witness.name.decode(), "witness_key": witness.text, "time": rfc3339(time), "size": size}
            covers = f"{self.covered(size)}/{len(self.statement.items)}"
            self.say("witness", "proven" if witness.text in self.witnesses else "not-checked", **said, covers=covers)

    def cosignature(self, stem):
        """Checks one cosigned checkpoint: its witness, the time, how many entries it has."""
        need(self.lane, "the owner's grant for this lane could not be read")
        note, key = (self.read(f"{stem}.{kind}", WITNESS[kind]) for kind in ("note", "key"))
        need(key.endswith(b"\n"), f"{stem}.key: its line has no end")
        witness = Witness(utf8(key[:-1], f"{stem}.key"))
        size, text, lines = self.earlier(stem, note)
        # Of the two one is the lane's, or the note would not have been opened; no line is that and a cosignature.
        need(len(lines) == 2, f"{stem}.note: two signatures expected, the lane's and the witness's")
        return witness, witness.cosigned(text, lines[1]), size

    def census_root(self):
        """The root of the census map; opened once."""
        if self.census is None:
            try:
                root, fields = self.act("proof/census", [CENSUS])
                need(fields[0] == {0: "census", 1: 1, 2: False, 3: 0}, "census: no census act")
                need(is_bytes(fields[7]), "census: no root of a map")
                self.logged_at("proof/census", root)
                self.census = fields[7]
            except Refused as why:
                self.census = why
        if isinstance(self.census, Refused):
            raise self.census
        return self.census

    def check_item(self, item):
        n = item.number
        if self.lane:
            seal = item.root.hex()[:16]
            if self.check("logged", lambda: self.logged(item), n, seal=seal) and item.source is not None:
                self.check("parent", lambda: self.parent(item), n, **{"from": item.source})
            self.check("census", lambda: self.counted(item), n)
        else:
            self.say("logged", "not-checked", n)
        try:
            object_facts, files, unseen = self.object(item)
        except Differs as why:
            self.say("rendering", "failed", n, cause=why)
            return
        except Refused as why:
            self.say("object", "failed", n, cause=why)
            return
        except (ArithmeticError, LookupError, TypeError, ValueError, struct.error) as why:
            self.say("object", "failed", n, cause=f"not understood ({type(why).__name__})")
            return
        self.say("object", "proven", n, **object_facts)
        if files:
            self.say("rendering", "proven", n, files=",".join(files))
        if unseen:
            self.say("container", "not-checked", n)
        if self.statement.disclosers and item.hidden:
            self.withheld_by(item)

    def logged(self, item):
        stem = item.proof("act")[:-4]
        root, fields = self.act(stem, [EXHIBIT, DERIVE])
        kind, place = ("derive", 11) if 11 in fields else ("exhibit", 7)
        need(fields[0] == {0: kind, 1: 1, 2: False, 3: 0}, "act: of another kind or version")
        need(kind == "derive" or fields[1] == 1, "act: an exhibit of another compartment than the case's")
        need(fields[place] == item.root, "act: it holds another object root")
        item.parents = fields[4] or []
        if item.proof("via") in self.entries:
            return self.logged_by_way_of(item, root)
        item.index = self.logged_at(stem, root)
        return {"index": item.index}

    def logged_by_way_of(self, item, object_root):
        """Where an act stands in another lane, whose head a commit act of the bundle's lane has seen (log.md §6)."""
        r = Reader(self.section(item.proof("via"), SIZES["via"]), "via")
        r.keys(*range(8))
        r.key(0)
        other = r.bytes(32)
        r.key(1)
        size = r.uint(MAX_ROWS)
        r.key(2)
        head = r.bytes(32)
        index, path = r.path(3, 4)
        r.key(5)
        row = r.uint(MAX_ROWS)
        rows, row_path = r.path(6, 7)
        r.end()
        need(other != self.lane.lane, "via: it leads to the bundle's own lane")
        check_path(self.lane.entry(other, object_root), index, size, path, head)
        stem = item.proof("commit")
        root, fields = self.act(stem, [CENSUS])
        need(fields[0] == {0: "commit", 1: 1, 2: True, 3: 0}, "commit: no commit act")
        need(is_bytes(fields[7]), "commit: no root of a map")
        check_path(map_leaf(bytes(32), other, u64(size) + head), row, rows, row_path, fields[7])
        self.logged_at(stem, root)
        return {"index": index, "lane": other.hex()}

    def parent(self, item):
        source = self.statement.numbered.get(item.source)
        need(source and source.root in item.parents, f"act: item {item.source} is not among its parents")

    def counted(self, item):
        map_root = self.census_root()
        r = Reader(self.section(item.proof("census"), SIZES["census"]), "census row")
        r.keys(*range(6))
        r.key(0)
        salt = r.bytes(32)
        r.key(1)
        need(r.bytes(32) == item.root, "census row: of another object")
        r.key(2)
        value = r.bytes(48)
        r.key(3)
        index = r.uint(MAX_ROWS)
        rows, path = r.path(4, 5)
        r.end()
        check_path(map_leaf(salt, item.root, value), index, rows, path, map_root)
        return {"acts": int.from_bytes(value[:8], "big")}

    def object(self, item):
        """Facts of the object, the roles that are rendered, and whether a leaf that is told of is withheld."""
        d = Disclosure(self.section(item.proof("object"), SIZES["object"]), "object")
        record = d.record
        need(record.object_root() == item.root, "object: the record is not the one of the statement's object root")
        profile = profile_of(record)
        if item.mode == "whole":
            need(d.runs == [record.n], "object: handed over whole, but a leaf is hidden")
            pieces = profile.carve(self.section(item.files["original"]))
            d.verify(lambda i: (profile.ticks(i, 1), next_piece(pieces)), Listener(), profile)
            need(next(pieces, None) is None, "original: more leaves than the object has")
            rendered = ["original"]
        else:
            stream = Stream(self.section(item.files["leaves"]), "leaves", profile.limit)
            need((item.mode == "release") == (profile.mode == "release"), "object: of another profile than its mode has")
            need(list(item.files) == list(profile.roles), "object: other files than its profile has")
            need(2 * d.open_leaves() <= stream.reader.remaining(), "leaves: end early")
            rendered = [role for role in profile.roles if role != "leaves"]
            files = {role: Expected(self.section(item.files[role]), item.files[role]) for role in rendered}
            consumer = profile.render(files)
            d.verify(stream, consumer, profile)
            stream.reader.end()
            consumer.end()
            for file in files.values():
                if file.differs:
                    raise Differs(f"{file.path}: not what the proven leaves make, from byte {file.section.at} or shortly before")
        hidden = item.hidden = d.hidden()
        item.profile = profile
        facts = {"seal": item.root.hex()[:16], "profile": record.profile, "leaves": record.n, "hidden": sum(m for _, m in hidden)}
        if "playable" in profile.roles:
            facts |= withheld(profile, hidden)
        return facts, rendered, hidden and sum(hidden[-1]) > record.n - profile.trail


def next_piece(pieces):
    piece = next(pieces, None)
    need(piece is not None, "original: fewer leaves than the object has")
    return piece


def withheld(profile, hidden):
    """How long a recording is, how much of it is withheld, and where: whole milliseconds, ends rounded outward."""
    def ms(ticks, up=0):
        return (ticks * 1000 * profile.timebase[0] + up * (profile.timebase[1] - 1)) // profile.timebase[1]

    ranges = [(profile.before(first), profile.before(first + m)) for first, m in hidden]
    ranges = [(ms(a), ms(b, 1)) for a, b in ranges if a < b]
    return {
        "duration_ms": ms(profile.total, 1),
        "withheld_ms": sum(b - a for a, b in ranges),
        "withheld_at_ms": ",".join(f"{a}-{b}" for a, b in ranges),
    }


def rfc3339(seconds):
    return (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)).isoformat() + "Z"


def verify(path, signers=(), roots=(), witnesses=()):
    """The findings about the bundle at this path, in order; `signers` are public keys of 32 bytes, `roots` certificates of
    authorities of time, PEM or DER, `witnesses` texts of verifier keys."""
    with open(path, "rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise OSError(f"{path}: not a file")
        return Bundle(file, state.st_size, set(signers), roots, witnesses).verify()


# ---- Profiles (profiles.md): one class each. A class has
#   pattern    its string, whole; the groups are its parameters
#   lead, trail, each    leaves without ticks before and behind the packets; ticks of a packet
#   limit      the most bytes of one leaf
#   carve      cuts a source into the payloads of its leaves (mode `whole`)
#   render     the consumer that makes the delivered files again from the open leaves (modes `partial`, `release`)
# A new profile is a new class in PROFILES; nothing else knows its name. ----


def cbor_head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    size = next(s for s in (1, 2, 4, 8) if n < 1 << 8 * s)
    return bytes([major << 5 | 23 + size.bit_length()]) + n.to_bytes(size, "big")


def cbor_map(*values):
    """The deterministic map of these values under the keys 0, 1, … None is left out, with its key."""
    pairs = [(k, v) for k, v in enumerate(values) if v is not None]
    return cbor_head(5, len(pairs)) + b"".join(cbor_head(0, k) + cbor_item(v) for k, v in pairs)


def cbor_item(v):
    if isinstance(v, int):
        return cbor_head(0, v)
    if isinstance(v, list):
        return cbor_head(4, len(v)) + b"".join(map(cbor_item, v))
    b = v.encode() if isinstance(v, str) else v
    return cbor_head(3 if isinstance(v, str) else 2, len(b)) + b


class Expected:
    """A delivered file, compared with what the verifier itself writes. The first difference is kept, not raised: whether
    the leaves themselves hold is known at the end of the walk, and is said before it."""

    def __init__(self, section, path):
        self.section, self.path, self.differs = section, path, False

    def write(self, b):
        self.differs = self.differs or self.section.read(len(b)) != b

    def end(self):
        self.differs = self.differs or self.section.at != self.section.size


class Differs(Refused):
    """A rendered file is not the verifier's own."""


class Profile:
    pattern = ""
    lead = trail = 0
    each = 1
    timebase = (1, 1)
    limit = 1 << 24
    roles = ("leaves",)  # the delivered files of a partial disclosure
    mode = "partial"

    def __init__(self, record):
        self.n, self.total = record.n, record.ticks
        self.packets = -(-record.ticks // self.each)
        need(record.timebase == self.timebase, "object: a timebase that is not its profile's")
        need(0 < record.n == self.lead + self.packets + self.trail, "object: leaves and ticks do not fit its profile")

    def before(self, i):
        """The ticks of the leaves before leaf i."""
        return min(max(i - self.lead, 0) * self.each, self.total)

    def ticks(self, first, m):
        return self.before(first + m) - self.before(first)

    def carve(self, source):
        raise Refused("object: a thing of this profile is never handed over whole")

    def render(self, _files):
        return Listener()


class Listener:
    """Hears the leaves in order: `leaf` of an open one, `hidden` of withheld ones, at last `end`."""

    def leaf(self, i, payload):
        pass

    def hidden(self, first, m):
        pass

    def end(self):
        pass


class Chunk(Profile):
    pattern = "chunk-v1"
    limit = 65536
    mode = "whole"

    def carve(self, source):
        piece = source.read(65536)
        yield piece
        while len(piece) == 65536 and (piece := source.read(65536)):
            yield piece


class Recording(Profile):
    """CFG, packets, META, container."""

    lead, trail = 1, 2
    roles = ("leaves", "playable")
    codec, rate, channels = "", 0, 1
    meta_limit = 16 * MIB

    def render(self, files):
        return Playable(self, files["playable"])

    def cfg(self, valid_bits=None, mask=None):
        return cbor_map(1, self.codec, self.rate, self.channels, self.packets, valid_bits, mask)

    def container(self, pieces, literal):
        """`pieces` is (origin, bytes) in order; empty ones go, neighbours of one origin are joined."""
        joined = []
        for origin, size in pieces:
            if size and joined and joined[-2] == origin:
                joined[-1] += size
            elif size:
                joined += [origin, size]
        need(len(joined) <= 2 * 16384, "container: more than 16,384 pieces")
        return cbor_map(1, joined, literal)


class Playable(Listener):
    """The playable copy of a recording: `open_packet` and `stand_in` of its profile write it."""

    def __init__(self, profile, out):
        self.profile, self.out = profile, out

    def leaf(self, i, payload):
        if i == 0:
            self.out.write(self.profile.begin(payload))
        elif i <= self.profile.packets:
            self.out.write(self.profile.open_packet(i - 1, payload))

    def hidden(self, first, m):
        self.out.differs = self.out.differs or first == 0  # without CFG no copy can be made
        for i in range(first, min(first + m, self.profile.packets + 1)):
            if self.out.differs:
                break
            self.out.write(self.profile.stand_in(i - 1))

    def end(self):
        self.out.write(self.profile.finish())
        self.out.end()


QUARTER = [round(4096 * math.sin(math.pi / 2 * k / 256)) for k in range(257)]


def sine(step):
    quadrant, r = step >> 8, step & 255
    v = QUARTER[256 - r] if quadrant & 1 else QUARTER[r]
    return -v if quadrant & 2 else v


def alaw(v):
    """ITU-T G.711, as alaw_compress of G.191: of 16 bits the upper 12 count, below zero those of the complement."""
    magnitude, segment = (~v if v < 0 else v) >> 4, 0
    if magnitude > 15:
        segment = 1
        while magnitude > 31:
            magnitude, segment = magnitude >> 1, segment + 1
        magnitude -= 16
    return (magnitude | segment << 4 | (0x80 if v >= 0 else 0)) ^ 0x55


def ulaw(v):
    """ITU-T G.711: of the magnitude of 16 bits the upper 14 count."""
    magnitude = min((abs(v) >> 2) + 33, 0x1FFF)
    segment = (magnitude >> 6).bit_length() + 1
    low = 15 - (magnitude >> segment & 15)
    return (8 - segment) << 4 | low | (0x80 if v >= 0 else 0)


class Wav(Recording):
    pattern = "wav-v1;(u8|s16|s24|s32|f32|f64|alaw|ulaw);([1-9][0-9]{3,5});([1-9][0-9]?)"
    # of each format: the fmt tag, bytes a sample, a sample of the tone
    FORMATS = {
        "u8": (1, 1, lambda v: bytes([(v >> 8) + 128])),
        "s16": (1, 2, lambda v: struct.pack("<h", v)),
        "s24": (1, 3, lambda v: struct.pack("<i", v << 8)[:3]),
        "s32": (1, 4, lambda v: struct.pack("<i", v << 16)),
        "f32": (3, 4, lambda v: struct.pack("<f", v / 32768)),
        "f64": (3, 8, lambda v: struct.pack("<d", v / 32768)),
        "alaw": (6, 1, lambda v: bytes([alaw(v)])),
        "ulaw": (7, 1, lambda v: bytes([ulaw(v)])),
    }
    GUID_TAIL = bytes.fromhex("000000001000800000aa00389b71")

    def __init__(self, record, codec, rate, channels):
        self.codec, self.rate, self.channels = codec, int(rate), int(channels)
        need(4000 <= self.rate <= 768000 and self.channels <= 64, "profile: rate or channels past the limit")
        self.each = max(1, self.rate // 50)
        self.timebase = (1, self.rate)
        self.tag, self.width, sample = self.FORMATS[codec]
        self.align = self.width * self.channels
        self.limit = max(self.each * self.align, self.meta_limit + MIB)
        self.tone = [sample(sine(step)) * self.channels for step in range(1024)]
        self.period = self.rate // math.gcd(1000, self.rate)  # frames after which the tone repeats
        self.periods = self._tone(0, self.period) if self.period * self.align <= MIB else b""
        super().__init__(record)

    # rendering

    def begin(self, cfg):
        """The header of the playable copy. CFG must follow from the record, but for the extensible fields."""
        extension = b""
        if cfg != self.cfg():
            extra = cbor(cfg, "CFG")
            bits, mask = (extra.get(5), extra.get(6)) if isinstance(extra, dict) else (None, None)
            need(is_uint(bits, 1, 8 * self.width) and is_uint(mask, 0, 2**32 - 1), "CFG: does not agree with the record")
            need(cfg == self.cfg(bits, mask), "CFG: does not agree with the record")
            extension = struct.pack("<HHIH", 22, bits, mask, self.tag) + self.GUID_TAIL
        elif self.tag != 1:
            extension = b"\0\0"
        tag = 0xFFFE if len(extension) > 2 else self.tag
        fmt = struct.pack("<HHIIHH", tag, self.channels, self.rate, self.rate * self.align, self.align, 8 * self.width)
        fmt += extension
        data = self.total * self.align
        riff = 4 + 8 + len(fmt) + 8 + data + data % 2
        riff, size = (x if x <= 2**32 - 4097 else 0xFFFFFFFF for x in (riff, data))
        return b"RIFF" + struct.pack("<I", riff) + b"WAVEfmt " + struct.pack("<I", len(fmt)) + fmt + b"data" + struct.pack("<I", size)

    def open_packet(self, i, payload):
        need(len(payload) == self.ticks(i + 1, 1) * self.align, f"packet {i}: not as long as its ticks")
        return payload

    def _tone(self, first, frames):
        steps = (n * 1000 % self.rate * 1024 // self.rate for n in range(first, first + frames))
        return b"".join(map(self.tone.__getitem__, steps))

    def stand_in(self, i):
        first, frames = i * self.each, self.ticks(i + 1, 1)
        if not self.periods:
            return self._tone(first, frames)
        first %= self.period
        whole = self.periods * ((first + frames) // self.period + 1)
        return whole[first * self.align : (first + frames) * self.align]

    def finish(self):
        return b"\0" * (self.total * self.align % 2)

    # carving

    def carve(self, source):
        need(source.size >= 12, "source: no WAV")
        head = source.range(0, 12)
        need(head[:4] == b"RIFF" and head[8:] == b"WAVE", "source: no WAV")
        at, chunks, cfg, sound = 12, 0, None, None
        pieces, literal, meta = [(0, 12)], bytearray(head), []
        while source.size - at >= 8:
            chunks += 1
            need(chunks <= 4096, "source: more than 4,096 chunks")
            name, size = struct.unpack("<4sI", source.range(at, 8))
            room = source.size - at - 8
            padded = min(size + size % 2, room)
            if name == b"fmt ":
                need(cfg is None and size <= room, "source: a second or cut fmt chunk")
                cfg = self._read_fmt(source.read(size), size)
                pieces.append((0, 8 + padded))
                literal += source.range(at, 8 + padded)
                at += 8 + padded
            elif name == b"data" and sound is None:
                need(cfg is not None, "source: data before fmt")
                if size > room or size == 0xFFFFFFFF or size == 0 and not self._chunk_follows(source, at + 8):
                    size = padded = room
                sound, used = at + 8, size - size % self.align
                need(used == self.total * self.align, "source: another number of frames than the object's")
                literal += source.range(at, 8) + source.range(sound + used, padded - used)
                pieces += [(0, 8), (2, used), (0, padded - used)]
                at += 8 + padded
            else:
                meta.append((at, 8 + padded))
                pieces.append((1, 8 + padded))
                at += 8 + padded
        need(sound is not None, "source: no data chunk")
        literal += source.range(at, source.size - at)
        pieces.append((0, source.size - at))
        need(sum(size for _, size in meta) <= self.meta_limit, "source: more than 16 MiB of META")
        yield cfg
        source.at = sound
        for i in range(self.packets):
            source.at = sound + i * self.each * self.align
            yield source.read(self.ticks(i + 1, 1) * self.align)
        yield b"".join(source.range(*m) for m in meta)
        yield self.container(pieces, bytes(literal))

    @staticmethod
    def _chunk_follows(source, at):
        if source.size - at < 8:
            return False
        name, size = struct.unpack("<4sI", source.range(at, 8))
        return all(0x20 <= c <= 0x7E for c in name) and size <= source.size - at - 8

    def _read_fmt(self, body, size):
        """CFG, if the fmt chunk says what the object's profile says."""
        need(16 <= size <= 4096, "source: a fmt chunk of a wrong size")
        tag, channels, rate, _, align, bits = struct.unpack("<HHIIHH", body[:16])
        extra = (None, None)
        if tag == 0xFFFE:
            need(size >= 40 and body[26:40] == self.GUID_TAIL, "source: an unknown extensible format")
            valid, mask, tag = struct.unpack("<HIH", body[18:26])
            need(1 <= valid <= bits, "source: valid bits past the bits stored")
            extra = valid, mask
        found = (tag, channels, rate, align, bits)
        need(found == (self.tag, self.channels, self.rate, self.align, 8 * self.width), "source: not of its profile")
        return self.cfg(*extra)


class Amr(Recording):
    pattern = "amr-nb-v1"
    MAGIC = b"#!AMR\n"
    OCTETS = dict(zip((*range(9), 15), (13, 14, 16, 18, 20, 21, 27, 32, 6, 1)))
    TONE = [
        bytes.fromhex(h)
        for h in (
            "0420c70d56ab9b35732a2638ae",
            "0c04e308724ff3ff21980f2282e6",
            "1482f2204877d9fe11de9f4a0d0ea110",
            "1c02ea408ddf8224277d8b03a4864198c5b8",
            "2420c7025e000c3f25b79bc2a901969023014a20",
            "2cbde4ca1ede00925bc864129c379205a9d88692ca",
            "3404719e7d49250247498bd45b80007a6b56ac5062aa4f0f869730",
            "3cac53b6684d227e6421817bb7c1c5431873fd9a08d07e03bfe93084705d3840",
        )
    ]
    codec, rate, channels = "amr-nb", 8000, 1
    timebase = (1, 50)
    limit = Recording.meta_limit + MIB

    def __init__(self, record):
        super().__init__(record)
        self.mode_before = 7

    def begin(self, cfg):
        need(cfg == self.cfg(), "CFG: does not agree with the record")
        return self.MAGIC

    def open_packet(self, i, payload):
        need(payload and len(payload) == self.OCTETS.get(payload[0] >> 3 & 15), f"packet {i}: no frame")
        if payload[0] >> 3 & 15 < len(self.TONE):  # speech
            self.mode_before = payload[0] >> 3 & 15
        return payload

    def stand_in(self, _i):
        return self.TONE[self.mode_before]

    def finish(self):
        return b""

    def carve(self, source):
        need(source.read(6) == self.MAGIC, "source: no AMR")
        need(0 < self.packets <= 2**25, "source: no frame, or more than 2^25")
        yield self.cfg()
        tail = yield from amr_frames(self, source)
        rest = len(tail)
        used = source.size - 6 - rest
        yield b""
        yield self.container([(0, 6), (2, used), (0, rest)], self.MAGIC + tail)


class Lines(Profile):
    pattern = "lines-v1;(byte|utf-16le|utf-16be)"
    trail = 1
    limit = MIB

    def __init__(self, record, unit):
        self.unit = unit
        super().__init__(record)

    def carve(self, source):
        mark = source.range(0, 4)
        source.at = 0
        need(mark not in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"), "source: a UTF-32 mark")
        unit = {b"\xff\xfe": "utf-16le", b"\xfe\xff": "utf-16be"}.get(mark[:2], "byte")
        need(unit == self.unit, "source: its mark is of another unit")
        need(unit == "byte" or source.size % 2 == 0, "source: half a unit at the end")
        need(self.packets <= 2**25, "source: more than 2^25 lines")
        end = {"byte": b"\n", "utf-16le": b"\n\0", "utf-16be": b"\0\n"}[unit]
        rest = b""
        while piece := source.read(PIECE):
            need(unit != "byte" or b"\0" not in piece, "source: a NUL byte")
            at, look, rest = 0, len(rest), rest + piece
            while (stop := self._find(rest, end, look)) >= 0:
                look = stop + len(end)
                need(look - at <= MIB, "source: a line over 1 MiB")
                yield rest[at:look]
                at = look
            rest = rest[at:]
            need(len(rest) <= MIB, "source: a line over 1 MiB")
        if rest:
            yield rest
        yield b""

    @staticmethod
    def _find(b, end, at):
        """The next end of a line from `at`, which begins a unit, at a whole unit."""
        found = b.find(end, at)
        while found >= 0 and (found - at) % len(end):
            found = b.find(end, found + 1)
        return found


class Csv(Profile):
    pattern = "csv-v1"
    trail = 1
    limit = 4 * MIB  # a cell keeps 1 MiB; the container has at most 2^18 runs of 2 numbers
    ENDS = {b"\n": 1, b"\r\n": 2, b"\r": 3}

    def carve(self, source):
        need(self.packets <= 2**25, "source: more than 2^25 cells")
        mark = source.range(0, 2)
        need(mark not in (b"\xff\xfe", b"\xfe\xff"), "source: a UTF-16 mark")
        source.at = 0
        delimiter = self._delimiter(source)
        source.at = 0
        plain = re.compile(rb"[^%s\r\n]*" % re.escape(delimiter))
        quoted = re.compile(rb'(?:\xef\xbb\xbf)?"(?:[^"]++|"")*+"')
        runs, row, first, buffer, at, last = [], 0, True, b"", 0, False
        while True:
            if not last and len(buffer) - at < MIB + 16:  # the longest cell, and what ends it, lie in the buffer
                piece = source.read(MIB)
                need(b"\0" not in piece, "source: a NUL byte")
                buffer, at, last = buffer[at:] + piece, 0, not piece
                continue
            start = at
            if at == len(buffer) and not row:
                break  # nothing behind the last row's end
            opened = buffer.startswith(b'"', at) or first and buffer.startswith(b'\xef\xbb\xbf"', at)
            if opened:
                match = quoted.match(buffer, at, at + MIB + 1)
                need(match, "source: an open quote, or a cell over 1 MiB")
                at = match.end()
            at = plain.match(buffer, at).end()
            need(at - start <= MIB, "source: a cell over 1 MiB")
            yield buffer[start:at]
            row, first = row + 1, False
            if buffer.startswith(delimiter, at):
                at += 1
                continue
            end = next((e for e in (b"\r\n", b"\n", b"\r") if buffer.startswith(e, at)), b"")
            at += len(end)
            kind = self.ENDS.get(end, 0)
            if runs and runs[-1][:2] == [row, kind]:
                runs[-1][2] += 1
            else:
                runs.append([row, kind, 1])
                need(len(runs) <= 2**18, "source: more than 2^18 runs of rows")
            row = 0
            if not end:
                break
        yield cbor_map(1, delimiter[0], [n for run in runs for n in run])

    @staticmethod
    def _delimiter(source):
        """Of , ; TAB | the one that stands most often in the first line, outside quotes."""
        counts, quoted = dict.fromkeys(b",;\t|", 0), False
        while piece := source.read(PIECE):
            for number, part in enumerate(piece.split(b'"')):
                quoted ^= number > 0
                stop = re.search(rb"[\r\n]", part) if not quoted else None
                for c in counts:
                    counts[c] += 0 if quoted else part.count(c, 0, stop.start() if stop else len(part))
                if stop:
                    return bytes([max(counts, key=counts.get)])
        return bytes([max(counts, key=counts.get)])


class Spans(Profile):
    pattern = "spans-v1;(json|html)"
    trail = 1
    limit = MIB
    # Each match is one leaf. A string that is not ended matches nothing.
    LEAF = {
        "json": re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}:,+\-.0-9A-Za-z \t\r\n]+', re.S),
        "html": re.compile(rb"<[A-Za-z/!?][^>]*+>?|<?[^<]*+", re.S),
    }

    def __init__(self, record, syntax):
        self.syntax = syntax
        super().__init__(record)

    def carve(self, source):
        need(self.packets <= 2**25, "source: more than 2^25 spans")
        need(source.range(0, 2) not in (b"\xff\xfe", b"\xfe\xff"), "source: a UTF-16 mark")
        start = source.range(0, 3) if self.syntax == "json" else b""
        source.at = 0
        mark = source.read(3) if start == b"\xef\xbb\xbf" else b""
        buffer, at, last = b"", 0, False
        while not last or at < len(buffer):
            if not last and len(buffer) - at < MIB + 2:  # the longest span, and what begins the next, lie in the buffer
                piece = source.read(MIB)
                need(b"\0" not in piece, "source: a NUL byte")
                buffer, at, last = buffer[at:] + piece, 0, not piece
                continue
            match = self.LEAF[self.syntax].match(buffer, at)
            need(match, "source: no span, or a string that does not end")
            if mark and buffer.startswith(b'"'):
                yield mark
                mark = b""
            leaf, at, mark = mark + match.group(), match.end(), b""
            need(len(leaf) <= MIB, "source: a span over 1 MiB")
            need(self.syntax == "html" or self._is_utf8(leaf), "source: a string that is no UTF-8")
            yield leaf
        if mark:
            yield mark
        yield b""

    @staticmethod
    def _is_utf8(b):
        try:
            b.decode()
        except UnicodeDecodeError:
            return False
        return True


CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
SPACE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
BLANK = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*")
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
WITHHELD = {"fr": "[occulté]", "zh": "[已隐去]"}


RUN = re.compile(rb"(.)\1{2,127}", re.S)


def pack(b):
    """PackBits in its one spelling: a run wherever three bytes or more are equal, else literal bytes; 128 at most."""
    out, at = bytearray(), 0

    def literals(end):
        for i in range(at, end, 128):
            out.append(min(128, end - i) - 1)
            out.extend(b[i : min(i + 128, end)])

    for run in RUN.finditer(b):
        literals(run.start())
        at = run.end()
        out += bytes((257 - at + run.start(), b[run.start()]))
    literals(len(b))
    return bytes(out)


def unpack(b, size):
    """The `size` bytes that are packed in exactly `b`; in which spelling, whoever calls this looks."""
    out, at = bytearray(), 0
    while at < len(b):
        n = b[at]
        need(n != 128, "tile: a run of no length")
        taken = n + 1 if n < 128 else 1
        out += b[at + 1 : at + 1 + taken] * (1 if n < 128 else 257 - n)
        at += 1 + taken
        need(at <= len(b) and len(out) <= size, "tile: its data ends early, or it has more pixels than its page leaves it")
    need(len(out) == size, "tile: fewer pixels than its page leaves it")
    return bytes(out)


class Tiles(Profile):
    """CFG, then the pictures of the pages of a document, in tiles of 64 × 64 pixels, row after row."""

    pattern = "tiles-v1"
    lead = 1
    limit = MIB
    roles = ("leaves", "pages")

    def render(self, files):
        return Pages(self, files["pages"])

    def pages(self, payload):
        """Dots an inch, and of each page pixels across and down, from CFG."""
        cfg = cbor(payload, "CFG")
        need(is_map(cfg, 3) and is_uint(cfg[0], 1, 1) and is_uint(cfg[1], 36, 1200) and isinstance(cfg[2], list), "CFG: of another shape")
        sides = cfg[2]
        need(len(sides) % 2 == 0 and 0 < len(sides) <= 2 * 65536 and all(is_uint(s, 1, 16384) for s in sides), "CFG: sizes past their limit")
        pages = list(zip(sides[::2], sides[1::2]))
        need(all(across * down <= 2**24 for across, down in pages), "CFG: a page of more than 2^24 pixels")
        tiles = sum(tiles_in(across) * tiles_in(down) for across, down in pages)
        need(tiles == self.packets <= 2**26, "CFG: its pages have more or fewer tiles than the object")
        return cfg[1], pages

    @staticmethod
    def planes(payload, pixels):
        """The planes of a tile of so many pixels: one of grey, or red, green and blue."""
        need(payload, "tile: empty")
        kind, data = payload[0], payload[1:]
        if kind in (0, 1):
            need(len(data) == 1 + 2 * kind, "tile: of another length")
            planes = [data[i : i + 1] * pixels for i in range(len(data))]
        else:
            need(kind in (2, 3), "tile: of no kind")
            count = 1 if kind == 2 else 3
            whole = unpack(data, count * pixels)
            planes = [whole[i * pixels : (i + 1) * pixels] for i in range(count)]
        need(Tiles.payload(planes) == payload, "tile: in a second spelling")
        return planes

    @staticmethod
    def payload(planes):
        """The one spelling of these planes."""
        if all(p == planes[0] for p in planes):
            planes = planes[:1]
        first = bytes(p[0] for p in planes)
        if all(p == p[:1] * len(p) for p in planes):
            return bytes((0 if len(planes) == 1 else 1,)) + first
        return bytes((2 if len(planes) == 1 else 3,)) + pack(b"".join(planes))


class Pages(Listener):
    """The PDF of pictures that the tiles make, black where one is withheld; at most one page of it is in memory."""

    def __init__(self, profile, out):
        self.profile, self.out = profile, out
        self.at, self.places = 0, []  # bytes written so far; where each object begins
        self.dpi, self.pages, self.first = 0, [], [0]  # what CFG says; of each page its first tile
        self.row, self.rows = [], []  # the tiles of a row that has begun; the rows of a page that has, as pixels

    # the PDF

    def write(self, b):
        self.out.write(b)
        self.at += len(b)

    def object(self, *body):
        self.places.append(self.at)
        for part in (b"%d 0 obj\n" % len(self.places), *body, b"\nendobj\n"):
            self.write(part)

    def stream(self, told, data):
        self.object(b"<< %s/Length %d >>\nstream\n" % (told, len(data)), data, b"\nendstream")

    def page(self, across, down):
        """The three objects of a page whose rows of tiles are all there."""
        depth = 3 if any(coloured for coloured, _ in self.rows) else 1
        pixels = b"".join(b if coloured or depth == 1 else interleaved([b] * 3) for coloured, b in self.rows)
        self.rows = []
        hundredths = [side * 7200 // self.dpi for side in (across, down)]
        size = b" ".join(b"%d.%02d" % divmod(x, 100) for x in hundredths)
        n = len(self.places) + 1
        self.object(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s] /Contents %d 0 R /Resources << /XObject << /P %d 0 R >> >> >>" % (size, n + 1, n + 2))
        self.stream(b"", b"q %s 0 0 %s 0 0 cm /P Do Q" % tuple(size.split()))
        told = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /Device%s /BitsPerComponent 8 /Filter /RunLengthDecode "
        self.stream(told % (across, down, b"Gray" if depth == 1 else b"RGB"), pack(pixels) + b"\x80")

    def end(self):
        xref, count = self.at, len(self.places) + 1
        self.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for place in self.places:
            self.write(b"%010d 00000 n \n" % place)
        self.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, xref))
        self.out.end()

    # the tiles

    def leaf(self, i, payload):
        if i == 0:
            self.dpi, self.pages = self.profile.pages(payload)
            for across, down in self.pages:
                self.first.append(self.first[-1] + tiles_in(across) * tiles_in(down))
            self.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
            self.object(b"<< /Type /Catalog /Pages 2 0 R >>")
            kids = b" ".join(b"%d 0 R" % (3 * n + 3) for n in range(len(self.pages)))
            self.object(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self.pages), kids))
        elif self.pages:
            width, height = self.size(i - 1)
            self.add(i - 1, Tiles.planes(payload, width * height))

    def hidden(self, first, m):
        self.out.differs = self.out.differs or first == 0  # without CFG no page can be made
        for i in range(first - 1, first - 1 + m):
            if self.out.differs:
                break
            width, height = self.size(i)
            self.add(i, [bytes(width * height)])

    def size(self, i):
        """Pixels across and down of tile i."""
        page = bisect_right(self.first, i) - 1
        across, down = self.pages[page]
        row, column = divmod(i - self.first[page], tiles_in(across))
        return min(64, across - 64 * column), min(64, down - 64 * row)

    def add(self, i, planes):
        """Takes tile i, which is the next one, and makes of it a row, of the last row a page."""
        if self.out.differs:
            return
        self.row.append(planes)
        page = bisect_right(self.first, i) - 1
        across, down = self.pages[page]
        if len(self.row) == tiles_in(across):
            self.rows.append(joined(self.row, across))
            self.row = []
        if i + 1 == self.first[page + 1]:
            self.page(across, down)


def tiles_in(side):
    return -(-side // 64)


def interleaved(planes):
    pixels = bytearray(3 * len(planes[0]))
    for i, plane in enumerate(planes):
        pixels[i::3] = plane
    return bytes(pixels)


def joined(tiles, across):
    """The pixels of a row of tiles, line after line, and whether there are three bytes of each."""
    coloured = any(len(planes) == 3 for planes in tiles)
    depth, at = 3 if coloured else 1, 0
    height = len(tiles[0][0]) // min(64, across)
    pixels = bytearray(depth * across * height)
    for planes in tiles:
        width = len(planes[0]) // height
        tile = interleaved(planes * (3 // len(planes))) if coloured else planes[0]
        for y in range(height):
            line = (y * across + at) * depth
            pixels[line : line + width * depth] = tile[y * width * depth : (y + 1) * width * depth]
        at += width
    return coloured, bytes(pixels)


def plain(text):
    """What may stand in a line of text, or on a terminal."""
    return DIRECTION.sub("", SPACE.sub(" ", text))


def read_unit(b):
    """One leaf of a release layer: its kind and fields."""
    r = Reader(Memory(b), "unit")
    size = r._of(5, "a map")
    r.key(0)
    kind = r.uint()
    shapes = {0: (6,), 1: (2, 3), 2: (2,), 3: (3,), 4: (2,)}
    need(size in shapes.get(kind, ()), "unit: of an unknown kind or shape")
    r.key(1)
    if kind == 0:
        need(r.uint() == 1, "unit: a head of another version")
        r.key(2)
        title = r.text(1024)
        r.key(3)
        sources = [r.bytes(8) for _ in range(r.array(top=256))]
        r.key(4)
        statement = r.text(16384)
        r.key(5)
        fields = (title, sources, statement, r.text(35))
    elif kind == 1:
        place = r.array()
        which = r.uint()
        need(place == {0: 1, 1: 3, 2: 3, 3: 2, 4: 2, 5: 2}.get(which), "unit: an unknown place")
        place = (which, *(r.uint() for _ in range(place - 1)))
        need(which != 1 or place[1] < place[2], "unit: a time that ends before it begins")
        need(which != 2 or place[1] <= place[2], "unit: lines that end before they begin")
        need(which < 2 or place[1] > 0, "unit: a place that counts from 0")
        speaker = None
        if size == 3:
            r.key(2)
            speaker = r.text(256)
        fields = (place, speaker)
    elif kind == 3:
        label = r.text(128)
        need(not CONTROL.search(label) and not re.search(r"[\[\]]", label), "unit: a label with a bracket or control character")
        r.key(2)
        reason = r.text(64)
        need(re.fullmatch(r"[a-z0-9.-]{1,64}", reason), "unit: a reason in words")
        fields = (label, reason)
    else:
        fields = (r.text(MIB),)
        need(fields[0], "unit: an empty text")
    r.end()
    return kind, fields


def clock(seconds, tail=""):
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{tail}"


class Release(Profile):
    pattern = "release-(text|transcript)-v1"
    limit = MIB + 1024
    mode = "release"

    def __init__(self, record, what):
        self.transcript = what == "transcript"
        self.roles = ("leaves", "text", "vtt") if self.transcript else ("leaves", "text")
        super().__init__(record)

    def render(self, files):
        return Reading(self.transcript, files.get("text"), files.get("vtt"))


class Reading(Listener):
    """The text and the captions of a release layer. A segment begins on a new line of the text, and is a cue of the
    captions; what is said before the first one is a note there."""

    def __init__(self, transcript, text, vtt):
        self.transcript, self.text, self.vtt = transcript, text, vtt
        self.mark = "[withheld]"
        self.label, self.run = None, False  # an open label before this leaf; a withheld leaf without one before it
        self.in_block = False  # a note or cue of the captions is begun
        self._write(vtt, "WEBVTT\n")

    def leaf(self, i, payload):
        kind, fields = read_unit(payload)
        need((kind == 0) == (i == 0), "layer: the head is not the first unit, or not once")
        need((kind == 4) == (self.label is not None), "layer: not each label directly before what is withheld")
        if kind == 0:
            self._head(*fields)
        elif kind == 1:
            self._segment(*fields)
        elif kind == 3:
            self.label = fields[0]
        else:
            self.label = None
            self._say(plain(fields[0]))
        self.run = False

    def hidden(self, first, m):
        if self.label is not None:
            self._say(f"[{plain(self.label)}]" if self.label else self.mark)
            self.label = None
            m -= 1
        if m and not self.run:
            self._say(self.mark)
            self.run = True

    def end(self):
        need(self.label is None, "layer: nothing withheld behind the last label")
        self._write(self.text, "\n")
        self._write(self.vtt, "\n" * self.in_block)
        for out in filter(None, (self.text, self.vtt)):
            out.end()

    def _write(self, out, text):
        if out:
            out.write(text.encode())

    def _head(self, title, sources, statement, language):
        self.mark = WITHHELD.get(language.split("-")[0], self.mark)
        lines = [title, statement]
        self._write(self.text, "".join(plain(x) + "\n" for x in lines + [f"← {s.hex()}" for s in sources]))
        self._write(self.vtt, "\nNOTE\n" + "".join(escape(plain(x)) + "\n" for x in lines if not BLANK.fullmatch(x)))

    def _segment(self, place, speaker):
        need(not self.transcript or place[0] == 1, "layer: a segment of a transcript without a time")
        which, *numbers = place
        told = ""
        if which == 1:
            told = f"[{clock(numbers[0])}–{clock(numbers[1])}] "
            self._block(f"{clock(numbers[0], '.000')} --> {clock(numbers[1], '.000')}\n")
        elif which == 2:
            told = f"[l. {numbers[0]}] " if numbers[0] == numbers[1] else f"[l. {numbers[0]}–{numbers[1]}] "
        elif which > 2:
            told = f"[p. {numbers[0]}] " if which == 5 else f"[n° {numbers[0]}] "
        if speaker is not None:
            self._write(self.vtt, f"<v {escape(plain(speaker))}>")
            told += plain(speaker) + ": "
        self._write(self.text, "\n" + told)

    def _block(self, begin):
        self._write(self.vtt, "\n" * self.in_block + "\n" + begin)
        self.in_block = True

    def _say(self, text):
        if not self.in_block:
            self._block("NOTE\n")
        self._write(self.text, text)
        self._write(self.vtt, escape(text))


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# ---- Compressed sound (profiles.md): frames, then cells of a grid ----


class Sound(Recording):
    """Compressed sound: CFG and container of version 2, frames or cells of a grid of 100 ms."""

    meta_limit = 32 * MIB
    limit = 33 * MIB

    def cfg(self, configuration=b""):
        return cbor_map(2, self.codec, self.rate, self.channels, self.packets, configuration)

    @staticmethod
    def records(pieces, literal):
        return cbor_map(2, [n for run in pieces.close() for n in run], literal)


class Records:
    """The runs of records of a container. Pieces come in the file's order: `L`iteral and `M`eta with their bytes; `P`, the
    end of a packet, whole or the rest of one; `B` with the bytes of a packet that goes on behind other bytes."""

    def __init__(self):
        self.runs, self.record = [], [0, 0, 0, 0]

    def append(self, piece):
        kind, size = piece
        at = "LMPB".index(kind)
        if size and any(self.record[at + 1 :]):
            self.close()
        self.record[at] += 1 if kind == "P" and size else size

    def close(self):
        if any(self.record):
            if self.runs and self.runs[-1][1:] == self.record:
                self.runs[-1][0] += 1
            else:
                self.runs.append([1, *self.record])
                need(len(self.runs) <= 2**20, "container: more than 2^20 runs of records")
            self.record = [0, 0, 0, 0]
        return self.runs


class AmrWb(Sound):
    pattern = "amr-wb-v1"
    MAGIC = b"#!AMR-WB\n"
    OCTETS = dict(zip((*range(10), 14, 15), (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1)))
    TONE = [
        bytes.fromhex(h)
        for h in (
            "04379005d75e47d003903cce500804c87a30",
            "0cf00ff80803a0b208e027beb719d983010c67fc04e31d80",
            "14ff02110003f9e0a28830279eb702fd53efc5b63f972402046ed96fc4173d3df8",
            "1c6f02188003d7e0a20801b703968e2fba7f004821807b59adcd2fa44f551d035f5033d0c0",
            "246f02109823f5e0808811b7020e95e3113b8442073c9a1d55750e02d9e121a4ec16b4a357af96d860",
            "2cef02108003f5e0940921bfa78767a1b7abfc59fd0ef42f7e04908d5ad4bc0cb91daa684f0e0a2b0c5d20fe007430",
            "34ff02124042e5e0b20821bfa7877a916e83d7a52096146f24ec43e5efba8389d4466f5043049a83258d3f0193226ec8da7cf8",
            "3cff02154082c9e0a28830279eb723edffec38e08d9dcdc60f53c7fba710e61f0e729432a9c3dc9f0ca0995a27e91bdebb9ceb9b25266a0c874f10",
            "44ef0210a02371e0b188b3ea393f8e8759bfc14581001e96d6405f91a696"
            "67af2f307e046c5d384cc9b61403eb884fd8cc515349676d628243785bb710",
        )
    ]
    codec, rate, channels = "amr-wb", 16000, 1
    timebase = (320, 16000)

    def __init__(self, record):
        super().__init__(record)
        self.mode_before = 8

    begin, open_packet, stand_in, finish = Amr.begin, Amr.open_packet, Amr.stand_in, Amr.finish

    def carve(self, source):
        need(0 < self.packets <= 2**22, "source: no frame, or more than 2^22")
        need(source.read(9) == self.MAGIC, "source: no AMR-WB")
        yield self.cfg()
        tail = yield from amr_frames(self, source)
        yield b""
        pieces = Records()
        pieces.append(("L", 9))
        for _ in range(self.packets):
            pieces.append(("P", 1))
        pieces.append(("L", len(tail)))
        yield self.records(pieces, self.MAGIC + tail)


def amr_frames(profile, source):
    """Yields the frames that the object has; what follows them is no frame."""
    reader = Reader(source, "source")
    for _ in range(profile.packets):
        first = reader.take(1)
        size = profile.OCTETS.get(first[0] >> 3 & 15)
        need(size, "source: fewer frames than the object's")
        yield first + reader.take(size - 1)
    rest = reader.remaining()
    need(rest <= profile.meta_limit, "source: a tail past its limit")
    tail = reader.take(rest)
    need(not tail or profile.OCTETS.get(tail[0] >> 3 & 15, U64) > rest, "source: more frames than the object's")
    return tail


def opus_samples(packet):
    """RFC 6716 §3.1, §3.2, §3.4: how many samples at 48 kHz a packet lasts, or `Refused`."""
    need(packet, "packet: empty")
    mode, code, body = packet[0] >> 3, packet[0] & 3, packet[1:]
    if mode < 12:
        frame = (480, 960, 1920, 2880)[mode & 3]
    else:
        frame = (480, 960)[mode & 1] if mode < 16 else (120, 240, 480, 960)[mode & 3]

    def length(b):
        """A frame length, and what follows it."""
        need(b and (b[0] < 252 or len(b) > 1), "packet: cut")
        return (b[0], b[1:]) if b[0] < 252 else (b[0] + 4 * b[1], b[2:])

    count = 1 if code == 0 else 2
    if code == 0:
        sizes = [len(body)]
    elif code == 1:
        need(len(body) % 2 == 0, "packet: two frames of one size that are not")
        sizes = [len(body) // 2]
    elif code == 2:
        first, body = length(body)
        need(first <= len(body), "packet: a frame past its end")
        sizes = [first, len(body) - first]
    else:
        need(body, "packet: no count of frames")
        head, body = body[0], body[1:]
        count = head & 63
        need(0 < count and count * frame <= 5760, "packet: no frame, or over 120 ms")
        if head & 64:
            body = body[: len(body) - opus_padding(packet)[1]][opus_padding(packet)[0] :]
        if head & 128:
            sizes = []
            for _ in range(count - 1):
                size, body = length(body)
                sizes.append(size)
            need(sum(sizes) <= len(body), "packet: a frame past its end")
            sizes.append(len(body) - sum(sizes))
        else:
            need(len(body) % count == 0, "packet: frames of one size that are not")
            sizes = [len(body) // count]
    need(max(sizes) <= 1275, "packet: a frame past 1,275 bytes")
    return count * frame


def opus_padding(packet):
    """Of a packet with padding: how many bytes say how much, and how much it is."""
    at, total = 2, 0
    while True:
        need(at < len(packet), "packet: cut")
        b, at = packet[at], at + 1
        total += 254 if b == 255 else b
        if b < 255:
            need(total <= len(packet) - at, "packet: padding past its end")
            return at - 2, total


def ogg_sum(page):
    """The checksum of a page: CRC-32 of polynomial 04c11db7, highest bit first, from 0, without a last inversion."""
    mirrored = zlib.crc32(page.translate(MIRROR), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)


MIRROR = bytes(int(f"{b:08b}"[::-1], 2) for b in range(256))


def ogg_page(flags, place, serial, number, packets):
    lacing = b"".join(b"\xff" * (len(p) // 255) + bytes([len(p) % 255]) for p in packets)
    head = b"OggS\0" + struct.pack("<BqII", flags, place, serial, number)
    body = bytes([len(lacing)]) + lacing + b"".join(packets)
    return head + struct.pack("<I", ogg_sum(head + bytes(4) + body)) + body


def tag_size(source, at):
    """How long the tag is that stands there: ID3v2, APEv2 with its header, ID3v1 and its TAG+; 0 for none."""
    head, left = source.range(at, 32), source.size - at
    size = 0
    if head[:3] == b"ID3" and len(head) >= 10 and max(head[6:10]) < 128 and max(head[3:5]) < 255:
        size = 10 + sum(b << 7 * (3 - i) for i, b in enumerate(head[6:10])) + (10 if head[5] & 16 else 0)
    elif head[:8] == b"APETAGEX" and len(head) == 32 and head[23] & 0x20:
        size = 32 + int.from_bytes(head[12:16], "little")
    elif head[:4] == b"TAG+" and left >= 355 and source.range(at + 227, 3) == b"TAG":
        size = 227
    elif head[:3] == b"TAG" and head[:4] != b"TAG+":
        size = 128
    return size if size <= left else 0


class Frames(Sound):
    """Bare frames, one behind the other, with tags and other bytes between. A class says what stands where:
    `frame(source, at)` gives bytes of header (to META) and of frame, or None."""

    configuration = b""

    def begin(self, cfg):
        need(cfg == self.cfg(self.configuration), "CFG: does not agree with the record")
        return b""

    def finish(self):
        return b""

    def carve(self, source):
        need(self.packets <= 2**22, "source: more than 2^22 frames")
        yield self.cfg(self.configuration)
        at = found = extra = 0
        self.pieces, self.literal, self.meta = Records(), bytearray(), bytearray()
        while at < source.size:
            if size := tag_size(source, at):
                self.keep_meta(source.range(at, size))
            elif frame := self.frame(source, at, found):
                head, size = frame
                if size == 0:  # a frame that describes the file
                    self.keep_meta(source.range(at, head))
                else:
                    if head:
                        self.keep_meta(source.range(at, head))
                    self.pieces.append(("P", 1))
                    found += 1
                    yield source.range(at + head, size)
                size += head
            else:
                size = self.gap(source, at, found)
                extra += 1
                need(size <= 65536 and extra <= 66, "source: more between the frames than its profile takes")
                self.literal += source.range(at, size)
                self.pieces.append(("L", size))
            at += size
        need(found == self.packets, "source: another number of frames than the object's")
        yield bytes(self.meta)
        yield self.records(self.pieces, bytes(self.literal))

    def keep_meta(self, b):
        need(len(self.meta) + len(b) <= self.meta_limit, "source: more than 32 MiB of META")
        self.meta += b
        self.pieces.append(("M", len(b)))

    def gap(self, source, at, _found):
        return source.size - at


class Mp3(Frames):
    pattern = "mp3-v1;(576|1152);([1-9][0-9]{3,4});([12])"
    codec = "mp3"
    RATES = (44100, 48000, 32000)
    KBITS = {
        1152: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
        576: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    }

    def __init__(self, record, samples, rate, channels):
        self.samples, self.rate, self.channels = int(samples), int(rate), int(channels)
        self.version = next((d for d in (1, 2, 4) if self.rate * d in self.RATES), None)
        need(self.version and (self.version == 1) == (self.samples == 1152), "profile: no rate of layer III")
        self.timebase = (self.samples, self.rate)
        self.side = {1: (17, 32), 2: (9, 17), 4: (9, 17)}[self.version][self.channels - 1]
        low = {1: (32, 64), 2: (16, 32), 4: (8, 16 if self.rate == 8000 else 24)}[self.version][self.channels - 1]
        self.silence = self._silence(low)
        super().__init__(record)

    def length(self, head):
        """The length of a frame with this header, None if it is no frame of the stream."""
        if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
            return None
        version = {3: 1, 2: 2, 0: 4}.get(head[1] >> 3 & 3)
        index, rate = head[2] >> 4, head[2] >> 2 & 3
        mono = head[3] >> 6 == 3
        if version != self.version or rate == 3 or not 0 < index < 15 or mono != (self.channels == 1):
            return None
        if self.RATES[rate] != self.rate * version or head[3] & 3 == 2:
            return None
        return self.samples // 8 * self.KBITS[self.samples][index] * 1000 // self.rate + (head[2] >> 1 & 1)

    def header(self, kbits):
        version = {1: 0xFB, 2: 0xF3, 4: 0xE3}[self.version]
        index = self.KBITS[self.samples].index(kbits)
        rate = self.RATES.index(self.rate * self.version)
        head = bytes([0xFF, version, index << 4 | rate << 2, 0xC0 if self.channels == 1 else 0])
        return head, self.length(head)

    def _silence(self, kbits):
        head, size = self.header(kbits)
        bits, mpeg1 = 8 * (size - 4 - self.side), self.version == 1
        parts = (2 if mpeg1 else 1) * self.channels
        each = bits // parts // 4 * 4
        side = "0" * (9 + (5 if self.channels == 1 else 3) + 4 * self.channels if mpeg1 else 8 + self.channels)
        for part in range(parts):
            length = each if part < parts - 1 else bits - each * (parts - 1)
            side += f"{length:012b}" + "0" * (59 - 13 if mpeg1 else 63 - 13) + "1"
        return head + int(side, 2).to_bytes(self.side, "big") + b"\xff" * (bits // 8)

    def begin(self, cfg):
        super().begin(cfg)
        head, size = self.header(64)
        frame = head + bytes(self.side) + b"Xing" + struct.pack(">II", 1, self.packets & 0xFFFFFFFF)
        return frame + bytes(size - len(frame))

    def open_packet(self, i, payload):
        need(self.length(payload[:4]) == len(payload), f"packet {i}: no frame of the stream")
        return payload

    def stand_in(self, _i):
        return self.silence

    def run(self, source, at, like=True):
        """Whether three frames stand on end there, or as many as the file has."""
        for i in range(3):
            size = self.length(source.range(at, 4))
            if not size or at + size > source.size:
                return i > 1 and at == source.size
            at += size
        return True

    def frame(self, source, at, found):
        size = self.length(source.range(at, 4))
        if not size or at + size > source.size or found == 0 and not self.run(source, at):
            return None
        if found == 0:
            b = source.range(at, size)
            if b[4 + self.side :][:4] in (b"Xing", b"Info") or b[36:40] == b"VBRI":
                return size, 0
        return 0, size

    def gap(self, source, at, found):
        """Up to the next three frames on end, or a tag, or the end."""
        window = source.range(at, 65536 + 1)
        for i in range(1, len(window)):
            if window[i] in b"\xffIAT" and (tag_size(source, at + i) or window[i] == 0xFF and self.run(source, at + i)):
                return i
        return source.size - at


def adts_silence(channels):
    """The silent access unit of a channel configuration."""
    channel, bits, tags = "0" * 22, "", {"S": 0, "P": 0, "L": 0}
    for kind in Adts.ELEMENTS[channels]:
        bits += {"S": "000", "P": "001", "L": "011"}[kind] + f"{tags[kind]:04b}" + ("0" + channel if kind == "P" else "") + channel
        tags[kind] += 1
    bits += "111"
    return int(bits + "0" * (-len(bits) % 8), 2).to_bytes((len(bits) + 7) // 8, "big")


class Adts(Frames):
    pattern = "adts-aac-v1;([1-9][0-9]{3,4});([1-68])"
    codec = "aac"
    RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
    ELEMENTS = {1: "S", 2: "P", 3: "SP", 4: "SPS", 5: "SPP", 6: "SPPL", 8: "SPPPL"}

    def __init__(self, record, rate, channels):
        self.rate, self.channels = int(rate), int(channels)
        need(self.rate in self.RATES, "profile: no rate of AAC")
        self.timebase = (1024, self.rate)
        self.index, self.layout = self.RATES.index(self.rate), min(self.channels, 7)
        self.configuration = (2 << 11 | self.index << 7 | self.layout << 3).to_bytes(2, "big")
        self.silence = adts_silence(self.channels)
        self.fixed = None
        super().__init__(record)

    def open_packet(self, _i, payload):
        size = 7 + len(payload)
        need(payload and size < 8192, "packet: no access unit")
        bits = 0xFFF1 << 40 | 1 << 38 | self.index << 34 | self.layout << 30 | size << 13 | 0x7FF << 2
        return bits.to_bytes(7, "big") + payload

    def stand_in(self, i):
        return self.open_packet(i, self.silence)

    def frame(self, source, at, found):
        head = source.range(at, 7)
        if len(head) < 7:
            return None
        bits = int.from_bytes(head, "big")
        size = bits >> 13 & 0x1FFF
        start = 7 if head[1] & 1 else 9
        mine = bits >> 44 == 0xFFF and head[1] & 6 == 0 and bits >> 38 & 3 == 1
        mine = mine and (bits >> 34 & 15, bits >> 30 & 7, bits & 3) == (self.index, self.layout, 0)
        if not mine or size <= start or at + size > source.size or self.fixed not in (None, bits >> 28):
            return None
        self.fixed = bits >> 28
        return start, size - start

    def gap(self, source, at, found):
        need(found >= 2 and source.size - at <= 8191, "source: something else between its frames")
        bits = int.from_bytes(source.range(at, 7), "big")
        torn = bits >> 28 == self.fixed and at + (bits >> 13 & 0x1FFF) > source.size
        stands = not torn and any(self.frame(source, i, found) for i in range(at + 1, source.size - 6))
        need(not stands, "source: frames behind something else")
        return source.size - at


def crc_table(bits, polynomial):
    table = []
    for byte in range(256):
        r = byte << bits - 8
        for _ in range(8):
            r = (r << 1 ^ (polynomial if r >> bits - 1 else 0)) & (1 << bits) - 1
        table.append(r)
    return table


CRC8, CRC16 = crc_table(8, 0x07), crc_table(16, 0x8005)


def crc8(b):
    r = 0
    for x in b:
        r = CRC8[r ^ x]
    return r


def crc16(b):
    r = 0
    for x in b:
        r = (r << 8 & 0xFF00) ^ CRC16[r >> 8 ^ x]
    return r


class Flac(Frames):
    """RFC 9639. Frames are walked through by their grammar; no sample is computed."""

    pattern = "flac-v1;([1-9][0-9]{1,4});([1-9][0-9]{3,5});([1-8])"
    codec = "flac"
    RATES = (0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000)
    BITS = (0, 8, 12, 0, 16, 20, 24, 32)

    def __init__(self, record, block, rate, channels):
        self.each, self.rate, self.channels = int(block), int(rate), int(channels)
        need(16 <= self.each <= 65535 and self.each <= self.rate, "profile: a block past its limit")
        need(4000 <= self.rate <= 768000, "profile: rate past the limit")
        self.timebase = (1, self.rate)
        super().__init__(record)

    def begin(self, cfg):
        bits = cfg[-1:]
        need(bits and 4 <= bits[0] <= 32 and cfg == self.cfg(bits), "CFG: does not agree with the record")
        self.bits, self.told_rate, self.told_bits = bits[0], True, True
        total = self.total if self.total < 2**36 else 0
        fields = self.rate << 44 | self.channels - 1 << 41 | self.bits - 1 << 36 | total
        info = struct.pack(">HH", self.each, self.each) + bytes(6) + fields.to_bytes(8, "big") + bytes(16)
        return b"fLaC\x80\0\0\x22" + info

    def open_packet(self, i, payload):
        need(payload and self.walk(payload, i) == len(payload), f"packet {i}: no frame of the stream")
        self.told_rate, self.told_bits = bool(payload[2] & 15), bool(payload[3] & 14)
        return payload

    def stand_in(self, i):
        samples, rate, hertz = self.ticks(i + 1, 1), 0, b""
        if self.told_rate:
            rate = self.RATES.index(self.rate) if self.rate in self.RATES else 13 if self.rate < 65536 else 0
            hertz = struct.pack(">H", self.rate) if rate == 13 else b""
        bits = self.BITS.index(self.bits) if self.told_bits and self.bits in self.BITS else 0
        head = bytes([0xFF, 0xF8, 7 << 4 | rate, self.channels - 1 << 4 | bits << 1]) + flac_number(i)
        head += struct.pack(">H", samples - 1) + hertz
        head += bytes([crc8(head)])
        first, shift, mask = i * self.each, self.bits - 16, (1 << self.bits) - 1
        values = (sine((first + n) * 1000 % self.rate * 1024 // self.rate) for n in range(samples))
        one = "00000010" + "".join(f"{(v << shift if shift >= 0 else v >> -shift) & mask:0{self.bits}b}" for v in values)
        stream = one * self.channels
        stream += "0" * (-len(stream) % 8)
        frame = head + int(stream, 2).to_bytes(len(stream) // 8, "big")
        return frame + crc16(frame).to_bytes(2, "big")

    def carve(self, source):
        at = 0
        while (size := tag_size(source, at)) and source.range(at, 4) != b"fLaC":
            at += size
        need(source.range(at, 4) == b"fLaC", "source: no FLAC")
        begin, at, last, info = at, at + 4, False, None
        while not last:
            head = source.range(at, 4)
            need(len(head) == 4, "source: cut")
            size = int.from_bytes(head[1:], "big")
            if info is None:
                need(head[0] & 127 == 0 and size == 34, "source: no STREAMINFO")
                info = source.read(34)
                need(len(info) == 34, "source: cut")
            last, at = bool(head[0] & 128), at + 4 + size
            need(at <= source.size and at <= self.meta_limit, "source: metadata past the end, or past its limit")
        least, most = struct.unpack(">HH", info[:4])
        fields = int.from_bytes(info[10:18], "big")
        found = (least, most, fields >> 44, (fields >> 41 & 7) + 1)
        need(found == (self.each, self.each, self.rate, self.channels), "source: no FLAC of its profile")
        self.bits = (fields >> 36 & 31) + 1
        self.configuration = bytes([self.bits])
        self.front = begin, at
        return super().carve(source)

    def frame(self, source, at, found):
        if at == self.front[0]:
            return self.front[1] - at, 0
        if found == self.packets:
            return None
        stored = (self.each * self.channels * (self.bits + 1) >> 3) + 64
        for window in (stored, 2 * MIB):
            b = source.range(at, window)
            if size := self.walk(b, found):
                return 0, size
        return None

    def gap(self, source, at, found):
        need(found == self.packets, "source: a frame that does not hold on the way")
        need(source.size - at <= (self.each * self.channels * (self.bits + 1) >> 3) + 64, "source: more behind its last frame than it takes")
        return source.size - at

    def walk(self, b, number):
        """The length of frame `number` at the begin of these bytes; 0 if it is none."""
        n = flac_number(number)
        samples = self.ticks(number + 1, 1)
        if len(b) < 8 + len(n) or b[:2] != b"\xff\xf8" or b[4 : 4 + len(n)] != n or b[3] & 1:
            return 0
        at, size_code, rate_code, assigned, bits_code = 4 + len(n), b[2] >> 4, b[2] & 15, b[3] >> 4, b[3] >> 1 & 7
        extra = {6: 1, 7: 2}.get(size_code, 0)
        size = int.from_bytes(b[at : at + extra], "big") + 1 if extra else 192 if size_code == 1 else 144 << size_code if size_code < 6 else 1 << size_code
        at += extra
        extra = {12: 1, 13: 2, 14: 2}.get(rate_code, 0)
        told = int.from_bytes(b[at : at + extra], "big") * {12: 1000, 14: 10}.get(rate_code, 1)
        at += extra
        rate = told if extra else self.RATES[rate_code] if rate_code < 12 else -1
        bits = self.BITS[bits_code]
        if size_code == 0 or size != samples or rate not in (0, self.rate) or (rate == 0 and rate_code) or bits_code == 3 or bits not in (0, self.bits):
            return 0
        channels = assigned + 1 if assigned < 8 else 2
        if assigned > 10 or channels != self.channels or len(b) <= at or crc8(b[:at]) != b[at]:
            return 0
        try:
            end = at + 1 + self.subframes(b[at + 1 :], samples, assigned)
        except (ValueError, Refused):
            return 0
        return end + 2 if end + 2 <= len(b) and crc16(b[:end]) == int.from_bytes(b[end : end + 2], "big") else 0

    def subframes(self, b, samples, assigned):
        """How many bytes the subframes take. Bits are the characters of a text: a run of zeros ends by one search."""
        s = f"{int.from_bytes(b, 'big'):0{8 * len(b)}b}" if b else ""
        at = 0
        for channel in range(self.channels):
            bits = self.bits + (assigned in (8, 10) and channel == 1 or assigned == 9 and channel == 0)
            kind, wasted = int(s[at : at + 7], 2), s[at + 7 : at + 8]
            at += 8
            if wasted == "1":
                one = s.index("1", at)
                bits -= one - at + 1
                at = one + 1
            need(bits > 0, "subframe: no bits left")
            order = kind - 8 if 8 <= kind <= 12 else kind - 31 if 32 <= kind < 64 else None
            if kind < 2:
                at += bits * (samples if kind else 1)
                continue
            need(order is not None and order <= samples, "subframe: an unknown kind")
            at += bits * order
            if kind >= 32:
                precision = int(s[at : at + 4], 2) + 1
                need(precision < 16, "subframe: a precision that is none")
                at += 9 + precision * order
            method, parts = int(s[at : at + 2], 2), int(s[at + 2 : at + 6], 2)
            at += 6
            need(method < 2 and samples % (1 << parts) == 0 and samples >> parts >= order, "subframe: unknown residuals")
            for part in range(1 << parts):
                count = (samples >> parts) - (order if part == 0 else 0)
                k = int(s[at : at + 4 + method], 2)
                at += 4 + method
                if k == (31 if method else 15):
                    at += 5 + int(s[at : at + 5], 2) * count
                    continue
                k += 1
                find = s.index
                for _ in range(count):
                    at = find("1", at) + k
            need(at <= len(s), "subframe: cut")
        need("1" not in s[at : at + -at % 8], "frame: padding that is not zero")
        return (at + 7) // 8


def flac_number(n):
    """The number of a frame, as UTF-8 goes on to 36 bits."""
    if n < 128:
        return bytes([n])
    size = next(size for size in range(2, 8) if n < 1 << (5 * size + 1 if size < 7 else 36))
    rest = bytes(0x80 | n >> 6 * i & 63 for i in reversed(range(size - 1)))
    return bytes([(0xFF00 >> size & 0xFF) | n >> 6 * (size - 1)]) + rest


def box(name, body):
    return struct.pack(">I4s", 8 + len(body), name) + body


def boxes(b, at=0):
    """The boxes of a container box in memory: (name, start, begin of body, end)."""
    while len(b) - at >= 8:
        size, name, body = int.from_bytes(b[at : at + 4], "big"), b[at + 4 : at + 8], at + 8
        if size == 1:
            size, body = int.from_bytes(b[at + 8 : at + 16], "big"), at + 16
        end = len(b) if size == 0 else at + size
        need(body <= end <= len(b), "source: a box past the one around it")
        yield name, at, body, end
        at = end


def inside(b, *path):
    """The body of the first box at this path, or None."""
    for name in path:
        b = next((b[body:end] for found, _, body, end in boxes(b) if found == name), None)
        if b is None:
            return None
    return b


class Mp4(Sound):
    """One track of sound in an ISO base media file. Samples lie where its tables say. Its clock (`stts`, edits) is not
    looked at: the rebuilt root decides whether these are the leaves."""

    META = (b"udta", b"meta", b"uuid", b"free", b"skip", b"wide")
    entry = b""

    def __init__(self, record, samples, rate, channels):
        self.samples, self.rate, self.channels = int(samples), int(rate), int(channels)
        self.timebase = (self.samples, self.rate)
        super().__init__(record)

    # the copy: an M4A of constant boxes

    def begin(self, cfg):
        r = Reader(Memory(cfg), "CFG")
        r.keys(*range(6))
        for k in range(5):
            r.key(k), r.value()
        r.key(5)
        own = r.bytes(top=PIECE)
        need(cfg == self.cfg(own) and self.canonical(own) == own, "CFG: does not agree with the record")
        self.own, self.sizes, self.buffer, self.held, self.in_buffer, self.runs = own, array("I"), [], 0, 0, []
        self.at, self.offsets = 28, []
        return box(b"ftyp", b"M4A \0\0\0\0M4A mp42isom")

    def open_packet(self, _i, payload):
        need(0 < len(payload) <= MIB, "packet: empty, or over 1 MiB")
        self.sizes.append(len(payload))
        self.buffer.append(payload)
        self.held += len(payload)
        return self.close() if self.held >= 262144 else b""

    def close(self):
        """An mdat of the packets that wait."""
        mdat = box(b"mdat", b"".join(self.buffer))
        self.offsets.append(self.at + 8)
        if not self.runs or self.runs[-1][1] != len(self.buffer):
            self.runs.append((len(self.offsets), len(self.buffer)))
        self.at += len(mdat)
        self.buffer, self.held = [], 0
        return mdat

    def finish(self):
        last = self.close() if self.buffer else b""
        d, u32 = self.packets * self.samples, lambda *n: struct.pack(f">{len(n)}I", *n)
        wide = d >= 2**32
        dates, long = bytes(16 if wide else 8), d.to_bytes(8 if wide else 4, "big")
        identity = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
        rate = self.rate if self.rate < 65536 else 0
        kind, bits, codec = self.codec_box()
        entry = bytes(7) + b"\1" + bytes(8) + struct.pack(">HH4xH2x", self.channels, bits, rate) + codec
        far = self.offsets and self.offsets[-1] >= 2**32
        places = box(b"co64" if far else b"stco", u32(0, len(self.offsets)) + struct.pack(f">{len(self.offsets)}{'Q' if far else 'I'}", *self.offsets))
        sizes = self.sizes[:]
        if sys.byteorder == "little":
            sizes.byteswap()
        stbl = box(b"stsd", u32(0, 1) + box(kind, entry)) + box(b"stts", u32(0, 1, self.packets, self.samples))
        stbl += box(b"stsc", u32(0, len(self.runs)) + b"".join(u32(first, count, 1) for first, count in self.runs))
        stbl += box(b"stsz", u32(0, 0, self.packets) + sizes.tobytes()) + places
        minf = box(b"smhd", bytes(8)) + box(b"dinf", box(b"dref", u32(0, 1) + box(b"url ", u32(1)))) + box(b"stbl", stbl)
        version = wide << 24
        mdia = box(b"mdhd", u32(version) + dates + u32(self.rate) + long + u32(0x55C40000))
        mdia += box(b"hdlr", bytes(8) + b"soun" + bytes(13)) + box(b"minf", minf)
        tkhd = box(b"tkhd", u32(version | 3) + dates + u32(1, 0) + long + bytes(12) + u32(0x1000000) + identity + bytes(8))
        mvhd = u32(version) + dates + u32(self.rate) + long + u32(0x10000, 0x1000000) + bytes(8) + identity + bytes(24) + u32(2)
        return last + box(b"moov", box(b"mvhd", mvhd) + box(b"trak", tkhd + box(b"mdia", mdia)))

    def split_sample(self, sample):
        """The sizes of the packets in a sample."""
        return [len(sample)]

    def carve(self, source):
        self.pieces, self.literal, self.meta, self.kept = Records(), bytearray(), bytearray(), 0
        top, at = [], 0
        while source.size - at >= 8:
            size, name = struct.unpack(">I4s", source.range(at, 8))
            body = at + 8
            if size == 1:
                size, body = int.from_bytes(source.range(at + 8, 8), "big"), at + 16
            end = source.size if size == 0 else at + size
            need(body <= end <= source.size and len(top) < 2**17, "source: a box past the end, or too many")
            top.append((name, at, body, end))
            at = end
        need(top and top[0][0] in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"), "source: no MP4")
        moovs = [box for box in top if box[0] == b"moov"]
        need(len(moovs) == 1 and moovs[0][3] - moovs[0][1] <= self.meta_limit, "source: not one moov")
        moov = source.range(moovs[0][2], moovs[0][3] - moovs[0][2])
        track = self.track(moov)
        places, sizes = self.places(inside(track, b"mdia", b"minf", b"stbl"))
        head = inside(track, b"tkhd")
        id = int.from_bytes(head[20:24] if head[:1] == b"\1" else head[12:16], "big")
        for name, start, body, end in top:
            if name == b"moof":
                need(end - start <= 4 * MIB, "source: a moof over 4 MiB")
                self.fragment(source.range(body, end - body), start, id, inside(moov, b"mvex"), places, sizes)
                need(len(places) <= 2**22, "source: more than 2^22 samples")
        need(all(places[i] + sizes[i] <= places[i + 1] for i in range(len(places) - 1)), "source: samples not in the file's order")
        yield self.cfg(self.configuration(self.description(track)))
        at = found = 0
        for name, start, body, end in top:
            if name in self.META:
                self.keep("M", source, start, end)
            elif name == b"moov":
                self.keep("L", source, start, body)
                self.keep_moov(source, body, moov)
            elif name == b"mdat":
                self.keep("L", source, start, body)
                here = body
                while at < len(places) and places[at] + sizes[at] <= end and places[at] >= here:
                    place, size = places[at], sizes[at]
                    self.keep("L", source, here, place)
                    sample = source.range(place, size)
                    for length in self.split_sample(sample):
                        yield sample[:length]
                        sample, found = sample[length:], found + 1
                        self.pieces.append(("P", 1))
                    here, at = place + size, at + 1
                self.keep("L", source, here, end)
            else:
                self.keep("L", source, start, end)
        self.keep("L", source, top[-1][3], source.size)
        need(at == len(places) and found == self.packets, "source: other samples than the object's frames")
        yield bytes(self.meta)
        yield self.records(self.pieces, bytes(self.literal))

    def keep(self, kind, source, start, end):
        self.kept += end - start
        need(self.kept <= self.meta_limit, "source: more than 32 MiB beside the sound")
        b = source.range(start, end - start)
        self.pieces.append((kind, len(b)))
        if kind == "L":
            self.literal += b
        else:
            self.meta += b

    def keep_moov(self, source, base, moov):
        for name, start, body, end in boxes(moov):
            if name == b"trak":
                self.keep("L", source, base + start, base + body)
                for inner, a, _, b in boxes(moov[body:end]):
                    self.keep("M" if inner in self.META else "L", source, base + body + a, base + body + b)
            else:
                self.keep("M" if name in self.META else "L", source, base + start, base + end)

    def track(self, moov):
        sound = []
        for name, _, body, end in boxes(moov):
            if name == b"trak" and (inside(moov[body:end], b"mdia", b"hdlr") or b"")[8:12] == b"soun":
                sound.append(moov[body:end])
        need(len(sound) == 1 and inside(sound[0], b"tkhd"), "source: not one track of sound")
        return sound[0]

    def description(self, track):
        """The body of the one sample entry, from its child boxes on."""
        b = inside(track, b"mdia", b"minf", b"stbl", b"stsd") or b""
        need(b[4:8] == b"\0\0\0\1" and b[12:16] == self.entry, "source: another sample entry than its profile has")
        version = int.from_bytes(b[24:26], "big")
        need(version < 3, "source: an unknown sample entry")
        body = b[16 + 28 + (0, 16, 36)[version] :]
        return inside(body, b"wave") or body

    def places(self, table):
        """Places and sizes of the samples of the tables, in their order."""
        need(table is not None, "source: no sample table")
        chunks, wide = inside(table, b"stco"), inside(table, b"co64")
        width = 4 if chunks is not None else 8
        chunks = chunks if chunks is not None else wide
        runs, sizes, packed = inside(table, b"stsc"), inside(table, b"stsz"), inside(table, b"stz2")
        need(chunks is not None and runs is not None and (sizes or packed and len(packed) >= 12), "source: a sample table without a part")
        number = lambda b, at, n=4: int.from_bytes(b[at : at + n], "big")  # noqa: E731
        if sizes:
            one, count = number(sizes, 4), number(sizes, 8)
            need(count <= 2**22 and (one or len(sizes) == 12 + 4 * count), "source: a table of another length")
            sizes = array("I", (x[0] for x in struct.iter_unpack(">I", sizes[12:]))) if not one else array("I", [one]) * count
        else:
            bits, count = packed[7], number(packed, 8)
            need(bits in (4, 8, 16) and count <= 2**22 and len(packed) == 12 + (count * bits + 7) // 8, "source: a table of another length")
            text = packed[12:].hex()
            sizes = array("I", (int(text[i * bits // 4 : (i + 1) * bits // 4], 16) for i in range(count)))
        total, entries = number(chunks, 4), number(runs, 4)
        need(len(chunks) == 8 + width * total and len(runs) == 8 + 12 * entries, "source: a table of another length")
        found, at, run, per = array("Q"), 0, 0, 0
        for chunk in range(1, total + 1):
            if run < entries and number(runs, 8 + 12 * run) == chunk:
                per, run = number(runs, 12 + 12 * run), run + 1
            place = number(chunks, 8 + width * (chunk - 1), width)
            need(0 < per and at + per <= count and place <= MAX_TICKS, "source: tables that do not agree")
            for size in sizes[at : at + per]:
                need(0 < size <= MIB, "source: an empty sample, or one over 1 MiB")
                found.append(place)
                place += size
            at += per
        need(at == count and run == entries, "source: tables that do not agree")
        return found, sizes

    def fragment(self, moof, start, id, mvex, places, sizes):
        """Adds the samples of a `moof`."""
        default = next((mvex[body:end] for name, _, body, end in boxes(mvex or b"") if name == b"trex" and mvex[body + 4 : body + 8] == id.to_bytes(4, "big")), bytes(24))
        for name, _, body, end in boxes(moof):
            head = inside(moof[body:end], b"tfhd") if name == b"traf" else None
            if head is None or head[4:8] != id.to_bytes(4, "big"):
                continue
            flags, at, base, size = int.from_bytes(head[1:4], "big"), 8, start, int.from_bytes(default[16:20], "big")
            if flags & 1:
                base, at = int.from_bytes(head[at : at + 8], "big"), at + 8
            at += (4 if flags & 2 else 0) + (4 if flags & 8 else 0)
            if flags & 16:
                size = int.from_bytes(head[at : at + 4], "big")
            place = base
            for inner, _, a, b in boxes(moof[body:end]):
                if inner != b"trun":
                    continue
                run = moof[body + a : body + b]
                flags, count, at = int.from_bytes(run[1:4], "big"), int.from_bytes(run[4:8], "big"), 8
                if flags & 1:
                    place, at = base + int.from_bytes(run[at : at + 4], "big", signed=True), at + 4
                at += 4 if flags & 4 else 0
                step = sum(4 for bit in (0x100, 0x200, 0x400, 0x800) if flags & bit)
                need(len(run) == at + step * count, "source: a run of another length")
                for i in range(count if count <= 2**22 else 0):
                    where = at + step * i + (4 if flags & 0x100 else 0)
                    n = int.from_bytes(run[where : where + 4], "big") if flags & 0x200 else size
                    need(0 < n <= MIB and 0 <= place <= MAX_TICKS, "source: an empty sample, or one over 1 MiB")
                    places.append(place)
                    sizes.append(n)
                    place += n


class Mp4Aac(Mp4):
    pattern = "mp4-aac-v1;(1024|960);([1-9][0-9]{3,4});([1-68])"
    codec, entry = "aac", b"mp4a"

    def __init__(self, record, samples, rate, channels):
        need(int(rate) in Adts.RATES, "profile: no rate of AAC")
        super().__init__(record, samples, rate, channels)

    def configuration(self, entry):
        b = (inside(entry, b"esds") or b"")[4:]
        for tag, skip in ((3, 3), (4, 13), (5, 0)):
            while b[:1] not in (bytes([tag]), b""):
                need(tag != 3, "source: no esds")
                b = b[1:]
            at = 1
            while b[at : at + 1] and b[at] & 128:
                at += 1
            need(tag != 4 or b[at + 1 : at + 2] in (b"\x40", b"\x67"), "source: no AAC")
            flags = b[at + 3] if tag == 3 and len(b) > at + 3 else 0
            skip += (2 if flags & 128 else 0) + (2 if flags & 32 else 0)
            b = b[at + 1 + skip :] if tag != 5 else b[at + 1 : at + 1 + b[at]] if len(b) > at else b""
        return self.canonical(b)

    def canonical(self, b):
        """The AudioSpecificConfig written anew from its fields."""
        s = "".join(f"{x:08b}" for x in b)
        at = 0

        def take(n):
            nonlocal at
            need(at + n <= len(s), "source: an AudioSpecificConfig that ends early")
            at += n
            return int(s[at - n : at], 2)

        kind, index, layout, said, ps, wide = take(5), take(4), take(4), None, None, 0
        need(index < 13 and 1 <= layout <= 7, "source: a rate or channels out of the tables")
        if kind in (5, 29):
            said, ps = 1, 1 if kind == 29 else None
            wide = take(4)
            need(wide < 13 and take(5) == 2, "source: no AAC-LC")
        else:
            need(kind == 2, "source: no AAC-LC")
        short = take(1)
        need(take(2) == 0, "source: a core coder or an extension")
        if said is None and len(s) - at >= 16 and s[at : at + 11] == f"{0x2B7:011b}":
            at += 11
            need(take(5) == 5, "source: an unknown extension")
            said = take(1)
            if said:
                wide = take(4)
                if len(s) - at >= 12 and s[at : at + 11] == f"{0x548:011b}":
                    at += 11
                    ps = take(1)
        need("1" not in s[at:], "source: an AudioSpecificConfig that goes on")
        found = (Adts.RATES[index], 8 if layout == 7 else layout, 960 if short else 1024)
        need(found == (self.rate, self.channels, self.samples), "source: not of its profile")
        out = f"00010{index:04b}{layout:04b}{short}00"
        if said is not None:
            out += f"{0x2B7:011b}00101{said}" + (f"{wide:04b}" if said else "") + (f"{0x548:011b}{ps}" if ps is not None else "")
        out += "0" * (-len(out) % 8)
        return int(out, 2).to_bytes(len(out) // 8, "big")


    def codec_box(self):
        n = len(self.own)
        inner = bytes([4, 15 + n, 0x40, 0x15]) + bytes(11) + bytes([5, n]) + self.own
        return b"mp4a", 16, box(b"esds", bytes(4) + bytes([3, 6 + len(inner)]) + bytes(3) + inner + b"\6\1\2")

    def stand_in(self, i):
        return self.open_packet(i, adts_silence(self.channels))


class Mp4Alac(Mp4):
    pattern = "mp4-alac-v1;([1-9][0-9]{0,4});([1-9][0-9]{3,5});([1-8])"
    codec, entry = "alac", b"alac"

    def __init__(self, record, samples, rate, channels):
        need(int(samples) <= 16384 and int(samples) <= int(rate) and 4000 <= int(rate) <= 768000, "profile: past its limits")
        super().__init__(record, samples, rate, channels)

    def configuration(self, entry):
        return self.canonical((inside(entry, b"alac") or b"")[4:28])

    def canonical(self, b):
        """The cookie with longest frame and mean bit rate zero."""
        need(len(b) == 24, "source: no cookie of Apple Lossless")
        samples, version, bits, channels, rate = *struct.unpack(">IBB", b[:6]), b[9], int.from_bytes(b[20:], "big")
        need((samples, version, channels, rate) == (self.samples, 0, self.channels, self.rate), "source: not of its profile")
        need(bits in (16, 20, 24, 32), "source: bits out of the list")
        return b[:12] + bytes(8) + b[20:]

    def codec_box(self):
        return b"alac", self.own[5], box(b"alac", bytes(4) + self.own)

    def stand_in(self, i):
        bits, first = self.own[5], i * self.samples
        mask = (1 << bits) - 1
        values = (sine((first + n) * 1000 % self.rate * 1024 // self.rate) for n in range(self.samples))
        values = [f"{v << bits - 16 & mask:0{bits}b}" for v in values]
        out, counts = "", {"S": 0, "P": 0}
        for kind in ("S", "P", "SP", "SPS", "SPP", "SPPS", "SPPSS", "SPPPS")[self.channels - 1]:
            out += ("000" if kind == "S" else "001") + f"{counts[kind]:04b}" + "0" * 12 + "0001"
            out += "".join(x + x for x in values) if kind == "P" else "".join(values)
            counts[kind] += 1
        out += "111"
        out += "0" * (-len(out) % 8)
        return self.open_packet(i, int(out, 2).to_bytes(len(out) // 8, "big"))


class Mp4Amr(Mp4):
    pattern = "mp4-(amr-nb|amr-wb)-v1"

    def __init__(self, record, codec):
        self.codec, bare = codec, Amr if codec == "amr-nb" else AmrWb
        self.entry = b"samr" if bare is Amr else b"sawb"
        self.MAGIC, self.OCTETS, self.TONE = bare.MAGIC, bare.OCTETS, bare.TONE
        super().__init__(record, *(160, 8000, 1) if bare is Amr else (320, 16000, 1))
        self.mode_before = len(self.TONE) - 1

    begin, open_packet, stand_in, finish = Amr.begin, Amr.open_packet, Amr.stand_in, Amr.finish

    def configuration(self, _entry):
        return b""

    def split_sample(self, sample):
        sizes, at = [], 0
        while at < len(sample):
            size = self.OCTETS.get(sample[at] >> 3 & 15)
            need(size and at + size <= len(sample), "source: a sample that does not end with a frame")
            sizes.append(size)
            at += size
        return sizes


class Grid(Sound):
    """Packets of different duration, in cells of a tenth of a second. A class of a codec says how long packets last, what
    its headers are, and what silence is made of."""

    SERIAL = int.from_bytes(b"CASE", "little")
    timebase = (1, 10)
    skip = 0

    def start(self, cell):
        """The first sample of a cell; of the one behind the last, the end of the sound."""
        first = 0 if cell == 0 else self.skip - (-cell * self.rate // 10)
        return min(first, self.samples) if cell >= self.packets else first

    def configure(self, own):
        """Takes key 5 of CFG: samples first, the codec's after it."""
        self.samples = own[0]
        self.take_own(own[1:])
        cells = max(1, -(-(self.samples - self.skip) * 10 // self.rate))
        need(self.packets == cells, "CFG: its samples do not make the object's cells")

    # rendering

    def begin(self, payload):
        r = Reader(Memory(payload), "CFG")
        r.keys(*range(6))
        for k in range(5):
            r.key(k), r.value()
        r.key(5)
        own = cbor(r.bytes(top=PIECE), "CFG")
        need(isinstance(own, list) and own and is_uint(own[0], 0, MAX_TICKS), "CFG: no samples")
        self.configure(own)
        need(payload == self.cfg(cbor_item(own)), "CFG: does not agree with the record")
        self.at, self.number, self.page, self.behind = 0, 0, [], False
        self.places, self.block_before = {0}, 0  # where in the sound the next packet may begin; the block before it; None: withheld
        self.restart()
        pages = b""
        for packets in self.headers():
            pages += ogg_page(2 if self.number == 0 else 0, 0, self.SERIAL, self.number, packets)
            self.number += 1
        return pages

    def add(self, packet):
        """Puts a packet on the page; gives the page before it, once that is full."""
        full = b""
        if len(self.page) == 50 or sum(len(p) // 255 + 1 for p in (*self.page, packet)) > 255:
            full = self.flush(0)
        self.page.append(packet)
        self.at += self.lasts(packet)
        return full

    def flush(self, flags):
        page = ogg_page(flags, self.at, self.SERIAL, self.number, self.page)
        self.number, self.page = self.number + 1, []
        return page

    def open_packet(self, i, payload):
        r = Reader(Memory(payload), "cell")
        count = r.array()
        end = self.start(i + 1)
        if count == 0:
            r.end()
            if self.places:
                self.begins(lambda place: place >= end, "none begins in a cell that has packets to begin")
            return self.fill(i) if self.behind else b""
        first, packets = r.uint(MAX_TICKS), [r.bytes(top=65024) for _ in range(count - 1)]
        r.end()
        need(packets and all(packets), "cell: a place without packets, or an empty packet")
        place, last = self.start(i) + first, i == self.packets - 1
        need(place <= end, "cell: its first packet begins behind it")
        if self.places:
            self.begins(lambda p: p == place, "it doesn't begin where the one before it ends")
        self.places = {place}
        out = self.meet(place, packets[0]) if self.behind else b""
        self.behind = False
        for packet in packets:
            need(packet == self.bare(packet), "cell: a packet with padding")
            self.begins(lambda p: p < end or last, "it begins behind its cell")
            lasts = self.may_last(packet)
            self.places = {p + samples for p in self.places for samples in lasts}
            out += self.add(packet)
        return out

    def begins(self, condition, why):
        """The places at which the next packet can begin, if this is so too."""
        self.places = {p for p in self.places if condition(p)}
        need(self.places, "cell: a packet is not in its place: " + why)

    def may_last(self, packet):
        """How long a packet may last: of Vorbis, its block and the one before it decide, which may be withheld."""
        return [opus_samples(packet)]

    def stand_in(self, i):
        self.behind, self.places, self.block_before = True, None, None
        return self.fill(i)

    def finish(self):
        if self.places:
            self.begins(lambda p: p == self.samples, "the last doesn't end with the sound")
        out = self.meet(self.samples, None) if self.behind else b""
        return out + self.flush(4)

    # carving (Ogg alone)

    def carve(self, source):
        samples, count, padding, last = 0, 0, [], -1
        self.scan = None
        for packet in self.sound(source):
            samples += self.scanned
            if removed := self.padding(packet):
                padding += [count - last - 1, removed]
                last = count
            count += 1
        need(0 < count <= 2**22, "source: no packet, or more than 2^22")
        pieces, literal, meta = self.scan
        own = [samples, *self.own()]
        self.configure(own)
        yield self.cfg(cbor_item(own))
        cell, at, cells = [], 0, 0
        for packet in self.sound(source):
            while cells + 1 < self.packets and at >= self.start(cells + 1):
                yield cbor_item(cell)
                cell, cells = [], cells + 1
            cell = cell or [at - self.start(cells)]
            cell.append(self.bare(packet))
            at += self.scanned
        while cells < self.packets:
            yield cbor_item(cell)
            cell, cells = [], cells + 1
        yield (cbor_item(padding) if self.pads else b"") + meta
        yield self.records(pieces, literal)

    pads = False

    def padding(self, _packet):
        return None

    def bare(self, packet):
        return packet

    def sound(self, source):
        """The packets of sound of an Ogg file; `scanned` is how long each lasts, `scan` at the end what else the file holds."""
        pieces, literal, meta, begun = Records(), bytearray(), bytearray(), b""
        waiting = []  # pieces since the begin of a packet that is not complete
        at = number = stage = played = 0
        serial, ended, continued = None, False, False
        self.restart()
        while source.size - at >= 27:
            head = source.range(at, 27)
            if head[:5] != b"OggS\0":
                break
            flags, place, stream, count, check = struct.unpack("<BqIII", head[5:26])
            lacing = source.read(head[26])
            body_size = sum(lacing)
            size = 27 + len(lacing) + body_size
            if len(lacing) < head[26] or size > source.size - at:
                break
            body = source.read(body_size)
            need(ogg_sum(head[:22] + bytes(4) + head[26:] + lacing + body) == check, "source: a page with a wrong checksum")
            need(not ended and serial in (None, stream) and count == number, "source: more than one stream, or a page missing")
            need(bool(flags & 2) == (number == 0) and bool(flags & 1) == continued, "source: a page out of place")
            serial, number, ended = stream, number + 1, bool(flags & 4)
            waiting.append(("L", head + lacing))
            inside, done = 0, False
            for part in re.findall(rb"\xff*[^\xff]|\xff+$", lacing, re.S):
                length = sum(part)
                data, inside = body[inside : inside + length], inside + length
                continued = part[-1] == 255
                begun += data
                need(len(begun) <= MIB, "source: a packet over 1 MiB")
                if stage < len(self.HEADERS):
                    kind, alone = self.HEADERS[stage]
                    waiting.append((kind, data))
                    if continued:
                        continue
                    need(not alone or inside == body_size, "source: a header that does not end its page")
                    self.read_header(stage, begun)
                else:
                    waiting.append(("B" if continued else "P", data))
                    if continued:
                        continue
                    if begun:
                        need(len(begun) <= 65024, "source: a packet over 65,024 bytes")
                        self.scanned = self.lasts(begun)
                        played += self.scanned
                        done = True
                        yield begun
                for kind, b in waiting:
                    pieces.append((kind, len(b) if kind != "P" else len(begun)))
                    literal += b if kind == "L" else b""
                    meta += b if kind == "M" else b""
                stage, begun, waiting = stage + 1, b"", []
                need(len(literal) + len(meta) <= self.meta_limit, "source: more than 32 MiB beside the sound")
            if done and place >= 0:
                clock, early = self.rate // 10, self.rate * 128 // 1000
                need(-early <= place - played <= clock and (ended or place - played >= -clock), "source: its clock is not the sound's")
            at += size
        for _, b in waiting:  # a packet that never ends is literal
            pieces.append(("L", len(b)))
            literal += b
        tail = source.range(at, source.size - at)
        need(stage >= len(self.HEADERS) and len(tail) < 65307, "source: something else behind the end")
        literal += tail
        pieces.append(("L", len(tail)))
        self.scan = pieces, bytes(literal), bytes(meta)


class Opus(Grid):
    pattern = "(ogg|webm)-opus-v1;([12])"
    codec, rate = "opus", 48000
    pads = True
    HEADERS = (("L", True), ("M", True))  # where the bytes of each header go, and whether it ends its page

    def __init__(self, record, container, channels):
        self.of, self.channels = container, int(channels)
        super().__init__(record)

    def sound(self, source):
        return Webm(self, source).packets() if self.of == "webm" else super().sound(source)

    def take_own(self, own):
        need(len(own) == 2 and all(is_uint(n, 0, 65535) for n in own), "CFG: no pre-skip and gain")
        self.skip, self.gain = own

    def own(self):
        return self.skip, self.gain

    def headers(self):
        head = b"OpusHead\1" + struct.pack("<BHIHB", self.channels, self.skip, 48000, self.gain, 0)
        return [head], [b"OpusTags\x08\0\0\0casemate\0\0\0\0"]

    def read_header(self, stage, header):
        if stage == 1:
            need(header[:8] == b"OpusTags", "source: no comment header")
            return
        need(len(header) == 19, "source: no Opus header")
        magic, version, channels, self.skip, _, self.gain, family = struct.unpack("<8sBBHIHB", header)
        need((magic, version, channels, family) == (b"OpusHead", 1, self.channels, 0), "source: no Opus of its profile")

    def restart(self):
        pass

    def lasts(self, packet):
        return opus_samples(packet)

    def silence(self, until, sizes):
        out = b""
        while fits := [s for s in sizes if self.at + s <= until]:
            first = {960: 0xF8, 480: 0xF0, 240: 0xE8, 120: 0xE0}[fits[0]] + (4 if self.channels == 2 else 0)
            out += self.add(bytes([first, 0xFF, 0xFE]))
        return out

    def fill(self, i):
        return self.silence(self.start(i + 1), (960,))

    def meet(self, place, _packet):
        return self.silence(place, (960, 480, 240, 120))

    def padding(self, packet):
        if packet[0] & 3 != 3 or not packet[1] & 64:
            return None
        said, size = opus_padding(packet)
        cut = packet[2 : 2 + said] + packet[len(packet) - size :]
        zeros = b"\xff" * (size // 254) + bytes([size % 254]) + bytes(size)
        return len(cut) if cut == zeros else cut

    def bare(self, packet):
        opus_samples(packet)
        if packet[0] & 3 != 3 or not packet[1] & 64:
            return packet
        said, size = opus_padding(packet)
        return packet[:1] + bytes([packet[1] & ~64]) + packet[2 + said : len(packet) - size]


class Webm:
    """The packets of one Opus track in Matroska (RFC 8794, RFC 9559). Elements go into META whole, into the literal whole,
    or are gone into; what is not known is literal, so that the rebuilt root decides."""

    SEGMENT, CLUSTER, GROUP, TRACK = 0x18538067, 0x1F43B675, 0xA0, 0xAE
    META = (0x1549A966, 0x1654AE6B, 0x1254C367, 0x1043A770, 0x1941A469)  # Info, Tracks, Tags, Chapters, Attachments
    REFUSED = (0xAF, 0xA2)  # encrypted and virtual blocks

    def __init__(self, profile, source):
        self.profile, self.source = profile, source
        self.pieces, self.literal, self.meta, self.track = Records(), bytearray(), bytearray(), None

    def number(self, at, keep_marker):
        """A variable-size number and where it ends; None for a size that is unknown."""
        first = self.source.range(at, 1)
        need(first and first[0], "source: no element")
        size = 9 - first[0].bit_length()
        b = first + self.source.read(size - 1)
        need(len(b) == size, "source: cut")
        n = int.from_bytes(b, "big")
        if not keep_marker:
            n &= (1 << 7 * size) - 1
            n = None if n == (1 << 7 * size) - 1 else n
        return n, at + size

    def keep(self, at, end):
        need(len(self.literal) + end - at <= self.profile.meta_limit, "source: more than 32 MiB beside the sound")
        self.literal += self.source.range(at, end - at)
        self.pieces.append(("L", end - at))

    def keep_meta(self, at, end):
        need(len(self.meta) + end - at <= self.profile.meta_limit, "source: more than 32 MiB of META")
        self.meta += self.source.range(at, end - at)
        self.pieces.append(("M", end - at))

    def packets(self):
        id, body = self.number(0, True)
        size, body = self.number(body, False)
        need(id == 0x1A45DFA3 and size is not None and body + size <= self.source.size, "source: no EBML")
        doctype = self.child(self.source.range(body, size), 0x4282)
        need(doctype.rstrip(b"\0") in (b"webm", b"matroska"), "source: another DocType")
        at = body + size
        id, body = self.number(at, True)
        size, body = self.number(body, False)
        need(id == self.SEGMENT, "source: no segment")
        self.keep(0, body)
        end = self.source.size if size is None else min(body + size, self.source.size)
        need(size is None or body + size >= self.source.size, "source: something behind the segment")
        yield from self.elements(body, end, 0)
        need(self.meta, "source: no tracks")
        self.profile.scan = self.pieces, bytes(self.literal), bytes(self.meta)

    def elements(self, at, end, depth):
        while at < end:
            try:
                id, body = self.number(at, True)
                size, body = self.number(body, False)
            except Refused:
                need(end == self.source.size and end - at < 12, "source: no element")
                self.keep(at, end)
                return
            if depth and id in (self.CLUSTER, *self.META, 0x1C53BB6B, 0x114D9B74):
                return at  # the cluster had no size: the next element of the segment ends it
            need(id not in self.REFUSED, "source: an encrypted or virtual block")
            if id == self.CLUSTER and depth == 0 or id == self.GROUP and depth == 1:
                self.keep(at, body)
                inner = end if size is None else body + size
                need(inner <= end or end == self.source.size, "source: an element reaches past the one around it")
                at = (yield from self.elements(body, min(inner, end), depth + 1)) or min(inner, end)
                continue
            need(size is not None, "source: an element of unknown size")
            stop = body + size
            if stop > end:
                need(end == self.source.size and end - at <= 65536, "source: an element reaches past its end")
                self.keep(at, end)
                return
            if id == 0xA3 and depth == 1 or id == 0xA1 and depth == 2:
                yield from self.block(at, body, stop)
            elif id in self.META and depth == 0:
                if id == self.META[1]:
                    self.tracks(self.source.range(body, size) if size <= 65536 else b"")
                self.keep_meta(at, stop)
            else:
                self.keep(at, stop)
            at = stop

    def child(self, b, wanted):
        """The body of the first child of that id."""
        inner, at = Webm(self.profile, Memory(b)), 0
        while at < len(b):
            id, body = inner.number(at, True)
            size, body = inner.number(body, False)
            need(size is not None and body + size <= len(b), "source: an element reaches past its end")
            if id == wanted:
                return b[body : body + size]
            at = body + size
        return b""

    def tracks(self, b):
        track = self.child(b, self.TRACK)
        need(self.child(track, 0x86).rstrip(b"\0") == b"A_OPUS" and not self.child(track, 0x6D80), "source: no Opus, or an encoding of it")
        self.profile.read_header(0, self.child(track, 0x63A2))
        self.track = int.from_bytes(self.child(track, 0xD7), "big")

    def block(self, at, body, stop):
        need(self.meta and stop - body <= MIB, "source: a block before its track, or over 1 MiB")
        number, data = self.number(body, False)
        flags = self.source.range(data + 2, 1)
        need(flags and number == self.track, "source: a block of another track")
        data, lacing, sizes = data + 3, flags[0] >> 1 & 3, []
        if lacing:
            frames = self.source.range(data, 1)
            need(data < stop, "source: a block that is cut")
            count, data = frames[0] + 1, data + 1
            for i in range(count - 1 if lacing != 2 else 0):
                size = 0
                if lacing == 1:
                    while (b := self.source.range(data, 1)) == b"\xff" and data < stop:
                        size, data = size + 255, data + 1
                    size, data = size + (b[0] if b else 0), data + 1
                else:
                    n, after = self.number(data, False)
                    need(n is not None, "source: a lace of no size")
                    size = n if i == 0 else sizes[-1] + n - ((1 << 7 * (after - data) - 1) - 1)
                    data = after
                sizes.append(size)
            if lacing == 2:
                need((stop - data) % count == 0, "source: laces of one size that are not")
                sizes = [(stop - data) // count] * (count - 1)
        sizes.append(stop - data - sum(sizes))
        need(data <= stop and all(0 < n <= 65024 for n in sizes), "source: packets past their block")
        self.keep(at, data)
        for n in sizes:
            packet = self.source.range(data, n)
            data += n
            self.profile.scanned = opus_samples(packet)
            self.pieces.append(("P", n))
            yield packet


class Vorbis(Grid):
    pattern = "ogg-vorbis-v1;([1-9][0-9]{3,5});([1-8])"
    codec = "vorbis"
    HEADERS = (("L", True), ("M", False), ("L", True))

    def __init__(self, record, rate, channels):
        self.rate, self.channels = int(rate), int(channels)
        need(4000 <= self.rate <= 768000, "profile: rate past the limit")
        super().__init__(record)

    def take_own(self, own):
        need(len(own) == 3 and is_uint(own[0], 6, 13) and is_uint(own[1], own[0], 13), "CFG: no blocks of Vorbis")
        need(isinstance(own[2], bytes) and len(own[2]) <= PIECE, "CFG: no set-up header")
        self.exponents, self.setup = own[:2], own[2]
        self.sizes = 1 << own[0], 1 << own[1]
        need(self.sizes[1] * 1000 <= 128 * self.rate, "CFG: a long block of over 128 ms")
        self.modes = vorbis_modes(self.setup, self.channels)
        self.mode_bits = (len(self.modes) - 1).bit_length()

    def own(self):
        return *self.exponents, self.setup

    def headers(self):
        blocks = self.exponents[0] | self.exponents[1] << 4
        head = b"\x01vorbis" + struct.pack("<IBIIIIBB", 0, self.channels, self.rate, 0, 0, 0, blocks, 1)
        comment = b"\x03vorbis\x08\0\0\0casemate\0\0\0\0\x01"
        if len(self.setup) // 255 + 2 <= 255:
            return [head], [comment, self.setup]
        return [head], [comment], [self.setup]

    def read_header(self, stage, header):
        if stage == 0:
            need(len(header) == 30, "source: no Vorbis header")
            magic, version, channels, rate, _, _, _, blocks, end = struct.unpack("<7sIBIIIIBB", header)
            found = (magic, version, channels, rate, end & 1)
            need(found == (b"\x01vorbis", 0, self.channels, self.rate, 1), "source: no Vorbis of its profile")
            self.exponents = blocks & 15, blocks >> 4
        elif stage == 1:
            need(header[:7] == b"\x03vorbis", "source: no comment header")
        else:
            self.take_own([*self.exponents, header])

    def restart(self):
        self.block, self.expects_long = 0, False  # the size of the last block, 0 before the first

    def block_of(self, packet):
        """Size of a packet's block, and whether the blocks before and behind it are long."""
        need(packet and not packet[0] & 1, "packet: no sound")
        bits = int.from_bytes(packet[:2], "little") >> 1
        mode = bits & (1 << self.mode_bits) - 1
        need(mode < len(self.modes), "packet: an unknown mode")
        long = self.modes[mode]
        flags = bits >> self.mode_bits
        return self.sizes[long], bool(long and flags & 1), bool(long and flags & 2)

    def lasts(self, packet):
        size, _, self.expects_long = self.block_of(packet)
        samples = (self.block + size) // 4 if self.block else 0
        self.block = size
        return samples

    def may_last(self, packet):
        size, long_before, _ = self.block_of(packet)
        known = self.block_before is not None
        blocks = [self.block_before] if known else [self.sizes[long_before]] if size == self.sizes[1] else self.sizes
        self.block_before = size
        return [(block + size) // 4 if block else 0 for block in blocks]

    def silent(self, long, before, behind):
        mode = self.modes.index(long) if long in self.modes else self.modes.index(not long)
        bits = mode << 1 | (before | behind << 1) << 1 + self.mode_bits if self.modes[mode] else mode << 1
        return bits.to_bytes(2, "little")

    def silence(self, until, last_long):
        """Silent blocks while they end at `until` at most; with `last_long` the last is a long one that expects another. Only
        the short ones leave room for it."""
        short, long = self.sizes
        room = (short + long) // 4 if last_long else 0
        out = b""
        if self.block == long and self.expects_long and self.at + long // 2 <= until:
            out += self.add(self.silent(True, True, False))
        own = self.sizes[self.modes[self.modes.index(False) if False in self.modes else 0]]
        while self.at + ((self.block + own) // 4 if self.block else 0) + room <= until:
            out += self.add(self.silent(False, True, True))
        if last_long and self.at + ((self.block + long) // 4 if self.block else 0) <= until:
            out += self.add(self.silent(True, self.block == long, True))
        return out

    def fill(self, i):
        return self.silence(self.start(i + 1) - sum(self.sizes) // 4, False)

    def meet(self, place, packet):
        return self.silence(place, packet is not None and self.block_of(packet)[1])


class Bits:
    """Bits, lowest first, as Vorbis packs them."""

    def __init__(self, b):
        self.value, self.left = int.from_bytes(b, "little"), 8 * len(b)

    def take(self, n):
        need(n <= self.left, "set-up header: ends early")
        v, self.value, self.left = self.value & (1 << n) - 1, self.value >> n, self.left - n
        return v


def vorbis_modes(header, channels):
    """Vorbis I §4.2.4: reads a whole set-up header; for each mode whether its block is long."""
    need(header[:7] == b"\x05vorbis", "no set-up header")
    b = Bits(header[7:])
    for _ in range(b.take(8) + 1):
        vorbis_codebook(b)
    need(not any([b.take(16) for _ in range(b.take(6) + 1)]), "set-up header: a time that is not 0")
    for _ in range(b.take(6) + 1):
        vorbis_floor(b)
    for _ in range(b.take(6) + 1):
        need(b.take(16) <= 2, "set-up header: an unknown residue")
        b.take(72)
        classes = b.take(6) + 1
        b.take(8)
        cascades = [b.take(3) | (b.take(5) << 3 if b.take(1) else 0) for _ in range(classes)]
        b.take(8 * sum(c.bit_count() for c in cascades))
    for _ in range(b.take(6) + 1):
        need(b.take(16) == 0, "set-up header: an unknown mapping")
        submaps = b.take(4) + 1 if b.take(1) else 1
        if b.take(1):
            b.take((b.take(8) + 1) * 2 * (channels - 1).bit_length())
        need(b.take(2) == 0, "set-up header: reserved bits")
        b.take((4 * channels if submaps > 1 else 0) + 24 * submaps)
    modes = []
    for _ in range(b.take(6) + 1):
        modes.append(bool(b.take(1)))
        need(b.take(32) == 0, "set-up header: an unknown window or transform")
        b.take(8)
    need(b.take(1) == 1 and b.left < 8, "set-up header: does not end with its last byte")
    return modes


def vorbis_codebook(b):
    need(b.take(24) == 0x564342, "set-up header: no codebook")
    dimensions, entries = b.take(16), b.take(24)
    if b.take(1):
        b.take(5)
        done = 0
        while done < entries:
            done += b.take((entries - done).bit_length())
        need(done == entries, "set-up header: a codebook of too many entries")
    elif b.take(1):
        for _ in range(entries):
            if b.take(1):
                b.take(5)
    else:
        b.take(5 * entries)
    lookup = b.take(4)
    need(lookup <= 2 and (dimensions or not lookup), "set-up header: an unknown lookup")
    if lookup:
        b.take(64)
        bits = b.take(4) + 1
        b.take(1)
        values = entries * dimensions
        if lookup == 1:  # the greatest number whose power is at most the entries
            values = 0
            while (values + 1) ** min(dimensions, 25) <= entries:
                values += 1
                need(values <= 8 * PIECE, "set-up header: ends early")
        b.take(bits * values)


def vorbis_floor(b):
    kind = b.take(16)
    need(kind <= 1, "set-up header: an unknown floor")
    if kind == 0:
        b.take(54)
        b.take(8 * (b.take(4) + 1))
        return
    classes = [b.take(4) for _ in range(b.take(5))]
    dimensions = []
    for _ in range(max(classes, default=-1) + 1):
        dimensions.append(b.take(3) + 1)
        subclasses = b.take(2)
        b.take((8 if subclasses else 0) + 8 * (1 << subclasses))
    b.take(2)
    b.take(b.take(4) * sum(dimensions[c] for c in classes))


# ---- All profiles ----

PROFILES = [Chunk, Wav, Amr, AmrWb, Mp3, Adts, Flac, Mp4Aac, Mp4Alac, Mp4Amr, Opus, Vorbis, Lines, Csv, Spans, Tiles, Release]


def profile_of(record):
    for profile in PROFILES:
        if match := re.fullmatch(profile.pattern, record.profile):
            return profile(record, *match.groups())
    raise Refused("object: a profile that this verifier does not know: " + record.profile)


# ---- What is said ----

WORDS = {
    "en": {
        "discloser": "a discloser signed what they passed on, and opened nothing that was withheld before",
        "owner-pinned": "the case behind it is the one you expect (its owner's key, learnt by another way, with --signer)",
        "withheld-by": "who of the disclosers withheld which part",
        "proven": "proven", "failed": "FAILED", "not-checked": "not checked",
        "item": "item {}", "nothing": "Nothing failed.", "something": "SOMETHING FAILED: do not rely on this bundle.",
        "sum": "{} findings proven, {} failed, {} not checked.", "withheld": "{} of {} s withheld, at {} s", "none": "nothing withheld",
        "parts": "{} of {} parts withheld", "zip-strict": "every byte of the file is accounted for",
        "manifest": "every file in the bundle is the one listed; none is missing or too many",
        "signature": "the bundle is signed with the key that it names",
        "signer-pinned": "the signer is the one that you expect (give the key with --signer, learnt by another way)",
        "owner-grant": "the owner of the case granted the signing key, in the first entry of the log",
        "checkpoint": "the state of the log is signed with the keys that were granted", "logged": "the seal is entered in the log",
        "parent": "its act in the log names the item that it was made from", "census": "the log's acts about it are counted",
        "object": "what is handed over is what was sealed; the rest is only hidden",
        "rendering": "the files to read and to play say exactly what was proven",
        "container": "a part that holds the file together, or its metadata, is withheld: what it holds is not known",
        "time": "times are the sealer's own word; no independent authority attests them",
        "stamped": "an authority under the root that you gave attests that the log held this at that time",
        "tokens": "there are tokens of time; whether they hold is not known (openssl, and the authority's root with --tsa-root, are needed)",
        "witness": "a witness that you trust saw this log, and none that contradicts it (give its key with --witness, learnt by another way)",
        "freshness": "whether a newer state of the log exists", "content": "whether it is true, complete or lawful: no program can tell",
    },
    "fr": {
        "discloser": "une personne qui a transmis la liasse a signé ce qu’elle transmettait, sans rien ouvrir de ce qui était occulté",
        "owner-pinned": "l’affaire d’origine est celle que vous attendez (donnez la clé de son titulaire avec --signer)",
        "withheld-by": "lequel de ceux qui ont transmis a occulté quelle partie",
        "proven": "prouvé", "failed": "ÉCHEC", "not-checked": "non vérifié",
        "item": "pièce {}", "nothing": "Rien n’a échoué.", "something": "UN CONTRÔLE A ÉCHOUÉ : ne vous fiez pas à ce dossier.",
        "sum": "{} constats prouvés, {} en échec, {} non vérifiés.", "withheld": "{} s sur {} occultées, à {} s", "none": "rien d’occulté",
        "parts": "{} parties sur {} occultées", "zip-strict": "chaque octet du fichier est expliqué",
        "manifest": "chaque fichier du dossier est celui de la liste ; aucun ne manque, aucun n’est en trop",
        "signature": "le dossier est signé avec la clé qu’il nomme",
        "signer-pinned": "le signataire est celui que vous attendez (donnez la clé, apprise par une autre voie, avec --signer)",
        "owner-grant": "le titulaire de l’affaire a accordé la clé de signature, à la première entrée du journal",
        "checkpoint": "l’état du journal est signé avec les clés accordées", "logged": "le scellé est inscrit au journal",
        "parent": "son acte au journal nomme la pièce dont elle est tirée", "census": "les actes du journal à son sujet sont comptés",
        "object": "ce qui est remis est ce qui fut scellé ; le reste est seulement caché",
        "rendering": "les fichiers à lire et à écouter disent exactement ce qui est prouvé",
        "container": "une partie qui assemble le fichier, ou ses métadonnées, est occultée : son contenu n’est pas connu",
        "time": "les dates sont la parole de qui a scellé ; aucune autorité indépendante ne les atteste",
        "stamped": "une autorité sous la racine que vous avez donnée atteste que le journal contenait cela à cette date",
        "tokens": "il y a des jetons d’horodatage ; leur validité n’est pas connue (il faut openssl, et la racine de l’autorité avec --tsa-root)",
        "witness": "un témoin auquel vous vous fiez a vu ce journal, et aucun qui le contredise (donnez sa clé, apprise par une autre voie, avec --witness)",
        "freshness": "s’il existe un état plus récent du journal", "content": "si c’est vrai, complet ou licite : aucun programme ne peut le dire",
    },
    "zh": {
        "discloser": "转交者签署了其转交的内容，且未公开此前隐去的任何部分",
        "owner-pinned": "其所属案件正是您所预期的（请以 --signer 给出所有者的密钥）",
        "withheld-by": "哪一位转交者隐去了哪一部分",
        "proven": "已证明", "failed": "未通过", "not-checked": "未检查",
        "item": "第 {} 项", "nothing": "没有任何一项未通过。", "something": "有检查未通过：请勿依赖此材料包。",
        "sum": "{} 项已证明，{} 项未通过，{} 项未检查。", "withheld": "共 {1} 秒，隐去 {0} 秒，位于 {2} 秒", "none": "没有隐去任何内容",
        "parts": "共 {1} 部分，隐去 {0} 部分", "zip-strict": "文件的每一个字节都有依据",
        "manifest": "材料包中的每个文件都与清单一致；不缺，也不多", "signature": "材料包由其所载的密钥签名",
        "signer-pinned": "签名者正是您所预期的（请以 --signer 给出经其他途径得知的密钥）",
        "owner-grant": "案件的所有者在日志首条中授予了签名密钥", "checkpoint": "日志的状态由所授予的密钥签名",
        "logged": "封存已记入日志", "parent": "日志中的记录指明了其来源材料", "census": "日志中有关它的记录已计数",
        "object": "所交付的就是当初封存的；其余只是被隐去", "rendering": "供阅读和播放的文件与已证明的内容完全一致",
        "container": "用于组成文件的部分或元数据被隐去：其内容不得而知", "time": "时间只是封存者自己的陈述，没有独立机构证明",
        "stamped": "您所给根证书下的机构证明日志当时已含此内容", "tokens": "附有时间戳；是否有效未知（需要 openssl，并以 --tsa-root 给出机构的根证书）",
        "witness": "您所信任的见证者见过此日志，且未见与之矛盾者（请以 --witness 给出经其他途径得知的密钥）",
        "freshness": "日志是否有更新的状态", "content": "内容是否真实、完整、合法：任何程序都无法判断",
    },
}  # fmt: skip


def describe(finding, words):
    """One line for a person."""
    item = "" if finding["item"] is None else ", " + words["item"].format(finding["item"])
    facts = dict(finding["facts"])
    told = []
    if "withheld-ms" in facts:
        withheld, total = (int(facts.pop(k)) / 1000 for k in ("withheld-ms", "duration-ms"))
        where = ", ".join("–".join(f"{int(t) / 1000:g}" for t in r.split("-")) for r in facts.pop("withheld-at-ms").split(",") if r)
        told.append(words["withheld"].format(f"{withheld:g}", f"{total:g}", where) if where else words["none"])
    elif "hidden" in facts:
        told.append(words["parts"].format(facts["hidden"], facts["leaves"]) if facts["hidden"] != "0" else words["none"])
    told += [f"{k} {facts[k]}" for k in facts if k not in ("hidden", "leaves")]
    meaning = finding["id"]
    if meaning == "time" and facts:
        meaning = "stamped" if "time" in facts else "tokens"
    line = f"{words[finding['status']]:<12} {finding['id']}{item}: {words[meaning]}"
    return plain(line + (f" [{'; '.join(told)}]" if told else ""))


def extract(path, folder):
    """Writes the files of a bundle into a new folder. Their names were checked with the zip."""
    with open(path, "rb") as file:
        entries = read_zip(file, os.fstat(file.fileno()).st_size)
        os.mkdir(folder)
        for name, entry in entries.items():
            target = os.path.join(folder, *name.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            section = Section(file, entry.start, entry.size)
            with open(target, "xb") as out:
                while piece := section.read(PIECE):
                    out.write(piece)


def key_argument(text):
    if not re.fullmatch("[0-9a-fA-F]{64}", text):
        raise argparse.ArgumentTypeError("a key is 64 hex digits")
    return bytes.fromhex(text)


def witness_argument(text):
    try:
        return Witness(text).text
    except (Refused, UnicodeError) as why:
        raise argparse.ArgumentTypeError(f"a witness's key is written name+id+key ({why})") from None


def root_argument(path):
    try:
        with open(path, "rb") as file:
            return file.read(64 * 65536)
    except OSError as why:
        raise argparse.ArgumentTypeError(f"no certificate ({why.strerror})") from None


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Verifies a casemate-bundle-v1, offline.", epilog="Exit code 0: nothing failed; 1: something failed; 2: not understood or not readable.")  # fmt: skip
    parser.add_argument("bundle", metavar="BUNDLE")
    parser.add_argument("--signer", metavar="KEY", type=key_argument, action="append", default=[], help="a key (64 hex digits) that may stand behind the bundle: the signing key or the owner's")  # fmt: skip
    parser.add_argument("--tsa-root", metavar="FILE", type=root_argument, action="append", default=[], help="a certificate (PEM or DER) of an authority of time that you believe; needs openssl")  # fmt: skip
    parser.add_argument("--witness", metavar="KEY", type=witness_argument, action="append", default=[], help="a key (name+id+key) of a witness of the log that you trust")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="the findings as JSON")
    parser.add_argument("--lang", choices=sorted(WORDS), default="en")
    parser.add_argument("--extract", metavar="DIR", help="if nothing failed, write the files into this new folder")
    given = parser.parse_args(arguments)
    try:
        findings = verify(given.bundle, given.signer, given.tsa_root, given.witness)
        count = {s: sum(f["status"] == s for f in findings) for s in ("proven", "failed", "not-checked")}
        if given.json:
            rows = ",\n".join("  " + json.dumps(f) for f in findings)
            print(f"[\n{rows}\n]")
        else:
            words = WORDS[given.lang]
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
            print(words["something" if count["failed"] else "nothing"], words["sum"].format(*count.values()), end="\n\n")
            for finding in findings:
                print(describe(finding, words))
        if given.extract and not count["failed"]:
            extract(given.bundle, given.extract)
        return 1 if count["failed"] else 0
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as why:
        print(f"verify.py: {plain(str(why))}", file=sys.stderr)
    except Exception as why:  # a fault of this program: never a verdict
        print(f"verify.py: gave up ({type(why).__name__}); nothing is said about this file", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
