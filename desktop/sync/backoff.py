"""How long to wait before trying again."""

import random

FIRST_RETRY_S, LAST_RETRY_S = 0.5, 30.0


def backoff_s(attempt: int, rng: random.Random) -> float:
    """Exponential with full jitter: between 0 and a limit that doubles up to `LAST_RETRY_S`.

    Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    limit = min(LAST_RETRY_S, FIRST_RETRY_S * 2 ** min(attempt, 10))
    return rng.uniform(0.0, limit)
