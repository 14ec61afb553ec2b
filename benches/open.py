#!/usr/bin/env python3
"""From process start to the answer, on a case of 100,000 passages: `ls`, `show`, `search`.

    benches/open.py [FOLDER OF PROGRAMS]     default: target/debug

The passphrase costs scrypt whatever else is done, so a command with a wrong passphrase, which costs that and nothing else,
is run in turn with each; the difference of the medians is printed beside the limit. CPU time of the process, since it
doesn't depend on what else the machine does. Works in a temporary folder; needs no network.
"""
import os, random, resource, statistics, subprocess, sys, tempfile

PASSAGES, FILES, ROUNDS, LIMIT_MS = 100_000, 20, 7, 150
WORDS = ("court notice harbour bank passport sister letter call minister friend return trial account office lawyer "
         "hearing evidence 地产 公司 电话 回来 作证 通报 护照 妹妹 银行 法院 律师 entretien maison banque avocat").split()

programs = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/debug")
casemate = os.path.join(programs, "casemate")


def run(arguments, env):
    """CPU milliseconds of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([casemate, *arguments], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


with tempfile.TemporaryDirectory() as root:
    draw = random.Random(5)
    for name, text in (("right", "shallow balance piece forum demand"), ("wrong", "another phrase altogether")):
        with open(os.path.join(root, name), "w") as out:
            out.write(text + "\n")
    texts = os.path.join(root, "texts")
    os.mkdir(texts)
    for f in range(FILES):
        with open(os.path.join(texts, f"{f}.txt"), "w") as out:
            for i in range(PASSAGES // FILES):
                out.write(" ".join(draw.choice(WORDS) for _ in range(14)) + f" n{f}x{i}\n")
    case = os.path.join(root, "case")
    env = dict(os.environ, CASEMATE_CASE=case, CASEMATE_PASSPHRASE_FILE=os.path.join(root, "right"))
    wrong = dict(env, CASEMATE_PASSPHRASE_FILE=os.path.join(root, "wrong"))
    run(["init", case], env)
    run(["add", texts], env)
    print(f"{PASSAGES} passages in {FILES} exhibits, {ROUNDS} rounds, CPU time after the passphrase; limit {LIMIT_MS} ms")
    for command in (["ls"], ["show", "3"], ["search", "n7x4321"], ["search", "护照 AND harbour", "--limit", "20"]):
        took, base = [], []
        for _ in range(ROUNDS):
            base.append(run(["ls"], wrong))
            took.append(run(command, env))
        over = statistics.median(took) - statistics.median(base)
        print(f"  {' '.join(command):40} {over:6.0f} ms   {over / LIMIT_MS:.2f} of the limit")
