"""Answers questions about versions, specifiers and markers with `packaging`. JSON list in, JSON list out."""

import json
import sys

from packaging.markers import InvalidMarker, Marker
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version


def version(text):
    try:
        return Version(text)
    except InvalidVersion:
        return None


def compare(left, right):
    a, b = version(left), version(right)
    if a is None or b is None:
        return [a is not None and str(a), b is not None and str(b)]
    return (a > b) - (a < b)


def contains(text, specifiers):
    try:
        return SpecifierSet(specifiers).contains(text, prereleases=True)
    except InvalidSpecifier:
        return "invalid"


def choose(specifiers, versions):
    try:
        return list(SpecifierSet(specifiers).filter(versions))
    except InvalidSpecifier:
        return "invalid"


def marker(text, environment):
    try:
        return Marker(text).evaluate({**environment, "extra": ""})
    except InvalidMarker:
        return "invalid"
    except Exception:
        return "undefined"


ANSWER = {"compare": compare, "contains": contains, "choose": choose, "marker": marker}
questions = json.load(sys.stdin)
json.dump([ANSWER[kind](*arguments) for kind, *arguments in questions], sys.stdout)
