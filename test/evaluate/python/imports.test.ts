import { describe, expect, it } from 'vitest'
import type { Evaluation } from '../../../src/evaluate/python/evaluation.ts'
import { run, show, showAll } from './run.ts'

type Files = Readonly<Record<string, string>>

const cases: readonly (readonly [string, Files, Readonly<Record<string, string>>])[] = [
  ['import a module', { 'settings.py': 'import a\nX = a.x', 'a.py': 'x = 1' }, { X: '1' }],
  ['import as', { 'settings.py': 'import p.a as q\nX = q.x', 'p/__init__.py': '', 'p/a.py': 'x = 1' }, { X: '1' }],
  [
    'import a submodule',
    { 'settings.py': 'import p.a\nX = p.a.x', 'p/__init__.py': '', 'p/a.py': 'x = 1' },
    { X: '1' },
  ],
  ['from import', { 'settings.py': 'from a import x as X', 'a.py': 'x = 1' }, { X: '1' }],
  [
    'from package import module',
    { 'settings.py': 'from p import a\nX = a.x', 'p/__init__.py': '', 'p/a.py': 'x = 2' },
    { X: '2' },
  ],
  ['a package without __init__', { 'settings.py': 'from p.q import x as X', 'p/q.py': 'x = 3' }, { X: '3' }],
  ['star', { 'settings.py': 'from a import *', 'a.py': 'X = 1\n_Y = 2\nZ = 3' }, { X: '1', Z: '3' }],
  [
    'star with __all__',
    { 'settings.py': 'from a import *', 'a.py': "__all__ = ['X', '_Y']\nX = 1\n_Y = 2\nZ = 3" },
    { X: '1' },
  ],
  [
    '__all__ names a submodule',
    { 'settings.py': 'from p import *\nX = m.x', 'p/__init__.py': "__all__ = ['m']", 'p/m.py': 'x = 1' },
    { m: 'p.m', X: '1' },
  ],
  [
    'relative imports',
    {
      'settings/__init__.py': 'from .base import *\nfrom . import other\nX = other.y',
      'settings/base.py': 'A = 1',
      'settings/other.py': 'from ..top import z as y',
    },
    {},
  ],
  [
    'overriding what was imported',
    { 'settings.py': 'from base import *\nX = X + [2]', 'base.py': 'X = [1]' },
    { X: '[1, 2]' },
  ],
  [
    'changing what was imported',
    { 'settings.py': 'from base import *\nimport base\nX.append(2)\nY = base.X', 'base.py': 'X = [1]' },
    { X: '[1, 2]', base: 'base', Y: '[1, 2]' },
  ],
  [
    'setting an attribute of a module',
    { 'settings.py': 'import a\na.x = 5\nfrom a import x as X', 'a.py': 'x = 1' },
    { a: 'a', X: '5' },
  ],
  [
    '__init__ runs first',
    {
      'settings.py': 'import p.a\nimport os\nX = os.environ["K"]',
      'p/__init__.py': 'import os\nos.environ["K"] = "set"',
      'p/a.py': '',
    },
    { X: "'set'" },
  ],
  [
    'a circular import',
    { 'settings.py': 'import a\nX = a.y', 'a.py': 'import b\ny = b.z', 'b.py': 'import a\nz = hasattr(a, "y")' },
    { a: 'a', X: 'False' },
  ],
  [
    'try import, absent',
    { 'settings.py': 'try:\n    import nope\n    X = 1\nexcept ImportError:\n    X = 2' },
    { X: '2' },
  ],
  [
    'try import, installed',
    { 'settings.py': 'try:\n    import installed\n    X = 1\nexcept ImportError:\n    X = 2' },
    { X: '1', installed: 'installed' },
  ],
  [
    'local settings that are not deployed',
    {
      'settings.py': 'X = 1\ntry:\n    from local_settings import *\nexcept ImportError:\n    pass',
      'local_settings.py': 'X = 2',
    },
    { X: '1' },
  ],
  [
    'importlib.import_module',
    { 'settings.py': "import importlib\nX = importlib.import_module('p.a').x", 'p/__init__.py': '', 'p/a.py': 'x = 4' },
    { X: '4' },
  ],
  [
    'find_spec',
    {
      'settings.py':
        "import importlib.util\nX = [importlib.util.find_spec(n) is not None for n in ('nope', 'installed', 'os')]",
    },
    { X: '[False, True, True]' },
  ],
  [
    'sys.path',
    {
      'settings.py':
        "import sys, os\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), 'apps'))\nfrom chat import x as X",
      'apps/chat.py': 'x = 7',
    },
    { X: '7' },
  ],
  [
    'sys.path.append',
    {
      'settings.py':
        "import sys\nfrom pathlib import Path\nsys.path.append(str(Path(__file__).parent / 'lib'))\nimport tool\nX = tool.x",
      'lib/tool.py': 'x = 8',
    },
    { X: '8' },
  ],
  [
    '__file__ and __name__',
    {
      'settings.py': 'import p.a\nX = (__file__, __name__, p.a.f, p.a.n, p.a.k, p.i)',
      'p/__init__.py': 'i = __package__',
      'p/a.py': 'f = __file__\nn = __name__\nk = __package__',
    },
    { X: "('/app/settings.py', 'settings', '/app/p/a.py', 'p.a', 'p', 'p')" },
  ],
  ['__name__ is not __main__', { 'settings.py': "X = 1\nif __name__ == '__main__':\n    X = 2" }, { X: '1' }],
  [
    'a project module hides an installed one',
    { 'settings.py': 'from installed import x as X', 'installed.py': 'x = "own"' },
    { X: "'own'" },
  ],
  [
    'a folder does not hide an installed one',
    { 'settings.py': 'import installed\nX = installed.thing', 'installed/readme.py': '' },
    { X: 'installed.thing' },
  ],
  [
    'a star import of a package leaves names open',
    { 'settings.py': 'from installed import *\nX = SOMETHING\nY = len(X)' },
    { X: '<?>', Y: '<?>' },
  ],
  [
    'module __getattr__',
    { 'settings.py': 'import a\nX = a.anything', 'a.py': 'def __getattr__(name):\n    return name.upper()' },
    { X: "'ANYTHING'" },
  ],
  [
    'globals().update',
    { 'settings.py': "globals().update({'X': 1})\nglobals()['Y'] = X + 1\nlocals()['Z'] = 3" },
    { X: '1', Y: '2', Z: '3' },
  ],
  [
    'vars of a module',
    {
      'settings.py': 'import a\nfor k, v in vars(a).items():\n    if k.isupper():\n        globals()[k] = v',
      'a.py': 'X = 1\ny = 2',
    },
    { X: '1' },
  ],
  ['exec of a file', { 'settings.py': "exec(open('extra.py').read())", 'extra.py': 'X = 9' }, { X: '9' }],
  ['sys.modules', { 'settings.py': "import sys\nsetattr(sys.modules[__name__], 'X', 3)" }, { X: '3' }],
  [
    'a failing import is tried again',
    {
      'settings.py': 'for i in range(2):\n    try:\n        import bad\n    except ImportError:\n        X = i',
      'bad.py': 'import nope',
    },
    { X: '1' },
  ],
  [
    'a library module',
    { 'settings.py': 'from os.path import join\nimport os.path\nX = join("a", "b")' },
    { X: "'a/b'" },
  ],
]

