"""The column of the history: rows by day, a search line, and what can be done with an exchange that was."""
