"""What CPython makes of programs in several environments: [[source, …], [environment, …]] from stdin; for each program a list
of answers as `answer_programs.py` gives them."""
import json
import os
import sys

from answer_programs import run


def within(source, world):
    os.environ.clear()
    os.environ.update(world)
    return run(source)


sources, worlds = json.load(sys.stdin)
json.dump([[within(source, world) for world in worlds] for source in sources], sys.stdout)
