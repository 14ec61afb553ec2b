#!/usr/bin/env python3
"""Verifying a large disclosure, against `openssl dgst -sha256` on the same file, and against `bagit.py --validate` on the
same bag unpacked, in turn.

    benches/verify.py [--mib N] [--times N] [FOLDER OF PROGRAMS]     default: 10,240 MiB, 3 times, target/debug

One exhibit of random bytes leaves whole (profile chunk-v1, a stored entry). Medians of the wall times, each taken just after
the same files were read once, so that each finds them where memory holds them; beside them the CPU time, which other work on
the machine moves less. Works in a temporary folder of twice that size; `bagit` comes from PyPI, into the same folder.
"""
import argparse, os, shutil, statistics, subprocess, sys, tempfile, time, zipfile

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
    """Wall and CPU time of a program."""
    began, before = time.monotonic(), os.times()
    run(*arguments)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - began, used


def read(path):
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 20):
            pass


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
    # No reader knows it, and above 512 MiB none is asked: sealed all the same and named in a table, exit code 0.
    run(casemate, "add", source, env=env)
    os.remove(source)
    run(casemate, "redact", "1", "--for", "court", "--propose", env=env)
    run(casemate, "redact", "1", "--for", "court", "--accept", "--by", "Bench", env=env)
    run(casemate, "disclose", "--profile", "court", "--to", bundle, "--recipient", "a", "--purpose", "b", "1", env=env)
    shutil.rmtree(env["CASEMATE_CASE"])
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(bag)
    run(sys.executable, "-m", "venv", os.path.join(root, "venv"))
    run(os.path.join(root, "venv/bin/pip"), "install", "--quiet", "bagit==1.9.0")
    bagit = (os.path.join(root, "venv/bin/bagit.py"), "--validate", "--quiet", os.path.join(bag, "casemate"))
    who = {
        "casemate-verify": (bundle, os.path.join(programs, "casemate-verify"), bundle),
        "openssl dgst -sha256": (bundle, "openssl", "dgst", "-sha256", bundle),
        "bagit.py --validate": (os.path.join(bag, "casemate/data/001/original.bin"), *bagit),
    }
    took = {name: [] for name in who}
    for _ in range(given.times):
        for name, (first, *arguments) in who.items():
            read(first)
            took[name].append(seconds(*arguments))
    size = os.path.getsize(bundle)
    wall, cpu = ({name: statistics.median(each[i] for each in all) for name, all in took.items()} for i in range(2))
    print(f"a bundle of {size / 1e9:.2f} GB, {given.times} times")
    for name in who:
        print(f"  {name:22} {wall[name]:7.2f} s  {size / wall[name] / 1e6:7.0f} MB/s  {cpu[name]:7.2f} s CPU")
    ours, openssl, bagit = (wall[name] for name in who)
    print(f"rate against openssl: {openssl / ours:.2f} (limit {LIMIT:.2f}); against bagit.py: {bagit / ours:.2f} (limit 1)")
