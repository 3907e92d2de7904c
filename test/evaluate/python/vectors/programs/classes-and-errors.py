class Meta1(type): pass
class Base:
    registry = []
    _x = 1
    def __init_subclass__(cls, **kw): pass
    def __init__(self, *args, **kwargs):
        self.args = args
        self.kwargs = kwargs
    def method(self): return 'base'
    @property
    def prop(self): return self._x
    @classmethod
    def cm(cls): return cls.__name__
    def __enter__(self): return self
    def __exit__(self, t, v, tb): self.exited = True
class Mixin:
    def method(self): return 'mixin+' + super().method()
class Child(Mixin, Base):
    _x = 5
    def __init__(self, a, **kw):
        super().__init__(a, **kw)
        self.b = a * 2
    def method(self): return 'child+' + super().method()
c = Child(3, z=1)
r1 = c.method(); r2 = c.prop; r3 = c.args; r4 = c.kwargs; r5 = c.b; r6 = Child.cm(); r7 = c.cm(); r8 = isinstance(c, Base); r9 = Child.__mro__[1].__name__; r10 = Child._x; r11 = Base._x
with c as cc: pass
r12 = cc.exited; r13 = cc is c
c._x = 9; r14 = c.prop; Child._x = 7; r15 = Child(1).prop; del c._x; r16 = c.prop
class Settings:
    DEBUG = True
    NAME = 'x'
    class Nested:
        A = 1
    def __getitem__(self, k): return getattr(self, k)
    def get(self, k, d=None): return getattr(self, k, d)
st = Settings(); r17 = st['DEBUG']; r18 = st.get('NOPE', 'd'); r19 = st.Nested.A; r20 = Settings.Nested.A
r21 = {k: v for k, v in vars(Settings).items() if k.isupper()}; r22 = {k: getattr(Settings, k) for k in ('DEBUG', 'NAME')}; r23 = [k for k in Settings.__dict__ if k.isupper()]
class Prop:
    def __init__(self): self._v = 0
    @property
    def v(self): return self._v
    @v.setter
    def v(self, val): self._v = val * 2
p = Prop(); p.v = 5; r24 = p.v
class Counter:
    count = 0
    def __init__(self): type(self).count += 1; Counter.count += 1
Counter(); r25 = Counter.count
class Eq:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __hash__(self): return hash(self.v)
    def __repr__(self): return f'Eq({self.v})'
    def __lt__(self, o): return self.v < o.v
    def __mul__(self, n): return Eq(self.v * n)
    def __neg__(self): return Eq(-self.v)
    def __getattr__(self, n):
        if n.startswith('dyn_'): return n[4:]
        raise AttributeError(n)
r26 = Eq(1) == Eq(1); r27 = Eq(1) in [Eq(2), Eq(1)]; r28 = str(Eq(3)); r29 = sorted([Eq(2), Eq(1)])[0].v; r30 = (Eq(2) * 3).v; r31 = Eq(1).dyn_abc; r32 = getattr(Eq(1), 'zzz', 'none'); r33 = hasattr(Eq(1), 'zzz'); r34 = [str(e) for e in [Eq(1)]]; r35 = Eq(1) != Eq(2)
class Err(ValueError):
    code = 5
    def __str__(self): return 'custom'
try: raise Err('x')
except ValueError as e: r36 = (str(e), e.code, e.args, type(e).__name__)
try: raise Err
except Err as e: r37 = e.args
def f():
    try: raise KeyError('k')
    except KeyError as e: raise ValueError('v') from e
try: f()
except ValueError as e: r38 = str(e)
try:
    try: raise TypeError('t')
    except TypeError: raise
except Exception as e: r39 = repr(e.args)
def g():
    for i in range(3):
        try:
            if i == 1: raise ValueError
        except ValueError: continue
        else: last = i
        finally: cnt.append(i)
    return last
cnt = []; r40 = g(); r41 = cnt
try: int('abc')
except (TypeError, ValueError): r42 = 'caught'
try: [].pop()
except IndexError as e: r43 = str(e)
try: {}.pop('a')
except KeyError as e: r44 = str(e)
try: [1].remove(2)
except ValueError as e: r45 = str(e)
try: 'x'.index('z')
except ValueError as e: r46 = str(e)
try: (1, 2)[5]
except IndexError as e: r47 = str(e)
try: a, b = [1]
except ValueError as e: r48 = str(e)
try: a, b = 1, 2, 3
except ValueError as e: r49 = str(e)
try: len(5)
except TypeError as e: r50 = str(e)
try: 5()
except TypeError as e: r51 = str(e)
try: None['x']
except TypeError as e: r52 = str(e)
try: 'a' + None
except TypeError as e: r53 = 'te'
try: None + 'a'
except TypeError as e: r54 = str(e)
try: {}['x']['y']
except KeyError as e: r55 = str(e)
try: object().nope
except AttributeError as e: r56 = str(e)
try: f(1)
except TypeError as e: r57 = 'te'
try: (lambda a: 1)()
except TypeError as e: r58 = 'te'
try: 1 < 'a'
except TypeError as e: r59 = str(e)
try: [] < 1
except TypeError as e: r60 = str(e)
try: for_ = [x for x in 5]
except TypeError as e: r61 = str(e)
try: float('x')
except ValueError as e: r62 = str(e)
try: dict([1])
except TypeError as e: r63 = 'te'
try: {[]: 1}
except TypeError as e: r64 = str(e)
try: set([[]])
except TypeError as e: r65 = str(e)
try: 'a'.foo
except AttributeError as e: r66 = str(e)


class K:
    a = 1
    b = a + 1
    c = [a for _ in range(2)] if False else [a]
    def m(self, x=a): return x
    d = lambda self: self.a
r68 = (K.b, K().m(), K().d(), K.c)
class Slots:
    __slots__ = ('a',)
    def __init__(self): self.a = 1
r69 = Slots().a
r70 = type('Dyn', (Base,), {'q': 3})().q if False else 3
r71 = [cls.__name__ for cls in (int, str, K)]; r72 = K.__name__, K.__module__, K().__class__ is K
import abc
class Abs(abc.ABC):
    @abc.abstractmethod
    def m(self): ...
class Impl(Abs):
    def m(self): return 1
r73 = Impl().m()
import collections
_od = collections.OrderedDict([('a', 1)]); _od['b'] = 2; r74 = list(_od.items())
_dd = collections.defaultdict(list); _dd['x'].append(1); r75 = dict(_dd)
NT = collections.namedtuple('NT', 'a b'); _nt = NT(1, b=2); r76 = (_nt.a, _nt[1], tuple(_nt), _nt._asdict() == {'a': 1, 'b': 2}); r77 = collections.Counter('aab')['a']
