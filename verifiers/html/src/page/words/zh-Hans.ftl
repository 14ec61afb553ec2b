### 页面自己说的话。核查结果的措辞见 crates/words/messages/zh-Hans/verify.ftl。

## 框架
page-title = 核查证据包
page-name = Casemate 核验页
page-language = 语言
page-offline = 不联网。任何内容都不会离开这台电脑。

## 之前
start-head = 核查证据包
start-lede = 证据包是一个以 .zip 结尾的文件。本页在您的电脑上核查它，并说明哪些已证明、哪些未通过、哪些未核查。
start-drop = 请将收到的文件原样拖到此处，不要解开
start-choose = 选择文件
start-again = 核查另一个证据包
start-key = 发送方的公钥
start-key-help = 可不填。64个数字和字母，或以 ssh-ed25519 开头的一行，须通过其他途径（当面口述或签名信函）得知。不要从证据包中抄录。其后空一格，可再填日志见证者的公钥（名称+标识+公钥）。
start-key-bad = 这不是公钥。公钥是64个 0–9、a–f 字符（空格不计），或以 ssh-ed25519 开头的一行，或以 SHA256: 开头的指纹；其后或单独可填见证者的公钥：名称+标识+公钥
start-three-1 = 文件在原处读取，不改动、不复制、不外传。
start-three-2 = 声音与文本只按本页能从已证明内容重新作出的样子显示。
start-three-3 = 内容是否真实、完整、合法，任何程序都无法断定。
start-not-a-file = 这不是文件。请拖入证据包本身，而非文件夹。

## 之中
work-head = 正在核查
work-reading = 已读 { $done }，共 { $whole }
work-item = 第{ $item }项，共{ $of }项
work-stop = 停止

## 之后
verdict-failed = 不可采信本证据包
verdict-failed-item = 不可采信{ $items }
verdict-good = 无一项未通过
verdict-press = 已签名，但未证明
verdict-failed-lede = { $failed }项核查未通过。未通过之处列在最前，并说明应如何处理。
verdict-good-lede = 已核查的均成立。未核查的列在一旁：两者都请阅读。
verdict-press-lede = 签名成立。以下文本是发送方自己的话：媒体证据包中没有任何内容可与封存的原件比对。
verdict-count-proven = { $count }项已证明
verdict-count-failed = { $count }项未通过
verdict-count-unchecked = { $count }项未核查
verdict-to = 致：{ $recipient }。{ $purpose }。申报日期：{ $date }
section-proven = 已证明
section-failed = 未通过
section-unchecked = 未核查
section-items = 提交的内容与遮盖的内容
section-promise = 本次核查不作保证的事项
item-one = 第{ $items }项
item-many = 第{ $items }项
key-pinned = 与通过其他途径得知的公钥相对照
key-check = 对照
key-signing = 签名公钥
key-owner = 所有人公钥

## 各项
column-item = 项
column-where = 位置与理由
column-withheld = 已遮盖
column-rest = 已提交
column-state = 核查
mode-whole = 完整原件
mode-partial = 原件的一部分
mode-pages = 各页图像，部分
mode-release = 标有遮盖处的文本
mode-text = 文本，无证明
from-item = 出自第{ $number }项
withheld-none = 无
withheld-header = 文件头与元数据
count-parts = { $count }处
count-lines = { $count }行
count-cells = { $count }个单元格
count-squares = { $count }个方块
reason-many = { $reason }（{ $count }处）
seal = 封存号 { $value }
files = 文件
save = 保存 { $name }
rest-not-shown = 显示到此为止。请保存文件以阅读全部内容。
state-proven = 已证明
state-failed = 未通过
state-unchecked = 未核查
not-shown = 未通过，不予显示。文件可以保存，风险自负。

## 声音
play = 播放
pause = 暂停
sound-place = 录音中的位置
sound-gaps = { $count ->
    [0] 声音无遮盖
   *[other] 遮盖{ $count }处，共{ $length }，首处在{ $from }
}
sound-stands = { $sign ->
    [silence] { $gaps }：以静音代替被遮盖的声音
   *[tone] { $gaps }：以持续音代替被遮盖的声音
}
sound-now = 已遮盖
sound-to-gaps = 转到遮盖处
sound-amr = 本浏览器不能播放这类录音（手机所用的 AMR）。请保存后用任一播放器（例如 VLC）打开：所保存的文件即此处所证明的文件，逐字节一致。若播放器先转换为其他格式，则所得副本没有任何证明。
sound-cant = 本浏览器不能播放此录音。请保存后用其他播放器打开：所保存的文件即此处所证明的文件。
sound-wrapped = 此处以另一封装（M4A）播放相同的帧，以便定位；该封装不证明任何内容。所保存的文件即此处所证明的文件。

