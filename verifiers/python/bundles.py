"""Makes bundles by rule, for the tests of verify.py: objects of any leaves, masks and files, true or false.

What is made follows the same pages of docs/format as the verifier; keys and ids come from fixed seeds.
"""
import base64
import hashlib
import hmac
import json
import struct
import zlib
from pathlib import Path

import verify as v

VECTORS = Path(__file__).resolve().parents[2] / "tests" / "vectors"


def sign(seed, message):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
    key = v.point_encode(v.point_mul(scalar, v.BASE))
    r = int.from_bytes(hashlib.sha512(digest[32:] + message).digest(), "little") % v.L
    big_r = v.point_encode(v.point_mul(r, v.BASE))
    k = int.from_bytes(hashlib.sha512(big_r + key + message).digest(), "little") % v.L
    return big_r + ((r + k * scalar) % v.L).to_bytes(32, "little")


def key_of(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
    return v.point_encode(v.point_mul(scalar, v.BASE))


def sshsig(seed, message, namespace, hash_name=b"sha512"):
    parts = v.ssh_string(namespace) + v.ssh_string(b"") + v.ssh_string(hash_name)
    signature = sign(seed, b"SSHSIG" + parts + v.ssh_string(hashlib.new(hash_name.decode(), message).digest()))
    blob = b"SSHSIG" + struct.pack(">I", 1) + v.ssh_string(v.ssh_string(b"ssh-ed25519") + v.ssh_string(key_of(seed)))
    blob += parts + v.ssh_string(v.ssh_string(b"ssh-ed25519") + v.ssh_string(signature))
    text = base64.b64encode(blob)
    lines = [text[i : i + 70] for i in range(0, len(text), 70)]
    return b"\n".join([b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""])


def enc(x):
    """Deterministic CBOR, with false, true and null."""
    if x is None or isinstance(x, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[x]
    if isinstance(x, dict):
        return v.cbor_head(5, len(x)) + b"".join(enc(k) + enc(x[k]) for k in sorted(x))
    if isinstance(x, (list, tuple)):
        return v.cbor_head(4, len(x)) + b"".join(map(enc, x))
    return v.cbor_item(x)


class Object:
    """An object of these leaves, each (ticks, payload)."""

    def __init__(self, profile, timebase, leaves, seed=b"object", oid=None, key=None):
        self.profile, self.timebase, self.leaves = profile, timebase, leaves
        self.oid, self.key = oid or v.sha(b"oid", seed), key or v.sha(b"key", seed)
        self.n, self.ticks = len(leaves), sum(t for t, _ in leaves)
        self.hashes = {}
        top = hmac.digest(self.key, b"casemate/root/v1\0" + self.oid, "sha256")
        self.seeds = {}
        self.root = self._node(top, 0, self.n)[2] if leaves else bytes(32)
        self.record = enc({0: 1, 1: profile, 2: self.oid, 3: self.n, 4: self.ticks, 5: list(timebase), 6: self.root})
        numbers = b"".join(map(v.u64, (self.n, self.ticks, *timebase)))
        self.object_root = v.sha(b"\x02casemate/object/v1\0", v.u64(1), v.lp(profile.encode()), self.oid, numbers, self.root)

    def _node(self, seed, first, m):
        self.seeds[first, m] = seed
        if m == 1:
            ticks, payload = self.leaves[first]
            item = v.sha(v.ITEM, v.sha(v.GGM, seed, b"\2"), self.oid, v.u64(first), v.lp(payload))
            got = 1, ticks, v.sha(v.LEAF, self.oid, v.u64(first), v.u64(ticks), item)
        else:
            k = v.split(m)
            left = self._node(v.sha(v.GGM, seed, b"\0"), first, k)
            got = v.Disclosure._join(left, self._node(v.sha(v.GGM, seed, b"\1"), first + k, m - k))
        self.hashes[first, m] = got
        return got

    def open(self, shown):
        """The runs that open these leaves, the disclosure and the payload stream."""
        runs, state = [0], True
        for i in range(self.n):
            if (i in shown) != state:
                runs.append(0)
                state = not state
            runs[-1] += 1
        tokens = []

        def walk(first, m):
            inside = {i in shown for i in range(first, first + m)}
            if inside == {True}:
                tokens.append(self.seeds[first, m])
            elif inside == {False}:
                tokens.append(list(self.hashes[first, m]))
            else:
                walk(first, v.split(m))
                walk(first + v.split(m), m - v.split(m))

        walk(0, self.n)
        head = b"\xa4\0\1\1" + self.record + b"\2" + enc(runs) + b"\3" + enc(tokens)
        return head, b"".join(enc(t) + enc(p) for i, (t, p) in enumerate(self.leaves) if i in shown)


def tree(leaves):
    """RFC 6962 root over leaf hashes, and the inclusion path of each."""
    def root(a):
        return a[0] if len(a) == 1 else v.sha(b"\1", root(a[: v.split(len(a))]), root(a[v.split(len(a)) :]))

    def path(i, a):
        if len(a) == 1:
            return []
        k = v.split(len(a))
        return path(i, a[:k]) + [root(a[k:])] if i < k else path(i - k, a[k:]) + [root(a[:k])]

    return root(leaves), [path(i, leaves) for i in range(len(leaves))]


def consistency(m, leaves):
    """RFC 9162 §2.1.4.1: the proof that the tree of these leaves extends that of the first m."""
    def sub(m, a, whole):
        if m == len(a):
            return [] if whole else [tree(a)[0]]
        k = v.split(len(a))
        return sub(m, a[:k], whole) + [tree(a[k:])[0]] if m <= k else sub(m - k, a[k:], False) + [tree(a[:k])[0]]

    return sub(m, leaves, True)


SEEDS = {name: v.sha(b"seed", name.encode()) for name in ("owner", "lane", "ssh", "disclosure")}
CASE = b"\x28" * 32


def act_object(fields, seed):
    return Object("act-v1", (1, 1), [(1, enc(fields.get(i))) for i in range(16)], seed)


class Item:
    """One exhibit. `files` is role → (path, bytes) beside `leaves`; `shown` the open leaves, None for all."""

    def __init__(self, number, mode, obj, files=None, shown=None, source=None, parents=None, **other):
        self.number, self.mode, self.obj, self.source, self.parents = number, mode, obj, source, parents
        self.shown = set(range(obj.n)) if shown is None else set(shown)
        self.files, self.other = dict(files or {}), other
        self.head, self.stream = obj.open(self.shown)
        if mode != "whole":
            self.files = {"leaves": (f"data/{number:03}/leaves", self.stream), **self.files}

    def statement(self):
        files = [{0: path, 1: role} for role, (path, _) in self.files.items()]
        s = {0: self.number, 1: "title", 2: self.mode, 3: self.obj.object_root, 4: files, 5: [], 6: self.source, 7: None}
        return s | self.other.get("statement", {})


def zip_of(files):
    out, directory = [], []
    at = 0
    for name in sorted(files):
        full, data = b"casemate/" + name.encode(), files[name]
        crc = zlib.crc32(data)
        head = v.local_header(full, crc, len(data))
        directory.append((full, crc, len(data), at))
        out += [head, data]
        at += len(head) + len(data)
    central = b"".join(v.central_header(*d) for d in directory)
    return b"".join(out) + central + v.end_records(len(directory), len(central), at)


def far_lane(far, acts, entry):
    """Another lane with these acts behind two of its own: its id, root, the acts in order, their paths."""
    lane = v.lane_id(CASE, key_of(v.sha(b"seed", b"far")))
    own = [act_object({0: {0: "lane", 1: 1, 2: True, 3: 0}}, b"far%d" % i) for i in range(2)]
    root, paths = tree([entry(lane, obj) for obj in own] + [entry(lane, acts[a][0]) for a in far])
    return lane, root, [None, None, *far], paths


def signature_line(name, key_id, signature):
    return "— ".encode() + name + b" " + base64.b64encode(key_id + signature) + b"\n"


class Witness:
    """Who cosigned a checkpoint of `size` entries (None: the bundle's own) at a time. `steps` has functions by name that change what is
    made: text, lines, proof, key."""

    def __init__(self, seed, name, time, size=None, kind=b"\4", **steps):
        self.seed, self.name, self.time, self.size, self.steps = seed, name, time, size, steps
        self.typed = kind + key_of(seed)
        self.id = v.sha(name, b"\n", self.typed)[:4]
        self.key = name + b"+" + self.id.hex().encode() + b"+" + base64.b64encode(self.typed)

    def files(self, stem, entries, said, lane_line):
        """Its three files; `said` gives the text of the checkpoint of so many entries, `lane_line` the lane's line under a text."""
        step = lambda name, x: self.steps.get(name, lambda y: y)(x)
        size = len(entries) if self.size is None else self.size
        text = step("text", said(size))
        signed = v.u64(self.time) + sign(self.seed, b"cosignature/v1\ntime %d\n" % self.time + text)
        lines = step("lines", [lane_line(text), signature_line(self.name, self.id, signed)])
        proof = consistency(size, entries) if 0 < size < len(entries) else []
        return {f"{stem}.note": text + b"\n" + b"".join(lines), f"{stem}.proof": enc(step("proof", proof)), f"{stem}.key": step("key", self.key + b"\n")}


def bundle(items, change=lambda files: None, statement=None, hooks=None, witnesses=()):
    """A court bundle of these items as bytes. `change` edits the files before they are listed and signed;
    `hooks` has functions by name that change a step: grant, lane, exhibit, census, note, row."""
    hooks = hooks or {}
    hook = lambda name, x: hooks.get(name, lambda y: y)(x)
    lane_key = key_of(SEEDS["lane"])
    lane = v.lane_id(CASE, lane_key)
    name = b"casemate/" + lane.hex().encode()
    keys = [lane_key, key_of(SEEDS["ssh"]), key_of(SEEDS["disclosure"])]
    grant = enc(hook("grant", {0: CASE, 1: lane, 2: keys, 3: "owner"}))
    signed = sign(SEEDS["owner"], b"casemate/grant/v1\0" + grant)
    fields = {0: {0: "lane", 1: 1, 2: True, 3: 0}, 1: 1, 2: CASE, 5: grant, 6: key_of(SEEDS["owner"]), 7: signed}
    acts = {"lane": (act_object(hook("lane", fields), b"lane"), range(16))}
    for item in items:
        kind = "derive" if item.parents is not None else "exhibit"
        fields = {0: {0: kind, 1: 1, 2: False, 3: 0}, 1: 1, 2: item.obj.object_root, 3: [item.obj.object_root], 4: item.parents}
        fields[11 if item.parents is not None else 7] = item.obj.object_root
        shown = item.other.get("act_shown", (0, 1, 4, 11 if item.parents is not None else 7))
        act = act_object(item.other.get("act", lambda f: f)(fields), b"act%d" % item.number)
        acts[f"{item.number:03}"] = act, shown
    rows = sorted({i.obj.object_root: v.sha(b"salt", i.obj.object_root) for i in items}.items())
    value = hook("row", v.u64(1) + lane + v.u64(1))
    leaves = [v.sha(b"\0casemate/map/v1\0", v.lp(salt), v.lp(key), v.lp(value)) for key, salt in rows]
    map_root, paths = tree(leaves) if leaves else (v.sha(b""), [])
    fields = {0: {0: "census", 1: 1, 2: False, 3: 0}, 1: 0, 2: CASE, 5: bytes(32), 6: len(rows), 7: map_root, 8: bytes(32)}
    acts["census"] = act_object(hook("census", fields), b"census"), hooks.get("census_shown", (0, 7))
    entry = lambda where, obj: v.sha(b"\0casemate/entry/v1\0", CASE, where, obj.object_root)
    far = [f"{item.number:03}" for item in items if item.other.get("far")]  # whose acts are another lane's
    vias, seen = {}, far_lane(far, acts, entry) if far else None
    if far:
        other, head, entered, paths_there = seen
        lanes = hook("lanes", sorted({other: v.u64(len(entered)) + head, lane: v.u64(0) + v.sha(b"")}.items()))
        map_root, lane_paths = tree([v.map_leaf(bytes(32), *row) for row in lanes])
        fields = {0: {0: "commit", 1: 1, 2: True, 3: 0}, 1: 1, 2: CASE, 5: 1, 6: [[other, len(entered), head]], 7: map_root, 8: 1}
        commit = act_object(hook("commit", fields), b"commit"), hooks.get("commit_shown", (0, 7))
        for a in far:
            at = [key for key, _ in lanes].index(other)
            via = [other, len(entered), head, entered.index(a), paths_there[entered.index(a)], at, len(lanes), lane_paths[at]]
            vias[a] = hook("via", dict(enumerate(via)))
            acts[f"{a}.commit"] = commit
    acts |= hooks.get("acts", {})
    order = hooks.get("order", [a for a in acts if a not in far])
    entries = [entry(lane, acts[a][0]) for a in order]
    proofs = tree(entries)[1]
    key_id = v.sha(name, b"\n\1", lane_key)[:4]
    said = lambda size: name + b"\n%d\n" % size + base64.b64encode(tree(entries[:size])[0] if size else v.sha(b"")) + b"\n"
    lane_line = lambda text: signature_line(name, key_id, sign(SEEDS["lane"], text))
    text = hook("text", said(len(entries)))
    note = hook("note", text + b"\n" + lane_line(text))
    files = {"proof/checkpoint": note, "proof/checkpoint.sig": sshsig(SEEDS["ssh"], note, b"checkpoint@casemate")}
    for a, (obj, shown) in acts.items():
        head, stream = obj.open(set(shown))
        files |= {f"proof/{a}.act": head, f"proof/{a}.leaves": stream}
        if a in vias:
            files[f"proof/{a}.via"] = enc(vias[a])
            continue
        i = order.index(a)
        path = b"".join(base64.b64encode(p) + b"\n" for p in proofs[i])
        files[f"proof/{a}.tlog"] = b"c2sp.org/tlog-proof@v1\nindex %d\n" % i + path + b"\n" + note
    for n, witness in enumerate(witnesses, 1):
        files |= witness.files(f"proof/witness/{n:02}", entries, said, lane_line)
    for item in items:
        at = [key for key, _ in rows].index(item.obj.object_root)
        row = {0: rows[at][1], 1: rows[at][0], 2: value, 3: at, 4: len(rows), 5: paths[at]}
        files[f"proof/{item.number:03}.census"] = enc(row)
        files[f"proof/{item.number:03}.object"] = item.head
        files |= {path: data for path, data in item.files.values()}
    stated = {0: 1, 1: "court", 2: CASE, 3: keys[2], 4: "purpose", 5: "recipient", 6: "2026-03-01T09:00:00Z", 7: None}
    stated |= {8: [i.statement() for i in items], 9: [], 10: "en"} | (statement or {})
    files["disclosure.cbor"] = enc(stated)
    for tag in ("bag-info.txt", "README.en.txt", "README.fr.txt", "README.zh-Hans.txt"):
        files[tag] = b"x\n"
    files["bagit.txt"] = v.BAGIT
    change(files)
    return finish(files)


def finish(files, seed=SEEDS["disclosure"]):
    """Lists the files, signs the lists, makes the zip."""
    def manifest(names):
        return b"".join(hashlib.sha256(files[n]).hexdigest().encode() + b"  " + n.encode() + b"\n" for n in sorted(names))

    alone = {"tagmanifest-sha256.txt", "disclosure.sig"}
    there = {n for n, b in files.items() if b is not None}
    files.setdefault("manifest-sha256.txt", manifest(n for n in there if n.startswith("data/")))
    there = {n for n in there | {"manifest-sha256.txt"} if not n.startswith("data/")}
    files.setdefault("tagmanifest-sha256.txt", manifest(there - alone))
    files.setdefault("disclosure.sig", sshsig(seed, files["tagmanifest-sha256.txt"], b"disclosure@casemate"))
    return zip_of({n: b for n, b in files.items() if b is not None})


def sha_seed(name):
    return v.sha(b"seed", name)


class Collected(v.Expected):
    """Takes what is written in place of comparing it."""

    def __init__(self):
        self.bytes, self.differs = b"", False

    def write(self, b):
        self.bytes += b

    def end(self):
        pass


class Shape:
    """A record, as far as a profile looks at it."""

    def __init__(self, profile, timebase, n, ticks):
        self.profile, self.timebase, self.n, self.ticks = profile, tuple(timebase), n, ticks


def render(profile, leaves, shown, roles):
    """The files that verify.py itself makes of these leaves: a profile's object serves once."""
    files = {role: Collected() for role in roles}
    consumer = profile.render(files)
    for i, payload in enumerate(leaves):
        consumer.leaf(i, payload) if i in shown else consumer.hidden(i, 1)
    consumer.end()
    return {role: file.bytes for role, file in files.items()}


def part(number, obj, shown, **other):
    """An object of which these leaves leave, with the files that its profile calls for."""
    shape = Shape(obj.profile, obj.timebase, obj.n, obj.ticks)
    rule = v.profile_of(shape)
    files = render(rule, [p for _, p in obj.leaves], shown, [r for r in rule.roles if r != "leaves"])
    named = {role: (f"data/{number:03}/{role}", b) for role, b in files.items()}
    return Item(number, rule.mode if rule.mode == "release" else "partial", obj, named, shown, **other)


def every_profile():
    """The items of one bundle, made of the vectors: each profile in part, one vector each whole, a layer that is made from
    another item, the act of another lane."""
    items, once = [], set()

    def add(make, *rest, **other):
        items.append(make(len(items) + 1, *rest, **other))

    def whole(number, obj, source, **other):
        return Item(number, "whole", obj, {"original": (f"data/{number:03}/original", source)}, **other)

    for path in sorted((VECTORS / "carve").glob("*.json")):
        x = json.loads(path.read_text())
        if "source" not in x:
            continue
        leaves = [(leaf["ticks"], bytes.fromhex(leaf["payload"])) for leaf in x["leaves"]]
        obj = Object(x["profile"], x["timebase"], leaves, path.stem.encode())
        kind = x["profile"] if x["profile"].startswith("spans-v1;") else x["profile"].split(";")[0]
        if kind not in once and (kind == "chunk-v1" or len(leaves) > 3):
            once.add(kind)
            add(whole, obj, bytes.fromhex(x["source"]))
            if kind != "chunk-v1":
                rule = v.profile_of(Shape(x["profile"], x["timebase"], obj.n, obj.ticks))
                middle = {rule.lead + rule.packets // 2, rule.lead + rule.packets // 3, *range(obj.n - (rule.trail > 1) * 2, obj.n)}
                obj = Object(x["profile"], x["timebase"], leaves, path.stem.encode() + b" in part")
                add(part, obj, set(range(obj.n)) - middle, far=kind == "amr-nb-v1")
    x = json.loads((VECTORS / "tiles" / "pages.json").read_text())
    tiles = [(int(i > 0), bytes.fromhex(leaf)) for i, leaf in enumerate(x["leaves"])]
    add(part, Object("tiles-v1", (1, 1), tiles, b"tiles"), set(range(len(tiles))) - {x["withheld"][0]})
    x = json.loads((VECTORS / "carve" / "release-transcript.json").read_text())
    units = [(leaf["ticks"] if isinstance(leaf, dict) else 1, bytes.fromhex(leaf["payload"] if isinstance(leaf, dict) else leaf)) for leaf in x["leaves"]]
    layer = Object(x["profile"], (1, 1), units, b"layer")
    add(part, layer, set(range(layer.n)) - {i for first, m in x["protected"] for i in range(first, first + m)})
    units = [{0: 0, 1: 1, 2: "A letter", 3: [bytes(8)], 4: "as it was read", 5: "fr"}, {0: 1, 1: [2, 1, 3]}, {0: 2, 1: "Dear "}]
    units += [{0: 3, 1: "B", 2: "name"}, {0: 4, 1: "Somebody"}, {0: 2, 1: ", <no> & no\n"}, {0: 1, 1: [5, 2]}, {0: 2, 1: "end"}]
    first = items[0]
    text = Object("release-text-v1", (1, 1), [(1, enc(u)) for u in units], b"text")
    source = dict(source=first.number, parents=[first.obj.object_root])
    add(part, text, set(range(text.n)) - {4}, **source)
    return items
