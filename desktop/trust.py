"""Which certificates of relays are trusted: the computer's, the public ones, and one's own."""

import ssl
from pathlib import Path
from threading import Lock


class UnusableCertificates(Exception):
    """The file of one's own certificates cannot be used; `str(error)` is for the user's eyes."""


class Trust:
    """Makes the TLS settings of every line to a relay.

    `ca_file` holds further certificates (PEM) to trust, for a relay that has one of its own.
    `place` is where such a file is looked for at every start.
    """

    def __init__(self, ca_file: Path | None = None, place: Path = Path("ca.pem")) -> None:
        self.ca_file = ca_file
        self.place = place
        self._context: ssl.SSLContext | None = None
        self._making = Lock()

    def context(self) -> ssl.SSLContext:
        """The settings, made once. Reading all certificates takes a while: call it on a thread.

        Raises:
            UnusableCertificates: the file is missing, or holds none.
        """
        with self._making:
            if self._context is None:
                self._context = self._made()
            return self._context

    def _made(self) -> ssl.SSLContext:
        import httpx

        context = httpx.create_ssl_context()  # the public ones, which some systems lack
        context.load_default_certs()  # those of this computer, its owner's among them
        if self.ca_file is not None:
            try:
                context.load_verify_locations(self.ca_file)
            except OSError as error:  # ssl.SSLError is one
                raise UnusableCertificates(
                    f"The certificates in {self.ca_file} cannot be read."
                ) from error
        return context
