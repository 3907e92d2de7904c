import type { Random } from '../../../scripts/fuzz/random.ts'
import type { Questions } from './questions.ts'

type Several = (count: number, make: () => string) => string[]

/** What a module is asked: `«name»` in a template is one of a list. */
interface Subject {
  readonly about: string
  readonly setup: string
  readonly lists: Readonly<Record<string, readonly string[]>>
  readonly templates: readonly string[]
  /** How many expressions each template gives; 8 when left out. */
  readonly each?: number
}

const urls = [
  "'redis://:p%40ss@host:6379/0?ssl=true#f'", "'http://user:pw@Example.COM:8080/a/b;c?d=1&e=2&d=3#g'", "'//h/p'", "'mailto:x@y'", "''", "'/a/b?c'", "'https://[::1]:443/x'",
  "'postgres://u:p@h/db'", "'a:b:c'", "'http://h:99999/'", "'http://h:x/'", "'http://h:/p'", "'HTTP://H'", "'http://a/b/c/d;p?q'", "'x?y#z'", "'redis://h'", "'https://é.fr/ü'", "'http://[bad/'",
] // biome-ignore format: a list
// `//a` is left out: it is another text than `/a` for Python, and the same file on Linux.
const paths = ["'/a/b.tar.gz'", "'a/b/../c'", "''", "'/'", "'.bashrc'", "'a//b/'", "'../x'", "'/a/./b'", "'b'", "'a.b/c'", "'/..'", "'.'", "'x.'", "'~/c'"] // biome-ignore format: a list

