"""The parameters of a URL and its text, kept in step both ways, nothing lost on the way.

The text is the truth of what is sent. A table beside it shows its query, piece by piece as it is written: nothing
is decoded, ``+`` and ``%20`` stay what they are, and so do order, duplicates, ``a`` beside ``a=``, the fragment and
``{{variables}}``. What the text cannot hold lives in the table alone: descriptions, and parameters that are off.

A path variable is a segment of the path that begins with a colon: ``/users/:id``.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.core.draft import Param, ParamKind
from workbench.core.variables import tokens

_MOST_COMPARED = 250_000  # pairs of parameters
_STRUCTURE = re.compile(r"[&#\x00-\x1f\x7f]|^ +| +$")
_STRUCTURE_OF_NAME = re.compile(r"[&#=\x00-\x1f\x7f]|^ +| +$")
_FILLER = "x"


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of a query: ``text`` as it stands, between two ampersands."""

    text: str
    name: str
    value: str

    @property
    def key(self) -> tuple[str, str]:
        return _escaped(self.name, _STRUCTURE_OF_NAME), _escaped(self.value, _STRUCTURE)


def params_of(url: str, params: Sequence[Param] = ()) -> tuple[Param, ...]:
    """The parameters of ``url``, with what ``params``, those before ``url`` was changed, know beyond it.

    Descriptions stay with their parameter, also when its name or value was changed; parameters that are off, and
    rows without a name and a value, stay where they are.
    """
    query = [param for param in params if param.kind is ParamKind.QUERY]
    path = [param for param in params if param.kind is ParamKind.PATH]
    new_query = _merged_query(query, _pieces(_parts(url).query or ""))
    new_path = _merged_path(path, path_names(url))
    if (new_query, new_path) == (query, path):
        return tuple(params)
    if params and params[0].kind is ParamKind.PATH:
        return (*new_path, *new_query)
    return (*new_query, *new_path)


def url_with(url: str, params: Sequence[Param]) -> str:
    """``url`` with the query that ``params`` make. Pieces that are not changed stay as they are written.

    A character that would end the parameter is percent-encoded: ``&`` and ``#``, in names ``=``, line breaks.
    """
    parts = _parts(url)
    existing = _pieces(parts.query or "")
    wanted = [param for param in params if _stands(param)]
    if [_key(param) for param in wanted] == [piece.key for piece in existing]:
        return url
    left = list(existing)
    written: list[str] = []
    for param in wanted:
        kept = next((piece for piece in left if piece.key == _key(param)), None)
        if kept is not None:
            left.remove(kept)
        written.append(kept.text if kept is not None else "=".join(_key(param)))
    query = "?" + "&".join(written) if written else ""
    return parts.before + query + parts.fragment


def path_names(url: str) -> tuple[str, ...]:
    """The names of the path variables of ``url``, in order, each once."""
    return tuple(dict.fromkeys(name for _start, _end, name in _path_variables(url)))


def fill_path(url: str, value_of: Callable[[str], str | None]) -> str:
    """``url`` with its path variables replaced; one for which ``value_of`` gives None stays as it is written."""
    pieces: list[str] = []
    at = 0
    for start, end, name in _path_variables(url):
        if (value := value_of(name)) is not None:
            pieces += url[at:start], value
            at = end
    return "".join((*pieces, url[at:]))


@dataclass(frozen=True, slots=True)
class _Parts:
    """``before`` the question mark, what follows it (None without one), and the fragment with its ``#``."""

    before: str
    query: str | None
    fragment: str


def _masked(text: str) -> str:
    """``text`` with variables made unrecognisable, each character where it was."""
    pieces: list[str] = []
    at = 0
    for token in tokens(text):
        pieces += text[at : token.start], _FILLER * (token.end - token.start)
        at = token.end
    return "".join((*pieces, text[at:]))


def _parts(url: str) -> _Parts:
    masked = _masked(url)
    end = masked.find("#")
    end = len(url) if end < 0 else end
    mark = masked.find("?", 0, end)
    if mark < 0:
        return _Parts(url[:end], None, url[end:])
    return _Parts(url[:mark], url[mark + 1 : end], url[end:])


