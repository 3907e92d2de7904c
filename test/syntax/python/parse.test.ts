import { describe, expect, it } from 'vitest'
import type { Expression, Module, Statement } from '../../../src/syntax/python/ast.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { VALID } from './cases.ts'

/** The kinds of the statements, blocks in brackets. */
function outline(body: readonly Statement[]): string {
  return body
    .map((statement) => {
      const lists = ['body', 'orelse', 'finalbody'].flatMap((field) => {
        const list = (statement as unknown as Record<string, readonly Statement[] | undefined>)[field]
        return list === undefined || list.length === 0 ? [] : [`[${outline(list)}]`]
      })
      return statement.kind + lists.join('')
    })
    .join(' ')
}

function problems(text: string): string[] {
  return parsePython(text).problems.map(({ span, message }) => `${span.start}-${span.end} ${message.en}`)
}

function expression(text: string): Expression {
  const [statement] = parsePython(text).body
  if (statement?.kind !== 'Expr') throw new Error(`no expression: ${text}`)
  return statement.value
}

/** The text of each damaged statement, at any depth of blocks. */
function damaged(text: string): string[] {
  const found: string[] = []
  const visit = (body: readonly Statement[]) => {
    for (const statement of body) {
      if (statement.kind === 'Damaged') found.push(text.slice(statement.start, statement.end))
      if ('body' in statement) visit(statement.body)
      if ('orelse' in statement) visit(statement.orelse)
      if ('handlers' in statement) for (const handler of statement.handlers) visit(handler.body)
      if ('finalbody' in statement) visit(statement.finalbody)
      if ('cases' in statement) for (const arm of statement.cases) visit(arm.body)
    }
  }
  visit(parsePython(text).body)
  return found
}

describe('valid code of Python 3.8 to 3.14', () => {
  it.each(Object.entries(VALID))('%s', (_, text) => {
    const { problems, body } = parsePython(text)
    expect(problems).toEqual([])
    expect(body.length).toBeGreaterThan(0)
  })

  it('several exceptions without parentheses are a tuple', () => {
    const [statement] = parsePython('try: pass\nexcept A, B: pass\n').body
    if (statement?.kind !== 'Try') throw new Error('no try')
    expect(statement.handlers[0]?.type).toMatchObject({ kind: 'Tuple', start: 17, end: 21 })
  })

  it('a t-string keeps the source of what it interpolates', () => {
    const value = expression("t'hi {name!r:>{w}} {x + 1}'")
    expect(value).toMatchObject({
      kind: 'TemplateStr',
      start: 0,
      end: 27,
      values: [
        { kind: 'Constant', start: 2, end: 5, value: { value: 'hi ' } },
        { kind: 'Interpolation', start: 5, end: 18, source: 'name', conversion: 'r' },
        { kind: 'Constant', value: { value: ' ' } },
        { kind: 'Interpolation', source: 'x + 1', conversion: undefined, formatSpec: undefined },
      ],
    })
  })

  it('what a t-string is formatted with is an f-string', () => {
    expect(expression('t"{a:>{b}}"')).toMatchObject({
      kind: 'TemplateStr',
      values: [
        {
          kind: 'Interpolation',
          formatSpec: {
            kind: 'JoinedStr',
            values: [{ kind: 'Constant' }, { kind: 'FormattedValue', value: { id: 'b' } }],
          },
        },
      ],
    })
  })

  it('the name of a definition has a span of its own', () => {
    const [first, second] = parsePython('async def run(): pass\n@a\nclass Étage: pass\n').body
    expect(first).toMatchObject({ kind: 'AsyncFunctionDef', name: 'run', nameSpan: { start: 10, end: 13 } })
    expect(second).toMatchObject({ kind: 'ClassDef', name: 'Étage', start: 25, nameSpan: { start: 31, end: 36 } })
  })

  it('comments are listed with their spans, also inside of brackets', () => {
    const text = '# a\nx = [  # b\n  1,  # c\n]\nif x:  # d\n  pass\n  # e\n#'
    const { comments } = parsePython(text)
    expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# a', '# b', '# c', '# d', '# e', '#'])
  })

  it('a byte-order mark that was left in the text is skipped', () => {
    expect(parsePython('\uFEFFA = 1').body).toMatchObject([{ kind: 'Assign', start: 1, end: 6 }])
  })

  it('integers of any size are exact', () => {
    expect(expression('123456789012345678901234567890')).toMatchObject({
      value: { type: 'int', value: 123456789012345678901234567890n },
    })
    expect(expression('0xFFFF_FFFF_FFFF_FFFF_FF')).toMatchObject({ value: { value: 0xffffffffffffffffffn } })
  })

  it('a named escape stands as U+FFFD', () => {
    expect(expression("'a\\N{BULLET}b'")).toMatchObject({ value: { type: 'str', value: 'a\uFFFDb' } })
  })
})

