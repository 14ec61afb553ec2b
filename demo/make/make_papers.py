"""Makes the demo's papers that are not written by hand: the letter, the e-mails, the
call log, and the bad files.

    python make_papers.py DEMO_FOLDER

Invariant: the same script gives the same bytes: fixed dates, fixed MIME borders,
one seeded generator. The chat, the note and the web page are written by hand.
Does not know: how the recordings were made; it reads their length from the references.
"""

import csv
import io
import json
import random
import sys
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import typst

ZONE = timezone(timedelta(hours=1))  # Montrève keeps no summer time
PHONE_AHEAD_S = 7  # the phone's clock against the operator's
H_NUMBER = "+999 204 771 93"
OFFICE = "+998 71 200 4"

# call: (other number, direction, start by the phone's clock)
RECORDED = {
    "zh-friend": ("+998 70 555 0136", "in", "2025-03-24T22:41:07"),
    "zh-official": ("+998 71 200 401", "in", "2025-03-26T19:05:31"),
    "en-consulate": ("+999 204 600 12", "in", "2025-03-28T18:20:12"),
    "fr-bank": ("+999 204 900 55", "in", "2025-03-31T11:20:25"),
    "en-reporter": ("+997 555 0188", "in", "2025-04-09T10:15:44"),
}


def call_log(demo: Path) -> str:
    """The operator's list: the recorded calls, seven seconds earlier, among the barrage."""
    rng = random.Random(2025)
    rows = []
    for call, (number, direction, start) in RECORDED.items():
        reference = json.loads((demo / "reference" / f"{call}.json").read_text(encoding="utf-8"))
        at = datetime.fromisoformat(start).replace(tzinfo=ZONE) - timedelta(seconds=PHONE_AHEAD_S)
        rows.append((at, number, direction, round(reference["duration_ms"] / 1000)))
    for day, calls in [(5, 2), (9, 3), (13, 11), (18, 4), (22, 5), (25, 6), (27, 9), (29, 3)]:
        for _ in range(calls):
            at = datetime(2025, 3, day, 20, 0, 0, tzinfo=ZONE) + timedelta(seconds=rng.randrange(4 * 3600))
            rows.append((at, f"{OFFICE}{rng.choice(['01', '02', '17'])}", "in", 0))
    for when, number, seconds in [
        ("2025-03-04T08:31:10", "+999 204 118 00", 412), ("2025-03-24T22:45:55", "+999 204 118 00", 188),
        ("2025-04-04T17:02:40", "+999 204 331 27", 95), ("2025-04-10T09:00:12", "+999 204 118 00", 640), ("2025-04-15T17:30:00", "+999 204 118 00", 720),
    ]:
        rows.append((datetime.fromisoformat(when).replace(tzinfo=ZONE), number, "out", seconds))
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(["line", "number", "direction", "start", "duration_s"])
    for at, number, direction, seconds in sorted(rows):
        table.writerow([H_NUMBER, number, direction, at.isoformat(), seconds])
    return out.getvalue()


def mail(number: int, date: str, sender: str, to: str, subject: str, body: str, charset="utf-8", cte=None, **more):
    message = EmailMessage(policy=SMTP)
    message["Received"] = f"from mx{number}.post.example by post.montreve.example; {date}"
    message["Date"] = date
    message["From"] = sender
    message["To"] = to
    for key, value in more.items():
        message[key.replace("_", "-")] = value
    message["Subject"] = subject
    message["Message-ID"] = f"<2025.{number:04}@post.example>"
    message.set_content(body, charset=charset, cte=cte)
    return message


def sealed_borders(message: EmailMessage, number: int) -> bytes:
    for depth, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=_case_{number:04}_{depth}")
    return message.as_bytes()


