"""The version of what is built, as `pyproject.toml` has it."""

from __future__ import annotations

import tomllib

from tooling.programs import ROOT


def project_version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


VERSION = project_version()
