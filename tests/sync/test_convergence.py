"""The model-based test of sync: the real store and the real relay, against a sequential oracle."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.sync.machine import Convergence

pytestmark = pytest.mark.logs(".*")  # wrong checksums, damage and restores are told in the log

# Longer stories where there is time for them.
STEPS = 60 if settings.default and settings.default.max_examples > 1_000 else 30

TestConvergence = Convergence.TestCase
TestConvergence.settings = settings(stateful_step_count=STEPS)
