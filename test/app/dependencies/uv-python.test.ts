import { describe, expect, test } from 'vitest'
import { pythonForUv } from '../../../src/app/dependencies/uv-python.ts'
import { memoryTree } from '../../../src/files/memory.ts'

const lock = (head: string) => `version = 1\n${head}\n\n[[package]]\nname = "a"\nversion = "1"\n`

describe('the Python a uv project should pin', () => {
  test.each([
    ['requires-python = ">=3.11"', '3.14'],
    ['requires-python = "==3.12.*"', '3.12'],
    ['requires-python = ">=3.11, <3.14"', '3.13'],
    ['requires-python = "==3.13.11"', '3.13.11'],
    ['requires-python = "<3.9"', '3.14'],
    ['requires-python = "nonsense"', '3.14'],
    ['', '3.14'],
  ])('%s: %s', (head, python) => {
    expect(pythonForUv(memoryTree({ 'uv.lock': lock(head) }))).toBe(python)
  })

  test('no lock', () => expect(pythonForUv(memoryTree({}))).toBe('3.14'))
})
