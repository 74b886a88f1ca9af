"""Files from elsewhere, and what stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.statements.detect import read_statement
from planner.statements.jd import parse_amount
from tests.vectors.comparing import Answers
from tests.vectors.given import Given
from tests.vectors.vector import COMMITTED, SHARED


def jd_amount(given: Given) -> Answers:
    """An amount as JD writes it."""
    found = parse_amount(given.text("text"))
    return {"gross": found.gross, "refunded": found.refunded, "net": found.net}


def file_totals(given: Given) -> Answers:
    """What a file says about itself, and what its rows give."""
    path = sample(given)
    found = read_statement(path.read_bytes(), path.name)
    totals = found.totals
    return {
        "format": found.format,
        "header_line": found.header_line,
        "rows": len(found.rows),
        "rows_header": totals.rows,
        "income_rows": found.income_rows,
        "income_net": found.income_net,
        "income_header": totals.income,
        "expense_rows": found.expense_rows,
        "expense_net": found.expense_net,
        "expense_header": totals.expense,
        "neutral_rows": found.neutral_rows,
        "neutral_net": found.neutral_net,
        "neutral_header": totals.neutral,
    }


def sample(given: Given) -> Path:
    """The file that a vector names: beside its own folder, else beside another one.

    The samples that others published are not part of the project, so those may be absent.
    """
    name = given.text("file")
    for folder in (given.folder, COMMITTED, SHARED):
        if (folder.parent / name).is_file():
            return folder.parent / name
    if given.folder == COMMITTED:
        raise FileNotFoundError(name)
    pytest.skip(f"the sample {name} is not here")
