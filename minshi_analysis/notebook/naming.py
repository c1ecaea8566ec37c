"""What a report names as finished where it prints no number of its own: four roads by name, six of eight gates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minshi_analysis.language import works

__all__ = ["Named", "begun", "finished", "named_finished", "preparing"]

# Work before building or doing; a result told only in these words reports nothing that is begun.
_PREPARING = re.compile(rf"{works.PREPARED}|排摸|征求|对接|分解|出台|协商")
_BEGUN = re.compile(
    rf"(?!启动)(?:{works.BEGUN})|正在(?:施工|安装|建设)"  # 启动招标 prepares
    r"|(?:部分|已)[^，。；、,;]{0,6}(?:安装|投用|发放|启用)|已于[^，。；,;]{0,14}(?:开展|举行|举办|启用)"
)
_FINISHED = re.compile(rf"{works.FINISHED}|完成验收|基本完成")
_CLAUSE = re.compile(r"[；;。]")
_HEAD = re.compile(r"^[^：:]{0,8}[：:]")
_DONE = re.compile(r"(?:均|都|全部)?已(?:于\d+月)?(?:全部)?(?:完工|竣工|建成|完成验收|投入使用)|均已完工验收")
_INSIDE = re.compile(r"[（(][^（()）]*?(\d+)\s*(?:个|座|条|处|所|家)[^（()）]*[)）]")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")


@dataclass(frozen=True)
class Named:
    """How many things a report names as finished, and their names."""

    count: int
    names: tuple[str, ...]


def preparing(text: str) -> bool:
    """Whether a result tells of preparation alone: nothing begun, nothing finished.

    Examples
    --------
    >>> preparing("已完成设计，计划尽快投入建设。"), preparing("已完成招标流程，部分已入校安装。")
    (True, False)
    """
    return bool(_PREPARING.search(text)) and not begun(text) and not finished(text)


def begun(text: str) -> bool:
    """Whether a result tells of works or services that have begun."""
    return bool(_BEGUN.search(text))


def finished(text: str) -> bool:
    """Whether a result tells of something finished."""
    return bool(_FINISHED.search(text))


def named_finished(text: str) -> Named | None:
    """The things that a result names as finished, each once, those in brackets by their number; None where it names none.

    Examples
    --------
    >>> named_finished("猫儿桥河、张宅河已完工，完成率100%；山下河当前进度50%。")
    Named(count=2, names=('猫儿桥河', '张宅河'))
    >>> named_finished("2号线码头（含宴会中心、市图书馆2座码头）、东屿码头已完成验收；小坝坊码头正在设计。").count
    3
    """
    count, names = 0, []
    for clause in _CLAUSE.split(text):
        done = _DONE.search(clause)
        if not done:
            continue
        listed = _HEAD.sub("", clause[: done.start()])
        numbers = [int(number) for number in _INSIDE.findall(listed)]
        things = [thing for thing in _BRACKETS.sub("", listed).split("、") if thing.strip()]
        if not things or any(re.search("[，,]", thing) for thing in things):
            continue
        names += [thing.strip() for thing in things]
        count += sum(numbers) + len(things) - len(numbers)
    return Named(count, tuple(names)) if names else None
