import { describe } from 'vitest'
import { check, redis } from './cases.ts'

describe('models of the standard library', () => {
  check([
    {
      name: 'numbers that are no whole number raise as in Python, wherever one is needed',
      source: `import datetime
A = []
def attempt(f):
    try:
        A.append(f())
    except Exception as e:
        A.append(f'{type(e).__name__}: {e}')
inf = float('inf')
nan = float('nan')
attempt(lambda: int(inf))
attempt(lambda: int(nan))
attempt(lambda: int('a', nan))
attempt(lambda: int('a', 40))
attempt(lambda: round(inf))
attempt(lambda: round(nan))
attempt(lambda: '%d' % inf)
attempt(lambda: '%d' % nan)
attempt(lambda: list(enumerate('ab', nan)))
attempt(lambda: list(enumerate('ab', '1')))
attempt(lambda: 'a,b'.split(',', 1.0))
attempt(lambda: 'a b'.rsplit(None, nan))
attempt(lambda: datetime.timedelta(inf))
attempt(lambda: datetime.timedelta(seconds=nan))
attempt(lambda: datetime.timedelta(1000000000))`,
      gives: {
        A: `[${[
          'OverflowError: cannot convert float infinity to integer',
          'ValueError: cannot convert float NaN to integer',
          "TypeError: 'float' object cannot be interpreted as an integer",
          'ValueError: int() base must be >= 2 and <= 36, or 0',
          'OverflowError: cannot convert float infinity to integer',
          'ValueError: cannot convert float NaN to integer',
          'OverflowError: cannot convert float infinity to integer',
          'ValueError: cannot convert float NaN to integer',
          "TypeError: 'float' object cannot be interpreted as an integer",
          "TypeError: 'str' object cannot be interpreted as an integer",
          "TypeError: 'float' object cannot be interpreted as an integer",
          "TypeError: 'float' object cannot be interpreted as an integer",
          'OverflowError: cannot convert float infinity to integer',
          'ValueError: cannot convert float NaN to integer',
          'OverflowError: days=1000000000; must have magnitude <= 999999999',
        ]
          .map((text) => (text.includes("'") ? JSON.stringify(text) : `'${text}'`))
          .join(', ')}]`,
      },
    },
    {
      name: 'what an unknown number counts or limits stays open',
      source: `import os
n = int(os.environ['N'])
A = [i for i, _ in enumerate('ab', n)]
B = 'a,b,c'.split(',', n)
C = int('11', n)`,
      env: { N: '?' },
      gives: { A: '[<?>, <?>]', B: '[…]', C: '<?>' },
    },
    {
      name: 'objects that are neither a number nor a slice are no index',
      source: `A = []
def attempt(f):
    try:
        A.append(f())
    except Exception as e:
        A.append(str(e))
p = object()
attempt(lambda: [1, 2][p])
attempt(lambda: (1, 2)[p])
attempt(lambda: 'ab'[p])
attempt(lambda: 'ab'[0:1])`,
      gives: {
        A: `['list indices must be integers or slices, not object', 'tuple indices must be integers or slices, not object', "string indices must be integers, not 'object'", 'a']`,
      },
    },
    {
      name: 'a method of a class is not known on an object of another',
      source: `import pathlib, urllib.parse
A = pathlib.Path.exists(object())
B = urllib.parse.ParseResult.geturl(ValueError())
C = str(pathlib.Path.joinpath(pathlib.Path('a'), 'b'))`,
      gives: { A: '<?>', B: '<?>', C: "'a/b'" },
    },
    {
      name: 'ssl: constants by name, contexts with their attributes',
      source: `import os, ssl
context = ssl.create_default_context()
A = context.check_hostname
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
B = context.check_hostname
C = context.verify_mode == 0
D = {"address": os.environ["REDIS_URL"], "ssl_cert_reqs": ssl.CERT_NONE}
E = ssl.CERT_NONE.name`,
      gives: {
        A: 'True',
        B: 'False',
        C: 'True',
        D: `{'address': '${redis}', 'ssl_cert_reqs': <ssl.VerifyMode>}`,
        E: "'CERT_NONE'",
      },
    },
    {
      name: 'json and ast: texts that are not known stay open',
      source:
        'import ast, json, os\nA = json.loads(os.environ.get("J", "[1]"))\nB = ast.literal_eval(os.environ.get("J", "{}"))',
      env: { J: '?' },
      gives: { A: '[1] when J is unset | <J> when J is set', B: '{} when J is unset | <J> when J is set' },
    },
    {
      name: 'json: a text that is none raises',
      source: 'import json\nA = json.loads("{")',
      raises: 'JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
    },
    {
      name: 'json: the files of the project that are on the dyno',
      source: 'import json\nwith open("/app/c.json") as f:\n    A = json.load(f)["k"]',
      files: { 'c.json': '{"k": [1.5, null]}' },
      gives: { A: '[1.5, None]' },
    },
    {
      name: 'tomllib: the files of the project that are on the dyno, and what is no TOML',
      source:
        'import tomllib\nwith open("/app/c.toml", "rb") as f:\n    A = tomllib.load(f)\nB = tomllib.loads("x = [0x1F, 1e3, true]")["x"]\ntry:\n    C = tomllib.loads("x =")\nexcept tomllib.TOMLDecodeError:\n    C = None',
      files: { 'c.toml': '[production]\nhosts = ["localhost"]\nport = 1_000\n' },
      gives: {
        A: "{'production': {'hosts': ['localhost'], 'port': 1000}}",
        B: '[31, 1000.0, True]',
        C: 'None',
      },
    },
    {
      name: 'urlencode: what is not known stays open between what is',
      source: 'import os\nfrom urllib.parse import urlencode\nA = urlencode({"a b": "c&d", "key": os.environ["K"]})',
      env: { K: '?' },
      gives: { A: "'a+b=c%26d&key=<K>'" },
    },
    {
      name: 're: what JavaScript cannot express stays open',
      source: `import re, os
A = re.match("(?P<x>a+)b", "aab").group("x")
B = bool(re.search(r"(?i)HOST", "a host"))
C = re.match("(?>a)", "a")
D = re.sub("^x", "y", os.environ.get("T", "xx"))
E = re.match(r"\\w+", "é").group()
F = re.findall(r"(?m)^\\S+$", "a\\nb")
G = re.fullmatch("a b # c", "ab", re.X) is not None`,
      env: { T: '?' },
      gives: {
        A: "'aa'",
        B: 'True',
        D: "'yx' when T is unset | <T> when T is set",
        E: "'é'",
        F: "['a', 'b']",
        G: 'True',
      },
    },
    {
      name: 're: groups that JavaScript would forget stay open',
      source: `import re
A = re.match('(?:(a)|b)*', 'ab').group(1)
B = re.match('(a)?b', 'b').group(1)
C = re.match('(?:(a?))*', 'b').group(1)`,
      gives: { A: '<?>', B: 'None', C: '<?>' },
    },
    {
      name: 're: a pattern that Python refuses raises',
      source: 'import re\nA = re.compile("*.example.com")',
      raises: 'error: nothing to repeat at position 0',
    },
    {
      name: 'datetime: spans are computed',
      source:
        'from datetime import timedelta\nA = timedelta(days=1, hours=-2).total_seconds()\nB = str(timedelta(minutes=90) * 2)',
      gives: { A: '79200.0', B: "'3:00:00'" },
    },
    {
      name: 'secrets and uuid: texts of their own at every call',
      source:
        'import secrets, uuid\nA = "k-" + secrets.token_hex(8)\nB = secrets.token_hex(8) == secrets.token_hex(8)\nC = str(uuid.uuid4())',
      gives: { A: "'k-<secrets.token_hex#1>'", C: "'<uuid.uuid4#4>'" },
    },
    {
      name: 'a secret key of Django: another text at every call, and never an empty one',
      source:
        'from django.core.management.utils import get_random_secret_key as key\nA = key()\nB = bool(key()) and isinstance(key(), str)',
      gives: { A: "'<django.core.management.utils.get_random_secret_key#1>'", B: 'True' },
    },
    {
      name: 'socket: inside a try both outcomes are seen',
      source: 'import socket\ntry:\n    A = socket.gethostbyname("redis")\nexcept socket.gaierror:\n    A = None',
      gives: {
        A: 'None when `socket.gethostbyname()` gets no answer | <?> when `socket.gethostbyname()` gets an answer',
      },
    },
    {
      name: 'socket: what the host is called is not known, whoever else has it',
      source: 'import socket\nA = socket.gethostname()',
      gives: { A: '<?>' },
    },
    {
      name: 'socket: the machine is among its own addresses, and a literal may be one of them',
      source: `import socket
def here(ip):
    try:
        return ip in [one for one in socket.gethostbyname_ex(socket.gethostname())[2] if ':' not in one]
    except socket.gaierror:
        return False
A = here(socket.gethostbyname(socket.gethostname()))
B = socket.gethostbyname(socket.gethostname()) == '172.16.0.1'`,
      gives: {
        A: 'True',
        B: 'False when gethostbyname(gethostname()) is not "172.16.0.1" | True when gethostbyname(gethostname()) is "172.16.0.1"',
      },
    },
    {
      name: 'redis: a ping inside a try as well',
      source: 'import redis\ntry:\n    redis.Redis().ping()\n    A = 1\nexcept redis.ConnectionError:\n    A = 2',
      gives: { A: '2 when `redis.Redis().ping()` gets no answer | 1 when `redis.Redis().ping()` gets an answer' },
    },
    {
      name: 'distutils: gone with Python 3.12 but for setuptools',
      source: 'from distutils.util import strtobool\nA = strtobool("yes")',
      python: '3.11',
      gives: { A: '1' },
    },
    {
      name: 'functools, itertools, copy, string, base64',
      source: `import base64, copy, functools, itertools, string
A = list(itertools.chain(["a"], ["b"]))
B = functools.partial(max, 3)(2)
c = {"a": [1]}
d = copy.deepcopy(c)
d["a"].append(2)
C = c, d
D = string.digits
E = base64.b64decode("aGk=").decode()`,
      gives: { A: "['a', 'b']", B: '3', C: "({'a': [1]}, {'a': [1, 2]})", D: "'0123456789'", E: "'hi'" },
    },
    {
      name: 'logging, warnings and typing change no setting',
      source: `import logging, logging.config, typing, warnings
logging.config.dictConfig({})
warnings.filterwarnings("ignore")
logger = logging.getLogger(__name__)
logger.info("x")
A = logging.INFO
B = typing.cast(int, "b")
C = typing.TYPE_CHECKING`,
      gives: { A: '20', B: "'b'", C: 'False' },
    },
    {
      name: 'os as pathlib imports it for itself',
      source: 'from pathlib import Path, os\nA = os.path.join("a", "b")',
      python: '3.12',
      gives: { A: "'a/b'" },
    },
    {
      name: 'the pathlib of Python 3.13 has no os, and its Path all the same',
      source: 'from pathlib import Path\nA = str(Path("a") / "b")',
      python: '3.13.5',
      gives: { A: "'a/b'" },
    },
    {
      name: 'corsheaders: the default headers of the release',
      source: 'from corsheaders.defaults import default_headers\nA = len(default_headers)',
      versions: { 'django-cors-headers': '4.9.0' },
      gives: { A: '6' },
    },
  ])
})
