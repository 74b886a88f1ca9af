from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib import font_manager
from matplotlib.ft2font import LoadFlags

from planner.charts import style
from planner.look import FONT_FAMILIES
from planner.paths import resources


def test_lines_break_at_spaces_and_between_chinese_characters() -> None:
    for words in (
        "Where the sources disagree, both ends are shown.",
        "花呗、白条与信用卡的还款方式，逐一比较。",
    ):
        lines = style.wrapped(words, 10, 90)

        assert len(lines) > 1
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")
        assert all(style.text_width(line, 10) <= 90 for line in lines)


def test_no_line_begins_with_a_closing_mark() -> None:
    for width in range(45, 120, 3):
        lines = style.wrapped("还款（本月），可能的费用：五十元。逾期！", 10, width)

        assert not [line for _before, line in pairwise(lines) if line[0] in "），：。！"]


def test_an_amount_is_never_broken() -> None:
    amount = "1\u202f234,56\xa0€"

    lines = style.wrapped(f"Montant dû : {amount} au total", 10, style.text_width(amount, 10) + 2)

    assert amount in lines


def test_a_word_wider_than_the_line_is_broken_rather_than_cut() -> None:
    lines = style.wrapped("m" * 60, 10, 100)

    assert "".join(lines) == "m" * 60
    assert all(style.text_width(line, 10) <= 100 for line in lines)


def test_what_the_fonts_lack_becomes_a_hollow_square_and_control_characters_go() -> None:
    assert style.printable("镕喆 é œ € 1\u202f2") == "镕喆 é œ € 1\u202f2"
    assert style.printable("shop 🛒\u200d\x07!") == "shop □!"
    assert style.printable("e\u0301") == "é"
    assert style.printable("L’Haÿ, L’HAŸ") == "L’Haÿ, L’HAY"
    assert style.printable("two\nlines") == "two lines"


def test_text_is_measured_as_it_is_set() -> None:
    for name, is_bold in (("PlannerSans-Regular", False), ("PlannerSans-Bold", True)):
        font = font_manager.get_font(str(resources() / "fonts" / f"{name}.ttf"))
        font.set_size(20, 72)
        font.set_text("账单 1,234.56 é", 0.0, flags=LoadFlags.NO_HINTING)
        drawn = font.get_width_height()[0] / 64

        assert style.text_width("账单 1,234.56 é", 20, is_bold=is_bold) == pytest.approx(drawn, rel=0.03)


def test_the_bundled_fonts_are_found_without_being_installed() -> None:
    with style.drawing():
        for family in FONT_FAMILIES[:2]:
            found = Path(font_manager.findfont(family, fallback_to_default=False))
            assert found.parent == resources() / "fonts"


def test_the_words_of_a_chart_need_no_matplotlib_and_its_list_of_fonts_lies_in_our_folder() -> None:
    code = (
        "import os, sys\n"
        "import planner.charts.compare, planner.charts.late, planner.charts.balance, planner.charts.cash\n"
        "assert 'matplotlib' not in sys.modules\n"
        "import planner.charts.style, matplotlib\n"
        "from planner.paths import cache_dir\n"
        "assert str(cache_dir()) in matplotlib.get_configdir(), matplotlib.get_configdir()\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    done = subprocess.run(  # noqa: S603 - our own text
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"MPLCONFIGDIR": "/nowhere"},
    )

    assert done.returncode == 0, done.stderr