## 页面
page-of = 第{ $page }页，共{ $of }页
page-open = 无遮盖
page-withheld = { $of }个方块中遮盖{ $count }个
page-previous = 上一页
page-next = 下一页
page-larger = 放大
page-smaller = 缩小
page-cant = 本浏览器不能绘制此页。请保存文件后用其他程序打开：所保存的文件即此处所证明的文件。
page-hint = 依此处所证明的图像绘制；黑色为已遮盖，每个方块为64×64像素。图像是否如实呈现文件，仅为发送人所称。

## 时间令牌
time-stamps = 日志旁附有{ $count }个时间戳机构的令牌；本页不予核查。{ $claims }
time-claimed = 据其所称：不晚于{ $times }。
time-none = 其中没有可读出的、关于此日志的时间。
means-time-stamps = 令牌以某机构的名义说明日志在某时刻已存在。它是否确由该机构签署、该机构为何人，可用 casemate-verify 或 openssl 核查，命令见 docs/format/time.md。其余日期均出自发送人的时钟。

## 错误
error-read = 无法读取文件：{ $cause }。请重新选择。如文件在U盘或网络文件夹中，请先复制到本机。
error-worker = 本浏览器不允许本页运行。请用新版的 Firefox、Chrome、Edge 或 Safari 打开。
error-old = 未证明任何内容。

## 页脚
foot = 核验页第1版，不建立任何连接。如需确认本页自身，请将其 SHA-256 与公布的数值相对照。
print = 打印

## 核查结果的含义，以及它未回答的问题
means-zip-strict = 该文件只有一种读法，两个读者不会看到两份文件。它不说明由谁写成。
means-manifest = 文件清单与每个文件的指纹相符。清单是否出自签名者，见下一项。
means-signature = 持有证据包所载密钥者签署了这份清单，而非其他清单。密钥属于谁，此处不能说明。
means-signer-pinned = 将为证据包负责的公钥与您通过其他途径得知的公钥相对照。没有这样的公钥，任何人都可能制作并签署这个证据包。
means-owner-pinned = 转交此证据包的人不需要案件的任何权利。此处将其所属案件（其所有者的公钥）与您通过其他途径得知的相对照。
means-owner-grant = 案卷所有人签署授权该密钥对外提交。所有人是否确为其人，只有对照公钥才能知道。
means-checkpoint = 日志的长度及其唯一指纹已签名。改动、删除或移动任何一条记录，指纹都会不同。
means-discloser = 每位转交者都签署了转交时哪些部分是公开的。无人能重新公开此前被遮盖的部分而不被发现。转交者是否转交了其所有的全部，不得而知：撤下一件只留下件数；何人持有密钥，只有对照才能得知。
means-logged = 所封存内容的指纹位于日志的这一位置。事后无法放入而不改变已签名的状态。
means-object = 每个公开的部分都重新计算到封存号。被遮盖的部分所占的位置（声音则为时长）与所示完全一致；其内容不得而知。
means-rendering = 本页由已证明的部分重新作出供阅读或播放的文件，并逐字节比对。文字稿是否如实反映声音，未经核查。
means-parent = 该派生项在日志中的记录载明其来源。它是否如实反映来源，未经核查。
means-census = 发送方对日志中有关该项的记录数目作出承诺。发送方从未见过的其他日志中的记录不计在内。
means-container = 文件头与文件内部的说明（设备、地点、标题）已遮盖。其中有什么，不得而知。
means-withheld-by = 一位转交者签署时公开、下一位签署时被遮盖的部分，是由下一位遮盖的。如果第一位没有留下可以出示的声明，则前两位各自遮盖了什么无法区分。
means-time = 日期来自发送方的时钟，没有任何机构证明。
means-witness = 见证者记得所见每份日志的最新状态，仅当新状态由其延续而来时才签署。它在该时刻（依其自身时钟）见到此日志即如此。它是否可信、是否见过日志的每一状态，此处不能说明。
means-freshness = 证据包显示的是制作时的日志。此后的记录不在其中。
means-content = 谎言的准确副本仍是谎言。是否经过布置、是否完整、取得是否合法，由人来判断。
means-object-press = 媒体证据包不出示证明，以免两个证据包被联系起来。其中的承诺值使发送方日后可以证明该文本。

## Small things
facts-items = 第{ $items }项
where-more = 另有{ $count }处
withheld-not-known = 不得而知：只是发送方的说法，没有证明
start-only-one = 请一次只拖入一个文件。
