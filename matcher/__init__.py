"""Ask for help in person: brings a colleague from another public body to who needs one.

The map; a line may import only what stands above it, and a house test checks it:

``matching``    pure: who suits whom: offers, text, bars, ranking, assigning, judging
``places``      pure: where things are and how long the way is
``lifecycle``   pure: what may happen next, and what was refused
``mail``        pure: what emails say, and the links in them
``sheets``      pure: tables that people send and fetch as files
``records``     the only SQLAlchemy: tables; ``pages`` of them: queries that return frozen views
``actions``     what a person or the clock can do; one function, one transaction
``web``         the only Flask views and WTForms
``delivery``    the way of one email to the mail server
``app``, ``worker``    the web application, the clock and the post
``operating``   serving, backups, the doctor, metrics
``commands``    what an operator types, put together by ``cli``; ``demo``
``settings``, ``logs``  for all of these

Within ``actions`` and ``web`` a folder is for whom or what it is: ``requester``, ``volunteer``,
``coordinator``, the ``visit`` of both, and the ``network`` around it (peers, events, advice).
Besides, actions have ``proposals`` (the matcher's side), ``post`` (emails out and in), ``clock``,
``lists`` (in and out) and ``privacy``; the web has ``api`` for other programs.
"""
