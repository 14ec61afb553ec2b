### What the command line says: progress, tables, errors with their advice. Ids begin with "cli-".

## Asking
cli-ask-passphrase = 口令：
cli-ask-new-passphrase = 新案卷的口令（留空则由程序生成一个）：
cli-ask-again = 请再输入一次：
cli-passphrase-offered = 您的口令是

        { $passphrase }

    请现在就用纸笔抄下。它只显示这一次；没有它，任何人都无法打开案卷。

## Progress
cli-stage-finding = 查找文件
cli-stage-sealing = 封存
cli-stage-reading = 读取
cli-stage-recognising = 识别图片文字
cli-stage-transcribing = 转写
cli-stage-indexing = 建立索引
cli-stage-understanding = 读取语义
cli-stage-verifying = 核验
cli-stage-drawing = 正在绘制页面
cli-stage-packing = 打包
cli-stage-exporting = 写出原件
cli-progress = { $stage }：{ $done }
cli-progress-of = { $stage }：{ $done } / { $total }（{ $percent }%）
cli-progress-exhibit = ，证据{ $number }
cli-progress-left = ，约剩{ $time }
cli-seconds = { $count }秒
cli-minutes = { $count }分钟
cli-hours = { $hours }小时{ $minutes }分
cli-stopping = 正在停止：先写完手头的内容。再按一次 Ctrl-C 立即退出；已确认的内容不会丢失。

## Columns
cli-column-exhibit = 编号
cli-column-kind = 类别
cli-column-size = 大小
cli-column-length = 时长
cli-column-text = 文字
cli-column-path = 来源
cli-column-read = 已读
cli-column-partly = 部分
cli-column-unread = 未读
cli-column-took = 用时
cli-column-why = 原因
cli-column-same = 再次给出的名称
cli-column-compartment = 分区
cli-column-tool = 制作工具
cli-column-entry = 条目
cli-column-when = 时间
cli-column-act = 行为
cli-column-person = 人员
cli-column-protection = 保护
cli-column-role = 身份
cli-column-names = 其他姓名

## Kinds, layers, acts
cli-kind-recording = 录音
cli-kind-document = 文件
cli-kind-mail = 电子邮件
cli-kind-chat = 聊天记录
cli-kind-call-log = 通话记录
cli-kind-table = 表格
cli-kind-web = 网页
cli-kind-text = 文本
cli-kind-other = 其他
cli-layer-reading = 文本
cli-layer-transcript = 转写稿
cli-layer-transcript-part = 未完成的转写稿
cli-layer-ocr-part = 图片文字的开头部分
cli-layer-corrected = 校正稿
cli-layer-release = 发布层
cli-act-lane = 日志开始
cli-act-commit = 提交
cli-act-seal = 封存
cli-act-exhibit = 证据编号
cli-act-derive = 制作衍生件
cli-act-person = 登记人员
cli-act-merge = 合并两人
cli-act-alias = 指定化名
cli-act-consent = 记录同意情况
cli-act-heard = 记录收听
cli-act-plan = 遮盖方案
cli-act-keep = 认定不是姓名
cli-act-correct = 校正
cli-act-census = 清点
cli-act-disclose = 对外提交
cli-act-timestamp = 加盖时间戳
cli-act-witness = 见证者连署
cli-act-sealed = 已封存：此处没有其密钥

## Why something was not read
cli-finding-too-many = 页面上的符号过多，无法区分
cli-finding-not-placed = 页面上找不到要隐去的字
cli-finding-page-too-large = 页数过多或页面过大，不能制成图片
cli-finding-no-program = 缺少绘制页面的程序
cli-finding-empty = 空文件
cli-finding-mislabelled = 文件名与内容类型不符
cli-finding-speech-missing = 无法转写：缺少语音引擎
cli-finding-truncated = 不完整
cli-finding-malformed = 与其声称的格式不符
cli-finding-encrypted = 已加密
cli-finding-unsupported-format = 没有可读取此格式的程序
cli-finding-too-large = 过大，无法读取
cli-finding-too-much = 文字超出可读取的量
cli-finding-names-not-looked-for = 此处不打开这种打包格式，未在其中查找姓名
cli-finding-not-audited = 不检查此类文件
cli-finding-no-text = 没有文字
cli-finding-no-text-layer = 页面没有文字层（文字是图片）
cli-finding-no-sound = 没有声音
cli-finding-sound-damaged = 声音已损坏
cli-finding-rate-unknown = 采样率不可能存在
cli-finding-no-page = 没有这一页
cli-finding-text-uncertain = 文件未说明某些字形是什么字
cli-finding-alternatives-differ = 纯文本正文与HTML正文内容不同
cli-finding-date-invalid = 日期不是有效的日期
cli-finding-date-ambiguous = 日与月无法分辨：未采用日期
cli-finding-date-by-course = 日与月仅凭条目顺序分辨
cli-finding-date-contradictory = 日与月的任何顺序都与全部日期不符
cli-finding-metadata-clipped = 元数据超出所保留的量
cli-finding-c2pa-manifest = 含 C2PA 清单：只是制作者的声明，不能证明任何事
cli-finding-c2pa-mismatch = C2PA 清单与文件不符
cli-finding-c2pa-unread = C2PA 清单无法读取
cli-finding-too-many-findings = 发现的问题超出所列
cli-finding-sound-changes = 声音中途改变格式：其余未读取
cli-finding-channels-identical = 两个声道是同一声音
cli-finding-text-rejected = 几乎不是人声之处的文字已舍弃
cli-finding-text-sparse = 文字少于人声时长：可能缺一句
cli-finding-draft-transcript = 该语言的转写只是草稿：请由懂该语言的人校正
cli-finding-fence-missing = 缺少必需的隔离：什么都没有读取
cli-finding-reader-panicked = 读取程序遇到未知情形
cli-finding-scratch-failed = 读取程序没有可用的临时内存
cli-finding-job-unknown = 该程序不做此项工作
cli-finding-worker-answer-malformed = 读取程序的答复格式有误
cli-finding-decoder-missing = 本机缺少解码器
cli-finding-text-damaged = 文字已损坏
cli-finding-encoding-damaged = 编码已损坏
cli-finding-message-unread = 有一条消息无法读取
cli-finding-page-unread = 有一页无法读取
cli-finding-part-unread = 其中一个内含文件无法解开
cli-finding-pictures-inside = 内含的图片未被查看
cli-finding-sheet-hidden = 有隐藏的工作表；也已读取
cli-finding-text-deleted = 有在修订模式下删除的文字；也已读取
cli-finding-text-scavenged = 此格式或其中一部分无法读取；看似文字的内容按原样取出，顺序可能错乱
cli-finding-changes-beside = 最新的改动可能在旁边的 -wal 文件中：请一并添加
cli-finding-refers-outside = 它指向外部内容，某些程序打开它时会去获取；此处未获取任何内容
cli-finding-macros-inside = 其中带有宏；未予运行
cli-finding-picture-unread = 图片中可见的内容未被读取
cli-finding-ocr-missing = 其中的文字未读取：缺少识别模型
cli-finding-text-recognised = 文字由机器从图片中识别
cli-finding-layer-off = 文件有已关闭的图层；也已读取
cli-finding-row-unread = 有一行无法读取
cli-finding-symbolic-link = 符号链接：请给出文件本身
cli-finding-special-file = 不是普通文件
cli-finding-own-case = 案卷自身的文件：不封存到案卷中
cli-finding-too-deep = 嵌套过深，一次未能全部打开：再次添加即继续读取
cli-finding-unreadable = 无法从磁盘读取
cli-finding-changing = 封存时一直在变动
cli-finding-object-damaged = 封存的内容已损坏
cli-finding-voice-without-words = 有人声而无文字：请收听
cli-finding-text-cut-short = 词数超出模型所能写出的量
cli-finding-worker-crashed = 使读取程序崩溃
cli-finding-worker-exited = 读取程序未答完即结束
cli-finding-worker-killed-memory = 所需内存超出读取程序的限额
cli-finding-worker-killed-stack = 嵌套过深
cli-finding-worker-killed-cpu = 所需计算过多
cli-finding-worker-killed-wall = 耗时过长
cli-finding-worker-killed-size = 展开后过大
cli-finding-worker-killed-fence = 使读取程序做了被禁止的操作
cli-finding-worker-killed-outside = 系统终止了读取程序