def _pieces(query: str) -> list[_Piece]:
    return [piece for piece in _all_pieces(query) if piece.name or piece.value]


def _all_pieces(query: str) -> Iterator[_Piece]:
    masked = _masked(query)
    at = 0
    for part in masked.split("&"):
        text = query[at : at + len(part)]
        equals = part.find("=")
        name, value = (text[:equals], text[equals + 1 :]) if equals >= 0 else (text, "")
        yield _Piece(text, name, value)
        at += len(part) + 1


def _stands(param: Param) -> bool:
    """Whether ``param`` stands in the text of the URL's query."""
    return param.kind is ParamKind.QUERY and param.on and bool(param.name or param.value)


def _key(param: Param) -> tuple[str, str]:
    return _escaped(param.name, _STRUCTURE_OF_NAME), _escaped(param.value, _STRUCTURE)


def _escaped(text: str, structure: re.Pattern[str]) -> str:
    if structure.search(text) is None:
        return text
    masked = _masked(text)
    pieces: list[str] = []
    at = 0
    for match in structure.finditer(masked):
        pieces += text[at : match.start()], "".join(f"%{ord(char):02X}" for char in match[0])
        at = match.end()
    return "".join((*pieces, text[at:]))


def _merged_query(old: list[Param], new: list[_Piece]) -> list[Param]:
    standing = [param for param in old if _stands(param)]
    partners = _partners([_key(param) for param in standing], [piece.key for piece in new])
    survivors = set(partners.values())
    behind: dict[int, list[Param]] = {}  # what does not stand in the text, by the one it follows
    last = -1
    position = -1
    for param in old:
        if _stands(param):
            position += 1
            last = position if position in survivors else last
        else:
            behind.setdefault(last, []).append(param)
    merged = behind.get(-1, [])[:]
    for number, piece in enumerate(new):
        partner = partners.get(number)
        if partner is None:
            merged.append(Param(piece.name, piece.value))
            continue
        known = standing[partner]
        same = _key(known) == piece.key
        merged.append(known if same else replace(known, name=piece.name, value=piece.value))
        merged += behind.get(partner, [])
    return merged


def _partners(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> dict[int, int]:
    """For each of ``new`` that has been there before, in whatever form, which one of ``old`` it was."""
    if len(old) * len(new) > _MOST_COMPARED:  # as many as no person wrote: comparing each with each takes minutes
        return {place: place for place, (was, now) in enumerate(zip(old, new, strict=False)) if was == now}
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    partners = {
        match.b + number: match.a + number for match in matcher.get_matching_blocks() for number in range(match.size)
    }
    left = sorted(set(range(len(old))) - set(partners.values()))
    for length in (2, 1):  # moved, then changed in its value
        for here in range(len(new)):
            same = (there for there in left if old[there][:length] == new[here][:length])
            if here not in partners and (there := next(same, None)) is not None:
                partners[here] = there
                left.remove(there)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():  # changed in its name
        gone = [there for there in left if old_start <= there < old_end]
        unknown = [here for here in range(new_start, new_end) if here not in partners]
        if tag == "replace" and len(unknown) == len(gone):
            partners.update(zip(unknown, gone, strict=True))
    return partners


def _merged_path(old: list[Param], names: tuple[str, ...]) -> list[Param]:
    known = {param.name: param for param in reversed(old)}
    gone = [param for param in old if param.name not in names]
    added = [name for name in names if name not in known]
    renamed = dict(zip(added, gone, strict=True)) if len(added) == len(gone) else {}
    return [
        known[name] if name in known else replace(renamed.get(name, Param(kind=ParamKind.PATH)), name=name)
        for name in names
    ]


def _path_variables(url: str) -> Iterator[tuple[int, int, str]]:
    before = _parts(url).before
    masked = _masked(before)
    scheme = masked.find("://")
    authority = scheme + 3 if scheme >= 0 else 2 if masked.startswith("//") else 0
    at = masked.find("/", authority)
    while at >= 0:
        following = masked.find("/", at + 1)
        end = len(masked) if following < 0 else following
        segment = before[at + 1 : end]
        if segment.startswith(":") and len(segment) > 1 and segment[1:] == masked[at + 2 : end]:
            yield at + 1, end, segment[1:]
        at = following
