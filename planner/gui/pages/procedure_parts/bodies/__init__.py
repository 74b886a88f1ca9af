"""What each kind of step shows besides its words; a new kind is a module here and a line in BODIES."""

from __future__ import annotations

from collections.abc import Callable

from planner.domain.procedures.kinds import StepKind
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.bodies.choose import ChooseBody
from planner.gui.pages.procedure_parts.bodies.services import ServicesBody
from planner.gui.pages.procedure_parts.bodies.settle import SettleBody
from planner.gui.pages.procedure_parts.bodies.state import StateBody
from planner.gui.pages.procedure_parts.bodies.submit import SubmitBody
from planner.gui.pages.procedure_parts.bodies.verify import VerifyBody
from planner.gui.session import Session

# A kind that is not here has its words only.
BODIES: dict[StepKind, Callable[[Session], Body]] = {
    StepKind.SETTLE: SettleBody,
    StepKind.SERVICES: ServicesBody,
    StepKind.SUBMIT: SubmitBody,
    StepKind.STATE: StateBody,
    StepKind.VERIFY: VerifyBody,
    StepKind.CHOOSE: ChooseBody,
}
