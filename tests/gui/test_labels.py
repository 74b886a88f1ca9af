"""Tests of the kinds of text a page is set from."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from planner.gui.labels import text_label

TEXT = "留空的项目恢复为已公布的条款。"


def lines(label: QLabel, width: int) -> list[str]:
    """What stands on each line of a label of some width."""
    shown = QLabel.text(label)
    layout = QTextLayout(shown, label.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(shown[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return found


@pytest.mark.parametrize("left", range(1, 6))
def test_no_chinese_character_is_alone_on_the_last_line(qtbot: QtBot, left: int) -> None:
    label = text_label()
    qtbot.addWidget(label)
    label.setText(TEXT)
    width = label.fontMetrics().horizontalAdvance(TEXT[:-left]) + 1

    last = lines(label, width)[-1].replace("\N{WORD JOINER}", "")

    assert TEXT.endswith(last)
    assert len(last) >= len("的条款。")


def test_a_label_says_its_text_as_it_was_set(qtbot: QtBot) -> None:
    label = text_label()
    qtbot.addWidget(label)
    label.setText(TEXT)

    assert label.text() == TEXT
