"""What each kind of step shows besides its words; a new kind is a module here and a line in BODIES."""

from __future__ import annotations

from collections.abc import Callable

from planner.domain.procedures.kinds import StepKind
from planner.gui.pages.procedure_parts.bodies.agreement import AgreementBody
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.bodies.cap import CapBody
from planner.gui.pages.procedure_parts.bodies.choose import ChooseBody
from planner.gui.pages.procedure_parts.bodies.contact import ContactBody
from planner.gui.pages.procedure_parts.bodies.debits import DebitsBody
from planner.gui.pages.procedure_parts.bodies.documents import DocumentsBody
from planner.gui.pages.procedure_parts.bodies.letter import LetterBody
from planner.gui.pages.procedure_parts.bodies.pay import PayBody
from planner.gui.pages.procedure_parts.bodies.reconcile import ReconcileBody
from planner.gui.pages.procedure_parts.bodies.services import ServicesBody
from planner.gui.pages.procedure_parts.bodies.settle import SettleBody
from planner.gui.pages.procedure_parts.bodies.state import StateBody
from planner.gui.pages.procedure_parts.bodies.submit import SubmitBody
from planner.gui.pages.procedure_parts.bodies.task import TaskBody
from planner.gui.pages.procedure_parts.bodies.verify import VerifyBody
from planner.gui.pages.procedure_parts.bodies.wait import WaitBody
from planner.gui.pages.procedure_parts.bodies.worksheet import WorksheetBody
from planner.gui.session import Session

# A kind that is not here has its words only.
BODIES: dict[StepKind, Callable[[Session], Body]] = {
    StepKind.SETTLE: SettleBody,
    StepKind.SERVICES: ServicesBody,
    StepKind.SUBMIT: SubmitBody,
    StepKind.STATE: StateBody,
    StepKind.VERIFY: VerifyBody,
    StepKind.CHOOSE: ChooseBody,
    StepKind.WORKSHEET: WorksheetBody,
    StepKind.LETTER: LetterBody,
    StepKind.AGREEMENT: AgreementBody,
    StepKind.CONTACT: ContactBody,
    StepKind.DOCUMENTS: DocumentsBody,
    StepKind.PAY: PayBody,
    StepKind.WAIT: WaitBody,
    StepKind.DEBITS: DebitsBody,
    StepKind.TASK: TaskBody,
    StepKind.CAP: CapBody,
    StepKind.RECONCILE: ReconcileBody,
}
