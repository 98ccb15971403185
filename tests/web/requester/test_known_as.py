"""What those who are asked see of whoever asks: a name of choice, and where on the web."""

import pytest

from matcher.mail.links import Purpose

TYPED = {"display_name": "Ruth <b>of the rota</b>", "handles": "@ruth@mastodon.example"}


@pytest.fixture
def known(client, cast, address, monday):
    """Ruth shows a name; Victor is asked. The address of his invitation."""
    request_id, volunteer_id = cast.request(), cast.volunteer()
    pairing_id = cast.invited(request_id, volunteer_id)
    page = address(Purpose.STATUS, help_request_id=request_id)
    assert client.post(f"{page}/known-as", data=TYPED).status_code == 303
    assert "Ruth &lt;b&gt;of the rota" in client.get(page).text
    return address(Purpose.ANSWER, pairing_id=pairing_id)


def test_who_is_asked_sees_the_name_and_the_addresses_that_the_requester_chose(client, known):
    page = client.get(known).text
    assert "Ruth &lt;b&gt;of the rota" in page
    assert 'href="https://mastodon.example/@ruth" rel="me nofollow' in page
    assert "Adeyemi" not in page


def test_what_is_no_address_comes_back(client, cast, address, monday):
    page = address(Purpose.STATUS, help_request_id=cast.request())
    answer = client.post(f"{page}/known-as", data=TYPED | {"handles": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert "is not an address" in answer.text
