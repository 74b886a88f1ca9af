"""Files that prove something in a case: linked where they lie, copied into the store only on request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.domain.kept_out import cleared
from planner.domain.procedures.case import Case, Evidence
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.cases.kept import save_case
from planner.services.cases.view import CaseView
from planner.store.evidence_files import FileGoneError, read_evidence
from planner.store.store import Store

# What the viewers of a system show. Anything else might be run instead, and is only shown in its folder.
_PICTURES = {".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}
_SOUNDS = {".m4a", ".mov", ".mp3", ".mp4", ".ogg", ".wav", ".webm"}
_PAPERS = {".csv", ".docx", ".eml", ".ods", ".odt", ".ofd", ".pdf", ".txt", ".xlsx"}
VIEWED = frozenset(_PICTURES | _SOUNDS | _PAPERS)


class LinkedAlreadyError(PlannerError):
    """A file that the step has already."""

    message = N_("{name} is linked here already.")


class NameKeptOutError(PlannerError):
    """A file whose name or folder holds what is never kept."""

    message = N_(
        "The name of this file or of its folder seems to hold an identity number, a card number or a code. "
        "Rename it first, then link it."
    )


class NoCopyError(PlannerError):
    """A copy that is not kept, or not any more."""

    message = N_("No copy of {name} is kept in the data file.")


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A file as a step or a case shows it.

    Attributes:
        evidence: Where it lies, and whether a copy is kept.
        is_there: Whether it still lies there.
        is_viewed: Whether it is of a kind that a viewer shows, and that is never run.
    """

    evidence: Evidence
    is_there: bool
    is_viewed: bool

    @property
    def has_copy(self) -> bool:
        """Whether the store has a copy of it."""
        return self.evidence.size is not None


def evidence_view(view: CaseView, step_id: str) -> tuple[EvidenceLine, ...]:
    """The files of a step, in the order in which they were linked.

    Args:
        view: The case as it stands.
        step_id: The step; empty for those of the whole case.
    """
    return tuple(_line(each) for each in view.case.evidence if each.step == step_id)


def link_file(store: Store, case_id: str, step_id: str, path: Path, today: date) -> Case:
    """Remember where a file lies that proves something; nothing of it is read.

    Args:
        store: The open store.
        case_id: The case.
        step_id: The step it belongs to; empty for the whole case.
        path: The file.
        today: The local day.

    Raises:
        FileGoneError: There is no such file.
        LinkedAlreadyError: The step has it already.
        NameKeptOutError: Its name or folder holds an identity number, a card number or a code.
    """
    case = store.cases.get(case_id)
    if not _is_there(path):
        raise FileGoneError(path=str(path))
    if cleared(str(path)).found:
        raise NameKeptOutError
    there = str(path.absolute())
    if any((each.step, each.path) == (step_id, there) for each in case.evidence):
        raise LinkedAlreadyError(name=path.name)
    return save_case(
        store, replace(case, evidence=(*case.evidence, Evidence(step_id, path.name, there, today)))
    )


def keep_copy(store: Store, case_id: str, evidence_id: str) -> Case:
    """Copy a linked file into the store as it is now, in place of an earlier copy.

    Raises:
        KeyError: The case has no such evidence.
        FileGoneError: It is no longer where it was linked.
        FileTooLargeError: It is too large for that.
        CannotReadFileError: It cannot be read.
    """
    case = store.cases.get(case_id)
    found = _of(case, evidence_id)
    content = read_evidence(Path(found.path))
    changed = save_case(store, _with(case, replace(found, size=len(content))))
    store.evidence_files.keep(evidence_id, content)
    return changed


def drop_copy(store: Store, case_id: str, evidence_id: str) -> Case:
    """Delete the copy of a file from the store; the link stays.

    Raises:
        KeyError: The case has no such evidence.
    """
    case = store.cases.get(case_id)
    return save_case(store, _with(case, replace(_of(case, evidence_id), size=None)))


def unlink_file(store: Store, case_id: str, evidence_id: str) -> Case:
    """Forget a file, with the copy of it; the file itself stays where it lies.

    Raises:
        KeyError: The case has no such evidence.
    """
    case = store.cases.get(case_id)
    gone = _of(case, evidence_id)
    return save_case(store, replace(case, evidence=tuple(each for each in case.evidence if each != gone)))


def content_of_copy(store: Store, evidence: Evidence) -> bytes:
    """What the copy of a file holds, for whoever saves it somewhere else.

    Raises:
        NoCopyError: There is none.
    """
    content = store.evidence_files.content(evidence.id)
    if content is None:
        raise NoCopyError(name=evidence.name)
    return content


def _of(case: Case, evidence_id: str) -> Evidence:
    found = next((each for each in case.evidence if each.id == evidence_id), None)
    if found is None:
        raise KeyError(evidence_id)
    return found


def _with(case: Case, changed: Evidence) -> Case:
    return replace(case, evidence=tuple(changed if each.id == changed.id else each for each in case.evidence))


def _line(evidence: Evidence) -> EvidenceLine:
    path = Path(evidence.path)
    return EvidenceLine(evidence, _is_there(path), path.suffix.lower() in VIEWED)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a drive that does not answer, a name that this system cannot have
        return False
