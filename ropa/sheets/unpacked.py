"""A packed file (workbook, document) looked at before it is unpacked: how large it would become, and whether it is one at all."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from ropa.errors import Refused

PACKED = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"
"""How an .xls begins, and an encrypted .xlsx."""
_PARTS, _WHOLE, _PART, _RATIO = 20_000, 2_000_000_000, 20_000_000, 300
"""Parts, bytes unpacked, and bytes of a part from which on its ratio is looked at: no workbook of people comes near."""


def refuse_bomb(content: bytes, name: str) -> None:
    """Raise Refused for a packed file that is damaged, or would fill the disk or the memory when unpacked."""
    if content[:4] != PACKED:
        return
    try:
        parts = ZipFile(BytesIO(content)).infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise Refused("is damaged or cut off.", at=name, do="Get it again, or save it anew.") from None
    large = [one for one in parts if one.file_size > _PART]
    if (
        len(parts) > _PARTS
        or sum(one.file_size for one in parts) > _WHOLE
        or any(one.file_size > _RATIO * max(one.compress_size, 1) for one in large)
    ):
        raise Refused(
            "would unpack to far more than it holds; it was not opened.", at=name, do="Save it anew as .xlsx."
        )
