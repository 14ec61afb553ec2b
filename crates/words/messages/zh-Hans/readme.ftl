### 证据包中写给法官的说明。标识以 "readme-" 开头。

readme-colon = ：
readme-semicolon = ；

## 首部
readme-title-court = 致法官：请先阅读本页
readme-title-press = 请先阅读本页
readme-what = 本页无需任何程序即可阅读。本页不是证明书，由提交本证据包的一方撰写。最后一节说明如何在不依赖该方的情况下逐项核查。
readme-row-recipient = 接收方
readme-row-purpose = 用途
readme-row-date = 制作时间
readme-row-case = 案卷
readme-row-key = 签名公钥
readme-row-narrower = 转交者
readme-row-previous = 在先证据包
readme-previous = 本证据包之前另有一份，其编号见本包声明
readme-moment = { $date } { $time } UTC
readme-self-asserted = { $date }（自行申报，未核查）

## 封存
readme-section-sealed = { $number }、封存了什么，何时封存，由谁封存
readme-sealed-what = 以下每一项都出自一份已封存的数字原件：原件的全部字节被计算为唯一的指纹（封存号即其开头部分），并登记入日志。原件此后若有改动，哪怕只改一个比特，即与封存号不符。派生文本（转写稿、隐去姓名的文本）以同样方式封存，并载明其来源。
readme-sealed-log = 日志只能增加；其中任何内容被删除或调换顺序，都会显露。制作本证据包时，日志共有{ $entries }条记录。该时刻的日志状态已经签名，收入本证据包。
readme-sealed-time = 时间取自执行封存的设备的时钟：自行申报，未核查。在没有独立机构时间戳的情况下，本证据包证明封存之后未有改动，但不证明封存于哪一天。
readme-sealed-stamped = 时间取自执行封存的设备的时钟：自行申报，未核查。但本证据包附有独立机构对日志较早状态加盖的时间戳（{ $count }个，见 proof/time 文件夹）。信任该机构者可据此核查日志当时已有的条目最迟何时已经存在；此后的条目没有这种证明。该机构的根证书应从该机构处取得，而非从当事人处取得，并用 --tsa-root FILE 交给下述程序。
readme-sealed-who = 封存所用密钥属于经案卷所有人授权的设备；授权书收入本证据包。密钥由谁持有，未经证明：请将上列签名公钥与当事人或其律师通过其他途径（当面口述或签名信函）告知的公钥相对照。
readme-sealed-who-narrowed = 封存使用的是案件所有人授权的设备的密钥；授权书在本证据包中。何人持有密钥未经证明。上面的签名密钥属于转交者，不属于案件：请将其与转交者以其他方式告知的密钥比对，并将所有人的密钥与当事人或其律师告知的密钥比对。

## 提交内容
readme-section-items = { $number }、提交的内容
readme-item = 第{ $number }项  { $title }
readme-row-mode = 提交方式
readme-mode-whole = 完整原件，逐字节一致
readme-mode-pages = 部分页面图片；其余隐去
readme-mode-partial = 原件的一部分；其余部分已遮盖
readme-mode-release = 文本，标示之处已遮盖
readme-mode-text = 文本；除签名外无从核查
readme-row-seal = 封存号
readme-row-entry = 日志位置
readme-entry = 第{ $index }条，共{ $entries }条（首条编号为0）
readme-row-made-from = 来源
readme-made-from = 第{ $number }项
readme-row-withheld = 已遮盖
readme-withheld-nothing = 无
readme-withheld-head-only = 声音无遮盖；仅遮盖文件头与元数据
readme-withheld-sound = { $whole }中的{ $withheld }，共{ $places }处；以及文件头与元数据
readme-withheld-passages = { $count }处
readme-withheld-lines = { $total }行中的{ $count }行
readme-withheld-tiles = 页面共{ $total }个方格，其中{ $count }个
readme-withheld-cells = 表格{ $total }个单元格中的{ $count }个
readme-withheld-spans = 文件按其语法分成的{ $total }段中的{ $count }段
readme-row-where = 位置
readme-where-lines = 第{ $lines }行
readme-where-black = 页面上的黑色部分；每个方格为图片的64×64像素
readme-where-marked = 文本中方括号标示之处
readme-row-why = 理由（按次计）
readme-reason = { $reason }（{ $count }处）
readme-reason-name = 受保护人的姓名
readme-reason-identifier = 可识别受保护人身份的内容
readme-reason-private-life = 第三人的私生活
readme-reason-privilege = 律师与委托人之间的往来
readme-row-files = 文件
readme-files = 文件夹 { $folder }

