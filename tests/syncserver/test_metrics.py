"""Metrics: what Prometheus reads."""

from syncserver.metrics import Metrics


def test_figures_are_told_as_prometheus_reads_them() -> None:
    metrics = Metrics()
    metrics.sign_ins.labels("credentials_wrong").inc()

    text = metrics.exposition().decode()

    assert 'tandem_sign_ins_total{outcome="credentials_wrong"} 1.0' in text


def test_two_applications_do_not_share_their_figures() -> None:
    first, second = Metrics(), Metrics()

    first.connections.labels("replica").inc()

    assert b"tandem_connections{" not in second.exposition()


def test_a_judged_command_is_counted_with_its_time() -> None:
    metrics = Metrics()

    metrics.judged("schedule.create", "applied", "", 0.004)

    text = metrics.exposition().decode()
    assert 'tandem_commands_total{command="schedule.create",outcome="applied"} 1.0' in text
    assert "tandem_commit_seconds_count 1.0" in text


def test_a_refused_command_is_counted_by_its_code() -> None:
    metrics = Metrics()

    metrics.judged("schedule.create", "refused", "overlap", 0.004)

    text = metrics.exposition().decode()
    assert 'tandem_refusals_total{code="overlap",where="command"} 1.0' in text


def test_commits_and_readings_are_timed_apart() -> None:
    metrics = Metrics()

    metrics.timed("write", 0.01)
    metrics.timed("read", 0.001)

    text = metrics.exposition().decode()
    assert 'tandem_database_seconds_count{what="read"} 1.0' in text
    assert 'tandem_database_seconds_sum{what="write"} 0.01' in text
