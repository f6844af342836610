"""Figures about the running relay, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The relay's figures, in a registry of their own: one for each application."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.requests = Counter(
            "tandem_requests", "REST requests.", ["method", "route", "status"], registry=registry
        )
        self.request_seconds = Histogram(
            "tandem_request_seconds",
            "Time to answer a REST request.",
            ["method", "route"],
            registry=registry,
            buckets=SECONDS,
        )
        self.sign_ins = Counter(
            "tandem_sign_ins", "Tries to sign in, by outcome.", ["outcome"], registry=registry
        )
        self.limited = Counter(
            "tandem_limited", "What a limit refused or held back.", ["limit"], registry=registry
        )
        self.connections = Gauge(
            "tandem_connections", "Live connections.", ["kind"], registry=registry
        )
        self.commands = Counter(
            "tandem_commands", "Commands judged.", ["command", "outcome"], registry=registry
        )
        self.commit_seconds = Histogram(
            "tandem_commit_seconds",
            "Time from a command's arrival to its durable commit.",
            registry=registry,
            buckets=SECONDS,
        )
        self.frames = Counter(
            "tandem_frames", "Messages sent to live connections.", ["event"], registry=registry
        )
        self.delivery_seconds = Histogram(
            "tandem_delivery_seconds",
            "Time from a commit to its messages in the queues of live connections.",
            registry=registry,
            buckets=SECONDS,
        )
        self.pushes = Counter("tandem_pushes", "Pushes of desktops.", registry=registry)
        self.refusals = Counter(
            "tandem_refusals",
            "What was refused: commands, requests, events and handshakes, by code.",
            ["where", "code"],
            registry=registry,
        )
        self.loop_lag_seconds = Histogram(
            "tandem_loop_lag_seconds",
            "By how much the event loop was late, once a second.",
            registry=registry,
            buckets=SECONDS,
        )
        self.database_seconds = Histogram(
            "tandem_database_seconds",
            "Time of one commit, or of one reading.",
            ["what"],
            registry=registry,
            buckets=SECONDS,
        )
        self.database_bytes = Gauge(
            "tandem_database_bytes", "Size of the file and its log.", registry=registry
        )
        self.writer_queue = Gauge(
            "tandem_writer_queue", "Works that wait for the one writer.", registry=registry
        )
        self.send_queue = Gauge(
            "tandem_send_queue",
            "Messages that wait in the longest queue of a live connection.",
            registry=registry,
        )
        self.rooms = Gauge("tandem_rooms", "Rooms of the relay.", registry=registry)
        self.live_rooms = Gauge(
            "tandem_live_rooms", "Rooms that a live connection hears.", registry=registry
        )
        self.errors = Counter(
            "tandem_errors", "Errors that are a fault of the relay.", ["where"], registry=registry
        )

    def judged(self, command: str, outcome: str, code: str, seconds: float) -> None:
        """Count a command that was judged, and how long it took to be durable."""
        self.commands.labels(command, outcome).inc()
        if code:
            self.refusals.labels("command", code).inc()
        self.commit_seconds.observe(seconds)

    def timed(self, what: str, seconds: float) -> None:
        """Take in how long a commit (`write`) or a reading (`read`) took, on whatever thread."""
        self.database_seconds.labels(what).observe(seconds)

    def exposition(self) -> bytes:
        """All figures as Prometheus reads them."""
        return generate_latest(self.registry)
