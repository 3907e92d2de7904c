from dataclasses import dataclass, field
from enum import Enum, IntEnum, auto


class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Far(Point):
    pass


def shape(value):
    match value:
        case None:
            return 'none'
        case True | False:
            return 'bool'
        case 0 | 1:
            return 'bit'
        case int(n) if n > 100:
            return f'big {n}'
        case int() | float():
            return 'number'
        case str() as text if text.startswith('redis'):
            return f'redis {text}'
        case 'a' | 'b':
            return 'letter'
        case []:
            return 'empty'
        case [one]:
            return f'one {one}'
        case [first, *rest]:
            return f'{first} and {len(rest)}'
        case {'kind': 'x', **rest}:
            return f'x {sorted(rest)}'
        case {'kind': kind, 'at': [a, b]}:
            return f'{kind} {a}{b}'
        case {}:
            return 'mapping'
        case Point(0, y):
            return f'on axis {y}'
        case Point(x=x, y=0):
            return f'flat {x}'
        case Point():
            return 'point'
        case _:
            return 'other'


m1 = [shape(v) for v in (None, True, 0, 1, 2, 500, 1.5)]
m2 = [shape(v) for v in ('redis://', 'a', 'b', 'z', b'a')]
m3 = [shape(v) for v in ([], [1], (1, 2, 3), 'xyz')]
m4 = [shape(v) for v in ({'kind': 'x', 'q': 1, 'p': 2}, {'kind': 'y', 'at': (1, 2)}, {'kind': 'y', 'at': [1]}, {})]
m5 = [shape(v) for v in (Point(0, 3), Point(4, 0), Point(1, 1), Far(0, 9))]


class Box:
    def __init__(self):
        self.kept = {}

    def __setitem__(self, key, value):
        self.kept[key] = value

    def __getitem__(self, key):
        return self.kept.get(key, 'missing')

    def __delitem__(self, key):
        del self.kept[key]

    def __contains__(self, key):
        return key in self.kept

    def __len__(self):
        return len(self.kept)

    def __iter__(self):
        return iter(self.kept)

    def __bool__(self):
        return True


box = Box()
b1 = bool(box)
box['a'] = 1
box['b'] = box['a'] + 1
b2 = (box['a'], box['b'], box['c'], 'a' in box, 'c' in box, len(box), list(box))
del box['a']
b3 = (box['a'], len(box))


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Kind(Enum):
    A = 'a'
    B = 'b'
    ALIAS = 'a'

    @property
    def shout(self):
        return self.value.upper()


class Auto(Enum):
    ONE = auto()
    TWO = auto()


e1 = (Level(2).name, Level['LOW'].value, Level.HIGH is Level(2))
e2 = (Kind('b').name, Kind['A'].value, Kind.ALIAS is Kind.A, Kind.A.shout, [k.name for k in Kind], [k.value for k in Kind])
e3 = (Auto.ONE.value, Auto.TWO.value, Kind.A in (Kind.A, Kind.B), Kind.A == Kind.ALIAS, Kind.A == Kind.B)
try:
    Kind('zzz')
except ValueError as error:
    e4 = str(error)


@dataclass
class Server:
    host: str
    port: int = 8000
    tags: list = field(default_factory=list)
    options: dict = field(default_factory=dict)
    name: str = field(default='web')

    def address(self):
        return f'{self.host}:{self.port}'


one = Server('a')
two = Server('b', 1, name='worker')
one.tags.append('x')
s1 = (one.address(), two.address(), one.tags, two.tags, one.options, two.name, one == one)

_g = globals()
_g['made'] = 3
n1 = (made, _g.get('made'), _g.get('nothing'), _g.get('nothing', 4), 'made' in _g)
n2 = (_g.pop('made'), _g.pop('made', 'gone'), 'made' in _g)
n3 = (_g.setdefault('later', 5), _g.setdefault('later', 6), later)
_g.update(one_more=7, two_more=8)
_g.update({'three_more': 9})
n4 = (one_more, two_more, three_more)
n5 = sorted(name for name in _g.keys() if name.endswith('_more'))
n6 = sorted(value for name, value in _g.items() if name.endswith('_more'))
try:
    _g['not there']
except KeyError as error:
    n7 = str(error)


class Once:
    made = None

    def __new__(cls, *args):
        if cls.made is None:
            cls.made = super().__new__(cls)
        return cls.made

    def __init__(self, value):
        self.value = value


o1 = Once(1)
o2 = Once(2)
n8 = (o1 is o2, o1.value, o2.value)


class Callable:
    def __call__(self, *args, **kwargs):
        return (args, kwargs)

    def __enter__(self):
        return 'entered'

    def __exit__(self, kind, value, trace):
        return kind is KeyError


with Callable() as entered:
    raise KeyError('swallowed')
n9 = (entered, Callable()(1, 2, a=3))
