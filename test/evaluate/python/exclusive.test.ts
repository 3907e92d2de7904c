import { describe, expect, it } from 'vitest'
import { run, show } from './run.ts'

/** Nothing is set for sure: every variable is a question. */
function shown(source: string, ...names: string[]): string[] {
  const evaluation = run({ 'settings.py': source }, { others: 'unknown', packages: () => 'installed' })
  return names.map((name) => show(evaluation, name))
}

const flag = `import os
def flag(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    return value == 'yes'
`
const layers = `
HAS = bool(os.environ.get('REDIS_URL'))
if LIVE and HAS:
    L = {'default': {'BACKEND': 'redis', 'CONFIG': {'hosts': [os.environ['REDIS_URL']]}}}
elif LIVE:
    L = {'default': {'BACKEND': 'memory'}}
else:
    L = {'default': {'BACKEND': 'redis', 'CONFIG': {'hosts': [(os.environ.get('HOST', 'localhost'), os.environ.get('PORT', '6379'))]}}}
`

describe('exclusive branches under many flags', () => {
  it('are kept, never mixed', () => {
    const [layer = ''] = shown(`${flag}LIVE = flag('A') or flag('B') or flag('C')${layers}`, 'L')
    const values = layer.split(' | ').map((one) => one.split(' when ')[0])
    expect(new Set(values)).toEqual(
      new Set([
        "{'default': {'BACKEND': 'redis', 'CONFIG': {'hosts': ['<REDIS_URL>']}}}",
        "{'default': {'BACKEND': 'memory'}}",
        "{'default': {'BACKEND': 'redis', 'CONFIG': {'hosts': [(<HOST>, <PORT>)]}}}",
      ]),
    )
    expect(layer).toContain('\'memory\'}} when A is "yes" and REDIS_URL is unset')
  })

  it('are unknown, not a mixture, where they are too many to tell apart', () => {
    const names = 'ABCDEFGH'.split('')
    const branches = names.map(
      (name, i) =>
        `${i === 0 ? 'if' : 'elif'} flag('${name}') != flag('${name}2'):\n    L = {'default': {'${name}': 1}}\n`,
    )
    const [layer] = shown(`${flag}${branches.join('')}else:\n    L = {'default': {'Z': 1}}\n`, 'L')
    expect(layer).toBe('<?>')
  })

  it('are one dict with unknown details where one piece of code makes it', () => {
    const keys = 'ABCDEFG'.split('').map((name) => `'${name}': os.environ.get('${name}', 'x')`)
    const [database] = shown(`import os\nD = {'default': {'ENGINE': 'postgres', ${keys.join(', ')}}}`, 'D')
    expect(database).toMatch(/^\{'default': \{'ENGINE': 'postgres', 'A': <.>, 'B': <.>/)
  })
})

describe('conditions are what decides', () => {
  const own = (how: string) => `import os, json, ast
def env(name, default=None):
    try:
        return ${how}(os.environ[name])
    except (KeyError, ValueError):
        return default
LIVE = env('LIVE', False)
if LIVE:
    X = 1
elif not LIVE:
    X = 2
`
  const cases: Record<string, [string, string]> = {
    'json.loads: one value, one question': [own('json.loads'), '2 when `LIVE` is false | 1 when `LIVE` is true'],
    'literal_eval: one value, one question': [
      own('ast.literal_eval'),
      '2 when `LIVE` is false | 1 when `LIVE` is true',
    ],
    'a cast that is false is none': [
      'import environ\nenv = environ.Env(LIVE=(bool, False))\nX = 1 if env("LIVE", False) else 2',
      '2 when LIVE reads as false | 1 when LIVE reads as true',
    ],
    '!=': [
      "import os, json\nc = json.loads(os.environ.get('C', '{}'))\nX = 1 if c != {} else 2",
      '2 when C is unset | 1 when C is set and `c != {}` is true | 2 when `c != {}` is false',
    ],
    'not in': [
      "import os, json\nc = json.loads(os.environ['C'])\nX = 1 if 'a' not in c else 2",
      "1 when `'a' not in c` is true | 2 when `'a' not in c` is false",
    ],
    'is not': [
      "import os, json\nc = json.loads(os.environ['C'])\nX = 1 if c is not None else 2",
      '1 when `c is not None` is true | 2 when `c is not None` is false',
    ],
  }
  it.each(Object.entries(cases))('%s', (_, [source, expected]) => {
    expect(shown(source, 'X')).toEqual([expected])
  })

  it('a false cast of django-environ without a scheme is called, when the variable is set', () => {
    const source = 'import environ\nenv = environ.Env()\nLIVE = env("LIVE", False)'
    const raised = (LIVE: string | undefined) => {
      const { certainCrash: crash } = run({ 'settings.py': source }, { env: { LIVE }, packages: () => 'installed' })
      return `${crash?.exception}: ${crash?.message}`
    }
    expect(raised(undefined)).toBe('ImproperlyConfigured: Set the LIVE environment variable')
    expect(raised('1')).toBe("TypeError: 'bool' object is not callable")
  })
})
