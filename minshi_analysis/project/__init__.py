"""A project of one's own: its files (`new`), and whether it and its machine are as they should be (`doctor`)."""
