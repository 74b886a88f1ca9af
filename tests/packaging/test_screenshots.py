from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "packaging" / "screenshots.py"


def test_pictures_of_chosen_places_and_a_sheet_of_them_are_made(tmp_path: Path) -> None:
    words = ["--place", "today", "about", "--language", "en", "--theme", "dark", "--size", "small"]
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(SCRIPT), *words, "--into", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "today" / "en-dark-small.png").stat().st_size > 10_000
    assert (tmp_path / "today" / "en-dark-small-whole.png").is_file()
    assert (tmp_path / "about" / "en-dark-small.png").is_file()
    assert (tmp_path / "today.png").is_file()
    # It names what is cut off: nothing is.
    assert done.stdout.splitlines() == [f"See {tmp_path}"]
