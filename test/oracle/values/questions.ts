import type { Random } from '../../../scripts/fuzz/random.ts'
import { randomOf } from '../../../scripts/fuzz/random.ts'
import { libraryQuestions } from './library-questions.ts'

/** Expressions about one subject: each may raise. `setup` stands before them. */
export interface Questions {
  readonly about: string
  readonly setup: string
  readonly expressions: readonly string[]
}

/** Values that arguments are chosen from, by what they are for. */
const pools: Readonly<Record<string, readonly string[]>> = {
  int: ['0', '1', '2', '3', '5', '-1', '-2', '-7', '12', 'True', '100', '2 ** 40'],
  small: ['0', '1', '2', '3', '-1', '-2', '4', '9', 'None'],
  float: ['0.0', '1.5', '-2.5', '0.1', '1e20', '2.0', '-0.0', '3.75', '1e-7', "float('inf')"],
  number: ['0', '1', '3', '-4', '2.5', '-0.5', 'True', '10 ** 20', '7', '0.1'],
  width: ['0', '3', '7', '8', '12', '-2'],
  fill: ["'*'", "' '", "'é'", "''", "'ab'", "'0'"],
  text: [
    "'redis://h:6379/0'", "'Hello, World'", "'aXbXc'", "''", "' a  b '", "'éÀß'", "'a,b,,c'", "'TRUE'", "'12'", "'a\\nb\\r\\nc'",
    "'it\\'s'", "'-42'", "'mixedCase word'", "'aaa'", "'\\tx'", "'name=value=more'", "'1.5'", "'_id'", "'ab' * 3", "'😀x'",
  ],
  part: ["'a'", "'X'", "','", "''", "'/'", "'l'", "'aa'", "':'", "' '", "'c'", "'='", "'b'", "'😀'", "'ll'"],
  parts: ["('a', 'H')", "('x',)", "()", "('', 'q')", "('/0', 'c')"],
  chars: ["'a'", "' ,'", "'abc'", "'Hd'", "'/0'", "None", "''", "'cX'"],
  list: ['[]', '[1, 2, 3]', "['b', 'a', 'c']", '[3, 1, 2, 1]', '[[1], [2, 3]]', '[None, 0, False]', '[1.5, 1, True]', "['a', 'B', 'a']", '[(2, 1), (1, 2), (1, 1)]'],
  tuple: ['()', '(1,)', "('a', 'b', 'a')", '(1, (2, 3))', '(3, 1, 2)'],
  set: ['set()', '{1, 2}', '{2, 3, 4}', '{1}', 'frozenset([1, 2])', "{'a', 'b'}"],
  dict: ['{}', "{'a': 1, 'b': 2}", "{1: 'x', 2: [3]}", "{'a': {'b': 1}}", "{'b': 0, 'a': None}", "{True: 1, 1.0: 2}", "{(1, 2): 3}"],
  bytes: ["b''", "b'abc'", "b'\\x00\\xff'", "b'caf\\xc3\\xa9'", "b'a\\nb'"],
  item: ['1', "'a'", 'None', '2', '[2, 3]', '1.0', "'b'", '(1, 2)', 'True', '0', "'z'"],
  iterable: ['[1, 2]', "'ab'", '(3,)', '{1: 2}', 'range(3)', '[]', "{'k'}", '(x for x in [5, 6])', 'None', '7', "[('a', 1), ('b', 2)]", "['x', 'y']"],
  pairs: ["[('c', 3)]", "{'a': 5}", '[[1, 2], [3, 4]]', 'None', '[(1,)]', "{}", "['ab']", "zip('xy', [1, 2])"],
  encoding: ["'utf-8'", "'latin-1'", "'ascii'", "'utf8'", "'nope'"],
  key: ['len', 'str', 'lambda x: -x', 'None', 'lambda x: x', 'abs', 'str.lower', 'lambda x: str(x)[::-1]'],
  bool: ['True', 'False'],
  any: ['None', '0', "'a'", '[]', '{}', '1.5', "b'x'", '(1,)', 'str', '{1}'],
} // biome-ignore format: lists

