import { expect, it } from 'vitest'
import { awaits } from '../../../src/app/asgi/awaited-exceptions.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { children, type PythonNode } from '../../../src/syntax/python/walk.ts'

/** Whether something around `here` in a text awaits a KeyError. */
function isAwaited(text: string): boolean {
  let answer: boolean | undefined
  const enter = (node: PythonNode, parents: readonly PythonNode[]): void => {
    if (node.kind === 'Name' && node.id === 'here')
      answer = parents.some((one, index) => awaits('KeyError', one, parents[index + 1] ?? node))
    for (const one of children(node)) enter(one, [...parents, node])
  }
  enter(parsePython(text), [])
  expect(answer).toBeDefined()
  return answer as boolean
}

it.each([
  ['try:\n  here\nexcept KeyError:\n  pass', true],
  ['try:\n  here\nexcept LookupError:\n  pass', true],
  ['try:\n  here\nexcept (TypeError, builtins.KeyError):\n  pass', true],
  ['try:\n  here\nexcept MISSING:\n  pass', true],
  ['try:\n  here\nexcept (TypeError, *MISSING):\n  pass', true],
  ['try:\n  pass\nexcept KeyError:\n  pass\nelse:\n  here', true],
  ['with suppress(KeyError):\n  here', true],
  ['try:\n  a = here\nexcept Exception:\n  a = 1', true],
  ['try:\n  self.a = here\nexcept:\n  self.a = 1', true],
  ['def f():\n  try:\n    return here\n  except Exception:\n    return 1', true],
  ['try:\n  pass\nexcept KeyError:\n  here', false],
  ['try:\n  pass\nexcept KeyError:\n  pass\nfinally:\n  here', false],
  ['try:\n  here\nexcept ChatError:\n  pass', false],
  ['try:\n  a = here\nexcept Exception:\n  b = 1', false],
  ['try:\n  a = here\n  b = 2\nexcept Exception:\n  a = 1', false],
  ['try:\n  here\nexcept Exception:\n  pass', false],
  ['with suppress(Exception):\n  here', false],
])('%j', (text, answer) => {
  expect(isAwaited(text)).toBe(answer)
})
