"""Pictures of the pages for docs/screenshots: the index and one report of each kind and language, wide and at 390 px.

`make screenshots` makes the reports first. A page is shown from its top, as a reader meets it; a year of a city
a second time at its first chart. Needs Chromium.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

VIEWS = {
    "wide": (1200, 1300, 720),
    "390": (390, 844, 390),
}  # width and height of the window, width of the picture
TONES = 160
MOST = 150_000  # bytes of a picture
FIRST = ("温州市-2022", "乐清市-2022", "杭州市-2024")  # reports that show what a kind can show
LANG = re.compile(rb'<html lang="([a-z]+)')
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pages(site: Path) -> Iterator[tuple[str, Path]]:
    """The index, and the page that shows most of each kind of report, in each language, with what to call its picture.

    Folders tell the kinds apart; a page says its own language.
    """
    found: dict[tuple[str, str], list[Path]] = {}
    for page in sorted(site.rglob("*.html")):
        kind = page.parent.name if page.parent != site else page.stem.partition("-")[0].partition(".")[0]
        said = LANG.search(page.read_bytes()[:2000])
        found.setdefault((kind, said[1].decode() if said else "zh"), []).append(page)
    for (kind, lang), own in sorted(found.items()):
        yield f"{kind}-{lang}", min(own, key=_rank)


def _rank(page: Path) -> tuple[int, str]:
    liked = [at for at, name in enumerate(FIRST) if page.stem.startswith(name)]
    return (liked[0] if liked else len(FIRST), page.name)


def shots(browser: Browser, page: Path, name: str, out: Path) -> Iterator[Path]:
    """The pictures of a page."""
    for view, (width, height, shown) in VIEWS.items():
        tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        tab.goto(page.as_uri())
        tab.evaluate("document.fonts.ready")
        yield _kept(tab.screenshot(), out / f"{name}-{view}.png", shown)
        chart = tab.query_selector("figure.chart") if name.startswith("city_year") else None
        if chart:
            yield _kept(chart.screenshot(), out / f"{name}-chart-{view}.png", shown)
        tab.close()


def _kept(png: bytes, file: Path, width: int) -> Path:
    """A picture made small; one that stays too large is a fault to be told."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    picture = picture.crop((0, 0, width, min(picture.height, 3 * width)))
    picture.quantize(TONES, dither=Image.Dither.NONE).save(file, optimize=True)
    if file.stat().st_size > MOST:
        sys.exit(f"{file} has {file.stat().st_size:,} bytes, more than {MOST:,}: lower TONES or the width")
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--site", type=Path, default=Path("reports"), help="folder of the reports (default: reports)"
    )
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("screenshots need Chromium: install it (Debian: apt-get install chromium) and run again")
    if not (asked.site / "index.html").is_file():
        sys.exit(f"no index.html in {asked.site}: run `minshi report --all` first")
    shutil.rmtree(asked.out, ignore_errors=True)
    asked.out.mkdir(parents=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, page in pages(asked.site.resolve()):
            for file in shots(browser, page, name, asked.out):
                print(f"{file} {file.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
