"""The command line: every command of ``mtls-workbench`` that runs without a window.

From a typed word to an exit status::

    dispatch     main(words): finds the command, parses, runs, turns errors into exit statuses
    commands     the table of commands: words, one line of help, where the code is
    command      Command: what a command module gives to the table; the options all of them share
      send, inspect, identity*, trust*, lab, self_test      one module per command or family
        tls_options, passwords, targets, bodies, sources    words of the command line -> core data
        document, describe, output                          core data -> JSON, sentences, streams

A run imports the module of its own command only, and ``rich`` only for a terminal, so that a
script's ``send`` starts quickly. Results go to stdout; everything said to a person goes to stderr.
"""
