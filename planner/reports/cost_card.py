"""The cost card of an offer on one page: a table of every cost, the payments, the true rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from planner.domain.derivation import Derivation, Derived, Given
from planner.domain.law.cap_flags import Flag
from planner.domain.money import Money
from planner.domain.offers.cost_card import CostCard
from planner.domain.sourced import Span
from planner.i18n import _, explain, joined, show, show_amount, source_words
from planner.reports.blocks import (
    Appendix,
    Block,
    Column,
    Row,
    bold,
    bullets,
    cell,
    heading,
    paragraph,
    table,
)
from planner.services.cost_card_words import (
    CardRow,
    PaymentRow,
    default_rows,
    early_words,
    no_rate_words,
    normal_rows,
    payment_rows,
    size_words,
)
from planner.services.legal_lines import flag_words
from planner.services.rate_names import named_rate

_WIDTH = 5  # columns of the table of costs
_ACROSS = 3  # payments in one line of their table


def cost_card(appendix: Appendix, card: CostCard, flags: Iterable[Flag] = (), level: int = 1) -> list[Block]:
    """A cost card.

    Args:
        appendix: Where it is told how its figures were made.
        card: The card.
        flags: Where its true rate stands to the legal lines.
        level: Of the headings in it.
    """
    blocks = [_about(appendix, card), _costs(appendix, card)]
    blocks += [heading(_("Payments"), level), *_payments(card)]
    notes = [explain(phrase) for phrase in card.notes]
    for flag in flags:
        told = _("{words} Source: {source}")
        notes.append(told.format(words=explain(flag_words(flag)), source=source_words(flag.source)))
    if notes:
        blocks += [heading(_("To know"), level), bullets(notes)]
    return [*blocks, paragraph(explain(card.closing), is_quiet=True)]


def card_title(card: CostCard) -> str:
    """What stands above a cost card."""
    return _("Cost card: {way}").format(way=explain(card.offer.label))


def _about(appendix: Appendix, card: CostCard) -> Block:
    """Who lends how much, what it truly costs a year, and the right to pay it back early."""
    title, rate = named_rate(card)
    place = appendix.place(_(title), card.rate)
    convention = " ".join(filter(None, (explain(card.convention_words), place)))
    words = explain(rate if rate is not None else no_rate_words(card))
    lent = show(card.amount)
    if card.counted is not None:
        lent = _("{amount}, {counted}").format(amount=lent, counted=explain(card.counted))
    rows: list[Row] = [
        (_("Amount lent"), lent),
        (_(title), cell(words, convention, is_bold=True)),
    ]
    early = card.early
    if early is not None:
        right, *cost = map(explain, early_words(card))
        source = source_words(early.source) if early.source is not None else ""
        told = _("Source: {source}").format(source=source) if source else ""
        place = appendix.place(_("Paying it back early"), _flat(early.cost))
        note = " ".join(filter(None, (*cost, told, place)))
        rows.append((_("Paying it back early"), cell(right, note)))
    return table((Column(_("Lender"), share=1), Column(explain(card.lender), share=4)), rows)


def _flat(figure: Derived[Any]) -> Derived[Any]:
    """A figure whose inputs stand with it, and not each on its own: one payment of many says little."""

    def made() -> Derivation:
        whole = figure.derivation
        given = (Given(each.label, each.plain, each.source) for each in whole.given)
        return Derivation(whole.rule, tuple(given), whole.workings, whole.rounding)

    return Derived(figure.value, made)


def _costs(appendix: Appendix, card: CostCard) -> Block:
    """Every cost: what is paid in any case, then what comes on top in default."""
    columns = (
        Column(_("Item"), share=1.2),
        Column(_("Charged by"), share=1.1),
        Column(_("How it is charged"), share=2.1),
        Column(_("Cost"), is_number=True, share=1.8),
        Column(_("A year"), is_number=True, share=1.4),
    )
    rows: list[Row] = [(_section(_("If everything is paid in time")),)]
    rows += [_row(appendix, row) for row in normal_rows(card)]
    rows += [
        _sum(appendix, _("All costs together"), card.cost),
        _sum(appendix, _("All payments together"), card.total),
        (_section(_("On top, if something is not paid in time")),),
    ]
    rows += [_row(appendix, row) for row in default_rows(card)]
    return table(columns, rows)


def _section(text: str) -> Block:
    return cell(text, is_bold=True, span=_WIDTH)


def _row(appendix: Appendix, row: CardRow) -> Row:
    name = explain(row.label)
    how, *more = map(explain, row.how)
    place = appendix.place(name, row.cost)
    yearly = appendix.place(_("{name}, as a yearly rate").format(name=name), row.yearly)
    return (
        name,
        explain(row.charged_by),
        cell(how, "\n".join(more)),
        cell(show(row.cost) if row.cost is not None else _("unknown"), place),
        cell(show(row.yearly), yearly),
    )


def _sum(appendix: Appendix, name: str, figure: Derived[Any]) -> Row:
    place = appendix.place(name, figure)
    return (cell(name, place, is_bold=True, span=3), bold(show(figure)), "")


def _payments(card: CostCard) -> list[Block]:
    """How many of which size, then each with its day."""
    names = (_("Low end"), _("High end"))
    lines = []
    for name, payments in zip(names, card.payments, strict=False):
        words = joined(explain(phrase) for phrase in size_words(payments))
        lines.append(_("{name}: {value}").format(name=name, value=words) if len(card.payments) > 1 else words)
    blocks = [paragraph("\n".join(lines), is_quiet=True)] if len(lines) == 1 else [bullets(lines)]
    found = payment_rows(card)
    for name, rows in zip(names, found, strict=False):
        if len(found) > 1:
            blocks.append(paragraph(name))
        blocks.append(_payment_table(rows))
    return blocks


def _payment_table(rows: Sequence[PaymentRow]) -> Block:
    """Payments in several columns, read downwards."""
    across = min(_ACROSS, len(rows))
    down = -(-len(rows) // across)
    unit = _("Amount, {currency}").format(currency=rows[0].amount.value.low.currency)
    columns = [Column(_("Date"), share=1), Column(unit, is_number=True, share=1.2)] * across
    lines = []
    for line in range(down):
        cells = []
        for number in range(line, across * down, down):
            row = rows[number] if number < len(rows) else None
            cells += [show(row.on), _amounts(row.amount.value)] if row is not None else ["", ""]
        lines.append(cells)
    return table(columns, lines, is_small=True)


def _amounts(amount: Span[Money]) -> str:
    """Amounts without their currency, which stands above them."""
    ends = dict.fromkeys((show_amount(amount.low), show_amount(amount.high)))
    return " – ".join(ends)


def card_pdf(
    card: CostCard, flags: Sequence[Flag], today: date, language: str, number_format: str = ""
) -> bytes:
    """A cost card alone as a PDF; the same card in the same language gives the same bytes.

    Args:
        card: The card.
        flags: Where its true rate stands to the legal lines.
        today: The day of its data.
        language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    from planner.reports.document import written_card  # noqa: PLC0415 - brings matplotlib, half a second
    from planner.reports.typeset import typeset  # noqa: PLC0415 - brings typst, a tenth

    return typeset(written_card(card, flags, today, language, number_format))
