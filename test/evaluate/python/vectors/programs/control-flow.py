e1 = []
try:
    e1.append(1); raise ValueError('bad')
except KeyError: e1.append('k')
except (ValueError, TypeError) as ex: e1.append(str(ex)); e1.append(ex.args)
else: e1.append('else')
finally: e1.append('fin')
try: 1 / 0
except ArithmeticError as ex: e2 = type(ex).__name__ + str(ex)
class MyErr(Exception):
    def __init__(self, m, code=1): super().__init__(m); self.code = code
try: raise MyErr('m', 5)
except Exception as ex: e3 = (str(ex), ex.code)
try: {}['x']
except KeyError as ex: e4 = str(ex)
try: [][1]
except IndexError as ex: e5 = str(ex)
try: int('x')
except ValueError as ex: e6 = str(ex)
try: None.foo
except AttributeError as ex: e7 = str(ex)
try: undefined_name
except NameError as ex: e8 = str(ex)
try: 'a' + 1
except TypeError: e9 = 'te'
def ff():
    try: return 'try'
    finally: e1.append('ff')
e10 = ff()
def fg():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
        finally: e1.append(i)
    return i
e11 = fg()
try:
    try: raise KeyError('a')
    except KeyError: raise RuntimeError('b')
except RuntimeError as ex: e12 = str(ex)
try:
    try: raise KeyError('a')
    finally: e1.append('x')
except KeyError: e13 = 1
try: raise NotImplementedError
except RuntimeError: e14 = 'nie'
try: assert 1 == 2, 'msg'
except AssertionError as ex: e15 = str(ex)
try: import does_not_exist_mod
except ImportError as ex: e16 = str(ex)


n = 0
while True:
    n += 1
    if n > 5: break
else: n = 100
w = 0
while w < 3: w += 1
else: w = 'done'
for i in range(3):
    if i == 5: break
else: z = 'noelse'
for i, (a, b) in enumerate([(1, 2), (3, 4)]): last = (i, a, b)
for k in {'x': 1}: kk = k
for ch in 'ab': chs = ch
m = []
for x in [1, 2, 3, 4]:
    if x % 2: continue
    m.append(x)
def mt(v):
    match v:
        case 0: return 'zero'
        case 'a' | 'b': return 'ab'
        case [x, y]: return ('pair', x, y)
        case [x, *rest]: return ('list', x, rest)
        case {'k': val, **others}: return ('map', val, others)
        case str() as s if len(s) > 3: return ('str', s)
        case int(n): return ('int', n)
        case None: return 'none'
        case _: return 'other'
mm = [mt(0), mt('a'), mt([1, 2]), mt([1, 2, 3]), mt({'k': 1, 'j': 2}), mt('hello'), mt(5), mt(None), mt(1.5)]
if (q := 5) > 3: qq = q
x = y = z2 = []
x.append(1)
a = 5; a += 2; a -= 1; a *= 3; a //= 2; a **= 2; a %= 50; a |= 1; a <<= 2
st = 'a'; st += 'b'; st *= 2
lst = [1]; lst2 = lst; lst += [2]; lst *= 2
tt = (1,); tt += (2,)
del q
has_q = 'q' in globals()
v1 = 5 if a else 6; v2 = [1, 2, 3][-1]; v3 = {'a': [1, {'b': 2}]}['a'][1]['b']; v4 = (lambda: 7)(); v5 = (lambda *a, **k: (a, k))(1, b=2); v6 = [f for f in (1,)]; v7 = not (True and False) or None; v8 = 1 if True else 2 if False else 3
class Ctx:
    def __enter__(self): return 'ctx'
    def __exit__(self, *a): return True
with Ctx() as cx: cv = cx
with Ctx(): raise ValueError
import os.path, sys, json
from os import path as op
j1 = os.path.join('/a', 'b', '..', 'c'); j2 = os.path.normpath('/a/b/../c'); j3 = os.path.dirname('/a/b/c.py'); j4 = os.path.basename('/a/b.py'); j5 = os.path.splitext('a.tar.gz'); j6 = os.path.join('a', '/b'); j7 = op.isabs('/x'); j8 = os.path.split('/a/b'); j9 = os.path.join('a/', 'b'); j10 = os.path.dirname('a'); j11 = os.path.dirname(os.path.dirname('/a/b/c')); j12 = os.path.relpath('/a/b', '/a'); j13 = os.path.join('a', ''); j14 = os.path.dirname('/'); j15 = os.path.dirname('/a'); j16=os.path.basename('a/')
k1 = json.loads('{"a": [1, 2.5, null, true]}'); k2 = json.dumps({'a': [1, None, True, 'x"']}); k3 = json.dumps([1, 2], indent=2) if False else ''
from pathlib import Path
pa = str(Path('/a') / 'b' / '../c'); pb = str(Path('/a/b/c.txt').parent); pc = Path('/a/b/c.tar.gz').name; pd = Path('/a/b/c.tar.gz').stem; pe = Path('/a/b/c.tar.gz').suffix; pf = str(Path('/a/b/c').parents[1]); pg = str(Path('a/./b//c/')); ph = str(Path('/a', '/b')); pi = Path('/a') == Path('/a/'); pj = str(Path('/a/b').with_suffix('.x')); pk = str(Path('/a/b').relative_to('/a')); pl = Path('/a/b').parts; pm = str(Path('.')); pn = str(Path('/a/../b').resolve()); po = str('/x' / Path('y')); pp = Path('a/b').as_posix(); pq = str(Path('')); pr = str(Path('/a/b').joinpath('c', 'd')); ps = Path('/a').is_absolute(); pt = str(Path('/a/b.c').with_name('z')); pu=f"{Path('/x')}"; pv = os.path.join(Path('/a'), 'b')
