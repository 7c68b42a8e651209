"""How the connection is made: the TLS page, and the choices of identity and trust beside the address."""