describe('problems say what is wrong and where', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['X = 1)', '5-6 Expected the end of the line, found `)`'],
    ['X = [1,\nY = 2\n', '4-5 `[` is never closed'],
    ['X = foo(1]', '9-10 Expected `)`, found `]`'],
    ["X = 'abc", '4-8 This string is not closed on its line'],
    ['X = """abc', '4-10 This triple-quoted string is never closed'],
    ["X = f'{a", '8-8 Expected `}`, found the end of the file'],
    ["X = f'a", '4-7 This string is not closed on its line'],
    ["X = f'a}'", '7-8 A single `}` in an f-string must be doubled'],
    ["X = f'{a!x}'", '9-10 Expected `s`, `r` or `a` after `!`'],
    ['X = $FOO', '4-5 Character `$` (U+0024) cannot stand here'],
    ['X = “a”', '4-5 Character `“` (U+201C) cannot stand here'],
    ['X =\u00a01', '3-4 Character U+00A0 cannot stand here'],
    ['X = 1 \\ \nY', '6-7 Unexpected character after the line continuation `\\`'],
    ['X = 012', '4-7 A decimal number cannot start with 0; an octal one is written `0o`'],
    ['X = 1__0', '4-8 This number is not well formed'],
    ['X = 1abc', '4-8 This number is not well formed'],
    ["X = 'C:\\Users'", '7-13 Truncated or invalid escape `\\Users` in a string'],
    ["X = b'é'", '6-7 A bytes literal can only contain ASCII characters'],
    ["X = b'a' 'b'", '4-12 Bytes and text literals cannot be joined'],
    ["X = t'a' 'b'", '4-12 A template string can only be joined with template strings'],
    ["print 'x'", '0-9 `print` is a function in Python 3: its argument needs parentheses'],
    ['exec code', '0-9 `exec` is a function in Python 3: its argument needs parentheses'],
    ['if x\n  y', '0-4 Expected `:`, found the end of the line'],
    ['if x:\ny', '0-5 Expected an indented block after this line'],
    ['x\n  y', '4-5 This line is indented more than its block'],
    ['if x:\n    y\n  z', '14-15 The indentation of this line matches no enclosing block'],
    [
      'if a:\n        b\n\tc\n',
      '17-18 Tabs and spaces are mixed so that the indentation depends on the width of a tab',
    ],
    ['else:\n  x', '0-4 `else` belongs to no statement above it'],
    ['try:\n  x\ny', '0-3 `try` has neither `except` nor `finally`'],
    ['@a\nx = 1', '0-2 Expected a function or a class after the decorator'],
    ['f(a=1, b)', '7-8 A positional argument follows a keyword argument'],
    ['f(x for x in y, 1)', '2-14 A generator expression needs its own parentheses here'],
    ['f() = 1', '0-3 This cannot be assigned to'],
    ['a + 1 = 2', '0-5 This cannot be assigned to'],
    ['None = 1', '0-4 This cannot be assigned to'],
    ['del f()', '4-7 This cannot be deleted'],
    ['def f(a=1, b): pass', '11-12 A parameter without a default follows one with a default'],
    ['def f(**a, b): pass', '11-12 This parameter cannot stand here'],
    ['from a import b,', '16-16 A trailing comma needs parentheses around the imported names'],
    ['from a import', '13-13 Expected a name, found the end of the line'],
    ['import a as', '11-11 Expected a name, found the end of the line'],
    ['x = (*a)', '5-7 A starred expression cannot stand here'],
    ['match x:\n  y = 1', '11-12 Expected `case`, found `y`'],
    ['try:\n  x\nexcept A, B as c:\n  y', '21-23 Several exception types with `as` need parentheses'],
    ['<<<<<<< HEAD\nX = 1\n=======\nX = 2\n>>>>>>> b', '0-12 Merge-conflict marker left in the file'],
  ]
  it.each(cases)('%j', (text, problem) => {
    expect(problems(text)).toEqual([problem])
  })

  it('in two languages', () => {
    for (const [text] of cases) {
      for (const { message } of parsePython(text).problems) {
        expect(message.fr.length).toBeGreaterThan(10)
        expect(message.fr).not.toBe(message.en)
      }
    }
  })
})

