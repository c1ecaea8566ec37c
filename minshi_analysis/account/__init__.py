"""The account of a reading: the ledger of figures, the constraints, the confidence."""
