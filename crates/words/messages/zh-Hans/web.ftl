### 网页界面上的文字。标识以“web-”开头。

## The frame
web-product = Casemate
web-screens = 页面
web-screen-home = 案卷
web-screen-intake = 收入
web-screen-exhibits = 证据
web-screen-search = 搜索
web-screen-people = 人员
web-screen-redact = 遮盖
web-screen-disclose = 对外提交
web-screen-bundles = 证据包
web-screen-custody = 保管
web-screen-settings = 设置
web-more = 更多
web-skip = 跳到正文
web-language = 语言
web-lang-fr = Français
web-lang-en = English
web-lang-zh-Hans = 简体中文
web-lang-zh = 中文
web-open = 已打开
web-lock = 锁定
web-lock-now = 立即锁定案卷
web-locked = 案卷已锁定。
web-locked-drafts = 本标签页的内存中保留着{ $count }处未保存的校正。
web-passphrase = 口令
web-passphrase-show = 显示输入内容
web-unlock = 打开案卷
web-unlocking = 正在打开，请稍候
web-opening = 正在打开案卷
web-version = Casemate { $version }
web-no-session = 此页面没有案卷的钥匙。
web-no-session-do = 请打开 casemate serve 显示的链接。链接只能用一次；重新启动程序可得到新的链接。
web-no-screen = 没有这个页面。
web-away = 程序没有响应。
web-away-do = 您输入的内容已保留，本页会自动重试。如果一直如此，请重新启动 casemate serve。
web-away-short = 无响应，正在重试
web-away-wait = 程序尚未响应，本页会自动重试。
web-closing = { $seconds }秒后锁定：按任意键保持打开
web-again = 重试
web-fault-other = 无法完成。
web-fault-other-do = 请重试；若再次发生，请查看“设置”中的“本机检查”。已确认的内容没有丢失。
web-wait = 正在载入
web-wait-wave = 正在读取声音
web-wait-text = 正在读取转写稿
web-wait-preview = 正在生成接收方所见的内容
web-wait-doctor = 正在检查本机
web-close = 关闭
web-stop = 停止
web-next = 下一件
web-previous = 上一件
web-choose = 选择
web-filter = 按名称筛选
web-file = 文件
web-extent = 大小或时长
web-all-kinds = 所有类别
web-person = 人员
web-by = 行为人
web-about = 涉及
web-leave = 取消
web-clear = 清除
web-show-more = 显示更多（还有{ $count }项）
web-of = { $done } / { $total }
web-of-sound = 声音{ $done } / { $total }
web-left = 已对外提交
web-will-write = 将记入：
web-written = 已记入日志。
web-undo-writes = 撤销将记入：
web-sign-as = 署名
web-sign-as-hint = 您的姓名

## Jobs
web-jobs = { $count ->
    [0] 没有进行中的任务
   *[other] { $count }项任务进行中
}
web-jobs-title = 耗时任务
web-job-intake = 收入文件
web-job-transcribe = 读取与转写
web-job-verify = 核验案卷
web-job-disclose = 生成证据包
web-job-index = 建立索引
web-job-state-waiting = 等待中
web-job-state-running = 进行中
web-job-state-done = 已完成
web-job-state-stopped = 已停止
web-job-state-failed = 失败
web-time-left = 约剩{ $time }

## Palette and keys
web-palette = 前往或执行
web-palette-hint = 搜索或命令
web-palette-exhibit = 打开证据{ $number }
web-palette-search = 搜索“{ $query }”
web-keys = 按键
web-keys-title = 此处的按键
web-key-panic = 立即清空屏幕并锁定
web-keyname-space = 空格
web-keyname-alt = Alt
web-keyname-ctrl = Ctrl
web-keyname-shift = Shift
web-keyname-esc = Esc
web-keyname-enter = Enter
web-key-play = 播放或暂停
web-key-back = 后退2秒
web-key-forward = 前进2秒
web-key-up = 上一段
web-key-down = 下一段
web-key-slower = 减速，音高不变
web-key-faster = 加速，音高不变
web-key-loop = 重复本段
web-key-correct = 校正本段
web-key-doubt = 下一个存疑的词
web-key-redact = 遮盖此证据
web-key-zoom-in = 放大
web-key-zoom-out = 缩小
web-key-find-next = 下一处
web-key-find-previous = 上一处
web-key-strike = 遮盖，或：已看过，无误
web-key-no-name = 说明为何不是姓名
web-key-listen = 收听此处
web-key-undo = 撤销上一项操作
web-key-in = 剪切起点在此
web-key-out = 剪切终点在此
web-key-next-step = 进入下一步
web-key-hit-next = 下一个结果
web-key-hit-previous = 上一个结果

## Places and names
web-exhibit = 证据{ $number }
web-exhibit-small = 证据{ $number }
web-place-whole = 全部
web-place-line = 第{ $number }行
web-place-message = 消息{ $number }
web-place-row = 第{ $number }行
web-place-page = 第{ $number }页
web-row-short = 行
web-pages = 页
web-page = 页码
web-pages-of = 共{ $count }页
web-pages-view = 页面显示方式
web-pages-drawn = 原样
web-pages-text = 文本
web-page-picture = 第{ $number }页原样
web-page-drawing = 正在绘制第{ $number }页…
web-draw-how = 在不得外传的内容上画一个矩形：所触及的段落都会选中。键盘操作：用 Tab 移到段落，再按 Enter。
web-draw-picked = 已选{ $count }段
web-draw-strike = 遮盖这些段落
web-table = 证据中的表格
web-part = 其中包含：{ $name }
web-meta-from = 发件人
web-meta-to = 收件人
web-meta-cc = 抄送
web-meta-date = 日期
web-meta-subject = 主题
web-meta-title = 标题
web-meta-pages = 页数
web-meta-author = 作者
web-meta-producer = 制作程序
web-meta-rest = 文件的其他信息（{ $count }）
web-mail-headers = 邮件头原文

