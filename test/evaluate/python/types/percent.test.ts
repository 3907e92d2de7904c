import { describe, expect, it } from 'vitest'
import { hole, run, show } from '../run.ts'

/** `'…' % value` with a value that the directive does not take, as CPython says it. */
describe('percent', () => {
  const said = (expression: string) =>
    show(
      run(
        `import os\nN = os.environ['NAME']\nclass A:\n    pass\ntry:\n    Y = ${expression}\nexcept TypeError as error:\n    Y = str(error)`,
        { env: { NAME: [hole('NAME')] } },
      ),
      'Y',
    )

  it.each([
    ["'%d' % 'a'", "'%d format: a real number is required, not str'"],
    ["'%i' % None", "'%i format: a real number is required, not NoneType'"],
    ["'%d' % [1]", "'%d format: a real number is required, not list'"],
    ["'%x' % 'a'", "'%x format: an integer is required, not str'"],
    ["'%o' % []", "'%o format: an integer is required, not list'"],
    ["'%X' % 1.5", "'%X format: an integer is required, not float'"],
    ["'%f' % 'a'", "'must be real number, not str'"],
    ["'%d' % N", "'%d format: a real number is required, not str'"],
    ["'%d' % 1.5", "'1'"],
    ["'%x' % 255", "'ff'"],
  ])('%s', (expression, expected) => {
    expect(said(expression)).toBe(expected)
  })

  // It may have `__int__` or `__index__`.
  it('an object of which nobody knows whether it is a number', () => {
    expect(said("'%d' % A()")).toMatch(/^'<.*>'$/)
  })
})
