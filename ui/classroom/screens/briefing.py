"""The telephone rings in class: the briefing, until the trainee picks up."""

from textual.message import Message

from ui.screens.briefing import BriefingScreen


class ClassBriefingScreen(BriefingScreen):
    """As alone, but whether it is a test says the trainer."""

    class Left(Message):
        """The trainee does not take the call."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action == "test" else super().check_action(action, parameters)

    def action_back(self) -> None:
        if not self._stop_breathing():
            self.post_message(self.Left())
