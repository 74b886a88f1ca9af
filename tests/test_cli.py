from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from planner import i18n
from planner.cli import Window, wanted_window
from planner.domain.account import Account
from planner.services.accounts import save_account
from planner.services.example import write_example
from planner.store.store import VERSION, Store
from tests.terminal import Run

STATEMENT = Path(__file__).parent / "data" / "jd" / "baitiao.csv"
TODAY = "2026-11-22"
# What none of the commands that open no window may load, and what the window itself must not wait for.
QT = ("PySide6", "shiboken6")
SLOW = ("click", "babel", "typst", "matplotlib", "sqlite_utils", "numpy", "highspy", "xlsxwriter")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the example in it, to be copied."""
    path = tmp_path_factory.mktemp("made") / "example.db"
    store = Store.create(path)
    with store.transaction():
        write_example(store, date.fromisoformat(TODAY))
    store.close()
    return path


@pytest.fixture
def file(made: Path, tmp_path: Path) -> Path:
    """A file with the example in it."""
    path = tmp_path / "example.db"
    shutil.copy(made, path)
    return path


def in_a_fresh_python(code: str, *arguments: object) -> list[str]:
    """Run some lines in a Python of their own, and return what they print."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")  # noqa: S603 - ourselves
    return done.stdout.splitlines()


def loaded_by(*words: object) -> set[str]:
    """The top-level modules that a command loads."""
    code = (
        "import sys; from planner.cli import main; code = main(sys.argv[1:]); "
        "print(); print(*sorted({name.partition('.')[0] for name in sys.modules})); sys.exit(code)"
    )
    return set(in_a_fresh_python(code, *words)[-1].split())


# --- The window ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], Window()),
        (["demo"], Window(demo=True)),
        (["--store", "a b.db"], Window(Path("a b.db"))),
        (["--store=x.db", "--today", TODAY], Window(Path("x.db"), date(2026, 11, 22))),
        (["demo", f"--today={TODAY}"], Window(None, date(2026, 11, 22), demo=True)),
        (["--today", TODAY, "demo", "--store", "x.db"], Window(Path("x.db"), date(2026, 11, 22), demo=True)),
    ],
)
def test_what_opens_the_window_is_understood_without_the_command_line_library(
    words: list[str], window: Window
) -> None:
    assert wanted_window(words) == window


@pytest.mark.parametrize(
    "words",
    [
        ["due"],
        ["demo", "--write", "x.db"],
        ["--help"],
        ["--store"],
        ["--today", "soon"],
        ["--lang", "fr"],
        ["demo", "demo"],
        ["x"],
    ],
)
def test_everything_else_is_left_to_the_commands(words: list[str]) -> None:
    assert wanted_window(words) is None


