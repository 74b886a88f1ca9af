"""What each command does: the services that the places use, without a window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from planner import i18n
from planner.cli import Window, open_window
from planner.cli.printing import (
    plain_due,
    plain_import,
    plain_money,
    plain_planned,
    print_dues,
    print_import,
    print_json,
    print_line,
    print_planned,
)
from planner.domain.account import Account
from planner.domain.dates import add_months
from planner.domain.due_sums import total_of
from planner.errors import PlannerError
from planner.i18n import _, explain, show
from planner.paths import default_store
from planner.phrases import N_, Phrase
from planner.store.store import Store

if TYPE_CHECKING:
    from planner.services.plan_progress import PlannedDate

IGNORE = "ignore"


class FileExistsAlreadyError(PlannerError):
    """A file is in the place where the example is to be written."""

    message = N_("{path} is there already. Choose another name; nothing was written.")


class UnmappedError(PlannerError):
    """It is not said which account some payment methods stand for."""

    message = N_(
        "Nothing was imported: it is not said what these payment methods stand for: {methods}. "
        "Name an account for each, as in {example}, or pass it over with {passed_over}."
    )


class BadMapError(PlannerError):
    """A --map that is not METHOD=ACCOUNT."""

    message = N_("“{text}” does not say what a payment method stands for. Write it like {example}.")


class UnknownMethodError(PlannerError):
    """A --map for a payment method that is not in the file."""

    message = N_("The file has no payment method “{method}”. It has: {methods}.")


class UnknownAccountError(PlannerError):
    """An account that is not recorded, or whose name several have."""

    message = N_("There is no account “{name}”, or more than one. The accounts are: {accounts}.")


class BadDateOptionError(PlannerError):
    """A day that is not one."""

    message = N_("“{text}” is not a date. Write it like 2026-11-22.")


def day_of(text: str) -> date:
    """A day as the command line writes it.

    Raises:
        BadDateOptionError: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadDateOptionError(text=text) from error


def local_now() -> datetime:
    """What the clock of the user shows."""
    return datetime.now()  # noqa: DTZ005 - the user's local time is what is meant


@dataclass(frozen=True, slots=True)
class Chosen:
    """What every command is told.

    Attributes:
        path: The file; None for the user's own.
        fixed_today: The day to take for today; None follows the clock.
        language: The language to speak; None for the reader's own.
    """

    path: Path | None
    fixed_today: date | None
    language: str | None

    @property
    def today(self) -> date:
        """The local day."""
        return self.fixed_today or date.today()  # noqa: DTZ011 - the user's local day is what is meant

    @contextmanager
    def store(self, *, keeps_copy: bool = True) -> Iterator[Store]:
        """The open file, in whose language the program speaks from here on unless it was told another.

        Args:
            keeps_copy: Whether a change is worth one of the copies that are kept.
        """
        store = Store.open(self.path or default_store())
        try:
            if self.language is None:
                language = store.settings.get("language")
                if language:
                    i18n.use(language, store.settings.get("format"))
            yield store
        finally:
            # The names of copies show the local time.
            store.close(local_now() if keeps_copy else None)


def due(chosen: Chosen, days: int, *, as_json: bool) -> None:
    """Say what is to be paid within some days, late ones first."""
    today, until = chosen.today, chosen.today + timedelta(days=days)
    with chosen.store() as store:
        found = store.ledgers.position(today)
        accounts = {account.id: account for account in store.accounts.all()}
        planned, todo = _followed(store, today, until)
    # Past its date although its minimum was paid: not late, but still to pay.
    listed = [each for each in found.open_dues if each.due_on is not None and each.due_on <= until]
    late = [each for each in listed if each.is_late(today)]
    coming = [each for each in listed if not each.is_late(today)]
    undated = [each for each in found.open_dues if each.due_on is None]
    totals = {currency: total.value for currency, total in total_of(listed).items()}
    if as_json:
        print_json(
            {
                "today": today.isoformat(),
                "until": until.isoformat(),
                "late": [plain_due(each, accounts, today) for each in late],
                "due": [plain_due(each, accounts, today) for each in coming],
                "undated": [plain_due(each, accounts, today) for each in undated],
                "total": {currency: plain_money(total) for currency, total in totals.items()},
                "planned": [plain_planned(each, accounts) for each in planned],
                "ask": [explain(todo)] if todo is not None else [],
            }
        )
        return
    if not listed:
        print_line(_("Nothing is to be paid until {date}.").format(date=show(until)))
    print_dues(_("Late"), late, accounts, today)
    print_dues(_("To pay until {date}").format(date=show(until)), coming, accounts, today)
    if totals:
        print_line(_("Together: {amount}").format(amount=", ".join(map(show, totals.values()))))
    print_dues(_("Without a date, because the account’s cycle is unknown"), undated, accounts, today)
    print_planned(_("By the plan you follow, instead"), planned)
    if todo is not None:
        print_line(_("To do: {what}").format(what=explain(todo)))


