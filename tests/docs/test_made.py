from docs.make import stale


def test_the_generated_pages_are_current() -> None:
    """Reference and picture are what the program would make now; if not: make docs."""
    assert list(stale()) == []
