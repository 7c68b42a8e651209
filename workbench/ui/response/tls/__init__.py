"""What the two TLS peers said, in sentences, as a table and as a drawing."""
