"""A relay's certificate with its key: whether they fit, for whom they are, until when they hold."""

import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL
PEM_END = "-----END CERTIFICATE-----"


class Unfit(Exception):
    """The files cannot be served; the text says why."""


class Certificate(NamedTuple):
    names: Sequence[str]
    ends: datetime


def certificate(cert: Path, key: Path) -> Certificate:
    """What the certificate says, by a handshake with itself: what cannot be served shows there.

    Raises:
        Unfit: a file is missing, they do not fit together, or it has expired.
    """
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # it vouches for itself here
    try:
        server.load_cert_chain(cert, key)
        leaf = cert.read_text("ascii").partition(PEM_END)[0] + PEM_END
        client.load_verify_locations(cadata=leaf)
        told = _shaken(server, client)
    except ssl.SSLCertVerificationError as error:
        why = "has expired" if error.verify_code == EXPIRED else "is not valid"
        raise Unfit(f"The certificate in {cert} {why}") from error
    except ssl.SSLError as error:
        raise Unfit(f"{cert} and {key} are no certificate with its key") from error
    except (OSError, ValueError) as error:
        raise Unfit(f"{cert} or {key} cannot be read") from error
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)
    names = [str(name) for _, name in told.get("subjectAltName", ())]
    return Certificate(names, ends)


def _shaken(server: ssl.SSLContext, client: ssl.SSLContext) -> dict[str, Any]:
    """The server's certificate as the client sees it, over two buffers in place of a line."""
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = server.wrap_bio(up, down, server_side=True)
    theirs = client.wrap_bio(down, up)
    waiting = [theirs, ours]
    while waiting:
        for side in list(waiting):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            waiting.remove(side)
    told: dict[str, Any] = dict(theirs.getpeercert() or {})
    return told
