"""Legal forms of companies and associations, as they end a name."""

import re

_LONG = (
    r"inc|incorporated|llc|llp|ltd|limited|gmbh|gesmbh|mbh|ohg|gbr|kgaa|s\.?r\.?l\.?s?|s\.?p\.?a|s\.?n\.?c|s\.?a\.?s\.?u?|s\.?l\.?u|sarl|"
    r"eurl|corp|corporation|plc|pty|aps|bvba|vzw|asbl|s\.?c\.?a\.?r\.?l|s\.? ?cons\.? ?a ?r\.?l|cooperativa|sp\. z o\.o|d\.o\.o|s\.r\.o|"
    r"e\. ?v|b\.v|n\.v|s\.a|s\.l|k\.k|kft|lda|oyj|sagl|b\.v\.b\.a"
)
_SHORT = r"(?-i:[Aa]/[Ss]|A[GBS]|B[Vv]|N[Vv]|S[EAL]|K[GK]|[eE][GKV]|O[Yy]|UG|Co\.|O[ÜU]|Bv|Nv)"
"""Two letters, which are a word or the code of a place where they stand otherwise: so they need their capitals."""
_ONE = rf"(?<![\w.])(?:(?:{_LONG})\.?|{_SHORT})(?![\w/])"
_REST = r"(?: \(haftungsbeschr[äa]nkt\)| de C\.?V\.?)?"
FORM = re.compile(rf"{_ONE}(?:(?:,? | ?& ?| (?:und|and|et) ){_ONE})*{_REST}", re.IGNORECASE)
"""The legal form of one company: "GmbH", "Co., Ltd.", "GmbH & Co. KG"."""
LONG_FORM = re.compile(rf"(?<![\w.])(?:{_LONG})(?![\w/])", re.IGNORECASE)
"""A legal form that nothing else is written like: "AG" is a canton too, "SA" a province."""
COMPANY_WORD = re.compile(
    rf"(?<!\w)(?:{_LONG}|ag|se|kg|bv|nv|sa|sl|oy|ab|a/s|as|ev|co|company|platforms|technologies)\.?(?!\w)",
    re.IGNORECASE,
)
"""A word that tells a company where somebody is named in brackets."""
