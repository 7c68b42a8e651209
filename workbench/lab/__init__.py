"""The lab: a small certificate authority, good and bad identities, and real TLS servers on loopback.

Everything is made when the lab starts and lives in memory only: a lab that stops leaves nothing
behind but what ``Lab.install`` put into a person's store (and ``install.uninstall`` takes out again).

Who may import whom, upper from lower only::

    lab                    Lab: starts the servers, knows where they answer
      server | install     sockets and threads, one per client; names in a person's store
        http1 | http2      requests in, replies out, over one TLS stream
          application      what the lab answers: /status/404, /gzip ...
          refusals         why somebody did not get in, in words
            samples        the front page, a picture, the content codings
            sign_in        cookies, HTTP Digest (digest), OAuth 2.0 (oauth)
              messages     requests and replies, the echo
                stream     TLS over a socket, seen from the server
        identities         who exists, and how each bad one is bad
          authority        issuing certificates
        journal            what happened, for a person to read
"""

from workbench.lab.journal import Event, Kind
from workbench.lab.lab import Lab

__all__ = ["Event", "Kind", "Lab"]
