"""What stands in a form: an answer by name, made of what the register says and of nothing else."""

from ropa.sheets.forms.answers import grounds, parties, processing, proof, transfers
from ropa.sheets.forms.answers.registry import ANSWERS, About, Answering

__all__ = ["ANSWERS", "About", "Answering", "grounds", "parties", "processing", "proof", "transfers"]
