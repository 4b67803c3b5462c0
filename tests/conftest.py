"""What holds for every test: the same examples on every machine, no network, nobody's own settings."""

import os
import socket

import pytest
from hypothesis import settings

# No deadline: a slow machine is no fault of the code. CI tries the same examples each time; a desk tries new ones.
settings.register_profile("ropa", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("ropa")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No register, name or colour of the person who runs the tests reaches them, and nothing calls out."""
    for name in ("ROPA_DB", "ROPA_ACTOR", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def refuse(*address: object) -> None:
        raise AssertionError(f"ropa uses no network, but something connects to {address[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
