"""The body of a response, being read: its forms, a filter, and the ways out of the window."""