def mails(letter: bytes) -> dict[str, bytes]:
    friend = mail(
        1, "Tue, 25 Mar 2025 06:12:09 +0800", "林小桐 <xiaotong@post.example>", "Victor Tang <victor@halcyon.example>",
        "关于明月姐：唐家门口的记录",
        "表哥：\n\n我把这三个星期有谁来过、什么时候来的，都记在附件的表里了。邻居也签了字。\n"
        "他们每次都问同一句话：唐远山什么时候回来。\n\n明月姐的药我托人送进去了，没有收条。\n"
        "请不要在任何地方写我的名字。\n\n小桐\n",
        cte="base64",
    )
    visits = (
        "日期,时间,来人,说的话\r\n"
        "2025-03-03,15:20,四男一女,你是不是唐明月\r\n"
        "2025-03-11,09:05,两人,贴封条\r\n"
        "2025-03-19,20:40,周若兰,让唐远山接电话\r\n"
        "2025-03-24,18:10,两人,今晚会有老朋友打给老唐\r\n"
    )
    friend.add_attachment(visits.encode("gb18030"), "text", "csv", filename="来访记录-唐明月.csv")

    bank = mail(
        2, "Thu, 03 Apr 2025 09:00:00 +0100", "Banque des Deux Rives <conformite@deuxrives.example>",
        "Victor Tang <victor@halcyon.example>", "Clôture de vos comptes – M. Victor Tang (réf. CNF-2025-0388)",
        "Monsieur,\n\nVous trouverez ci-joint notre lettre du 2 avril 2025.\n\n"
        "L'original vous est adressé sous pli recommandé, au nom de Monsieur Victor Tang (TANG YUANSHAN), "
        "8, rue des Tamaris.\n\nBanque des Deux Rives\nService de la conformité\n",
        charset="iso-8859-1", cte="quoted-printable", Cc="Maître Claire Lambert <lambert@lambert-aubry.example>",
    )
    bank.add_attachment(letter, "application", "pdf", filename="lettre-CNF-2025-0388-Tang.pdf")

    reporter = mail(
        3, "Tue, 08 Apr 2025 16:47:31 +0100", "Nora Whitfield <nora.whitfield@meridian-courier.example>",
        "Victor Tang <victor@halcyon.example>", "Tomorrow's call, and how your name is kept out",
        "Dear Mr Tang,\n\nThank you for agreeing to speak. I will call at a quarter past ten.\n\n"
        "In print you will be \"H\" and nothing else: no initials, no age, no company. Your sister Marina Tang "
        "will be \"his sister\". I will not store your number under Victor.\n\n"
        "Before we publish I shall put every claim to Director Zhou's office and to Mr Gao Tianxing, "
        "and give them five days to answer.\n\nNora Whitfield\nThe Meridian Courier\n",
        cte="7bit",
    )
    reporter.add_alternative(
        "<html><body><p>Dear Mr&nbsp;Tang,</p><p>Thank you for agreeing to speak. I will call at a quarter past ten.</p>"
        "<p>In print you will be <b>&ldquo;H&rdquo;</b> and nothing else: no initials, no age, no company. Your sister "
        "<span title=\"Tang Mingyue\">Marina&#32;Tang</span> will be &ldquo;his sister&rdquo;. I will not store your "
        "number under V<span>ictor</span>.</p><p>Before we publish I shall put every claim to Director Zhou&rsquo;s "
        "office and to Mr Gao Tianxing, and give them five days to answer.</p>"
        "<p>Nora Whitfield<br><i>The Meridian Courier</i></p></body></html>\n",
        subtype="html", cte="quoted-printable",
    )

    lawyer = mail(
        4, "Mon, 14 Apr 2025 18:22:00 +0100", "Claire Lambert <lambert@lambert-aubry.example>",
        "Victor Tang <victor@halcyon.example>", "Audience de jeudi : pièces à produire (Tang c/ République de Canglan)",
        "Cher Monsieur Tang,\n\nVoici la liste des pièces pour jeudi. Je vous appelle demain en fin de journée.\n\n"
        "Les enregistrements doivent être ceux de l'appareil, non renommés. Dans la version publique, votre nom, "
        "celui de Marina, celui de votre cousine Lin Xiaotong et celui de Mme Caron seront occultés ; la cour aura la preuve que rien "
        "d'autre ne l'est.\n\nBien à vous,\nClaire Lambert\n",
        cte="quoted-printable",
    )
    lawyer.add_attachment(
        "Pièces – audience du 17 avril 2025\n\n"
        "1. Appel de M. Gao Tianxing, 24 mars 2025 (chinois)\n"
        "2. Appel de Mme Zhou Ruolan, 26 mars 2025 (chinois)\n"
        "3. Appel du consulat de Canglan, 28 mars 2025 (anglais)\n"
        "4. Appel reçu de la Banque des Deux Rives, 31 mars 2025 (français)\n"
        "5. Lettre de la Banque des Deux Rives à M. Victor Tang, 2 avril 2025\n"
        "6. Avis de recherche 2025/3107, TANG Yuanshan\n"
        "7. Relevé de l'opérateur, mars et avril 2025\n",
        filename="pieces-Tang.txt", charset="utf-8", cte="base64",
    )
    named = {"zh-cousin": friend, "fr-bank": bank, "en-reporter": reporter, "fr-lawyer": lawyer}
    return {f"mail-{name}.eml": sealed_borders(m, i) for i, (name, m) in enumerate(named.items(), 1)}


def main():
    demo = Path(sys.argv[1])
    papers, bad = demo / "papers", demo / "bad"
    papers.mkdir(exist_ok=True)
    bad.mkdir(exist_ok=True)
    letter = typst.compile(str(demo / "make" / "letter.typ"), ignore_system_fonts=False)
    (papers / "letter-bank.pdf").write_bytes(letter)
    (papers / "call-log.csv").write_bytes(call_log(demo).encode())
    for name, content in mails(letter).items():
        (papers / name).write_bytes(content)
    (bad / "empty.amr").write_bytes(b"")
    (bad / "letter-cut.pdf").write_bytes(letter[: len(letter) * 2 // 5])
    (bad / "photo.jpg").write_bytes((papers / "notice.html").read_bytes()[:700])


if __name__ == "__main__":
    main()