## Home
web-home-needs = 今天有{ $count }件事需要人处理
web-home-nothing = 今天没有需要处理的事
web-home-case = 案卷概况
web-home-way = 通往法庭的步骤
web-way-search = 找到说话的位置
web-way-read = 收听、阅读、校正
web-way-redact = 遮盖姓名
web-way-disclose = 提交证据包
web-way-verify = 核验一切未变
web-home-new = 新案卷
web-home-new-first = 里面还没有内容。
web-home-new-1 = 请放入录音、消息、信件：保持原样，不改名，不转换。
web-home-new-2 = 每个文件首先封存：此后任何改动都会被发现。
web-home-new-3 = 然后在本机读取和转写。在您提交证据包之前，没有任何内容离开本机。
web-task-damaged = 案卷有{ $count }处损坏。
web-task-unread = 有{ $count }件证据未能读取。
web-task-untranscribed = 有{ $count }段录音没有转写稿。
web-task-unheard = { $count }段已转写的录音中有{ $time }无人收听。
web-task-open = { $count }份遮盖方案有待定之处。
web-task-unsigned = { $count }份遮盖方案尚待签署。
web-task-uncorrected = { $count }份转写全由机器写成，无人更正过。
web-task-alias = 有{ $count }名受保护者尚无任何化名。
web-task-consent = 有{ $count }名受保护者尚未征询意见。

## Exhibits
web-exhibits-count = { $count }件证据
web-exhibits-empty = 尚无证据
web-exhibits-teach = 证据是封存的原件，其字节永不改变。文件在“收入”中成为证据。
web-intake-first = 放入首批文件
web-sealed-when = 封存
web-text-none = 未读取
web-text-none-sound = 未转写
web-text-corrected = 已由人校正
web-text-reading = 已读取
web-text-draft = 机器初稿

## Reader
web-sealed-on = 封存于{ $date }
web-side = 封存与保管
web-seal = 封存
web-seal-since = 封存于{ $date }
web-seal-damaged = 案卷已损坏：请看“保管”
web-seal-time = 时间由本设备自述；机构所盖时间戳见“保管”
web-seal-more = 完整摘要
web-source = 来源
web-within = 来自证据{ $number }
web-original = 保存原件
web-not-read = 未读取
web-notes = 值得留意
web-custody = 保管
web-act-by = { $name }：{ $act }
web-act-correct = 校正一段
web-act-uncorrect = 撤销校正
web-unread-kept = 原件仍已封存，安然无恙。
web-no-text = 其中没有文字。
web-play = 播放
web-pause = 暂停
web-of-length = / { $length }
web-back = 后退2秒
web-speed = 速度
web-loop = 重复
web-zoom = 缩放
web-next-doubt = 下一个存疑的词
web-sound-controls = 声音
web-sound-broken = 此浏览器无法播放。原件完好，请保存后用其他播放器打开。
web-seek = 声音中的位置
web-wave = 声音波形，{ $length }，{ $cuts ->
    [0] 无剪切
   *[other] 计划剪切{ $cuts }处
}
web-wave-whole = 全部
web-wave-sound = 声音
web-cuts-planned = 斜线处：提交法院时将从声音中剪去{ $count }处。
web-heard = 已收听
web-heard-all = { $names }已全部收听。
web-heard-part = 全长{ $whole }，具名者已收听{ $heard }。
web-heard-gaps = 无人收听：
web-will-hear = { $name }收听了证据{ $exhibit }的{ $ranges }。
web-hear-record = 记录我收听的部分
web-layer-machine = { $tool }的机器初稿。带点的词存疑，请收听核对。
web-layer-corrected = { $tool }的机器初稿；左侧有竖线之处已由人校正。
web-correct = 校正
web-correct-label = 第{ $number }段的文字
web-corrected-by = { $name }校正，{ $date }
web-machine-wrote = 机器原文
web-undo = 撤销
web-undo-it = 撤销此校正
web-will-uncorrect = { $name }撤销了对证据{ $exhibit }第{ $passage }段的校正。
web-keep = 保存
web-keep-next = 保存并到下一处存疑
web-will-correct = { $name }校正了证据{ $exhibit }的第{ $passage }段。
web-edited-meanwhile = { $name }在此期间校正了本段：
web-keep-mine = 保留我的
web-keep-theirs = 保留对方的
web-edit-waits = 程序没有响应。您的校正已保留，恢复后会自动发送。
web-leaves-as = 外传时作“{ $alias }”
web-leaves-struck = 外传时遮盖

## Search
web-search-for = 搜索
web-found = { $count ->
    [0] 没有结果
   *[other] { $count }段
}
web-search-how = 匹配方式
web-variants = 含变体
web-exact = 完全一致
web-by-meaning = 按意思
web-order-case = 按案卷顺序
web-search-empty = 在所有已读内容中查找词语、姓名、日期
web-search-teach-variants = 搜“地产”也会找到“地產”。“完全一致”只找相同的字符。
web-search-teach-sound = pinyin:lin muchuan 会找到同音的内容：转写稿常听错姓名。
web-search-teach-filters = kind:chat、lang:zh、date:2025-03、speaker:Gao 可缩小范围。
web-search-teach-meaning = “按意思”能找到用词不同或语言不同而意思相同的内容：用法语提问，也能找到中文句子。
web-search-private = 您搜索的内容不会写入网址或浏览器历史。
web-search-none = 没有找到。
web-search-try-variants = 含变体搜索
web-search-drop-facets = 在全部内容中搜索
web-search-try-sound = 转写稿可能听错姓名：可在前面加 pinyin: 再试。
web-close-count = { $count ->
    [0] 没有结果
   *[other] 最相近的{ $count }段
}
web-close-score = 相近度 { $score }
web-close-what = 不分语言，意思最相近的在前。相近度是模型认为两者意思相似的程度，最高为 1：引用前请先阅读原文。
web-close-none = 没有意思相近的段落。
web-close-none-asked = 未按意思查找。
web-close-no-words = 查询中没有可按意思查找的词。
web-close-no-model = 缺少句子编码模型。script/setup 可以取得；然后请重新启动程序。
web-close-other-model = 句子编码模型所在之处是别的文件。请用 script/setup 重新取得，然后重新启动程序。
web-close-waiting = 还有{ $count }段文字未读取语义。
web-close-read = 现在读取
web-not-searched = 未搜索：{ $count }件没有文字的证据。

