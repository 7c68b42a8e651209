"""The last but one way to change a YAML text: through ruamel's own round trip, which keeps comments and anchors."""

import io

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from workbench.core.collection.encoding import Malformed
from workbench.core.collection.yml.source import Data, Plain


def round_trip(text: str, wanted: Data) -> str:
    """``text`` saying ``wanted``; layout may change all over. Raises ``Malformed`` when that fails."""
    yaml = YAML()
    yaml.composer.warn_double_anchors = False  # it would write the file's words to the terminal
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        document = yaml.load(text)
        stream = io.StringIO()
        yaml.dump(_changed(document, wanted), stream)
    except (YAMLError, ValueError, TypeError, AttributeError, LookupError) as error:
        raise Malformed(str(error)) from error
    return stream.getvalue()


def _changed(there: object, wanted: Data) -> object:
    if isinstance(wanted, dict):
        return _changed_mapping(there if isinstance(there, CommentedMap) else CommentedMap(), wanted)
    if isinstance(wanted, list):
        return _changed_list(there if isinstance(there, CommentedSeq) else CommentedSeq(), wanted)
    if isinstance(wanted, Plain):
        return there if str(there) == wanted.text else YAML(typ="safe", pure=True).load(wanted.text)
    return there if isinstance(there, str) and there == wanted else wanted


def _changed_mapping(there: CommentedMap, wanted: dict[str, Data]) -> CommentedMap:
    for key in [key for key in there if key not in wanted]:
        del there[key]
    for key, value in wanted.items():
        changed = _changed(there.get(key), value)
        if key not in there or changed is not there[key]:
            there[key] = changed
    return there


def _changed_list(there: CommentedSeq, wanted: list[Data]) -> CommentedSeq:
    for place, value in enumerate(wanted):
        if place >= len(there):
            there.append(_changed(None, value))
        elif (changed := _changed(there[place], value)) is not there[place]:
            there[place] = changed
    del there[len(wanted) :]
    return there
