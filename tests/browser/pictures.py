"""The pictures in the README: `python -m tests.browser.pictures`, which `make pictures` runs. It needs chromium."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.lighthouse import demonstration
from tests.browser.serving import PROJECT, served
from tests.conftest import Made

FOLDER = PROJECT / "docs" / "pictures"
DESK, PHONE = (1280, 860), (390, 860)
# Name, page (of those that the demonstration names), what is seen of it, in which light.
TAKEN: tuple[tuple[str, int, tuple[int, int], Literal["light", "dark"]], ...] = (
    ("front-desk-light", 0, DESK, "light"),
    ("article-phone-light", 1, PHONE, "light"),
    ("article-desk-dark", 1, DESK, "dark"),
    ("front-phone-dark", 0, PHONE, "dark"),
)


def main() -> int:
    """Build the demonstration, look at it, and write what is seen into docs/pictures/."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        made = Made(Path(folder))
        made.output.mkdir()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(made.output) as origin:
            pages = demonstration(made, origin)
            for name, page, (width, height), scheme in TAKEN:
                tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                tab.goto(pages[page], wait_until="networkidle")
                with Image.open(io.BytesIO(tab.screenshot())) as seen:
                    seen.convert("RGB").save(FOLDER / f"{name}.jpg", quality=82, optimize=True, progressive=True)
                tab.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
