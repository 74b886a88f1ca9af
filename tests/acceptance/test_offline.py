"""Nothing is sent anywhere, and what protects the file is said."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import planner
from planner.gui.pages.settings import SettingsPage
from planner.gui.places import ALL
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services.example import write_example
from planner.store.store import Store
from tests.stores import fill_with_example
from tests.terminal import Run

TODAY = date(2026, 11, 22)
ROOT = Path(planner.__file__).parents[1]
# What can reach another machine, in Python, in Qt, and in what we depend on.
NETWORK = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
    "PySide6.QtNetwork",
    "PySide6.QtNetworkAuth",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "PySide6.QtWebSockets",
}


def imported(source: str) -> set[str]:
    """The modules that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def reaching_out(source: str) -> set[str]:
    """The modules among these that can reach another machine."""
    return {
        name
        for name in imported(source)
        if any(name == each or name.startswith(f"{each}.") for each in NETWORK)
    }


@pytest.mark.row("C070")
def test_no_module_of_the_program_imports_anything_that_reaches_another_machine() -> None:
    paths = sorted((ROOT / "planner").rglob("*.py"))

    assert len(paths) > 400
    assert {
        path.name: found for path in paths if (found := reaching_out(path.read_text(encoding="utf-8")))
    } == {}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "def f():\n    import urllib.request",
        "from urllib import request",
        "from PySide6.QtNetwork import QTcpSocket",
        "from PySide6 import QtNetwork",
        "import http.client as c",
    ],
)
def test_a_planted_import_is_found(source: str) -> None:
    assert reaching_out(source)


def test_what_only_looks_like_it_is_not() -> None:
    assert not reaching_out(
        "from urllib.parse import quote\nfrom planner.statements import messages\nimport httpd_"
    )


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Refuses to make a socket or to look a name up, and says who tried."""
    tried: list[tuple[Any, ...]] = []

    def refuse(*arguments: Any, **_named: Any) -> NoReturn:
        tried.append(arguments)
        raise OSError("no network here")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    return tried


@pytest.mark.row("C070")
def test_no_place_of_the_window_opens_a_socket(
    qtbot: QtBot, qapp: QApplication, store: Store, no_socket: list[tuple[Any, ...]]
) -> None:
    apply_theme(qapp, "light")
    fill_with_example(store, TODAY)
    session = Session(store, TODAY)
    for place in ALL:
        page = place.build(session)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        qtbot.wait(50)
        page.close()

    assert no_socket == []
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("localhost", 1))
    assert len(no_socket) == 1


def record(path: Path) -> None:
    """Write the example to a file."""
    store = Store.create(path)
    with store.transaction():
        write_example(store, TODAY)
    store.close()


@pytest.mark.row("C070")
@pytest.mark.parametrize("command", ["due", "late", "cash", "payoff", "remind"])
def test_no_command_opens_a_socket(
    tmp_path: Path, run: Run, no_socket: list[tuple[Any, ...]], command: str
) -> None:
    path = tmp_path / "planner.db"
    record(path)

    said = run(command, "--store", path, "--today", TODAY)

    assert said.out, said.err
    assert no_socket == []


@pytest.mark.row("C070")
def test_qt_for_the_network_is_not_loaded_by_the_windows() -> None:
    program = (
        "import sys; import planner.gui.main_window, planner.gui.pages.reports, planner.gui.pages.payoff; "
        "print([name for name in sys.modules if 'QtNetwork' in name or 'QtWeb' in name])"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.row("C070")
def test_settings_say_that_nothing_is_sent_and_what_does_and_does_not_protect_the_file(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    apply_theme(qapp, "light")
    store = Store.create(tmp_path / "planner.db")
    page = SettingsPage(Session(store, TODAY))
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    shown = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))
    store.close()

    for words in (
        "Nothing is sent anywhere",
        "The file is not encrypted",
        "encrypted disk",
        "A copy is made when you close the program; the last 7 are kept.",
    ):
        assert words in shown


@pytest.mark.row("C070")
def test_the_readme_says_it_too() -> None:
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())

    assert "no network, no account, no advertising" in said
    assert "a checked copy is made at each close, and the last seven are kept" in said
    assert "are not encrypted" in said


@pytest.mark.row("C070")
def test_the_file_is_as_documented_readable_by_who_can_open_it(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    record(path)

    assert path.read_bytes().startswith(b"SQLite format 3\x00")
