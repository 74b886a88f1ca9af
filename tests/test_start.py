from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generate import generate
from planner.domain.adopted.plan import AdoptedPlan, Method, Todo
from planner.domain.money import Money
from planner.domain.optimum.problem import OptionKind
from planner.services.example import write_example
from planner.store.store import Store

TODAY = date(2026, 11, 22)

# Each costs a start more than a tenth of what it may take; what needs one imports it later.
HEAVY = (
    "PySide6.QtPdf",
    "PySide6.QtPdfWidgets",
    "PySide6.QtPrintSupport",
    "babel.messages",
    "click",
    "email",
    "icalendar",
    "matplotlib",
    "multiprocessing",
    "numpy",
    "sqlite_utils",
    "tomllib",
    "typst",
    "uuid",
)


def names(folders: dict[str, str]) -> frozenset[str]:
    """The full names of modules that are listed by the package they are in."""
    return frozenset(f"{folder}.{name}" for folder, listed in folders.items() for name in listed.split())


# All of the program that a start may load. Whoever adds to it makes every start slower: better import
# it in the function that needs it.
AT_START = {"planner"} | names(
    {
        "planner": "app charts cli compat domain errors gui i18n look paths phrases services store",
        "planner.gui": "arrange asking balance_line banner beginning crash_hook drawn_line icons labels "
        "language last_file layouts main_window menus page pages pane parts places session sidebar "
        "tasks theme toast trail window_place wrapping",
        "planner.gui.pages": "today today_parts today_words",
        "planner.charts": "axes balance",
        "planner.services": "balance prompts today",
        "planner.store": "accounts backup bills changes columns db journal ledgers methods payments plans "
        "purchases repository settings store",
        "planner.domain": "account bill business_days dates derivation due due_figures due_sums ids "
        "instalment ledger money payment position purchase rate refunded settled sourced term terms",
    }
)

# What a procedure under way adds: it may want to remind of something today.
FOR_PROCEDURES = names(
    {
        "planner.store": "cases catalogue",
        "planner.services": "cases",
        "planner.services.cases": "errors record view views",
        "planner.domain": "procedures recorded",
        "planner.domain.procedures": "case counting kept kinds of_record own_steps published recorded rules "
        "step_view tasks verification waiting",
    }
)

# What cash adds: it may not do. The sheets tell the working days by which a salary moves.
FOR_CASH = names(
    {
        "planner.services": "cash_forecast cash_warnings",
        "planner.store": "cap_sheets cash catalogue help_sheets product_sheets published sheet_fields sheets "
        "toml_part",
        "planner.domain": "cash hardship law published recorded",
        "planner.domain.cash": "account debits debts flow forecast line movement needed occurrences "
        "recurrence rules spending",
        "planner.domain.hardship": "help",
        "planner.domain.law": "caps",
    }
)

# What a plan through all debts adds: it may want to remind of what a lender has to be asked for, and what it
# means to pay stands beside what is due.
FOR_PLANS = names(
    {
        "planner.services": "plan_progress plan_todos",
        "planner.store": "payoff",
        "planner.domain": "adopted optimum payoff recorded",
        "planner.domain.optimum": "conditions problem",
        "planner.domain.adopted": "made_of matching misfit plan plan_line planned progress todo_words",
        "planner.domain.payoff": "scenario",
    }
)

WATCHED = """
import json, sys
from planner import app, cli

def noted(event):
    if event == "first-paint":
        print(json.dumps(sorted(sys.modules)))
    return True

app._trace = noted
sys.exit(cli.main(sys.argv[1:]))
"""


def start(code: list[str], *words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *code, *words, "--today", TODAY.isoformat()],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ
        | {
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": str(home),
            "XDG_DATA_HOME": str(home),
            "LANG": "en_GB.UTF-8",
        }
        | environment,
    )


def loaded(home: Path, *words: str) -> set[str]:
    """The modules that are there when the window is drawn for the first time."""
    done = start(["-c", WATCHED], *words, home=home)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with accounts, bills, plans and payments."""
    path = tmp_path / "mine.db"
    generate(path, 2_000, years=2, lenders=3, today=TODAY)
    return path


def test_a_start_loads_nothing_heavy_and_no_more_of_the_program_than_is_listed(
    file: Path, tmp_path: Path
) -> None:
    modules = loaded(tmp_path, "--store", str(file))

    assert [name for name in HEAVY if name in modules] == []
    assert {name for name in modules if name.partition(".")[0] == "planner"} - AT_START == set()


def test_a_procedure_under_way_and_cash_add_only_what_they_may_want_to_say_today(tmp_path: Path) -> None:
    path = tmp_path / "example.db"
    store = Store.create(path)
    with store.transaction():
        write_example(store, TODAY)
    store.close()

    modules = loaded(tmp_path, "--store", str(path))

    heavy = set(HEAVY) - {"tomllib"}  # a procedure is data, read from a file
    assert heavy & modules == set()
    ours = {name for name in modules if name.partition(".")[0] == "planner"}
    assert ours - AT_START - FOR_PROCEDURES - FOR_CASH == set()


def test_a_plan_that_is_followed_adds_only_what_its_payments_and_next_to_do_need(
    file: Path, tmp_path: Path
) -> None:
    store = Store.open(file)
    account = store.accounts.all()[0]
    todo = Todo(account.id, "", OptionKind.INSTALMENTS, 3, TODAY)
    none = Money(0, "CNY")
    with store.transaction():
        store.adopted_plans.save(
            AdoptedPlan("CNY", Method.OPTIMUM, TODAY, none, none, is_proved=True, todos=(todo,))
        )
    store.close()

    modules = loaded(tmp_path, "--store", str(file))

    assert set(HEAVY) & modules == set()
    ours = {name for name in modules if name.partition(".")[0] == "planner"}
    assert ours - AT_START == FOR_PLANS


def test_the_first_run_loads_nothing_heavy(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "--store", str(tmp_path / "new.db"))

    assert (set(HEAVY) - {"tomllib"}) & modules == set()


def test_the_program_says_how_fast_it_started_and_ends(file: Path, tmp_path: Path) -> None:
    done = start(
        ["-m", "planner"],
        "--store",
        str(file),
        home=tmp_path,
        REPAYMENT_PLANNER_TRACE="1",
        REPAYMENT_PLANNER_SPAWNED="0",
    )

    assert done.returncode == 0, done.stderr
    marks = dict(line.split(" ") for line in done.stderr.splitlines())
    assert list(marks) == ["first-paint", "usable"]
    assert 0 < float(marks["first-paint"]) <= float(marks["usable"])
    assert sorted(found.name for found in tmp_path.iterdir() if found.is_file()) == ["mine.db"]


def test_a_start_writes_nothing_but_the_file_it_opens(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()

    loaded(tmp_path, "--store", str(file))

    assert sorted(found.name for found in tmp_path.iterdir()) == ["mine.db"]
    assert file.read_bytes() == before
