"""Makes a click on a `tandem://` link, in a browser or an e-mail, start Tandem."""

import os
import sys
from collections.abc import Mapping, Sequence

from desktop.launching.linux import LinkEntry
from desktop.launching.windows import LinkKey


def claim_links(
    command: Sequence[str],
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
) -> None:
    """Tell the system that `command` opens them, unless another Tandem that is there does.

    A Mac learns it from the program's own bundle (`build.spec`).

    Raises:
        OSError: the system's files cannot be written.
    """
    if platform == "win32":
        from desktop.launching.registry import person_registry

        LinkKey(person_registry(), command).claim()
    elif platform != "darwin":
        LinkEntry(environment, command).claim()
