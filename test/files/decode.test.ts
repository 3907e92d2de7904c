import { describe, expect, it } from 'vitest'
import { decode, looksBinary } from '../../src/files/decode.ts'

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values)

describe('decode', () => {
  it('takes a UTF-8 BOM off', () => {
    const file = decode('f', bytes(0xef, 0xbb, 0xbf, 0x41))
    expect(file).toMatchObject({ text: 'A', encoding: 'utf-8', bom: true, problems: [] })
  })

  it('reads UTF-16 of both byte orders by its BOM', () => {
    expect(decode('f', bytes(0xff, 0xfe, 0x41, 0, 0xe9, 0))).toMatchObject({ text: 'Aé', encoding: 'utf-16le' })
    expect(decode('f', bytes(0xfe, 0xff, 0, 0x41))).toMatchObject({ text: 'A', encoding: 'utf-16be' })
  })

  it('keeps offsets of bytes that are not UTF-8 and points at the first bad one', () => {
    const file = decode('f', bytes(0x41, 0x42, 0xe9, 0x43))
    expect(file.text).toBe('ABéC')
    expect(file.encoding).toBe('latin-1')
    expect(file.problems.map(({ span }) => span)).toEqual([{ start: 2, end: 3 }])
  })
})

describe('looksBinary', () => {
  it('tells images from text, also from UTF-16 without a BOM', () => {
    expect(looksBinary(bytes(0x89, 0x50, 0, 0, 1))).toBe(true)
    expect(looksBinary(bytes(0x41, 0, 0x42, 0))).toBe(false)
    expect(looksBinary(new TextEncoder().encode('web: daphne\n'))).toBe(false)
  })
})
