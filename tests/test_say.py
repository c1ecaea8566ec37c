"""The catalogues of sentences: two languages of one content, and no Chinese sentence in code."""

import ast
import doctest
import re
import string
from importlib import resources
from pathlib import Path

import pytest

from minshi_analysis import locales, reasons
from minshi_analysis.reasons import catalogue, say, why

PACKAGE = Path(reasons.__file__).parent
WORDS = resources.files("minshi_analysis") / "words"
ROOMS = sorted({path.name.split(".")[0] for path in WORDS.iterdir()} - {"sheet", "glosses"})


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("module", [locales, reasons])
def test_examples_run(module):
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 4) == (0, True)


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_say_the_same(room):
    """The same codes, each with the same parameters; and the same kinds of words."""
    chinese, english = catalogue("zh", room), catalogue("en", room)
    assert set(chinese) - {"mark"} == set(english) - {"mark"}
    assert set(chinese.get("say", ())) == set(english.get("say", ()))
    for code, sentence in chinese.get("say", {}).items():
        if room != "reasons":
            assert placeholders(sentence) == placeholders(english["say"][code]), code
    for part in set(chinese) - {"mark", "say", "words"}:
        assert set(chinese[part]) == set(english[part]), part
    if room not in ("reasons", "terms"):
        for kind, words in chinese.get("words", {}).items():
            assert set(words) == set(english["words"][kind]), kind


def test_lists_and_parts_are_sentences_of_their_own():
    parts = [why("terms.amount", value=1000 * n, unit="人") for n in (1, 2)]
    assert say("terms.amount_at_least", "zh", amount=parts) == "1,000 人；2,000 人以上"
    assert say("terms.amount_at_least", "en", amount=parts) == "at least 1,000 people; 2,000 people"


def test_an_unknown_language_says_which_there_are():
    with pytest.raises(ValueError, match="choose en or zh"):
        catalogue("fr", "terms")


# What a person is told stands in the catalogues. Of Chinese, code may hold words by which documents are read: a unit or a word
# of six characters at most (with the punctuation of a sentence: three), a pattern, a constant of its module (upper case, without
# such punctuation). Rooms that speak to people hold words in constants only.
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PUNCTUATION = re.compile(r"[，。；：！？]")
PATTERN = re.compile(r"[\[(\\|]")
SPEAKING = {"notebook"}


def chinese_in(path: Path) -> list[tuple[int, str]]:
    """Chinese literals of a module that are no vocabulary, with their lines; docstrings apart."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    constants = {
        id(part)
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id.strip("_").isupper()
        for part in ast.walk(node.value)
    }

    def vocabulary(node: ast.Constant) -> bool:
        marked, constant = bool(PUNCTUATION.search(node.value)), id(node) in constants
        word = len(CHINESE.findall(node.value)) <= (3 if marked else 6)
        if path.parent.name in SPEAKING:
            return constant and (word or bool(PATTERN.search(node.value)))
        return word or bool(PATTERN.search(node.value)) or (constant and not marked)

    literals = [
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return [
        (node.lineno, node.value)
        for node in literals
        if CHINESE.search(node.value) and id(node) not in docs and not vocabulary(node)
    ]


@pytest.mark.parametrize("room", ["notebook", "audit", "metrics"])
def test_code_holds_no_chinese_sentence(room):
    left = {path.name: chinese_in(path) for path in sorted((PACKAGE / room).glob("*.py"))}
    left = {name: found for name, found in left.items() if found}
    assert left == {}


@pytest.mark.parametrize(
    ("code", "clean"),
    [
        ('def f():\n    return "没有印资金"', True),
        ('def f():\n    return "计划没有印资金，不知道"', False),
        ('def f(n):\n    return f"共 {n} 个目标没有印出份额的"', False),
        ('WORDS = ("招标", "选址")', True),
    ],
)
def test_the_rule_can_fail(tmp_path, code, clean):
    path = tmp_path / "module.py"
    path.write_text(code, "utf-8")
    assert (chinese_in(path) == []) is clean
