"""YAML that persons type, in the safest mode: texts, lists and mappings only, and each key once."""

from functools import cache
from typing import Any


@cache
def once_loader() -> Any:
    """A loader class that types nothing (NO stays a text) and refuses a key that a mapping has twice.

    A plain loader takes the last of the two and says nothing: an answer would be lost. Raises yaml.YAMLError, whose
    `problem` tells what is wrong.
    """
    import yaml

    class Once(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # chosen when it runs
        def construct_mapping(self, node: yaml.MappingNode, *args: Any, **more: Any) -> dict[Any, Any]:
            seen: set[str] = set()
            for key, _ in node.value:
                if isinstance(key, yaml.ScalarNode) and key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"'{key.value}' is said twice", key.start_mark
                    )
                seen.add(str(key.value))
            said: dict[Any, Any] = super().construct_mapping(node, *args, **more)
            return said

    return Once
