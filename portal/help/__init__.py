"""Help where work is done: the first tour, what each ledger counts, words, guides on paper, news."""
