"""Where the bundled programs begin: the command's own ``main``, or the window that ``self-test`` paints."""

import sys

if sys.argv[1:] == ["--painted"]:  # a bundle has no ``python -m``
    from workbench.ui.painted import main
else:
    from workbench.__main__ import main

sys.exit(main())
