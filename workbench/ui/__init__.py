"""The window: from a click to what is painted.

Who may import whom, upper from lower only (checked by import-linter with the tests)::

    app | painted main(): one process for a workspace, settings read, the window, then the event loop
                  | a window painted once, for the self-test
      windows     one for each open workspace: the shell, painted first and furnished after; its pages,
                  dialogs of the whole window, what its palette finds, what other starts ask of it
        flows     what a person does across panels, one module each: import, collect, open, save, compare
          tabs    the open documents, a tab each, whatever their protocol; a request's document, and sending it
            library | bridge    the tree of collections, and the dialogs of what they give, with pages of a request
                                | to the core: ``Bridge`` in the UI thread, ``Services`` in the worker, without Qt
              request | response | certificates | history | compare | cookies | palette | preferences     panels
                widgets | actions     things to type, click and look at    | every command, declared once
                  models              item models over core data
                    settings          what is set, and how windows were left
                      declared        every setting, once
                        look          palettes, icons, marks, words
                        runner        the one worker thread, and its jobs
                        display       the application, or why there is none
                        garbage       collected in the UI thread only
                        language      Qt's own words, numbers and dates in the program's language
                          lasting     data that it does not look at

What happens on a click::

    Send -> RequestPanel.send_requested(Draft)         plain data, read from the pages
      -> Sending -> Bridge.send(draft, location)         the UI thread's part ends here
        -> Services.workspace.send(draft, location)      asyncio, in the worker thread
      <- Job.progressed, Job.done                      queued to the UI thread
    RequestDocument.show_exchange(exchange) -> panels -> models -> paint

What is declared once, and where one more is added::

    a kind of document    tabs.kinds.KINDS            DocumentKind(its protocol, command for a new one, how it is made)
    a page of the window  windows.page_kinds.PAGES    PageKind(its command, how it is made)
    a tab of a response   response.views.VIEWS        ViewKind(its title, its command, how it is made)
    a command             actions.COMMANDS            menus, shortcuts, tool tips and the palette follow

What is typed::

    a page's widget -> RequestPage.changed -> RequestPanel.changed   with every key: the tab's title
      -> RequestPanel.settled                                     after a pause: history, variables, dirty marks
        -> DocumentTabs.tabs_changed -> drafts()                  what outlives the window
    Bridge.surroundings(location) -> RequestPanel.show_surroundings   what is inherited, and the variables around

Saving, and what others do to the files::

    Ctrl+S -> RequestFiles.save(document) -> LibraryBridge.save -> SavedRequests.save
      -> Workspace.extract_secrets, Collection.save or, when the file was changed meanwhile, merge    in the worker
      <- Saved -> DocumentTabs.mark_saved | Conflict -> a question in the document
    watchfiles -> LibraryWatch.changed -> LibraryBridge.refresh -> Library -> LibraryTree.show_lines    only changes
                                       -> RequestFiles: clean documents follow, changed ones are merged or ask

What can be undone::

    deleted, moved, renamed, closed unsaved -> Undoing.note(back, words)       one list for a window
      -> Toast.offer(words, Undo)             and Ctrl+Alt+Z everywhere, Ctrl+Z in the tree and in tables
    an identity: set aside -> the toast goes, or the window closes -> deleted, key and password

The rules that keep it quick and honest:

- The UI thread does no disk, network, keyring or lab work; all of that is a ``Job`` of the ``Runner``.
- A job belongs to the runner, never to a widget: a tab may close while its request is under way. What is told of the
  job is told ``while_alive`` only, whoever asked for it.
- Panels have two doors, ``show_thing(...)`` in and signals out; they know neither bridge nor session.
- Before the first paint nothing of the core is imported but ``Draft``, the errors and ``_()``.
- Dialogs are shown with ``open()``; what is wrong is said where it is, in words and not by colour alone.
"""

import builtins

_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

# PySide puts a function of its own in place of ``__import__``: for ``from __feature__ import …``, which nothing here
# uses, it reads the source of every module that is imported from then on, and Python keeps the text (18 MB).
builtins.__import__ = _import