## Intake
web-intake-title = 放入文件
web-intake-title-first = 放入首批文件
web-will-seal = 每个交入的文件均予封存：原文件名、大小、摘要。
web-will-seal-path = { $path }中的每个文件均予封存：文件名、大小、摘要。
web-will-read = { $unread ->
    [0] 无文本
   *[other] { $unread }件证据的文本
}，{ $untranscribed ->
    [0] { $too ->
        [yes] { $unread ->
            [0] 无转写
           *[other] 以及其中每件录音的转写
        }
       *[no] 无转写
    }
   *[other] { $untranscribed }份转写
}，均由机器读出。
web-intake-count = 已封存{ $done } / { $total }个文件
web-drop = 将文件或文件夹拖到此处
web-drop-stay = 原件留在原处。再次放入同一文件夹会从停止处继续。
web-choose-files = 选择文件
web-choose-folder = 选择文件夹
web-path = 或运行 Casemate 的机器上的文件或文件夹
web-path-hint = /media/phone/recordings
web-path-add = 封存并读取
web-fate = 结果
web-means = 含义
web-fate-waiting = 等待中
web-fate-hashing = 比对中
web-fate-sending = 封存中
web-fate-sealed = 已封存
web-fate-duplicate = 重复
web-fate-refused = 已拒绝
web-fate-failed = 失败
web-fate-unread = 已封存，未读取
web-fate-same = 与证据{ $number }字节相同，未再封存。
web-fates-sealed = 已封存{ $count }个
web-fates-duplicate = 重复{ $count }个
web-fates-left = 还剩{ $count }个
web-fates-refused = 拒绝{ $count }个
web-fates-more = 另有{ $count }个
web-pause-queue = 暂停
web-go-on = 继续
web-clear-list = 清空列表
web-intake-away = 程序没有响应。文件在等待，恢复后会自动继续。
web-added = 已封存{ $sealed }件，已读取{ $read }件，已识别图片文字{ $seen }件，已转写{ $transcribed }件
web-added-stopped = 未到结尾即停止。已列出的都已妥善保存；再次开始即可继续。
web-then-read = 然后：读取和转写
web-unread-count = { $unread ->
    [0] 全部已读取
   *[other] 待读取{ $unread }件
}；{ $untranscribed ->
    [0] { $unread ->
        [0] 录音均已转写
       *[other] 其中的录音在读取时才能分辨
    }
   *[other] 待转写录音{ $untranscribed }件
}。
web-transcribe-too = 同时转写录音；所需时间与录音时长相近
web-read-now = 立即读取
web-read-later = 文件封存后可在此读取。
web-all-read = 全部已读取。
web-job-stays = 可以关闭本页：工作会继续，返回时仍会显示。
web-who-reads = 谁可以阅读
web-who-reads-what = 打开本案卷的人。其他人只得到您提交的、姓名已遮盖的内容。
web-seal-what-title = 何谓封存
web-seal-what = 文件的字节按原样加密保存，其摘要记入日志。哪怕改动一个比特，也永远可以发现。

