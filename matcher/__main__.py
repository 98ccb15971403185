"""``python -m matcher`` is the same as ``matcher``."""

from matcher.cli import main

main()