describe('imports', () => {
  it.each(cases)('%s', (_, files, expected) => {
    const evaluation = run(files, {
      packages: (name) => (name === 'installed' ? 'installed' : 'absent'),
      isPresent: (path) => path in files && path !== 'local_settings.py',
    })
    if (Object.keys(expected).length > 0) expect(evaluation.certainCrash).toBeUndefined()
    expect(showAll(evaluation)).toMatchObject(expected)
    if ('X' in expected && expected.X !== '<?>') expect(evaluation.bounded).toBe(false)
  })

  it('leaves out names with an underscore and those not in __all__', () => {
    const star = run({ 'settings.py': 'from a import *', 'a.py': 'X = 1\n_Y = 2' })
    expect(star.names()).toEqual(['X'])
    const all = run({ 'settings.py': 'from a import *', 'a.py': "__all__ = ['X', '_Y']\nX = 1\n_Y = 2\nZ = 3" })
    expect(all.names()).toEqual(['X', '_Y'])
  })

  it.each([
    [
      'a name that is not there',
      { 'settings.py': 'from a import nope', 'a.py': '' },
      "cannot import name 'nope' from 'a' (a.py)",
    ],
    ['a missing submodule', { 'settings.py': 'import p.sub', 'p/__init__.py': '' }, "No module named 'p.sub'"],
    [
      'beyond the top',
      { 'settings.py': 'from ..x import y' },
      'attempted relative import with no known parent package',
    ],
    ['a module removed from Python', { 'settings.py': 'import imp' }, "No module named 'imp'"],
  ])('raises for %s', (_, files, message) => {
    expect(run(files as unknown as Files).certainCrash?.message).toBe(message)
  })

  it.each([
    ['import nope.sub\nX = 1', {}, ['nope']],
    ['from nope import a\nimport other\nX = 1', {}, ['nope', 'other']],
    ['from nope import *\nX = 1', {}, ['nope']],
    ['from a import *\nX = 1', { 'a.py': 'import nope\nX = 2' }, ['nope']],
    ['try:\n    import nope\nexcept KeyError:\n    pass\nX = 1', {}, ['nope']],
  ])('goes on behind a package that is not installed, and tells it: %j', (text, files, missing) => {
    const evaluation = run({ 'settings.py': text, ...files } as unknown as Files, { packages: () => 'absent' })
    expect(evaluation.certainCrash).toBeUndefined()
    expect(show(evaluation, 'X')).toBe('1')
    expect(fatal(evaluation)).toEqual(missing)
  })

  it('does not go on where the code says what comes of it, and not behind what is no package', () => {
    const guarded = 'try:\n    import nope\n    X = 1\nexcept ImportError:\n    X = 2'
    const evaluation = run(guarded, { packages: () => 'absent' })
    expect(show(evaluation, 'X')).toBe('2')
    expect(fatal(evaluation)).toEqual([])
    const named = run('import importlib\nimportlib.import_module("nope")\nX = 1', { packages: () => 'absent' })
    expect(named.certainCrash?.message).toBe("No module named 'nope'")
  })

  it('asks about a package of unknown presence only where its absence is caught', () => {
    const guarded = 'try:\n    import maybe\n    X = 1\nexcept ImportError:\n    X = 2'
    const evaluation = run(guarded, { packages: () => 'unknown' })
    expect(show(evaluation, 'X')).toBe('1 when maybe can be imported | 2 when maybe cannot be imported')
    expect(evaluation.get('X')?.alternatives[0]?.when[0]?.opaque).toBe(true)
    expect(run('import maybe\nX = 1', { packages: () => 'unknown' }).paths).toHaveLength(1)
  })

  it('starts from a file when told so, and runs other modules first', () => {
    const files = { 'site/run.py': 'import os\nX = os.environ["A"]', 'first.py': 'import os\nos.environ["A"] = "1"' }
    const evaluation = run(files, { module: { file: 'site/run.py', name: '__main__' }, before: ['first'] })
    expect(show(evaluation, 'X')).toBe("'1'")
    expect(evaluation.file).toBe('site/run.py')
    expect(evaluation.files).toEqual(['first.py', 'site/run.py'])
  })

  it('looks in the folders of the search path in order', () => {
    const files = { 'back/settings.py': 'import a\nX = a.x', 'back/a.py': 'x = 1', 'a.py': 'x = 2' }
    expect(show(run(files, { searchPath: ['back', ''] }), 'X')).toBe('1')
  })
})

/** The packages behind whose import the run went on although the process would end. */
function fatal({ paths }: Evaluation): string[] {
  return (paths[0]?.events ?? []).flatMap((event) => (event.type === 'import' && event.fatal ? [event.module] : []))
}
