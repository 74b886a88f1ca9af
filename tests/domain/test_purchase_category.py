import pytest

from planner.domain.purchase_category import CATEGORY_NAMES, PurchaseCategory, category_words, known_category
from planner.phrases import Phrase


@pytest.mark.row("C027")
def test_the_eight_uses_that_the_article_names_come_first() -> None:
    names = [CATEGORY_NAMES[category] for category in PurchaseCategory][:8]

    assert names == [
        "Local services and deliveries",
        "Purchase from abroad",
        "Crowdfunding",
        "Rent",
        "Travel",
        "Decoration and renovation",
        "Education",
        "Wedding",
    ]


def test_every_kind_has_a_name_of_its_own() -> None:
    assert set(CATEGORY_NAMES) == set(PurchaseCategory)
    assert len(set(CATEGORY_NAMES.values())) == len(PurchaseCategory)


def test_a_known_kind_is_kept_by_its_key_and_said_in_words() -> None:
    assert known_category("wedding") is PurchaseCategory.WEDDING
    assert category_words("wedding") == Phrase("Wedding")


def test_the_words_of_the_user_or_of_a_file_stay_as_they_are() -> None:
    words = category_words("食品酒饮")

    assert known_category("食品酒饮") is None
    assert words is not None
    assert (words.msgid, words.is_own) == ("食品酒饮", True)


def test_nothing_is_no_kind() -> None:
    assert known_category("") is None
    assert category_words("") is None
