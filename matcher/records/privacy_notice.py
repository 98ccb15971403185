"""Which version of the privacy notice is shown; each person's row keeps the one they saw.

A changed notice gets a new version: a house test compares the text with its version.
"""

PRIVACY_NOTICE = "1"
