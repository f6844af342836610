"""The person's part of the Windows registry, of which Tandem uses texts only."""

import sys
from typing import Protocol


class Registry(Protocol):
    """Texts by key and name, below HKEY_CURRENT_USER; the name of a key's own text is ""."""

    def read(self, key: str, name: str) -> str | None: ...

    def write(self, key: str, name: str, text: str) -> None: ...

    def remove(self, key: str, name: str) -> None:
        """Remove it; removing what is not there is nothing."""
        ...


if sys.platform == "win32":
    import winreg

    class PersonRegistry:
        """That of whoever runs the program."""

        def read(self, key: str, name: str) -> str | None:
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    return str(winreg.QueryValueEx(opened, name)[0])
            except FileNotFoundError:
                return None

        def write(self, key: str, name: str, text: str) -> None:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

        def remove(self, key: str, name: str) -> None:
            try:
                with winreg.OpenKey(
                    winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE
                ) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return

    def person_registry() -> Registry:
        return PersonRegistry()

else:

    def person_registry() -> Registry:
        raise OSError("Only Windows has a registry.")
