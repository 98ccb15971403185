"""What the doctor says of a sending domain, asked of a real DNS server on this machine."""

import socket
import threading
from contextlib import closing, contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from matcher.operating.mail_domain import look_at_domain, make_resolver

DOMAIN = "help.westberks.example"
KEY = "v=DKIM1; k=rsa; p=MIIBIjANBg"
GOOD = {
    DOMAIN: ["google-site-verification=x", "v=spf1 include:spf.mail.example -all"],
    f"_dmarc.{DOMAIN}": ["v=DMARC1; p=reject; rua=mailto:d@westberks.example"],
    f"s1._domainkey.{DOMAIN}": [KEY],
}


@contextmanager
def dns_server(records):
    """Answers questions for texts; knows nothing else."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as listening:
        listening.bind(("127.0.0.1", 0))

        def serve():
            while True:
                packet, asker = listening.recvfrom(4096)
                if not packet:
                    return
                listening.sendto(answer_to(dns.message.from_wire(packet), records), asker)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as last:
            last.sendto(b"", listening.getsockname())
        thread.join()


def answer_to(question, records):
    answer = dns.message.make_response(question)
    answer.flags |= dns.flags.RA
    name = question.question[0].name
    texts = records.get(name.to_text(omit_final_dot=True), [])
    if texts:
        quoted = [f'"{text}"' for text in texts]
        answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *quoted))
    else:
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer.to_wire()


def findings(selector="s1", **changes):
    """Ask about the domain; ``changes`` are the texts at names that begin in a word."""
    named = {"spf": DOMAIN, "dmarc": f"_dmarc.{DOMAIN}", "dkim": f"s1._domainkey.{DOMAIN}"}
    records = GOOD | {named[name]: texts for name, texts in changes.items()}
    with dns_server(records) as port:
        return list(look_at_domain(DOMAIN, selector, make_resolver(f"127.0.0.1:{port}")))


def advice(**changes):
    return [each.advice for each in findings(**changes) if each.advice]


def test_a_domain_with_all_three_is_well():
    assert [each.well for each in findings()] == [True, True, True]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"spf": []}, "Publish a TXT record at help.westberks.example"),
        ({"spf": ["v=spf1 -all", "v=spf1 mx -all"]}, "Keep one of the 2 SPF records"),
        ({"spf": ["v=spf1 mx +all"]}, "everybody may send for you"),
        ({"dmarc": []}, "Publish a TXT record at _dmarc.help.westberks.example"),
        ({"dmarc": ["v=DMARC1; rua=mailto:d@x.example"]}, "a policy"),
        ({"dmarc": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, "Keep one of the 2 DMARC"),
        ({"dkim": []}, "Publish the key by which your mail server signs at s1._domainkey."),
        ({"dkim": ["v=DKIM1; p="]}, "was revoked"),
    ],
)
def test_what_is_missing_or_wrong_is_named_with_what_to_do(changes, words):
    (said,) = advice(**changes)
    assert words in said


def test_dmarc_of_the_organisation_above_counts():
    with dns_server(
        {**GOOD, f"_dmarc.{DOMAIN}": [], "_dmarc.westberks.example": ["v=DMARC1;p=none"]}
    ) as port:
        told = list(look_at_domain(DOMAIN, "s1", make_resolver(f"127.0.0.1:{port}")))
    assert all(each.well for each in told)


def test_without_a_selector_dkim_is_said_not_to_have_been_looked_at():
    assert "was not looked at: set DKIM_SELECTOR" in findings(selector="")[2].what


@pytest.mark.parametrize("resolver", [None, make_resolver("127.0.0.1:9")])
def test_where_dns_does_not_answer_it_is_said_plainly(resolver):
    if resolver is not None:
        resolver.lifetime = 0.3
    (told,) = look_at_domain(DOMAIN, "s1", resolver)
    assert told.what == f"DNS answers about {DOMAIN}"
    assert "DNS" in told.advice
