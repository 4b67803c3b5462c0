"""reference/topics.md: the texts of `ropa help`."""

from docs.making.markdown import opening
from ropa.cli.topics import topic, topics


def topics_as_markdown() -> str:
    """The page: each topic as the terminal shows it."""
    lines = [*opening("Topics", "What a field wants, with its law. The same texts: `ropa help TOPIC`.")]
    for name in topics():
        lines += [f"## {name}", "", "```text", topic(name).rstrip("\n"), "```", ""]
    return "\n".join(lines)
