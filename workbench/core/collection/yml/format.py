"""OpenCollection as a format: which files there are, and how their texts are read and changed."""

# ruff: noqa: D102 - the protocol tells what each method does

from typing import Final

from workbench.core.collection.example import Example
from workbench.core.collection.format import is_newer
from workbench.core.collection.head import Head
from workbench.core.collection.yml import environment as environments
from workbench.core.collection.yml.data import edited, mapping, rows, text
from workbench.core.collection.yml.defaults import read_defaults, write_defaults
from workbench.core.collection.yml.example import read_examples, with_example
from workbench.core.collection.yml.head import hasty_head, head_of, plain_head
from workbench.core.collection.yml.item import placed, read_item, renamed, write_item
from workbench.core.collection.yml.render import document
from workbench.core.collection.yml.source import Data, Plain, parse
from workbench.core.collection.yml.splice import spliced
from workbench.core.draft import Defaults, Draft, Environment

_MAJOR: Final = 1


class OpenCollection:
    """OpenCollection 1.0 in YAML (``core.collection.format.Format``)."""

    suffixes: Final = (".yml", ".yaml")
    marker: Final = "opencollection.yml"
    root_file: Final = marker
    folder_file: Final = "folder.yml"

    def plain_head(self, source: str, *, whole: bool) -> Head | None:
        return plain_head(source, whole=whole)

    def head(self, source: str) -> Head:
        return head_of(source)

    def hasty_head(self, source: str) -> Head | None:
        return hasty_head(source)

    def newer(self, marker: str) -> str:
        version = text(mapping(parse(marker).data).get("opencollection"))
        return version if is_newer(version, _MAJOR) else ""

    def collection_name(self, marker: str) -> str:
        return text(mapping(mapping(parse(marker).data).get("info")).get("name"))

    def ignored(self, marker: str) -> tuple[str, ...]:
        bruno = mapping(mapping(mapping(parse(marker).data).get("extensions")).get("bruno"))
        return tuple(text(path) for path in rows(bruno.get("ignore")))

    def new_marker(self, name: str) -> str:
        ignore: Data = ["node_modules", ".git"]
        return document(
            {
                "opencollection": "1.0.0",
                "info": {"name": name},
                "bundled": Plain("false"),
                "extensions": {"bruno": {"ignore": ignore}},
            }
        )

    def renamed_marker(self, marker: str, name: str) -> str:
        source = parse(marker)
        file = mapping(source.data)
        info = edited(mapping(file.get("info")), {"name": name}, ("name",))
        return spliced(source, edited(file, {"info": info}, ("opencollection", "info")))

    def read_item(self, source: str) -> Draft:
        return read_item(parse(source).data)

    def edited_item(self, source: str, draft: Draft) -> str:
        parsed = parse(source)
        if read_item(parsed.data) == draft:
            return source
        return spliced(parsed, write_item(parsed.data, draft))

    def new_item(self, draft: Draft, seq: int) -> str:
        return document(mapping(write_item({}, draft, Plain(str(seq)))))

    def renamed(self, source: str, name: str) -> str:
        parsed = parse(source)
        return spliced(parsed, renamed(parsed.data, name))

    def placed(self, source: str, seq: int) -> str:
        parsed = parse(source)
        return spliced(parsed, placed(parsed.data, Plain(str(seq))))

    def new_folder(self, name: str, seq: int | None) -> str:
        info: dict[str, Data] = {"name": name, "type": "folder"}
        return document({"info": info if seq is None else {**info, "seq": Plain(str(seq))}})

    def read_defaults(self, source: str) -> Defaults:
        return read_defaults(parse(source).data)

    def edited_defaults(self, source: str, defaults: Defaults) -> str:
        parsed = parse(source)
        if read_defaults(parsed.data) == defaults:
            return source
        return spliced(parsed, write_defaults(parsed.data, defaults))

    def read_environment(self, source: str, name: str) -> Environment:
        found = environments.read_environment(parse(source).data)
        return found if found.name else environments.named(found, name)

    def edited_environment(self, source: str, environment: Environment) -> str:
        parsed = parse(source)
        if environments.read_environment(parsed.data) == environment:
            return source
        return spliced(parsed, environments.write_environment(parsed.data, environment))

    def new_environment(self, environment: Environment) -> str:
        return document(mapping(environments.write_environment({}, environment)))

    def embedded(self, marker: str) -> tuple[Environment, ...]:
        return tuple(environments.read_environment(data) for data in environments.embedded(parse(marker).data))

    def edited_embedded(self, marker: str, name: str, environment: Environment | None) -> str:
        parsed = parse(marker)
        return spliced(parsed, environments.with_embedded(parsed.data, name, environment))

    def examples(self, source: str) -> tuple[Example, ...]:
        return read_examples(parse(source).data)

    def with_example(self, source: str, example: Example) -> str:
        parsed = parse(source)
        return spliced(parsed, with_example(parsed.data, example))
