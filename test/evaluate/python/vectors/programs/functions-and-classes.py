def f(a, b=2, *args, c=3, **kw):
    return (a, b, args, c, kw)
r1 = f(1); r2 = f(1, 5, 6, 7, c=8, d=9); r3 = f(*[1, 2, 3], **{'c': 4, 'z': 5}); r4 = f(a=1, b=3)
def g(a, /, b, *, c): return a + b + c
r5 = g(1, 2, c=3); r6 = g(1, b=2, c=3)
def early(x):
    if x > 10: return 'big'
    elif x > 5: return 'mid'
    for i in range(x):
        if i == 2: return 'two'
    else:
        return 'none'
r7 = [early(i) for i in (20, 7, 4, 1)]
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    inc(); inc()
    return inc()
r8 = counter()
G = 1
def setg():
    global G
    G = 42
setg()
fact = lambda n: 1 if n < 2 else n * fact(n - 1)
r9 = fact(10)
def gen(n):
    for i in range(n):
        yield i * i
    yield from [100, 200]
r10 = list(gen(3)); r11 = sum(gen(3))
def defaults(x, acc=[]):
    acc.append(x); return acc
defaults(1); r12 = defaults(2)
def fib(n, memo={}):
    if n in memo: return memo[n]
    memo[n] = n if n < 2 else fib(n-1) + fib(n-2)
    return memo[n]
r13 = fib(30)
class A:
    x = 1
    items = []
    def __init__(self, v=0): self.v = v
    def m(self): return self.v + self.x
    @property
    def p(self): return self.v * 2
    @p.setter
    def p(self, val): self.v = val
    @classmethod
    def make(cls, v): return cls(v)
    @staticmethod
    def st(a): return a + 1
    def __str__(self): return 'A(%s)' % self.v
    def __repr__(self): return '<A>'
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
    def __len__(self): return 3
    def __getitem__(self, k): return k * 2
    def __contains__(self, k): return k == 1
    def __add__(self, o): return self.v + o
    def __radd__(self, o): return o + self.v
    def __call__(self, z): return z
    def __iter__(self): return iter([1, 2])
    def __bool__(self): return self.v != 0
    def __lt__(self, o): return self.v < o.v
    def __getattr__(self, n): return 'dyn_' + n
class B(A):
    x = 2
    def m(self): return super().m() * 10
    def __init__(self, v=0, w=1):
        super().__init__(v)
        self.w = w
class C(A):
    x = 3
class D(B, C): pass
a = A(5); b = B(3, w=4); d = D(1)
o1 = a.m(); o2 = b.m(); o3 = d.m(); o4 = a.p; a.p = 9; o5 = a.v; o6 = A.make(2).v; o7 = A.st(1); o8 = str(a); o9 = repr(a); o10 = A(1) == A(1); o11 = len(a); o12 = a[3]; o13 = 1 in a; o14 = a + 1; o15 = 1 + a; o16 = a(7); o17 = list(a); o18 = bool(A(0)); o19 = A(1) < A(2); o20 = a.foo; o21 = [k.__name__ for k in D.__mro__][:4]; o22 = isinstance(d, C); o23 = issubclass(D, A); o24 = D.x; o25 = type(d).__name__; o26 = f'{a}'; o27 = [x.v for x in sorted([A(3), A(1)])]; o28 = A(1) != A(2); o29 = getattr(b, 'w'); o30 = hasattr(b, 'v')
setattr(b, 'dyn', 5); o31 = b.dyn; o32 = b.__class__.__name__; o33 = vars(b)['w'] if False else 0; o34 = not A(0)
class Cfg:
    DEBUG = False
    HOSTS = ['a']
    URL = 'x' + ('y' if DEBUG else 'z')
    N = [i for i in range(3)]
class Prod(Cfg):
    DEBUG = True
    HOSTS = Cfg.HOSTS + ['b']
o35 = Prod.HOSTS; o36 = Prod.URL; o37 = Prod.DEBUG; o38 = Cfg.N
for key in dir(Cfg):
    if key.isupper():
        globals()["CFG_" + key] = getattr(Prod, key)
del key
import enum
class E(enum.Enum):
    A = 'a'
    B = 'b'
o39 = E.A.value; o40 = E('b').name; o41 = [e.value for e in E]; o42 = E['A'].value; o43 = E.A == E.A; o44 = E.A is E('a')
from dataclasses import dataclass, field
@dataclass
class P:
    a: int
    b: str = 'x'
    c: list = field(default_factory=list)
pp = P(1, c=[2]); o45 = (pp.a, pp.b, pp.c)
from typing import NamedTuple
class NT(NamedTuple):
    a: int
    b: int = 2
o46 = NT(1).b
def deco(fn):
    def w(*a, **k): return ('w', fn(*a, **k))
    return w
@deco
def dd(x): return x
o47 = dd(1)
import functools
def deco2(n):
    def d(fn):
        @functools.wraps(fn)
        def w(*a): return fn(*a) * n
        return w
    return d
@deco2(3)
def ddd(x): return x
o48 = ddd(2)
@functools.lru_cache(maxsize=None)
def cached(n): return n + 1
o50 = cached(1); o51 = functools.reduce(lambda x, y: x + y, [1, 2, 3], 10); o52 = functools.partial(f, 1, c=5)(2)
