"""The house rules that a machine can hold (docs: README "Rooms"; layers themselves are import-linter's)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
APPS = ("agencies", "directives", "reports")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCOPES = {"visible_to", "open_to", "editable_by", "reviewable_by"}
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Django's own views, wrapped; their names are the classes'.
CLASS_VIEWS = {"sign_in": "_SignIn", "sign_out": "LogoutView"}


def modules(*patterns: str) -> list[Path]:
    """Python files of the apps whose path inside the app matches one of the patterns."""
    found = (path for app in APPS for pattern in patterns for path in (ROOT / app).glob(pattern))
    return sorted(path for path in found if path.name != "__init__.py")


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


INTERFACE = modules("views.py", "views/*.py", "forms.py", "forms/*.py", "tasks.py", "charts.py", "pdf/**/*.py")


@pytest.mark.parametrize("path", INTERFACE, ids=named)
def test_only_verbs_write(path: Path) -> None:
    """Views, forms, tasks and reports call actions; a set's `.update` and a file's `.save` are not rows."""
    writes = [
        f"{path.name}:{call.lineno} .{call.func.attr}"
        for call in calls(parse(path))
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES and "objects" in ast.unparse(call.func)
    ]
    assert writes == []


@pytest.mark.parametrize("path", modules("views.py", "views/*.py"), ids=named)
def test_a_view_fetches_only_through_a_scope(path: Path) -> None:
    for call in calls(parse(path)):
        words = ast.unparse(call.func)
        if words == "get_object_or_404":
            assert any(scope in ast.unparse(call.args[0]) for scope in SCOPES), f"{path.name}:{call.lineno}"
        assert not words.endswith("objects.get"), f"{path.name}:{call.lineno} fetches past every scope"


@pytest.mark.parametrize("path", modules("actions/*.py"), ids=named)
def test_a_verb_says_who_and_when(path: Path) -> None:
    for node in parse(path).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        keywords = {argument.arg for argument in node.args.kwonlyargs}
        assert {"by", "now"} <= keywords, f"{path.name}: {node.name} takes by= and now= by keyword"


@pytest.mark.parametrize("path", modules("*.py", "**/*.py"), ids=named)
def test_a_module_is_small(path: Path) -> None:
    if "migrations" not in path.parts:
        assert len(path.read_text("utf-8").splitlines()) <= 300


def test_models_have_no_hidden_order_and_no_logic_in_save() -> None:
    for model in (model for app in APPS for model in apps.get_app_config(app).get_models()):
        assert model._meta.ordering in ([], ()), model
        assert "save" not in vars(model), model


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address of the portal except Django's admin, which has its own guard."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                yield from patterns(entry)
        else:
            yield entry


PATTERNS = sorted(patterns(), key=lambda pattern: str(pattern.name))


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: str(pattern.name))
def test_every_view_states_its_right(pattern: URLPattern) -> None:
    has_right = hasattr(pattern.callback, "permission")
    is_public = bool(getattr(pattern.callback, "public_reason", ""))
    assert has_right != is_public


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: str(pattern.name))
def test_one_name_through_all_layers(pattern: URLPattern) -> None:
    view = getattr(pattern.callback, "__name__", "")
    app = pattern.callback.__module__.partition(".")[0]
    assert pattern.name in (view, f"{app}_{view}") or CLASS_VIEWS.get(str(pattern.name)), view
    if app in APPS:
        assert (ROOT / "tests" / app / f"test_{pattern.name}.py").is_file(), f"no test file for {pattern.name}"


@pytest.mark.parametrize("path", modules("views.py", "views/*.py"), ids=named)
def test_a_view_is_short(path: Path) -> None:
    for node in parse(path).body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            assert (node.end_lineno or 0) - node.lineno < 25, f"{path.name}: {node.name}"


@pytest.mark.parametrize("path", modules("views.py", "views/*.py"), ids=named)
def test_the_right_is_asked_before_anything_else(path: Path) -> None:
    for node in parse(path).body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            first = ast.unparse(node.decorator_list[0])
            assert first.startswith(("requires(", "public(")), f"{path.name}: {node.name}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_has_nothing_inline_and_trusts_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    documents = (ROOT / "templates/reports/pdf", ROOT / "templates/emails")  # of their own, not pages
    if any(path.is_relative_to(folder) for folder in documents):
        text = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    assert not re.search(r"<style\b|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|\|\s*safe\b|autoescape off", text)
