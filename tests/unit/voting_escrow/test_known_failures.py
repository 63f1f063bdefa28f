"""Every row of the known failures that concerns the escrow is named by a test here."""

import ast
import re
from pathlib import Path

ROWS = {*(f"V{n}" for n in range(1, 18)), *(f"D{n}" for n in range(1, 12)), *(f"A{n}" for n in range(1, 13))}
ROWS |= {"N13", "N14"}


def test_every_known_failure_has_a_test():
    named = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                head = (ast.get_docstring(node) or "").split(":")[0]
                named |= set(re.findall(r"\b[A-Z]\d+\b", head))
    assert named == ROWS