## init
cli-init-done = 新案卷位于{ $path }，编号{ $case }。
cli-init-passphrase = 口令：{ $passphrase }
cli-init-lost = 口令一旦遗失，案卷即无法打开：没有口令，任何人都打不开。
cli-place-network = 注意：该文件夹位于网络文件系统上，锁定与写入未必可靠；请把案卷放在本地磁盘上。
cli-place-synced = 注意：有程序正把该文件夹复制到别处。请对该文件夹停用此功能，或移走案卷。
cli-place-volatile = 注意：该文件夹在内存中，下次开机即消失。
cli-place-not-checked = 文件系统的类型未经核查。

## add, transcribe
cli-add-sealed = { $count ->
    [0] 没有新的内容需要封存
   *[other] 已封存{ $count }件证据
}
cli-add-duplicates = ，另有{ $count }件早已封存
cli-add-read = ；已读取{ $read }件，已识别图片文字{ $seen }件，已转写{ $heard }件。
cli-add-title-duplicates = 早已封存，未再封存：{ $count }
cli-add-title-refused = 未封存：{ $count }
cli-add-title-not-read = 已封存，但未读取或未完整读取：{ $count }件
cli-add-stopped = 未到结尾即停止。已列出的都已妥善保存；再次执行同一命令即可继续。
cli-transcribed = 已转写{ $count }段录音。
cli-transcribe-stopped = 未到结尾即停止。已听到的部分已妥善保存；再次执行同一命令即从该处继续。
cli-recognised = { $count ->
    [0] 没有尚未识别的图片。
   *[other] 已识别{ $count }件图片或扫描件的文字。
}
cli-ocr-stopped = 未到结尾即停止。已识别的部分已妥善保存；再次执行同一命令即从该处继续。

## ls, show, log
cli-ls-empty = 案卷是空的。casemate add 路径 可封存文件和文件夹。
cli-ls-all-read = 全部已读取。
cli-ls-marked = ! 表示有部分未能读取；casemate show 编号 会说明。
cli-show-within = 原在其中
cli-show-sealed = 封存时间
cli-show-seal = 封存号
cli-show-root = 根值
cli-show-profile = 切分方式
cli-show-leaves = 叶数
cli-show-heard = 已有人收听
cli-show-derived = 由此制作
cli-show-findings = 未读取
cli-show-notes = 值得留意
cli-show-custody = 保管记录
cli-log-lane = 日志道
cli-log-entries = 条目数
cli-log-checkpoint = 已签名的检查点
cli-log-damaged = 已损坏，未计入上表
cli-log-not-understood = 版本{ $version }：无法理解

## search
cli-search-all = { $total ->
    [0] 没有找到。
   *[other] 共{ $total }段。
}
cli-search-part = 共{ $total }段，显示{ $shown }段。
cli-search-close = 意思相近、用词不同。数字是编码模型认为两者意思相似的程度（余弦，最高为 1），引用前请先阅读原文：
cli-search-close-none = 没有意思相近而不含这些词的段落。
cli-search-close-words = 查询中没有可按意思查找的词。
cli-search-close-waiting = 还有{ $count }段文字未读取语义：再次查询即可继续。
cli-search-close-no-model = 未按意思查找：缺少句子编码模型。script/setup 可以取得；--models DIR 或 CASEMATE_MODELS 指明其位置。
cli-search-close-other-model = 未按意思查找：句子编码模型所在之处是别的文件。请用 script/setup 重新取得。

