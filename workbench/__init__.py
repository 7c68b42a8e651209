"""mTLS Workbench: client identities, requests over mutual TLS, and what TLS did."""

__version__ = "0.1.0"
