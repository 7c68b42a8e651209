"""What to send: panels that read and show the parts of a ``Request``."""