const methods: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  text: {
    capitalize: [''], casefold: [''], lower: [''], upper: [''], title: [''], swapcase: [''], isalnum: [''], isalpha: [''], isascii: [''],
    isdecimal: [''], isdigit: [''], isidentifier: [''], islower: [''], isnumeric: [''], isprintable: [''], isspace: [''], istitle: [''], isupper: [''],
    center: ['width', 'width fill'], ljust: ['width', 'width fill'], rjust: ['width', 'width fill'], zfill: ['width'],
    count: ['part', 'part small', 'part small small'], find: ['part', 'part small', 'part small small'], rfind: ['part', 'part small', 'part small small'],
    index: ['part', 'part small'], rindex: ['part'], startswith: ['part', 'parts', 'part small', 'part small small', 'any'], endswith: ['part', 'parts', 'part small', 'part small small', 'any'],
    strip: ['', 'chars'], lstrip: ['', 'chars'], rstrip: ['', 'chars'], split: ['', 'part', 'part small', 'maxsplit=int', 'None small', 'sep=part'],
    rsplit: ['', 'part', 'part small', 'maxsplit=int', 'None small'], splitlines: ['', 'bool', 'keepends=bool'], partition: ['part', 'any'], rpartition: ['part', 'any'],
    replace: ['part part', 'part part small', 'part text int'], join: ['list', 'iterable', 'tuple', 'dict'], removeprefix: ['part', "text"], removesuffix: ['part', 'text'],
    expandtabs: ['', 'width'], encode: ['', 'encoding', 'encoding=encoding'], format: ['', 'int', 'text int'], translate: ['{97: None, 98: "Q"}', 'str.maketrans("ab", "xy")', 'str.maketrans({"a": "zz"})'],
  },
  bytes: { decode: ['', 'encoding'], hex: [''], startswith: ["b'a'"], endswith: ["b'c'"], strip: [''] },
  list: {
    count: ['item'], index: ['item', 'item small', 'item small small'], copy: [''],
  },
  tuple: { count: ['item'], index: ['item', 'item small'] },
  set: {
    union: ['iterable', 'set', 'set set', ''], intersection: ['iterable', 'set', ''], difference: ['iterable', 'set', 'set set'], symmetric_difference: ['iterable', 'set'],
    issubset: ['iterable', 'set'], issuperset: ['iterable', 'set'], isdisjoint: ['iterable', 'set'], copy: [''],
  },
  dict: { get: ['item', 'item item'], copy: [''], keys: [''], values: [''], items: [''] },
  int: { bit_length: [''], to_bytes: ["2, 'big'"], conjugate: [''] },
  float: { is_integer: [''], hex: [''] },
} // biome-ignore format: a table

/** Methods that change what they are called on: what they give and what is left of it. */
const mutators: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  list: {
    append: ['item'], extend: ['iterable'], insert: ['int item', 'small item'], remove: ['item'], pop: ['', 'small', 'int'], clear: [''], reverse: [''],
    sort: ['', 'key=key', 'reverse=bool', 'key=key, reverse=bool'],
  },
  set: {
    add: ['item'], remove: ['item'], discard: ['item'], update: ['iterable', 'set set'], clear: [''], intersection_update: ['iterable', 'set'],
    difference_update: ['iterable', 'set'], symmetric_difference_update: ['iterable', 'set'],
  },
  dict: { pop: ['item', 'item item', "'a'"], popitem: [''], setdefault: ['item', 'item item'], update: ['pairs', 'x=int', 'dict', 'pairs, y=item'], clear: [''] },
} // biome-ignore format: a table

