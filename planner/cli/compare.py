"""The command that compares the ways to settle an amount, and prints the cost card of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.cli.commands import Chosen
from planner.cli.minimum import plain_minimum, questions
from planner.cli.printing import Plain, plain_account, plain_money, print_json, print_line
from planner.domain.derivation import Derived
from planner.domain.law.cap_flags import Flag
from planner.domain.money import Money
from planner.domain.offers.compared import Outcome, SortBy
from planner.domain.offers.cost_card import CostCard
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.errors import PlannerError
from planner.i18n import _, explain, show, source_name, source_words
from planner.phrases import N_, Phrase

if TYPE_CHECKING:
    from planner.services.compare import Comparison
    from planner.services.cost_card_words import CardRow


class UnknownOfferError(PlannerError):
    """A --card of an offer that is not there, or has none."""

    message = N_("There is no cost card for “{offer}”. There is one for: {offers}.")


class UnknownProductError(PlannerError):
    """A --beside that is no product."""

    message = N_("There is no product “{name}”. The products are: {products}.")


def compare(  # noqa: PLR0913 - one for each option
    chosen: Chosen,
    bill: str | None,
    amount: str | None,
    terms: str | None,
    *,
    beside: str | None,
    by: str,
    card: str | None,
    as_json: bool,
) -> None:
    """Compare the ways to settle each open bill, one of them or an amount."""
    from planner.services.catalogue import product, products  # noqa: PLC0415 - only this command needs them
    from planner.services.compare import comparison, in_full  # noqa: PLC0415

    with chosen.store() as store:
        other = product(store, beside) if beside is not None else None
        if beside is not None and other is None:
            raise UnknownProductError(name=beside, products=", ".join(each.id for each in products(store)))
        asked = questions(store, chosen, bill, amount, terms)
        found = [
            in_full(store, comparison(question, (), chosen.today, SortBy(by), other)) for question in asked
        ]
    cards = [_cards(each, card) for each in found]
    if card is not None and not any(cards):
        raise _unknown(card, found)
    if as_json:
        plain = [_plain(each, of) for each, of in zip(found, cards, strict=True)]
        print_json({"today": chosen.today.isoformat(), "comparisons": plain})
        return
    if not found:
        print_line(_("There is no open bill."))
    for each, of in zip(found, cards, strict=True):
        for line in _lines(each, of if card is not None else None):
            print_line(line)


_Card = tuple[CostCard, tuple[Flag, ...]]


def _cards(found: Comparison, wanted: str | None) -> dict[str, _Card]:
    """The cost cards by the id of their offers: all of them, or that of one offer."""
    from planner.services.compare import card_of  # noqa: PLC0415 - see compare

    cards = {}
    for outcome in found.outcomes:
        offer = outcome.offer
        if wanted is None or wanted in {offer.id, explain(offer.label)}:
            made = card_of(found, outcome)
            if made is not None:
                cards[offer.id] = (made, found.flags_of(outcome))
    return cards


def _unknown(card: str, found: list[Comparison]) -> UnknownOfferError:
    offers = dict.fromkeys(offer for each in found for offer in _cards(each, None))
    return UnknownOfferError(offer=card, offers=", ".join(offers))


# --- lines for people ------------------------------------------------------------------------------


def _lines(found: Comparison, cards: dict[str, _Card] | None) -> Iterator[str]:
    from planner.services.minimum_words import all_words  # noqa: PLC0415 - see compare

    question = found.question
    owner = Phrase.own(question.account.name) if question.account is not None else Phrase("Nobody’s terms")
    what = Phrase("{account}: {what}, {amount}", account=owner, what=question.label, amount=question.amount)
    if cards is not None:
        for card, flags in cards.values():
            yield explain(what)
            yield from _card_lines(card, flags)
            yield ""
        return
    yield explain(what)
    for outcome in found.outcomes:
        yield "  " + _way(found, outcome)
    if found.minimum is not None and found.minimum.by_rule.amount is not None:
        yield "  " + _("If only the minimum is paid")
        for phrase in all_words(found.minimum):
            yield "    " + explain(phrase)
    yield ""


def _way(found: Comparison, outcome: Outcome) -> str:
    """A way in one line: its name, what it comes to, its true rate, and where that stands to the law."""
    from planner.charts.compare import describe_outcome  # noqa: PLC0415 - see compare
    from planner.services.legal_lines import short_words  # noqa: PLC0415

    told = explain(describe_outcome(outcome))
    law = short_words([flag for flag in found.flags_of(outcome) if flag.is_said])
    if law is None:
        return told
    words = _("{words} Legal lines: {standing}.")
    return words.format(words=told, standing=explain(law))


def _card_lines(card: CostCard, flags: tuple[Flag, ...]) -> Iterator[str]:
    from planner.services.cost_card_words import default_rows, no_rate_words, normal_rows  # noqa: PLC0415 - see compare
    from planner.services.rate_names import named_rate  # noqa: PLC0415

    yield _("Cost card: {way}").format(way=explain(card.offer.label))
    yield "  " + _line(_("Lender"), explain(card.lender))
    lent = show(card.amount)
    if card.counted is not None:
        lent = _("{amount}, {counted}").format(amount=lent, counted=explain(card.counted))
    yield "  " + _line(_("Amount lent"), lent)
    title, rate = named_rate(card)
    yield "  " + _line(_(title), explain(rate if rate is not None else no_rate_words(card)))
    yield "    " + explain(card.convention_words)
    yield "  " + _("If everything is paid in time")
    for row in normal_rows(card):
        yield from _row_lines(row)
    yield "    " + _line(_("All costs together"), show(card.cost))
    yield "    " + _line(_("All payments together"), show(card.total))
    yield "  " + _("On top, if something is not paid in time")
    for row in default_rows(card):
        yield from _row_lines(row)
    yield from _payment_lines(card)
    yield from _rest_lines(card, flags)


def _payment_lines(card: CostCard) -> Iterator[str]:
    from planner.services.cost_card_words import payment_rows, size_words  # noqa: PLC0415 - see compare

    yield "  " + _("Payments")
    for payments in card.payments:
        yield "    " + "; ".join(map(explain, size_words(payments)))
    for rows in payment_rows(card):
        for payment in rows:
            yield "      " + _line(show(payment.on), show(payment.amount))


def _rest_lines(card: CostCard, flags: tuple[Flag, ...]) -> Iterator[str]:
    from planner.services.cost_card_words import early_words  # noqa: PLC0415 - see compare
    from planner.services.legal_lines import flag_words  # noqa: PLC0415

    early = early_words(card)
    if early:
        yield "  " + _("Paying it back early")
    for phrase in early:
        yield "    " + explain(phrase)
    if flags:
        yield "  " + _("Legal lines")
    for flag in flags:
        words = _("{words} Source: {source}")
        yield "    " + words.format(words=explain(flag_words(flag)), source=source_words(flag.source))
    for phrase in (*card.notes, card.closing):
        yield "  " + explain(phrase)


def _line(name: str, value: str) -> str:
    return _("{name}: {value}").format(name=name, value=value)


def _row_lines(row: CardRow) -> Iterator[str]:
    cost = show(row.cost) if row.cost is not None else _("unknown")
    if row.yearly is not None:
        cost = _("{cost}, {rate} a year").format(cost=cost, rate=show(row.yearly))
    yield "    " + _line(explain(row.label), cost)
    yield "      " + _("Charged by: {lender}").format(lender=explain(row.charged_by))
    for phrase in row.how:
        yield "      " + explain(phrase)


# --- JSON for programs -----------------------------------------------------------------------------


def _plain(found: Comparison, cards: dict[str, _Card]) -> Plain:
    question = found.question
    account = question.account
    return {
        "account": plain_account(account) if account is not None else None,
        "amount": plain_money(question.amount),
        "cards": {offer: _plain_card(card) for offer, (card, _flags) in cards.items()},
        "label": explain(question.label),
        "minimum": plain_minimum(found.minimum) if found.minimum is not None else None,
        "ways": [_plain_way(found, outcome) for outcome in found.outcomes],
    }


def _plain_way(found: Comparison, outcome: Outcome) -> Plain:
    missing, ends = outcome.not_comparable, outcome.ends
    return {
        "advertised": _plain_span(outcome.advertised),
        "convention": ends[0].convention.value if ends else None,
        "fees": _plain_span(outcome.fees),
        "id": outcome.offer.id,
        "label": explain(outcome.offer.label),
        "last_on": outcome.last_on.isoformat() if outcome.last_on is not None else None,
        "legal_lines": [_plain_flag(flag) for flag in found.flags_of(outcome)],
        "not_comparable": explain(missing) if missing is not None else None,
        "notes": [explain(note) for note in outcome.notes],
        "rate": _plain_span(outcome.rate),
        "total": _plain_span(outcome.total),
        "until": _plain_span(outcome.offer.last_day),
    }


def _plain_flag(flag: Flag) -> Plain:
    return {
        "limit": _plain_value(flag.limit.value) if flag.limit is not None else None,
        "line": flag.line,
        "scope": explain(flag.scope),
        "since": flag.dated.isoformat(),
        "source": source_name(flag.source),
        "standing": flag.standing.value,
        "words": explain(flag.words),
    }


def _plain_card(card: CostCard) -> Plain:
    from planner.services.cost_card_words import (  # noqa: PLC0415 - see compare
        default_rows,
        early_words,
        normal_rows,
        payment_rows,
    )

    return {
        "amount": plain_money(card.amount),
        "closing": explain(card.closing),
        "convention": card.convention.value,
        "cost": _plain_span(card.cost),
        "counted": explain(card.counted) if card.counted is not None else None,
        "default": [_plain_row(row) for row in default_rows(card)],
        "early": [explain(phrase) for phrase in early_words(card)],
        "effective": _plain_span(card.effective),
        "items": [_plain_row(row) for row in normal_rows(card)],
        "lender": explain(card.lender),
        "lent_on": card.lent_on.isoformat() if card.lent_on is not None else None,
        "no_rate": explain(card.no_rate) if card.no_rate is not None else None,
        "nominal": _plain_span(card.nominal),
        "notes": [explain(phrase) for phrase in card.notes],
        "payments": [
            [{"amount": _plain_span(row.amount), "on": row.on.isoformat()} for row in rows]
            for rows in payment_rows(card)
        ],
        "rate": _plain_span(card.rate),
        "total": _plain_span(card.total),
    }


def _plain_row(row: CardRow) -> Plain:
    return {
        "charged_by": explain(row.charged_by),
        "cost": _plain_span(row.cost),
        "how": [explain(phrase) for phrase in row.how],
        "label": explain(row.label),
        "yearly": _plain_span(row.yearly),
    }


def _plain_span(span: Span[Any] | Derived[Span[Any]] | None) -> Plain | None:
    if isinstance(span, Derived):
        span = span.value
    return None if span is None else {"low": _plain_value(span.low), "high": _plain_value(span.high)}


def _plain_value(value: object) -> object:
    if isinstance(value, Money):
        return plain_money(value)
    if isinstance(value, Rate):
        return {"fraction": f"{value.fraction:f}", "per": value.per.name.lower()}
    return value.isoformat() if isinstance(value, date) else value
