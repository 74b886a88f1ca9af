"""The command line: its commands with their options and help, in the reader's language."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from planner import __version__, i18n
from planner.cli import FIRST_TODAY, LAST_TODAY, Window, open_window, speak_utf8
from planner.cli.calendar import calendar, calendar_options
from planner.cli.case import case, case_options
from planner.cli.cash import cash
from planner.cli.commands import Chosen, day_of, demo, due, import_file, report
from planner.cli.compare import compare
from planner.cli.late import late
from planner.cli.minimum import minimum
from planner.cli.payoff import payoff
from planner.cli.remind import remind, remind_options
from planner.cli.settle import settle
from planner.compat import override
from planner.domain.offers.compared import SortBy
from planner.errors import PlannerError
from planner.i18n import LANGUAGES, _, explain
from planner.paths import APP
from planner.phrases import N_
from planner.services.cash_view import LEAST_MONTHS, MOST_MONTHS

_REFUSED = 1

# A hundred years ahead or back: beyond it a calendar ends, and no debt is so long.
_MOST_DAYS = 36_500
_MOST_MONTHS = 1_200
_MOST_PARTS = 120


class TodayOutsideError(PlannerError):
    """A day to take for today that is so far away that the calendar ends near it."""

    message = N_("Choose a day between {first} and {last} to take for today.")


def run(words: Sequence[str]) -> int:
    """Run a command and return its exit code: 0 done, 1 refused with a reason, 2 not understood."""
    speak_utf8()
    i18n.use(_language_in(words) or system_language())
    try:
        result = command_line().main(args=list(words), prog_name=APP, standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except PlannerError as error:
        click.echo(explain(error), err=True)
        return _REFUSED
    except BrokenPipeError:
        # Whoever read along has read enough. Python would complain once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _REFUSED
    return result if isinstance(result, int) else 0


class _Command(click.Command):
    """A command that is told the file, the day and the language, before or after its name."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        above = ctx.find_root().params
        told = {name: ctx.params.pop(name) or above.get(name) for name in ("store", "today", "lang")}
        ctx.params["chosen"] = Chosen(
            Path(told["store"]) if told["store"] else None, _day(told["today"]), told["lang"]
        )
        return super().invoke(ctx)


def command_line() -> click.Group:
    """The commands with their help, in the language of the moment."""
    top = click.Group(
        APP,
        callback=_without_command,
        params=[*_common(), _version()],
        invoke_without_command=True,
        help=_(
            "See what you owe, compare the ways to pay it back, and plan so that the cash holds. "
            "Without a command, the program opens its window."
        ),
    )
    for command in _commands():
        top.add_command(command)
    return top


def _commands() -> Iterable[click.Command]:
    path = click.Path(path_type=Path)
    json_option = _flag("--json", "as_json", _("Print JSON."))
    days = click.Option(
        ["--days"], type=click.IntRange(0, _MOST_DAYS), default=30, help=_("How many days ahead.")
    )
    reminds = _flag("--remind", "reminds", _("Only what to be reminded of today, once: the same as remind."))
    yield _command("due", _due, [days, reminds, json_option], _("What is to be paid, and when."))
    yield _command(
        "remind", remind, [*remind_options(), json_option], _("What to be reminded of today, once.")
    )
    asked = [
        click.Option(["--bill"], metavar="ID", help=_("One bill, by the id that due --json tells.")),
        click.Option(["--amount"], help=_("An amount instead of a recorded bill; it needs --terms.")),
        click.Option(["--terms"], metavar="NAME", help=_("The account or product whose terms count for it.")),
        _flag("--rows", "has_rows", _("Print each month.")),
    ]
    words = _("The minimum of each open bill, and what paying only that comes to.")
    yield _command("minimum", minimum, [*asked, json_option], words)
    yield _command(
        "compare",
        compare,
        [*asked[:3], *_compare_options(), json_option],
        _("The ways to settle each open bill, one of them or an amount."),
    )
    yield _command(
        "late", late, [*_late_options(), json_option], _("How often payments were late, and the ways out.")
    )
    yield _command("settle", settle, [json_option], _("What settling instalment plans today would save."))
    forecast = click.Option(
        ["--months"],
        type=click.IntRange(LEAST_MONTHS, MOST_MONTHS),
        default=LEAST_MONTHS,
        help=_("How many months the forecast has."),
    )
    words = _("What cash is there, how far it reaches, and what automatic debits need.")
    yield _command("cash", cash, [forecast, json_option], words)
    yield _command(
        "payoff",
        payoff,
        [*_payoff_options(path), json_option],
        _("The best way through all debts that the cash allows, with its proof."),
    )
    out = click.Option(["--out"], type=path, required=True, help=_("The PDF to write."))
    months = click.Option(
        ["--months"],
        type=click.IntRange(0, _MOST_MONTHS),
        default=3,
        help=_("How many months to look back and ahead."),
    )
    yield _command("report", report, [out, months], _("Write a report as a PDF."))
    yield _command("case", case, case_options(path), _("Write a procedure under way as a PDF of two pages."))
    yield _command("calendar", calendar, calendar_options(path), _("Write a file for a calendar program."))
    file = click.Argument(["file"], type=path)
    dry_run = _flag("--dry-run", "is_dry_run", _("Say what would be recorded, and record nothing."))
    said = click.Option(
        ["--map", "said"],
        multiple=True,
        metavar="METHOD=ACCOUNT",
        help=_("Which account a payment method stands for; METHOD=ignore for what is not credit."),
    )
    yield _command("import", import_file, [file, dry_run, said, json_option], _("Import a statement."))
    write = click.Option(["--write", "file"], type=path, help=_("Write it to this file, and open nothing."))
    yield _command("demo", demo, [write], _("Open the example."))


