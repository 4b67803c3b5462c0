"""How many examples a property is tried with: a few among all tests, twenty times as many with `make fuzz`."""

from hypothesis import settings


def often(many: int) -> settings:
    """So many examples in a usual run, and more in the profile that asks for more than the usual hundred."""
    return settings(max_examples=many * settings.default.max_examples // 100)
