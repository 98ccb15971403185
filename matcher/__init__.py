"""Ask for help in person: brings a colleague from another public body to who needs one.

The map; a line may import only what stands above it, and a house test checks it:

``matching``    pure: who suits whom: offers, text, bars, ranking, assigning, judging
``places``      pure: where things are and how long the way is
``lifecycle``   pure: what may happen next, and what was refused
``mail``        pure: what emails say, and the links in them
``sheets``      pure: tables that people send and fetch as files
``records``     the only SQLAlchemy: tables, queries that return frozen views, the outbox
``actions``     what a person or the clock can do; one function, one transaction
``web``         the only Flask views and WTForms; one blueprint per user
``worker``      the clock and the post
``settings``, ``app``, ``cli``, ``demo``   how it is put together and run
"""
