"""What a program's own code adds to its start: imports, beside those of its main library alone."""

from __future__ import annotations

import subprocess
import sys
import time

from bench.figures import Figure, medians_of

PROGRAMS = {
    "domain.wire": "msgspec, dateutil.rrule",
    "desktop.app.start": "PySide6.QtWidgets",
    "syncserver.app": "litestar, sqlalchemy, socketio",
}


def measure() -> list[Figure]:
    return [_figure(module, libraries) for module, libraries in PROGRAMS.items()]


def _figure(module: str, libraries: str) -> Figure:
    value, floor = medians_of(lambda: _import_ms(module), lambda: _import_ms(libraries))
    return Figure(
        what=f"import {module}",
        value=value,
        floor=floor,
        floor_name=f"import {libraries}",
        unit="ms",
    )


def _import_ms(modules: str) -> float:
    """Wall time of a fresh Python that imports the modules."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {modules}"], check=True)
    return (time.perf_counter() - begun) * 1000