## People
web-people-count = { $count }名人员
web-people-empty = 尚未登记人员
web-people-teach = 请登记姓名不得外传的人：汉字、拼音、护照拼写。其出现之处都会被找到。
web-people-teach-alias = 每个对象使用不同的化名，法院与媒体无法对照所得内容。
web-person-add = 登记人员
web-person-add-how = 至少一个姓名；有多个时每行一个。
web-person-write = 记入日志
web-will-person = 人物描述：{ $names }；{ $role }；{ $kept }。
web-person-edit = 重新描述
web-will-person-anew = 重新描述人物：{ $names }；{ $role }；{ $kept }。
web-person-merge = 与他人为同一人
web-person-merge-with = 与谁是同一人
web-person-merge-how = 两人的姓名都归入此人，今后以此人的化名为准。此前写入的仍留在日志中。
web-will-merge = { $other }与{ $name }是同一人。
web-person-split = 其实是两人
web-person-split-how = 属于另一人的姓名
web-will-split = { $names }与{ $name }不是同一人，尚无化名。
web-case-keys = 密钥与人员
web-lane-own = 本设备
web-lane-other = 其他设备
web-lane-entries = { $count }条
web-lane-since = 自{ $date }
web-lane-keys = 公钥
web-lane-key = 签署日志：
web-disclosure-key = 签署外传内容：
web-compartments = 此处已开
web-compartment-identity = 身份
web-compartment-case = 案卷
web-compartment-press = 媒体
web-compartment-later = 后续
web-members = 可打开者
web-role-owner = 所有者
web-backup = 备份
web-backup-never = 尚未备份：请复制案件文件夹以作备份
web-recovery = 恢复
web-recovery-none = 尚未设置：没有口令，任何人都无法打开案件
web-models = 语音模型
web-model-all = 所有语言
web-models-none = 未安装：录音不会转写。
web-model-languages = { $count }种语言
web-model-draft = 仅为草稿：{ $languages }
web-script-han = 汉字
web-script-pinyin = 拼音
web-script-passport = 护照拼写
web-script-other = 其他姓名
web-role = 在案中的身份
web-relation = 关系
web-red = 红色
web-protected = 受保护
web-unprotected = 不受保护
web-protected-long = 受保护：姓名对法院也予隐去。
web-red-long = 红色：姓名绝不向任何人披露。
web-unprotected-long = 未受保护：法院可以看到姓名。
web-names = 姓名
web-for = 对象：{ $audience }
web-alias = 化名
web-alias-is = 化名：{ $alias }
web-alias-give = 指定化名
web-will-alias = { $person }对“{ $audience }”永久称为“{ $alias }”。
web-alias-once = 一经指定不再更改；不得用于两人或两个对象，也不得透露任何信息。
web-name-may = 姓名可见
web-name-withheld-as = 姓名隐去，作“{ $alias }”
web-name-withheld-none = 姓名隐去，尚无化名
web-decision-agreed = 征询：已同意
web-decision-unasked = 征询：无法征询，由他人代为决定
web-decision-refused = 征询：已拒绝
web-decision-none = 征询：尚未进行
web-consent-agreed = 已同意，{ $date }
web-consent-unasked = 无法征询，由他人代为决定，{ $date }
web-consent-refused = 已拒绝，{ $date }
web-consent-none = 尚未征询
web-consent-what = 同意是指：已征询本人，本人同意把提到他（她）的证据按方案遮盖后交给该对象。没有记录在案的决定，这样的证据不能提交；拒绝则留在此处。
web-unasked = 无法征询……
web-unasked-what = 适用于无法征询的人：被羁押、找不到，或者询问本身会危及本人。由您代为决定：提到此人的证据按方案遮盖后交给该对象；您的姓名和理由会记录在案，关卡也会说明未曾征询本人。
web-unasked-why = 为何无法征询，以及为何仍要提交
web-unasked-hint = 自3月2日起被羁押；对她的威胁本身就是证据……
web-unasked-decide = 代为决定
web-will-unasked = { $name }代无法征询的{ $person }决定提交给“{ $audience }”：{ $basis }。
web-consent-basis = { $basis }；由{ $name }记录
web-consent-record = 记录决定
web-consent-change = 记录新的决定
web-basis = 征询方式
web-basis-hint = 5月3日来信、当面……
web-will-consent = { $name }记录了{ $person }对“{ $audience }”的决定：{ $basis }。
web-will-unconsent = { $name }撤回了先前的记录：{ $person }未同意提交给“{ $audience }”。
web-by-mistake = 记录有误
web-agreed = 同意
web-refused = 拒绝
web-occurs = 姓名出现之处
web-occurs-none = 已读内容中没有。
web-search-name = 搜索该姓名
web-nobody = 无

## Redact
web-audience = 对象
web-redact-view = 视图
web-redact-choose = 要遮盖哪件证据？
web-redact-what = 方案针对一件证据和一个对象：遮盖文字中的姓名，并从声音中剪去；外传之前须经人审阅。
web-redact-none = 尚无带文字的证据
web-redact-more = 此处列出前{ $count }件；其余请从“证据”或“搜索”打开。
web-plan = 方案
web-plan-for = 针对“{ $audience }”的方案
web-preview = 预览
web-plan-none = 尚无针对该对象的方案：{ $audience }
web-plan-none-do = Casemate 会以各种文字查找受保护者的姓名，包括同音的内容，以及可识别身份的号码、地址和日期。
web-plan-none-then = 然后由您逐处查看：遮盖，或说明为何可以保留。
web-propose = 提出方案
web-propose-again = 重新提出
web-will-propose = 证据{ $exhibit }针对“{ $audience }”的方案，由机器提出，尚无人审阅。
web-plan-old = 该方案针对较早的文本。
web-plan-reviewed = 审阅人：{ $name }
web-plan-not-reviewed = 仅为建议，尚无人审阅
web-plan-missing = 尚无方案
web-plan-open = { $count }处待定
web-plan-outdated = 针对较早的文本
web-plan-counts = 遮盖{ $strikes }处，待定{ $open }处
web-plan-look = 查看方案
web-plan-begin = 开始制定方案
web-plan-review = 审阅方案
web-finds = 待定{ $open }处，遮盖{ $strikes }处
web-finds-open-do = 有待定之处就不能对外提交。请遮盖，或说明为何可以保留。
web-finds-do = 请逐处查看，然后签署审阅。
web-find-open = 待定：
web-find-strike = 将遮盖：
web-open-find = 待定
web-proposed = 建议
web-looked-at = 已看过
web-cut-at = 声音，{ $time }
web-shared = 同一处涉及多人：不用化名代替
web-silenced = 剪切还带走了另外{ $count }处的话语
web-silenced-here = 此处的剪切还带走了：
web-act-plan-reviewed = 遮盖方案，已审阅
web-replace-cut = 改在此处静音
web-not-looked-at = 未查看
web-beside = 人工放置：文字稿中这些词在 { $time }，其中一部分仍可听到。请听。
web-beside-short = 人工放置
web-draft-again = 您此前输入而未保存的内容已恢复。
web-draft-drop = 采用现有文字
web-beside-count = 有{ $count }处静音为人工放置，词语所在处的一部分仍可听到
web-no-doubt = 没有存疑的词了
web-narrow-how = 在波形上标出改为剪切的部分：拖动，或用 I 与 O。余量与整秒会另加在两端。
web-commits-too = 同时显示提交记录：每条都为此前全部内容签名
web-narrow = 收窄此处剪切
web-silenced-why = 这些词仍在文本中，但声音里听不到：剪切带有十分之一秒以上的余量，再止于整秒，以免有人数音节。如其中有您要证明的内容，请少剪旁边的声音，或在书状中说明文本载有此内容。
web-no-alias = 尚无化名
web-strike-it = 遮盖
web-strike-right = 无误
web-unstrike = 取消遮盖
web-will-strike = 证据{ $exhibit }中的“{ $words }”全部对“{ $audience }”遮盖。
web-will-cut = 证据{ $exhibit }的{ $time }对“{ $audience }”遮盖。
web-will-drop = 证据{ $exhibit }中的“{ $words }”不再对“{ $audience }”遮盖。
web-will-retime = 证据{ $exhibit }中的“{ $words }”改在{ $time }静音（针对“{ $audience }”）。
web-listen = 收听
web-no-name = 这不是姓名
web-no-name-waits-why = 这不是姓名：请先写明理由
web-no-name-waits-name = 这不是姓名：请先署名
web-no-name-why = 或：这不是姓名，因为
web-may-stay = 可以保留
web-may-stay-waits-why = 可以保留：请先写明理由
web-may-stay-waits-name = 可以保留：请先署名
web-may-stay-why = 或：可以保留，因为
web-will-let-stay = { $name }认定证据{ $exhibit }中的“{ $words }”可以保留：{ $why }。
web-will-keep = { $name }认定证据{ $exhibit }中的“{ $words }”不是姓名：{ $why }。
web-kept = 认定不是姓名或可以保留：{ $count }处
web-kept-line = { $name }：{ $why }
web-strike-more = 遮盖程序无法知道的内容
web-strike-words = 词语（本证据中所有出现之处）
web-strike-text = 遮盖这些词语
web-reason = 理由
web-reason-name = 姓名
web-reason-identifier = 身份标识
web-reason-private-life = 私人生活
web-reason-privilege = 律师特权
web-select-how = 声音：在波形上拖选，或播放时按 I 和 O。
web-selected = 从{ $from }到{ $to }，{ $length }
web-mark-in = 起点
web-mark-out = 终点
web-cut-it = 剪去
web-unheard-here = 此录音有{ $time }无人收听。
web-review = 审阅
web-looked = 遮盖{ $total }处，已看过{ $looked }处
web-will-accept = { $name }审阅了证据{ $exhibit }针对“{ $audience }”的方案：{ $strikes ->
    [0] 没有遮盖
   *[other] 遮盖{ $strikes }处，看过{ $looked }处
}。
web-accept-nobody = 尚未描述任何受保护的人：Casemate 没有可查找的姓名。请先描述人物，或自行逐行阅读。
web-accept = 签署审阅
web-accept-sure = 遮盖{ $total }处，其中{ $left }处未看过：仍要签署吗？
web-accept-anyway = { $left }处未看，仍签署
web-accept-look = 先看一看
web-accept-waits = { $count ->
    [0] 签署审阅前请重新生成建议
   *[other] 签署审阅前请先决定{ $count }处待定
}
web-ours = 我方所见
web-theirs = 对方所见
web-mode-whole = 原件，完整
web-mode-partial = 原件的一部分；其余可证明只是被隐去
web-mode-release = 姓名已遮盖的文本
web-mode-text = 仅文本
web-mode-nothing = 不外传
web-mode-nothing-long = 按现有方案，此证据不外传任何内容。
web-preview-cuts = 从声音中剪去：{ $ranges }
web-pages-too = 页面图片（须在页面上找到全部要隐去的内容）
web-preview-pages = 外传时的页面：黑色部分隐去，页面上无法识别的部分也隐去。黑条由整格组成，比文字宽，以免有人数字数。
web-preview-page = 外传时的第{ $number }页
web-preview-pages-stay = 页面不外传，文字外传。
web-preview-pages-more = 继续绘制（还有{ $count }页）
web-preview-hear = 对方听到的声音

