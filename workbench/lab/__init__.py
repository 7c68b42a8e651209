"""The lab: a certification authority, identities and TLS servers on loopback."""
