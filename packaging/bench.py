"""How fast the program is: its start, and the work behind its places.

    .venv/bin/python packaging/bench.py [--runs 9] [--rows 100000] [--only KIND]

Start-up is measured from just before the program is spawned. With REPAYMENT_PLANNER_TRACE=1 the
program says on stderr "first-paint <seconds>" and "usable <seconds>", counted from the moment in
REPAYMENT_PLANNER_SPAWNED, and ends: at the first paint the window with its page has been drawn and
handed to the screen, and once it is usable the next key would be answered at once. "warm" means that
the program was just used, "cold" that its files and those of its libraries are read from the disk
again, where the system lets go of them. Beside it stands an empty window of Qt in the same Python,
which is what no program of this kind can fall below. Runs of the scenarios alternate, so that a
busy machine is unfair to none of them. Without a display the windows are drawn offscreen.

"compare" works out thirty offers anew, as with each key that is pressed; it should fit into one frame of
the screen, 16 ms.

"optimum" looks for the proved best choice through all bills of people like ours, until it is proved or a
minute has passed. "window" says for how long the window does not answer meanwhile, at the most; no more
than 100 ms are wanted.

"apr" works out 10,000 true rates of 24 rows by each convention, in turns with a compiled solver, and says
how many times longer each takes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import product
from pathlib import Path
from statistics import median

from bench_optimum import optimum_lines
from generate import generate
from planner.cli import has_display
from planner.domain.apr import Convention, apr, apr_of
from planner.domain.dates import add_months
from planner.domain.money import Money
from planner.domain.offers.compared import own_loan, own_offer
from planner.domain.position import position
from planner.domain.rate import Per, Rate
from planner.reports.pack import PackParts, Part, compose, report_pack
from planner.services.compare import comparison, cost_cards, typed_question
from planner.services.example import write_example
from planner.services.today import today_view
from planner.store.store import Store

ROOT = Path(__file__).resolve().parent.parent
TRACE = "REPAYMENT_PLANNER_TRACE"
SPAWNED = "REPAYMENT_PLANNER_SPAWNED"
MARKS = ("first-paint", "usable")
HEATS = ("warm", "cold")
_PATIENCE = 60
_APRS = 10_000
_OFFERS = 30
_LOANS = 10
# What needs no file.
_ALONE = ("apr", "compare", "optimum", "window")

# The least that Qt in Python can do: an empty table in a window, measured as the program measures itself.
_BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, tell)

def tell():
    seconds = time.time() - float(os.environ["REPAYMENT_PLANNER_SPAWNED"])
    sys.stderr.write(f"first-paint {seconds:.3f}\\n")
    app.quit()

app = QApplication([])
window = Window()
window.resize(1280, 800)
window.setCentralWidget(QTableView())
window.show()
app.exec()
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that was measured.

    Attributes:
        name: What.
        seconds: How long each run took.
    """

    name: str
    seconds: tuple[float, ...]

    def __str__(self) -> str:
        """A line of the table."""
        if not self.seconds:
            return f"{self.name:<52}  not measured"
        low, high = min(self.seconds), max(self.seconds)
        return f"{self.name:<52}  {_shown(median(self.seconds)):>9}  {_shown(low):>9} – {_shown(high)}"


def start_figures(stores: dict[str, Path], runs: int, home: Path) -> Iterable[Figure]:
    """Measure the start of the program on each store; one that is not there is a first start."""
    bare = "an empty window of Qt"
    commands = {bare: ["-c", _BARE]}
    commands |= {name: ["-m", "planner", "--store", str(store)] for name, store in stores.items()}
    found: dict[tuple[str, str, str], list[float]] = {}
    for heat in HEATS:
        for number in range(-1, runs):
            for name, command in commands.items():
                if heat == "cold":
                    evict()
                marks = _start(command, home)
                for mark, seconds in marks.items():
                    # The first of all is not counted: it may have something to compile.
                    if number >= 0:
                        found.setdefault((heat, name, mark), []).append(seconds)
    for heat, name, mark in product(HEATS, commands, MARKS):
        if (heat, name, mark) in found:
            yield Figure(f"start, {heat}, {name}: {mark}", tuple(found[heat, name, mark]))