## Disclose
web-steps = 步骤
web-back-to-disclosure = 返回向{ $recipient }的提交
web-step-recipient = 接收方
web-step-exhibits = 证据
web-step-redactions = 遮盖
web-step-preview = 预览
web-step-seal = 封存并导出
web-step-title-recipient = 由谁接收？
web-step-title-exhibits = 提交哪些证据？
web-step-title-redactions = 遮盖的内容
web-step-title-preview-court = 法院将看到的内容
web-step-title-preview-press = 媒体将看到的内容
web-step-title-seal = 封存证据包
web-disclose-first = 请先说明对象，其余由此决定。
web-disclose-line = { $recipient }（{ $audience }），{ $count ->
    [0] 尚未选择证据
   *[other] { $count }件证据
}
web-recipient-kind = 接收方类型
web-profile-court = 法院
web-profile-court-what = 应视为请求国也会看到：受保护的姓名予以隐去。原件部分提交，并附证明。
web-profile-press = 媒体
web-profile-press-what = 仅文本，所有姓名均用化名；无法与法院所得对照。
web-recipient = 接收方
web-purpose = 用途
web-bundle-language = 证据包页面的语言
web-left-before = 以往的提交
web-left-again = 再次准备
web-left-none = 本案卷尚未对外提交。
web-exhibits-leave = { $count }件证据
web-chosen = 已选{ $count }件
web-chosen-these = 已选：{ $exhibits }。
web-chosen-more = 另外{ $count }件
web-disclose-this = 对外提交此证据
web-redactions-why = 每件证据都须有具名者针对该对象审阅过的方案才能提交。
web-step-back = 返回
web-step-next = 继续：{ $step }
web-wait-recipient = 请先填写类型、接收方和用途
web-wait-exhibits = 请先选择证据
web-wait-gates = 正在检查
web-gates = 关卡
web-gate-reviewed = 审阅
web-gate-consent = 同意
web-gate-heard = 收听
web-gate-names = 姓名与身份标识
web-gate-union = 历次提交的合并
web-gate-state-open = 已通过
web-gate-state-closed = 未通过
web-gate-state-not-checked = 未核查
web-gate-state-partly = 不阻止提交，但未全部核查
web-gate-state-allowed = 未通过，按要求放行
web-gate-later = 尚未核查：等待其他关卡。
web-gate-reviewed-open = 每个方案均经具名者审阅。
web-gate-consent-described = { $people ->
    [0] 其中没有已登记的人。
   *[other] 已登记的人均有决定记录在案（{ $people }人）。
}
web-gate-consent-others = 其他被提到或被听到的人：未核查。
web-gate-consent-unasked = 其中{ $count }人无法征询，由他人代为决定。
web-gate-heard-open = 外传的声音均已有人收听。
web-gate-names-open = 外传内容中未发现应隐去的姓名，也没有无人判断过的号码或地址。
web-gate-names-nobody = 未查找任何姓名：没有登记姓名不得为该对象所见的人。
web-gate-names-identifiers = 未发现无人判断过的号码或地址。
web-gate-union-open = 与以往的提交无法对照。
web-block-not-reviewed = 证据{ $exhibit }：审阅方案
web-block-not-heard-unknown = 证据{ $exhibit }：无法读出时长，因此无人能听完；请不要提交该证据
web-block-not-heard = 证据{ $exhibit }：收听{ $time }
web-block-name-open = 证据{ $exhibit }：{ $count }处姓名待定
web-block-identifier-open = 证据{ $exhibit }：{ $count }处号码、地址或日期待定
web-block-no-consent = 证据{ $exhibit }：征询此人
web-block-consent-refused = 证据{ $exhibit }：此人已拒绝
web-block-opened-before = 证据{ $exhibit }：有{ $count }部分在以前的提交中是公开的
web-block-uncovered = 证据{ $exhibit }：以前隐去的{ $count }处这次可以读到
web-uncover = 仍在此证据包中显示：持有两份的人可读出化名是谁
web-cover = 仍在此证据包中隐去：持有前一份的人仍可读到，并知道该看哪里
web-gate-union-allowed = 按您的决定放行：有{ $count }处与以前的证据包处理不同
web-verified-before = 此后日志又增{ $count }条。
web-and-more = 另有{ $count }件
web-more-blocks = 另有{ $count }项
web-what-leaves = 外传的内容
web-item-line = 证据{ $number }：{ $mode }
web-what-withheld = 隐去的内容
web-withheld-line = 证据{ $number }：文字{ $count }处，{ $cuts ->
    [0] 声音无剪切
   *[other] 声音剪切{ $cuts }处，共{ $time }
}
web-what-leaks = 仍会泄露的
web-leak-voices = 自然嗓音：认识说话人者可以听出。
web-leak-context = 语境：诸如“你妹妹”之类的话，对认识这家人的人等于指名。
web-leak-log = 日志共{ $entries }条，可看出案卷的活跃程度。
web-sealed-before = 此后有改动：此证据包仍是改动之前的样子。
web-download-before = 保存前一份证据包
web-seal-anew = 重新封存
web-seal-final = 一旦外传无法收回。证据包暂存于私密文件夹，直到您保存；案卷锁定后即被清除。
web-will-disclose = 向{ $recipient }披露{ $exhibits }件证据，用于{ $purpose }。
web-seal-now = 封存并导出
web-seal-waits = 封存并导出前，请先通过：{ $gates }
web-sealed = 证据包已封存：{ $exhibits }件证据，共{ $items }项，{ $size }
web-items-what = 证据包中的一项是原件，或由原件制成的文本：同一件证据可能两者都提交。
web-download = 保存证据包
web-then = 对方如何核验
web-then-key = 请以其他途径（口头或签名信函）告知对方此密钥：
web-then-open = 对方打开证据包阅读首页，无需任何程序。
web-then-verify = 在任何机器上，无需网络：
web-another = 准备另一份
web-subject = 第{ $subject }项

