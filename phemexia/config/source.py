"""YAML files as plain text values that remember their lines.

Every scalar stays the text that was written: YAML's own guesses (an unquoted address is a number to it) never
reach a model.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from phemexia.errors import Refused

M = TypeVar("M", bound=BaseModel)
Key = tuple[str | int, ...]
"""Where a value stands: names of keys, and positions in lists from 0."""


def dotted(path: Key) -> str:
    """`("allocations", 2, "place")` as `allocations[2].place`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


@dataclass(frozen=True)
class Source:
    """One file: its nested values (all text) and the line of each key, by path; ``()`` is the file itself."""

    name: str
    values: Any
    lines: dict[Key, int]

    def refuse(self, path: Key, problem: str) -> Refused:
        """The sentence for a problem at that path, with the line of the nearest key that exists."""
        at = path
        while at not in self.lines:
            at = at[:-1]
        subject = dotted(path)
        return Refused(f"{self.name}, line {self.lines[at]}: {subject + ' ' if subject else ''}{problem}")

    def validate(self, model: type[M]) -> M:
        """The file as that model; the first problem in it as a sentence."""
        if not isinstance(self.values, dict):
            raise self.refuse((), f"should hold the keys {', '.join(model.model_fields)}")
        try:
            return model.model_validate(self.values)
        except ValidationError as error:
            # An unknown key is most often the missing one misspelt: name it first.
            problems = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
            problem = problems[0]
            path = tuple(problem["loc"])
            raise self.refuse(path, self._sentence(path, problem, problems)) from None

    def _sentence(self, path: Key, problem: Any, problems: list[Any]) -> str:
        kind = problem["type"]
        if kind == "missing":
            return "is missing"
        if kind == "extra_forbidden":
            siblings = [p["loc"][-1] for p in problems if p["type"] == "missing" and p["loc"][:-1] == path[:-1]]
            close = get_close_matches(str(path[-1]), [str(s) for s in siblings], n=1)
            return "is not a known key" + (f" (is it meant to be {close[0]}?)" if close else "")
        if kind == "value_error":
            return str(problem["ctx"]["error"])
        if kind == "literal_error":
            return f'should be {problem["ctx"]["expected"]}, not "{problem["input"]}"'.replace("'", "")
        if kind == "model_type":
            return "should hold keys of its own"
        if kind == "list_type":
            return "should be a list"
        return f"is wrong: {problem['msg'][0].lower()}{problem['msg'][1:]}"


def read(path: Path, name: str) -> Source:
    """Read a YAML file; ``name`` is what messages call it."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise Refused(f"{name} can't be read: does it exist?") from None
    except UnicodeDecodeError:
        raise Refused(f"{name} is not a UTF-8 text file") from None
    try:
        node = YAML(typ="rt").compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise Refused(f"{name}{where}: this is not YAML: {error.problem}") from None
    except YAMLError as error:
        raise Refused(f"{name} is not YAML: {str(error).splitlines()[0]}") from None
    source = Source(name, {}, {(): 1})
    if node is None:
        return source
    return Source(name, _plain(node, (), source), source.lines)


def _plain(node: Node, path: Key, source: Source) -> Any:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            source.lines[(*path, index)] = item.start_mark.line + 1
            items.append(_plain(item, (*path, index), source))
        return items
    assert isinstance(node, MappingNode)
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key, str):
            raise source.refuse(path, "has a key that is not a word")
        here = (*path, key)
        if key in values:
            source.lines[here] = key_node.start_mark.line + 1
            raise source.refuse(here, "is there twice")
        source.lines[here] = key_node.start_mark.line + 1
        values[key] = _plain(value_node, here, source)
    return values
