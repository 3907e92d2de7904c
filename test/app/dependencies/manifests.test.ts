import { describe, expect, test } from 'vitest'
import { poetrySpecifiers } from '../../../src/app/dependencies/poetry.ts'
import { formatSpecifiers } from '../../../src/syntax/requirements/specifier.ts'
import { setOf, textAt } from './support.ts'

const described = (files: Record<string, string>, path: string) =>
  setOf(files)
    .files.find((file) => file.path === path)
    ?.requirements.map(({ name, extras, range, group, versionAt }) => [
      name,
      extras.join(),
      range,
      group,
      textAt(files, versionAt),
    ])

test('Poetry’s constraints in PEP 440', () => {
  const cases: Record<string, string> = {
    '^4.1': '>=4.1,<5',
    '^0.2.3': '>=0.2.3,<0.3',
    '^0.0.3': '>=0.0.3,<0.0.4',
    '^0.0': '>=0.0,<0.1',
    '^0': '>=0,<1',
    '~4.1': '>=4.1,<4.2',
    '~4': '>=4,<5',
    '~=4.1.2': '~=4.1.2',
    '4.1.*': '==4.1.*',
    '4.1': '==4.1',
    '*': '',
    '>=4,<5': '>=4,<5',
    '>=4 <5': '>=4,<5',
    '!=4.2': '!=4.2',
  }
  for (const [written, expected] of Object.entries(cases))
    expect(formatSpecifiers(poetrySpecifiers(written) ?? []), written).toBe(expected)
  expect(poetrySpecifiers('^3 || ^4')).toBeUndefined()
})

describe('manifests', () => {
  test('Pipfile', () => {
    const files = {
      'requirements.txt': '',
      Pipfile:
        '[packages]\nDjango = "==5.2"\nuvicorn = {version = "*", extras = ["standard"]}\n[dev-packages]\nruff = "*"\n',
    }
    expect(described(files, 'Pipfile')).toEqual([
      ['django', '', '==5.2', 'default', '==5.2'],
      ['uvicorn', 'standard', '', 'default', '*'],
      ['ruff', '', '', 'dev-packages', '*'],
    ])
  })

  test('pyproject.toml of every kind', () => {
    const files = {
      'requirements.txt': '',
      'pyproject.toml': `[project]
name = "x"
dependencies = ["channels[daphne]>=4,<5", "redis==7.1.0; python_version > '3.9'"]
optional-dependencies.extra = ["gunicorn"]
[dependency-groups]
dev = ["ruff==0.9", {include-group = "x"}]
[tool.poetry.dependencies]
python = "^3.12"
django = "^5.2"
[tool.poetry.group.test.dependencies]
pytest = {version = "~8.1"}
`,
    }
    expect(described(files, 'pyproject.toml')).toEqual([
      ['channels', 'daphne', '>=4,<5', 'main', '>=4,<5'],
      ['redis', '', '==7.1.0', 'main', '==7.1.0'],
      ['django', '', '>=5.2,<6', 'main', '^5.2'],
      ['gunicorn', '', '', 'extra', 'gunicorn'],
      ['ruff', '', '==0.9', 'dev', '==0.9'],
      ['pytest', '', '>=8.1,<8.2', 'test', '~8.1'],
    ])
  })

  test('setup.cfg and setup.py', () => {
    const files = {
      'requirements.txt': '',
      'setup.cfg': '[options]\ninstall_requires =\n    Django>=5\n    # comment\n    redis\n[flake8]\nx = 1\n',
      'setup.py':
        "from setuptools import setup\nneeds = ['channels==4.3.2']\nsetup(name='x', install_requires=needs)\n",
    }
    expect(described(files, 'setup.cfg')?.map(([name, , range]) => [name, range])).toEqual([
      ['django', '>=5'],
      ['redis', ''],
    ])
    expect(described(files, 'setup.py')).toEqual([['channels', '', '==4.3.2', 'main', '==4.3.2']])
  })

  test('what is broken is a problem with a place', () => {
    expect(setOf({ 'poetry.lock': '[[package]\nname = "x"\n' }).source?.problems).toHaveLength(1)
    expect(setOf({ 'Pipfile.lock': '{"default": ' }).source?.problems.length).toBeGreaterThan(0)
  })
})
