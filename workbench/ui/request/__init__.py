"""What to send: a panel that shows a ``Draft`` and reads it back, with a page for each of its parts.

::

    RequestPanel.show_draft(draft)  ─> AddressBar, ProofBar, Pages        draft()  <─
      Pages make a Page when it is first looked at: Page.show_draft(draft), Page.fill(draft)
      Variables (widgets.variables) colour, tell and complete {{names}} in all of them
      DraftHistory takes steps back; Surroundings say what is inherited
"""