const functions: Readonly<Record<string, readonly string[]>> = {
  len: ['text', 'list', 'dict', 'any', 'set', 'bytes', 'range(int)'], bool: ['any', 'number', 'list', 'dict', 'set', 'text', ''],
  str: ['any', 'number', 'list', 'float', 'dict', 'tuple', '', "bytes, 'utf-8'", 'bytes'], repr: ['any', 'number', 'list', 'text', 'tuple', 'float', 'dict'], ascii: ['text', 'any', 'list'],
  int: ['text', 'number', 'float', "text int", "text, base=int", 'any', '', "'0x1f', 16", "'101', 2", "'z', 36", "'0b11', 0", "' 7 '", "'1_000'", "'٣'"],
  float: ['text', 'number', 'any', '', "'nan'", "'-Infinity'", "'1e3'", "' 2.50 '", "'1_0.5'"],
  list: ['iterable', 'dict', 'text', 'any', ''], tuple: ['iterable', 'dict', 'text', 'any', ''], dict: ['pairs', 'dict', 'a=int', 'pairs, b=int', 'any', ''],
  sorted: ['list', 'set', 'tuple', 'dict', 'list, key=key', 'list, reverse=bool', 'tuple, key=key, reverse=bool', 'text', 'iterable'],
  sum: ['list', 'tuple', '[1, 2.5, True]', 'list, int', '[[1], [2]], []', 'iterable', "['a'], ''"], min: ['list', 'number number', 'text text', 'list, key=key', 'list, default=int', 'iterable', '[], default=any'],
  max: ['list', 'number number', 'text text', 'list, key=key', 'list, default=int', 'iterable', '[], default=any', 'number number number, key=key'],
  any: ['list', 'iterable', 'tuple', 'dict'], all: ['list', 'iterable', 'tuple', 'dict'], abs: ['number', 'float', 'any'], round: ['number', 'float', 'float small', 'number small', '2.675, 2', '1234.5, -2', '0.5', '1.5', '-2.5', 'any'],
  divmod: ['number number', 'int int', 'float number'], pow: ['number small', 'int int int', 'int small', 'float small'], hex: ['int', 'any'], oct: ['int'], bin: ['int', 'number'], chr: ['97', '8364', '0', '128512', 'int', 'any'],
  ord: ['part', "'€'", "b'a'", 'any'], isinstance: ['any, str', 'number, int', 'any, (int, float)', 'any, dict', 'number, bool', 'any, list', 'any, object', 'any, any'], issubclass: ['bool, int', 'str, object', 'int, (str, bool)', 'KeyError, LookupError', 'any, str'],
  callable: ['any', 'key'], hasattr: ["any, 'lower'", "any, 'append'", "any, '__len__'", "any, any"], getattr: ["text, 'lower'", "any, 'nope', any", "any, 'nope'", "'a', 'upper', 1"], format: ['number', "number, '.2f'", "text, '>12'", "int, ',d'", "any, ''", "int, '08b'"],
  'list(range(*a))': [], frozenset: ['[1, 1]'],
} // biome-ignore format: a table

const lazy: Readonly<Record<string, readonly string[]>> = {
  range: ['int', 'small small', 'small small small', '10, 0, -3', '0', 'any', '5, 5', '0, 9, 2'], enumerate: ['list', 'text', 'list small', 'tuple, start=int', 'iterable'], zip: ['list text', 'list', 'list tuple text', 'iterable iterable', '', 'list, text, strict=bool'],
  map: ['key list', 'str, iterable', 'lambda a, b: (a, b), list, tuple', 'int, text', "len, ['a', 'bb']", 'key tuple'], filter: ['key list', 'None, list', 'None, tuple', 'lambda x: x, iterable', 'str.isdigit, text'], reversed: ['list', 'text', 'tuple', 'range(4)', 'dict'], iter: ['list', 'iterable', 'dict'],
} // biome-ignore format: a table

