import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../src/engine/edits.ts'

const edit = (start: number, end: number, text: string) => ({ file: 'f', span: { start, end }, text })

describe('applyEdits', () => {
  it('applies edits in order of position, whatever order they come in', () => {
    expect(applyEdits('abcdef', [edit(4, 5, 'E'), edit(0, 1, 'A')])).toEqual({ text: 'AbcdEf', skipped: [] })
  })

  it('takes equal edits once and leaves overlapping ones for another run', () => {
    const second = edit(1, 4, 'X')
    expect(applyEdits('abcdef', [edit(0, 2, 'A'), edit(0, 2, 'A'), second])).toEqual({
      text: 'Acdef',
      skipped: [second],
    })
  })

  it('inserts at the beginning and the end', () => {
    expect(applyEdits('b', [edit(1, 1, 'c'), edit(0, 0, 'a')]).text).toBe('abc')
  })
})

describe('line ends', () => {
  it('of an edit are those of the file', () => {
    expect(applyEdits('a\r\nb\r\n', [edit(3, 3, 'x\ny\n')]).text).toBe('a\r\nx\r\ny\r\nb\r\n')
    expect(applyEdits('a\nb\n', [edit(2, 2, 'x\r\n')]).text).toBe('a\nx\nb\n')
  })
})
