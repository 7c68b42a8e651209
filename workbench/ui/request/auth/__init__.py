"""Who asks: the page of the authorization, and a form for each kind."""
