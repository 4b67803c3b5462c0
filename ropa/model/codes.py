"""The closed lists that fields choose from, by name, each with how a person may spell its members.

Lists of law (legal bases, conditions, mechanisms) are dated facts and live in `ropa.reference`; the lists here are the
words of the register itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from ropa.errors import Refused
from ropa.words import fold, listing, meant


@dataclass(frozen=True)
class Words:
    """A closed list of plain words.

    meanings: each word with one line that explains it. also: other spellings, folded. spoken: what a person reads where
    the word itself is short for it.
    """

    meanings: Mapping[str, str]
    also: Mapping[str, str]
    spoken: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """The words, in the order in which a person meets them."""
        return tuple(self.meanings)

    def label(self, code: str) -> str:
        """What a person reads for it."""
        return self.spoken.get(code, code)

    def parse(self, text: str) -> str:
        """The word that a text stands for; Refused, with the choices, for any other."""
        if text in self.meanings:
            return text
        folded = fold(text)
        for code in self.meanings:
            if fold(code) == folded:
                return code
        if folded in self.also:
            return self.also[folded]
        named = {
            fold(words): code for code, words in (*self.spoken.items(), *((c, c) for c in self.meanings))
        }
        near = list(dict.fromkeys(named[one] for one in meant(text, list(named), limit=2)))
        raise Refused(
            f"'{text}' is not one of {', '.join(map(self._spelled, self.meanings))}.",
            do=f"Did you mean {listing(near, 'or')}?" if near else "",
        )

    def _spelled(self, code: str) -> str:
        return f"{code} ({self.spoken[code]})" if code in self.spoken else code


PLAIN: Mapping[str, Words] = {
    "role": Words(
        {
            "controller": "decides why and how personal data are processed (Art. 4(7)); its record is 30(1)",
            "processor": "processes on behalf of a controller (Art. 4(8)); its record is 30(2)",
        },
        {
            "verantwortlicher": "controller",
            "auftragsverarbeiter": "processor",
            "responsable": "controller",
            "sous traitant": "processor",
        },
    ),
    "status": Words(
        {
            "draft": "being written; checked but not scored",
            "active": "takes place",
            "suspended": "stopped for now",
            "ended": "takes place no more; its record stays",
        },
        {},
    ),
    "recipient role": Words(
        {
            "processor": "processes on our behalf (Art. 28)",
            "joint controller": "decides with us (Art. 26)",
            "separate controller": "decides for itself",
            "internal": "a department or person of our own",
            "authority": "a public authority that receives data",
            "public": "anybody",
        },
        {
            "controller": "separate controller",
            "independent controller": "separate controller",
            "sub processor": "processor",
            "subprocessor": "processor",
        },
    ),
    "jurisdiction": Words(
        {
            "EU GDPR": "Regulation (EU) 2016/679",
            "UK GDPR": "the United Kingdom's GDPR with the Data Protection Act 2018",
            "Swiss FADP": "the Swiss Federal Act on Data Protection of 2020",
            "Regulation (EU) 2018/1725": "institutions and bodies of the Union",
        },
        {
            "gdpr": "EU GDPR",
            "eu": "EU GDPR",
            "uk": "UK GDPR",
            "fadp": "Swiss FADP",
            "dsg": "Swiss FADP",
            "revdsg": "Swiss FADP",
            "swiss": "Swiss FADP",
            "2018 1725": "Regulation (EU) 2018/1725",
            "eudpr": "Regulation (EU) 2018/1725",
        },
    ),
    "agreement": Words(
        {
            "art28": "contract with a processor (Art. 28(3))",
            "art26": "arrangement between joint controllers (Art. 26(1))",
            "scc": "standard contractual clauses of the Commission (Art. 46(2)(c))",
            "bcr": "binding corporate rules (Art. 47)",
            "other": "another agreement",
        },
        {
            "art 28": "art28",
            "dpa": "art28",
            "data processing agreement": "art28",
            "avv": "art28",
            "processing agreement": "art28",
            "art 26": "art26",
            "joint controller arrangement": "art26",
            "standard contractual clauses": "scc",
            "binding corporate rules": "bcr",
        },
        {
            "art28": "Art. 28 contract",
            "art26": "Art. 26 arrangement",
            "scc": "standard contractual clauses",
            "bcr": "binding corporate rules",
        },
    ),
    "authorisation": Words(
        {
            "general": "any sub-processor, after notice and with a right to object (Art. 28(2))",
            "specific": "each sub-processor by name (Art. 28(2))",
        },
        {},
    ),
    "fate": Words(
        {
            "erase": "made impossible to restore",
            "anonymise": "nobody can be identified any more (recital 26)",
            "archive": "kept for archiving in the public interest, research or statistics (Art. 89)",
            "return": "given back to the controller or the person",
        },
        {
            "delete": "erase",
            "deletion": "erase",
            "erasure": "erase",
            "loschen": "erase",
            "loschung": "erase",
            "anonymize": "anonymise",
            "anonymisation": "anonymise",
            "archiving": "archive",
        },
    ),
    "nature": Words(
        {
            "technical": "done by machines and programs",
            "organisational": "done by people and rules",
            "physical": "doors, locks, walls",
        },
        {"organizational": "organisational"},
    ),
    "measure kind": Words(
        {
            "32(1)(a)": "pseudonymisation and encryption",
            "32(1)(b)": "confidentiality, integrity, availability and resilience",
            "32(1)(c)": "restoring availability and access after an incident",
            "32(1)(d)": "regular testing and evaluation",
            "32(4)": "people act on instructions only",
            "28": "duties of processors by contract",
        },
        {},
    ),
    "automated decision": Words(
        {
            "none": "no automated decision and no profiling",
            "profiling": "profiling (Art. 4(4)) without such a decision",
            "article 22": "a decision based solely on automated processing, with legal or similar effect (Art. 22(1))",
        },
        {"no": "none", "art 22": "article 22", "22": "article 22"},
    ),
    "answer": Words(
        {"met": "the criterion is met", "not met": "it is not met"}, {"yes": "met", "no": "not met"}
    ),
    "criterion": Words(
        {
            "evaluation": "1 evaluation or scoring",
            "automated-decision": "2 automated decision with legal or similar effect",
            "monitoring": "3 systematic monitoring",
            "sensitive": "4 sensitive or highly personal data",
            "large-scale": "5 large scale",
            "matching": "6 matching or combining datasets",
            "vulnerable": "7 vulnerable people",
            "innovative": "8 innovative use or new technology",
            "denial": "9 keeps people from a right, a service or a contract",
        },
        {},
    ),
    "dpia outcome": Words(
        {
            "low": "the residual risk is low",
            "acceptable": "the residual risk is acceptable with the measures taken",
            "residual high risk": "a high risk remains: the authority is consulted (Art. 36(1))",
        },
        {"high": "residual high risk"},
    ),
    "dpo position": Words(
        {"own staff": "a member of staff (Art. 37(6))", "outside": "under a service contract (Art. 37(6))"},
        {"internal": "own staff", "external": "outside"},
    ),
    "statement": Words(
        {
            "does not apply": "the field has nothing to hold, for a reason",
            "checked, is right": "what the rule asks about was looked at and is right, for a reason",
        },
        {
            "not applicable": "does not apply",
            "n a": "does not apply",
            "explained": "checked, is right",
            "checked": "checked, is right",
            "is right": "checked, is right",
        },
    ),
}


@cache
def vocabulary(name: str) -> Words:
    """The closed list of that name: one of the register's own, or one of the dated facts."""
    if name in PLAIN:
        return PLAIN[name]
    import ropa.reference.codes

    found: Words = getattr(ropa.reference.codes, name)()
    return found
