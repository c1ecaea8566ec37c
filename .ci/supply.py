"""What the project is made of: `supply.py licences` checks every licence, `supply.py sbom FILE` writes a CycloneDX file.

Both speak of the packages of requirements.lock as they are installed here, and fetch nothing.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|HPND|Unlicense|Zlib|0BSD|CC0|Public Domain"
    r"|SIL Open Font|OFL|CMU License|Artistic|Historical Permission|LGPL|Lesser General Public|curl|CNRI",
    re.I,
)
REFUSED = re.compile(
    r"(?<!L)AGPL|(?<![AL])GPL(?!.*(?:MIT|BSD|Apache|exception))|Proprietary|Commercial", re.I
)
# Those that offer several, of which one is taken, and those that say it in their licence's file only.
READ_BY_EYE = {
    "text-unidecode": "Artistic License",  # or the GPL, as one likes
    "docutils": "Public Domain; BSD License",  # the GPL is that of its Emacs mode, which the wheel does not hold
    "axe-playwright-python": "MIT",  # its file LICENSE; the axe-core inside is MPL-2.0
}


def locked(path: Path = ROOT / "requirements.lock") -> dict[str, tuple[str, list[str]]]:
    """The packages of the lock: name to version and sha256 hashes; those for other systems too."""
    found = {}
    for block in re.split(r"\n(?=\S)", path.read_text("utf-8")):
        if head := re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", block):
            found[normal(head[1])] = head[2], re.findall(r"sha256:([0-9a-f]{64})", block)
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str) -> str | None:
    """What an installed package says of its licence; None where it is not installed here."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if normal(name) in READ_BY_EYE:
        return READ_BY_EYE[normal(name)]
    if said.get("License-Expression"):
        return said["License-Expression"]
    classes = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier", []) if c.startswith("License ::")]
    classes = [each for each in classes if each != "OSI Approved"]
    if classes:
        return "; ".join(classes)
    text = " ".join((said.get("License") or "").split())
    return text[:100]


def refused() -> list[str]:
    """The packages whose licence is not one of those that are allowed."""
    wrong = []
    for name in locked():
        said = licence(name)
        if said is not None and (not ALLOWED.search(said) or REFUSED.search(said)):
            wrong.append(f"{name}: {said or 'says no licence'}")
    return wrong


def sbom() -> dict:
    """A bill of materials after CycloneDX 1.5."""
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
            **({"licenses": [{"license": {"name": said}}]} if (said := licence(name)) else {}),
        }
        for name, (version, hashes) in sorted(locked().items())
    ]
    project = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "minshi-analysis",
                "name": "minshi-analysis",
                "version": project[1] if project else "0",
            }
        },
        "components": components,
    }


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["licences"]:
        for line in (wrong := refused()):
            print(line)
        return 1 if wrong else 0
    if arguments[:1] == ["sbom"] and len(arguments) == 2:
        Path(arguments[1]).write_text(json.dumps(sbom(), indent=1, ensure_ascii=False) + "\n", "utf-8")
        return 0
    print(__doc__.splitlines()[0], file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