const operators = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '|',
  '&',
  '^',
  '<<',
  '>>',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not in',
  'and',
  'or',
]
const specs = [
  '', 'd', '5', '<6', '>6', '^7', '*^9', '05', '+', '+d', ' d', 'x', 'X', '#x', 'b', '#b', 'o', 'c', ',', '_', '.2f', '8.3f', '.0f', 'e', '.1e', 'g', '.3g', '%', '.1%', '010.2f', '+.2f', ',.2f', 's', '.3', '>8.2s', '=8', 'n', 'E', 'é>4', '<05', 'q', '!r', '08,d', '-^10',
] // biome-ignore format: a list
const percents = ['%s', '%d', '%5d', '%-5d|', '%05d', '%+d', '%x', '%X', '%o', '%f', '%.2f', '%8.3f', '%e', '%g', '%r', '%5s|', '%-5s|', '%.2s', '%c', '%%', '%i', '%s-%s', '%(a)s', '%q', '%', '%a', '% d', '%#x', '%*d'] // biome-ignore format: a list
const slices = ['[0]', '[-1]', '[1:]', '[:2]', '[::-1]', '[::2]', '[1:3]', '[-2:]', '[5:1:-1]', '[9]', '[:]', '[-9:2]', '[2:1]', '[::0]', "['a']", '[True]', '[None:2]', '[1.0]', '[-3]', '[:-1]', '[::-2]', '[4:]', '[()]', '[1:2, 3]'] // biome-ignore format: a list

