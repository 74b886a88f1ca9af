"""What reports are made from, and what can be read in the PDF that they become."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.reports.checklist import checklist_of
from planner.reports.pack import PackParts, Part, ReportPack, WorkedOut, report_pack
from planner.services.accounts import account_from, save_account
from planner.services.cases.views import case_view
from planner.services.compare import comparison, question_of
from planner.services.overdue import cost_of_delay
from planner.services.procedures import start_case
from planner.store.catalogue import product
from planner.store.store import Store

# Chinese of GB 2312, two rare characters, accents, a ligature, quotation marks, the euro; and what
# typst, PDF, SVG or matplotlib might read as commands.
NAME = "白条 镕喆 « é œ € » #panic() $1$ *b* </text>"

Extract = Callable[[bytes], str]


@pytest.fixture
def account(store: Store) -> Account:
    """An account with the terms of Baitiao and a name that is hard to write."""
    sheet = product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, NAME)
    with store.transaction():
        save_account(store, account)
        for statement_on, due_on, minor in (
            (date(2026, 11, 1), date(2026, 11, 10), 120_000),
            (date(2026, 12, 1), date(2026, 12, 10), 80_000),
            (date(2027, 4, 1), date(2027, 4, 10), 42_050),
        ):
            line = BillLine(LineKind.UNITEMISED, Money(minor, "CNY"))
            store.bills.save(Bill(account.id, statement_on, due_on, (line,)))
        store.payments.save(
            Payment(account_id=account.id, paid_on=date(2026, 11, 15), amount=Money(20_000, "CNY"))
        )
    return account


@pytest.fixture
def pack(store: Store, account: Account, today: date) -> ReportPack:
    """A report with every part."""
    late, coming, _later = store.ledgers.position(today).open_dues
    with store.transaction():
        case = start_case(store, "cancel-jd-baitiao", account.id, today)
    return report_pack(
        store,
        today,
        PackParts(frozenset(Part), date(2026, 8, 22), date(2027, 2, 22)),
        WorkedOut(
            comparison(question_of(store, coming, today), (), today),
            cost_of_delay(store, [late.id], today, date(2027, 2, 20)),
            checklist_of(case_view(store, case, today)),
        ),
    )


@pytest.fixture
def text_of(tmp_path: Path) -> Extract:
    """The text that most readers would copy out of a PDF, with one space for any run of white space."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")

    def extract(pdf: bytes) -> str:
        path = tmp_path / "read.pdf"
        path.write_bytes(pdf)
        command = [tool, "-enc", "UTF-8", str(path), "-"]
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own file
        return re.sub(r"\s+", " ", done.stdout.decode())

    return extract
