"""The press with which Cora takes a reply by email as an answer."""

from matcher.actions.network.asking_peers import ask_first
from matcher.actions.post.receiving import receive
from matcher.actions.proposals.live_index import LiveIndex
from matcher.lifecycle.peer_question import AskState
from matcher.lifecycle.tables import Actor
from matcher.mail.received import read_message
from matcher.records.peer_questions import PeerAnswer
from tests.builders_received import reply


def test_a_reply_is_shown_as_the_answer_it_would_be_and_taken_by_one_press(cora, cast):
    cast.volunteer()
    ask_first(LiveIndex(), cast.request(), "How long?", cast.acting(Actor.REQUESTER))
    (email,) = cast.emails("peer_question")
    words = "Half <b>a</b> year.\n\n> How long?"
    raw = reply(words, message_id=email.message_id, sender=email.to_address)
    receive(read_message(raw), cast.occasion)
    page = cora.get("/coordinator/tasks").text
    assert "Half &lt;b&gt;a&lt;/b&gt; year.</p></div>" in page
    cora.post("/coordinator/tasks/1/answer", follow_redirects=True)
    assert cast.rows(PeerAnswer)[0].state == AskState.ANSWERED