## Custody
web-custody-title = { $count }条，签名有序
web-custody-counted = 共{ $entries }条，签名有序：{ $acts }项行为，{ $commits }条提交记录
web-custody-broken = 日志已损坏
web-custody-damaged = 首个损坏之处：{ $what }
web-custody-damaged-do = 不要改动任何内容；复制整个文件夹。完好的部分仍可阅读。
web-custody-chain = 日志只能增长。任何删除或移动都会被发现。
web-custody-verify = 立即核验案卷
web-custody-verify-what = 重新读取每个对象、分段和状态，并与日志比对。
web-case-whole = 没有失败。
web-case-damaged = 案卷已损坏。
web-case-lane-consistent = 每条记录均承接前一条并有签名
web-case-lane-damaged = 日志无法完整读取
web-case-lane-forked = 日志出现分叉
web-case-acts-readable = 每项行为均与其记录相符
web-case-acts-sealed = 部分行为的密钥不在此处
web-case-acts-without-key = 部分行为没有密钥
web-case-acts-not-understood = 部分行为由较新版本写下
web-case-act-damaged = 有行为已损坏
web-case-head-in-lane = 签名的状态属于此日志
web-case-head-not-in-lane = 有签名的状态不属于此日志
web-case-head-missing = 缺少签名的状态
web-case-head-damaged = 有签名的状态已损坏
web-case-commit-invalid = 有记录的签名不合要求
web-case-clock-not-checked = 与不在此处的日志之间的先后
web-case-segment-damaged = 日志有一段已损坏
web-case-ring-page-damaged = 有密钥无法读取
web-case-object-damaged = 有封存对象已损坏
web-case-objects-whole = 每个封存对象均与封存时一致
web-case-file-unplaced = 有文件无处归属
web-case-file-in-quarantine = 隔离区中有文件
web-case-lane-behind = 日志比另一设备所见的短
web-case-lane-not-at-hand = 他者见过的日志不在此处
web-case-lane-not-begun = 从未开始的日志
web-case-lane-not-read = 不属于任何日志的文件夹
web-case-segment-tail-set-aside = 段末的多余字节，如断电后所留
web-acts = 行为
web-entries = 日志条目
web-by-log = 本设备的日志
web-by-lane = 日志 { $lane }
web-by-nobody = 未署名；{ $log }
web-older = 更早的行为（{ $count }项）
web-bundle-check = 核验证据包
web-bundle-drop = 将任何人的证据包拖到此处。只在本机核验，不作保留。
web-bundle-choose = 选择证据包
web-bundle-busy = 正在核验证据包
web-bundle-nothing-failed = 没有失败。已证明{ $proven }项，未核查{ $unchecked }项。
web-bundle-signer = 发送者的密钥
web-bundle-signer-what = 发送者通过其他途径告知的64个字符。本案卷的证据包无需填写即可识别。
web-bundle-signer-odd = 密钥为64个字符，0–9与a–f。
web-bundle-again = 用此密钥验证
web-bundle-own = 由本案卷的密钥签署。
web-bundle-failed = 未通过。已证明{ $proven }项，未核查{ $unchecked }项。

