"""Records what CPython makes of the programs in programs/: python record.py (3.12)."""
import json
import pathlib
import runpy

folder = pathlib.Path(__file__).parent
plain = (int, float, str, bytes, list, tuple, dict, bool, type(None))
out = {}
for program in sorted(folder.glob('programs/*.py')):
    names = runpy.run_path(str(program), run_name='settings')
    out[program.name] = {
        name: repr(value) for name, value in names.items() if not name.startswith('_') and isinstance(value, plain)
    }
(folder / 'expected.json').write_text(json.dumps(out, indent=1, ensure_ascii=False) + '\n', 'utf-8')
