"""What of a machine and a project is not as it should be, and the remedy for each."""

from __future__ import annotations

import functools
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.specifiers import SpecifierSet

from minshi_analysis.project.locking import DISTRIBUTION, asked_by

__all__ = ["Finding", "examine"]


EXTRAS = {
    "reports": "reports as notebooks, pages and PDFs",
    "lab": "`minshi lab`, JupyterLab with the tutorial",
    "cluster": "`--scheduler`, the work on a Dask cluster",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and where that is not well what to do.

    ``state`` is ok, optional (nothing of it is installed, nor has to be), missing (the rest works without) or wrong.
    """

    state: str
    about: str
    said: str
    remedy: str = ""

    def __str__(self) -> str:
        line = f"{self.state:10}{self.about}: {self.said}"
        return f"{line}\n{'':10}→ {self.remedy}" if self.remedy else line


def examine() -> list[Finding]:
    """Python, packages, font, kernel, project, its documents, notebooks and tables, one finding each at least."""
    found: list[Finding] = []
    here: tuple[Callable[[], Iterator[Finding]], ...] = (_python, _packages, _font, _screen, _kernel)
    for look in here:
        found += _told(look.__name__.strip("_"), look)
    from minshi_analysis.catalogue import CatalogueError, find_project

    try:
        project = find_project()
    except CatalogueError as error:
        return [*found, Finding("missing", "project", str(error), "`minshi new FOLDER` makes one")]
    found.append(Finding("ok", "project", str(project.resolve())))
    for part in (_documents, _reference, _notebooks, _tables):
        found += _told(part.__name__.strip("_"), functools.partial(part, project))
    return found


def _told(about: str, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """What was found; a look that fails is a finding too."""
    try:
        return list(look())
    except Exception as error:
        return [Finding("wrong", about, f"{type(error).__name__}: {error}", "mend what it names")]


def _python() -> Iterator[Finding]:
    asked = metadata.metadata(DISTRIBUTION)["Requires-Python"]
    said = f"{sys.version.split()[0]} at {sys.executable}"
    if SpecifierSet(asked).contains(sys.version.split()[0], prereleases=True):
        yield Finding("ok", "Python", said)
    else:
        yield Finding(
            "wrong", "Python", f"{said}, and has to be {asked}", "install it, and the package there"
        )


def _packages() -> Iterator[Finding]:
    """Every distribution that the package asks for, in the versions it asks for; by extra, each once."""
    seen: set[str] = set()
    for extra in ("", *EXTRAS):
        about = f"packages [{extra}]" if extra else "packages"
        asked = asked_by(DISTRIBUTION, frozenset({extra})) if extra else asked_by(DISTRIBUTION)
        asked = [each for each in asked if each.name not in {DISTRIBUTION, *seen}]
        seen |= {each.name for each in asked}
        gone, other = [], []
        for each in asked:
            try:
                version = metadata.version(each.name)
            except metadata.PackageNotFoundError:
                gone.append(each.name)
                continue
            if not each.specifier.contains(version, prereleases=True):
                other.append(f"{each.name} is {version}, and has to be {each.specifier}")
        named = f"'{DISTRIBUTION}[{extra}]'" if extra else DISTRIBUTION
        remedy = f"pip install --upgrade {named}"
        if other:
            yield Finding("wrong", about, "; ".join(other), remedy)
        if gone and extra:
            said = f"not installed ({', '.join(gone)}); it is for {EXTRAS[extra]}"
            yield Finding("optional", about, said, remedy)
        elif gone:
            yield Finding("wrong", about, f"not installed: {', '.join(gone)}", remedy)
        if not gone and not other:
            yield Finding("ok", about, f"{len(asked)} in the versions asked for")


def _font() -> Iterator[Finding]:
    from minshi_analysis.fonts import FAMILY, MissingFont, font_file

    try:
        yield Finding("ok", "font", f"{FAMILY} at {font_file()}")
    except MissingFont as error:
        used = importlib.util.find_spec("matplotlib") is not None
        remedy = "pip install noto-cjk-sans-otc"
        yield Finding("missing" if used else "optional", "font", str(error), remedy)


def _screen() -> Iterator[Finding]:
    """Whether programs of this machine can show Chinese: reports bring their font, JupyterLab and a browser's page do not."""
    listed = shutil.which("fc-list")
    if not sys.platform.startswith("linux") or listed is None:
        return
    asked = [listed, ":lang=zh", "family"]
    fonts = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False).stdout.split("\n")
    if found := sorted(font for font in fonts if font.strip()):
        yield Finding("ok", "font of the system", found[0])
        return
    yield Finding(
        "optional",
        "font of the system",
        "none has Chinese characters: a browser here shows squares in JupyterLab and in the documentation site "
        "(reports and PDFs bring their own)",
        "apt-get install fonts-noto-cjk (Debian, Ubuntu), dnf install google-noto-sans-cjk-fonts (Fedora)",
    )


