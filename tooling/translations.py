"""Every text of the window with its context, collected for translators, and made ready to load.

Qt's own `lupdate` finds texts in Python only where `tr` is called on an object: neither the
functions that a module has for itself, nor plurals with a context. So it is given a file that says
all of them in its own way, and does what it is good at: keeps the translations that are there.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tooling.programs import ROOT, SUFFIX, say

SOURCES = ROOT / "desktop"
FOLDER = ROOT / "resources" / "translations"
SOURCE_LANGUAGE = "en"  # of it only the plurals are translated: the rest is in the source


@dataclass(frozen=True, order=True)
class Text:
    """What a translator translates; `context` is where it stands."""

    context: str
    words: str
    is_plural: bool = False


@dataclass
class Found:
    """The texts of the sources, and the calls of which nobody can say what they translate.

    Attributes:
        tables: contexts of texts that are marked in a table and looked up there.
    """

    texts: set[Text] = field(default_factory=set)
    looked_up: list[tuple[str, str]] = field(default_factory=list)  # context and place
    tables: set[str] = field(default_factory=set)

    @property
    def unknown(self) -> list[str]:
        """Places where something is translated that is neither a literal nor in a table."""
        return [place for context, place in self.looked_up if context not in self.tables]


def texts_in(folder: Path = SOURCES) -> Found:
    """Read all sources beneath a folder."""
    found = Found()
    for path in sorted(folder.rglob("*.py")):
        source = ast.parse(path.read_text("utf-8"))
        _Reader(found, path.relative_to(folder).as_posix(), source).visit(source)
    return found


class _Reader(ast.NodeVisitor):
    """Reads one source."""

    def __init__(self, found: Found, name: str, source: ast.Module) -> None:
        self._found = found
        self._name = name
        self._classes: list[str] = []
        self._own = dict(_own_functions(source))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name not in self._own or self._classes:
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        match node.func:
            case ast.Name(id=name) if name in self._own:
                context, is_plural = self._own[name]
                self._take(context, node.args[0], is_plural=is_plural)
            case ast.Name(id="QT_TRANSLATE_NOOP"):
                context = _literal(node.args[0])
                self._found.tables.add(context)
                self._take(context, node.args[1])
            case ast.Attribute(value=ast.Name(id="QCoreApplication"), attr="translate"):
                is_plural = len(node.args) > 3
                self._take(_literal(node.args[0]), node.args[1], is_plural=is_plural)
            case ast.Attribute(value=ast.Name(id="self"), attr="tr"):
                self._take(self._classes[-1], node.args[0], is_plural=len(node.args) > 2)
            case ast.Attribute(attr="tr"):
                self._found.looked_up.append(("", self._place(node)))

    def _take(self, context: str, argument: ast.expr, *, is_plural: bool = False) -> None:
        for one in _branches(argument):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                self._found.texts.add(Text(context, one.value, is_plural))
            else:
                self._found.looked_up.append((context, self._place(one)))

    def _place(self, node: ast.expr) -> str:
        return f"{self._name}:{node.lineno}"


def _own_functions(source: ast.Module) -> Iterator[tuple[str, tuple[str, bool]]]:
    """The functions by which a module translates, with their context and whether they count."""
    for function in source.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        arguments = {argument.arg for argument in function.args.args}
        for call in ast.walk(function):
            match call:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="QCoreApplication"), attr="translate"),
                    args=[ast.Constant(value=str(context)), text, *rest],
                ) if _name(text) in arguments:
                    yield function.name, (context, len(rest) > 1)


def _name(text: ast.expr) -> str:
    """The variable that is translated, without `str(...)` around it."""
    match _branches(text):
        case [ast.Name(id=name)]:
            return name
        case _:
            return ""


def _branches(argument: ast.expr) -> list[ast.expr]:
    """What a conditional expression can be, without `str(...)` around it."""
    match argument:
        case ast.IfExp(body=body, orelse=orelse):
            return [*_branches(body), *_branches(orelse)]
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            return _branches(inner)
        case _:
            return [argument]


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def said_for_lupdate(texts: Iterable[Text]) -> str:
    """The texts as a source that Qt's `lupdate` understands."""
    lines: list[str] = []
    context = ""
    for text in sorted(texts):
        if text.context != context:
            context = text.context
            lines += [f"class {context}:", "    def texts(self):"]
        words = text.words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        count = ', "", 1' if text.is_plural else ""
        lines.append(f'        self.tr("{words}"{count})')
    return "\n".join(lines) + "\n"


def update(texts: Iterable[Text], files: Iterable[Path]) -> None:
    """Bring these .ts files in line with the texts; what is translated in them stays."""
    with TemporaryDirectory() as name:
        source = Path(name) / "texts.py"
        source.write_text(said_for_lupdate(texts), "utf-8")
        for path in files:
            language = path.stem.partition("_")[2]
            only = ["-pluralonly"] if language == SOURCE_LANGUAGE else []
            kept = ["-no-obsolete", "-locations", "none", *only]
            languages = ["-source-language", "en", "-target-language", language]
            _run("pyside6-lupdate", *kept, *languages, str(source), "-ts", str(path))


def release(files: Iterable[Path]) -> None:
    """Make the .qm file beside each .ts file, which is what the program loads."""
    for path in files:
        _run("pyside6-lrelease", "-silent", str(path), "-qm", str(path.with_suffix(".qm")))


def _run(name: str, *arguments: str) -> None:
    program = Path(sysconfig.get_path("scripts")) / f"{name}{SUFFIX}"
    subprocess.run([str(program), *arguments], check=True, stdout=sys.stderr)


def main(languages: list[str]) -> int:
    """Renew all translations; those of `languages` are begun where there are none."""
    found = texts_in()
    for place in found.unknown:
        say(f"{place}: nobody can say what is translated here.")
    FOLDER.mkdir(exist_ok=True)
    wanted = {FOLDER / f"tandem_{language}.ts" for language in languages}
    files = sorted({*FOLDER.glob("tandem_*.ts"), *wanted})
    update(found.texts, files)
    release(files)
    say(f"{len(found.texts)} texts, {', '.join(path.name for path in files)}.")
    return 1 if found.unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
