import { describe, expect, test } from 'vitest'
import { readPythonVersion } from '../../../src/app/dependencies/python-version.ts'
import { memoryTree } from '../../../src/files/memory.ts'

const read = (files: Record<string, string | Uint8Array>, today = '2026-11-22', pipenv = false, cloudNative = false) =>
  readPythonVersion(memoryTree(files), { pipenv, cloudNative }, today)
const kinds = (...args: Parameters<typeof read>) => read(...args).problems.map(({ kind }) => kind)

describe('precedence', () => {
  test('runtime.txt, .python-version, Pipfile.lock, the default', () => {
    const lock = JSON.stringify({ _meta: { requires: { python_version: '3.11', python_full_version: '3.11.9' } } })
    const all = { 'runtime.txt': 'python-3.13.1\n', '.python-version': '3.12\n', 'Pipfile.lock': lock }
    expect(read(all, undefined, true)).toMatchObject({ version: '3.13.1', from: 'runtime.txt' })
    expect(read(all, undefined, true).ignored.map(({ version }) => version)).toEqual(['3.12', '3.11.9'])
    expect(read({ '.python-version': '# x\n\n 3.12 \n' })).toMatchObject({ version: '3.12', from: '.python-version' })
    expect(read({ 'Pipfile.lock': lock }, undefined, true)).toMatchObject({ version: '3.11.9', from: 'Pipfile.lock' })
    expect(read({ 'Pipfile.lock': lock })).toMatchObject({ version: '3.14', from: 'default' })
  })
})

describe('problems', () => {
  test('of the form', () => {
    for (const text of ['python-3.12', '"3.12"', '3.x', '3', '3.12 # x', '3.12\n3.13', '', '# only\n', '03.12'])
      expect(kinds({ '.python-version': text }), text).toEqual(['malformed'])
    expect(kinds({ 'runtime.txt': '3.12' })).toContain('malformed')
    expect(kinds({ '.python-version': new Uint8Array(Buffer.from('\ufeff3.12', 'utf16le')) })).toEqual(['malformed'])
    expect(kinds({ '.python-version': '\ufeff3.12' })).toEqual(['malformed'])
  })

  test('of the version', () => {
    expect(kinds({ '.python-version': '3.9.18' })).toEqual(['end-of-life'])
    expect(kinds({ '.python-version': '3.15' })).toEqual(['unknown-version'])
    expect(kinds({ '.python-version': '3.12.1' })).toEqual(['old-patch'])
    expect(kinds({ '.python-version': '3.12' })).toEqual([])
  })

  test('3.10 is refused from its day on', () => {
    expect(kinds({ '.python-version': '3.10' }, '2027-01-05')).toEqual(['deprecated-version'])
    expect(kinds({ '.python-version': '3.10' }, '2027-01-06')).toEqual(['end-of-life'])
  })

  test('of the file', () => {
    expect(kinds({})).toEqual(['none-given'])
    expect(kinds({ 'python-version.txt': '3.12' })).toEqual(['misspelt-file'])
    expect(kinds({ 'runtime.txt': 'python-3.13' })).toEqual(['runtime-txt'])
    expect(kinds({ 'runtime.txt': 'python-3.13' }, undefined, false, true)).toEqual(['refused-file'])
  })
})
