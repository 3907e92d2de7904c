import base64
import copy
import functools
import itertools
import json
import math
import operator
import re
import string
from collections import Counter, OrderedDict, defaultdict, namedtuple
from datetime import timedelta
from os.path import basename, dirname, isabs, join, normpath, split, splitext
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, parse_qsl, quote, quote_plus, unquote, unquote_plus, urlencode, urljoin, urlparse, urlsplit, urlunparse

j1 = json.dumps({'b': [1, 2.5, None, True], 'a': 'é"\\\n', '1': float('inf'), '2': -float('inf'), '3': 1e20, '4': 1e-7})
j2 = json.dumps({'b': 1, 'a': [{}, []]}, indent=2, sort_keys=True)
j3 = json.dumps(['é', '€'], ensure_ascii=False)
j4 = json.dumps({'a': 1}, separators=(',', ':'))
j5 = json.loads('{"a": [1, -2, 3.5, 1e3, "\\u00e9\\n", null, true, false, {}]}')
j6 = json.loads(' [ ] ')
try:
    json.loads('{"a": }')
except ValueError as error:
    j7 = type(error).__name__
j8 = [json.dumps(v) for v in (0, -0.0, 1.0, 1e16, 123456789012345680.0, 0.1, 'x\t\x00', (), 10**20)]

x1 = re.sub(r'(\w+)@(\w+)', r'\2 at \1\n\t\\', 'user@host rest')
x2 = re.sub(r'(?P<a>\d)', r'<\g<a>>', 'a1b2')
x3 = re.sub(r'\d', lambda found: str(int(found.group()) + 1), 'a1b9')
x4 = re.split(r'[,;]\s*', 'a, b;c,d')
x5 = re.findall(r'(\w)=(\d)', 'a=1 b=2')
x6 = re.findall(r'\d+', 'a1b22c333')
x7 = re.match(r'(?P<scheme>\w+)://(?:(?P<user>\w+)@)?(?P<host>[^:/]+)', 'redis://h.example:1').groupdict()
x8 = re.search(r'b+', 'aabbcc').span()
x9 = re.fullmatch(r'a|ab', 'ab').group()
x10 = bool(re.match('b', 'ab'))
x11 = re.compile(r'^x', re.M | re.I).findall('X\nxx\ny')
x12 = re.escape('a.b*c')
x13 = re.sub('x*', '-', 'abxd')

p1 = (str(Path('/a/b.tar.gz').parent), Path('/a/b.tar.gz').name, Path('/a/b.tar.gz').stem, Path('/a/b.tar.gz').suffix)
p2 = (str(Path('a') / 'b' / '../c'), str(Path('/a', 'b', '/c')), Path('a/b').parts, str(Path('a//b/./c')))
p3 = (str(PurePosixPath('/a/b/c').relative_to('/a')), Path('/a').is_absolute(), Path('a').is_absolute())
p4 = (str(Path('a/b.txt').with_suffix('.md')), str(Path('a/b.txt').with_name('c')), [str(one) for one in Path('/a/b/c').parents])
p5 = (Path('a') == Path('a/'), str(Path('/a/b').joinpath('c', 'd')), Path('/a/b').as_posix(), Path('.').name)
o1 = (join('a', 'b', '/c', 'd'), join('a/', ''), normpath('a/../b/./c//d'), split('/a/b'), splitext('a/b.c.d'), splitext('.profile'))
o2 = (basename('/a/b/'), dirname('/a/b'), dirname('a'), isabs('/a'), isabs('a'), normpath(''), normpath('/../a'))

u1 = tuple(urlparse('redis://user:p%40ss@h.example:6380/1;t?x=1&y=#frag'))
_u2 = urlparse('redis://user:p%40ss@H.Example:6380/1')
u3 = (_u2.hostname, _u2.port, _u2.username, _u2.password, _u2.netloc, _u2.scheme, _u2.path, _u2.query)
u4 = tuple(urlsplit('//h/p?q#f'))
u5 = (quote('a b/ç&'), quote('a/b', safe=''), quote_plus('a b&c'), unquote('%7Ea%20b%zz'), unquote_plus('a+b%2B'))
u6 = (urlencode({'a': 1, 'b': 'x y'}), 1)
u7 = (parse_qs('a=1&a=2&b=&c=%20'), parse_qs('a=&b=1', keep_blank_values=True), parse_qsl('b=2&a=1'))
u8 = (urljoin('http://h/a/b', 'c'), urljoin('http://h/a/b', '/c'), urljoin('http://h/a/', '../c'), urljoin('http://h/a', '//o/c'))
u9 = urlunparse(('https', 'h:1', '/p', '', 'q=1', ''))
u10 = _u2._replace(path='/2', netloc='n').geturl()
try:
    urlparse('http://h:99999').port
except ValueError as error:
    u11 = str(error)

c1 = (Counter('abca')['z'], dict(Counter(['x', 'y', 'x'])))
_dd = defaultdict(list)
_dd['a'].append(1)
_dd['b']
c2 = (dict(_dd), 'c' in _dd, _dd.get('c'))
c3 = list(OrderedDict([('b', 1), ('a', 2)]))
Pair = namedtuple('Pair', 'left right')
_pair = Pair(1, right=2)
c6 = (_pair.left, _pair[1], _pair._asdict(), _pair._replace(left=9).left, tuple(_pair), _pair == (1, 2))

i1 = (list(itertools.chain([1], (2, 3))), list(itertools.chain.from_iterable([[1], [2]])), list(itertools.islice('abcdef', 1, 5, 2)))
i2 = (list(itertools.product('ab', [1, 2])), 2)
i3 = (list(itertools.repeat('x', 2)), list(itertools.accumulate([1, 2, 3])), list(itertools.zip_longest('ab', 'c', fillvalue='-')))
f1 = (functools.reduce(operator.add, [1, 2, 3]), functools.reduce(operator.mul, [2, 3], 10), functools.partial(pow, 2)(5))
f2 = (operator.itemgetter(1)('abc'), operator.itemgetter('a', 'b')({'a': 1, 'b': 2}), operator.attrgetter('real')(3), operator.not_(0))
t1 = (str(timedelta(days=1, hours=2, seconds=3)), timedelta(minutes=90).total_seconds(), timedelta(days=2) > timedelta(hours=47))
t2 = (timedelta(weeks=1).days, timedelta(hours=25).seconds, str(timedelta(0)), timedelta(hours=1) * 3 == timedelta(hours=3))
h1 = (math.ceil(1.2), math.floor(-1.2))
s2 = (string.ascii_lowercase, string.digits, string.hexdigits, string.punctuation)
s3 = string.ascii_letters[:3]
v1 = (base64.b64encode(b'ab?>').decode(), base64.b64decode('YWI/Pg==').decode(), base64.urlsafe_b64encode(b'ab?>').decode())
y1 = {'a': [1]}
y2 = copy.copy(y1)
y3 = copy.deepcopy(y1)
y1['a'].append(2)
y4 = (y2, y3)
