"""AWS Signature Version 4 against the examples that Amazon published."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from workbench.core import url
from workbench.core.auth import AWSSignature
from workbench.core.auth.aws import canonical_path, canonical_query, placed, signed
from workbench.core.errors import InvalidInput
from workbench.core.request import Headers

SUITE = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
S3_DAY = datetime(2013, 5, 24, tzinfo=UTC)
ANYBODY = AWSSignature("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", service="service", region="us-east-1")
BUCKET = AWSSignature(
    "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", service="s3", region="us-east-1"
)
NOTHING = sha256(b"").hexdigest()
FORM: Headers = (("Content-Type", "application/x-www-form-urlencoded"),)


def signature(auth: AWSSignature, method: str, address: str, headers: Headers, body: str, now: datetime) -> str:
    fields = dict(signed(auth, method, url.parse(address), headers, body, now))
    return fields["Authorization"].rpartition("Signature=")[2]


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "wanted"),
    [
        ("GET", "/", (), b"", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("POST", "/", (), b"", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        (
            "GET",
            "/?Param2=value2&Param1=value1",
            (),
            b"",
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        (
            "GET",
            "/",
            (("My-Header1", " value1"), ("My-Header2", ' "a   b   c"')),
            b"",
            "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
        ),
        (
            "POST",
            "/",
            FORM,
            b"Param1=value1",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        ),
        ("GET", "/example/..", (), b"", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("GET", "//", (), b"", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    ],
)
def test_the_suite(method: str, target: str, headers: Headers, body: bytes, wanted: str) -> None:
    address = f"https://example.amazonaws.com{target}"
    assert signature(ANYBODY, method, address, headers, sha256(body).hexdigest(), SUITE) == wanted


def test_the_iam_example() -> None:
    auth = AWSSignature(ANYBODY.access_key_id, ANYBODY.secret_access_key, service="iam", region="us-east-1")
    headers = (("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),)
    address = "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"
    wanted = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    assert signature(auth, "GET", address, headers, NOTHING, SUITE) == wanted


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "wanted"),
    [
        (
            "GET",
            "/test.txt",
            (("Range", "bytes=0-9"),),
            b"",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "PUT",
            "/test$file.text",
            (("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")),
            b"Welcome to Amazon S3.",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        ("GET", "/?lifecycle", (), b"", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        (
            "GET",
            "/?max-keys=2&prefix=J",
            (),
            b"",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
)
def test_the_examples_of_s3(method: str, target: str, headers: Headers, body: bytes, wanted: str) -> None:
    target = target.replace("$", "%24")
    address = f"https://examplebucket.s3.amazonaws.com{target}"
    assert signature(BUCKET, method, address, headers, sha256(body).hexdigest(), S3_DAY) == wanted


def test_what_is_sent_along() -> None:
    auth = AWSSignature("id", "hush", "passing", "s3", "eu-central-1")
    given = (("X-Amz-Date", "old"), ("Authorization", "old"), ("X-Mine", "stays"))
    fields = dict(signed(auth, "GET", url.parse("https://b.s3.eu-central-1.amazonaws.com/"), given, NOTHING, S3_DAY))
    assert fields["X-Amz-Date"] == "20130524T000000Z"
    assert fields["X-Amz-Security-Token"] == "passing"
    assert fields["X-Amz-Content-Sha256"] == NOTHING
    assert fields["X-Mine"] == "stays"
    assert "Credential=id/20130524/eu-central-1/s3/aws4_request" in fields["Authorization"]
    names = "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-mine,"
    assert names in fields["Authorization"]
    assert "hush" not in repr(auth)
    assert "passing" not in repr(auth)


def test_paths_of_s3_are_signed_as_sent_and_others_encoded_again() -> None:
    assert canonical_path("/a%20b//../c", "s3") == "/a%20b//../c"
    assert canonical_path("/a%20b/./c/../d/", "lambda") == "/a%2520b/d/"
    assert canonical_path("/", "lambda") == canonical_path("/..", "lambda") == "/"


def test_queries() -> None:
    assert canonical_query("b=2&a=%7e+x&a=&c&A=1") == "A=1&a=&a=~%20x&b=2&c="


@pytest.mark.parametrize(
    ("host", "service", "region"),
    [
        ("dynamodb.eu-central-1.amazonaws.com", "dynamodb", "eu-central-1"),
        ("bucket.s3.us-gov-west-1.amazonaws.com", "s3", "us-gov-west-1"),
        ("abc.execute-api.cn-north-1.amazonaws.com.cn", "execute-api", "cn-north-1"),
        ("lambda.eu-west-1.api.aws", "lambda", "eu-west-1"),
    ],
)
def test_host_names_tell_service_and_region(host: str, service: str, region: str) -> None:
    found = placed(AWSSignature("id", "key"), host)
    assert (found.service, found.region) == (service, region)
    kept = placed(AWSSignature("id", "key", service="mine", region="here"), host)
    assert (kept.service, kept.region) == ("mine", "here")


@pytest.mark.parametrize(
    ("auth", "what"),
    [
        (AWSSignature("id", "key", region="eu-west-1"), "service"),
        (AWSSignature("id", "key", service="s3"), "region"),
        (AWSSignature("", "key", service="s3", region="eu-west-1"), "access key"),
        (AWSSignature("id", "", service="s3", region="eu-west-1"), "access key"),
    ],
)
def test_what_is_missing_is_named(auth: AWSSignature, what: str) -> None:
    with pytest.raises(InvalidInput, match=what):
        placed(auth, "localhost")
