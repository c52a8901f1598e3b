"""The steps of 审签: submit, recall, return, review, archive; and what still blocks 送审."""
