"""The two kinds of consent that processing may rest on. Both want proof and a way back (Art. 7(1), 7(3))."""

from ropa.model.parts import Purpose

CONSENT, EXPLICIT = "6(1)(a)", "9(2)(a)"
"""The legal basis, and the condition for special data."""


def kind_of_consent(purpose: Purpose) -> str:
    """The consent on which a purpose rests, in words; "" for none."""
    if purpose.legal_basis == CONSENT:
        return "consent"
    return "explicit consent" if purpose.art9_condition == EXPLICIT else ""
