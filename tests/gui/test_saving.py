"""Saving a file where the user chooses."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from planner.errors import PlannerError
from planner.gui.saving import choose_pdf, file_name, saved_words
from planner.phrases import N_


class _TooLongError(PlannerError):
    message = N_("The name of the file is too long.")


def test_a_name_of_the_users_own_becomes_one_that_every_system_takes() -> None:
    assert file_name('花呗/6 × 0.5 %: "mine"?') == "花呗-6 - 0.5 -- -mine--"
    assert file_name("Été (2) 2026-11-22") == "Été (2) 2026-11-22"


@pytest.mark.parametrize(
    ("chosen", "kept"), [("/a/card", "/a/card.pdf"), ("/a/card.pdf", "/a/card.pdf"), ("", None)]
)
def test_a_pdf_gets_its_ending_unless_it_has_one(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, chosen: str, kept: str | None
) -> None:
    asked: list[tuple[object, ...]] = []

    def choose(*arguments: object) -> tuple[str, str]:
        asked.append(arguments)
        return chosen, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    parent = QWidget()
    qtbot.addWidget(parent)

    found = choose_pdf(parent, "Save it", "6/12")

    assert asked == [(parent, "Save it", "6-12.pdf", "PDF (*.pdf)")]
    assert found == (None if kept is None else Path(kept))


def test_what_came_of_it_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"

    assert saved_words(path, lambda: b"%PDF") == f"Saved: {path}"
    assert path.read_bytes() == b"%PDF"
    assert "could not be written" in saved_words(tmp_path / "nowhere" / "card.pdf", lambda: b"")


def test_a_refusal_to_make_the_content_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    path.write_bytes(b"before")

    def refused() -> bytes:
        raise _TooLongError

    assert saved_words(path, refused) == "The name of the file is too long."
    assert path.read_bytes() == b"before"
