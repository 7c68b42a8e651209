"""Where the program keeps what it keeps."""

import os
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "MTLS_WORKBENCH_HOME"
_APPLICATION = "mtls-workbench"


@dataclass(frozen=True, slots=True)
class Home:
    """The program's folder. Nothing is created until something is stored."""

    root: Path

    @classmethod
    def default(cls) -> "Home":
        """The folder that ``MTLS_WORKBENCH_HOME`` names, else the platform's folder for a program's data."""
        chosen = os.environ.get(VARIABLE)
        if chosen:
            return cls(Path(chosen).expanduser().absolute())
        import platformdirs

        return cls(platformdirs.user_data_path(_APPLICATION, appauthor=False, roaming=False))

    @property
    def identities(self) -> Path:
        """Folder of the client identities."""
        return self.root / "identities"

    @property
    def trust(self) -> Path:
        """Folder of the CA bundles."""
        return self.root / "trust"

    @property
    def workspaces(self) -> Path:
        """Folder of the workspaces, a folder each by its id."""
        return self.root / "workspaces"

    @property
    def agreements(self) -> Path:
        """What collections from elsewhere may use."""
        return self.root / "agreements.json"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / "settings.json"
