import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRequirementsFile } from '../../../src/syntax/requirements/file.ts'
import { generatedFile } from '../../oracle/requirements/generate.ts'

const surroundings = { constraint: false, kind: () => undefined, variable: () => undefined }
const read = (text: string) => parseRequirementsFile(text, surroundings).lines

describe('spans', () => {
  test('cover the requirement and its version, without the comment', () => {
    const text = '# stack\nchannels==4.1.0  # pinned\n'
    const [line] = read(text)
    expect(line?.type).toBe('requirement')
    if (line?.type !== 'requirement') return
    const { span, specifierSpan } = line.requirement
    expect(text.slice(span.start, span.end)).toBe('channels==4.1.0')
    expect(text.slice(specifierSpan?.start, specifierSpan?.end)).toBe('==4.1.0')
  })

  test('survive a continuation', () => {
    const text = 'channels \\\n  ==4.1.0 ; python_version < "4"'
    const [line] = read(text)
    if (line?.type !== 'requirement') throw new Error('no requirement')
    const { specifierSpan } = line.requirement
    expect(text.slice(specifierSpan?.start, specifierSpan?.end)).toBe('==4.1.0')
  })

  test('point at the word that is wrong', () => {
    const text = 'channels=4.1.0\nredis>>7\n'
    const [first, second] = read(text)
    if (first?.type !== 'error' || second?.type !== 'error') throw new Error('no error')
    expect(text.slice(first.problem.span.start, first.problem.span.end)).toBe('=')
    expect(first.problem.message.en).toContain('==')
    expect(text.slice(second.problem.span.start, second.problem.span.end)).toBe('>>7')
  })

  test('of an include cover its path', () => {
    const text = '-r requirements/base.txt\n'
    const [line] = read(text)
    if (line?.type !== 'include') throw new Error('no include')
    expect(text.slice(line.pathSpan.start, line.pathSpan.end)).toBe('requirements/base.txt')
  })
})

test('every span lies within the file, for any input', () => {
  fc.assert(
    fc.property(fc.oneof(generatedFile, fc.string({ unit: 'binary' })), (text) => {
      for (const line of read(text)) {
        const spans = [line.span]
        if (line.type === 'error') spans.push(line.problem.span)
        if (line.type === 'requirement') spans.push(line.requirement.span)
        for (const { start, end } of spans) {
          if (start < 0 || end < start || end > text.length) return false
        }
      }
      return true
    }),
    { numRuns: 200 },
  )
})
