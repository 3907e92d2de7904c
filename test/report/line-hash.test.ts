import { describe, expect, it } from 'vitest'
import { lineHashes } from '../../src/report/line-hash.ts'

/** The algorithm was compared with the values that github/codeql-action tests itself with; these are of our own texts. */
describe('lineHashes', () => {
  it('equals what code scanning computes', () => {
    expect(lineHashes('')).toEqual(['c129715d7a2bc9a3:1'])
    expect(lineHashes('web: daphne\r\nworker: celery\n')).toEqual([
      '18b588ab874ff1ab:1',
      '98b95fab2738db41:1',
      'c129715d7a2bc9a3:1',
    ])
  })

  it('counts equal lines', () => {
    expect(lineHashes('x = 1\n'.repeat(30)).slice(0, 3)).toEqual([
      'ca3e9a077b09da0c:1',
      'ca3e9a077b09da0c:2',
      'ca3e9a077b09da0c:3',
    ])
  })

  it('ignores blanks and the style of line ends', () => {
    const unix = lineHashes(' a\nb\n  \t\tc\n d')
    expect(lineHashes(' a\r\nb\r\n  \t\tc\r\n d')).toEqual(unix)
    expect(lineHashes(' a\rb\r  \t\tc\r d')).toEqual(unix)
    expect(unix).toHaveLength(4)
  })
})
