"""Access keys from the files that AWS's own tools keep: ``~/.aws/credentials`` and ``~/.aws/config``."""

import configparser
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from workbench.core.auth.kinds import AWSSignature
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _

_KEYS = ("aws_access_key_id", "aws_secret_access_key")
_ELSEWHERE = ("sso_session", "sso_start_url", "role_arn", "credential_process", "web_identity_token_file")


def opened(auth: AWSSignature, environment: Mapping[str, str] = os.environ) -> AWSSignature:
    """``auth`` with keys, and a region where it has none, of the profile that it names; blocks.

    What ``auth`` says itself counts. ``environment`` may name other files (``AWS_SHARED_CREDENTIALS_FILE``,
    ``AWS_CONFIG_FILE``). Raises ``InvalidInput`` for a profile that is not there or holds no keys.
    """
    if not auth.profile or auth.access_key_id:
        return auth
    credentials = _path(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials")
    config = _path(environment, "AWS_CONFIG_FILE", "config")
    named = auth.profile if auth.profile == "default" else f"profile {auth.profile}"
    found = {**_section(config, named), **_section(credentials, auth.profile)}
    if not all(found.get(key) for key in _KEYS):
        raise _missing(auth.profile, found, (credentials, config))
    return replace(
        auth,
        access_key_id=found[_KEYS[0]],
        secret_access_key=found[_KEYS[1]],
        session_token=auth.session_token or found.get("aws_session_token", ""),
        region=auth.region or found.get("region", ""),
    )


def _path(environment: Mapping[str, str], variable: str, name: str) -> Path:
    given = environment.get(variable)
    return Path(given).expanduser() if given else Path.home() / ".aws" / name


def _section(path: Path, name: str) -> Mapping[str, str]:
    parser = configparser.ConfigParser(interpolation=None, strict=False, default_section="")
    try:
        parser.read_string(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, configparser.Error) as error:
        raise InvalidInput(
            _("The AWS profiles on this computer cannot be read."),
            detail=f"{path}: {type(error).__name__}",  # a parser's words quote the line, which may be a key
            hint=_("Correct the file, or enter the access key on the Authorization page."),
        ) from None
    return dict(parser[name]) if parser.has_section(name) else {}


def _missing(profile: str, found: Mapping[str, str], files: tuple[Path, ...]) -> InvalidInput:
    where = ", ".join(str(file) for file in files)
    if any(name in found for name in _ELSEWHERE):
        why = _("It gets its keys in a way that only AWS's own tools support (single sign-on, a role, a program).")
    elif found:
        why = _("It has no access key.")
    else:
        why = _("It does not exist.")
    return InvalidInput(
        _("The AWS profile “{name}” cannot be used.").format(name=profile),
        detail=f"{why} {where}",
        hint=_("Choose another profile, or enter the access key on the Authorization page."),
    )
