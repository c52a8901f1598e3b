"""消息: what happens is told to whom it concerns, in the app and nowhere else (no mail, no message).

notify("asks.returned", to=holders("asks.answer", unit), url=…, unit=unit, by=by, title=ask.title)
"""

from portal.notifying.sending import holders, holding, notify

__all__ = ["holders", "holding", "notify"]
