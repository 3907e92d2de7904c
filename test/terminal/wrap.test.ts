import { describe, expect, it } from 'vitest'
import { link } from '../../src/terminal/link.ts'
import { clamp, wrap, wrapLine } from '../../src/terminal/wrap.ts'

describe('a paragraph on a terminal', () => {
  it('is broken where its words allow it, each line behind its indentation', () => {
    expect(wrap('one two three four', 12, '- ', '    ')).toEqual(['- one two', '    three', '    four'])
  })

  it('keeps a word that is wider than the line whole', () => {
    expect(wrap('a mysite/settings/production.py b', 10)).toEqual(['a', 'mysite/settings/production.py', 'b'])
  })

  it('is not broken at the space that French puts before its punctuation', () => {
    expect(wrap('la chaîne casse\u00a0: ici', 16)).toEqual(['la chaîne', 'casse\u00a0: ici'])
  })

  it('does not tear a command that is to be copied', () => {
    expect(wrap('then say `git mv a b` to git', 18)).toEqual(['then say', '`git mv a b` to', 'git'])
    const long = '`"hosts": [{"address": REDIS_URL, "ssl_cert_reqs": None}]`'
    expect(wrap(`Write ${long} here`, 62, '', '  ')).toEqual(['Write', `  ${long}`, '  here'])
    expect(wrap(`Write ${long}`, 40, '', '  ').length).toBe(2)
  })

  it('gives no room to colours', () => {
    expect(wrap('\u001b[1mone\u001b[22m two', 7)).toEqual(['\u001b[1mone\u001b[22m two'])
  })

  it('gives no room to the address behind a link', () => {
    const linked = link('one', 'https://example.org/a/long/address')
    expect(wrap(`${linked} two`, 7)).toEqual([`${linked} two`])
  })

  it('keeps the indentation of a line, and goes deeper', () => {
    expect(wrapLine('  one two three', 10)).toEqual(['  one two', '    three'])
  })

  it('says by an ellipsis that a line was left out', () => {
    expect(clamp(['a', 'b'], 10)).toEqual(['a', 'b'])
    expect(clamp(['a', 'b', 'c'], 10)).toEqual(['a', 'b …'])
    expect(clamp(['a', '12345 789', 'c'], 10)).toEqual(['a', '12345 …'])
    const host = wrap('it connects to redis-12795.c309.us-east-2.ec2.example.com now', 40)
    expect(clamp(host, 40, 1)).toEqual(['it connects to redis-12795.c309.us-east…'])
  })
})
