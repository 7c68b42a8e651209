"""What other programs write is brought to the doctor's codes, and what is no TLS error is said to be none.

The texts are put together around the fixed messages of each program, in ``texts.json``.
"""

import json
from pathlib import Path

import pytest

from workbench.core.explain import explain
from workbench.core.explain.alerts import MEANINGS
from workbench.core.explain.causes import CAUSES
from workbench.core.explain.phrases import comparable, known

TEXTS = [tuple(one.values()) for one in json.loads((Path(__file__).parent / "texts.json").read_text("utf-8"))]


@pytest.mark.parametrize(("text", "code", "culprit", "program"), TEXTS)
def test_what_programs_write(text: str, code: str, culprit: str, program: str | None) -> None:
    explanation = explain(text)
    assert (explanation.code, explanation.culprit) == (code, culprit)
    assert program in (None, explanation.program)
    assert explanation.title
    assert explanation.hint
    assert code not in explanation.candidates


def test_every_cause_has_words_and_every_pattern_a_cause() -> None:
    patterns = known().patterns
    told = {code for pattern in patterns for code in (pattern.code, pattern.at_server, *pattern.candidates) if code}
    told |= {code for both in MEANINGS.values() for code in both}
    assert told <= set(CAUSES)


def test_phrases_are_written_as_they_are_compared() -> None:
    listed = known()
    phrases = [phrase for pattern in listed.patterns for phrase in pattern.phrases]
    phrases += [*listed.at_server, *listed.as_client, *(mark for _name, marks in listed.programs for mark in marks)]
    assert [phrase for phrase in phrases if phrase != comparable(phrase) or not phrase] == []


def test_the_innermost_of_several_errors_is_the_cause() -> None:
    trace = (
        "javax.net.ssl.SSLHandshakeException: PKIX path validation failed\n"
        "Caused by: java.security.cert.CertPathValidatorException: validity check failed\n"
        "Caused by: java.security.cert.CertificateExpiredException: NotAfter: Sun Nov 29 07:28:29 UTC 2026"
    )
    explanation = explain(trace)
    assert explanation.code == "server-expired"
    assert "server-untrusted" in explanation.candidates


def test_foreign_text_stays_visible_and_short() -> None:
    explanation = explain("curl: (60) SSL certificate problem: certificate has expired \x1b[31m\u202e" + "x" * 5000)
    assert "\x1b" not in explanation.detail
    assert "\u202e" not in explanation.detail
    assert len(explanation.detail) < 1000


@pytest.mark.parametrize(
    "text", ["", "\0" * 100, "alert " * 50_000, "certificate is valid for " * 50_000, "…" * 10_000]
)
def test_any_text_is_answered(text: str) -> None:
    assert explain(text).code in CAUSES


def test_of_a_long_log_both_ends_are_read() -> None:
    noise = "all is well\n" * 100_000
    assert explain(f"x509: certificate signed by unknown authority\n{noise}").code == "server-untrusted"
    assert explain(f"{noise}x509: certificate signed by unknown authority").code == "server-untrusted"
