"""The environment of the demo's programs: nothing of it points at the person's own folders."""

from pathlib import Path

from demo.places import surroundings

OUTSIDE = {"HOME": "/home/mira", "XDG_DATA_HOME": "/home/mira/data", "TANDEM_DATA": "/home/mira/t"}


def test_every_folder_lies_in_the_one_of_the_demo(tmp_path: Path) -> None:
    inside = surroundings(tmp_path, is_headless=True, outside=OUTSIDE)

    folders = {name: path for name, path in inside.items() if "HOME" in name or "APPDATA" in name}
    assert all(path.startswith(str(tmp_path)) for path in folders.values())
    assert {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"} <= set(folders)


def test_no_setting_of_the_persons_own_tandem_comes_along(tmp_path: Path) -> None:
    inside = surroundings(tmp_path, is_headless=True, outside=OUTSIDE)

    assert not any(name.startswith("TANDEM_") for name in inside)


def test_no_library_can_reach_the_persons_keyring(tmp_path: Path) -> None:
    inside = surroundings(tmp_path, is_headless=False, outside=OUTSIDE)

    assert inside["PYTHON_KEYRING_BACKEND"] == "keyring.backends.null.Keyring"


def test_no_toast_of_an_unseen_demo_reaches_the_persons_screen(tmp_path: Path) -> None:
    outside = OUTSIDE | {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus"}

    unseen = surroundings(tmp_path, is_headless=True, outside=outside)
    seen = surroundings(tmp_path, is_headless=False, outside=outside)

    assert unseen["DBUS_SESSION_BUS_ADDRESS"] == "disabled:"
    assert seen["DBUS_SESSION_BUS_ADDRESS"] == "unix:path=/run/user/1000/bus"


def test_the_key_to_the_persons_screen_is_still_found(tmp_path: Path) -> None:
    inside = surroundings(tmp_path, is_headless=False, outside=OUTSIDE)

    assert inside["XAUTHORITY"] == "/home/mira/.Xauthority"
    assert "QT_QPA_PLATFORM" not in inside
