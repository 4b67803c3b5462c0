"""What stands in a form: an answer by name, made of what the register says and of nothing else."""

from ropa.sheets.forms.answers import clients, fields, grounds, parties, processing, proof, rows, transfers
from ropa.sheets.forms.answers.registry import ANSWERS, About, Answering

_MODULES = (clients, fields, grounds, parties, processing, proof, rows, transfers)
"""Whoever imports an answer has them all."""

__all__ = ["ANSWERS", "About", "Answering"]