def _start(command: Sequence[str], home: Path) -> dict[str, float]:
    """Start a program once and return what it says of itself."""
    environment = {**os.environ, TRACE: "1", "HOME": str(home), "XDG_DATA_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if not has_display():
        environment["QT_QPA_PLATFORM"] = "offscreen"
    environment[SPAWNED] = repr(time.time())
    try:
        done = subprocess.run(
            [sys.executable, "-P", *command],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env=environment,
            timeout=_PATIENCE,
            cwd=ROOT,
        )
    except subprocess.TimeoutExpired:
        print(f"the program did not end within {_PATIENCE} s", file=sys.stderr)
        return {}
    marks = {}
    for line in done.stderr.splitlines():
        name, _, value = line.partition(" ")
        if name in MARKS:
            marks[name] = float(value)
    if not marks:
        print(f"the program did not say how fast it was: {done.stderr.strip()[-300:]}", file=sys.stderr)
    return marks


def evict() -> None:
    """Drop the files of the program and its libraries from memory, as after switching the computer on."""
    if not hasattr(os, "posix_fadvise"):
        return
    for folder in (ROOT / ".venv", ROOT / "planner", ROOT / "resources", ROOT / "translations"):
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                with suppress(OSError), path.open("rb") as file:
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def apr_figures(runs: int, today: date) -> Iterable[Figure | str]:
    """Measure the true rates of 24 monthly rows, beside those of a solver that is compiled."""
    import pyxirr  # noqa: PLC0415 - only who works on the program has it

    amounts = [1_200_000, *[-56_000] * 24]
    lent = [(today, Money(amounts[0], "CNY"))]
    paid = [(add_months(today, month), Money(56_000, "CNY")) for month in range(1, 25)]
    works: dict[str, Callable[[], object]] = {
        "pyxirr.irr, compiled": lambda: pyxirr.irr(amounts),
        "from a list of months": lambda: apr(amounts),
    }
    for convention in Convention:
        works[f"from dates, {convention.value}"] = partial(apr_of, convention, lent, paid)
    found: dict[str, list[float]] = {name: [] for name in works}
    for _, (name, work) in product(range(runs), works.items()):
        began = time.perf_counter()
        for _ in range(_APRS):
            work()
        found[name].append(time.perf_counter() - began)
    theirs = median(found["pyxirr.irr, compiled"])
    yield f"{_APRS:,} true rates of 24 rows"
    for name, seconds in found.items():
        yield f"{Figure(name, tuple(seconds))}  = {median(seconds) / theirs:.1f} × pyxirr"


def compare_figures(runs: int, today: date) -> Iterable[Figure]:
    """Measure a comparison of thirty offers by each convention, and the cost cards of all of them."""
    due_on = today + timedelta(days=18)  # no whole months, so that days are counted too
    for currency in ("CNY", "EUR", "USD"):
        question = typed_question(Money(1_000_000, currency), None, today, due_on)
        offers = [
            own_offer(f"Offer {number}", 1 + number % 24, Rate.percent(Decimal(number) / 20, Per.MONTH))
            for number in range(_OFFERS - _LOANS)
        ]
        offers += [
            own_loan(
                f"Loan {number}",
                12 + number,
                Rate.percent(Decimal(number)),
                opening_fee=Money(500, currency),
            )
            for number in range(_LOANS)
        ]
        compare_all = partial(comparison, question, offers, today)
        yield _timed(f"comparison of {_OFFERS} offers, {currency}", runs, compare_all)
        found = compare_all()
        yield _timed(f"cost cards of {_OFFERS} offers, {currency}", runs, partial(cost_cards, found))


def work_figures(example: Path, large: Path, runs: int, today: date) -> Iterable[Figure]:
    """Measure the work behind the places."""
    yield _timed("large: open the file", runs, lambda: _open_and_close(large))
    store = Store.open(large)
    with closing(store.connection):
        yield _timed("large: position, with the summary", runs, lambda: store.ledgers.position(today))
        yield _timed("large: everything that Today shows", runs, lambda: today_view(store, today))
        yield _timed("large: position, without the summary", min(runs, 3), lambda: _whole(store, today))
        yield _timed("large: make the summaries", min(runs, 3), lambda: _summarise(store, today))
    store = Store.open(example)
    with closing(store.connection):
        parts = PackParts(
            frozenset({Part.FACTS, Part.BILLS, Part.WORKINGS}), today.replace(year=today.year - 1), today
        )
        pack = report_pack(store, today, parts)
        yield _timed("example: report as a PDF, the first in a program", 1, lambda: compose(pack, "zh"))
        yield _timed("example: report as a PDF, later ones", min(runs, 5), lambda: compose(pack, "zh"))


def _open_and_close(path: Path) -> None:
    Store.open(path).connection.close()


def _whole(store: Store, today: date) -> None:
    position((store.ledgers.whole(account) for account in store.accounts.all()), today)


def _summarise(store: Store, today: date) -> None:
    store.connection.execute("DELETE FROM settled")
    store.ledgers.summarise(today)


def _timed(name: str, runs: int, work: Callable[[], object]) -> Figure:
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return Figure(name, tuple(seconds))


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _figures_alone(only: str | None, runs: int, today: date) -> Iterator[object]:
    """What is measured without any file."""
    if only in {None, "apr"}:
        yield from apr_figures(runs, today)
    if only in {None, "compare"}:
        yield from compare_figures(runs, today)
    if only in {None, "optimum"}:
        yield from optimum_lines()
    if only in {None, "window"}:
        from bench_window import window_lines  # noqa: PLC0415 - brings the windows

        yield from window_lines(today)


def main(arguments: Sequence[str]) -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=9, help="how often each thing is measured")
    parser.add_argument("--rows", type=int, default=100_000, help="the size of the large file")
    parser.add_argument("--only", choices=("start", "work", *_ALONE))
    wanted = parser.parse_args(arguments)
    today = date.today()  # noqa: DTZ011 - the user's local day is what is meant
    print(f"{'':<52}  {'median':>9}  {'least':>9} – most, of {wanted.runs}")
    for line in _figures_alone(wanted.only, wanted.runs, today):
        print(line, flush=True)
    if wanted.only in _ALONE:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        example, large = home / "example.db", home / "large.db"
        store = Store.create(example)
        with store.transaction():
            write_example(store, today)
        store.ledgers.summarise(today)
        store.close()
        empty = home / "empty.db"
        Store.create(empty).close()
        rows = sum(generate(large, wanted.rows, today=today).values())
        if wanted.only != "work":
            stores = {
                "no file yet": home / "none.db",
                "empty file": empty,
                "example": example,
                f"{rows:,} rows": large,
            }
            for figure in start_figures(stores, wanted.runs, home):
                print(figure, flush=True)
        if wanted.only != "start":
            for figure in work_figures(example, large, wanted.runs, today):
                print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
