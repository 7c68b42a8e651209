"""TLS without sockets: certificates, identities, trust, policy, and a connection that records all."""
