import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../../src/files/decode.ts'
import { difference, splice } from '../../src/files/encode.ts'

function spliced(bytes: Uint8Array, from: string, to: string): Buffer | undefined {
  const source = decode('f', bytes)
  const start = source.text.indexOf(from)
  const after = splice(source, [{ span: { start, end: start + from.length }, text: to }])
  return after && Buffer.from(after)
}

const utf16 = (text: string, extra: readonly number[] = []): Buffer =>
  Buffer.concat([Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(extra)])

describe('splice', () => {
  it('keeps the byte order mark, CRLF, and no line end at the end', () => {
    const bytes = Buffer.from('\ufeffé = 1\r\nb = 2\r\nlast', 'utf8')
    expect(spliced(bytes, 'b = 2', 'b = 3')).toEqual(Buffer.from('\ufeffé = 1\r\nb = 3\r\nlast', 'utf8'))
  })

  it('keeps UTF-16 in both orders, with a lone surrogate, a second mark and an odd last byte', () => {
    const lone = utf16('\ufeff\ud800 old x', [0x41])
    expect(spliced(lone, 'old', 'new')).toEqual(utf16('\ufeff\ud800 new x', [0x41]))
    const big = utf16('a old').swap16()
    expect(spliced(big, 'old', 'né')).toEqual(utf16('a né').swap16())
  })

  it('keeps bytes that are no UTF-8, and refuses a text they have no place for', () => {
    const bytes = Buffer.from([0xe9, 0x20, 0x6f, 0x6c, 0x64, 0xff])
    expect(spliced(bytes, 'old', 'new')).toEqual(Buffer.from([0xe9, 0x20, 0x6e, 0x65, 0x77, 0xff]))
    expect(spliced(bytes, 'old', '’')).toBeUndefined()
  })

  it('with the difference of two texts gives the other, and touches nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        const source = decode('f', Buffer.from(before, 'utf8'))
        const wanted = Buffer.from(after, 'utf8').toString('utf8')
        expect(Buffer.from(splice(source, difference(source.text, wanted)) ?? []).toString('utf8')).toBe(wanted)
      }),
      { numRuns: 200 },
    )
  })
})
