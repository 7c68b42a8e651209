"""Preferences: a page for each sort of settings, made from their declarations; what is changed holds at once.

::

    PreferencesDialog   dialog        the pages, and which of them is in front
    SettingsPage        page          the settings of one page, a row each
    Editor              editors       the widget for one kind of value
    KeysPage            keys_page     which keys do what; keys says what can be assigned
    PrivacyPage         privacy_page  what is kept about requests, and how it goes
    PlacesList          places        where things are kept
"""
