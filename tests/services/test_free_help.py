from dataclasses import replace
from datetime import date

import pytest

from planner.domain.account import ELSEWHERE
from planner.domain.hardship.help import HelpEntry
from planner.paths import resources
from planner.services import catalogue as figures
from planner.services.accounts import account_from, save_account
from planner.services.free_help import help_countries, help_for, likely_country
from planner.store.catalogue import product
from planner.store.store import Store


def ids(entries: tuple[HelpEntry, ...]) -> list[str]:
    return [entry.id for entry in entries]


def test_the_help_of_a_country_stands_before_what_holds_everywhere(store: Store) -> None:
    assert ids(help_for(store, "FR")) == [
        "points-conseil-budget",
        "banque-de-france",
        "cresus",
        "lender",
        "social-services",
        "consumer-association",
    ]
    assert ids(help_for(store, "GB"))[:3] == ["moneyhelper", "stepchange", "national-debtline"]
    assert ids(help_for(store, "US"))[:2] == ["cfpb", "nfcc"]
    assert ids(help_for(store, "AU"))[0] == "national-debt-helpline"
    assert ids(help_for(store, ELSEWHERE)) == ids(help_for(store, "JP"))[:3] == ids(help_for(store, "FR"))[3:]
    assert help_countries(store) == ("AU", "CN", "FR", "GB", "US", ELSEWHERE)


@pytest.mark.row("C034", "C035", "C036", "C037")
def test_in_china_the_lender_comes_first_and_jd_only_for_who_owes_there(store: Store) -> None:
    china = help_for(store, "CN")
    assert ids(china)[:5] == ["lender", "12378", "12363", "12345", "12348"]
    assert ids(china).count("lender") == 1  # its own stands for the general one
    with_jd = help_for(store, "CN", ("huabei", "jd-baitiao"))
    assert ids(with_jd)[:3] == ["lender", "jd-online", "12378"]
    for words in (
        "Log in to JD Mall or JD Finance",
        "“My” (我的)",
        "“Customer service” (客服)",
        "在线客服",
        "a person",
    ):
        assert words in with_jd[1].text


def test_the_country_is_that_of_most_accounts_in_the_currency(store: Store) -> None:
    assert likely_country(store, "CNY") == "CN"
    assert likely_country(store, "JPY") == ELSEWHERE
    sheet = product("blank")
    assert sheet is not None
    for name, country in (("a", ""), ("b", "ZZ"), ("c", "ZZ")):
        found = replace(account_from(sheet, name), currency="EUR", country=country)
        with store.transaction():
            save_account(store, found)
    assert likely_country(store, "EUR") == "ZZ"
    assert likely_country(store, "GBP") == "GB"


NEWER = (resources() / "help" / "GB.toml").read_text(encoding="utf-8").replace("2026-11-22", "2026-11-23")


def test_a_newer_list_that_the_user_loads_counts_entry_by_entry(store: Store) -> None:
    text = NEWER.replace("0800 138 1111", "0800 000 0000")
    with store.transaction():
        figures.load(store, "help.toml", text.encode(), date(2026, 12, 1))
    found = {entry.id: entry for entry in help_for(store, "GB")}

    assert found["stepchange"].phone == "0800 000 0000"
    assert found["stepchange"].source.checked == date(2026, 11, 23)
    assert len(help_for(store, "GB")) == 7


def test_an_older_list_changes_nothing_but_what_it_alone_knows(store: Store) -> None:
    text = NEWER.replace("2026-11-23", "2025-01-01").replace("0800 138 1111", "0800 000 0000")
    text = text.replace('id = "moneyhelper"', 'id = "neighbour"')
    with store.transaction():
        figures.load(store, "help.toml", text.encode(), date(2026, 12, 1))
    found = {entry.id: entry for entry in help_for(store, "GB")}

    assert found["stepchange"].phone == "0800 138 1111"
    assert {"moneyhelper", "neighbour"} <= set(found)
