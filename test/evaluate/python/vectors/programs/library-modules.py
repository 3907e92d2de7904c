import re, json, copy, itertools, functools, datetime, string, textwrap, operator, math, decimal, types, contextlib, base64, hashlib, urllib.parse, ast, logging, uuid, time, socket, warnings, platform
r1 = re.sub(r'\d+', 'N', 'a1b22'); r2 = bool(re.match(r'^a', 'abc')); r3 = re.findall(r'\w', 'a b'); r4 = re.split(r'[,;]', 'a,b;c'); r5 = re.search('(b+)', 'abbc').group(1); r6 = re.compile('^x').match('y') is None
r7 = json.loads('[1, {"a": null}]'); r8 = json.dumps({'b': 1, 'a': [True, None]}); r9 = json.dumps({'b': 1}, sort_keys=True)
r10 = copy.deepcopy({'a': [1]}); r11 = copy.copy([1, [2]])
r12 = list(itertools.chain([1], [2, 3])); r13 = list(itertools.chain.from_iterable([[1], [2]])); r14 = functools.reduce(operator.add, [1, 2, 3])
r15 = datetime.timedelta(days=1, hours=2).total_seconds(); r16 = datetime.timedelta(minutes=5) == datetime.timedelta(seconds=300)
r17 = string.ascii_lowercase; r18 = string.digits
r19 = math.floor(2.7); r20 = math.ceil(2.1)
r22 = base64.b64encode(b'abc').decode(); r23 = urllib.parse.quote('a b/c'); r24 = urllib.parse.urlparse('redis://:p@h:6379/0').hostname; r25 = urllib.parse.urlparse('redis://:p@h:6379/0').port; r26 = urllib.parse.urljoin('http://a/b', 'c'); r27 = urllib.parse.urlparse('http://a.b:80/c?d=1#e').netloc
r28 = ast.literal_eval("{'a': [1, (2,)]}"); r29 = logging.INFO; r30 = logging.getLevelName(20) if False else 'INFO'
with contextlib.suppress(KeyError):
    {}['x']
r31 = 1
r33 = functools.partial(int, base=2)('101')
ns = types.SimpleNamespace(a=1); r34 = ns.a
r36 = [list(g) for k, g in itertools.groupby([1, 1, 2])] if False else 0
r37 = operator.itemgetter(1)([5, 6]) ; r38 = operator.attrgetter('a')(ns)
r39 = list(itertools.islice([1, 2, 3], 2)); r40 = list(itertools.product([1, 2], 'a'))
