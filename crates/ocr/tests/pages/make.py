#!/usr/bin/env python3
"""Draws the pages of this folder and writes beside each what it reads (first line: its language).

Needs Pillow and Debian's fonts-noto-cjk and fonts-dejavu-core. All that is written is fiction.
"""
import pathlib
import random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = pathlib.Path(__file__).parent
NOTO = "/usr/share/fonts/opentype/noto/Noto{}CJK-Regular.ttc"
DEJAVU = "/usr/share/fonts/truetype/dejavu/{}.ttf"
# The faces of the collections: 2 is Simplified, 3 Traditional.
FONTS = {
    "hans": (NOTO.format("Serif"), 2),
    "hant": (NOTO.format("Sans"), 3),
    "phone": (NOTO.format("Sans"), 2),
    "serif": (DEJAVU.format("DejaVuSerif"), 0),
    "sans": (DEJAVU.format("DejaVuSans"), 0),
}
A4 = (1654, 2339)

HANS = """询问笔录（第二次）
二〇三一年三月九日下午，证人顾念安在港务局三楼会议室说明了以下情况。
去年十一月，她收到一封没有署名的来信，信中要求她在两周之内交出公司的全部账册，并劝说其兄长回国“配合调查”。她没有回复。
十二月二日晚上八点四十五分，一名自称姓骆的男子打来电话，通话持续了十七分钟。该男子反复强调：只要签字，一切问题都可以解决；如果拒绝，她在石桥镇的亲属将会受到影响。
顾念安要求对方说明身份和法律依据，对方没有回答。她随后把录音和来信的复印件交给了律师，并申请保护。
以上笔录我已看过，与我说的相符。"""
HANT = """陳述書
本人顧念安，現居澄島市燈塔街二十七號，就收到的電話和信件作以下說明。
第一，來電者從未出示任何證件，也拒絕說明其所屬機關。第二，對方多次提及我兄長的姓名、護照號碼和住址，這些資料從未公開。
第三，對方表示，如果我願意簽署聲明，承認帳目由我獨自處理，便會撤銷對兄長的通緝；否則「後果自負」。
我認為這是威脅，而不是調查。我請求法院審閱錄音，並裁定證據的效力。我保證以上內容屬實，願意出庭接受詢問。"""
FRENCH = """Procès-verbal d’audition
Le neuf mars, à quatorze heures trente, la témoin s’est présentée de son plein gré devant nous, accompagnée de
son avocate, Maître Élodie Fœrster.
Elle déclare : « J’ai reçu, à l’été dernier, une première lettre dépourvue de signature. On m’y enjoignait de
remettre les comptes de la société et de persuader mon frère de rentrer. Ça ne pouvait être qu’une menace déguisée. »
Invitée à préciser le déroulement des appels, elle ajoute que l’inconnu connaissait l’adresse exacte de sa belle-sœur,
ainsi que le numéro du passeport de son aîné, données qui n’avaient jamais été publiées.
Où qu’elle aille, dit-elle, « on me répète que tout s’arrangera dès que j’aurai signé ». Coût estimé : 12 450 € ;
délai accordé : 15 jours. Lecture faite, persiste et signe."""
ENGLISH = """Statement of Ines Calloway
1. I am the bookkeeper of Harrow & Finch Shipping Ltd., a company registered in the Free Port of Merrow (No. 40-7712).
2. On 14 November I received an unsigned letter. It told me to hand over the ledgers for the last 5 years within
fourteen days, and to "encourage" my brother to travel home.
3. On 2 December, at 8:45 p.m., a man who gave his name as Loake telephoned me. The call lasted seventeen minutes.
He repeated that everything would be settled if I signed; otherwise my relatives in Stonebridge "could be affected".
4. I asked for his authority (statute, warrant or court order). He did not answer, and hung up.
5. I have given the recording, 3 photographs and the envelope to my solicitor, Mr. J. O'Rourke. I believe that the
facts stated in this witness statement are true."""


def font(name, size):
    path, face = FONTS[name]
    return ImageFont.truetype(path, size, index=face)