## person
cli-person-none = 尚无人员。casemate person add 用于登记人员。
cli-person-red = 红色
cli-person-protected = 受保护
cli-person-legend = ✓ 同意，(✓) 无法征询、由他人决定，✗ 拒绝，? 尚无记录。化名一经指定不再更改。

## heard
cli-heard = 证据{ $exhibit }：已收听{ $heard }，全长{ $duration }。
cli-heard-gaps = 尚无人收听：{ $gaps }

## redact
cli-plan = { $count ->
    [0] 证据{ $exhibit }，对象{ $audience }：未遮盖任何内容。
   *[other] 证据{ $exhibit }，对象{ $audience }：遮盖{ $count }处。
}
cli-plan-open = 仍有{ $count }处待定，因此不能对外提交：
cli-plan-kept = 认定不是姓名或可以保留（{ $count }处）：
cli-plan-cuts = 从声音中剪去（含余量）：{ $cuts }
cli-plan-aside = 另有{ $count }处在元数据或文件名中，这些不会外传。
cli-plan-reviewed = 审阅人：{ $name }。
cli-plan-proposal = 仅为建议：尚无人审阅，因此不会外传。
cli-plan-outdated = 该方案针对较早的文本。请重新提出并审阅。
cli-review-how = { $count ->
    [0] 未找到姓名。签署前请亲自查看文本。
   *[other] 共{ $count }处。回车保持遮盖；s 取消；q 退出且不签署。
}
cli-review-ask-find = 遮盖吗？[回车/s/q]
cli-review-ask-strike = 保持遮盖吗？[回车/s/q]
cli-review-why = 为什么不是姓名？
cli-review-name = 请输入您的姓名以签署审阅：
cli-review-left = 已退出，未签署。建议已保存；有人审阅之前不会外传。
cli-identifier-email = 电子邮箱
cli-identifier-phone = 电话号码
cli-identifier-document = 证件号码
cli-identifier-account = 账号
cli-identifier-handle = 网络账号
cli-identifier-birth-date = 出生日期
cli-identifier-address = 地址
cli-sure-part = 姓名的一部分
cli-sure-sounds = 与姓名同音
cli-sure-near = 与姓名相近

## disclose
cli-column-item = 项
cli-column-handed-over = 提交方式
cli-column-withheld = 遮盖
cli-column-title = 标题
cli-mode-whole = 完整
cli-mode-partial = 部分
cli-mode-release = 遮盖后的文本
cli-mode-text = 仅文本
cli-disclosed = { $path }：{ $exhibits }件证据，共{ $count }项，{ $size }。
cli-withheld-squares = { $count }个方格涂黑
cli-narrowed = 已生成并核查 { $path }。第{ $items }件增加了遮盖。
cli-narrowed-dropped = 已生成并核查 { $path }。
cli-narrowed-unread = 未在其中查找姓名或词语：第{ $items }件（没有文字稿的录音、页面图像，或整件交付的文件）。请自行听、看，或撤下该件。
cli-narrowed-elsewhere = 您遮盖的段落仍逐字出现在：{ $files }。
cli-narrowed-first-unknown = 您收到的证据包没有可以转交的最初披露者的声明：你们二人中何人遮盖了哪一部分，将显示为“未核查”。
cli-disclosed-unasked = 其中{ $count }人无法征询，由他人代为决定。
cli-disclosed-passed = 应您的要求放行：{ $count }处与以往的提交处理不同。
cli-disclosed-signer = 签名密钥：{ $signer }。请以其他途径（口头或签名信函）告知接收方；接收方用以下命令核验：
cli-pages-not-drawn = 证据{ $exhibit }：文字外传，页面不外传：第{ $page }页无法绘制（{ $finding }）。
cli-pages-not-placed = 证据{ $exhibit }：文字外传，页面不外传：第{ $page }页要隐去的字在页面上找不到。
cli-pages-too-large = 证据{ $exhibit }：文字外传，页面不外传：第{ $page }页过大或页数过多，不能以图片外传。
cli-original-undivided = 证据{ $exhibit }：文字外传，原件不外传：封存时未按行、单元格或标签分开。
cli-original-too-long = 证据{ $exhibit }：文字外传，原件不外传：太长，无法查看全部。
cli-original-not-placed = 证据{ $exhibit }：文字外传，原件不外传：要隐去的字在原件中找不到同样多处。
cli-original-nothing-open = 证据{ $exhibit }：文字外传，原件不外传：没有可以公开的部分。

## export
cli-exported = 已写出{ $count }件原件到{ $path }，{ $size }。
cli-exported-same = 其中{ $count }件早已在那里，逐字节相同。
cli-exported-keys = keys/ 中有{ $count }个密钥：持有者即可阅读相应原件。
cli-exported-failed = 证据{ $exhibit }未能写出：{ $why }。

## verify
cli-column-outcome = 结果
cli-column-finding = 结论
cli-column-object = 对象
cli-column-facts = 事实
cli-verify-case-whole = 没有失败。已证明{ $proven }项，未核查{ $unchecked }项，失败{ $failed }项。
cli-verify-case-damaged = 已损坏：失败{ $failed }项，已证明{ $proven }项，未核查{ $unchecked }项。

