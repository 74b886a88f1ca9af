import json
from dataclasses import replace
from datetime import date

import pytest

from planner.domain.procedures.kinds import LetterKind
from planner.reports.case_pack import written_case
from planner.services.accounts import account_from, save_account
from planner.services.cases.letters import case_letter
from planner.services.cases.pack import case_pack
from planner.services.procedures import case_view, start_case
from planner.store import catalogue
from planner.store.store import Store


@pytest.mark.parametrize(
    ("language", "own", "other"), [("zh", "注销", "Cancellation of"), ("", "Cancellation of", "我的注销")]
)
def test_the_letter_speaks_the_language_of_those_who_read_it_and_the_paper_another(
    store: Store, today: date, language: str, own: str, other: str
) -> None:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        case = start_case(store, "cancel-jd-baitiao", account.id, today)
    letter = case_letter(store, case.id, LetterKind.CANCELLATION, today).letter
    pack = replace(case_pack(store, case_view(store, case, today), letter), letter_language=language)

    content = json.loads(written_case(pack, "en").content)
    blocks = content["blocks"]
    kinds = [block["kind"] for block in blocks]
    text = json.dumps(blocks[kinds.index("columns") + 1 :], ensure_ascii=False)
    assert own in text
    assert other not in text
    assert content["title"] == "Cancel JD Baitiao"
