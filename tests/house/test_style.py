"""The gates of the code's style, read from the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "matcher").rglob("*.py"))
LONGEST_FUNCTION = 30
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def code_lines(function: Function, text: list[str]) -> int:
    documented = ast.get_docstring(function, clean=False) is not None
    first = function.body[1 if documented and len(function.body) > 1 else 0].lineno
    start, end = function.lineno, function.end_lineno or function.lineno
    signature = range(start, function.body[0].lineno)
    body = range(first, end + 1)
    numbers = [*signature, *body]
    lines = (text[number - 1].strip() for number in dict.fromkeys(numbers))
    return sum(1 for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_is_longer_than_thirty_lines_of_code(path):
    text = path.read_text(encoding="utf-8").splitlines()
    long = {each.name: code_lines(each, text) for each in functions(path)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_hides_in_a_function(path):
    hidden = [
        (function.name, node.lineno)
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_only_the_top_package_says_anything_in_its_init():
    inits = [path for path in SOURCES if path.name == "__init__.py"]
    speaking = [path.parent.name for path in inits if path.read_text().strip()]
    assert speaking == ["matcher"]


def test_nothing_is_left_for_later():
    marks = ("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error")
    left = [(path.name, mark) for path in SOURCES for mark in marks if mark in path.read_text()]
    assert left == []


def test_no_modules_import_each_other_in_a_ring():
    graph = {module_name(path): imports(path) for path in SOURCES}
    rings = [name for name in graph if reaches(graph, name, name)]
    assert rings == []


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("matcher.")}


def reaches(graph: dict[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    ahead = list(graph.get(start, ()))
    while ahead:
        name = ahead.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            ahead += graph.get(name, ())
    return False