## audit
cli-audit-hides = { $file }：隐藏不当
cli-audit-not-checked = { $file }：未发现问题，但并未全部核查
cli-audit-nothing = { $file }：未发现隐藏内容
cli-audit-more = 另有{ $count }项（--json列出全部）
cli-audit-unlooked = 未查看：{ $why }
cli-tell-open-there = 第{ $item }件所遮盖的内容，在 { $other } 第{ $there }件中是公开的：{ $places }处。
cli-tell-open-here = { $other } 第{ $there }件所遮盖的内容，在本包第{ $item }件中是公开的：{ $places }处。
cli-tell-open-there-at = 第{ $item }项所遮盖的内容，在{ $other }第{ $there }项的{ $times }可以听到：同时持有两者的人即可得到。
cli-tell-open-here-at = { $other }第{ $there }项所遮盖的内容，在此处第{ $item }项的{ $times }可以听到：同时持有两者的人即可得到。
cli-tell-joined = 它与 { $other } 共有{ $count }个{ $by ->
    [alias] 化名
   *[key] 签名公钥
}：同时持有二者的人便知它们属于同一案件。
cli-tell-exact-length = 第{ $item }件显示其确切时长 { $length }：在虚构的运营商一日{ $of }次通话中，{ $calls }次时长相同。掌握运营商记录者可能找出该通话。
cli-tell-short-cut = 第{ $item }件在 { $at } 处的静音仅{ $ms }毫秒：短到能看出词的长短。
cli-finding-not-compared = 较早的证据包无法读取：未比对
cli-finding-bundle-does-not-hold = 证据包未通过自身核查；时长与静音未检查
cli-audit-tells-do = 请在两者中遮盖同样的内容，或当作持有两者的人都能读到；不足一秒的静音，可多遮盖旁边的内容来延长。
cli-audit-sum = 隐藏不当：{ $hides }。未发现：{ $nothing }。未全部核查：{ $unchecked }。
cli-audit-name = { $file }中有收件人不得得知的姓名（{ $form }）
cli-audit-no-names = 未查找姓名：用--profile指明收件人。
cli-audit-do = 把各页做成图片再发送，或用制作该文件的程序删除所列内容，然后重新检查。在上面画框并不能删除内容。
cli-audit-place = 第{ $page }页，距左{ $across }毫米、距上{ $down }毫米：{ $what }
cli-audit-page = 第{ $page }页：{ $what }
cli-audit-says = { $what }：“{ $words }”
cli-hidden-covered = 被后来所画之物遮盖的文字
cli-hidden-same-colour = 与背景同色的文字
cli-hidden-invisible = 页面上看不到的不可见文字
cli-hidden-outside = 可见页面之外的文字
cli-hidden-clipped = 被裁切路径裁掉的文字
cli-hidden-tiny = 小得无法阅读的文字
cli-hidden-layer-off = 已关闭的图层
cli-hidden-hidden-annotation = 未显示的批注或表单栏
cli-hidden-marked-for-redaction = 已标记遮蔽但从未真正遮蔽之处
cli-hidden-picture-covered = 被后来所画之物遮盖的图片
cli-hidden-earlier-version = 文件中保留的较早版本
cli-hidden-unreferenced = 没有任何页面显示的文字
cli-hidden-unreferenced-picture = { $count }张没有任何页面显示的图片
cli-hidden-label = 遮蔽框上的标签，或程序自己的小标记
cli-hidden-attachment = 文件内附带的文件，未查看其内容
cli-hidden-metadata = 元数据
cli-hidden-comment = 批注

## doctor
cli-doctor-ok = 正常
cli-doctor-warning = 注意
cli-cure-program-worker = 请把 casemate-worker 放入 casemate 所在文件夹：没有它，什么都读不了。
cli-cure-program-speech = 请把 casemate-speech 放入 casemate 所在文件夹，并把模型放到可找到之处：否则无法转写。
cli-cure-model = 请用 script/setup 重新获取模型。
cli-cure-meaning = 请用 script/setup 取得句子编码模型：否则无法按意思查找。
cli-cure-keys-locked = 请允许用户锁定更多内存（ulimit -l），或使用没有交换区的机器。
cli-cure-swap = 请加密或关闭交换区：内存中的内容可能写入其中。
cli-cure-core-dumps = 请关闭核心转储（ulimit -c 0）。
cli-cure-case-folder = 请把案卷放在本地磁盘上，且不被任何程序复制到别处。
cli-cure-clock = 请校准时钟：日志中的时间是本机的时间。
cli-cure-fence = 缺少一道隔离：请使用较新的内核，或在本机允许它。缺少必需的隔离时，什么都不读取。
cli-fence-user-namespace = 自己的用户空间
cli-fence-network-namespace = 没有网络设备
cli-fence-ipc-namespace = 不与他者共享内存
cli-fence-parent-death = 随主程序一同结束
cli-fence-no-dump = 内存不向他者开放
cli-fence-no-new-privileges = 不能取得新权限
cli-fence-landlock = 文件与网络均关闭
cli-fence-seccomp = 不能连接，不能启动其他程序
cli-fence-no-core = 不写核心转储
cli-fence-file-size = 写入量有限
cli-fence-descriptors = 打开数有限
cli-fence-cpu = 计算量有限
cli-fence-memory = 内存有限
cli-fact-cause = { $cause }
cli-fact-fence = { $fence }：{ $granted ->
    [yes] 已设
   *[no] 缺少（{ $cause }）
}，{ $need ->
    [required] 必需
   *[asked] 允许时设
}
cli-fact-program-missing = 不在本程序所在文件夹
cli-fact-program-answers = 有回应
cli-fact-model-none = 未指定模型
cli-fact-model-pinned = { $file }：与固定的摘要一致
cli-fact-model-other = { $file }：SHA-256 与固定的不同
cli-fact-model-unreadable = 无法读取{ $file }：{ $cause }
cli-fact-meaning-none = 缺少句子编码模型
cli-fact-locked-none = 没有打开的案卷
cli-fact-locked-all = 已锁定{ $count }页密钥内存
cli-fact-locked-part = { $count }页密钥内存中已锁定{ $locked }页；其余可能写入交换区
cli-fact-unsaid = 本系统没有说明
cli-fact-swap-none = 未使用交换区
cli-fact-swap-safe = 交换区均已加密或在内存中
cli-fact-swap-open = { $device }未加密
cli-fact-swap-untold = { $device }：无法判断是否已加密
cli-fact-core-none = 本进程不写
cli-fact-core-limit = 崩溃时可能把内存写入磁盘，{ $limit ->
    [unlimited] 无上限
   *[other] 上限{ $limit }
}
cli-fact-folder-plain = 未发现网络文件夹或同步文件夹
cli-fact-folder-not-looked = 未查看其位置
cli-fact-folder-network = 位于网络文件系统上
cli-fact-folder-synced = 有程序把它复制到别处
cli-fact-folder-volatile = 在内存中：下次开机即消失
cli-fact-clock-before = { $time }早于本程序的制作时间
cli-fact-clock-word = { $time }：仅为本机所示，未与他处对照
cli-fact-entries = { $count }条记录
cli-fact-acts = { $count }项行为
cli-fact-objects = { $count }个对象
cli-fact-commits = { $count }次提交
cli-fact-bytes = { $count }字节

