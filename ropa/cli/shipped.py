"""What the program ships beside its code: the example organisation."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from ropa.model.register import Register


def shipped_data() -> Traversable:
    """The folder of shipped data: inside the installed package, or `data/` beside `ropa/` in the tree."""
    inside = files("ropa") / "_data"
    return inside if inside.is_dir() else files("ropa") / ".." / "data"


def example_register() -> Register:
    """The invented organisation that `ropa init --example` brings."""
    from ropa.sheets.register_text import read_register_text

    return read_register_text(
        (shipped_data() / "example" / "register.yaml").read_bytes(), "the shipped example"
    )
