from decimal import Decimal

from planner.domain.offers.listing import offers_from
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms

PAGE = Source("a page")


def terms(*claims: tuple[Term, str, str]) -> Terms:
    return Terms(tuple(TermClaim(term, about, text, PAGE) for term, about, text in claims))


FLAT = terms(
    (Term.FEE_RATE, "6", "0.005"),
    (Term.FEE_MOST, "6", "20"),
    (Term.PROMOTION, "3", "0"),
    (Term.DEFERRAL_RATE, "", "0.00035"),
    (Term.MINIMUM, "", "0.10"),
    (Term.CARRY_RATE, "", "0.0005"),
)


def named(offers: tuple[Offer, ...]) -> list[tuple[str, str]]:
    return [(offer.id, offer.whose) for offer in offers]


def test_each_way_of_an_account_is_known_by_what_it_is() -> None:
    assert named(offers_from(FLAT)) == [
        ("full", ""),
        ("flat_fee-6", ""),
        ("promotion-3", ""),
        ("deferral", ""),
        ("minimum", ""),
    ]


def test_a_promotion_that_the_user_found_may_be_longer_than_the_published_ones_but_not_than_any_plan() -> (
    None
):
    def own(count: str) -> list[str]:
        seen = Source("checkout", reliability=Reliability.CONTRACT, origin=Origin.APP_SCREEN)
        found = offers_from(FLAT.overridden(TermClaim(Term.PROMOTION, count, "0", seen)))
        return [offer.id for offer in found if offer.kind is OfferKind.PROMOTION]

    assert own("6") == ["promotion-3", "promotion-6"]
    assert own("7") == ["promotion-3"]


def test_the_ways_of_another_product_are_known_by_it_and_say_whose_they_are() -> None:
    assert named(offers_from(FLAT, whose="Huabei")) == [
        ("Huabei/flat_fee-6", "Huabei"),
        ("Huabei/promotion-3", "Huabei"),
        ("Huabei/deferral", "Huabei"),
        ("Huabei/minimum", "Huabei"),
    ]


def test_a_yearly_rate_makes_level_payments_of_the_usual_numbers_that_say_whose_they_are() -> None:
    loan = terms((Term.INTEREST_RATE, "", "0.12"))
    level = [offer for offer in offers_from(loan, whose="Loan") if offer.kind is OfferKind.LEVEL]

    assert named(tuple(level)) == [(f"Loan/level-{count}", "Loan") for count in (3, 6, 12, 24)]


def test_the_greatest_fee_is_that_of_the_number_of_instalments() -> None:
    six = next(offer for offer in offers_from(FLAT) if offer.kind is OfferKind.FLAT_FEE)

    assert [claim.value for claim in six.fee_most.counting] == [Decimal(20)]