## demo
cli-demo-begin = H的案卷。此处一切皆为虚构：人物、国家、公司。
cli-demo-init = 新案卷
cli-demo-open = 以口令打开
cli-demo-add = 封存并读取
cli-demo-transcribe = 转写
cli-demo-search = 搜索
cli-demo-people = 人员与化名（● 对法院隐去；法院 · 媒体）
cli-demo-refused = 过早提交：被拒绝
cli-demo-heard = 由具名者收听
cli-demo-redact = 为法院遮盖
cli-demo-disclose = 提交法院
cli-demo-verify = 如法官一般核验
cli-demo-tamper = 副本中改动一个比特
cli-demo-redact-press = 为报社遮盖
cli-demo-disclose-press = 提交报社
cli-demo-verify-press = 如报社一般核验
cli-demo-case = 核验整个案卷
cli-demo-took = { $seconds }秒
cli-demo-consent = 当面征询
cli-demo-not-named = { $path }应在未读取之列
cli-demo-not-found = “{ $query }”应能在{ $path }中找到
cli-demo-not-refused = 本应被拒绝
cli-demo-damaged = 案卷本应完好
cli-demo-flipped = { $file }中改动了一个比特，位于证据包的第{ $at }字节：
cli-demo-more = ……另有{ $count }项
cli-demo-look = 现在可以查看：
cli-demo-end = 一切如计划，用时{ $time }。
cli-demo-odd = 用时{ $time }。与计划不符之处在上文以 ! 标出。

## What stops a disclosure
cli-block-not-reviewed = 证据{ $exhibit }：其方案无人审阅（casemate redact { $exhibit }）
cli-block-not-heard-unknown = 证据{ $exhibit }：无法读出录音时长，因此无人能听完；请遮盖其声音或不提交该证据
cli-block-not-heard = 证据{ $exhibit }：无人收听{ $ranges }（casemate heard { $exhibit } --by 姓名）
cli-block-name-open = 证据{ $exhibit }：仍有{ $finds }处写明人员{ $person }
cli-block-identifier-open = 证据{ $exhibit }：有{ $finds }处可识别身份的号码、地址或日期仍可读到（casemate redact --propose，或 --keep）
cli-block-no-consent = 证据{ $exhibit }：尚未征询人员{ $person }（casemate person consent）
cli-block-consent-refused = 证据{ $exhibit }：人员{ $person }已拒绝
cli-block-opened-before = 证据{ $exhibit }：此次要隐去的{ $leaves }部分在以前的提交中是公开的，持有者仍可读到（--cover 可放行）
cli-block-uncovered = 证据{ $exhibit }：此次要显示的{ $places }处在以前的提交中是隐去的；两份对照即可知道化名是谁（请隐去，或加上 --uncover）

