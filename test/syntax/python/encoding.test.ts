import { describe, expect, it } from 'vitest'
import { decodePython } from '../../../src/syntax/python/encoding.ts'

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)

describe('the encoding of a module', () => {
  it('is UTF-8 unless declared', () => {
    expect(decodePython(utf8('x = "é😀"'))).toEqual({ text: 'x = "é😀"', encoding: 'utf-8', problems: [] })
    expect(decodePython(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8', problems: [] })
  })

  it('a byte-order mark is no part of the text', () => {
    expect(decodePython(utf8('\uFEFFx = 1'))).toEqual({ text: 'x = 1', encoding: 'utf-8', problems: [] })
  })

  it.each([
    ['# coding: latin-1\n"\xe9\x80"', 'iso-8859-1', '"é\x80"'],
    ['# -*- coding: ISO-8859-1 -*-\r\n"\xe9"', 'iso-8859-1', '"é"'],
    ['#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n"\x80"', 'windows-1252', '"€"'],
    ['\n#coding=iso-8859-15\n"\xa4"', 'iso-8859-15', '"€"'],
    ['# coding: windows-1251\n"\xe6"', 'windows-1251', '"ж"'],
    ['# coding: utf-8-unix\n"\xc3\xa9"', 'utf-8', '"é"'],
    ['# coding: latin-1-dos\n"\xe9"', 'iso-8859-1', '"é"'],
    ['# coding: euc-jp\n"\xca\xd1"', 'euc-jp', '"変"'],
  ])('%j is %s', (source, encoding, last) => {
    const decoded = decodePython(bytes(source))
    expect(decoded).toMatchObject({ encoding, problems: [] })
    expect(decoded.text.endsWith(last)).toBe(true)
  })

  it.each([['"""# coding: latin-1"""\n'], ['x = 1\n# coding: latin-1\n'], ['\n\n# coding: latin-1\n']])(
    '%j declares nothing',
    (source) => {
      expect(decodePython(bytes(source)).encoding).toBe('utf-8')
    },
  )

  it('what cannot be decoded is one problem at its place', () => {
    const decoded = decodePython(bytes('# \xc3\xa9 \xef\xbf\xbd\nx = "\xe9\xe8"'))
    expect(decoded.text).toBe('# é \uFFFD\nx = "\uFFFD\uFFFD"')
    expect(decoded.problems).toMatchObject([{ span: { start: 11, end: 12 } }])
  })

  it('ASCII means ASCII', () => {
    expect(decodePython(utf8('# coding: ascii\nx = "e"')).problems).toEqual([])
    expect(decodePython(utf8('# coding: us-ascii\nx = "é"')).problems).toMatchObject([{ span: { start: 24, end: 25 } }])
  })

  it('an unknown encoding is a problem at its name', () => {
    expect(decodePython(bytes('# coding: klingon\n')).problems).toMatchObject([{ span: { start: 10, end: 17 } }])
  })

  it('a byte-order mark with another declaration is a problem, also with a spelling CPython refuses', () => {
    expect(decodePython(utf8('\uFEFF# coding: latin-1\n')).problems).toHaveLength(1)
    expect(decodePython(utf8('\uFEFF# coding: utf8\n')).problems).toHaveLength(1)
    expect(decodePython(utf8('\uFEFF# coding: UTF_8\n')).problems).toHaveLength(0)
  })
})
