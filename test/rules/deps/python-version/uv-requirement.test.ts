import { expect, it } from 'vitest'
import { excludedPython } from '../../../../rules/deps/python-version/uv-requirement.ts'
import { appOf } from '../../../support/app.ts'

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