def _due(chosen: Chosen, days: int, *, reminds: bool, as_json: bool) -> int:
    if reminds:
        return remind(chosen, is_again=False, waits=False, is_schedule=False, as_json=as_json)
    due(chosen, days, as_json=as_json)
    return 0


def _compare_options() -> list[click.Parameter]:
    return [
        click.Option(["--beside"], metavar="ID", help=_("A product whose ways stand beside, by its id.")),
        click.Option(
            ["--by"],
            type=click.Choice([by.value for by in SortBy]),
            default=SortBy.TOTAL.value,
            help=_("What to sort by."),
        ),
        click.Option(
            ["--card"],
            metavar="OFFER",
            help=_("The cost card of one way instead, by its name or the id that --json tells."),
        ),
    ]


def _payoff_options(path: click.Path) -> list[click.Parameter]:
    return [
        click.Option(["--currency"], metavar="CODE", help=_("One currency only, such as EUR.")),
        click.Option(["--extra"], metavar="AMOUNT", help=_("What goes to the debts each month besides.")),
        click.Option(
            ["--reserve"], metavar="AMOUNT", help=_("What should always be left, if not as recorded.")
        ),
        click.Option(["--csv"], type=path, help=_("Write what to pay when to this CSV file too.")),
        click.Option(["--xlsx"], type=path, help=_("Write everything to this Excel workbook too.")),
    ]


def _late_options() -> list[click.Parameter]:
    return [
        click.Option(["--account"], metavar="NAME", help=_("One account only, by its name.")),
        click.Option(["--until"], metavar="DATE", help=_("The day on which everything is paid.")),
        click.Option(
            ["--pay"],
            multiple=True,
            metavar="DATE=AMOUNT",
            help=_("A part that is paid before; it can be given several times."),
        ),
        click.Option(
            ["--agree"],
            type=click.IntRange(1, _MOST_PARTS),
            help=_("Compare an agreement with the lender on so many equal parts, a month apart."),
        ),
        click.Option(["--called"], metavar="DATE", help=_("A day on which the lender asks for everything.")),
        click.Option(["--litigation"], metavar="AMOUNT", help=_("The costs of a lawsuit, if any.")),
    ]


def _command(
    name: str, action: Callable[..., Any], params: list[click.Parameter], words: str
) -> click.Command:
    return _Command(name, callback=action, params=[*params, *_common()], help=words)


def _common() -> list[click.Parameter]:
    return [
        click.Option(["--store"], metavar="FILE", help=_("The file to use instead of your own.")),
        click.Option(["--today"], metavar="DATE", help=_("The day to take for today, such as 2026-11-22.")),
        click.Option(["--lang"], type=click.Choice(list(LANGUAGES)), help=_("The language to speak.")),
    ]


def _flag(name: str, parameter: str, words: str) -> click.Option:
    return click.Option([name, parameter], is_flag=True, help=words)


def _version() -> click.Option:
    def show_version(ctx: click.Context, _option: click.Parameter, is_wanted: bool) -> None:  # noqa: FBT001 - click's
        if is_wanted:
            click.echo(f"{APP} {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show_version,
        help=_("The version."),
    )


def _without_command(store: str | None, today: str | None, lang: str | None) -> int | None:  # noqa: ARG001 - the window has its own language
    if click.get_current_context().invoked_subcommand is not None:
        return None
    return open_window(Window(Path(store) if store else None, _day(today)))


def _day(text: str | None) -> date | None:
    if not text:
        return None
    day = day_of(text)
    if not FIRST_TODAY <= day <= LAST_TODAY:
        raise TodayOutsideError(first=FIRST_TODAY, last=LAST_TODAY)
    return day


def say_no_display(*, demo: bool) -> None:
    """Say that no window can be opened, and how to get the same without one."""
    i18n.use(system_language())
    speak_utf8()
    sentence = _("There is no display to open a window on.")
    if demo:
        hint = _("This writes the example to a file instead: {command}").format(
            command=f"{APP} demo --write example.db"
        )
        ways = [hint]
    else:
        ways = [
            _("What is to be paid, and when: {command}").format(command=f"{APP} due"),
            _("Everything as a PDF: {command}").format(command=f"{APP} report --out report.pdf"),
            _("All commands: {command}").format(command=f"{APP} --help"),
        ]
    click.echo("\n".join([sentence, *ways]), err=True)


def system_language() -> str:
    """The language that the system is set to."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return i18n.preferred_language(os.environ[name])
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - no other system needs it

        code = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return i18n.preferred_language(locale.windows_locale.get(code, ""))
    return i18n.preferred_language(locale.getlocale()[0] or "")


def _language_in(words: Sequence[str]) -> str:
    """The language that the command line names last: its help is to speak it too."""
    found = ""
    for number, word in enumerate(words):
        name, is_joined, value = word.partition("=")
        if name == "--lang":
            value = value if is_joined else "".join(words[number + 1 : number + 2])
            found = value if value in LANGUAGES else ""
    return found
