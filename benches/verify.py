#!/usr/bin/env python3
"""Verifying a large disclosure, against `openssl dgst -sha256` on the same file, and against `bagit.py --validate` on the
same bag unpacked, in turn.

    benches/verify.py [--mib N] [--times N] [FOLDER OF PROGRAMS]     default: 10,240 MiB, 3 times, target/debug

One exhibit of random bytes leaves whole (profile chunk-v1, a stored entry). Medians of the wall times, after one round that
nobody counts, so that each finds the file where the one before left it. Works in a temporary folder of three times that
size; `bagit` comes from PyPI, into the same folder.
"""
import argparse, os, statistics, subprocess, sys, tempfile, time, zipfile

LIMIT = 0.80

options = argparse.ArgumentParser()
options.add_argument("--mib", type=int, default=10_240)
options.add_argument("--times", type=int, default=3)
options.add_argument("programs", nargs="?", default="target/debug")
given = options.parse_args()
programs = os.path.abspath(given.programs)


def run(*arguments, **more):
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, **more)


def seconds(*arguments):
    began = time.monotonic()
    run(*arguments)
    return time.monotonic() - began


with tempfile.TemporaryDirectory() as root:
    source, bundle, bag = (os.path.join(root, name) for name in ("source.bin", "bundle.zip", "bag"))
    with open(os.path.join(root, "pass"), "w") as out:
        out.write("shallow balance piece forum demand\n")
    env = dict(os.environ, CASEMATE_CASE=os.path.join(root, "case"), CASEMATE_PASSPHRASE_FILE=os.path.join(root, "pass"))
    with open(source, "wb") as out:
        for _ in range(given.mib):
            out.write(os.urandom(1 << 20))
    casemate = os.path.join(programs, "casemate")
    run(casemate, "init", env["CASEMATE_CASE"], env=env)
    # Too large to be read: sealed all the same, exit code 3 says so.
    subprocess.run([casemate, "add", source], env=env, stdout=subprocess.DEVNULL)
    run(casemate, "redact", "1", "--for", "court", "--propose", env=env)
    run(casemate, "redact", "1", "--for", "court", "--accept", "--by", "Bench", env=env)
    run(casemate, "disclose", "--profile", "court", "--to", bundle, "--recipient", "a", "--purpose", "b", "1", env=env)
    os.remove(source)
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(bag)
    run(sys.executable, "-m", "venv", os.path.join(root, "venv"))
    run(os.path.join(root, "venv/bin/pip"), "install", "--quiet", "bagit==1.9.0")
    who = {
        "casemate-verify": (os.path.join(programs, "casemate-verify"), bundle),
        "openssl dgst -sha256": ("openssl", "dgst", "-sha256", bundle),
        "bagit.py --validate": (os.path.join(root, "venv/bin/bagit.py"), "--validate", "--quiet", os.path.join(bag, "casemate")),
    }
    took = {name: [] for name in who}
    for turn in range(given.times + 1):
        for name, arguments in who.items():
            spent = seconds(*arguments)
            if turn:
                took[name].append(spent)
    size = os.path.getsize(bundle)
    medians = {name: statistics.median(all) for name, all in took.items()}
    print(f"a bundle of {size / 1e9:.2f} GB, {given.times} times")
    for name, spent in medians.items():
        print(f"  {name:22} {spent:7.2f} s  {size / spent / 1e6:7.0f} MB/s")
    ratio = medians["openssl dgst -sha256"] / medians["casemate-verify"]
    print(f"rate against openssl: {ratio:.2f} (limit {LIMIT:.2f}); against bagit.py: {medians['bagit.py --validate'] / medians['casemate-verify']:.2f} (limit 1)")
