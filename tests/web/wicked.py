"""What people and machines put into fields."""

#: Nothing, too much, control characters, emoji, right to left, HTML, SQL, a spreadsheet formula.
WICKED = (
    "",
    "x" * 100_000,
    "one\x00two\x07three",
    "\U0001f469\U0001f3fd\u200d\U0001f4bc\U0001f686",
    "\u202eevil\u202c \u0645\u0631\u062d\u0628\u0627",
    "<script>alert(1)</script>",
    "'; DROP TABLE volunteer; --",
    "=cmd|' /C calc'!A0",
)