## Errors: what happened, and what to do
cli-what-to-do = 处理办法：
cli-error-no-case-named = 未指明案卷，当前文件夹及其上级中也没有案卷。
cli-error-no-case-named-do = 请进入案卷文件夹，或用 --case 目录 或 CASEMATE_CASE 指明。casemate init 目录 可新建案卷。
cli-error-not-a-case = { $path }不是案卷：其中没有 casemate.toml。
cli-error-not-a-case-do = 请指明由 casemate init 建立的文件夹。
cli-error-no-passphrase = 案卷已锁：没有口令文件，也没有可供输入的终端。
cli-error-no-passphrase-do = 用 --passphrase-file 或 CASEMATE_PASSPHRASE_FILE 指明文件，或在终端中执行。
cli-error-passphrase-file = 口令文件{ $path }无法使用：{ $cause }。
cli-error-passphrase-file-do = 请把口令写在您可读取的文件中，占一行。
cli-error-passphrase-short = 口令少于{ $least }个字符。
cli-error-passphrase-short-do = 请选较长的口令，或留空，由程序生成七个词的口令。
cli-error-passphrases-differ = 两次输入不同；未建立任何内容。
cli-error-passphrases-differ-do = 请重试。
cli-error-wrong-passphrase = 口令打不开这个案卷。
cli-error-wrong-passphrase-do = 请核对词语、键盘布局和案卷是否正确。没有口令，任何人都打不开。
cli-error-interrupted = 已按您的要求停止；没有任何改动。
cli-error-interrupted-do = 需要时再次执行即可。
cli-error-stopped = 已按您的要求停止。已完成的内容都已保存。
cli-error-stopped-do = 再次执行同一命令，会从停止处继续。
cli-error-file = { $path }：{ $cause }。
cli-error-file-do = 请检查它是否存在，以及您是否有读写权限。
cli-error-file-exists = { $path }已存在；没有覆盖任何内容。
cli-error-file-exists-do = 请指定新文件名，或移走旧文件。
cli-error-disk-full = 写入{ $name }时磁盘已满。已确认的内容没有丢失。
cli-error-disk-full-do = 请腾出空间后再次执行同一命令，会从停止处继续。
cli-error-output = 无法写出结果：{ $cause }。
cli-error-output-do = 请检查标准输出的去向。
cli-error-no-name = 人员至少需要一个姓名。
cli-error-no-name-do = 请给出 --han、--pinyin、--passport 或 --name。
cli-error-no-reason = 遮盖必须说明理由。
cli-error-no-reason-do = 请给出 --reason name、identifier、private-life 或 privilege。
cli-error-no-demo = 找不到演示文件夹。
cli-error-no-demo-do = 用 --demo 路径 指明：即含有 plan.toml 的文件夹。
cli-error-demo-form = { $path }无法使用：{ $cause }。
cli-error-demo-form-do = 请使用原样的演示文件夹。
cli-error-worker = 读取程序无法工作：{ $cause }。
cli-error-worker-do = 请执行 casemate doctor；各程序须放在同一文件夹中。
cli-error-no-program = 缺少{ $program }或其所需的文件。
cli-error-no-program-do = 请把 Casemate 的各程序放在同一文件夹中。语音还需要模型：script/setup、--models 目录 或 CASEMATE_MODELS。
cli-error-query = 看不懂这个查询：{ $cause }。
cli-error-query-do = casemate help search 有示例；特殊的内容请放在引号中。
cli-error-busy = 另一个程序正在写入该案卷（{ $name }）。
cli-error-busy-do = 请等它结束，或终止它。其间仍可阅读。
cli-error-index = 搜索索引无法使用：{ $cause }。
cli-error-index-do = 请删除案卷中的 index 文件夹：程序会重建索引，结果相同。
cli-error-name-inside = 未生成证据包：{ $file }中有应隐去的姓名（{ $form }）。
cli-error-name-inside-do = 请用 casemate redact 遮盖，或不提交该证据。
cli-error-bundle = 未生成证据包：{ $cause }。
cli-error-bundle-do = 请对案卷执行 casemate verify；再减少证据重试，以找出是哪一件。
cli-error-self-check = 未生成证据包：它没有通过自身的核验（{ $findings }）。
cli-error-self-check-do = 没有任何内容外传。请连同这些结论的名称一并报告。
cli-error-narrow-refused = { $path } 不成立：{ $findings }。
cli-error-narrow-refused-do = 请用 casemate verify 查看，并向发送者重新索取。
cli-error-narrow-unverified = 未生成证据包：它未通过自身的核查（{ $findings }）。
cli-error-narrow-unverified-do = 请连同结论名称一并报告。
cli-error-narrow-press = 媒体用证据包没有可以转交的证明。
cli-error-narrow-press-do = 请转交您自己的文字，或向发送者索取法院用证据包。
cli-error-narrow-no-item = 证据包中没有第{ $item }件。
cli-error-narrow-no-item-do = casemate verify 按编号列出各件。
cli-error-narrow-no-discloser = 在此前转交者中，没有第{ $place }位。
cli-error-narrow-no-discloser-do = casemate verify 按顺序列出转交者；第一位是 1。
cli-error-narrow-printed = { $what ->
    [purpose] 用途（--purpose）
    [name] 转交者的名称（--as）
   *[recipient] 接收者（--recipient）
}为空，或超过{ $most }字节。
cli-error-narrow-printed-do = 此内容将照原样印出：请简短说明。
cli-error-narrow-place = 第{ $item }件没有此处，或此处已被遮盖。
cli-error-narrow-place-do = casemate narrow --help 列出各种位置的写法；能遮盖什么取决于该件。
cli-error-narrow-indivisible = 第{ $item }件只能整件转交，或不转交。
cli-error-narrow-indivisible-do = 请撤下该件：--drop { $item }。
cli-error-narrow-word = 少于{ $least }字节的词无法查找：它到处都有。
cli-error-narrow-word-do = 请给出完整姓名，或逐处遮盖。
cli-error-narrow-reason = 证据包不能载明此理由。
cli-error-narrow-reason-do = 请用 name、identifier、private-life、privilege，或由小写字母、数字、- 和 . 组成的代码。
cli-error-narrow-nothing = 没有增加任何遮盖。
cli-error-narrow-nothing-do = 请指明位置、姓名或件号：--withhold、--name、--word、--drop。
cli-error-narrow-everything = 没有剩下任何一件。
cli-error-narrow-everything-do = 请至少保留一件。
cli-error-narrow-too-many = 证据包最多转交{ $most }次。
cli-error-narrow-too-many-do = 请向较早的转交者索取其证据包，再行转交。
cli-error-narrow-word-inside = 未生成证据包：应遮盖的内容出现在 { $file } 中（{ $form }）。
cli-error-narrow-word-inside-do = 请在那里也遮盖，或撤下该件（--drop），或换标题（--title），或更换您自己的措辞。
cli-error-narrow-word-inside-screen = 请在那里也遮盖，或不转交该项，或更换您自己的措辞。
cli-error-narrow-unread = 未生成证据包：{ $cause }。
cli-error-narrow-unread-do = 请检查文件与磁盘；casemate verify 可单独查看该证据包。
cli-error-key-file = 密钥 { $path } 不能使用：{ $cause }。
cli-error-key-file-do = 请用 ssh-keygen -t ed25519 -N "" -f 文件 生成一个并保存。
cli-error-no-exhibit = 没有证据{ $exhibit }。
cli-error-no-exhibit-do = casemate ls 按编号列出证据。
cli-error-no-person = 没有人使用该姓名、化名或编号。
cli-error-no-person-do = casemate person ls 列出所有人员。
cli-error-many-people = 有{ $found }人使用该姓名或化名。
cli-error-many-people-do = 请使用 casemate person ls 所示编号的开头部分。
cli-error-not-read = 证据{ $exhibit }没有文字：未读取，或未转写。
cli-error-not-read-do = casemate show { $exhibit } 会说明原因；若是录音，请执行 casemate transcribe { $exhibit }。
cli-error-no-strike = 方案中没有这一处（编号{ $strike }）。
cli-error-no-strike-do = casemate redact 编号 --for 对象 按编号列出各处。
cli-error-not-drawn = 证据{ $exhibit }第{ $page }页无法绘制（{ $finding }）。
cli-error-not-drawn-do = 原件仍已封存：casemate export 可将其导出。
cli-error-no-plan = 证据{ $exhibit }没有针对该对象的方案。
cli-error-no-plan-do = casemate redact { $exhibit } --for 对象 --propose 可建立方案。
cli-error-name-printed = 此读者不应知道的姓名出现在{ $what ->
    [purpose] 用途
    [name] 转交者的名称
    [title] 某项的标题
   *[recipient] 接收方
}中，而它会印在证据包里。
cli-error-name-printed-do = 请改写而不提姓名，或用化名。
cli-error-cut-elsewhere = 这些词在 { $from }–{ $to } 处可听到：离该处超过一秒的静音会把它们留在录音中。
cli-error-cut-elsewhere-do = 请标出听到它们的位置。若别处也说到，请将该处另作静音。
cli-error-plan-outdated = 证据{ $exhibit }的方案针对较早的文本。
cli-error-plan-outdated-do = casemate redact { $exhibit } --for 对象 --propose 可更新方案；然后请审阅。
cli-error-form = 无法读懂{ $what }：{ $found }。
cli-error-form-do = casemate help 以示例说明写法。
cli-error-blocked = 没有任何内容外传：有{ $count }项理由不允许。
cli-error-blocked-do = 请逐项解决，或不提交该证据。此处以编号的开头部分指称人员（casemate person ls）。
cli-error-derivative = 由证据制作的内容（{ $seal }）所用的格式，本版本无法读取。
cli-error-derivative-do = 请使用更新的 Casemate 版本。
cli-error-no-case = 这里没有案卷。
cli-error-no-case-do = 请指明由 casemate init 建立的文件夹。
cli-error-case-exists = 这里已有案卷；没有任何改动。
cli-error-case-exists-do = 请指明另一个文件夹。
cli-error-not-empty = { $name }已存在且不为空；没有任何改动。
cli-error-not-empty-do = 请指明新的文件夹。
cli-error-version = { $what }的版本是{ $found }；本程序只认识{ $known }。
cli-error-version-do = 请使用更新的 Casemate 版本。
cli-error-damaged = 案卷已损坏：{ $what }（{ $why }）。
cli-error-damaged-do = 不要改动任何内容；复制整个文件夹；casemate verify 目录 会列出所有损坏之处。完好的部分仍可阅读。
cli-error-lane-damaged = 日志已损坏，只能读取：日志道{ $lane }（{ $why }）。
cli-error-lane-damaged-do = 不要改动任何内容；复制整个文件夹；casemate verify 目录 会列出所有损坏之处。
cli-error-store-missing = 案卷已损坏：缺少{ $name }。
cli-error-store-missing-do = 请在副本或备份中查找；casemate verify 目录 会列出所有缺少之处。
cli-error-no-key = 此处没有该分区的密钥。
cli-error-no-key-do = 请向持有者索取。
cli-error-limit = { $what }：{ $found }超过上限{ $limit }。
cli-error-limit-do = 请分成较小的部分。
cli-error-source = 封存时有文件无法读取：{ $cause }。
cli-error-source-do = 请检查其所在磁盘，然后再次执行同一命令。
cli-error-source-changed = 有文件在封存时一直变动，未予收入。
cli-error-source-changed-do = 请复制到无人写入之处，再添加该副本。
cli-error-write-failed = 一次写入失败，此后未再写入。
cli-error-write-failed-do = 请检查磁盘并再次执行；已确认的内容是安全的。
cli-error-alias-taken = 在该对象处，此化名已属于另一人。
cli-error-alias-taken-do = 请另选一个：化名不得重复使用。
cli-error-alias-fixed = 此人在该对象处已有另一化名。
cli-error-alias-fixed-do = 请沿用：化名一经指定不再更改。
cli-error-alias-tells = 化名中含有某人的姓名。
cli-error-alias-tells-do = 请选不透露任何信息的化名。
cli-error-person-known = 已有一人具有所有这些姓名；未写入任何内容。
cli-error-person-known-do = 用 --instead-of 重新描述此人，或用 --another 说明这是同名的另一人。
cli-error-alias-empty = 姓名或化名为空。
cli-error-alias-empty-do = 请填写。
cli-error-other = 无法完成：{ $cause }。
cli-error-other-do = 请执行 casemate doctor，并对案卷执行 casemate verify；已确认的内容没有丢失。