describe('damage costs a line or a block', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['a line in a block', 'def f():\n    a = 1\n    b = = 2\n    c = 3\nd = 4\n', ['b = = 2']],
    ['a header and its block', 'for x y:\n    a = 1\n    b = 2\nc = 3\n', ['for x y:\n    a = 1\n    b = 2']],
    [
      'an if with all its clauses',
      'if x y:\n    a\nelif z:\n    b\nelse:\n    c\nd\n',
      ['if x y:\n    a\nelif z:\n    b\nelse:\n    c'],
    ],
    [
      'an elif and what follows it',
      'if x:\n    a\nelif y z:\n    b\nelse:\n    c\nd\n',
      ['elif y z:\n    b\nelse:\n    c'],
    ],
    ['an else', 'if x:\n    a\nelse if y:\n    b\nc\n', ['else if y:\n    b']],
    ['a handler', 'try:\n    a\nexcept A B:\n    b\nc\n', ['except A B:\n    b']],
    ['a case', 'match x:\n    case 1 2:\n        a\n    case 3:\n        b\nc\n', ['case 1 2:\n        a']],
    ['decorators with their function', '@a\n@b\ndef f(x y):\n    a\nc\n', ['@a\n@b\ndef f(x y):\n    a']],
    [
      'an unclosed call in a method',
      'class A:\n    def f(self):\n        x = g(1,\n        return 2\n\n    y = 3\n',
      ['x = g(1,'],
    ],
    ['an unclosed list over several lines', "X = [\n    'a',\n    'b',\nY = 1\n", ["X = [\n    'a',\n    'b',"]],
    [
      'a conflict inside of a list',
      "X = [\n<<<<<<< a\n    'a',\n=======\n    'b',\n>>>>>>> b\n]\nY = 1\n",
      ["X = [\n<<<<<<< a\n    'a',\n=======\n    'b',\n>>>>>>> b\n]"],
    ],
    ['a statement of a line with several', 'a = 1; b = = 2; c = 3\nd\n', ['a = 1; b = = 2; c = 3']],
    [
      'lines of text',
      'X = 1\nThis is no Python but plain text\nand so is this line.\nY = 2\n',
      ['This is no Python but plain text\nand so is this line.'],
    ],
    ['the header of a class that was not finished', 'class A(\n\nclass B:\n    x = 1\n', ['class A(']],
  ]
  it.each(cases)('%s', (_, text, expected) => {
    expect(damaged(text)).toEqual(expected)
    expect(problems(text)).toHaveLength(1)
  })

  it('a missing colon costs nothing', () => {
    const { body, problems } = parsePython('class A\n    x = 1\n    def f(self)\n        return 2\ny = 3\n')
    expect(outline(body)).toBe('ClassDef[Assign FunctionDef[Return]] Assign')
    expect(problems).toHaveLength(2)
  })

  it('stray indentation costs nothing', () => {
    expect(outline(parsePython('a = 1\n    b = 2\n    c = 3\nd = 4\n').body)).toBe('Assign Assign Assign Assign')
    expect(outline(parsePython('if a:\n        b\n    c\nd\n').body)).toBe('If[Expr] Expr Expr')
    expect(problems('a = 1\n    b = 2\n    c = 3\nd = 4\n')).toHaveLength(1)
  })

  it('a try without a handler keeps its block', () => {
    expect(outline(parsePython('try:\n    a = 1\nb = 2\n').body)).toBe('Try[Assign] Assign')
  })

  it('the sides of a conflict are kept in their block', () => {
    const text = 'if a:\n    b = 1\n<<<<<<< ours\n    c = 2\n=======\n    c = 3\n>>>>>>> theirs\n    d = 4\ne = 5\n'
    expect(outline(parsePython(text).body)).toBe('If[Assign Damaged Assign Damaged Assign Damaged Assign] Assign')
    expect(problems(text)).toHaveLength(1)
  })

  it('triple quotes that were never closed cost their line, although later quotes pair up with them', () => {
    const text = 'A = """oops\nB = 1\n\ndef f():\n    """Doc\n\n    more of it\n    """\n    return B\n\nC = 2\n'
    expect(damaged(text)).toEqual(['A = """oops'])
    expect(outline(parsePython(text).body)).toBe('Damaged Assign FunctionDef[Expr Return] Assign')
  })

  it('a docstring that was never closed is one damage with its text', () => {
    const text = '"""Settings of the project.\n\nRead by all.\n\nimport os\n\nclass A:\n    """One line."""\n\nX = 1\n'
    expect(problems(text)).toEqual(['0-27 This triple-quoted string is never closed'])
    expect(outline(parsePython(text).body)).toBe('Damaged Import ClassDef[Expr] Assign')
  })
})

