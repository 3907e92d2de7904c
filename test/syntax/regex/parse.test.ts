import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseRegex } from '../../../src/syntax/regex/parse.ts'
import { isProblem } from '../../../src/syntax/regex/regex.ts'

describe('patterns as Python reads them', () => {
  const invalid: Record<string, string> = {
    '(': 'missing ), unterminated subpattern',
    'a)': 'unbalanced parenthesis',
    '[a': 'unterminated character set',
    '*a': 'nothing to repeat',
    'a**': 'multiple repeat',
    'a{3,1}': 'min repeat greater than max repeat',
    '\\q': 'bad escape \\q',
    '[b-a]': 'bad character range b-a',
    '(?P<a>x)(?P<a>y)': "redefinition of group name 'a'",
    '(?P<1>x)': "bad character in group name '1'",
    '(?P=a)': "unknown group name 'a'",
    '(?<a>x)': 'unknown extension ?<a',
    '\\2(a)': 'invalid group reference 2',
    '(a\\1)': 'cannot refer to an open group',
    '(?<=(a)\\1)': 'cannot refer to group defined in the same lookbehind subpattern',
    '(?<=a+)b': 'look-behind requires fixed-width pattern',
    '\\b+': 'nothing to repeat',
    '(?L)a': "bad inline flags: cannot use 'L' flag with a str pattern",
    'a(?i)': 'global flags not at the start of the expression',
  }
  for (const [text, message] of Object.entries(invalid)) {
    it(`refuses ${text}`, () => expect(parseRegex(text)).toMatchObject({ message }))
  }

  it('takes what Python takes', () => {
    for (const text of [
      '',
      'a{,3}b{2,}c{}',
      'x{a',
      '[]a]',
      '[^]a]',
      '[a-]',
      '\\Aa\\Z',
      '(?:a|b)?',
      '(?P<n>\\w+)/(?P=n)',
      '(?i)a',
      '(?i:a)',
      '(?=a)(?!b)(?<=c)',
      'a++',
      '(?#c)a',
      '\\x41\\u0041[\\b]',
      '{',
      'é',
    ]) {
      expect([text, isProblem(parseRegex(text))]).toEqual([text, false])
    }
  })

  test('nothing makes it throw', () => {
    fc.assert(fc.property(fc.string({ maxLength: 30 }), (text) => void parseRegex(text)))
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'()[]{}?*+|^$\\.:P<>=!-,aw1#'), { maxLength: 25 }),
        (chars) => void parseRegex(chars.join('')),
      ),
    )
  })
})
