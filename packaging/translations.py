"""Extract, update, compile and check the translations.

``extract`` collects every text of the program into translations/planner.pot, ``update`` carries it into
each language, ``compile`` makes the binary catalogues that the program reads, and ``check`` says what a
translator still has to do. English is the source language and needs no catalogue.
"""

from __future__ import annotations

import argparse
import ast
import io
import string
import sys
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / "planner.pot"
LANGUAGES = ("fr", "zh")
UPDATE_COMMAND = "python packaging/translations.py update"

# Which calls hold texts, and how many forms each has.
_CALLS = {"_": 1, "N_": 1, "Phrase": 1, "counted": 2, "ngettext": 2}

# These header fields change by themselves at every run: dates and the version of the tool.
VOLATILE_FIELDS = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By")
# These name a project, people and teams that the files themselves need not name.
EMPTY_FIELDS = ("Project-Id-Version", "Report-Msgid-Bugs-To", "Last-Translator", "Language-Team")


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract", help="write planner.pot")
    commands.add_parser("update", help="write planner.pot and carry it into every language")
    commands.add_parser("compile", help="make the binary catalogues")
    commands.add_parser("check", help="fail when a text has no sound translation in every language")
    command = parser.parse_args().command

    if command == "compile":
        compile_catalogues(FOLDER)
        return 0
    if command == "check":
        problems = list(check())
        for problem in problems:
            print(problem)
        print(f"translations: {len(problems)} problems" if problems else "translations: complete")
        return 1 if problems else 0

    FOLDER.mkdir(exist_ok=True)
    TEMPLATE.write_text(extracted(), encoding="utf-8", newline="\n")
    if command == "update":
        update_catalogues()
    return 0


def extracted() -> str:
    """What planner.pot should say, given the sources as they are now."""
    with TemporaryDirectory() as folder, chdir(ROOT):
        target = Path(folder, TEMPLATE.name)
        # Babel's own command, so that [tool.babel] in pyproject.toml stays the one list of sources.
        options = [
            "-F",
            "pyproject.toml",
            "-c",
            "i18n:",
            "-k",
            "Phrase",
            "-k",
            "counted:1,2",
            "--sort-by-file",
            "-o",
            str(target),
        ]
        command = CommandLineInterface()
        command.run(["pybabel", "-q", "extract", *options, "."])  # type: ignore[no-untyped-call]  # Babel's
        template = _read(target)
    template.header_comment = "# The texts of the Repayment Planner."
    return rendered(template)


def update_catalogues() -> None:
    """Carry planner.pot into every language, keeping the translations of texts that did not change."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        catalogue = _read(path, language) if path.exists() else Catalog(locale=language)
        # A guessed translation looks like a real one: a changed text starts over, untranslated.
        catalogue.update(_read(TEMPLATE), no_fuzzy_matching=True)
        catalogue.header_comment = f"# The texts of the Repayment Planner: {language}."
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rendered(catalogue), encoding="utf-8", newline="\n")


def compile_catalogues(folder: Path) -> list[Path]:
    """Make a .mo file beside every .po file and return the .mo files.

    The build of a wheel (hatch_build.py) calls this too.
    """
    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/planner.po")):
        target = source.with_suffix(".mo")
        # Written beside and then renamed: a program that is starting never reads half a file.
        partial = target.with_suffix(".partial")
        with partial.open("wb") as file:
            write_mo(file, _read(source, source.parts[-3]))
        partial.replace(target)
        compiled.append(target)
    return compiled


def check() -> Iterator[str]:
    """Say, a line each, what keeps the translations from being complete and sound."""
    wanted = extracted()
    if not TEMPLATE.exists() or TEMPLATE.read_text(encoding="utf-8") != wanted:
        yield f"{_shown(TEMPLATE)}: out of date; run: {UPDATE_COMMAND}"
    template = read_po(io.BytesIO(wanted.encode()))
    yield from lost_texts(ROOT / "planner", template)
    for language in LANGUAGES:
        path = catalogue_path(language)
        if not path.exists():
            yield f"{_shown(path)}: missing; run: {UPDATE_COMMAND}"
            continue
        for problem in catalogue_problems(template, _read(path, language)):
            yield f"{_shown(path)}: {problem}"


def lost_texts(folder: Path, template: Catalog) -> Iterator[str]:
    """Say which texts Babel has not seen: it passes over one among the arguments of another.

    Args:
        folder: The sources.
        template: What was extracted from them.
    """
    known = {text for message in template if message.id for text in (message.id, _forms(message.id)[0])}
    for path in sorted(folder.rglob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        calls = [node for node in nodes if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            forms = _CALLS.get(_name_of(call.func), 0)
            texts = tuple(each.value for each in call.args[:forms] if isinstance(each, ast.Constant))
            wanted = texts if forms > 1 else "".join(map(str, texts))
            if forms and len(texts) == forms and any(texts) and wanted not in known:
                place = path.relative_to(folder.parent).as_posix()
                yield f"{place}:{call.lineno}: not extracted, give it a name of its own: {texts[0]!r}"


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def catalogue_problems(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Say what one language lacks, or has wrong, beside the template."""
    for wanted in template:
        if not wanted.id:  # the header
            continue
        message = catalogue.get(wanted.id, wanted.context)
        if message is None:
            yield f"not there yet: {_quoted(wanted)}; run: {UPDATE_COMMAND}"
        elif message.fuzzy:
            yield f"fuzzy: {_quoted(wanted)}"
        elif problem := message_problem(message, catalogue.num_plurals):
            yield f"{problem}: {_quoted(wanted)}"
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"no longer used: {_quoted(message)}; run: {UPDATE_COMMAND}"


def message_problem(message: Message, plural_forms: int) -> str:
    """What is wrong with one translation, or nothing."""
    texts = _forms(message.string)
    if len(texts) != (plural_forms if message.pluralizable else 1) or not all(texts):
        return "not translated"
    sources = [placeholders(source) for source in _forms(message.id)]
    for index, text in enumerate(texts):
        try:
            found = placeholders(text)
        except ValueError as error:
            return f"{error} in {text!r}"
        # "one bill" may leave out the {count} of "{count} bills", where the language has a singular.
        allowed = sources if index == 0 and len(texts) > 1 else sources[-1:]
        if found not in allowed:
            return f"placeholders {_listed(found)} instead of {_listed(allowed[-1])}"
    return ""


def placeholders(text: str) -> frozenset[str]:
    """The names between braces in a text.

    Raises:
        ValueError: The braces do not match.
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def rendered(catalogue: Catalog) -> str:
    """The text of a catalogue: the same for the same messages, on any day and with any Babel."""
    catalogue.fuzzy = False  # Babel marks the header of every new catalogue so
    buffer = io.BytesIO()
    # Without line numbers, a line added to a source changes no catalogue.
    write_po(buffer, catalogue, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    dropped = tuple(f'"{field}: ' for field in VOLATILE_FIELDS + EMPTY_FIELDS)
    return "".join(line for line in lines if not line.startswith(dropped))


def catalogue_path(language: str) -> Path:
    """Where the translations into one language lie."""
    return FOLDER / language / "LC_MESSAGES" / "planner.po"


def _read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The plural forms of a text, or the text itself as its only form."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _quoted(message: Message) -> str:
    return repr(_forms(message.id)[0])


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
