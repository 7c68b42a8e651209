"""The window: from a click to what is painted.

Who may import whom, upper from lower only (checked by import-linter with the tests)::

    app                     main(): one process for a workspace, settings read, the window, then the event loop
      windows               one for each workspace that is open, and what other starts ask of them
      main_window           the shell: navigation, menus, start page; painted first, furnished after
        finding             what the palette offers          | clearing   what the preferences offer to clear
                            (finding_saved: what is in collections)
        pages               requests, identities, trust, lab, and what they want of each other
                            | preferring   preferences and help in dialogs
          collecting        what is done in the tree of collections
                            | request_files  tabs in step with their files
                            | environment_editing | defaults_editing
          requests_page     the open requests, a tab each      | importing   files in, step by step
                            | password_changing   a stored key under another password
                            (tab_commands: what can be done with a tab; open_tabs: tabs as plain data)
            sending         one tab's request: progress, cancel, a password that is missing, results
              desk          the bridge to the core             | request_tab | start_page | lab_page
                            | library  collections, environments, defaults, where to save
                backroom    the desk's half in the worker      | library_desk, history_desk …: the desk's parts
                            (library_room, history_room …: the backroom's parts)
                request | response | certificates | history | palette | preferences | about
                  widgets | actions                            variables, tables and texts to type in
                    models  item models over core data
                    settings | words
                      icons | marks | declared                 declared: every setting, once
                        theme | runner | instance | editing    palettes; the worker thread; the lock and the socket

What happens on a click::

    Send -> RequestPanel.send_requested(Draft)         plain data, read from the pages
      -> Sending -> Desk.send(draft, origin)           the UI thread's part ends here
        -> Backroom.workspace.send(draft, origin)      asyncio, in the worker thread
      <- Job.progressed, Job.done                      queued to the UI thread
    RequestTab.show_exchange(exchange) -> panels -> models -> paint

What is typed::

    a page's widget -> Page.changed -> RequestPanel.changed       with every key: the tab's title
      -> RequestPanel.settled                                     after a pause: history, variables, dirty marks
        -> RequestsPage.tabs_changed -> drafts()                  what outlives the window
    Desk.surroundings(origin) -> RequestPanel.show_surroundings   what is inherited, and the variables around

Saving, and what others do to the files::

    Ctrl+S -> RequestFiles.save(tab) -> LibraryDesk.save -> request_room.save
      -> Workspace.seal, Collection.save or, when the file was changed meanwhile, merge    in the worker
      <- Saved -> RequestsPage.mark_saved | Conflict -> a question in the tab
    watchfiles -> LibraryWatch.changed -> LibraryDesk.refresh -> Library -> LibraryTree.show_lines   compared, not reset
                                       -> RequestFiles: clean tabs follow, changed ones are merged or ask

The rules that keep it quick and honest:

- The UI thread does no disk, network, keyring or lab work; all of that is a ``Job`` of the ``Runner``.
- A job belongs to the runner, never to a widget: a tab may close while its request is under way.
- Panels have two doors, ``show_thing(...)`` in and signals out; they know neither desk nor session.
- Before the first paint nothing of the core is imported but ``Draft``, the errors and ``_()``.
- Dialogs are shown with ``open()``; what is wrong is said where it is, in words and not by colour alone.
"""