## 遮盖
readme-section-withheld = { $number }、如何遮盖
readme-withheld-how = 文字被遮盖之处，以方括号标示。录音中被遮盖的声音，以等长的1千赫持续音代替；录音格式不容此音者（MP3、AAC），则以静音代替。时间因此不会移位。剪切处扩展至整秒及录音的数据包边界：其长短不会泄露所说的内容。
readme-withheld-amount = 各项所列数量由证明计算得出，并非当事人自述：已封存的材料不可能有更多内容被遮盖。理由、标题以及材料的取舍，为当事人自己的陈述。是否另有其他材料，本证据包不作说明。
readme-withheld-press = 各项所列数量为提供方自己的陈述。
readme-aliases = 姓名被遮盖的人以化名出现：{ $aliases }。在本证据包内，同一化名始终指同一人。其他接收方得到的化名可能不同，不得互相比对。

## 何人转交
readme-section-disclosers = { $number }、何人转交
readme-disclosers-what = 本证据包不是从案件中直接送出的那一份。收到那一份的人增加遮盖后转交，这既不需要案件，也不需要其密钥。仍然公开的部分回到同一日志中的同一封存；此前已遮盖的仍然遮盖。每位转交者都签署了其转交的内容：
readme-discloser = { $place }. { $name }，{ $date }，密钥 { $key }
readme-discloser-unknown = { $place }. 案件持有人，密钥 { $key }：本证据包中没有其可供核查的声明
readme-discloser-unnamed = （未具名）
readme-discloser-untold = （姓名已遮盖）
readme-disclosers-limit = 核查程序会说明何人遮盖了哪一部分。它不能说明转交者转交了其所有的全部：整件撤下只留下一个件数。

## 未证明的事项
readme-section-not-proven = { $number }、未证明的事项
readme-not-proven-1 = 所录、所写内容是否真实、完整，取得是否合法：任何程序都无法证明。
readme-not-proven-2 = 录音、文件或封存的日期与时刻：自行申报，未核查。
readme-not-proven-2-stamped = 录音或文件的日期与时刻，以及时间戳所证明之外的封存时刻：自行申报，未核查。
readme-not-proven-3 = 说话者、书写者以及签名密钥持有者的身份。
readme-not-proven-4 = 转写或翻译是否如实反映声音或文件：它只是一种读法，往往出自机器，应与来源对照。
readme-not-proven-5 = 录音或文件在封存之前的经过。
readme-not-proven-6 = 文件中被遮盖的文件头与元数据的内容。
readme-not-proven-7 = 本证据包制作之后，日志是否又有增加。

## 完整原件
readme-section-whole = { $number }、如何调取完整原件与设备
readme-whole-court = 凡部分提交或以文本形式提交的材料，均有完整且未经改动的原件保存。法官可凭项号与封存号向当事人或其律师调取，例如：“责令提交第1项（封存号如前所列）的完整原件及录制设备，并交鉴定人检验。”届时提交的原件须与同一封存号核对：换成他件或经过改动，即不相符。设备本身连同其时钟、设置及其他数据，可由鉴定人检验；本证据包不能代替设备。
readme-whole-press = 原件可否查阅、以何条件查阅，由提供方决定。每份文本附有一项承诺值：提供方日后若公开原件的封存号与所用随机值，任何人都可核对本文本当时确系在该封存号之下提供。

## 如何核查
readme-section-check = { $number }、如何核查本证据包
readme-check-program = 使用程序 casemate-verify，可在任何计算机上离线运行。程序应从其发布者处取得，而非从当事人处取得。BUNDLE 代表收到的文件；长串数字为签名公钥，应如前所述通过其他途径确认：
readme-check-program-press = 使用程序 casemate-verify，可在任何计算机上离线运行。程序应从其发布者处取得，而非从提供方处取得。BUNDLE 代表收到的文件；长串数字为签名公钥，应通过其他途径与提供方确认：
readme-check-exit = 程序逐项列出核查结果：已证明、未通过或未核查；无一项未通过时退出码为0，否则为1。
readme-check-stock = 不用该程序时，可用多数系统自带的工具：解开证据包，核对每个文件与清单相符：
readme-check-signature = 并核对清单确由签名密钥签名（OpenSSH 8.1或更新版本）：
readme-check-stock-limits = 上述工具核查文件与签名。某项材料是否与其封存号相符、封存号是否在日志之中，只有前述程序能够核查。
