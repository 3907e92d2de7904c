"""Reads requirements files with pip's own parser and prints, line by line, what it made of them.

Standard input: a JSON list of [working directory, file]. Standard output: one JSON list per file, in order.
"""

import json
import logging
import os
import sys
import warnings

from pip._internal.req import req_file
from pip._internal.req.constructors import install_req_from_parsed_requirement
from pip._vendor.packaging.utils import canonicalize_name

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
sys.stderr = open(os.devnull, "w")

ENVIRONMENTS = [
    {"python_version": "3.9", "python_full_version": "3.9.18", "implementation_version": "3.9.18"},
    {"python_version": "3.13", "python_full_version": "3.13.0", "implementation_version": "3.13.0"},
]
DYNO = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "sys_platform": "linux",
    "platform_release": "0",
    "platform_version": "0",
    "extra": "",
}


def evaluate(marker):
    if marker is None:
        return None
    answers = []
    for environment in ENVIRONMENTS:
        try:
            answers.append(marker.evaluate({**DYNO, **environment}))
        except Exception:
            answers.append("undefined")
    return answers


def requirement(line):
    parsed = req_file.handle_line(line)
    if parsed is None:
        return {"type": "options"}
    read = install_req_from_parsed_requirement(parsed)
    return {
        "type": "requirement",
        "name": canonicalize_name(read.req.name) if read.req else "",
        "extras": sorted(canonicalize_name(extra) for extra in read.extras),
        "specifiers": sorted(str(one) for one in read.req.specifier) if read.req else [],
        "marker": evaluate(read.markers),
        "link": read.link is not None,
        "editable": bool(read.editable),
        "hashes": sorted(f"{algorithm}:{value}" for algorithm, values in read.hash_options.items() for value in values),
    }


def lines(path):
    with open(path, "rb") as file:
        content = req_file._decode_req_file(file.read(), path)
    parse = req_file.get_line_parser(None)
    for number, text in req_file.preprocess(content):
        try:
            args, options = parse(text)
            line = req_file.ParsedLine(path, number, args, options, False)
            if line.requirement is None and (options.requirements or options.constraints):
                target = (options.requirements or options.constraints)[0]
                yield {"line": number, "type": "include", "path": target, "constraint": not options.requirements}
            else:
                yield {"line": number, **requirement(line)}
        except Exception:
            yield {"line": number, "type": "error"}


def main():
    out = sys.stdout
    for directory, path in json.load(sys.stdin):
        os.chdir(directory)
        try:
            result = list(lines(path))
        except Exception as problem:
            result = type(problem).__name__
        out.write(json.dumps(result) + "\n")


main()
