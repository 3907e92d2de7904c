import { expect, it } from 'vitest'
import { excludedPython } from '../../../src/app/dependencies/excluded-python.ts'
import { appOf } from '../../support/app.ts'

function requires(python: string, project: string | undefined, lock: string | undefined): string | undefined {
  const line = (text: string | undefined) => (text === undefined ? '' : `requires-python = "${text}"\n`)
  const app = appOf({
    'manage.py': '',
    '.python-version': `${python}\n`,
    'pyproject.toml': `[project]\nname = "chat"\nversion = "1"\n${line(project)}dependencies = []\n`,
    'uv.lock': `version = 1\n${line(lock)}\n[[package]]\nname = "chat"\nversion = "1"\nsource = { virtual = "." }\n`,
  })
  const found = excludedPython(app)
  return found && `${found.at.file} ${found.requires}`
}

it.each([
  ['3.12', '>=3.13', '>=3.13', 'pyproject.toml >=3.13'],
  ['3.12', undefined, '==3.13.*', 'uv.lock ==3.13.*'],
  ['3.12.4', '>=3.12.5', '>=3.12.5', 'pyproject.toml >=3.12.5'],
  ['3.13', '>=3.11,<3.13', '>=3.11', 'pyproject.toml >=3.11,<3.13'],
  // The build takes the newest patch release of a series.
  ['3.12', '>=3.12.4', '>=3.12.4', undefined],
  ['3.12', '==3.12.1', '==3.12.1', 'pyproject.toml ==3.12.1'],
  ['3.13', '>=3.12', '>=3.12', undefined],
  ['3.13', undefined, undefined, undefined],
  ['3.13', 'three', undefined, undefined],
])('.python-version %s, requires-python %s, uv.lock %s: %s', (python, project, lock, expected) => {
  expect(requires(python, project, lock)).toBe(expected)
})

function byPoetry(python: string | undefined, own: string | undefined, standard?: string): string | undefined {
  const project =
    standard === undefined ? '' : `[project]\nname = "chat"\nversion = "1"\nrequires-python = "${standard}"\n`
  const table = own === undefined ? '' : `[tool.poetry.dependencies]\npython = "${own}"\n`
  const found = excludedPython(
    appOf({
      'manage.py': '',
      ...(python !== undefined && { '.python-version': `${python}\n` }),
      'pyproject.toml': `${project}[tool.poetry]\nname = "chat"\n${table}`,
      'poetry.lock': '[metadata]\nlock-version = "2.1"\n',
    }),
  )
  return found && `${found.manager} ${found.requires}`
}

it.each([
  [undefined, '3.10.4', undefined, 'poetry 3.10.4'],
  ['3.13', '~3.11', undefined, 'poetry ~3.11'],
  ['3.12', '>=3.13,<3.14', undefined, 'poetry >=3.13,<3.14'],
  ['3.12', undefined, '>=3.13,<3.14', 'poetry >=3.13,<3.14'],
  ['3.13', '^3.11', '>=3.11', undefined],
  // Poetry finds the Python of a stack on PATH, and takes that.
  ['3.13', '~3.12', undefined, undefined],
  ['3.13', '~3.14', undefined, undefined],
  ['3.13', '3.11 || 3.13', undefined, undefined],
])('.python-version %s, python of Poetry %s, requires-python %s: %s', (python, own, standard, expected) => {
  expect(byPoetry(python, own, standard)).toBe(expected)
})
