"""Screenshots: every page of both roles, full and empty, wide and narrow, light and dark."""

import shutil
from contextlib import suppress
from pathlib import Path

from demo.desk import Desk
from demo.stage import NEWCOMER, Stage, say
from demo.toast_screen import missing, toast_screen

ROLES = {"mentor": "rafael", "student": "jamal"}
LOOKS = ("light", "dark")
SIZES = {"": (1100, 720), "_narrow": (720, 520)}
UNREAD_S = 5.0
FRESH = {"mentor": "Maren Holt", "student": "Pavel Dvorak"}
ADMIN = "ingrid"
PARTS = ("People", "Cohorts", "Invitations", "Import", "Audit")  # of the administration
TITLE = "What a toast is for"
MARKDOWN = (
    "A **reducer** takes two things:\n\n- the state,\n- the `action`.\n\nIt returns the next one."
)


class Camera:
    """Takes the pictures of one role's window."""

    def __init__(self, desk: Desk, role: str, folder: Path) -> None:
        self._desk = desk
        self._role = role
        self._folder = folder.absolute()  # the desktop's own working folder is another
        self.taken = 0

    async def shoot_all(self) -> None:
        """Every page and dialog, and at last the pages before one is in."""
        for look in LOOKS:
            await self._desk.ask("choose_look", look=look)
            await self._shoot_pages(look)
            await self._shoot_dialogs(look)
            if self._role == "mentor":
                await self._shoot_student(look)
            await self._shoot_offline(look)
            await self._desk.ask("shoot_tray", path=str(self._path("tray", look)))
            self.taken += 1
        await self._desk.ask("sign_out")
        for look in LOOKS:
            await self._desk.ask("choose_look", look=look)
            for page, way in (("sign_in", "sign_in"), ("register", self._role)):
                await self._desk.ask("show_way", way=way)
                await self._shoot(page, look)

    async def shoot_empty(self) -> None:
        """Every page of somebody who has only just come in."""
        for look in LOOKS:
            await self._desk.ask("choose_look", look=look)
            await self._shoot_pages(look, "_empty")
        await self._desk.ask("sign_out")

    async def shoot_administration(self) -> None:
        """Each part of it, and a person's page."""
        for look in LOOKS:
            await self._desk.ask("choose_look", look=look)
            await self._desk.ask("open_page", page="settings")
            await self._desk.ask("press_button", words="People and roles")
            for part in PARTS:
                await self._desk.ask("go_to_part", name=part)
                await self._shoot(part.lower(), look)
            await self._desk.ask("go_to_part", name=PARTS[0])
            await self._desk.ask("open_first_row")
            await self._shoot("person", look)
            await self._desk.ask("press_button", words="All people")

    async def _shoot_pages(self, look: str, state: str = "") -> None:
        for page in await self._desk.ask("look_at", what="pages"):
            await self._desk.ask("open_page", page=page)
            await self._shoot(page + state, look)

    async def _shoot_dialogs(self, look: str) -> None:
        await self._desk.ask("open_page", page="schedule")
        await self._desk.ask("open_details")
        await self._shoot("details", look)
        await self._desk.ask("open_history")
        width, height = SIZES[""]  # it opens as large as its window lets it, and stays so
        history = str(self._path("history", look))
        await self._desk.ask("shoot", path=history, width=width, height=height)
        self.taken += 1
        await self._desk.ask("close_dialog")
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
            await self._shoot_writer(look)

    async def _shoot_writer(self, look: str) -> None:
        await self._desk.ask("open_writer")
        await self._desk.ask("type_body", text=MARKDOWN)
        await self._shoot("writer", look)
        await self._desk.ask("show_preview", is_on=True)
        await self._shoot("preview", look)
        await self._desk.ask("show_preview", is_on=False)
        await self._desk.ask("type_body", text="")  # or it would be restored the next time
        await self._desk.ask("leave_writer")

    async def _shoot_student(self, look: str) -> None:
        await self._desk.ask("open_page", page="students")
        await self._desk.ask("open_first_row")
        await self._shoot("student", look)
        await self._desk.ask("leave_student")

    async def _shoot_offline(self, look: str) -> None:
        await self._desk.ask("open_page", page="today")
        self._desk.link.cut()
        await self._desk.ask("wait_for_sync", state="offline")
        await self._shoot("today_offline", look)
        self._desk.link.give_back()
        await self._desk.ask("wait_for_sync", state="synced")

    async def _shoot(self, page: str, look: str) -> None:
        """Take it in a window of each size."""
        for size, (width, height) in SIZES.items():
            path = self._path(page + size, look)
            await self._desk.ask("shoot", path=str(path), width=width, height=height)
            self.taken += 1

    def _path(self, page: str, look: str) -> Path:
        return self._folder / f"{self._role}-{page}-{look}.png"


async def take_pictures(stage: Stage, folder: Path) -> int:
    """How many screenshots lie in `folder` now."""
    taken = await _shoot_toasts(stage, folder)
    for role in ROLES:
        await _register(stage, role)
        fresh = Camera(stage.desks[NEWCOMER], role, folder)
        await fresh.shoot_empty()
        taken += fresh.taken
    admins = Camera(stage.desks[ADMIN], "admin", folder)
    await admins.shoot_administration()
    taken += admins.taken
    for role, name in ROLES.items():
        camera = Camera(stage.desks[name], role, folder)
        await camera.shoot_all()
        taken += camera.taken
    return taken


async def _register(stage: Stage, role: str) -> None:
    """Let somebody new of this role in at the newcomer's desk."""
    newcomer = stage.desks[NEWCOMER]
    values = {
        "server": newcomer.link.url,
        "name": FRESH[role],
        "email": f"{FRESH[role].lower().replace(' ', '.')}@example.org",
        "password": "a window to the garden",
    }
    if role == "mentor":
        values["invitation"] = await stage.relay.invitation()
    else:
        values["joinCode"] = await stage.relay.new_cohort("Winter Start")
    await newcomer.ask("register", values=values, role=role)
    await newcomer.ask("wait_for_sync", state="synced")


async def _shoot_toasts(stage: Stage, folder: Path) -> int:
    """What each role's computer shows of the other's news, at a second desk of theirs."""
    if lacking := missing():
        say(f"No picture of a toast: this computer has no {', '.join(lacking)}.")
        return 0
    async with toast_screen(_made(stage.folder / "screen"), stage.environment) as screen:
        for role, name in ROLES.items():
            desk = Desk(f"{name}-again", stage.folder, screen.environment, stage.relay.port)
            first, *others = (folder / f"{role}-toast-{look}.png" for look in LOOKS)
            try:
                await desk.start()
                await desk.sign_in(stage.person(name))
                with suppress(TimeoutError):  # of what is unread there is one toast, if any is
                    await screen.wait_for(1, patience_s=UNREAD_S)
                await screen.clear()
                await _make_news_for(role, stage)
                await screen.wait_for(1)
                screen.save(first)  # a desktop that ends takes its toasts along
            finally:
                await desk.close()
            for other in others:  # the service has one look of its own
                shutil.copyfile(first, other)
    return len(ROLES) * len(LOOKS)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


async def _make_news_for(role: str, stage: Stage) -> None:
    if role == "mentor":
        body = "It says who did what, and its click opens exactly that."
        await stage.desks["jamal"].ask("write", title=TITLE, body=body, button="submit")
        return
    rafael = stage.desks["rafael"]
    await rafael.ask("open_page", page="entries")
    await rafael.ask("review", title=TITLE, words="Well seen.", decision="approved")
