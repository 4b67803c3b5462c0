"""The filters that every list has, each stated once."""

from typing import Annotated

import typer

Role = Annotated[list[str] | None, typer.Option("--role", metavar="WORD", help="controller or processor.")]
Entity = Annotated[
    list[str] | None, typer.Option("--entity", metavar="WORD", help="An organisation of ours.")
]
Department = Annotated[list[str] | None, typer.Option("--department", metavar="WORD", help="Department.")]
Owner = Annotated[list[str] | None, typer.Option("--owner", metavar="WORD", help="Owner.")]
Status = Annotated[
    list[str] | None, typer.Option("--status", metavar="WORD", help="draft, active, suspended, ended.")
]
Vendor = Annotated[
    list[str] | None, typer.Option("--vendor", metavar="WORD", help="An organisation outside.")
]
Data = Annotated[
    list[str] | None, typer.Option("--data", metavar="WORD", help="A data category, with those under it.")
]
Subject = Annotated[
    list[str] | None, typer.Option("--subject", metavar="WORD", help="A data-subject category.")
]
Country = Annotated[
    list[str] | None, typer.Option("--country", metavar="WORD", help="A country that it touches.")
]
Basis = Annotated[
    list[str] | None,
    typer.Option("--basis", metavar="WORD", help="A legal basis, such as consent or 6(1)(a)."),
]
Retention = Annotated[list[str] | None, typer.Option("--retention", metavar="WORD", help="A retention rule.")]
System = Annotated[list[str] | None, typer.Option("--system", metavar="WORD", help="A system.")]
Tag = Annotated[list[str] | None, typer.Option("--tag", metavar="WORD", help="A tag.")]
Text = Annotated[str, typer.Option("--text", metavar="TEXT", help="Words that stand anywhere in the record.")]
Sort = Annotated[
    str, typer.Option("--sort", metavar="FIELD", help="Field to sort by; -FIELD for the other way round.")
]
Columns = Annotated[
    str, typer.Option("--columns", metavar="FIELD,…", help="Fields to show, with commas between.")
]
