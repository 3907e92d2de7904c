import { describe, expect, it } from 'vitest'
import { failingOn, pythonClashes } from '../../../src/app/dependencies/python-clashes.ts'
import { setOf } from './support.ts'

const listed = (...lines: string[]) => setOf({ 'requirements.txt': lines.join('\n') }).requirements

const clashes = (python: string, ...lines: string[]) =>
  pythonClashes(listed(...lines), python).map(({ kind, requirement, declares }) => [kind, requirement.name, declares])

describe('pins with compiled code', () => {
  it('are told where a Python has neither wheel nor source, has to compile, or is refused', () => {
    expect(clashes('3.13', 'torch==2.2.0', 'numpy==1.26.4', 'numpy==2.2.6')).toEqual([
      ['no-file', 'torch', '3.12'],
      ['compiled', 'numpy', '3.12'],
    ])
    expect(clashes('3.14', 'numpy==1.21.5')).toEqual([['refused', 'numpy', '>=3.7,<3.11']])
  })

  it('are known however the version is written', () => {
    expect(clashes('3.13', 'numpy==1.26')).toEqual([['refused', 'numpy', '<3.13,>=3.9']])
  })

  it('are none where the line does not count, names no version, or stands for every Python', () => {
    expect(
      clashes('3.13', 'torch==2.2.0; python_version < "3.13"', 'numpy>=1.26', 'cryptography==42.0.0', 'dlib==19.24.0'),
    ).toEqual([])
  })
})

describe('pins that fail on a Python', () => {
  const failing = (python: string, ...lines: string[]) =>
    failingOn(listed(...lines), python).map(({ requirement, good }) => [requirement.name, good])

  it('come in the order of their lines, each once', () => {
    expect(failing('3.13', 'numpy==1.25.2', 'PyYAML==6.0')).toEqual([
      ['numpy', '2.3.2'],
      ['pyyaml', '6.0.3'],
    ])
    expect(failing('3.12', 'numpy==1.25.2')).toEqual([['numpy', '1.26.4']])
  })

  it('are none before that Python, or in another release', () => {
    expect(failing('3.11', 'numpy==1.25.2', 'PyYAML==6.0')).toEqual([])
    expect(failing('3.13', 'numpy==2.2.6', 'PyYAML==6.0.3')).toEqual([])
  })
})
