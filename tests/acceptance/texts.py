"""Everything that the program can say: the texts of the code and of the resources, in three languages.

The English ones are read from the sources as they are now, the others from the catalogues; beside them stands
what is shown as it is, such as the README and the official names in the resources.
"""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import translations

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "fr", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """A text that somebody may read.

    Attributes:
        language: Its language.
        words: What it says.
        english: What it is a translation of, or itself.
        is_warning: Whether it stands among the warnings of a procedure.
    """

    language: str
    words: str
    english: str
    is_warning: bool = False


@cache
def all_texts() -> tuple[Text, ...]:
    """Every text, in every language."""
    warned = set(warnings())
    found = list(plain_texts())
    for message in read_po(io.BytesIO(translations.extracted().encode())):
        found += [Text("en", words, words, words in warned) for words in _forms(message.id)]
    for language in translations.LANGUAGES:
        path = translations.catalogue_path(language)
        for message in read_po(io.BytesIO(path.read_bytes()), language):
            found += list(_translated(language, message, warned))
    return tuple(found)


def _translated(language: str, message: Message, warned: set[str]) -> Iterator[Text]:
    english = _forms(message.id)
    for number, words in enumerate(_forms(message.string)):
        of = english[min(number, len(english) - 1)] if english else ""
        yield Text(language, words, of, of in warned)


def _forms(words: object) -> list[str]:
    """The forms of a text, one or two of them; nothing is said by an empty one."""
    forms = words if isinstance(words, tuple | list) else (words,)
    return [str(form) for form in forms if form]


def plain_texts() -> Iterator[Text]:
    """What is shown as it stands in every language: the README, the change log, names in the resources."""
    for name in ("README.md", "CHANGELOG.md"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            words = re.sub(r"!\[", "[", line)  # a picture
            if words.strip():
                yield Text("en", words, words)
    warned = set(warnings())
    for path in sorted((ROOT / "resources").rglob("*.toml")):
        for words in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield Text("en", words, words, words in warned)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


@cache
def warnings() -> tuple[str, ...]:
    """The titles and texts of the warnings of every procedure."""
    found: list[str] = []
    for path in sorted((ROOT / "resources" / "procedures").glob("*.toml")):
        for note in tomllib.loads(path.read_text(encoding="utf-8")).get("warning", []):
            found += [note["title"], note["text"]]
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """Something that the program must not say.

    Attributes:
        name: What it is.
        patterns: By language, what such a text looks like; each is looked for in its language, and all of
            them in what is shown in every language.
        planted: By language, texts that the scan has to find.
        allowed: Texts in English that look like one and are none, each with the reason.
        unless: By language, what makes a text that looks like one harmless: a refusal, for instance.
        may_warn: Whether a warning of a procedure may name it, in order to refuse it.
    """

    name: str
    patterns: Mapping[str, str]
    planted: Mapping[str, tuple[str, ...]]
    allowed: Mapping[str, str] = field(default_factory=dict)
    unless: Mapping[str, str] = field(default_factory=dict)
    may_warn: bool = False

    def hits(self, texts: Iterable[Text]) -> list[str]:
        """The texts that say it, each with its language."""
        return [f"{text.language}: {text.words}" for text in texts if self.finds(text)]

    def finds(self, text: Text) -> bool:
        """Whether a text says it."""
        if text.english in self.allowed or not re.search(self.patterns[text.language], text.words, _FLAGS):
            return False
        if text.is_warning and self.may_warn and re.search(REFUSALS[text.language], text.words, _FLAGS):
            return False
        harmless = self.unless.get(text.language)
        return not (harmless and re.search(harmless, text.words, _FLAGS))


_FLAGS = re.IGNORECASE | re.DOTALL

# What a warning says of what it warns of.
REFUSALS = {
    "en": r"\bnot\b|\bnever\b|\bnobody\b|\bno\b|\bbreaks?\b|\bfraud\b",
    "fr": r"\bne\b|\bn’|\bn'|\bjamais\b|\bcontraires? au\b|\bfraude\b|\bsans\b",
    "zh": r"不|勿|切勿|违约|欺诈|没有",
}


def shown_hits(scan: Scan, language: str, shown: str) -> list[str]:
    """What a scan finds in what is shown, apart from texts that are known to be harmless.

    Args:
        scan: What to look for.
        language: In which language it is shown.
        shown: All that is shown, figures and names filled in.
    """
    shown = in_one_line(shown)
    for harmless in _harmless(scan, language):
        shown = harmless.sub("", shown)
    found = re.finditer(scan.patterns[language], shown, _FLAGS)
    return [f"{scan.name}: {shown[max(0, hit.start() - 40) : hit.end() + 40]}" for hit in found]


@cache
def _harmless(scan: Scan, language: str) -> tuple[re.Pattern[str], ...]:
    """The texts that look like what a scan looks for and are none, whatever is filled in."""
    return tuple(
        re.compile(".{0,80}?".join(map(re.escape, re.split(r"\{\w+\}", in_one_line(text.words)))))
        for text in all_texts()
        if text.language in {language, "en"}
        and re.search(scan.patterns[text.language], text.words, _FLAGS)
        and not scan.finds(text)
    )


def in_one_line(words: str) -> str:
    """Words without the ends of lines that a page has put between them, and which Chinese does not mark."""
    spaced = re.sub(r"[\s\u00a0\u200b\u202f]+", " ", words)
    return re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])", "", spaced)