## Settings
web-you = 您
web-you-memory = 仅保存在内存中，关闭页面即消失。
web-looks = 外观
web-theme = 主题
web-theme-system = 跟随系统
web-theme-light = 浅色
web-theme-dark = 深色
web-single-keys = 单键快捷方式，如空格和 E
web-keys-where = 在任何页面按 ? 可查看该处的按键。
web-locking = 锁定
web-idle = { $time }无操作后案卷自动锁定。
web-panic = { $time }内按两次 Esc，立即清空屏幕并锁定。
web-keep-draft = 锁定时在本页内存中保留未保存的校正
web-doctor = 本机检查
web-doctor-what = 本机可能泄露案卷或妨碍工作的情况。
web-doctor-again = 重新检查
web-health-ok = 正常
web-health-warning = 注意
web-health-failed = 未通过
web-health-not-checked = 未核查
web-check-program-worker = 文件读取程序
web-check-program-speech = 语音引擎
web-check-model = 模型
web-check-meaning = 句子编码模型
web-check-keys-locked = 密钥不入交换区
web-check-swap = 交换区已加密
web-check-core-dumps = 核心转储已关闭
web-check-case-folder = 案卷所在位置
web-check-clock = 时钟
web-check-program-worker-fence = 文件读取程序的隔离
web-check-program-speech-fence = 语音引擎的隔离
web-checks-held = { $total }项中有{ $held }项有效
web-no-network = 不建立任何网络连接。

## 查看证据包与文件
web-bundles-what = 收到的证据包，或即将发出的文件：在此检查，绝不收入案卷。
web-bundles-drop = 将证据包或文件拖到此处。在取走或案卷锁定之前，它们以加密方式存放。
web-bundles-coming = 正在读取：
web-bundles-here = 正在查看
web-bundles-take = 取走
web-bundles-none = 没有正在查看的文件
web-bundles-none-what = 选择证据包即可核验它、查看它与另一个证据包合看会泄露什么，或在遮盖更多内容后转交；选择PDF即可查看其中存在而未显示的内容。
web-bundles-tabs = 对文件的处理
web-bundles-tab-verify = 核验
web-bundles-tab-hides = 会泄露什么
web-bundles-tab-pass = 转交
web-bundles-tab-describe = 描述
web-bundles-known = 您从其他途径得知的
web-bundles-witness = 见证者公布的密钥
web-bundles-verify-again = 用这些核验
web-files-choose = { $count ->
    [one] 选择文件
   *[other] 选择文件
}
web-files-drop = 移除
web-hides-what = 逐页绘制，查找文件中存在而页面上看不到的文字与图片。对证据包，还查看其时长、剪切，以及与先前的证据包合看会泄露什么。
web-hides-names = 哪一类读者不得得知本案卷中的姓名？
web-hides-nobody = 不查找姓名
web-hides-earlier = 与先前发出的证据包比较
web-hides-earlier-none = 如需与先前发出的证据包比较，请将它也添加到上方。
web-hides-look = 查看
web-hides-pages = { $count ->
    [one] { $count }页
   *[other] { $count }页
}
web-hides-no-names = 未查找姓名：请选择文件的读者。
web-hides-do = 怎么办：将页面制成图片再发送，或在制作该文件的程序中去掉所指内容，然后重新查看。在上面画框并不能去掉它。
web-tells-do = 怎么办：在两者中遮盖相同内容，或认定同时持有两者的人能读到它；不足一秒的剪切，可在旁边多遮盖一些来加长。
web-hides-not-kept = { $count ->
    [one] 查看了{ $count }个文件；结果只显示在此，不作任何记录。
   *[other] 查看了{ $count }个文件；结果只显示在此，不作任何记录。
}
web-pass-what = 不需要原案卷的任何密钥。已隐藏的仍然隐藏；您在此选择的也会隐藏，读者会得知是您所为。
web-pass-from-whom = { $count ->
    [one] 提交给{ $recipient }：{ $purpose }。尚无人转交。
   *[other] 提交给{ $recipient }：{ $purpose }。至今已有{ $count }位披露者。
}
web-pass-press = 给报社的证据包不证明任何可转交的内容。
web-pass-items = 其中各项
web-pass-made-from = 由第{ $number }项制成
web-pass-drop = 不转交
web-pass-never = 只能整项转交或不转交。
web-pass-passages = { $count ->
    [one] 其{ $count }段（已选{ $chosen }段）
   *[other] 其{ $count }段（已选{ $chosen }段）
}
web-pass-lines = { $count ->
    [one] 其{ $count }行（已选{ $chosen }行）
   *[other] 其{ $count }行（已选{ $chosen }行）
}
web-pass-more = 还有更多；其中要遮盖的，请在下方按文字指定。
web-pass-from = 从
web-pass-to = 到
web-pass-row = 行
web-pass-column = 列（只遮盖一格时）
web-pass-withhold = 遮盖
web-pass-place = 已遮盖：{ $place }
web-pass-names = 姓名与文字
web-pass-names-what = 凡文本中出现之处均遮盖，连同那几秒的声音。每行一个。
web-pass-names-field = 姓名：按您所知写出（汉字、护照拼写）。大小写、声调与重音、空格及繁体字会自动找到
web-pass-words-field = 文字（按原样）
web-pass-who = 交给谁，由谁转交
web-pass-recipient = 接收者（照印）
web-pass-purpose = 用途（照印）
web-pass-name = 转交者（照印）：姓名或化名；可不填
web-pass-key = 您自己的密钥（如有）：无口令的OpenSSH私钥（Ed25519）。
web-pass-key-what = 如无，则为此证据包单独制作一把密钥，无人保留。
web-pass-now = 转交
web-pass-wait-what = 请选择要遮盖或不转交的内容
web-pass-wait-who = 请说明交给谁、作何用途
web-pass-done = 新证据包已制成并核验，{ $size }
web-pass-narrowed = 第{ $items }项遮盖得更多。
web-pass-again = 再次转交
web-describe-what = 供其他领域使用的证据包描述，放在证据包旁边。它所说的与接收者在证据包中读到的一致，本身不证明什么：证明在证据包内。
web-describe-ro-crate = RO-Crate
web-describe-ro-crate-what = 供档案馆与数据库使用
web-describe-case-uco = CASE/UCO
web-describe-case-uco-what = 供电子证据实验室使用

