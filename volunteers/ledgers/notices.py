"""招募公告 by channel."""
