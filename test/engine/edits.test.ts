import { describe, expect, it } from 'vitest'
import { applyEdits, lineEndOf } from '../../src/engine/edits.ts'

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

  it('inserts before it replaces what begins there', () => {
    for (const edits of [
      [edit(2, 4, 'X'), edit(2, 2, 'i')],
      [edit(2, 2, 'i'), edit(2, 4, 'X')],
    ])
      expect(applyEdits('abcdef', edits)).toEqual({ text: 'abiXef', skipped: [] })
  })

  it('takes of two edits that begin together the shorter, and leaves the other', () => {
    const [short, long] = [edit(1, 2, 'S'), edit(1, 5, 'L')]
    expect(applyEdits('abcdef', [long, short])).toEqual({ text: 'aScdef', skipped: [long] })
  })

  it('takes both of two edits that touch, and two insertions at one place in their order', () => {
    expect(applyEdits('abcd', [edit(2, 3, 'C'), edit(1, 2, 'B')])).toEqual({ text: 'aBCd', skipped: [] })
    expect(applyEdits('ab', [edit(1, 1, 'x'), edit(1, 1, 'y')])).toEqual({ text: 'axyb', skipped: [] })
  })

  it('takes two edits of one text apart where they put other texts there', () => {
    expect(applyEdits('abc', [edit(1, 2, 'x'), edit(1, 2, 'y')])).toEqual({ text: 'axc', skipped: [edit(1, 2, 'y')] })
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

  it('of a file with both are those that most of its lines have', () => {
    expect(['a\r\nb\r\nc\n', 'a\r\nb\nc\n', 'a\r\nb\n', '', 'a\r\n'].map(lineEndOf)).toEqual([
      '\r\n',
      '\n',
      '\n',
      '\n',
      '\r\n',
    ])
  })
})
