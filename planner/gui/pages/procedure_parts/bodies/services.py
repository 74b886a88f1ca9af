"""What hangs on the account: a box for each thing to unlink."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.gui.labels import quiet_label
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.session import Session
from planner.gui.wrapping import Choice
from planner.i18n import _, show
from planner.phrases import N_
from planner.services import procedures
from planner.services.cases.view import CaseView


class ServicesBody(Body):
    """A box for each thing that hangs on the account."""

    lists_what_is_left = True

    def __init__(self, session: Session) -> None:
        """Build it without boxes."""
        super().__init__(session)
        self._case_id = self._step_id = ""
        self._none = quiet_label()
        self.column.addWidget(self._none)
        self.choices: dict[str, Choice] = {}

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._case_id, self._step_id = view.case.id, step.step.id
        services = {service.id: service for service in view.account.services_in_use}
        for gone in self.choices.keys() - services.keys():
            self.choices.pop(gone).deleteLater()
        for service in services.values():
            if service.id not in self.choices:
                self._add(service.id)
            name = _(service.name)
            if service.unlinked_on is not None:
                name = _("{service}, unlinked on {date}").format(service=name, date=show(service.unlinked_on))
            self.choices[service.id].say(name)
            self.choices[service.id].button.setChecked(service.unlinked_on is not None)
        self._none.setText(
            _("Tick what you have unlinked, and what was never linked.")
            if services
            else _("Nothing is recorded as linked to this account.")
        )

    @override
    def focus_on(self, target: str) -> None:
        choice = self.choices.get(target)
        if choice is not None:
            choice.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, service_id: str) -> None:
        choice = self.choices[service_id] = Choice(QCheckBox())
        choice.button.clicked.connect(lambda is_unlinked: self._tick(service_id, is_unlinked=is_unlinked))
        self.column.addWidget(choice)

    def _tick(self, service_id: str, *, is_unlinked: bool) -> None:
        day = self.session.today if is_unlinked else None
        self.session.do(
            N_("Unlink a service") if is_unlinked else N_("Link a service again"),
            procedures.tick_service,
            self._case_id,
            self._step_id,
            service_id,
            day,
        )
