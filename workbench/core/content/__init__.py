"""Bodies made ready to be read, without a window: kinds, charsets, rows, layouts, filters, tables, events.

::

    bytes -> kinds      what it is, by its media type or by how it begins
          -> preparing  one form of it (as it came, laid out, filtered, minified) as UTF-8 rows with folds
             charset, layout_json, layout_markup, filters, tables      what the forms are made by
          -> lines      rows to show, to search (search) and to cut pieces from, over a map of the file
    process             the same in a process of its own, for bodies that would hold up the window
    drawing             SVG without what leads outside
    events              text/event-stream as it arrives

Everything takes time in proportion to the body: none of it belongs into a UI thread, but for reading ``lines``.
"""
