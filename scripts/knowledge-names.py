"""Names that public modules of a distribution lost, by the first release without them.

Reads wheels as archives and their modules as syntax: nothing of them is imported or run. The releases are those given,
oldest first; each is fetched by pip. Prints JSON: {distribution: {release: {module: [name, …] or ["*"]}}}.

    python knowledge-names.py CACHE django=1.11,2.0,2.1 channels=2.4.0,3.0.5
"""

import ast
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

# Modules that no project imports from, or that are data.
ASIDE = re.compile(r"(^|\.)(_\w*|tests?|testing|migrations|locale|commands|app_template|project_template|conf\.locale\..*)(\.|$)")


def wheel(cache, distribution, release):
    folder = Path(cache) / f"{distribution}-{release}"
    if folder.exists():
        return next(folder.glob("*.whl"))
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(folder),
         f"{distribution}=={release}" + ("" if release.count(".") > 1 else ".*")],
        check=True,
    )
    return next(folder.glob("*.whl"))


def modules(path):
    """The modules of a wheel as syntax trees, by dotted name, with whether it is a package."""
    out = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith(".py") or ".dist-info/" in name or ".data/" in name:
                continue
            dotted = name[:-3].replace("/", ".")
            package = dotted.endswith(".__init__")
            dotted = dotted.removesuffix(".__init__")
            if ASIDE.search(dotted):
                continue
            try:
                out[dotted] = (ast.parse(archive.read(name)), package)
            except SyntaxError:
                # Templates of code, and code of Python 2.
                continue
    return out


def statements(body):
    """Statements of module level, also those below `if`, `try` and `with`."""
    for node in body:
        yield node
        for field in ("body", "orelse", "finalbody"):
            if isinstance(node, (ast.If, ast.Try, ast.With)):
                yield from statements(getattr(node, field, []))
        for handler in getattr(node, "handlers", []):
            yield from statements(handler.body)


def source(node, module, package):
    """The dotted module that a `from … import` names."""
    if node.level == 0:
        return node.module or ""
    parts = module.split(".")
    kept = parts[: len(parts) - node.level + (1 if package else 0)]
    return ".".join(kept + ([node.module] if node.module else []))


def bound(module, trees, memo):
    """
    The public names of a module: those it binds itself or takes from its own distribution, and all of them, imports from
    elsewhere too. All is None when the module makes names up.
    """
    if module in memo:
        return memo[module]
    memo[module] = (set(), set())
    tree, package = trees[module]
    top = module.split(".")[0]
    own, others, open_ = set(), set(), False
    for node in statements(tree.body):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            own.add(node.name)
        elif isinstance(node, ast.Assign):
            own.update(leaf.id for target in node.targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name))
            # What `__getattr__` gives until it is gone stands in `__all__` alone: django.utils.timezone.utc in Django 4.1 and 4.2.
            if any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
                texts = (leaf.value for leaf in ast.walk(node.value) if isinstance(leaf, ast.Constant))
                own.update(text for text in texts if isinstance(text, str))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            own.add(node.target.id)
        elif isinstance(node, ast.Import):
            others.update(alias.asname or alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = source(node, module, package)
            names = {alias.asname or alias.name for alias in node.names} - {"*"}
            (own if origin.split(".")[0] == top else others).update(names)
            if len(names) < len(node.names):
                taken, every = bound(origin, trees, memo) if origin in trees else (set(), None)
                own |= taken
                others |= every or set()
                open_ |= every is None
    below = module + "."
    own |= {name[len(below):] for name in trees if name.startswith(below) and "." not in name[len(below):]}
    own = {name for name in own if not name.startswith("_") or name == "__getattr__"}
    memo[module] = (own - {"__getattr__"}, None if open_ or "__getattr__" in own else own | others)
    return memo[module]


def surface(path):
    trees = modules(path)
    memo = {}
    return {module: bound(module, trees, memo) for module in trees}


def lacks(names, module, name):
    _, every = names.get(module, (set(), set()))
    return every is not None and name not in every


def removed(releases):
    """By release what it is the first to lack, for good."""
    out = {}
    for index, (release, present) in enumerate(releases[1:], 1):
        _, before = releases[index - 1]
        later = [names for _, names in releases[index:]]
        for module, (own, _) in sorted(before.items()):
            if all(module not in one for one in later):
                out.setdefault(release, {})[module] = ["*"]
            elif module in present:
                gone = [name for name in sorted(own) if all(lacks(one, module, name) for one in later)]
                if gone:
                    out.setdefault(release, {})[module] = gone
    return out


def main():
    out = {}
    cache, *arguments = sys.argv[1:]
    for argument in arguments:
        distribution, _, versions = argument.partition("=")
        releases = [(version, surface(wheel(cache, distribution, version))) for version in versions.split(",")]
        out[distribution] = removed(releases)
    json.dump(out, sys.stdout)


main()