def wrapped(draw, text, face, width):
    """Lines no wider than that: at spaces, and between Han characters but before closing marks."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for part in pieces(paragraph):
            if line and draw.textlength(line + part.rstrip(), font=face) > width:
                lines.append(line.rstrip())
                line = ""
            line += part
        lines.append(line.rstrip())
    return lines


def pieces(text):
    part = ""
    for c in text:
        han = ord(c) >= 0x2E80 or c in "“”"
        if han and not (c in "，。；：、”」）？" and part):
            if part:
                yield part
            part = c
        elif han:
            part += c
        elif c == " ":
            yield part + c
            part = ""
        else:
            part += c
    if part:
        yield part


def scanned(page, seed):
    """As a scanner gives it: a little soft, a little noise."""
    noise = random.Random(seed)
    page = page.filter(ImageFilter.GaussianBlur(0.7))
    grain = Image.frombytes("L", page.size, noise.randbytes(page.size[0] * page.size[1])).point(lambda v: v * 12 // 255)
    return Image.composite(page, Image.eval(page, lambda v: max(0, v - 20)), grain.point(lambda v: 255 if v < 11 else 0))


def write(name, language, page, lines):
    page.quantize(16).save(HERE / f"{name}.png", optimize=True)
    (HERE / f"{name}.txt").write_text(language + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def sheet(name, language, text, face, size, crop):
    page = Image.new("L", A4, 248)
    draw = ImageDraw.Draw(page)
    letters = font(face, size)
    lines = wrapped(draw, text, letters, A4[0] - 360)
    for n, line in enumerate(lines):
        draw.text((180, 200 + n * size * 17 // 10), line, font=letters, fill=25)
    write(name, language, scanned(page, name).crop((0, 0, A4[0], crop)), lines)


def columns():
    """Two columns under a heading, and a table below them."""
    page = Image.new("L", (1654, 1250), 255)
    draw = ImageDraw.Draw(page)
    head, body = font("serif", 44), font("serif", 25)
    draw.text((380, 80), "The Merrow Harbour Gazette", font=head, fill=0)
    left = wrapped(draw, ENGLISH.split("\n", 4)[4].replace("\n", " "), body, 640)
    right = wrapped(draw, FRENCH.split("\n", 3)[3].replace("\n", " "), body, 640)
    for side, x in ((left, 120), (right, 890)):
        for n, line in enumerate(side):
            draw.text((x, 200 + n * 40), line, font=body, fill=0)
    rows = [("Date", "Caller", "Minutes"), ("14 Nov", "unknown", "3"), ("2 Dec", "Loake", "17"), ("5 Dec", "unknown", "9")]
    for n, row in enumerate(rows):
        for cell, x in zip(row, (160, 520, 900)):
            draw.text((x, 1000 + n * 52), cell, font=body, fill=0)
        draw.line((120, 990 + n * 52, 1200, 990 + n * 52), fill=90, width=2)
    write("columns", "mix", page, ["The Merrow Harbour Gazette", *left, *right, *(" ".join(row) for row in rows)])


def phone():
    """A conversation on a phone, light on dark and dark on light, in three languages."""
    said = [
        (0, "你到家了吗？我有点担心。"),
        (1, "到了。刚才又有人打电话来，说只要我签字就没事。"),
        (0, "别签。把录音留着，明天一起去找律师。"),
        (1, "OK. The number was +00 555 0137, same as last week."),
        (0, "Tu as gardé la lettre reçue en août ?"),
        (1, "Oui, l’enveloppe aussi. 信封上没有邮戳。"),
    ]
    page = Image.new("RGB", (1080, 1500), (17, 19, 24))
    draw = ImageDraw.Draw(page)
    face = font("phone", 42)
    draw.text((48, 40), "21:47", font=face, fill=(235, 235, 240))
    y, lines = 160, ["21:47"]
    for side, text in said:
        part = wrapped(draw, text, face, 640)
        width = max(draw.textlength(line, font=face) for line in part) + 60
        left = 40 if side == 0 else 1040 - width
        ground, ink = ((44, 47, 56), (240, 240, 245)) if side == 0 else ((149, 236, 105), (20, 20, 20))
        draw.rounded_rectangle((left, y, left + width, y + 40 + 60 * len(part)), 24, fill=ground)
        for n, line in enumerate(part):
            draw.text((left + 30, y + 14 + n * 60), line, font=face, fill=ink)
        lines += part
        y += 80 + 60 * len(part)
    write("phone", "mix", page, lines)


def main():
    sheet("statement-hans", "zh", HANS, "hans", 36, 1300)
    sheet("statement-hant", "zh", HANT, "hant", 34, 1150)
    sheet("statement-fr", "fr", FRENCH, "serif", 26, 1150)
    sheet("statement-en", "en", ENGLISH, "sans", 25, 1150)
    columns()
    phone()


if __name__ == "__main__":
    main()
