"""The versions that serve a project: those of this environment, from what the package asks for downwards."""

from __future__ import annotations

from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["DISTRIBUTION", "asked_by", "lock"]

DISTRIBUTION = "minshi-analysis"


def asked_by(name: str, extras: frozenset[str] = frozenset()) -> list[Requirement]:
    """What a distribution asks for here, with these of its extras.

    Examples
    --------
    >>> any(each.name == "pandas" for each in asked_by("minshi-analysis"))
    True
    """
    asked = map(Requirement, metadata.requires(name) or ())
    return [
        each
        for each in asked
        if not each.marker or any(each.marker.evaluate({"extra": extra}) for extra in (extras or {""}))
    ]


def lock(*extras: str) -> str:
    """Every distribution that the package needs, one a line, in the version that is installed.

    What an extra asks for and is not installed is left out: the installer then takes its newest.
    """
    found: dict[str, str] = {}
    due = [(DISTRIBUTION, frozenset({"", *extras}))]
    done: set[tuple[str, frozenset[str]]] = set()
    while due:
        name, wanted = due.pop()
        if (name, wanted) in done:
            continue
        done.add((name, wanted))
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        found[canonicalize_name(name)] = version
        due += [(each.name, frozenset({"", *each.extras})) for each in asked_by(name, wanted)]
    own = found.pop(DISTRIBUTION)
    lines = [f"{DISTRIBUTION}[{','.join(extras)}]=={own}" if extras else f"{DISTRIBUTION}=={own}"]
    return "\n".join([*lines, *(f"{name}=={found[name]}" for name in sorted(found))]) + "\n"
