"""What may stand in the way of a wish on a procedure."""

from __future__ import annotations

from planner.errors import PlannerError
from planner.phrases import N_


class UnderWayError(PlannerError):
    """The same procedure runs already."""

    message = N_("This procedure is already under way for {account}, since {date}.")


class StepBlockedError(PlannerError):
    """A step whose turn has not come."""

    message = N_("This step cannot start yet: {what}.")


class NotDoneYetError(PlannerError):
    """A step that the record shows to be unfinished."""

    message = N_("This is still to do: {what}. Record it first, or correct the record.")


class SubmitBlockedError(PlannerError):
    """Something is open that the request has to wait for."""

    message = N_("This stands in the way of the request: {what}.")


class FinishBlockedError(PlannerError):
    """Something is open, so the account cannot be closed yet."""

    message = N_("This stands in the way of calling the account closed: {what}.")


class FutureDateError(PlannerError):
    """A day on which something happened that is still to come."""

    message = N_("{date} is still to come. Enter the day on which it happened.")


class EmptyTextError(PlannerError):
    """A step without words."""

    message = N_("Write the step in your own words, or go back to the published text.")


class EmptyTitleError(PlannerError):
    """A step of the user's own without a title."""

    message = N_("Give the step a title.")


class OwnOrderError(PlannerError):
    """A step of the user's own that would follow itself."""

    message = N_("A step cannot follow itself. Choose another one.")


class UnknownProcedureError(PlannerError):
    """A case of a procedure that this version does not have."""

    message = N_("This version of the program has no procedure “{procedure}”.")