# casemate serve, casemate lock
cli-serve-link = Casemate 位于 { $link }
    链接只能用一次，且仅限本机。按 Ctrl-C 结束服务。
cli-locked = 案卷已锁定。
cli-error-not-served = 没有进程在提供此案卷。
cli-error-not-served-do = 无需锁定；如果 casemate serve 正在提供另一案卷，请用 --case 指明。
cli-error-edited-meanwhile = 证据 { $exhibit } 的这一段在此期间已被修改。
cli-error-edited-meanwhile-do = 请查看现有文字，再作更正。
cli-damaged-warning = 此案卷已损坏：{ $count } 项发现。只显示能读取的内容；运行 casemate verify 查看其余。
cli-error-usage = 无法理解该命令。
cli-error-usage-do = 请参阅 casemate help。

# The cure as a screen says it, where the one above names a command
cli-error-stopped-screen = 重新开始即可从停下处继续。
cli-error-disk-full-screen = 请腾出空间后重试；会从停下处继续。
cli-error-worker-screen = 请在设置中查看本机检查结果；各程序须放在同一文件夹中。
cli-error-no-program-screen = 请把 Casemate 的所有程序放在同一文件夹中；语音识别还需要模型。
cli-error-query-screen = 请把特殊字符放入引号，或减少一次查询的内容。
cli-error-name-inside-screen = 请在该证据的遮盖方案中遮盖它，或不纳入该证据。
cli-error-bundle-screen = 请在“保管”中核验案卷；然后减少证据重试，以查明是哪一件。
cli-error-no-exhibit-screen = 请在证据列表中查找。
cli-error-no-person-screen = 请在人员列表中查找。
cli-error-many-people-screen = 请在人员列表中选择其中一人。
cli-error-not-read-screen = 其页面会说明原因；录音可在“收入”中转写。
cli-error-no-strike-screen = 请重新查看方案：它可能已改变。
cli-error-not-drawn-screen = 原件仍已封存：可在该证据页面另存。
cli-error-no-plan-screen = 请先生成方案。
cli-error-plan-outdated-screen = 请重新生成方案，然后审阅。
cli-error-form-screen = 请更正所填内容后重试。
cli-error-blocked-screen = 请逐项解决，或不纳入该证据。
cli-error-no-case-screen = 请选择另一个文件夹。
cli-error-damaged-screen = 请勿改动，并复制整个文件夹。核验案卷会列出所有损坏之处；完好的部分仍可阅读。
cli-error-lane-damaged-screen = 请勿改动，并复制整个文件夹。核验案卷会列出所有损坏之处。
cli-error-store-missing-screen = 请查看副本或备份中是否有它。核验案卷会列出所有缺失之处。
cli-error-source-screen = 请检查其所在的磁盘，然后重试。
cli-error-write-failed-screen = 请检查磁盘后重试；已确认的内容是安全的。
cli-error-person-known-screen = 请重新描述此人，或说明这是同名的另一人。
cli-error-other-screen = 请查看设置并核验案卷；已确认的内容没有丢失。

