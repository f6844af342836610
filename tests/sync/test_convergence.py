"""The model-based test of sync: the real store and the real relay, against a sequential oracle."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.faults import FAULTS
from tests.sync.machine import Convergence
from tests.sync.simulation import Simulation

pytestmark = pytest.mark.logs(".*")  # wrong checksums, damage and restores are told in the log

# Longer stories where there is time for them.
STEPS = 60 if settings.default and settings.default.max_examples > 1_000 else 30

TestConvergence = Convergence.TestCase
TestConvergence.settings = settings(stateful_step_count=STEPS)


@pytest.mark.parametrize(
    "name",
    [
        "a mutation that comes again is judged again",
        "no restore before a replay",
        "what was sent is taken for delivered",
        "a room is copied without a question",
    ],
)
def test_the_state_machine_finds_a_fault_by_itself(name: str) -> None:
    """The other faults need a story of their own: `test_seeded_faults`."""
    fault = FAULTS[name]

    class WithFault(Convergence):
        def simulation(self, seed: int) -> Simulation:
            return Simulation(seed, broken=fault.broken, ledger_type=fault.ledger_type)

    few = settings(
        max_examples=60,
        stateful_step_count=STEPS,
        derandomize=True,
        deadline=None,
        phases=(Phase.generate,),
        print_blob=False,
    )

    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(WithFault, settings=few)
