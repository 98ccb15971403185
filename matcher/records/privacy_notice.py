"""Which version of the privacy notice is shown; each person's row keeps the one they saw.

A changed notice gets a new version: a house test compares the text with its digest.
"""

PRIVACY_NOTICE = "4"
#: The first digits of the SHA-256 of templates/public/privacy.html, as this version has it.
NOTICE_DIGEST = "0e40389ab14ab715"
