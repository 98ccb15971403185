"""Looks at what DNS says of the domain that emails come from: SPF, DKIM and DMARC.

Without them mail servers put the emails into the folder for junk, or refuse them. RFC 7208 (SPF),
RFC 6376 (DKIM), RFC 7489 (DMARC). Envelope and From carry the same address, so that SPF aligns.
"""

from collections.abc import Iterator

from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer, Resolver

from matcher.operating.finding import Finding

PATIENCE_SECONDS = 5.0
#: What a record must begin with, blanks and case apart.
SPF, DMARC = "v=spf1", "v=dmarc1"
POLICIES = {"none", "quarantine", "reject"}


def make_resolver(server: str) -> Resolver | None:
    """Return a resolver that asks this server, or those of this machine; None where it has none."""
    try:
        resolver = Resolver(configure=not server)
    except DNSException:
        return None
    if server:
        host, _, port = server.partition(":")
        resolver.nameservers, resolver.port = [host], int(port or 53)
    resolver.lifetime = PATIENCE_SECONDS
    return resolver


def look_at_domain(domain: str, selector: str, resolver: Resolver | None) -> Iterator[Finding]:
    """Look at one record after the other; where DNS does not answer, only say so."""
    silent = f"DNS answers about {domain}"
    if resolver is None:
        yield Finding(silent, "This machine names no DNS server: set DNS_SERVER.")
        return
    try:
        findings = [_spf(domain, resolver), _dmarc(domain, resolver)]
        findings.append(_dkim(domain, selector, resolver))
    except DNSException as fault:
        why = type(fault).__name__
        not_done = f"DNS does not answer here ({why}): SPF, DKIM and DMARC were not looked at."
        yield Finding(silent, not_done)
    else:
        yield from findings


def _records(name: str, resolver: Resolver) -> list[str]:
    """Return the texts at a name. Raises DNSException where nobody answers."""
    try:
        answer = resolver.resolve(name, "TXT")
    except (NXDOMAIN, NoAnswer):
        return []
    return [b"".join(each.strings).decode("utf-8", "replace") for each in answer]


def _beginning(words: str, name: str, resolver: Resolver) -> list[str]:
    return [text for text in _records(name, resolver) if text.strip().lower().startswith(words)]


def _spf(domain: str, resolver: Resolver) -> Finding:
    found = _beginning(SPF, domain, resolver)
    what = f"SPF says who may send for {domain}"
    if not found:
        advice = f'Publish a TXT record at {domain}: "v=spf1 … -all" with your mail server in it.'
    elif len(found) > 1:
        advice = f"Keep one of the {len(found)} SPF records: with several, none counts."
    elif found[0].lower().split()[-1] in {"+all", "all"}:
        advice = "End the SPF record in -all or ~all: as it is, everybody may send for you."
    else:
        advice = ""
    return Finding(what, advice)


def _dmarc(domain: str, resolver: Resolver) -> Finding:
    """Look at the domain, then at those it belongs to, down to two labels."""
    what = f"DMARC says what becomes of forged emails from {domain}"
    for name in _upwards(domain):
        found = _beginning(DMARC, f"_dmarc.{name}", resolver)
        if found:
            policy = _tags(found[0]).get("p", "").lower()
            wrong = f'Give the DMARC record at _dmarc.{name} a policy: "p=none", or stricter.'
            several = f"Keep one of the {len(found)} DMARC records at _dmarc.{name}."
            advice = several if len(found) > 1 else "" if policy in POLICIES else wrong
            return Finding(what, advice)
    return Finding(what, f'Publish a TXT record at _dmarc.{domain}, such as "v=DMARC1; p=none".')


def _upwards(domain: str) -> Iterator[str]:
    labels = domain.split(".")
    for dropped in range(max(1, len(labels) - 1)):
        yield ".".join(labels[dropped:])


def _dkim(domain: str, selector: str, resolver: Resolver) -> Finding:
    """Look for the key by which the mail server signs; only its selector can find it."""
    if not selector:
        return Finding(f"DKIM of {domain} was not looked at: set DKIM_SELECTOR to look at it")
    name = f"{selector}._domainkey.{domain}"
    keys = [_tags(text).get("p") for text in _records(name, resolver)]
    what = f"DKIM of {domain} has its key at {selector}"
    if not any(key is not None for key in keys):
        return Finding(what, f"Publish the key by which your mail server signs at {name}.")
    return Finding(what, "" if any(keys) else f"The key at {name} was revoked: publish a new one.")


def _tags(record: str) -> dict[str, str]:
    """Return the tags of a DKIM or DMARC record by name."""
    parts = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in parts if name.strip()}
