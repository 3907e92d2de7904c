import { describe, expect, it } from 'vitest'
import { conversionOf } from '../../../src/files/git/line-ends.ts'
import { memoryTree } from '../../../src/files/memory.ts'

function normalises(attributes: string, path = 'start.sh', more: Record<string, string> = {}): boolean {
  return conversionOf(memoryTree({ '.gitattributes': attributes, ...more }), path) === 'always'
}

describe('line ends that git writes into the repository', () => {
  it.each([
    ['*.sh text eol=lf'],
    ['start.sh eol=lf'],
    ['* -text\n*.sh text'],
    ['*.sh\ttext\r\n'],
    ['/start.sh text'],
    ['*.sh crlf=input'],
  ])('%s', (attributes) => {
    expect(normalises(attributes)).toBe(true)
  })

  it.each([
    [''],
    ['# *.sh text'],
    ['*.py text eol=lf\n*.png binary'],
    ['*.sh -text'],
    ['*.sh binary'],
    ['* text=auto\n*.sh !text'],
    ['* text=auto\nstart.sh -text'],
    ['bin/*.sh text'],
    ['*.sh linguist-language=Shell'],
  ])('not: %s', (attributes) => {
    expect(normalises(attributes)).toBe(false)
  })

  it.each([
    ['* text=auto', 'auto'],
    ['*.sh text=auto eol=lf', 'auto'],
    ['* text=auto\n*.sh text', 'always'],
    ['* text=auto\n*.sh -text', 'never'],
    ['*.py text', undefined],
    ['[attr]shell text eol=lf\n*.sh shell', 'always'],
    ['[attr]shell text eol=lf\n*.sh shell -text', 'never'],
    ['*.sh -shell\n[attr]shell text', undefined],
    ['*.sh text=lf', undefined],
    ['*.sh eol', undefined],
    ['*.sh text=lf eol=lf', 'always'],
  ])('%s: %s', (attributes, expected) => {
    expect(conversionOf(memoryTree({ '.gitattributes': attributes }), 'start.sh')).toBe(expected)
  })

  it('lets the file of a deeper folder win', () => {
    expect(normalises('*.sh text', 'bin/start.sh', { 'bin/.gitattributes': 'start.sh -text' })).toBe(false)
    expect(normalises('', 'bin/start.sh', { 'bin/.gitattributes': '/start.sh text' })).toBe(true)
  })
})
