"""Patterns and texts at random, matched by CPython's own `re`.

usage: matcher.py SEED COUNT    (prints one JSON object per line)

Each is {"pattern", "flags", "text", "how", "found"}: found is null for no match, {"span", "groups"} for one, a list of spans for
"all", {"error": ...} for a pattern that `re.compile` refuses. Times out on nothing: texts are short.
"""

import json
import random
import re
import sys
import warnings

warnings.simplefilter("ignore")

ATOMS = [
    "a", "b", "ab", "-", "_", "/", "é", ".", r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", "[a-c]", "[^a/]", r"[\w-]", r"[\D-]", r"[^\W_]",
    "[]a]", "[^]a]", r"[\S\n]", r"\.", r"\/", r"\n", r"\x61", r"\u00e9", r"[\b]", r"\0", r"\101", " ", "#", "{", "}", "{}", "x{a",
]
ANCHORS = ["^", "$", r"\A", r"\Z", r"\b", r"\B"]
REPEATS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{,2}", "{1,}", "{2,1}", "**"]
WRAPS = ["({})", "(?:{})", "(?P<n{k}>{})", "(?={})", "(?!{})", "(?<=a)", "(?<!b)", "(?<={})", "(?<!{})", "(?i:{})", "(?#note)", "(?P=n1)", r"\1", "(", ")", "[a"]
HEADS = ["", "", "", "", "", "(?i)", "(?m)", "(?s)", "(?x)", "(?a)", "(?im)", "(?L)", "(?au)", " (?i)", "(?i)(?m)"]
TEXTS = ["a", "b", "c", "ab", "A", "B", "-", "_", "/", "1", "42", " ", "\n", "\t", "é", "É", "x", "{", "}", "]", "٣", "\r", "\x1c", "\u2028"]
FLAGS = [0, 0, 0, 0, 2, 8, 16, 64, 256, 10]


def piece(rng, depth, count):
    kind = rng.random()
    if kind < 0.55 or depth > 2:
        text = rng.choice(ATOMS)
    elif kind < 0.68:
        return rng.choice(ANCHORS) + (rng.choice(REPEATS) if rng.random() < 0.05 else "")
    else:
        wrap = rng.choice(WRAPS)
        if "{k}" in wrap:
            count[0] += 1
            wrap = wrap.replace("{k}", str(count[0]))
        text = wrap.replace("{}", choice(rng, depth + 1, count), 1)
    return text + (rng.choice(REPEATS) if rng.random() < 0.35 else "")


def choice(rng, depth, count):
    options = ["".join(piece(rng, depth, count) for _ in range(rng.randint(1, 3))) for _ in range(rng.choice([1, 1, 1, 2]))]
    return "|".join(options)


def answer(pattern, flags, text, how):
    try:
        compiled = re.compile(pattern, flags)
    except re.error as error:
        return {"error": error.msg}
    except ValueError as error:
        return {"error": str(error)}
    if how == "all":
        return [list(match.span()) for match in compiled.finditer(text)]
    match = getattr(compiled, how)(text)
    return None if match is None else {"span": list(match.span()), "groups": list(match.groups())}


def main(seed, count):
    rng = random.Random(seed)
    for _ in range(count):
        pattern = rng.choice(HEADS) + choice(rng, 0, [0])
        text = "".join(rng.choice(TEXTS) for _ in range(rng.randint(0, 6)))
        flags = rng.choice(FLAGS)
        how = rng.choice(["match", "search", "fullmatch", "all"])
        print(json.dumps({"pattern": pattern, "flags": flags, "text": text, "how": how, "found": answer(pattern, flags, text, how)}))


main(int(sys.argv[1]), int(sys.argv[2]))
