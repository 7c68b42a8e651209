"""Set-Cookie for people."""

from workbench.core.content.cookies import SetCookie, cookies_of


def test_cookies_are_taken_apart_and_others_left_alone() -> None:
    fields = (
        ("Content-Type", "text/plain"),
        ("Set-Cookie", "sid=a=b; Path=/; Domain=corp.example; Max-Age=3600; Expires=x; Secure; HttpOnly; SameSite=Lax"),
        ("set-cookie", "plain"),
    )
    first, second = cookies_of(fields)
    assert first == SetCookie("sid", "a=b", "corp.example", "/", "3600 s", "Lax", ("Secure", "HttpOnly"))
    assert (second.name, second.value) == ("", "plain")


def test_a_value_is_not_in_the_representation() -> None:
    assert "geheim" not in repr(cookies_of((("Set-Cookie", "sid=geheim"),)))
