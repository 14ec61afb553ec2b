### 核验程序所说的话：核查结果、摘要、建议。标识以 "verify-" 开头。

## 标题
verify-headline-failed = 未通过：{ $finding }
verify-headline-nothing-failed = 无一项未通过。{ $proven }项已证明，{ $unchecked }项未核查。
verify-subject = { $id }，第{ $item }项
verify-advice = 建议：{ $advice }
verify-list-separator = ；

## 核查结果
verify-zip-strict = { $status ->
    [proven] 文件的每个字节都有着落。
    [failed] 文件与写成时不同：有字节被改动、增加或截去，或被其他程序重新打包。
   *[not-checked] 未查看文件的形式。
}
verify-manifest = { $status ->
    [proven] 证据包中每个文件均与清单相符，不多不少。
    [failed] 证据包中的文件与清单不符。
   *[not-checked] 未查看文件清单。
}
verify-signature = { $status ->
    [proven] 证据包确由其所载公钥签名。
    [failed] 证据包并非由其所载公钥签名。
   *[not-checked] 未查看签名。
}
verify-signer-pinned = { $status ->
    [proven] 签名者是您预期的人。
    [failed] 签名者不是您预期的人。
   *[not-checked] 签名密钥属于谁，此处不得而知。
}
verify-owner-pinned = { $status ->
    [proven] 其所属案件正是您所预期的。
    [failed] 其所属案件不是您所预期的。
   *[not-checked] 其属于谁的案件，此处不知。
}
verify-owner-grant = { $status ->
    [proven] 案卷所有人在日志首条记录中授权了签名密钥。
    [failed] 没有成立的案卷所有人对签名密钥的授权。
   *[not-checked] 未查看所有人的授权。
}
verify-checkpoint = { $status ->
    [proven] 日志状态由获授权的密钥签名。
    [failed] 日志状态并非由获授权的密钥签名。
   *[not-checked] 未查看日志状态。
}
verify-discloser = { $status ->
    [proven] 转交者签署了其转交的内容，且未公开之前已遮盖的任何部分。
    [failed] 所称某转交者转交的内容不成立。
   *[not-checked] 该转交者转交的内容没有可供核查的形式。
}
verify-logged = { $status ->
    [proven] 封存已登记入日志。
    [failed] 封存并未如所述登记入日志。
   *[not-checked] 未查看封存是否在日志之中。
}
verify-object = { $status ->
    [proven] 所提交的即当时所封存的；其余部分只是被遮盖。
    [failed] 所提交的并非当时所封存的。
   *[not-checked] 所提交的无从与所封存的比对。
}
verify-rendering = { $status ->
    [proven] 供阅读和播放的文件与已证明的内容完全一致。
    [failed] 供阅读或播放的文件与已证明的内容不同。
   *[not-checked] 未查看供阅读和播放的文件。
}
verify-parent = { $status ->
    [proven] 该项载明了它出自哪一项。
    [failed] 该项并非出自所述之项。
   *[not-checked] 未查看该项的来源。
}
verify-census = { $status ->
    [proven] 日志中有关该项的记录已计数。
    [failed] 日志中有关该项的记录数目不成立。
   *[not-checked] 未对日志中有关该项的记录计数。
}
verify-container = { $status ->
    [proven] 文件头与元数据已提交。
    [failed] 文件头与元数据不成立。
   *[not-checked] 文件头与元数据已遮盖：其中还有什么，不得而知。
}
verify-withheld-by = { $status ->
    [proven] 何人遮盖了哪一部分已经证明。
    [failed] 何人遮盖了哪一部分不成立。
   *[not-checked] 哪一位转交者遮盖了哪一部分不得而知。
}
verify-time = { $status ->
    [proven] 独立机构证明日志在该时刻已含有这些条目。
    [failed] 所证明的时间不成立。
   *[not-checked] 时间为自行申报，没有独立机构证明。
}
verify-time-unpinned = 时间戳机构的令牌在下列根证书下成立；是否可信未核查。
verify-time-item = { $status ->
    [proven] 独立机构加盖时间戳时，它已在日志中。
    [failed] 其所证明的时间不成立。
   *[not-checked] 未能证明加盖时间戳的日志已含有它：时间为自行申报。
}
verify-witness = { $status ->
    [proven] 您指定的见证者见过此日志，且未见与之矛盾的日志。
    [failed] 见证者的连署不成立。
   *[not-checked] 有见证者连署此日志；见证者是否可信未核查。
}
verify-freshness = { $status ->
    [proven] 这是日志的最新状态。
    [failed] 日志有更新的状态。
   *[not-checked] 日志可能有更新的状态。
}
verify-content = { $status ->
    [proven] 内容已经审查。
    [failed] 内容经审查不成立。
   *[not-checked] 内容是否真实、完整、合法，任何程序都无法断定。
}

