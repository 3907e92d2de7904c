import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairsOf, parseDockerfile, stagesOf } from '../../../src/syntax/dockerfile/dockerfile.ts'

describe('parseDockerfile', () => {
  it('reads instructions, continuations, comments and flags', () => {
    const text =
      '# syntax=docker/dockerfile:1\nFROM python:3.13 AS base\n\nRUN apt-get update \\\n    # why\n    && apt-get install -y x\ncopy --from=base --chown=a:b /x /y\nCMD daphne -p $PORT\n'
    const found = parseDockerfile(text)
    expect(found.map(({ name }) => name)).toEqual(['FROM', 'RUN', 'COPY', 'CMD'])
    expect(found[2]?.flags).toEqual(
      new Map([
        ['from', 'base'],
        ['chown', 'a:b'],
      ]),
    )
    expect(found[2]?.text).toBe('/x /y')
    const cmd = found[3]
    expect(text.slice(cmd?.offset, (cmd?.offset ?? 0) + (cmd?.text.length ?? 0))).toBe('daphne -p $PORT')
  })

  it('reads the words of the exec form with their places', () => {
    const text = 'CMD ["daphne", "-p", "$PORT"]'
    const list = parseDockerfile(text)[0]?.list
    expect(list?.map((word) => word.text)).toEqual(['daphne', '-p', '$PORT'])
    expect(list?.map(({ span }) => text.slice(span.start, span.end))).toEqual(['daphne', '-p', '$PORT'])
  })

  it('takes a list that is no JSON for the shell form', () => {
    expect(parseDockerfile("CMD ['daphne']")[0]?.list).toBeUndefined()
  })

  it('passes over heredocs', () => {
    expect(parseDockerfile('RUN <<EOF\nCMD x\nEOF\nCMD y').map(({ name, text }) => `${name} ${text}`)).toEqual([
      'RUN <<EOF',
      'CMD y',
    ])
  })

  it('knows stages', () => {
    expect(stagesOf(parseDockerfile('ARG X\nFROM a\nRUN b\nFROM c\nCMD d')).map((stage) => stage.length)).toEqual([
      2, 2,
    ])
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseDockerfile(text)))
  })
})

describe('pairsOf', () => {
  it('reads both forms of ENV', () => {
    expect(pairsOf('A=1 B="x y" C=\'z\' D=a\\ b')).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: 'x y' },
      { name: 'C', value: 'z' },
      { name: 'D', value: 'a b' },
    ])
    expect(pairsOf('A some text')).toEqual([{ name: 'A', value: 'some text' }])
  })
})
