"""Profiles of AWS's own tools."""

from pathlib import Path

import pytest

from workbench.core.auth import AWSSignature
from workbench.core.auth.aws_profile import opened
from workbench.core.errors import InvalidInput

CREDENTIALS = """
[default]
aws_access_key_id = ID0
aws_secret_access_key = hush0%(x)s
[dev]
aws_access_key_id=ID1
aws_secret_access_key=hush1
aws_session_token=passing
[half]
aws_access_key_id=ID2
"""
CONFIG = """
[default]
region = eu-west-1
[profile dev]
region = eu-central-1
output = json
[profile sso]
sso_session = work
[dev]
region = wrong
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "credentials").write_text(CREDENTIALS)
    (tmp_path / "config").write_text(CONFIG)
    return {
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
    }


def test_keys_and_region(files: dict[str, str]) -> None:
    dev = AWSSignature("", "", profile="dev")
    assert opened(dev, files) == AWSSignature("ID1", "hush1", "passing", region="eu-central-1", profile="dev")
    default = opened(AWSSignature("", "", region="here", profile="default"), files)
    assert (default.access_key_id, default.secret_access_key, default.region) == ("ID0", "hush0%(x)s", "here")


def test_what_the_request_says_itself_counts(files: dict[str, str]) -> None:
    own = AWSSignature("mine", "mine", profile="dev")
    assert opened(own, files) == own
    assert opened(AWSSignature("", ""), files) == AWSSignature("", "")


@pytest.mark.parametrize(
    ("profile", "why"), [("half", "no access key"), ("sso", "single sign-on"), ("gone", "does not exist")]
)
def test_profiles_without_keys(files: dict[str, str], profile: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=profile) as caught:
        opened(AWSSignature("", "", profile=profile), files)
    assert why in caught.value.detail


def test_no_files(tmp_path: Path) -> None:
    nowhere = {name: str(tmp_path / "no") for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE")}
    with pytest.raises(InvalidInput, match="default"):
        opened(AWSSignature("", "", profile="default"), nowhere)


def test_a_file_that_is_broken_is_not_quoted(files: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "credentials").write_text("hush = 1\n[dev]\n")
    with pytest.raises(InvalidInput) as caught:
        opened(AWSSignature("", "", profile="dev"), files)
    assert "hush" not in str(caught.value)