describe('no text overflows the stack or takes more than linear time', () => {
  const many = 20_000
  const cases: Readonly<Record<string, string>> = {
    parentheses: '('.repeat(many) + ')'.repeat(many),
    brackets: 'x = ' + '['.repeat(many),
    calls: 'f('.repeat(many),
    'every operator': '(a or b and not c == d | e ^ f & g << h + i * -j ** '.repeat(many),
    lambdas: 'lambda: '.repeat(many),
    'f-strings': 'f"{'.repeat(many),
    patterns: `match x:\n case ${'['.repeat(many)}:\n  pass`,
    blocks: Array.from({ length: 500 }, (_, i) => ' '.repeat(i) + 'if x:').join('\n'),
    'unclosed brackets': 'X = foo(1,\n'.repeat(many),
    'unclosed matches': 'match (\n'.repeat(many),
    'unclosed triple quotes': 'X = """a\n'.repeat(many),
    'escaped triple quotes': '\\"""\n'.repeat(many),
    'conflict markers': '<<<<<<< a\n'.repeat(many),
  }
  it.each(Object.entries(cases))('%s', (_, text) => {
    const module: Module = parsePython(text)
    expect(module.problems.length).toBeGreaterThan(0)
  })

  it('long chains are read', () => {
    for (const text of [
      'x = ' + 'a + '.repeat(2000) + 'a',
      'x = ' + 'a and b or '.repeat(2000) + 'c',
      'x = ' + 'a if b else '.repeat(2000) + 'c',
      'x = ' + 'not '.repeat(2000) + 'a',
      'x = a' + '.b(c)'.repeat(1000),
      'if a:\n  b\n' + 'elif a:\n  b\n'.repeat(2000),
      'x = [' + '1, '.repeat(many) + ']',
      '"a" '.repeat(many),
    ]) {
      expect(parsePython(text).problems).toEqual([])
    }
  })
})
