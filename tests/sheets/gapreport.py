"""Reports of gaps for the tests of their files: the complete register with one gap in the words that a test gives."""

from datetime import date

from ropa.gaps import RULES, Report
from ropa.gaps.memo import memo
from ropa.gaps.outcome import Judged
from ropa.gaps.overview import Overview, overview
from ropa.gaps.report import Score
from ropa.gaps.rule import Gap, met, missing
from ropa.gaps.trend import Point
from ropa.model.register import Register
from tests.gaps.helpers import register

DAY = date(2026, 11, 24)
HOSTILE = (
    "</script><script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "]]></failure><!-- --><![CDATA[ <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e; &amp;",
    "=cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "a\x00b\x1b[31mred\x07\x85 \x9b \ufffe half \ud83d here",
    "اسم \u202egnp.exe\u202c \u2066x\u2069",
    "| a | b |\n|---|---|\n# heading\n- [x](javascript:alert(1)) ![y](http://x.example/z.png) `code` $x$ **b** ~~s~~",
    "[link](http://x.example) {0} {{1}} \\ C:\\temp _x0041_",
    "x" * 1_000_000,
)
"""What somebody may have written into a field; the last one is 1 MB."""


def named(text: str) -> Register:
    """The complete register, its activity named so and owned by somebody of that name."""
    kept = register()
    payroll = kept.activities["PA-0001"].model_copy(update={"name": text, "owner": text})
    records = {kind: dict(each) for kind, each in kept.records.items()}
    records["activity"]["PA-0001"] = payroll
    return Register(records, revision=3, hash="ab" * 32, at="2026-11-24T10:00:00Z")


def report_of(kept: Register, text: str) -> Report:
    """One gap of each severity of the activity, in these words, and one question that is met."""
    rules = tuple(RULES[one] for one in ("ROPA-A104", "ROPA-L104", "ROPA-G102", "ROPA-L101"))
    gap = missing(Gap("purposes", text))
    judged = Judged(kept.activities["PA-0001"], True, rules, (gap, gap, gap, met("Said.")))
    return Report(DAY, 3, "ab" * 32, {"countries": date(2026, 11, 23)}, (), (judged,))


def told_of(text: str, months: int = 2) -> Overview:
    """The same for people, with a trend that goes down."""
    kept = named(text)
    report = report_of(kept, text)
    trend = [
        Point(date(2026, 11 - n, 24), {"missing": 1 + n, "risk": 1, "quality": 1}, Score(1, 3 + n, 0))
        for n in range(months, -1, -1)
    ]
    return overview(report, memo(report, kept), kept, trend)
