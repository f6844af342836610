"""How much memory this process takes."""

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def resident_mb() -> float:
    """Resident now where the system tells it, else the most that it ever was."""
    if STATUS.exists():
        for line in STATUS.read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    per_mb = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per_mb
