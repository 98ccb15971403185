"""Bar charts as SVG images, drawn by pygal: each bar is named with its number, in one colour.

They stand in the page as data: what is inside an image runs nothing and reads nothing.
"""

from base64 import b64encode
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import pygal
from pygal.style import Style

#: The site's own colours (assets/scss), dark enough on white for the bars and the words.
STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    foreground="#14262b",
    foreground_strong="#14262b",
    foreground_subtle="#485a5e",
    opacity="1",
    opacity_hover="1",
    colors=("#0b6266",),
    font_family="Helvetica, Arial, sans-serif",
    label_font_size=16,
    major_label_font_size=16,
    no_data_font_size=20,
)
WIDTH = 720
BAR_HEIGHT = 34
FRAME_HEIGHT = 70


def draw_bars(bars: Sequence[tuple[str, int]]) -> str:
    """Return horizontal bars, the first on top, as the address of an SVG image."""
    chart = pygal.HorizontalBar(
        style=STYLE,
        js=[],
        width=WIDTH,
        height=FRAME_HEIGHT + BAR_HEIGHT * max(3, len(bars)),
        show_legend=False,
        show_x_guides=False,
        show_y_guides=False,
        show_x_labels=False,
        truncate_label=-1,
        margin=10,
        spacing=12,
    )
    chart.add_xml_filter(_without_scripts)
    upwards = list(reversed(bars))
    chart.x_labels = [f"{label}: {value:,}" for label, value in upwards]
    chart.add("", [value for _label, value in upwards])
    return "data:image/svg+xml;base64," + b64encode(chart.render()).decode()


def _without_scripts(drawing: Element) -> Element:
    """Take out what pygal's tooltips would run by, and its comments: a picture runs nothing."""
    for parent in list(drawing.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.endswith("script"):
                parent.remove(child)
    return drawing