## 事实
verify-fact-cause = 原因：{ $value }
verify-fact-reason = 理由：{ $value }
verify-fact-key = 公钥 { $value }
verify-fact-date = 申报日期 { $value }
verify-fact-profile = 形式 { $value }
verify-fact-owner = 所有人 { $value }
verify-fact-role = 身份 { $value }
verify-fact-lane = 日志 { $value }
verify-fact-size = { $value }条记录
verify-fact-root = 根 { $value }
verify-fact-seal = 封存号 { $value }
verify-fact-index = 第{ $value }条
verify-fact-from = 出自第{ $value }项
verify-fact-acts = 记录数：{ $value }
verify-fact-files = 文件：{ $value }
verify-fact-time = 不晚于 { $value }
verify-fact-witness = 见证者 { $value }
verify-fact-witness-key = 见证者公钥 { $value }
verify-fact-number = 编号 { $value }
verify-fact-accuracy = 精度 { $value }
verify-fact-authority = 机构 { $value }
verify-fact-policy = 策略 { $value }
verify-fact-tsa-root = 根证书 { $value }
verify-fact-trust = { $value ->
    [pinned] 根证书与所给一致
   *[not-checked] 是否可信未核查
}
verify-fact-revocation = { $value ->
    [not-checked] 是否吊销未核查
   *[other] 截至 { $value } 未吊销
}
verify-fact-qualified = { $value ->
    [stamp] 令牌自称合格：未核查
    [certificate] 证书自称合格：未核查
   *[both] 令牌与证书均自称合格：未核查
}
verify-fact-valid-until = 其证书有效期至 { $value }
verify-fact-renewed-until = 由后来的令牌续期至 { $value }
verify-fact-covers = 涵盖条目：{ $value }
verify-fact-stamp = 令牌 { $value }
verify-fact-place = 第{ $value }位转交者
verify-fact-name = 姓名 { $value }
verify-fact-purpose = 用途：{ $value }
verify-fact-recipient = 致 { $value }
verify-fact-texts-withheld = 其说明中被遮盖：{ $value }
verify-fact-items-withheld = 其后未转交的件数：{ $value }
verify-fact-by = 各转交者遮盖的部分：{ $value }
verify-fact-by-ms = 各转交者遮盖的时间：{ $value }
verify-fact-other = { $name }：{ $value }
verify-withheld-nothing = 无遮盖
verify-withheld-sound-none = 全长{ $whole }，声音无遮盖
verify-withheld-sound = { $whole }中遮盖{ $withheld }，共{ $count }处：{ $places }
verify-withheld-more = { $places }等，另有{ $count }处
verify-withheld-parts = { $leaves }个部分中遮盖{ $hidden }个

## 建议
verify-advice-zip-strict = 请通过其他途径重新索取该文件，收到后不要解开，直接核查。如仍未通过，不可采信。
verify-advice-manifest = 不可采信本证据包。请向发送方重新索取。
verify-advice-signature = 不可采信本证据包。请向发送方重新索取，并通过其他途径索取公钥。
verify-advice-signer-pinned = 请与发送方通过其他途径告知的公钥相对照。如不相同，则证据包来自他人。
verify-advice-owner-grant = 证据包可能由在本案中无权限者签名。请询问本案律师。
verify-advice-checkpoint = 不可采信证据包有关日志的内容。请向发送方重新索取。
verify-advice-discloser = 不要依赖本证据包关于转交者的说法。请向最后的或最初的发送者重新索取。
verify-advice-logged = 不可采信该项。请凭封存号索取。
verify-advice-object = 不可采信该项：它并非当时所封存的。请凭封存号索取原件。
verify-advice-rendering = 不可采信该项供阅读和播放的文件。请向发送方重新索取。
verify-advice-parent = 不可将该项视为出自另一项。请向发送方索取其来源。
verify-advice-census = 有关该项的记录可能有遗漏。请向发送方索取其保管记录。
verify-advice-other = 不可采信。请向发送方重新索取。
verify-note-signer-pinned = 请通过其他途径向发送方索取公钥，再以 --signer 公钥 重新运行。
verify-note-tsa-root-screen = 该机构是否可信，须以从该机构本身取得的根证书核查：casemate verify --tsa-root 文件。
verify-note-tsa-root = 请通过其他途径向该机构索取根证书，再加上 --tsa-root 文件 重新运行。
verify-note-witness = 请通过其他途径向见证者索取其公钥并比对，再以 --witness 公钥 重新运行。
verify-note-signer-screen = 请通过其他途径向发送者索取密钥，填写后再次验证。

## 程序
verify-usage = 离线核查证据包，逐项说明已证明、未通过和未核查的内容。

    { "   " }casemate-verify [选项] 证据包

    选项
    { "   " }--signer HEX    可为证据包负责的公钥（64位十六进制）：签名公钥或所有人公钥；可多次给出
    { "   " }--tsa-root 文件  时间戳机构的根证书（PEM 或 DER）；可多次给出
    { "   " }--witness 公钥   日志见证者的公钥（名称+标识+公钥）；可多次给出
    { "   " }--only-failed   只显示未通过的项目
    { "   " }--json          以 JSON 作答
    { "   " }--lang 语言     fr、en 或 zh；否则依环境设定
    { "   " }--help, --version

    退出码：0 无一项未通过，1 有项目未通过，2 无法理解命令或无法读取文件。
verify-error-usage = 无法理解该命令：{ $what }。参见 casemate-verify --help。
verify-error-no-bundle = 未指明证据包
verify-error-two-bundles = 指明了不止一个证据包
verify-error-signer = 签名者应为64位十六进制，而非 { $value }
verify-error-tsa-root = { $file } 中没有可读的根证书：{ $cause }。请给出 PEM 或 DER 文件。
verify-error-witness = 见证者公钥应写作 名称+标识+公钥，与其公布的一致：{ $cause }
verify-error-language = 语言为 fr、en 和 zh，而非 { $value }
verify-error-unreadable = 无法读取 { $file }：{ $cause }。请检查路径以及读取权限。
verify-error-not-a-file = { $file } 不是文件。请指明所收到的、未解开的证据包本身。
