import os
_funcs = [lambda: i for i in range(3)]
r1 = [f() for f in _funcs]
_funcs2 = [lambda i=i: i for i in range(3)]
r2 = [f() for f in _funcs2]
def outer():
    x = 1
    def mid():
        def inner():
            return x
        return inner
    x = 2
    return mid()()
r3 = outer()
def kw(**kw): return sorted(kw.items())
r4 = kw(b=1, a=2, **{'c': 3})
def va(*a, **k): return len(a), len(k)
r5 = va(*range(3), *[1], x=1, **{'y': 2})
def dflt(a, b=[], *, c={}, d=None): 
    b.append(a); c[a] = 1
    return len(b), len(c)
dflt(1); r6 = dflt(2)
r7 = (lambda *, a=1, **k: (a, k))(b=2)
def gen():
    try:
        x = yield 1
        yield 2
    finally:
        pass
r8 = list(gen())
def rec(d, depth=0):
    return {k: rec(v, depth + 1) if isinstance(v, dict) else (v, depth) for k, v in d.items()}
r9 = rec({'a': 1, 'b': {'c': 2, 'd': {'e': 3}}})
def merge(a, b):
    out = dict(a)
    for k, v in b.items():
        if k in out and isinstance(out[k], dict) and isinstance(v, dict):
            out[k] = merge(out[k], v)
        else:
            out[k] = v
    return out
r10 = merge({'x': {'y': 1, 'z': 2}}, {'x': {'y': 5}, 'w': 1})
def flat(l):
    for i in l:
        if isinstance(i, (list, tuple)):
            yield from flat(i)
        else:
            yield i
r11 = list(flat([1, [2, (3, [4])], 5]))
r12 = [(x, y) for x in range(4) if x % 2 for y in 'ab' if y != 'b' or x > 1]
r13 = {k: [v for v in range(k)] for k in range(3)}
r14 = [last := n for n in range(3)], last
a = b = c = 0
a, (b, *c) = 1, (2, 3, 4)
r15 = (a, b, c)
[d, e] = {'k1': 1, 'k2': 2}
x = [0, 1, 2, 3, 4, 5]
x[1:3] = ['a']; x[::2]; r16 = list(x); x[len(x):] = [9]; x[:0] = [8]; r17 = list(x); del x[1], x[0]; r18 = list(x)
i = 0
y = [0, 0, 0]
i, y[i] = 1, 5
r19 = y
s = 'abc'
r20 = s[0] + s[-1] + s[1:][0] + s[::-1]; r21 = s * 2 + s; r22 = 'a' < 'b' < 'c'; r23 = 'abc' == "abc" != 'x'
r24 = [1, 2] + [3] * 2; r25 = not [] and not {} and not '' and not 0 and not None; r26 = 1 if [] else 2 if {} else 3
r27 = (1, 'a', None, True, 1.5, [1], (2,), {'k': 'v'}); r28 = {1: 'a', 'b': 2, (1, 2): 3, None: 4, True: 5}
r29 = sorted([3, 1, 2], key=lambda v: -v); r30 = sorted({'b': 1, 'a': 2}); r31 = sorted([('b', 1), ('a', 2), ('a', 1)]); r32 = sorted(['B', 'a', 'C'], key=str.lower); r33 = sorted([1, 2, 3, 4], key=lambda v: v % 2, reverse=True)
r34 = max({'a': 3, 'b': 5}.items(), key=lambda kv: kv[1]); r35 = min([[2, 1], [1, 5]]); r36 = sum([0.5, 1]); r37 = list(zip(*[(1, 2), (3, 4)])); r38 = dict(enumerate('ab')); r39 = list(map(int, '123')); r40 = ''.join(reversed('abc')); r41 = list(filter(str.isdigit, ['1', 'a', '2'])); r42 = any(x > 2 for x in [1, 2, 3]); r43 = all(isinstance(x, int) for x in [1, True]); r44 = [*map(lambda p: p[0], [(1, 2)])]
r45 = '{:>{w}}|{:^{w}}'.format('a', 'b', w=4) if False else 'skip'; r46 = '{0:.2f} {1!r:>6} {2:,}'.format(1.005, 'x', 1234567.891) if False else ''; r47 = '%5.1f|%-8s|%08.3f|%+d|%x|%o|%e' % (3.14159, 'ab', 2.5, 5, 255, 8, 12345.678); r48 = '%(a)s %(b)r' % {'a': 1, 'b': 'q'}; r49 = '{!s} {!r}'.format('a', 'a'); r50 = f"{'nested ' + f'{1 + 1}'}"; r51 = f'{"a" if True else "b"}'; r52 = f'{[i for i in range(3)]}'; r53 = f'{ {"a": 1}["a"] }'; r54 = f'{10:>5}|{10:<5}|{10:^5}|{10:05}'; r55 = f'{3.0:g} {1e6:g}' if False else ''; r56 = f'{-1.5:.1f} {1234.5:,.2f} {0.1:%}'; r57 = f'{True:d} {True}'; r58 = f'{"ab":*^6}'; r59 = rf'\d{1}'; r60 = f'''a
b{1}'''
r61 = 'a-b_c d'.replace('-', ' ').replace('_', ' ').title().split(); r62 = 'x=1;y=2'.split(';'); r63 = dict(p.split('=') for p in 'x=1;y=2'.split(';')); r64 = 'a.b.c'.rpartition('.'); r65 = 'a'.join('xyz'); r66 = 'abc'.translate({97: 'z'}) if False else ''; r67 = 'Hello'.casefold(); r68 = ' a b '.split(' '); r69 = ''.split(','); r70 = ''.split(); r71 = 'a,b,'.split(','); r72 = 'aXbXc'.split('X', 1); r73 = 'abc'.find('z'); r74 = '  x'.lstrip(); r75 = 'xx--'.rstrip('-'); r76 = 'www.example.com'.strip('w.moc'); r77 = 'ab\ncd\n'.splitlines(True) if False else ''; r78 = '%s' % ('a',); r79 = '%s-%s' % tuple(['a', 'b']); r80 = 'é'.encode().decode('utf-8'); r81 = 'abc'.encode('ascii'); r82 = b'abc' + b'd'; r83 = b'a' in b'abc' if False else True; r84 = len(b'abc'); r85 = '1' + str(2) + repr('3')
