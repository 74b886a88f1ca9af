"""Messages that lenders send, read into drafts that the user confirms."""
