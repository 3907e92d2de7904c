import { describe, expect, it } from 'vitest'
import { run, showAll } from './run.ts'

function shown(source: string): Record<string, string> {
  const evaluation = run(source, { packages: () => 'installed' })
  expect(evaluation.certainCrash?.message).toBeUndefined()
  return Object.fromEntries(Object.entries(showAll(evaluation)).filter(([name]) => name === name.toUpperCase()))
}

describe('how classes make classes and instances', () => {
  it('a metaclass may give its classes attributes', () => {
    const source = `
class Meta(type):
    def __new__(mcs, name, bases, attrs):
        attrs['ADDED'] = 1
        return super().__new__(mcs, name, bases, attrs)
class A(metaclass=Meta):
    X = 2
class B(A):
    pass
P = A.ADDED
Q = B.X
`
    expect(shown(source)).toEqual({ P: '<?>', Q: '2', A: 'A', B: 'B' })
  })

  it('type parameters are names of the bases, the body and the methods', () => {
    const source = `
class Base:
    def __class_getitem__(cls, item):
        return cls
class Box[T](Base[T]):
    KINDS = [T]
    def get(self):
        return T
class Pair[K, V](dict[K, V]):
    pass
def first[T](items: list[T]) -> T:
    def inner():
        return items[0], T
    return inner()[0]
P = first([1])
R = Box[int]().get()
`
    expect(shown(source)).toEqual({ P: '1', R: '<?>' })
  })

  it('__dict__ of an instance holds its own, that of a class those of the class', () => {
    const source = `
class A:
    x = 1
    def __init__(self):
        self.y = 2
P = dict(A().__dict__)
Q = list(vars(A()))
R = 'x' in A.__dict__, 'y' in A.__dict__
`
    expect(shown(source)).toEqual({ A: 'A', P: "{'y': 2}", Q: "['y']", R: '(True, False)' })
  })

  it.each([
    ['W, B', 'class W: pass\nclass B(W): pass\nclass C(W, B): pass\n'],
    [
      'W, M',
      'class W: pass\nclass B(W): pass\nclass M: pass\nclass X(M, W): pass\nclass Y(W, M): pass\nclass Z(B, X, Y): pass\n',
    ],
    ['Base, Own', 'from ext import Base\nimport ext\nclass Own(Base): pass\nclass C(ext.Base, Own): pass\n'],
  ])('bases that contradict each other are refused: %s', (bases, source) => {
    const { certainCrash } = run(source, { packages: () => 'installed' })
    expect(certainCrash?.message).toBe(`Cannot create a consistent method resolution order (MRO) for bases ${bases}`)
  })

  it.each([
    ['a mixin before it', 'from ext import Base\nclass M: pass\nclass A(Base): pass\nclass C(M, A, Base): pass\n'],
    ['a metaclass', 'from ext import Base, Meta\nclass A(Base, metaclass=Meta): pass\nclass C(Base, A): pass\n'],
    ['others of the same name', 'import one, two\nclass A(one.Base): pass\nclass C(two.Base, A): pass\n'],
    ['what a call gives', 'from ext import make\nclass A(make()): pass\nclass C(make(), A): pass\n'],
  ])('bases that Python can order, or that may be none, are taken: %s', (_, source) => {
    expect(run(source, { packages: () => 'installed' }).certainCrash).toBeUndefined()
  })

  it('__new__ decides what an instance is', () => {
    const source = `
class One:
    _i = None
    def __new__(cls, *args):
        if cls._i is None:
            cls._i = super().__new__(cls)
            cls._i.value = 5
        return cls._i
R = One().value
T = One() is One()
class Twice:
    def __new__(cls, x):
        return x * 2
U = Twice(4)
class Both:
    def __new__(cls, x):
        self = object.__new__(cls)
        self.y = x
        return self
    def __init__(self, x):
        self.z = x + 1
V = (Both(1).y, Both(1).z)
`
    expect(shown(source)).toEqual({ R: '5', T: 'True', U: '8', V: '(1, 2)' })
  })

  it('__init_subclass__ hears of subclasses', () => {
    const source = `
class Base:
    known = []
    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        Base.known.append(cls.__name__)
class First(Base): pass
class Second(First): pass
W = Base.known
`
    expect(shown(source)).toEqual({ W: "['First', 'Second']" })
  })
})

describe('context managers made of generators', () => {
  it('run the block where they yield', () => {
    const source = `
from contextlib import contextmanager, nullcontext
@contextmanager
def plus(x):
    yield x + 1
with plus(1) as Y, plus(2) as Z:
    S = Y + Z
K = 0
@contextmanager
def safe():
    try:
        yield 3
    except KeyError:
        pass
with safe() as V:
    K = V
    {}['x']
    K = 9
L = 4
@contextmanager
def last():
    global L
    try:
        yield
    finally:
        L = 5
with last():
    M = L
with nullcontext(3) as O:
    pass
class Holder:
    n = 7
    @contextmanager
    def open(self):
        yield self.n
with Holder().open() as H:
    pass
def f():
    with plus(1) as y:
        return y * 10
F = f()
`
    expect(shown(source)).toEqual({ Y: '2', Z: '3', S: '5', K: '3', V: '3', L: '5', M: '4', O: '3', H: '7', F: '20' })
  })

  it('let through what they do not catch', () => {
    const source = `
from contextlib import contextmanager
@contextmanager
def safe():
    try:
        yield
    except KeyError:
        pass
with safe():
    1 / 0
`
    expect(run(source).certainCrash?.exception).toBe('ZeroDivisionError')
  })
})