/** Arguments as a signature says: words are pools, the rest stands for itself. */
function argumentsOf(signature: string, random: Random): string {
  const separator = /[,([{"]/.test(signature) ? /,\s*(?![^([{]*[)\]}])/ : /\s+/
  if (signature === '') return ''
  const fill = (word: string): string => {
    const [, keyword = '', name = word] = /^(\w+=)?(\w+)$/.exec(word) ?? []
    return keyword + (pools[name] === undefined ? name : random.one(pools[name]))
  }
  return signature
    .split(separator)
    .map((part) =>
      /^(\w+=)?\w+$/.test(part)
        ? fill(part)
        : part.includes('range(')
          ? part.replace('int', fill('int'))
          : part.split(' ').length > 1 && part.split(' ').every((one) => pools[one] !== undefined)
            ? part.split(' ').map(fill).join(', ')
            : part,
    )
    .join(', ')
}

/** `count` different ones, as far as there are so many. */
function several(count: number, make: () => string): string[] {
  const out = new Set<string>()
  for (let tries = 0; tries < count * 3 && out.size < count; tries++) out.add(make())
  return [...out]
}

function callsOf(random: Random): Questions[] {
  const out: Questions[] = []
  for (const [type, table] of Object.entries(methods)) {
    const expressions = Object.entries(table).flatMap(([name, signatures]) =>
      signatures.flatMap((signature) =>
        several(signature === '' ? 14 : 12, () => {
          const call = `(${random.one(pools[type] ?? [])}).${name}(${argumentsOf(signature, random)})`
          if (type === 'dict' && ['keys', 'values', 'items'].includes(name)) return `list(${call})`
          return type === 'set' && !name.startsWith('is') ? `sorted(${call})` : call
        }),
      ),
    )
    out.push({ about: `methods of ${type}`, setup: '', expressions })
  }
  for (const [type, table] of Object.entries(mutators)) {
    const shown = type === 'set' ? 'sorted(s, key=str)' : 's'
    const expressions = Object.entries(table).flatMap(([name, signatures]) =>
      signatures.flatMap((signature) =>
        several(
          10,
          () => `[(s := ${random.one(pools[type] ?? [])}), s.${name}(${argumentsOf(signature, random)}), ${shown}][1:]`,
        ),
      ),
    )
    out.push({ about: `changes of a ${type}`, setup: '', expressions })
  }
  const plain = Object.entries(functions).flatMap(([name, signatures]) =>
    signatures.flatMap((signature) => several(9, () => `${name}(${argumentsOf(signature, random)})`)),
  )
  const listed = Object.entries(lazy).flatMap(([name, signatures]) =>
    signatures.flatMap((signature) => several(9, () => `list(${name}(${argumentsOf(signature, random)}))`)),
  )
  out.push({
    about: 'built-in functions',
    setup: '',
    expressions: plain.map((one) => one.replace(/^frozenset.*/, 'sorted(frozenset([2, 1, 1]))')),
  })
  out.push({ about: 'built-in iterators', setup: '', expressions: listed })
  return out
}

function operations(random: Random): Questions[] {
  const kinds = ['int', 'float', 'number', 'text', 'list', 'tuple', 'dict', 'set', 'bytes', 'any']
  const value = (): string => random.one(pools[random.one(kinds)] ?? [])
  const alike = (): [string, string] => {
    const pool = pools[random.one(kinds)] ?? []
    return [random.one(pool), random.one(pool)]
  }
  const shown = (text: string): string =>
    `(lambda r: sorted(r, key=str) if isinstance(r, (set, frozenset)) else r)(${text})`
  const binary = operators.flatMap((operator) => [
    ...several(30, () => {
      const [left, right] = alike()
      return `${left} ${operator} ${right}`
    }),
    ...several(14, () => `${value()} ${operator} ${value()}`),
  ])
  const sized = binary.filter(
    (one) => !/2 \*\* 40|10 \*\* 20|1e20/.test(one) || !/\*\* |<<|>>/.test(one.replace(/2 \*\* 40|10 \*\* 20/g, '')),
  )
  return [
    { about: 'operators', setup: '', expressions: sized.map((one) => (/\{|set\(/.test(one) ? shown(one) : one)) },
    { about: 'unary operators', setup: '', expressions: ['-', '+', '~', 'not '].flatMap((operator) => several(24, () => `${operator}(${value()})`)) },
    { about: 'subscripts', setup: '', expressions: slices.flatMap((one) => ['text', 'list', 'tuple', 'dict', 'bytes', 'any'].flatMap((kind) => several(kind === 'text' ? 4 : 2, () => `(${random.one(pools[kind] ?? [])})${one}`))) },
    { about: 'format specifications', setup: '', expressions: specs.flatMap((spec) => several(14, () => `format(${random.one(pools[random.one(['int', 'number', 'float', 'text', 'any'])] ?? [])}, ${JSON.stringify(spec)})`)) },
    { about: 'f-strings', setup: 'n = 7\nt = "text"\nf = 2.5\nw = 9', expressions: specs.filter((spec) => !/[{}"]/.test(spec)).flatMap((spec) => several(5, () => `f"${random.one(['a', '', '{{'])}{${random.one(['n', 't', 'f', 'n + 1', 't!r', 't!s', 'f!a', 'n=', "t[1]"])}${spec === '' || spec === '!r' ? '' : `:${spec}`}}${random.one(['b', '}}', '{w}', '{n:{w}}'])}"`)) },
    { about: 'percent', setup: '', expressions: percents.flatMap((spec) => several(12, () => `'${random.one(['', 'a', '%% '])}${spec}' % ${random.one(['5', "'x'", '(3,)', "('a', 'b')", '2.5', '{"a": 1}', '(1, 2)', '-7', '()', '[1]', 'None', "(4, 'q')", '1e10'])}`)) },
    { about: 'str.format', setup: 'class A:\n    x = 1\n    y = {"k": [7]}', expressions: several(160, () => `'${Array.from({ length: 1 + random.below(2) }, () => `${random.one(['', 'a', '{{', '}}'])}{${random.one(['', '0', '1', 'a', '0.x', 'a[0]', 'a[k]', '0.y[k]', '2', 'zz'])}${random.one(['', '!r', '!s', '!a', '!z'])}${random.one(['', ':>6', ':d', ':.2f', ':x', ':{}', ':,', ':^8'])}}`).join('')}'.format(${random.one(["1, 'b'", 'A', "'x', a=[5]", "a={'k': 2}", "3, 4, a='t'", "2.5, A", ''])})`) },
  ] // biome-ignore format: a table
}

/** All of them, the same for the same seed. */
export function questionsOf(seed: number): readonly Questions[] {
  return [
    ...callsOf(randomOf(seed, 1)),
    ...operations(randomOf(seed, 2)),
    ...libraryQuestions(several, randomOf(seed, 3)),
  ]
}
