"""One HTTP exchange with one origin, over connections whose sockets we own."""
