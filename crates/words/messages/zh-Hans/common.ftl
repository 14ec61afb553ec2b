### 各种输出共用的词语。不得超出已证明的内容。

## 结论的三个词
outcome-proven = 已证明
outcome-failed = 未通过
outcome-not-checked = 未核查

## 命令的结果（与退出码并列）
exit-done = 完成。
exit-refused = 已拒绝，或有一项核查未通过。
exit-usage = 无法理解该命令。
exit-locked = 案卷已锁定，或口令有误。
exit-damaged = 案卷已损坏。

## 接收方
profile-court = 法院
profile-court-pursuer = 法院（追捕方在场）
profile-ccf = 国际刑警组织档案控制委员会
profile-press = 媒体
profile-translator = 译者
profile-organisation = 联合国、非政府组织或使馆

## 分区
compartment-identity = 身份
compartment-case = 案件
compartment-press = 媒体

## 遮盖之处的标示
withheld = 已遮盖
withheld-text = 【已遮盖】
withheld-seconds = 【已遮盖：{ $seconds }秒】
withheld-because = 遮盖理由：{ $reason }
withheld-count = 遮盖{ $count }个部分

## 草稿与机器产出
draft = 草稿
machine-draft = 机器初稿，未经署名人员校正

## What an item of a bundle is called
title-recording = 录音{ $number }
title-document = 文件{ $number }
title-mail = 邮件{ $number }
title-chat = 聊天记录{ $number }
title-call-log = 通话清单{ $number }
title-table = 表格{ $number }
title-web = 网页{ $number }
title-text = 文本{ $number }
title-other = 材料{ $number }
title-transcript = { $of }：文字稿
title-release = { $of }：文字
title-pages = { $of }：页面

## Who speaks, where no name is told
speaker-number = 说话人{ $number }
speaker-channel = 声道{ $number }

## What a release layer says of itself
layer-transcript = 机器草稿，未经具名人员校对。姓名按经审阅的方案替换；时间为整秒。
layer-text = 由程序从封存的原件读出的文字。姓名按经审阅的方案替换。
layer-transcript-corrected = 机器草稿，含具名人员的更正，均记录于案件日志。姓名按经审阅的方案替换；时间为整秒。
layer-text-corrected = 程序从封存原件读出的文本，含具名人员的更正，均记录于案件日志。姓名按经审阅的方案替换。
