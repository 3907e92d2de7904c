import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/engine/finding.ts'
import { suppress, suppressionsOf } from '../../src/engine/suppressions.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { readText, type SourceFile } from '../../src/files/tree.ts'

function file(path: string, text: string): SourceFile {
  return readText(memoryTree({ [path]: text }), path) as SourceFile
}

function lines(path: string, text: string): string[] {
  return suppressionsOf(file(path, text)).map(
    ({ line, rules, reason }) => `${line} ${rules.map(({ id }) => id).join('+')} ${reason}`,
  )
}

describe('suppressionsOf', () => {
  it('reads a comment on the line and one above it, in every language', () => {
    expect(lines('Procfile', '# dynolint: ignore[procfile/bind-port] our proxy\nweb: x\n')).toEqual([
      '2 procfile/bind-port our proxy',
    ])
    expect(lines('requirements.txt', 'redis  # dynolint: ignore[deps/unpinned]\n')).toEqual(['1 deps/unpinned '])
    expect(lines('app.toml', 'a = 1 # dynolint: ignore[a/b, c/d] why\n')).toEqual(['1 a/b+c/d why'])
    expect(lines('heroku.yml', '# dynolint: ignore[app/x]\n\n# more\nbuild: 1\n')).toEqual(['4 app/x '])
    expect(lines('a.js', 'x() // dynolint: ignore[frontend/token] ok\n')).toEqual(['1 frontend/token ok'])
    expect(lines('a.html', '<!-- dynolint: ignore[frontend/token] ok -->\n<p>\n')).toEqual(['2 frontend/token ok'])
  })

  it('takes Python’s comments from its tokens, not from strings', () => {
    expect(lines('s.py', 'X = "# dynolint: ignore[a/b]"\nY = 1  # dynolint: ignore[settings/debug] staging\n')).toEqual(
      ['2 settings/debug staging'],
    )
  })

  it('is not fooled by a fragment of a URL', () => {
    expect(lines('requirements.txt', 'git+https://x/y#dynolint: ignore[a/b]\n')).toEqual([])
  })
})

describe('suppress', () => {
  const finding = (rule: string, start: number): Finding =>
    ({ rule, at: { file: 's.py', span: { start, end: start + 1 } } }) as unknown as Finding
  const text = 'A = 1  # dynolint: ignore[settings/debug]\nB = 2\n'

  it('splits findings and tells which comments excused nothing', () => {
    const comments = suppressionsOf(file('s.py', text))
    const hit = suppress(
      [finding('settings/debug', 0), finding('settings/debug', 42)],
      comments,
      () => text,
      () => true,
    )
    expect(hit.suppressed).toHaveLength(1)
    expect(hit.kept).toHaveLength(1)
    expect(hit.unused).toEqual([])
    const none = suppress(
      [finding('settings/module', 0)],
      comments,
      () => text,
      () => true,
    )
    expect(none.unused.map(({ id }) => id)).toEqual(['settings/debug'])
    expect(
      suppress(
        [],
        comments,
        () => text,
        () => false,
      ).unused,
    ).toEqual([])
  })
})