## 时间与见证者
web-stamps = 来自外部的时间
web-stamps-what = 本设备的时钟对任何人都不构成证明。时间戳机构能说明日志在何时已是现在的样子。
web-stamps-none = 尚无机构为此日志加盖时间戳：其时间仅为本设备自述。
web-stamp-roots = 您信任的根证书
web-stamp-roots-what = 从其他途径取得的该机构根证书。没有它，信任未经核查。
web-stamp-online = 立即询问机构
web-stamp-file = 以文件询问，不用网络
web-stamp-sends = 将与每个地址建立连接：发送日志签名头的加盐SHA-256与一个随机数，不含案卷的任何内容。该机构及监视线路者会得知本机曾经询问，除非以代理隐藏。
web-stamp-addresses = 机构地址
web-stamp-proxy = 经由此代理；可不填
web-stamp-ask = { $count ->
    [one] 连接并询问
   *[other] 连接并询问{ $count }家机构
}
web-stamp-file-what = 写出两个文件：供联网机器使用的请求，以及在回复入册之前须留在此处的文件。
web-stamp-file-ask = 写出请求
web-stamp-file-written = 已写出：{ $request }与{ $kept }。请从另一台机器发送请求，并保留另一文件：
web-stamp-file-kept = 您保留的文件（{ $name }）
web-stamp-file-answer = 机构的回复（{ $name }）
web-stamp-file-record = 核验并入册
web-witnesses = 见证者
web-witnesses-what = 见证者记住它所见日志的最新状态，只有新状态是其延续时才签署：无法给一人看一份日志，给另一人看另一份。
web-witness-log-key = 日志的密钥，供见证者识别：
web-witness-ask = 请见证者签署
web-witness-sees = 不建立任何连接：请求与回复以文件传递。见证者看到日志编号、条目数及其上的哈希；没有内容，没有姓名。因此它会得知此日志存在及其何时增长。
web-witness-key = 见证者公布的密钥
web-witness-old = 若它答复了一个数字：它上次见到日志时的大小
web-witness-write = 写出请求
web-witness-request = 您发送的请求（{ $name }）
web-witness-answer = 见证者的回复
web-originals = 取回原件
web-originals-what = 将每件原件逐字节写入本机的一个文件夹。它们在那里是明文：拿到文件夹的人都能读取。
web-originals-folder = 文件夹的完整路径；其中的文件绝不会被覆盖
web-originals-keys = 同时写出每件原件的密钥，以便用普通的age打开案卷文件
web-originals-write = 写出
web-job-narrow = 正在转交证据包
web-job-audit = 正在查看文件
web-job-timestamp = 正在询问机构
web-job-export = 正在写出原件
web-custody-tabs = 保管所示内容
web-custody-tab-acts = 行为
web-custody-tab-time = 时间与见证者
web-custody-tab-originals = 原件
web-stamp-address = 机构地址
web-asic = 欧洲签名容器（ASiC-E）
web-asic-what = 证据包原样放入eIDAS工具可打开的容器，并加盖时间戳：此证据包届时已存在。其内容由证据包本身证明。
web-asic-sends = 将与该地址建立连接：发送一份清单的SHA-256（清单以证据包的SHA-256指称它）与一个随机数。持有该证据包者可得知曾为它询问。
web-asic-save = 保存容器
web-job-asic = 正在制作容器
web-bundles-no-bundle = 这不是证据包：只能查看它会泄露什么。
web-hides-do-bundle = 怎么办：此读者不应知道的姓名，可在转交时遮盖（填入“姓名”栏），或另做一个已遮盖该姓名的证据包。其中文件内隐藏的内容，须在制作该文件之处去掉。
web-pass-no-press = 您转交的仍是原来那一类证据包，可与您收到的相互对照：同时持有两者的人，能读到一方遮盖而另一方显示的内容。给报社的证据包请在“对外提交”中另做。
web-pass-people = 本案卷中的人：
web-look-first = 先看它会泄露什么
web-pass-no-time = 不是此录音（长{ $length }）中的时间。写作1:02或1:02.5；“到”可留空，表示到结尾。
web-pass-until-end = { $from }至结尾
web-in-part = 同时提交文本的原件（部分）
web-in-part-what = 聊天、表格、邮件、网页与数据以文本形式提交。选中后，法院还会得到其原件，由封存的字节证明：被遮盖之处及无法理解之处均隐藏。原件比文本透露更多（时间、发送者、字段）：提交前请先看它会泄露什么。
web-gate-union-aliases-what = 另一类读者所读的化名出现在此处的话语中。同时持有两者的人可将其对上：请遮盖，或认定它们已可对上。
web-gate-union-alias = 证据{ $exhibit }：{ $count ->
    [one] 出现{ $audience }所用化名{ $count }处，所指：
   *[other] 出现{ $audience }所用化名{ $count }处，所指：
}
web-hides-compared = 已与{ $file }比较：未发现两者合看会泄露的内容。
web-within-strike = 位于“{ $words }”之内，后者整体遮盖
web-bundles-made = 在此制成；案卷锁定前一直保留。