const subjects: readonly Subject[] = [
  {
    about: 'urllib.parse',
    setup: 'from urllib.parse import *\nimport urllib.parse as up',
    lists: {
      url: urls,
      field: ['scheme', 'netloc', 'path', 'query', 'fragment', 'hostname', 'port', 'username', 'password', 'geturl()', '_replace(scheme="x", netloc="n").geturl()', 'params'],
      text: ["'a b/c'", "'é&=?'", "''", "'100%'", "'a+b'", "'%41%zz%C3%A9'", "'~-_.!*'", "'x%2Fy+z'", "'😀'", "'%ff'"],
      safe: ["''", "'/'", "'&='", "'+ '"],
      data: ["{'a': 1, 'b': 'x y'}", "[('a', 'é'), ('a', 2)]", "{'a': [1, 2]}", '{}', "{'k': True}", "[('x', None)]", "{'a': ['p', 'q'], 'b': 'zz'}"],
      query: ["'a=1&b=2&a=3'", "'a=&b'", "''", "'x=%20y+z'", "'a=1;b=2'", "'=1'", "'a==b'", "'&&a=b&'"],
      base: ["'http://a/b/c/d;p?q'", "'http://h'", "''", "'http://h/x/'", "'/r/s'", "'http://h/a/../b'"],
      rel: ["'g'", "'./g'", "'../g'", "'/g'", "'//h2/g'", "'?y'", "'#s'", "'../../../g'", "'http:g'", "''", "'g;x?y#z'", "'ftp://z/y'", "'.'", "'..'", "'g/./h/../i'"],
    },
    templates: [
      'urlparse(«url»).«field»', 'urlparse(«url»).«field»', 'urlparse(«url»).«field»', 'urlparse(«url»).«field»', 'urlsplit(«url»).«field»', 'urlsplit(«url»).«field»', 'urlsplit(«url»).«field»', 'tuple(urlparse(«url»))', 'tuple(urlsplit(«url»))', 'urlparse(«url»)[«index»]', 'urlunparse(urlparse(«url»))', 'urlunsplit(urlsplit(«url»))',
      "urlunsplit(('s', 'n', 'p', 'q=1', 'f'))", "urlunparse(['', '', '/p', '', 'q', ''])", 'quote(«text»)', 'quote(«text», «safe»)', 'quote(«text», safe=«safe»)', 'quote_plus(«text»)', 'quote_plus(«text», «safe»)', 'unquote(«text»)', 'unquote_plus(«text»)', 'urlencode(«data»)', 'urlencode(«data», doseq=True)', 'urlencode(«data», True)', 'urlencode(«data», safe="/")', 'urlencode(«data», quote_via=quote)',
      'parse_qs(«query»)', 'parse_qs(«query», keep_blank_values=True)', 'parse_qsl(«query»)', 'parse_qsl(«query», True)', 'dict(parse_qsl(«query»))', 'urljoin(«base», «rel»)', 'urljoin(«base», «rel»)', 'urljoin(«base», «rel»)', 'urljoin(«base», «rel»)', 'urlparse(«url», scheme="q").scheme', 'urlparse(«url», "q").geturl()', 'urldefrag(«url»)', 'up.urlparse(«url») == up.urlparse(«url»)',
    ],
    each: 14,
  },
  {
    about: 're',
    setup: 'import re',
    lists: {
      p: ["r'\\d+'", "r'(a)(b)?'", "r'^x'", "r'[,;]\\s*'", "r'(?P<k>\\w+)=(?P<v>\\S*)'", "r'.'", "r'a|b'", "r''", "r'(?i)HELLO'", "r'\\bw'", "r'(x)|(y)'", "r'(['", "r'a{2}'", "r'^\\s*$'", "r'[^/]+'", "r'\\.'"],
      t: ["'a1b22'", "'ab'", "'x,y; z'", "'k=v w=z'", "''", "'hello world'", "'aab'", "'y x'", "'a.b.c'", "'/p/q'", "'\\n'", "'éa'"],
      r: ["'N'", "r'\\1'", "r'<\\g<0>>'", "r'\\g<k>'", "''", "lambda m: m.group().upper()", "r'[\\2]'", "lambda m: '-'"],
      n: ['0', '1', '2', '-1'],
      f: ['0', 're.I', 're.M', 're.S', 're.IGNORECASE | re.MULTILINE', 're.X'],
    },
    templates: [
      're.sub(«p», «r», «t»)', 're.sub(«p», «r», «t»)', 're.sub(«p», «r», «t», «n»)', 're.sub(«p», «r», «t», count=«n»)', 're.findall(«p», «t»)', 're.findall(«p», «t», «f»)', 're.split(«p», «t»)', 're.split(«p», «t», «n»)', 're.split(«p», «t», maxsplit=«n»)', 're.match(«p», «t») is None', 're.search(«p», «t») is None', 're.fullmatch(«p», «t») is None', 're.search(«p», «t», «f») is None',
      're.search(«p», «t»).group()', 're.search(«p», «t»).groups()', 're.search(«p», «t»).groupdict()', 're.match(«p», «t»).span()', 're.search(«p», «t»).start()', 're.search(«p», «t»).end(«n»)', 're.search(«p», «t»)[«n»]', 're.search(«p», «t»).group(«n», «n»)', "re.search(«p», «t»).group('k')", 're.compile(«p», «f»).sub(«r», «t»)', 're.compile(«p»).findall(«t»)', 're.compile(«p»).split(«t», «n»)', 're.compile(«p»).pattern', 'bool(re.compile(«p»).match(«t»))', '[m.group() for m in re.finditer(«p», «t»)]', 're.subn(«p», «r», «t»)', 're.escape(«t»)', 're.compile(«p»).fullmatch(«t») is None', 're.compile(«p»).search(«t»).span(«n»)',
    ],
    each: 12,
  },
  {
    about: 'json and ast',
    setup: 'import json, ast',
    lists: {
      j: [`'{"a": [1, 2.5, null, true, false], "b": "\\\\u00e9"}'`, "'[]'", "'1'", `'"x"'`, "'{'", "''", "'[1,]'", "'NaN'", "' {} '", `'{"a":1,"a":2}'`, "'1e5'", "'-0'", "'[1e400]'", "'tru'", `'"\\\\n\\\\t"'`, "'01'", "b'[1]'", 'None', `'{"x": {"y": {}}}'`, "'[1] 2'"],
      o: ["{'b': 1, 'a': [True, None]}", "'é\\n\"'", '1.0', '[]', '{}', '(1, 2)', "{1: 2, None: 3, True: 4}", 'None', '1e20', '{1, 2}', "b'x'", "{'a': {'b': []}}", '-7', '[1.5, "x"]', "{(1,): 2}"],
      l: [`"{'a': [1, (2,)]}"`, "'1 + 1'", "'None'", "'-3'", "'x'", "'[1, 2'", `"b'x'"`, "'{1, 2}'", "' 1'", "'1j'", "'True'", "''", "'\\'a\\' \\'b\\''", "'[]'", "'f()'", "'1_000'", "'(1, [2], {3: 4})'", '5'],
    },
    templates: ['json.loads(«j»)', 'json.loads(«j»)', 'json.dumps(«o»)', 'json.dumps(«o», sort_keys=True)', 'json.dumps(«o», indent=2)', 'json.dumps(«o», separators=(",", ":"))', 'json.dumps(«o», ensure_ascii=False)', 'json.dumps(«o», default=str)', 'json.loads(json.dumps(«o»))', 'ast.literal_eval(«l»)', 'ast.literal_eval(«l»)', 'json.dumps(«o», indent=1, sort_keys=True)'],
    each: 16,
  },
  {
    about: 'itertools and functools',
    setup: 'import itertools, functools, operator\nadd = lambda a, b: a + b',
    lists: {
      s: ['[1, 2, 3]', "'ab'", '()', '[0]', 'range(4)', "['x', 'y', 'z']", '[[1], [2, 3]]', '{1: 2}', '[3, 1, 2]', 'None'],
      n: ['0', '1', '2', '3', '-1', 'None', '5'],
      f: ['add', 'operator.add', 'operator.mul', 'max', 'lambda a, b: a', 'lambda a, b: [a, b]'],
    },
    templates: ['list(itertools.chain(«s», «s»))', 'list(itertools.chain.from_iterable(«s»))', 'list(itertools.product(«s», «s»))', 'list(itertools.product(«s», repeat=«n»))', "list(itertools.repeat('x', «n»))", 'list(itertools.accumulate(«s»))', 'list(itertools.accumulate(«s», «f»))', 'list(itertools.accumulate(«s», «f», initial=1))', 'list(itertools.islice(«s», «n»))', 'list(itertools.islice(«s», «n», «n»))', 'list(itertools.islice(«s», «n», «n», «n»))', 'list(itertools.zip_longest(«s», «s»))', "list(itertools.zip_longest(«s», «s», fillvalue='-'))", 'functools.reduce(«f», «s»)', 'functools.reduce(«f», «s», «n»)', 'functools.partial(«f», 1)(2)', 'functools.partial(int, base=2)("101")', 'functools.partial(sorted, reverse=True)(«s»)', 'functools.partial(dict, a=1)(b=«n»)', 'functools.lru_cache(maxsize=«n»)(lambda x: x)(«n»)', 'functools.cache(len)("ab")', 'list(itertools.combinations([1, 2, 3], 2))', 'list(itertools.permutations("ab"))', 'list(itertools.takewhile(lambda x: x, «s»))', '[(k, list(g)) for k, g in itertools.groupby(«s»)]', 'list(itertools.starmap(«f», [(1, 2)]))', 'functools.partial(«f», 1).args', 'next(itertools.chain(«s»))'],
    each: 9,
  },
  {
    about: 'operator, copy, collections and types',
    setup: 'import operator, copy, collections, types\nfrom collections import *\nPoint = namedtuple("Point", "x y")\nPair = namedtuple("Pair", ["a", "b"], defaults=[7])\nns = types.SimpleNamespace(a=1, b=Point(1, 2))\nclass O:\n    z = [5]',
    lists: {
      a: ['1', '2.5', "'ab'", '[1, 2]', '(3,)', "{'a': 1}", 'True', '-7', '3', '[2]', "'b'", 'None'],
      op: ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'or_', 'and_', 'xor', 'concat', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'contains', 'pow'],
      k: ['0', '1', "'a'", '-1', '5'],
      t: ["'abca'", '[1, 1, 2]', '{}', "{'a': 3}", '()', "['x', 'y', 'x']"],
      d: ["{'a': 1}", '[("k", [1])]', '{}', '[[1, 2]]'],
    },
    templates: ['operator.«op»(«a», «a»)', 'operator.«op»(«a», «a»)', 'operator.«op»(«a», «a»)', 'operator.«op»(«a», «a»)', 'operator.«op»(«a», «a»)', 'operator.«op»(«a», «a»)', 'operator.not_(«a»)', 'operator.itemgetter(«k»)(«a»)', 'operator.itemgetter(«k», «k»)(«a»)', 'operator.attrgetter("a")(ns)', 'operator.attrgetter("b.x", "a")(ns)', 'operator.attrgetter("z")(O)', 'copy.copy(«a»)', 'copy.deepcopy(«a»)', '[(d := «a»), (e := copy.copy(d)), e is d, e == d][2:]', '[(d := [[1]]), (e := copy.deepcopy(d)), e[0].append(2), d, e][3:]', '[(d := [[1]]), (e := copy.copy(d)), e[0].append(2), d, e][3:]', 'Point(1, «a»).y', 'tuple(Point(«a», 2))', 'Point(1, y=«a»)._asdict()', 'Point(1, 2)._replace(x=«a»).x', 'Point(«a»)', 'Point(1, 2, 3)', 'len(Pair(«a»))', 'Pair(«a»).b', 'Pair(«a»)[«k»]', '[p for p in Point(«a», 4)]', 'Point(1, 2) == (1, 2)', 'Point(1, 2) == Point(1, 2)', 'Point._fields', 'dict(OrderedDict(«d»))', 'dict(OrderedDict(«d», q=1))', 'dict(defaultdict(list, «d»))', '[(d := defaultdict(list)), d[«k»].append(1), dict(d)][2:]', '[(d := defaultdict(int, «d»)), d["n"], dict(d)][1:]', 'dict(Counter(«t»))', 'Counter(«t»)["a"]', 'Counter(«t»).most_common(1)', 'list(deque(«t»))', 'list(deque(«t», 2))', 'list(deque(«t», maxlen=1))', '[(d := deque(«t»)), d.appendleft(9), list(d)][1:]', 'ns.a', 'ns.nope', 'types.SimpleNamespace(q=«a»).q', 'dict(ChainMap(«d», {"z": 0}))', 'isinstance(OrderedDict(), dict)', 'isinstance(Point(1, 2), tuple)', 'list(OrderedDict(«d»).items())', 'bool(Counter(«t»))', 'Counter(«t»).get("q", 0)', 'defaultdict(int).get("a")', 'dict(vars(ns)) == vars(ns)', 'x if (x := «a») else 0'],
    each: 8,
  },
  {
    about: 'os.path',
    setup: 'import os, os.path as p',
    lists: { a: paths },
    templates: ['p.join(«a», «a»)', 'p.join(«a», «a»)', 'p.join(«a», «a», «a»)', 'p.dirname(«a»)', 'p.dirname(«a»)', 'p.basename(«a»)', 'p.basename(«a»)', 'p.normpath(«a»)', 'p.normpath(«a»)', 'p.isabs(«a»)', 'p.split(«a»)', 'p.split(«a»)', 'p.splitext(«a»)', 'p.splitext(«a»)', 'p.relpath(«a», «a»)', 'p.relpath(«a», "/a")', 'p.abspath(«a») == p.normpath(p.join(os.getcwd(), «a»))', 'p.commonprefix([«a», «a»])', 'p.sep + p.pardir + p.curdir', 'p.dirname(p.dirname(«a»))', 'p.join(p.dirname(«a»), "x", «a»)', 'p.commonpath([«a», «a»])', 'p.join(«a»)', 'p.join(None, «a»)', 'p.normcase(«a»)', 'os.fspath(«a»)', 'os.sep.join(["a", «a»])'],
    each: 14,
  },
  {
    about: 'pathlib',
    setup: 'from pathlib import Path, PurePath, PurePosixPath\nimport os',
    lists: { a: paths, n: ["'x.py'", "'y'", "''", "'a/b'", "'.z'"], s: ["'.txt'", "''", "'py'", "'.'"] },
    templates: ['str(Path(«a»))', 'str(Path(«a»))', 'str(Path(«a») / «a»)', 'str(Path(«a») / «a»)', 'str(Path(«a», «n»))', 'str(«a» / Path(«a»))', 'Path(«a»).name', 'Path(«a»).name', 'Path(«a»).stem', 'Path(«a»).suffix', 'Path(«a»).suffixes', 'str(Path(«a»).parent)', 'str(Path(«a»).parent.parent)', 'Path(«a»).parts', 'Path(«a»).parts', '[str(x) for x in Path(«a»).parents]', 'str(Path(«a»).parents[«i»])', 'Path(«a»).is_absolute()', 'Path(«a»).as_posix()', 'str(Path(«a»).with_name(«n»))', 'str(Path(«a»).with_suffix(«s»))', 'str(Path(«a»).with_stem(«n»))', 'str(Path(«a»).relative_to(«a»))', 'str(Path("/a/b/c").relative_to("/a"))', 'str(Path(«a»).joinpath(«n», «n»))', 'Path(«a») == Path(«a»)', 'Path("a/b") < Path(«a»)', 'f"{Path(«a»)}"', 'os.path.join(Path(«a»), «n»)', 'os.fspath(Path(«a»))', 'Path(«a»).anchor', 'Path(«a»).root', 'Path(«a»).drive', 'str(PurePosixPath(«a»))', 'Path(«a»).match("*.gz")', 'Path(«a»).is_relative_to("/a")', 'str(Path())', 'len(Path(«a»).parts)', 'Path(«a»).as_uri()', 'str(Path(«a»).resolve()) == os.path.abspath(«a»)', 'Path(1)', 'Path(«a») + "x"', 'repr(str(PurePath(«a»)))', 'hash(Path(«a»)) == hash(Path(«a»))', 'Path(«a») in [Path(«a»)]'],
    each: 12,
  },
  {
    about: 'datetime',
    setup: 'from datetime import timedelta\nimport datetime',
    lists: { t: ['timedelta(days=1)', 'timedelta(1, 2, 3)', 'timedelta(hours=-5)', 'timedelta(minutes=90, seconds=30)', 'timedelta(weeks=2)', 'timedelta()', 'timedelta(milliseconds=1500)', 'timedelta(days=0.5)', 'timedelta(days=-1, hours=1)', 'timedelta(microseconds=7)', 'timedelta(1e-7)'], n: ['2', '-3', '0.5', '0', '1.5', '7'], f: ['days', 'seconds', 'microseconds', 'total_seconds()'] },
    templates: ['«t».«f»', '«t».«f»', '«t».«f»', '«t».«f»', 'str(«t»)', 'str(«t»)', 'str(«t» + «t»)', 'str(«t» - «t»)', 'str(«t» * «n»)', 'str(«n» * «t»)', 'str(«t» / «n»)', '«t» / «t»', '«t» // «t»', 'str(«t» // «n»)', 'str(«t» % «t»)', '«t» == «t»', '«t» < «t»', '«t» >= «t»', 'bool(«t»)', 'str(-«t»)', 'str(abs(«t»))', 'int(«t».total_seconds())', '«t» + 1', '«t» == 0', 'repr(«t»)', 'isinstance(«t», timedelta)', 'str(datetime.timedelta(days="x"))', 'timedelta(days=1, nope=2)', 'max(«t», «t») == «t»', 'sorted([«t», «t»]) == [«t», «t»]'],
    each: 9,
  },
  {
    about: 'base64, string, math and the rest',
    setup: 'import base64, string, math, shlex, logging, textwrap, platform, warnings, sys',
    lists: { b: ["b'abc'", "b''", "b'\\xff\\xfe?'", "b'hello world'", "'text'"], e: ["'YWJj'", "b'YWJj'", "'YWI='", "'YQ'", "'_-8='", "''", "'a b c d'", "'//8='", "'é'"], f: ['2.7', '-2.7', '3', '0.5', '1e20', '-0.0', "'x'", 'True'], m: ['floor', 'ceil', 'trunc'], c: ['ascii_lowercase', 'ascii_uppercase', 'ascii_letters', 'digits', 'hexdigits', 'octdigits', 'punctuation', 'whitespace', 'printable'], l: ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL', 'NOTSET', 'WARN', 'FATAL'], s: ['"a b"', `"x 'y z' w"`, '"a\\\\ b"', '"\'open"', '""', '"# c"'] },
    templates: ['base64.b64encode(«b»)', 'base64.urlsafe_b64encode(«b»)', 'base64.standard_b64encode(«b»).decode()', 'base64.b64decode(«e»)', 'base64.urlsafe_b64decode(«e»)', 'base64.standard_b64decode(«e»)', 'base64.b64decode(base64.b64encode(«b»))', 'math.«m»(«f»)', 'math.«m»(«f»)', 'math.«m»(«f»)', 'string.«c»', 'len(string.«c»)', 'math.pi > 3', 'math.sqrt(«f»)', 'math.inf', 'shlex.split(«s»)', 'logging.«l»', 'logging.getLevelName(20)', 'sys.version_info >= (3, 8)', 'sys.version_info[:2] == (3, 12)', 'sys.version_info.major', 'string.Template("$a ${b} $$").substitute(a=1, b=2)', 'string.Template("$a $q").safe_substitute(a=1)', 'textwrap.dedent("  a\\n  b")', 'string.capwords("a bC")', 'sys.maxsize', 'logging.getLevelName("INFO")', "sys.platform == 'linux'", "sys.byteorder", 'math.log(«f»)', 'math.isnan(«f»)'],
    each: 9,
  },
] // biome-ignore format: tables

const index = ['0', '1', '2', '-1', '5']

export function libraryQuestions(several: Several, random: Random): readonly Questions[] {
  return subjects.map(({ about, setup, lists, templates, each = 8 }) => {
    const written = (template: string): string =>
      template.replaceAll(/«(\w+)»/g, (_, name: string) =>
        random.one(name === 'i' || name === 'index' ? index : (lists[name] ?? [])),
      )
    const expressions = templates.flatMap((template) =>
      several(template.includes('«') ? each : 1, () => written(template)),
    )
    return { about, setup, expressions: [...new Set(expressions)] }
  })
}
