"""What the rig puts into every Python of a dyno: changes to modules at the moment when they are first imported.

A .pth file of the virtual environment imports this module at start-up where RIG_INSIDE names its folder, so PYTHONPATH
stays the platform's.
"""

import importlib.machinery
import sys

import rig_clock
import rig_probe

changes = {}
for found in (rig_clock.changes, rig_probe.changes):
    for name, change in found.items():
        changes.setdefault(name, []).append(change)


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        wanted = changes.get(name)
        spec = importlib.machinery.PathFinder.find_spec(name, path) if wanted else None
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            for change in wanted:
                change(module)

        spec.loader.exec_module = exec_module
        return spec


if changes:
    sys.meta_path.insert(0, Finder)
