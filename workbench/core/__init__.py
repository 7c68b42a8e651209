"""The core: everything the program can do, without a window and without a terminal.

Five nouns and one verb::

    Request     core.request     what to send: plain data, identities and bundles by name
    Identity    core.tls         private key + certificate + chain, in memory
    TrustStore  core.tls         the CA bundles to believe
    Handshake   core.tls         what the two TLS peers said
    Exchange    core.exchange    a request and what became of it

    Session.send(request) -> Exchange

What a person writes is a ``Draft`` (``core.draft``), with ``{{variables}}``; ``core.preparation`` makes the
``Request`` of it.

The window and the command line are two readers of an ``Exchange``. A failed exchange is data;
an exception is either a ``WorkbenchError`` (our side, before anything was sent, with words for
a person) or a bug.

Who may import whom, upper from lower only (checked by import-linter with the tests)::

    workspace            what is open together: collections, environments, secrets, cookies; sends drafts
    session              identities and trust by name, redirects hop by hop, findings
      story              from flights and failures to an exchange
      preparation        from a draft and its variables to a request
      http               one hop: connections, proxies, bodies, timings   (httpx2, httpcore2)
      storage            the program's folder and the keyring             (keyring)
      formats            files that people have: PEM, DER, PKCS#8, PKCS#12, PKCS#7, Java keystores
      doctor             evidence in, diagnosis code out: a table of rules
      inspection         what a server's TLS says when no HTTP follows
      collection         saved requests in folders of the person's own
      history            exchanges of the past, and how servers' chains changed
        auth             who asks, hop by hop: digests, signatures, tokens
        cookies          a jar of them (RFC 6265)
        assertions       what a response must fulfil, and whether it does         (python-jsonpath)
        bodies           bodies of requests on the wire, and checked while they are written (lxml, graphql)
        url_params       a URL's text and the table of its parameters in step
        variables        {{names}} and the layers of their values
        masking          what in a request is a secret, and the request without it
        draft_codec      drafts as plain data, for files of the program's own
        exchange         Exchange, Response, Failure, Finding, Hop, Timings
          choices        how a connection is made, as variables
          request        Request, Timeouts
            content      bodies of responses made ready to be read: rows, layouts, filters, tables, events
          draft          Draft, and what it inherits
            url          URLs, checked and made safe for the wire; words: sizes, times, dates as people read them
              tls        certificates, policy, the sans-I/O connection    (OpenSSL)
                errors   the one error tree; blocking: calls that may take long, off the loop; plain: data as JSON
                  i18n   _()

The arrow of one request: ``Session.send`` opens the identity (``storage``) and the trust store,
asks ``http`` for one hop, ``http`` lets ``tls`` shake hands over a socket that it owns, the
``doctor`` turns what went wrong into a ``Failure``, and the ``Exchange`` is whole. ``Session.inspect``
is the same with a handshake in place of the hop.

Before that arrow a ``Draft`` becomes a ``Request``: ``Workspace.send`` asks the ``collection`` what surrounds
the draft, ``variables`` for its scope and ``preparation`` for the request. After it, cookies and history are kept.
"""
