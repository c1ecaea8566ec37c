"""How far works have come, as words: prepared, begun, under way, topped out, finished.

Alternatives for larger patterns, over tidy, folded text. What is begun is no result of a promise to finish, and the day
on which it begins is no deadline, wherever that is printed: in a cell, a head, a sentence or a step's line.

Examples
--------
>>> import re
>>> [bool(re.search(BEGUN, words)) for words in ("6月动工", "发动工会", "开复工率")]
[True, False, True]
>>> bool(re.search(TOPPED_OUT, "主体结构已全部封顶")), bool(re.search(TOPPED_OUT, "主体责任"))
(True, False)
"""

from __future__ import annotations

__all__ = ["BEGUN", "DONE", "FINISHED", "GOING_ON", "IN_HAND", "PREPARED", "TOPPED_OUT", "UNDER_WAY"]

# Before there is anything to see on the site.
PREPARED = "招投?标|立项|选址|选点|点位|可研|前期|设计|方案|论证|摸底|摸排|排查|名单|申报|审批"
BEGUN = "开工|(?<!发)动工|开建|启动|进场|复工"
GOING_ON = "建设|施工|改造|实施|推进|进行|安装|采购|招标"
IN_HAND = f"(?:{GOING_ON})中|进场施工|主体施工|(?:有序|稳步|序时|按序时)推进"
UNDER_WAY = f"正在|在建|{IN_HAND}"
# The shell stands: works in hand, though the words say 完工.
TOPPED_OUT = r"主体(?:工程|结构|建设)?[^,;。\d]{0,4}(?:完工|完成|封顶|竣工)|完成了?主体"
FINISHED = "完工|竣工|建成|投用|投入使用|交付|通车|开园|开业"
# What a report's 已 stands before, finished or not.
DONE = f"完成|新增|发放|实施|开展|改造|培训|{BEGUN}|{FINISHED}"