# casemate timestamp
cli-timestamp-asked = 已写出请求 { $file }。在记录答复之前，请保留 { $kept }。
cli-timestamp = 据{ $authority }，日志第{ $size }条之前的全部内容在 { $time } 已存在。
cli-timestamp-pinned = 根证书 { $root }，与所给一致。
cli-timestamp-unpinned = 根证书 { $root }：是否可信未核查。请用 --tsa-root 给出该机构的根证书。
cli-timestamp-not-revoked = 截至 { $time } 未吊销。
cli-timestamp-revocation-unchecked = 是否吊销未核查：没有给出足以说明的吊销列表。
cli-timestamp-qualified = 其自称合格：未核查。
cli-timestamp-until = 请在 { $until } 之前再次加盖时间戳。
cli-error-stamp = 时间戳被拒绝：{ $cause }。
cli-error-stamp-do = 未作任何记录；请再次向该机构请求，或改向其他机构请求。
cli-timestamp-sends = 正在请求 { $address }：发送的是日志已签名头部的加盐 SHA-256 和一个随机数，不含案卷的任何内容。
cli-timestamp-accuracy = 其声明的时钟精度：{ $accuracy }。
cli-timestamp-unqualified = 令牌与证书均未自称合格。
cli-timestamps-none = 尚无机构为此日志加盖时间戳：其时间为自行申报。请使用 casemate timestamp --url；从不联网的机器请用 --request-file。
cli-timestamps-entry = 条目
cli-timestamps-time = 时间
cli-timestamps-authority = 机构
cli-timestamps-covers = 涵盖
cli-timestamps-until = 有效至
cli-timestamps-state = 状态
cli-timestamps-remarks = 备注
cli-timestamps-state-good = 有效
cli-timestamps-state-ageing = 即将到期
cli-timestamps-state-over = 已到期
cli-timestamps-state-refused = 被拒绝
cli-timestamps-note-trust = 是否可信未核查
cli-timestamps-note-revocation = 是否吊销未核查
cli-timestamps-note-qualified = 自称合格
cli-timestamps-covered = 日志共{ $size }条，前{ $covered }条已加盖时间戳，其后的尚未加盖。
cli-timestamps-again = 最新的时间戳即将到期、已到期或不成立：请再次加盖，新时间戳会续期其所涵盖的一切。
cli-error-authority-address = 无法请求该地址：{ $cause }。
cli-error-authority-address-do = 未发送任何内容；请给出该机构公布的地址。
cli-error-authority-not-reached = 未能连接该机构：{ $cause }。
cli-error-authority-not-reached-do = 请检查地址和网络，或代理（--proxy）；也可用 --request-file 从另一台机器请求。
cli-error-authority-elsewhere = { $address } 转向 { $to }；未向那里发送任何内容。
cli-error-authority-elsewhere-do = 若您信任该地址，请用 --url 给出。
cli-error-authority-answer = 那不是时间戳：{ $cause }。
cli-error-authority-answer-do = 未作任何记录；请检查地址，稍后再试，或请求其他机构。

# casemate witness
cli-witness-asked = 已写出请求 { $file }。请发送给 { $name }，并保留至记录答复为止。
cli-witness = { $name } 于 { $time }（依其自身时钟）见到含{ $size }条记录的日志，且未见与之矛盾者。
cli-witness-log-key = 日志的公钥，供见证者识别：{ $key }
cli-witnesses-none = 尚无见证者连署此日志。
cli-witnesses-witness = 见证者
cli-witnesses-refused = 不成立：{ $cause }
cli-witnesses-covered = { $size }条记录中，前{ $covered }条已连署；其后尚未。
cli-error-cosignature = 见证者的答复不成立：{ $cause }。
cli-error-cosignature-do = 请核对公钥确属该见证者，且答复与此请求相符。若答复只是一个数字，则表示见证者曾见到该大小的日志：请加 --old 重新请求。
cli-error-cosignature-screen = 请核对公钥确属该见证者，且答复与此请求相符。

# casemate asic
cli-asic = 已制成{ $file }。据{ $authority }，其中的证据包于{ $time }已存在。
cli-asic-until = 其证书有效至{ $until }。
cli-asic-sends = 正在询问{ $address }：发送一份清单的SHA-256（清单以证据包的SHA-256指称它）与一个随机数。
cli-error-asic-to = 未指定容器文件。
cli-error-asic-to-do = 请指定：--to court.asice

# casemate metadata
cli-metadata = 已生成 { $file }：它描述该证据包，放在其旁边。
cli-error-bundle-refused = { $path } 不成立：{ $findings }。
cli-error-bundle-refused-do = 请用 casemate verify 查看，并向发送者重新索取。
cli-error-bundle-refused-screen = 请用核查程序查看，并向发送者重新索取。
