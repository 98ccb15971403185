"""Emails as they come to the service, in the shapes that mail servers and people send them."""

OURS = "<0123456789abcdef0123456789abcdef@help.test>"


def report(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    to: str = "victor@walsall.example",
    message_id: str = OURS,
    returned: str = "message/rfc822",
    came_to: str = "ask@help.test",
) -> bytes:
    """A delivery status notification as Postfix writes it (RFC 3464)."""
    return f"""Return-Path: <>
Delivered-To: {came_to}
From: MAILER-DAEMON@mx.walsall.example (Mail Delivery System)
To: ask@help.test
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.walsall.example.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.walsall.example
Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0000 (GMT)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{to}>: Recipient address rejected

--B
Content-Type: {returned}

Message-ID: {message_id}
From: Ask for help in person <ask@help.test>
To: {to}
Subject: Could you help West Berkshire Council in person?

Hello

--B--
""".encode()


def reply(
    words: str = "Thank you, but no.",
    *,
    headers: str = "",
    sender: str = "Victor Osei <victor@walsall.example>",
    message_id: str = OURS,
) -> bytes:
    """What somebody, or somebody's program, answers to one of our emails."""
    subject = "" if "Subject:" in headers else "Subject: Re: Could you help\n"
    more = f"{headers}\n" if headers else ""
    return (
        f"From: {sender}\nTo: ask@help.test\nIn-Reply-To: {message_id}\n"
        f"References: <help_request-1@help.test> {message_id}\n{subject}{more}\n{words}\n"
    ).encode()
