"""Which version of the privacy notice is shown; each person's row keeps the one they saw.

A changed notice gets a new version here, and the old text stays in templates/public/privacy/:
a house test compares the texts with their versions.
"""

PRIVACY_NOTICE = "1"
