"""The pictures of the state tables are those of the code."""

import runpy
from pathlib import Path

MAKER = Path(__file__).parents[2] / "docs" / "make_lifecycle.py"


def test_the_pictures_of_the_state_tables_are_up_to_date():
    maker = runpy.run_path(str(MAKER))
    drawn = maker["DRAWN"].read_text(encoding="utf-8")
    assert drawn == maker["draw"](), "run: python docs/make_lifecycle.py"
