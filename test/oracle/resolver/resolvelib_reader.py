"""Answers whether pin sets can be resolved, with the resolver inside pip (resolvelib) over given package metadata.

Standard input: {"packages": {name: [{version, python, requires}]}, "questions": [{"python": "3.12", "lines": [text]}]}.
Standard output: a JSON list of booleans, or "undecided" when the resolver gives up.
"""

import json
import sys

from pip._vendor.packaging.markers import default_environment
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.specifiers import SpecifierSet
from pip._vendor.packaging.utils import canonicalize_name
from pip._vendor.packaging.version import Version
from pip._vendor.resolvelib import AbstractProvider, BaseReporter, ResolutionImpossible, ResolutionTooDeep, Resolver

data = json.load(sys.stdin)
parsed = {}
specifier_sets = {}
versions = {}
matches = {}


def version(text):
    if text not in versions:
        versions[text] = Version(text)
    return versions[text]


def specifier_set(text):
    if text not in specifier_sets:
        specifier_sets[text] = SpecifierSet(text)
    return specifier_sets[text]


def usable(name, python, pinned):
    key = (name, python, pinned)
    if key not in matches:
        full = python + ".99"
        matches[key] = [
            release
            for release in data["packages"].get(name, [])
            if (pinned or not release["yanked"])
            and (not release["python"] or specifier_set(release["python"]).contains(full, prereleases=True))
        ]
    return matches[key]


def allowed(name, specifiers, python, pinned):
    key = (name, str(specifiers), python, pinned)
    if key not in matches:
        releases = usable(name, python, pinned)
        versions = set(specifiers.filter([release["version"] for release in releases]))
        matches[key] = [release for release in releases if release["version"] in versions]
    return matches[key]


def requirement(text):
    if text not in parsed:
        parsed[text] = Requirement(text)
    return parsed[text]


class Candidate:
    def __init__(self, name, extras, release):
        self.name = name
        self.extras = extras
        self.release = release
        self.version = version(release["version"])


class Provider(AbstractProvider):
    def __init__(self, python):
        self.python = python
        full = python + ".99"
        self.environment = {
            **default_environment(),
            "python_version": python,
            "python_full_version": full,
            "implementation_version": full,
            "os_name": "posix",
            "sys_platform": "linux",
            "platform_system": "Linux",
            "platform_machine": "x86_64",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }

    def identify(self, requirement_or_candidate):
        one = requirement_or_candidate
        if isinstance(one, Candidate):
            return (one.name, one.extras)
        return (canonicalize_name(one.name), frozenset(canonicalize_name(extra) for extra in one.extras))

    def get_preference(self, identifier, resolutions, candidates, information, backtrack_causes):
        return (sum(1 for _ in candidates[identifier]), str(identifier))

    def find_matches(self, identifier, requirements, incompatibilities):
        name, extras = identifier
        wanted = list(requirements[identifier])
        bad = {one.version for one in incompatibilities[identifier]}
        specifiers = SpecifierSet()
        for one in wanted:
            specifiers &= one.specifier
        pinned = any(one.operator in ("==", "===") and not one.version.endswith("*") for one in specifiers)
        found = [Candidate(name, extras, release) for release in allowed(name, specifiers, self.python, pinned)]
        return sorted((one for one in found if one.version not in bad), key=lambda one: one.version, reverse=True)

    def is_satisfied_by(self, requirement, candidate):
        return requirement.specifier.contains(candidate.version, prereleases=True)

    def get_dependencies(self, candidate):
        out = []
        if candidate.extras:
            out.append(requirement(f"{candidate.name}=={candidate.version}"))
        for text in candidate.release["requires"]:
            one = requirement(text)
            if canonicalize_name(one.name) not in data["packages"]:
                continue
            extras = candidate.extras or {""}
            if one.marker and not any(one.marker.evaluate({**self.environment, "extra": extra}) for extra in extras):
                continue
            out.append(one)
        return out


def satisfiable(question):
    lines = [requirement(text) for text in question["lines"]]
    try:
        Resolver(Provider(question["python"]), BaseReporter()).resolve(lines, max_rounds=3_000)
        return True
    except ResolutionImpossible:
        return False
    except ResolutionTooDeep:
        return "undecided"


json.dump([satisfiable(question) for question in data["questions"]], sys.stdout)
