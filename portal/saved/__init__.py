"""我的关注: a search of a list that one account keeps, and is told of what is new in it."""
