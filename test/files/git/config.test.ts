import { describe, expect, it } from 'vitest'
import { isTrue, lastSetting, parseGitConfig } from '../../../src/files/git/config.ts'

describe('parseGitConfig', () => {
  it('reads sections, subsections, quotes, escapes, comments and continued lines', () => {
    const text = [
      '# top',
      '[core] bare = false ; on the same line',
      '\tExcludesFile = "~/my ignore" # comment',
      '\tsomething = a\\',
      'b  c   ',
      '[Submodule "lib \\"x\\""]',
      '\tpath = vendor/lib',
      '\tactive',
      '[branch.old]\n\tremote = "a\\tb"x',
    ].join('\n')
    expect(parseGitConfig(text)).toEqual([
      { section: 'core', subsection: undefined, key: 'bare', value: 'false' },
      { section: 'core', subsection: undefined, key: 'excludesfile', value: '~/my ignore' },
      { section: 'core', subsection: undefined, key: 'something', value: 'ab  c' },
      { section: 'submodule', subsection: 'lib "x"', key: 'path', value: 'vendor/lib' },
      { section: 'submodule', subsection: 'lib "x"', key: 'active', value: undefined },
      { section: 'branch', subsection: 'old', key: 'remote', value: 'a\tbx' },
    ])
  })

  it('stops where git would refuse the file, and keeps what stood before', () => {
    expect(parseGitConfig('[core]\na = 1\n= 2\nb = 3')).toHaveLength(1)
    expect(parseGitConfig('[core]\na = "1\nb = 3')).toHaveLength(0)
    expect(parseGitConfig('a = 1')).toHaveLength(0)
  })

  it('lets the last value win', () => {
    const settings = parseGitConfig('[core]\r\nignorecase = true\r\n[core]\r\nignorecase = off\r\n[x]\nignorecase')
    expect(lastSetting(settings, 'core', 'ignorecase')).toBe('off')
    expect(lastSetting(settings, 'x', 'ignorecase')).toBe('true')
    expect(['true', 'Yes', 'on', '1', 'off', '', '0', undefined].map(isTrue)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })
})
