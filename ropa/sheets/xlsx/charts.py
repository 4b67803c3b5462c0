"""A chart in a workbook, drawn by the program that opens it from the numbers of a sheet."""

from typing import Any

from ropa.sheets.table import Chart

HEIGHT = 300
"""Points of the row that a chart takes; Excel makes none higher than 409."""
_WIDE = 790
"""Pixels: the two columns of a page."""
_POINT = 4 / 3
"""Pixels."""
_FONT = {"name": "Calibri", "size": 10}


def insert_chart(book: Any, sheet: Any, row: int, wanted: Chart) -> None:
    """Put the chart into its row. The colours of its parts differ in lightness too, and a legend names them."""
    figures = wanted.figures
    last = len(figures.rows)
    chart = book.add_chart({"type": "bar" if wanted.lying else "column", "subtype": "stacked"})
    for column, colour in wanted.parts.items():
        chart.add_series(
            {
                "name": figures.columns[column].heading,
                "categories": [figures.name, 1, 0, last, 0],
                "values": [figures.name, 1, column, last, column],
                "fill": {"color": colour},
                "gap": 50,
            }
        )
    chart.set_title({"none": True})  # the heading above it says it
    chart.set_legend({"position": "bottom", "font": _FONT})
    names = {"num_font": _FONT, "reverse": wanted.lying}  # of bars the first would stand at the bottom
    lines = {"visible": True, "line": {"color": "#D9D9D9"}}
    numbers = {"num_font": _FONT, "min": 0, "num_format": "0", "major_gridlines": lines}
    chart.set_x_axis(numbers if wanted.lying else names)
    chart.set_y_axis(names | {"major_gridlines": {"visible": False}} if wanted.lying else numbers)
    chart.set_size({"width": _WIDE, "height": int((HEIGHT - 10) * _POINT)})
    sheet.insert_chart(
        row, 0, chart, {"description": wanted.description, "object_position": 1, "x_offset": 4, "y_offset": 4}
    )
