import { describe, expect, it } from 'vitest'
import { run, show } from './run.ts'

const classes = `
class Options(dict):
    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.own = 1

class Names(list): pass
class Word(str): pass
class Wrong(OSError): pass

class Box:
    def __init__(self): self.gone = []
    def __delitem__(self, key): self.gone.append(key)

from enum import Enum
class Kind(str, Enum):
    A = 'a'
    EMPTY = ''

options = Options(a=1)
names = Names([1, 2])
word = Word('ab')
`
const having = (line: string) => run(`${classes}${line}\n`)

/** Such a class is common in settings; what its instances hold is not followed, and none of these raises. */
describe('an instance of a class that derives from a built-in type', () => {
  it.each([
    "options['a']",
    "options.get('a')",
    'options.items()',
    'len(options)',
    'bool(options)',
    "dict.get(options, 'a')",
    'names[0]',
    'names[0:1]',
    'bool(names)',
    'word.upper()',
    'word[0]',
    'len(Kind)',
    'Kind.A.upper()',
  ])('%s is not known', (expression) => {
    const evaluation = having(`X = ${expression}`)
    expect(evaluation.certainCrash).toBeUndefined()
    expect(show(evaluation, 'X')).toBe('<?>')
  })

  it.each(["options['b'] = 2", 'options.update(b=2)', 'names.append(3)', "del options['a']"])('takes %s', (line) => {
    expect(having(line).certainCrash).toBeUndefined()
  })

  it('has what its class gives it, and nothing that neither has', () => {
    expect(show(having('X = options.own'), 'X')).toBe('1')
    expect(having('X = options.nothing').certainCrash?.exception).toBe('AttributeError')
    expect(show(having('X = bool(Kind.A), bool(Kind.EMPTY), Kind.A.value'), 'X')).toBe("(True, False, 'a')")
  })
})

it.each(['errno', 'strerror', 'filename', '__cause__', '__traceback__'])(
  'an exception has %s, whatever it is worth',
  (name) => {
    for (const raises of ["open('nope')", "raise Wrong(2, 'x')"])
      expect(having(`try:\n    ${raises}\nexcept OSError as e:\n    X = e.${name}`).certainCrash).toBeUndefined()
  },
)

it('a class of the project says itself how an item is deleted', () => {
  expect(show(having("box = Box()\ndel box['k']\nX = box.gone"), 'X')).toBe("['k']")
})

it('instances of a class with a decorator may be equal', () => {
  const program =
    'from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\nX = P(1) == P(1)\nclass Q: pass\nY = Q() == Q()\n'
  expect(show(run(program), 'X')).toContain('True when')
  expect(show(run(program), 'Y')).toBe('False')
})

it.each([
  'self.__dict__.update(given)',
  'vars(self).update(given)',
  "self.__dict__['a'] = given['a']",
  'for name, value in given.items(): self.__dict__[name] = value',
])('%s gives an instance attributes', (line) => {
  const program = `class A:\n    def __init__(self, **given):\n        ${line}\nX = A(a=1).a\nY = vars(A(a=1)) == {'a': 1}\n`
  expect([show(run(program), 'X'), show(run(program), 'Y')]).toEqual(['1', 'True'])
})

it('an instance whose attributes are those of something else may have any', () => {
  const program = 'class A:\n    def __init__(self, **given):\n        self.__dict__ = given\nX = A(a=1).a\n'
  expect(run(program).certainCrash).toBeUndefined()
})

it.each([
  'from enum import Flag, auto\nclass F(Flag):\n    A = auto()\n    B = auto()\nX = F(3)',
  'from enum import Enum\nclass K(Enum):\n    A = 1\n    @classmethod\n    def _missing_(cls, value): return cls.A\nX = K(9)',
  "from enum import StrEnum\nclass K(StrEnum):\n    A = 'a'\nX = ','.join([K.A])",
  'class I:\n    def __index__(self): return 1\nX = [1, 2][I()], "ab"[I()]',
  'def g():\n    x = yield 1\nG = g()\nnext(G)\nG.close()',
  "import re\ntry:\n    re.compile('(')\nexcept re.error as e:\n    X = e.msg, e.pos",
  "from collections import Counter\nX = Counter()\nX.update('xy')",
  "from collections import Counter\nX = Counter('a') + Counter('b')",
  "from collections import OrderedDict\nX = OrderedDict(a=1, b=2)\nX.move_to_end('a')",
  "import importlib.util\nX = importlib.util.find_spec('json').origin",
  'class A: pass\nX = A.__subclasses__(), A.mro(), A.__base__',
  'class A:\n    def m(self): return __class__\nX = A().m()',
])('does not raise: %s', (program) => {
  expect(run(program).certainCrash).toBeUndefined()
})
