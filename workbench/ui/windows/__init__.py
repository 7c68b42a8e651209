"""What a window consists of: its shell, pages, start, and who else is asked when one opens."""
