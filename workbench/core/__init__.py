"""The core: everything the program can do, without a window and without a terminal.

Nouns, as they follow from each other::

    Draft        core.draft        a request as a person writes it, with {{variables}}
    Collection   core.collection   drafts in files of the person's own, in folders that give them defaults
    Scope        core.variables    layers of values: request, folders, environment, collection
    Request      core.request      what to send: plain data, identities and bundles by name
    Identity     core.tls          private key + certificate + chain, in memory
    TrustStore   core.tls          the CA bundles to believe
    Handshake    core.tls          what the two TLS peers said
    Exchange     core.exchange     a request and what became of it
    History      core.history      exchanges of the past, and the chains that servers showed
    Workspace    core.workspace    what is open together: collections, environments, secrets, cookies

One verb, at two heights::

    Workspace.send(draft, location) -> Exchange    what surrounds the draft, and what is kept afterwards
      Session.send(request) -> Exchange            identities, trust, redirects hop by hop, findings

    Draft --collection--> what it inherits --variables--> Scope --preparation--> Request
      --http: one hop on a socket of ours, tls: shaking hands--> response or failure
      --doctor: evidence in, diagnosis out--> Exchange --> cookies, assertions, history

``Session.inspect`` is the same with a handshake in place of the hop. The command line begins at ``Session``.

A failed exchange is data; an exception is either a ``WorkbenchError`` (our side, before anything was sent,
with words for a person) or a bug.

Who may import whom, upper from lower only (checked by import-linter with the tests)::

    workspace            sends drafts; opens, edits, saves and remembers what belongs together
    transport            the same connections for programs that use httpx2                (httpx2)
    session              identities and trust by name; hop after hop, and the exchange made of them
    agreement            what a collection from elsewhere may use of the person's, thing by thing and host by host
    preparation          from a draft and its scope to a request
    http                 one hop: connections, proxies, bodies, timings          (httpcore2, h11, h2)
    storage              the program's folder and the keyring                    (keyring)
    formats              files that people have, found by what they are: keys, certificates, keystores
    inspection           what a server's TLS says when no HTTP follows
    cancelling           ending a request on purpose
    collection           OpenCollection and Bru files, changed in place          (ruamel.yaml, watchfiles)
    history              one file of exchanges, searched                         (sqlite3)
      doctor             evidence in, diagnosis code out: a table of rules; findings
      explain            what other programs write when TLS goes wrong, in the doctor's codes
      auth               who asks, hop by hop: digests, signatures, tokens
      bodies             bodies on the wire, and checked while they are written  (lxml, graphql)
      cookies            a jar of them (RFC 6265)
      url_params         a URL's text and the table of its parameters in step
      assertions         what a response must fulfil, and whether it does        (jsonpath)
        variables        {{names}} and the layers of their values
        exchange         Exchange, Response, Failure, Finding, Hop, Timings
        masking          which names mean a secret, what in a request is one, and the request without it
        draft_codec      drafts as plain data, for files of the program's own
          choices        how a connection is made, as variables
          preferences    every setting of the core, once, and what follows from it
          draft_tree     a collection in memory: drafts in folders, environments
            draft        Draft, and what it inherits
            request      Request, Timeouts
            proxy        which proxy a request takes: chosen, or the environment's
              want       what a collection may want of the person's
              credentials   identities and bundles as they are listed to be chosen
              url, words URLs made safe for the wire; sizes, times, dates as people read them
              content    bodies of responses made ready to be read: rows, layouts, filters, tables, events
                messages what two ends say to each other over one response, in order
                tls      certificates, policy, the sans-I/O connection           (OpenSSL)
                  files            written whole or not at all, and documents that say which version wrote them
                  errors, blocking, plain, versions, lazily, visible   the error tree; small things without a home above
                    i18n                               _(), and numbers as the language writes them
                      home, resources                  the program's folder; icons, phrases and translations
"""