@pytest.mark.parametrize(
    "words", [["--store", "x.db", "--today", TODAY], ["--lang", "fr", "--store", "x.db", "--today", TODAY]]
)
def test_the_bare_command_opens_the_window_with_what_it_was_told(
    words: Sequence[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Path | None, date | None, bool]] = []

    class App(ModuleType):
        @staticmethod
        def run(store: Path | None, today: date | None, *, demo: bool = False) -> int:
            opened.append((store, today, demo))
            return 7

    monkeypatch.setitem(sys.modules, "planner.app", App("planner.app"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    said = run(*words)

    assert said.code == 7
    assert opened == [(Path("x.db"), date(2026, 11, 22), False)]


def test_nothing_slow_is_loaded_before_the_window() -> None:
    code = (
        "import os, sys, types; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "app = types.ModuleType('planner.app'); app.run = lambda *words, **options: 0\n"
        "sys.modules['planner.app'] = app\n"
        "from planner.cli import main; main(['--store', 'x.db'])\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )

    loaded = set(in_a_fresh_python(code)[-1].split())

    assert loaded.isdisjoint({*SLOW, *QT})


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display")
@pytest.mark.parametrize(
    ("words", "way"), [([], "repayment-planner due"), (["demo"], "repayment-planner demo --write")]
)
def test_without_a_display_the_way_to_the_same_result_is_named(words: list[str], way: str, run: Run) -> None:
    said = run(*words)

    assert said.code == 2
    assert said.out == ""
    assert "no display" in said.err
    assert way in said.err


# --- What is due -----------------------------------------------------------------------------------


def test_what_is_due_is_said_late_ones_first(run: Run, file: Path) -> None:
    said = run("due", "--store", file, "--today", TODAY)

    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "Late"
    assert lines[1].split("  ")[1:] == [
        "17 Nov 2026",
        "Chinese credit card",
        "Bill of 28 Oct 2026",
        "CN¥1,834.00",
        "5 days late, at least CN¥183.40",
    ]
    assert "To pay until 22 Dec 2026" in lines
    assert any(line.split()[:3] == ["10", "Dec", "2026"] and "in 18 days" in line for line in lines)


def test_what_is_due_as_json_is_what_the_windows_show(run: Run, file: Path) -> None:
    said = run("due", "--days", 18, "--json", "--store", file, "--today", TODAY)

    store = Store.open(file)
    found = store.ledgers.position(date(2026, 11, 22))
    wanted = {
        due.id: due.open.minor for due in found.open_dues if due.due_on and due.due_on <= date(2026, 12, 10)
    }
    store.close()
    told = said.json
    assert {due["id"]: due["amount"]["minor"] for due in (*told["late"], *told["due"])} == wanted
    assert told["total"]["CNY"]["minor"] == sum(wanted.values())
    (late,) = told["late"]
    assert late["amount"] == {"minor": 183400, "currency": "CNY", "text": "1834.00"}
    assert late["minimum"]["text"] == "183.40"
    assert (late["due_on"], late["days_late"], late["kind"]) == ("2026-11-17", 5, "bill")
    assert (told["today"], told["until"], told["undated"]) == (TODAY, "2026-12-10", [])


def test_json_has_its_keys_in_one_order_and_its_text_as_it_is(run: Run, file: Path) -> None:
    store = Store.open(file)
    with store.transaction():
        account = store.accounts.all()[0]
        save_account(store, Account("京东白条", "京东", "CNY", id=account.id))
    store.close()

    out = run("due", "--json", "--store", file, "--today", TODAY).out

    assert "京东白条" in out
    assert out == json.dumps(json.loads(out), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def test_what_has_no_date_is_neither_hidden_nor_guessed(run: Run, tmp_path: Path) -> None:
    from planner.domain.money import Money
    from planner.domain.purchase import Purchase

    path = tmp_path / "x.db"
    store = Store.create(path)
    with store.transaction():
        account = save_account(store, Account("Lender", "Lender", "EUR"))
        store.purchases.save(Purchase(account.id, Money(1_000, "EUR"), date(2026, 11, 1), "Shop"))
    store.close()

    said = run("due", "--json", "--store", path, "--today", TODAY)
    lines = run("due", "--store", path, "--today", TODAY).out

    assert [due["due_on"] for due in said.json["undated"]] == [None]
    assert said.json["total"] == {}
    assert "Nothing is to be paid until 22 Dec 2026." in lines
    assert "€10.00" in lines


@pytest.mark.parametrize("before", [True, False])
def test_file_day_and_language_may_stand_before_or_after_the_command(
    run: Run,
    file: Path,
    before: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    told = ("--store", file, "--today", "2026-11-15", "--lang", "fr")

    said = run(*told, "due", "--json") if before else run("due", "--json", *told)

    assert said.json["today"] == "2026-11-15"
    assert i18n.language() == "fr"


def test_the_language_is_that_of_the_file_then_of_the_system_unless_one_is_named(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    run("due", "--store", file)
    assert i18n.language() == "fr"

    store = Store.open(file)
    with store.transaction():
        store.settings.put("language", "zh")
    store.close()
    assert "¥1,834.00" in run("due", "--store", file, "--today", TODAY).out
    assert i18n.language() == "zh"

    run("due", "--store", file, "--lang", "en")
    assert i18n.language() == "en"


def test_what_is_due_does_not_change_the_file(run: Run, file: Path) -> None:
    before = file.read_bytes()

    run("due", "--store", file, "--today", TODAY)

    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_file_of_a_newer_version_can_still_be_asked(run: Run, file: Path) -> None:
    store = Store.open(file)
    store.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    store.close()

    assert run("due", "--json", "--store", file, "--today", TODAY).json["late"]


@pytest.mark.parametrize("command", ["due", "report"])
def test_due_and_report_load_no_qt(command: str, file: Path, tmp_path: Path) -> None:
    words = [command, "--store", file, "--today", TODAY]
    words += ["--out", tmp_path / "pack.pdf"] if command == "report" else ["--json"]

    loaded = loaded_by(*words)

    assert "planner" in loaded
    assert loaded.isdisjoint(QT)


def test_a_terminal_of_another_encoding_is_no_obstacle(file: Path) -> None:
    import os

    command = [sys.executable, "-m", "planner", "due", "--store", str(file), "--today", TODAY, "--lang", "zh"]
    bare = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    for environment in ({"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "iso-8859-1"}):
        done = subprocess.run(command, capture_output=True, check=False, env={**bare, **environment})  # noqa: S603 - ourselves

        assert done.returncode == 0, done.stderr
        expected = "?" if "PYTHONIOENCODING" in environment else "年"
        assert expected in done.stdout.decode(environment.get("PYTHONIOENCODING", "utf-8"))


# --- The report ------------------------------------------------------------------------------------


def test_a_report_is_written_in_the_language_that_was_named(run: Run, file: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    out = tmp_path / "pack.pdf"

    said = run("report", "--lang", "fr", "--out", out, "--store", file, "--today", TODAY)

    assert said.code == 0
    assert str(out) in said.out
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(out.read_bytes())).pages)
    assert "1\u202f834,00" in text  # the late bill, as the French write it


def test_a_report_that_cannot_be_written_says_why(run: Run, file: Path, tmp_path: Path) -> None:
    said = run("report", "--out", tmp_path / "missing" / "pack.pdf", "--store", file, "--today", TODAY)

    assert said.code == 1
    assert "pack.pdf" in said.err


# --- Importing -------------------------------------------------------------------------------------

MAPS = (
    "钱包余额=ignore",
    "招商银行信用卡(0000)=Chinese credit card",
    "微信-招商银行信用卡=Chinese credit card",
)


def maps(*said: str) -> list[str]:
    return [word for one in said for word in ("--map", one)]


def test_a_dry_run_says_what_each_row_becomes_and_records_nothing(run: Run, file: Path) -> None:
    before = file.read_bytes()

    said = run("import", STATEMENT, "--dry-run", "--json", "--store", file)

    assert said.code == 0
    told = said.json
    assert told["dry_run"] is True
    assert told["rows"] == len(told["entries"]) == told["recorded"] + told["skipped"]
    assert {entry["becomes"] for entry in told["entries"]} >= {"purchase", "payment", "refund", "unanswered"}
    for entry in told["entries"]:
        assert entry["amount"]["currency"] == "CNY"
        assert f"{entry['amount']['minor'] / 100:.2f}" == entry["amount"]["text"]
    assert file.read_bytes() == before


def test_a_dry_run_in_lines_says_the_same(run: Run, file: Path) -> None:
    told = run("import", STATEMENT, "--dry-run", "--json", "--store", file).json

    said = run("import", STATEMENT, "--dry-run", "--store", file)

    assert f"{told['recorded']} rows would be recorded, {told['skipped']} skipped" in said.out
    assert said.out.count("\n  Line ") == told["rows"]


def test_an_import_asks_what_a_payment_method_stands_for(run: Run, file: Path) -> None:
    before = file.read_bytes()

    said = run("import", STATEMENT, "--store", file)

    assert said.code == 1
    assert '--map "钱包余额=JD Baitiao"' in said.err
    assert '--map "钱包余额=ignore"' in said.err
    assert file.read_bytes() == before


def test_an_import_records_what_the_dry_run_said_and_remembers_the_methods(run: Run, file: Path) -> None:
    words = ("import", STATEMENT, "--json", "--store", file)
    dry = run(*words, "--dry-run", *maps(*MAPS)).json

    done = run(*words, *maps(*MAPS))

    assert done.code == 0
    assert {**done.json, "dry_run": True} == dry
    again = run(*words)
    assert again.code == 0
    assert again.json["recorded"] == 0
    store = Store.open(file)
    assert store.methods.all()["钱包余额"] is None
    purchases = store.purchases.all()
    keys = {bought.source_key for bought in purchases}
    keys |= {refund.source_key for bought in purchases for refund in bought.refunds}
    keys |= {payment.source_key for payment in store.payments.all()}
    keys.discard("")
    assert len(keys) == dry["counts"]["purchase"] + dry["counts"]["payment"] + dry["counts"]["refund"]
    store.close()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("钱包余额", "METHOD"),
        ("钱包余额=", "METHOD"),
        ("支付宝=ignore", "支付宝"),
        ("钱包余额=Somebody", "Somebody"),
    ],
)
def test_a_map_that_names_nothing_is_refused(run: Run, file: Path, said: str, answer: str) -> None:
    told = run("import", STATEMENT, "--store", file, "--map", said)

    assert told.code == 1
    assert told.err.count("\n") == 1
    assert answer in told.err or "--map" in told.err


def test_a_file_that_is_no_statement_is_refused_in_one_sentence(run: Run, file: Path, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("hello", encoding="utf-8")

    for wrong in (text, tmp_path / "missing.csv"):
        told = run("import", wrong, "--dry-run", "--store", file)
        assert told.code == 1
        assert told.err.count("\n") == 1
        assert told.out == ""


# --- The example, and refusals ---------------------------------------------------------------------


def test_the_example_is_written_to_a_file_and_nothing_is_opened(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"

    said = run("demo", "--write", path, "--today", TODAY)

    assert said.code == 0
    assert run("due", "--json", "--store", path, "--today", TODAY).json["late"]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_the_example_is_never_written_over_a_file(run: Run, file: Path) -> None:
    before = file.read_bytes()

    said = run("demo", "--write", file)

    assert said.code == 1
    assert str(file) in said.err
    assert file.read_bytes() == before


@pytest.mark.parametrize("command", [["due"], ["report", "--out", "x.pdf"], ["import", "x.csv"]])
def test_a_missing_file_is_refused_and_not_made(run: Run, tmp_path: Path, command: list[str]) -> None:
    missing = tmp_path / "missing.db"

    said = run(*command, "--store", missing)

    assert said.code == 1
    assert str(missing) in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["due", "--days", "-1"], 2),
        (["due", "--days", "100000000"], 2),
        (["dues"], 2),
        (["report"], 2),
        (["due", "--today", "x"], 1),
    ],
)
def test_what_is_not_understood_is_said(run: Run, words: list[str], code: int) -> None:
    said = run(*words)

    assert said.code == code
    assert said.err
    assert "Traceback" not in said.err


def test_the_help_names_every_command_and_the_version_is_told(run: Run) -> None:
    said = run("--help")

    assert said.code == 0
    assert all(name in said.out for name in ("demo", "due", "import", "report", "--store", "--today"))
    assert run("--version").out.startswith("repayment-planner ")


@pytest.mark.parametrize("day", ["1899-12-31", "2200-01-01", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", [["due"], ["late"], ["compare"], ["report", "--out", "x.pdf"], []])
def test_a_today_near_the_end_of_the_calendar_is_refused(
    run: Run, file: Path, day: str, command: list[str]
) -> None:
    said = run("--store", file, "--today", day, *command)

    assert said.code == 1
    assert said.err == "Choose a day between 1 Jan 1900 and 31 Dec 2199 to take for today.\n"


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize("command", [["due", "--days", "36500"], ["late"], ["settle"], ["compare"]])
def test_the_first_and_the_last_today_are_taken(run: Run, file: Path, day: str, command: list[str]) -> None:
    assert run(*command, "--store", file, "--today", day).code == 0


def test_the_language_after_the_command_wins_over_the_one_before_it(run: Run, file: Path) -> None:
    said = run("--lang", "zh", "late", "--lang", "fr", "--store", file, "--account", "Nobody")

    assert said.err.startswith("Il n’y a pas de compte")
