"""The command line: every command of ``mtls-workbench`` that runs without a window.

From a typed word to an exit status::

    dispatch     main(words): finds the command, parses, runs, turns errors into exit statuses
    commands     the table of commands: words, one line of help, where the code is
    command      Command: what a command module gives to the table; the options all of them share
      send, inspect, identity*, trust*, lab, self_test      one module per command or family
        sending, inspecting, running_lab                    what the three heavy ones do
          preparation, sources, recording, capture          identity, trust and files of one call
          document, describe, outcome, output, body_output  core data -> JSON, sentences, exit status, streams
          layout                                            tables and lines for the width of a terminal
        tls_options, request, bodies, targets, passwords    words of the command line -> core data

A run imports the module of its own command only, and ``rich`` only for a terminal or a table, so that a
script's ``send`` starts quickly. Results go to stdout; everything said to a person goes to stderr.
"""
