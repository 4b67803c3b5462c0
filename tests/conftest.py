"""What holds for every test: the same examples on every machine, no network, nobody's own settings."""

import os
import socket

import pytest
from hypothesis import settings

# No deadline: a slow machine is no fault of the code. CI tries the same examples each time; a desk tries new ones.
settings.register_profile("ropa", deadline=None, derandomize="CI" in os.environ, print_blob=True)
# `make fuzz`: new examples each time, and so many more that one may let it run over lunch; see tests/fuzz.py.
settings.register_profile("fuzz", parent=settings.get_profile("ropa"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ropa"))


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No register, name or colour of the person who runs the tests reaches them, and nothing calls out."""
    for name in ("ROPA_DB", "ROPA_ACTOR", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def refuse(*address: object) -> None:
        raise AssertionError(f"ropa uses no network, but something connects to {address[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
