"""Screenshots of every page, for both roles, light and dark."""

from pathlib import Path

from demo.desk import Desk
from demo.stage import Stage

ROLES = {"mentor": "rafael", "student": "jamal"}
LOOKS = ("light", "dark")


class Camera:
    """Takes the pictures of one role's window."""

    def __init__(self, desk: Desk, role: str, folder: Path) -> None:
        self._desk = desk
        self._role = role
        self._folder = folder.absolute()  # the desktop's own working folder is another
        self.taken = 0

    async def shoot_all(self) -> None:
        """Every page and dialog, and at last the pages before one is in."""
        pages = await self._desk.ask("look_at", what="pages")
        for look in LOOKS:
            await self._desk.ask("choose_look", look=look)
            for page in pages:
                await self._desk.ask("open_page", page=page)
                await self._shoot(page, look)
            await self._shoot_dialogs(look)
            if "students" in pages:
                await self._desk.ask("open_page", page="students")
                await self._desk.ask("open_first_row")
                await self._shoot("student", look)
                await self._desk.ask("leave_student")
        await self._desk.ask("sign_out")
        for look in LOOKS:
            await self._desk.ask("choose_look", look=look)
            for page, way in (("sign_in", "sign_in"), ("register", self._role)):
                await self._desk.ask("show_way", way=way)
                await self._shoot(page, look)

    async def _shoot_dialogs(self, look: str) -> None:
        await self._desk.ask("open_page", page="schedule")
        await self._desk.ask("open_details")
        await self._shoot("details", look)
        await self._desk.ask("close_dialog")
        if self._role == "mentor":
            await self._desk.ask("open_editor")
            await self._shoot("editor", look)
            await self._desk.ask("close_dialog")
            for view in ("week", "month"):
                await self._desk.ask("show_schedule", view=view)
                await self._shoot(f"schedule_{view}", look)
            await self._desk.ask("show_schedule", view="list")
        else:
            await self._desk.ask("open_writer")
            await self._shoot("writer", look)
            await self._desk.ask("leave_writer")

    async def _shoot(self, page: str, look: str) -> None:
        path = self._folder / f"{self._role}-{page}-{look}.png"
        await self._desk.ask("shoot", path=str(path))
        self.taken += 1


async def take_pictures(stage: Stage, folder: Path) -> int:
    """How many screenshots lie in `folder` now."""
    taken = 0
    for role, name in ROLES.items():
        camera = Camera(stage.desks[name], role, folder)
        await camera.shoot_all()
        taken += camera.taken
    return taken
