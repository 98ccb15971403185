"""The record of processing says what the register says."""

import runpy
from pathlib import Path

MAKER = Path(__file__).parents[2] / "docs" / "make_record.py"


def test_the_record_of_processing_is_up_to_date():
    maker = runpy.run_path(str(MAKER))
    written = maker["RECORD"].read_text(encoding="utf-8")
    assert written == maker["draw"](), "run: python docs/make_record.py"
