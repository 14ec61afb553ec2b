"""What is said in the demo's calls, and by whom. All of it is invented.

Invariant: every name of a protected person stands in braces, so that the maker
knows where it is said. {text|sounds} gives the sounds where a speller would err.
Does not know: how speech is made, telephones, file formats.
"""

from dataclasses import dataclass, field

TANG_FR = "{Victor Tang|viktˈɔʁ tˈɑ̃ɡ}"
M_TANG_FR = "{monsieur Tang|məsjˈø tˈɑ̃ɡ}"
MARINA_TANG_FR = "{Marina Tang|maʁinˈa tˈɑ̃ɡ}"


@dataclass(frozen=True)
class Line:
    """One utterance; `pause` is the silence before it, in ms."""

    speaker: str
    text: str
    pause: int = 350


@dataclass(frozen=True)
class Call:
    name: str
    language: str
    title: str
    voices: dict  # speaker -> (voice, speed)
    lines: list
    outputs: list  # (path under demo/, codec)
    stereo: bool = False
    ring: bool = False
    seed: int = 0
    lead_ms: int = 300
    tail_ms: int = 500
    people: dict = field(default_factory=dict)  # speaker -> person id of people.toml


CALLS = [
    Call(
        name="zh-friend",
        language="zh",
        title="The famous friend calls: come home and testify",
        voices={"friend": ("zm_yunjian", 1.0), "h": ("zm_yunyang", 1.0)},
        people={"friend": "friend", "h": "h"},
        ring=True,
        seed=11,
        lines=[
            Line("friend", "喂，{老唐}，是我，高天行。好久没联系了。", 500),
            Line("h", "天行？这么晚了，怎么想起给我打电话？"),
            Line("friend", "我长话短说。昨天我见了周主任。他们说，只要{唐远山}回来，为陆怀安的案子作证，以前的事一笔勾销。", 450),
            Line("h", "我妹妹呢？{明月}在他们手里，已经三个星期了。", 600),
            Line("friend", "你一回来，{唐明月}第二天就能回家。这是周主任亲口说的。", 450),
            Line("h", "这不是作证，这是拿人换人。", 900),
            Line("friend", "{远山}，你想清楚。星期五之前，他们就要发通报了。", 700),
        ],
        outputs=[("calls/zh-friend.amr", "amr"), ("variants/zh-friend.wav", "mulaw")],
    ),
    Call(
        name="zh-official",
        language="zh",
        title="The office calls: some sentences are never written down",
        voices={"official": ("zf_xiaoyi", 1.0), "h": ("zm_yunyang", 1.0)},
        people={"official": "official", "h": "h"},
        stereo=True,
        seed=12,
        lines=[
            Line("official", "你好，请问是{唐远山}先生吗？我是海外事务办公室的，我姓周。"),
            Line("h", "我是。你从哪里拿到这个号码的？"),
            Line("official", "这不重要。{唐先生}，你妹妹{唐明月}最近身体不太好。你早点回来，对大家都好。", 500),
            Line("h", "请你把这句话写下来，寄给我的律师。", 700),
            Line("official", "{远山}，这样的话，我们从来不写。", 900),
        ],
        outputs=[("calls/zh-official.wav", "alaw")],
    ),
    Call(
        name="en-reporter",
        language="en",
        title="The reporter calls: in the paper he will only be H",
        voices={"reporter": ("bf_emma", 1.0), "h": ("bm_george", 1.0)},
        people={"reporter": "reporter", "h": "h"},
        seed=13,
        lines=[
            Line("reporter", "Hello, this is Nora Whitfield from the Meridian Courier. Is that {Victor Tang}?"),
            Line("h", "Yes. But please, do not print that name."),
            Line("reporter", "I won't, {Mister Tang}. In the paper you will only be H. Can you tell me about your sister?"),
            Line("h", "Her name is {Marina}. They came to her office on the third of March, and nobody has seen her since.", 500),
            Line("reporter", "And who asked you to come home?"),
            Line("h", "An old friend. He said, {Victor}, come back and testify, and {Marina Tang} goes free the next day.", 700),
            Line("reporter", "Did you record that call?", 500),
            Line("h", "I recorded all of them."),
        ],
        outputs=[("calls/en-reporter.wav", "pcm16"), ("variants/en-reporter.amr", "amr")],
    ),
    Call(
        name="fr-bank",
        language="fr",
        title="Someone at the bank calls: nothing in writing",
        voices={"banker": ("ff_siwis", 1.0), "h": ("bm_george", 1.0)},
        people={"banker": "banker", "h": "h"},
        seed=14,
        lines=[
            Line("banker", f"Bonjour, je vous appelle de la Banque des Deux Rives. Je parle bien à {TANG_FR} ?"),
            Line("h", "Oui, bonjour madame."),
            Line("banker", f"Le consulat de Canglan nous demande tous les relevés au nom de {TANG_FR}. Sans passer par un juge.", 450),
            Line("h", "Et ma sœur ? {Marina} avait un compte chez vous.", 500),
            Line("banker", f"Ils veulent aussi le compte de {MARINA_TANG_FR}. Ils connaissaient déjà le montant.", 450),
            Line("h", "Ils vous ont écrit une lettre ?", 500),
            Line("banker", f"Non, {M_TANG_FR}. Ils ont dit : rien par écrit. Je vous appelle parce que ce n'est pas normal.", 450),
        ],
        outputs=[("calls/fr-bank.wav", "mulaw"), ("variants/fr-bank.amr", "amr")],
    ),
    Call(
        name="en-consulate",
        language="en",
        title="The consulate leaves no letter",
        voices={"consul": ("bm_lewis", 1.0), "h": ("bm_george", 1.0)},
        people={"consul": "consul", "h": "h"},
        seed=15,
        lines=[
            Line("consul", "Good evening. This is the consulate of Canglan. I have a message for {Victor Tang}."),
            Line("h", "Send it to my lawyer, please."),
            Line("consul", "There is no letter, {Mister Tang}. Your passport is cancelled as of Monday.", 600),
        ],
        outputs=[("calls/en-consulate.m4a", "aac"), ("variants/en-consulate-landline.wav", "mulaw-landline")],
    ),
]
