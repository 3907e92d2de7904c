import { describe, expect, it } from 'vitest'
import { slugIgnore } from '../../../src/files/ignore/slugignore.ts'

describe('slugIgnore', () => {
  it.each([
    ['*.md\n/docs\n', 'docs/a/b.py', 2],
    ['*.md\n', 'a/b/x.md', 1],
    ['tests\n', 'chat/tests/test_a.py', 1],
    ['# the tests\ntests/\n', 'tests/a.py', 2],
    ['/scripts/*.sh\n', 'scripts/start.sh', 1],
    ['**/fixtures\n', 'a/b/fixtures/x.json', 1],
    ['.env\n', 'a/.env', 1],
  ])('%j removes %s by line %s', (content, path, line) => {
    expect(slugIgnore(content).removes(path)).toBe(line)
  })

  it.each([
    ['negation is not known, its line counts for nothing', '!chat\n', 'chat/a.py'],
    ['a word of a comment', '# chat is removed\n', 'chat/a.py'],
    ['two words on one line', 'chat docs\n', 'chat/a.py'],
    ['a trailing slash at any depth but the first', 'tests/\n', 'chat/tests/a.py'],
    ['a wildcard on a hidden name', '*\n', '.python-version'],
    ['a name in a hidden folder', 'hooks\n', '.github/hooks/a.py'],
    ['braces', '{chat,docs}\n', 'chat/a.py'],
    ['a path outside', '../chat\n', 'chat/a.py'],
    ['an anchored name elsewhere', '/chat\n', 'apps/chat/a.py'],
    ['an empty file', '\n\n', 'chat/a.py'],
  ])('is silent where its two readings differ or nothing matches: %s', (_, content, path) => {
    expect(slugIgnore(content).removes(path)).toBeUndefined()
  })
})