def _followed(store: Store, today: date, until: date) -> tuple[Sequence[PlannedDate], Phrase | None]:
    """What plans that are followed mean to pay otherwise than when it is due, and what to ask for next."""
    if not store.has_adopted_plan:
        return (), None
    from planner.services.plan_progress import planned_otherwise  # noqa: PLC0415 - only for who follows a plan
    from planner.services.plan_todos import next_todo  # noqa: PLC0415 - see above

    todo = next_todo(store, today)
    return planned_otherwise(store, today, until), todo[1] if todo is not None else None


def report(chosen: Chosen, out: Path, months: int) -> None:
    """Write the report pack as a PDF."""
    from planner.reports.checklist import checklist_of  # noqa: PLC0415 - only this command needs reports
    from planner.reports.files import write_whole  # noqa: PLC0415
    from planner.reports.pack import PackParts, Part, WorkedOut, compose, report_pack  # noqa: PLC0415
    from planner.services.cases.views import case_views  # noqa: PLC0415
    from planner.services.cash_view import LEAST_MONTHS, MOST_MONTHS, cash_view  # noqa: PLC0415

    today = chosen.today
    with chosen.store() as store:
        running = [view for view in case_views(store, today) if view.case.ended_on is None]
        checklist = checklist_of(running[-1]) if running else None
        parts = {Part.FACTS, Part.BILLS, Part.WORKINGS} | ({Part.PROCEDURE} if running else set())
        cash = None
        if store.has_cash:
            parts.add(Part.CASH)
            cash = cash_view(store, today, min(max(months, LEAST_MONTHS), MOST_MONTHS))
        period = PackParts(frozenset(parts), add_months(today, -months), add_months(today, months))
        pack = report_pack(store, today, period, WorkedOut(checklist=checklist, cash=cash))
    write_whole(out, compose(pack, i18n.language(), i18n.number_format()))
    print_line(_("Saved: {file}").format(file=out))


def import_file(chosen: Chosen, file: Path, said: Sequence[str], *, is_dry_run: bool, as_json: bool) -> None:
    """Import a statement, or say what importing it would change."""
    from planner.services.imports import (  # noqa: PLC0415 - only this command reads statements
        apply_import,
        method_of,
        plan_import,
        read_file,
        suggest_mapping,
    )

    with chosen.store() as store:
        statement = read_file(file)
        methods = tuple(dict.fromkeys(method_of(row) for row in statement.rows))
        mapping = suggest_mapping(store, statement) | _mapping_said(said, methods, store.accounts.all())
        plan = plan_import(store, statement, mapping)
        if not is_dry_run:
            if plan.unanswered:
                first = plan.unanswered[0].method
                raise UnmappedError(
                    methods=", ".join(use.method for use in plan.unanswered),
                    example=f'--map "{first}={_example_account(store)}"',
                    passed_over=f'--map "{first}={IGNORE}"',
                )
            with store.transaction():
                plan = apply_import(store, plan, mapping)
        names = {account.id: account.name for account in store.accounts.all()}
    if as_json:
        print_json({**plain_import(plan), "dry_run": is_dry_run})
    else:
        print_import(plan, names, file.name, is_dry_run=is_dry_run)


def demo(chosen: Chosen, file: Path | None) -> int:
    """Write the example to a file, or open it in the window."""
    if file is None:
        return open_window(Window(chosen.path, chosen.fixed_today, demo=True))
    from planner.services.example import write_example  # noqa: PLC0415 - only this command needs it

    if file.exists():
        raise FileExistsAlreadyError(path=str(file))
    store = Store.create(file)
    try:
        with store.transaction():
            write_example(store, chosen.today, _)
    finally:
        store.close()
    print_line(_("Saved: {file}").format(file=file))
    return 0


def _mapping_said(
    said: Sequence[str], methods: Sequence[str], accounts: Sequence[Account]
) -> dict[str, str | None]:
    """What the command line says about payment methods."""
    mapping: dict[str, str | None] = {}
    for text in said:
        method, is_pair, name = (part.strip() for part in text.partition("="))
        if not is_pair or not name:
            raise BadMapError(text=text, example='--map "京东白条=JD Baitiao"')
        if method not in methods:
            raise UnknownMethodError(method=method, methods=", ".join(methods))
        found = [account.id for account in accounts if name in {account.id, account.name}]
        if name != IGNORE and len(found) != 1:
            raise UnknownAccountError(name=name, accounts=", ".join(account.name for account in accounts))
        mapping[method] = found[0] if found else None
    return mapping


def _example_account(store: Store) -> str:
    return next((account.name for account in store.accounts.all()), "JD Baitiao")