def _kernel() -> Iterator[Finding]:
    """The kernel that the notebooks ask for is one of this very Python."""
    if importlib.util.find_spec("jupyter_client") is None:
        yield Finding(
            "optional", "kernel", "Jupyter is not installed", f"pip install '{DISTRIBUTION}[reports]'"
        )
        return
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        command = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        yield Finding(
            "wrong", "kernel", "there is no kernel python3", "pip install --force-reinstall ipykernel"
        )
        return
    if Path(command).is_absolute() and Path(command).parent != Path(sys.executable).parent:
        said = f"the kernel python3 runs {command}, another Python than this one"
        yield Finding("wrong", "kernel", said, f"{sys.executable} -m ipykernel install --sys-prefix")
    else:
        yield Finding("ok", "kernel", "python3, of this Python")


def _documents(project: Path) -> Iterator[Finding]:
    from minshi_analysis.catalogue import CatalogueError, sources
    from minshi_analysis.intake.confirming import waiting

    waits = waiting(project)
    if waits:
        yield Finding("wrong", "documents", f"not confirmed: {', '.join(waits)}", "`minshi confirm`")
        return
    try:
        count = len(sources(project))
    except CatalogueError as error:
        yield Finding("wrong", "documents", str(error), "mend the file that it names")
        return
    if count:
        yield Finding("ok", "documents", f"{count} in data/raw")
    else:
        yield Finding("missing", "documents", "there are none in data/raw", "`minshi add FILE`")


def _reference(project: Path) -> Iterator[Finding]:
    from minshi_analysis.tables.reference import HEADS, read_reference

    folder = project / "data" / "reference"
    for name in HEADS:
        try:
            rows = len(read_reference(folder / name))
        except ValueError as error:
            yield Finding("wrong", "reference", str(error), "mend the file, or delete it")
        else:
            said = f"{name}: {rows} rows" if (folder / name).is_file() else f"{name}: none, which is well"
            yield Finding("ok", "reference", said)


def _notebooks(project: Path) -> Iterator[Finding]:
    from minshi_analysis.project.new import TUTORIAL, notebooks

    for name, text in notebooks().items():
        path = project / "notebooks" / name
        if not path.is_file():
            remedy = f"`minshi new {project}` brings it back"
            lost = "`minshi lab` opens without it" if name == TUTORIAL else "its reports are not made"
            yield Finding("missing", "notebooks", f"{name} is not there: {lost}", remedy)
        elif _code(path.read_text(encoding="utf-8")) != _code(text):
            remedy = f"to have the package's: delete it and run `minshi new {project}`"
            yield Finding("ok", "notebooks", f"{name} differs from the package's", remedy)
        else:
            yield Finding("ok", "notebooks", name)


def _code(text: str) -> list[str]:
    """The cells of a notebook but the parameters, which every project chooses."""
    cells = json.loads(text)["cells"]
    return ["".join(c["source"]) for c in cells if "parameters" not in c["metadata"].get("tags", ())]


def _tables(project: Path) -> Iterator[Finding]:
    from minshi_analysis.tables import stamps

    stamp = stamps.read(project)
    if stamp is None:
        yield Finding("missing", "tables", "not built", "`minshi build`")
    elif found := stamps.changes(project):
        yield Finding("wrong", "tables", "; ".join(found[:5]), "`minshi build`")
    elif stamp.code != stamps.code():
        yield Finding("ok", "tables", "built by other code of the same version", "`minshi build` is safer")
    else:
        yield Finding("ok", "tables", "up to date")
