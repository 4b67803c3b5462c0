"""The whole register as YAML that reads back the same, whichever version of YAML the reader speaks."""

from typing import TYPE_CHECKING, Any, BinaryIO

from ropa.model.plainregister import register_as_plain
from ropa.sheets.layout import Asked, Layout

if TYPE_CHECKING:
    from yaml import ScalarNode


def write(asked: Asked, file: BinaryIO) -> None:
    """Every record with every field, internal notes included, in UTF-8; reads back as the same register."""
    import yaml

    class Quoted(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        """Writes every text in quotes: unquoted, NO is a no to some readers, 1e3 a number and 2026-11-24 a day."""

        def ignore_aliases(self, data: Any) -> bool:
            """Write equal values out each time; an anchor is one more thing to know for who edits the file."""
            return True

        def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:
            """Field names stay bare: they are the schema's own."""
            node = super().represent_mapping(tag, mapping, flow_style)
            for key, _ in node.value:
                key.style = None
            return node

    def text(dumper: Any, value: str) -> "ScalarNode":
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')  # type: ignore[no-any-return]

    Quoted.add_representer(str, text)
    yaml.dump(
        register_as_plain(asked.register), file, Dumper=Quoted, encoding="utf-8", allow_unicode=True, sort_keys=False,
        width=2**31 - 1,
    )


LAYOUT = Layout(
    name="yaml", title="Register as YAML", what="the whole register as text, internal notes included; comes home as it was",
    suffix=".yaml", whole=True, write=write,
)
