"""A time-stamp after RFC 3161: the query that a time-stamping authority answers, and its reply checked without the network."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ropa.errors import Refused

LIMIT = 1_000_000
"""Bytes: a reply with its certificates has a hundredth of that."""
_QUERY = bytes.fromhex("30390201013031300d060960864801650304020105000420"), bytes.fromhex("0101ff")
"""Around the 32 bytes of the hash: version 1, SHA-256, and the wish for the certificate to come along. No nonce: there is one hash, and an
older stamp over it would prove more, not less."""
_ALGORITHMS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


@dataclass(frozen=True)
class TimeStamp:
    """A time-stamp as its reply states it, its signature not yet checked. at: UTC. imprint: the hash that it is over, in hex."""

    at: datetime
    algorithm: str
    imprint: str
    signer: str
    reply: Any


def query_over(hash_: str) -> bytes:
    """The query for a time-stamp over a revision's hash, as a time-stamping authority takes it (DER)."""
    before, after = _QUERY
    return before + bytes.fromhex(hash_) + after


def read_reply(content: bytes) -> TimeStamp:
    """What a reply states. Raises Refused for what is none, or for one that refuses."""
    from rfc3161_client import decode_timestamp_response

    if len(content) > LIMIT:
        raise Refused("is too large to be a time-stamp reply.")
    try:
        reply = decode_timestamp_response(_in_order(content))
        if reply.status not in (0, 1):
            said = "; ".join(reply.status_string) or f"status {reply.status}"
            raise Refused(f"holds no time-stamp: the authority refused it ({said}).", do="Ask it again.")
        info = reply.tst_info
        algorithm = _ALGORITHMS.get(info.message_imprint.hash_algorithm.dotted_string, "another hash")
        return TimeStamp(info.gen_time, algorithm, info.message_imprint.message.hex(), _signer(reply), reply)
    except ValueError:
        raise Refused(
            "is no time-stamp reply, or a damaged one.", do="Take the .tsr file as the authority sent it."
        ) from None


def is_over(stamp: TimeStamp, hash_: str, seal: bytes) -> str:
    """What the time-stamp is over: "hash" for the revision's hash itself, "file" for the file of the seal, "" for something else."""
    if stamp.algorithm == "sha256" and stamp.imprint == hash_:
        return "hash"
    if (
        stamp.algorithm in _ALGORITHMS.values()
        and hashlib.new(stamp.algorithm, seal).hexdigest() == stamp.imprint
    ):
        return "file"
    return ""


def fault_of(stamp: TimeStamp, anchors: bytes) -> str:
    """Why the signature does not hold under the certificates that the user trusts (PEM or DER); "" where it holds.

    The certificates must have been valid at the time of the stamp. Whether one was revoked cannot be known without the network.
    Raises Refused where the anchors are no certificates.
    """
    from rfc3161_client import VerificationError, VerifierBuilder

    builder = VerifierBuilder()
    for certificate in _certificates(anchors):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify(stamp.reply, bytes.fromhex(stamp.imprint))
    except (VerificationError, ValueError) as error:
        return _plainly(str(error))
    return ""


def _certificates(content: bytes) -> list[Any]:
    from cryptography import x509

    try:
        if b"-----BEGIN" in content:
            found = x509.load_pem_x509_certificates(content)
        else:
            found = [x509.load_der_x509_certificate(content)]
    except ValueError:
        raise Refused(
            "holds no certificate.",
            do="It must be a certificate file (PEM or DER) of the time-stamping authority.",
        ) from None
    return list(dict.fromkeys(found))


def _signer(reply: Any) -> str:
    """The name on the certificate that came along for the signature."""
    from cryptography import x509

    signers = {(one.issuer, one.serial_number) for one in reply.signed_data.signer_infos}
    for content in reply.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(content)
        if (certificate.issuer, certificate.serial_number) in signers:
            return certificate.subject.rfc4514_string()
    return "somebody whose certificate did not come along"


_FAULTS = {
    "certificate has expired": "a certificate had expired when it was signed",
    "not yet valid": "a certificate was not valid yet when it was signed",
    "signature failure": "the signature is not that of the certificate",
    "certificate verify error": "it was not signed under this certificate",
    "digest failure": "what it states was altered after it was signed",
    "EKU": "the certificate that signed it is not one for time-stamps",
    "Certificates neither": "the certificate that signed it did not come along",
    "PKIStatus": "the authority granted it with changes only",
}


def _plainly(error: str) -> str:
    return next(
        (words for sign, words in _FAULTS.items() if sign in error),
        f"its signature does not hold ({error[:120]})",
    )


def _in_order(content: bytes) -> bytes:
    """The reply with its certificates in the order that DER asks for. Authorities send them in any order, and no signature covers it.

    What cannot be walked through stays as it is: then the reader of replies says no.
    """
    try:
        _, first, _ = _element(content, 0)
        _, _, status = _element(content, first)
        _, token, _ = _element(content, status)
        _, _, kind = _element(content, token)
        _, wrapped, _ = _element(content, kind)
        _, at, _ = _element(content, wrapped)
        for _ in range(3):
            _, _, at = _element(content, at)
        tag, begin, end = _element(content, at)
        if tag != 0xA0:
            return content
        members, at = [], begin
        while at < end:
            _, _, after = _element(content, at)
            members.append(content[at:after])
            at = after
    except IndexError:
        return content
    return content[:begin] + b"".join(sorted(members)) + content[end:]


def _element(content: bytes, at: int) -> tuple[int, int, int]:
    """Tag, begin and end of the content of a DER element. Raises IndexError where it does not lie within."""
    tag, length, begin = content[at], content[at + 1], at + 2
    if length & 0x80:
        begin += length & 0x7F
        length = int.from_bytes(content[at + 2 : begin], "big")
    if begin + length > len(content):
        raise IndexError
    return tag, begin, begin + length
