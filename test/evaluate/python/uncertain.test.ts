import { describe, expect, it } from 'vitest'
import { run, show } from './run.ts'

const shown = (source: string, name = 'X'): string =>
  show(run(`import ext\n${source}`, { packages: () => 'installed' }), name)

describe('an instance that is called', () => {
  it('goes through its class, static methods included', () => {
    expect(shown('class A:\n    @staticmethod\n    def __call__(x):\n        return x + 1\nX = A()(3)')).toBe('4')
    expect(shown('class A:\n    def __call__(self, x):\n        return x + 1\nX = A()(3)')).toBe('4')
  })
})

describe('items that may be equal', () => {
  it.each([
    ["len({'a', ext.x})", '<?>'],
    ["len({'a': 1, ext.x: 2})", '<?>'],
    ["len({'a', 'b', 'a'})", '2'],
    ["len(['a', ext.x])", '2'],
  ])('%s', (source, expected) => {
    expect(shown(`X = ${source}`)).toBe(expected)
  })

  it('are not known to be the one that is removed', () => {
    expect(shown("X = ['a', 'b']\nX.remove('b')")).toBe("['a']")
    expect(shown("X = [ext.x, 'a', 'b']\nX.remove('a')")).toBe("[ext.x, 'a', 'b', …]")
  })
})

describe('code of which nobody knows how often it runs', () => {
  it.each([
    ['a list it adds to', 'X = [1]\nfor i in ext.x:\n    X.append(i)', '[1, …]'],
    ['a list it may shorten', 'X = [1, 2]\nfor i in ext.x:\n    X.remove(i)', '[1, 2, …]'],
    ['a dict it fills', "X = {'a': 1}\nfor i in ext.x:\n    X[i] = 1", "{'a': 1, …}"],
    ['a key it may change', "X = {'a': 1, 'b': 2}\nfor i in ext.x:\n    X['a'] = i", "{'a': <?>, 'b': 2}"],
    ['a name it binds', 'X = 1\nfor i in ext.x:\n    X = 2', '<?>'],
    ['a name it does not', 'X = 1\nfor i in ext.x:\n    y = 2', '1'],
    [
      'both branches in it',
      'X = [1]\nY = [1]\nfor i in ext.x:\n    if i:\n        X.append(2)\n    else:\n        Y.append(3)',
      '[1, …]',
    ],
    ['a function it calls', 'X = [1]\ndef f(v):\n    X.append(v)\nfor i in ext.x:\n    f(i)', '[1, …]'],
    [
      'a function that returns from it',
      'def f():\n    for i in ext.x:\n        return 1\n    return 2\nX = f()',
      '<?>',
    ],
    ['an exception in it', 'X = 1\nfor i in ext.x:\n    raise ValueError', '1'],
    ['what follows it', 'for i in ext.x:\n    y = i\nX = 5', '5'],
    ['while', 'X = 0\nwhile ext.more():\n    X += 1', '<?>'],
    ['globals()', 'for k in ext.x:\n    globals()[k] = 1\nX = SOMETHING', '<?>'],
    ['known turns first', 'X = []\nfor i in [1, 2, *ext.x]:\n    X.append(i)', '[1, 2, …]'],
    ['a set', 'X = {1}\nfor i in ext.x:\n    X.add(i)', '{1, …}'],
    ['an attribute', 'class C: v = 1\nfor i in ext.x:\n    C.v = i\nX = C.v', '<?>'],
    [
      'a nested value',
      "D = {'a': {'b': [1]}}\nfor i in ext.x:\n    D['a']['b'].append(i)\nX = D",
      "{'a': {'b': [1, …]}}",
    ],
  ])('%s', (_, source, expected) => {
    expect(shown(source)).toBe(expected)
  })
})

describe('code that cannot be read', () => {
  it('makes what it seems to bind unknown and keeps the rest', () => {
    const evaluation = run('A = 1\nB = [1, 2\nC = 3\nD = (\nE = 5\n')
    expect(show(evaluation, 'A')).toBe('1')
    expect(evaluation.certainCrash).toBeUndefined()
    expect(show(evaluation, 'B')).toBe('<?>')
  })

  it('does not turn names it may have bound into NameError', () => {
    const source = 'def broken(:\n    pass\nX = SOMETHING_ELSE\nY = 2'
    const evaluation = run(source)
    expect(evaluation.certainCrash).toBeUndefined()
    expect(show(evaluation, 'Y')).toBe('2')
  })

  it('leaves merge conflicts unknown', () => {
    const source = '<<<<<<< HEAD\nX = 1\n=======\nX = 2\n>>>>>>> other\nY = 3\n'
    const evaluation = run(source)
    expect(show(evaluation, 'Y')).toBe('3')
    expect(show(evaluation, 'X')).not.toBe('1')
  })
})

describe('what a value is known by', () => {
  it('keeps where it was written', () => {
    const source = "A = 'x'\nB = A\nC = ['y', A]\n"
    const evaluation = run(source)
    const at = (name: string): string => {
      const span = evaluation.get(name)?.alternatives[0]?.value.at.span
      return span === undefined ? '' : source.slice(span.start, span.end)
    }
    expect(at('A')).toBe("'x'")
    expect(at('B')).toBe("'x'")
    expect(at('C')).toBe("['y', A]")
    const bound = evaluation.get('B')?.alternatives[0]?.at.span
    expect(source.slice(bound?.start, bound?.end)).toBe('B')
  })

  it('lists what could not be determined, with reason and place', () => {
    const evaluation = run("import ext\nX = ext.f()['a']", { packages: () => 'installed' })
    expect(evaluation.unknowns).toHaveLength(1)
    expect(evaluation.unknowns[0]).toMatchObject({
      reason: { en: 'what `ext.f()` gives is not known', fr: 'ce que donne `ext.f()` n’est pas connu' },
      at: { file: 'settings.py' },
    })
  })

  it('lists every variable that is read, with the places', () => {
    const evaluation = run(
      "import os\na = os.environ.get('A')\nb = os.getenv('A', os.environ['B'])\n'C' in os.environ",
      {
        env: { B: 'b' },
      },
    )
    expect([...evaluation.reads].map(([name, places]) => [name, places.length])).toEqual([
      ['A', 2],
      ['B', 1],
      ['C', 1],
    ])
  })
})
