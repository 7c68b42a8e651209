"""The response pane: status, body, headers, what TLS did, how long it took, why it failed."""
