"""The window: from a click to what is painted.

Who may import whom, upper from lower only (checked by import-linter with the tests)::

    app                    main(): QApplication, theme, the window; counts nothing, computes nothing
      main_window          the shell: navigation, request tabs, menus, drop target
        sending | importing   the two flows that need several answers from the desk
          desk | request_tab | start_page   the bridge to the core | one request and its response
            backroom | request | response | certificates | lab   the desk's half in the worker | panels
              models | widgets | actions   item models over core data, small reusable pieces
                theme | icons | runner     palettes, tinted SVGs, the worker thread

What happens on a click::

    Send button -> RequestTab.send_requested(Request)           plain data, read from the panels
      -> Sending -> Desk.send(request, ...) -> Runner           UI thread ends here
        -> Backroom.session.send(request)                       asyncio loop, worker thread
      <- Job.progressed / Job.done, queued to the UI thread
    RequestTab.show_exchange(exchange) -> panels -> models -> paint

The rules that keep it quick and honest:

- The UI thread does no disk, network, keyring or lab work; all of that is a ``Job`` of the ``Runner``.
- A job belongs to the runner, never to a widget: a tab may close while its request is under way.
- Panels have two doors, ``show_thing(...)`` in and signals out; they know neither desk nor session.
- The window is painted before anything of the core but plain data is imported.
"""
