import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../src/terminal/fold.ts'
import { widthOf } from '../../src/terminal/wrap.ts'

describe('a line whose parts stand side by side', () => {
  it('stays as it is where it fits, with the room between its parts', () => {
    expect(fold('  runs     daphne  in backend', 40)).toEqual(['  runs     daphne  in backend'])
  })

  it('has the part that no longer fits below, deeper', () => {
    expect(fold('  DEBUG = False  mysite/settings.py:9', 30)).toEqual(['  DEBUG = False', '      mysite/settings.py:9'])
  })

  it('has it below what was asked for', () => {
    expect(fold('browser  wss://host/ws/  room.js:5', 26, '  │      ')).toEqual([
      'browser  wss://host/ws/',
      '  │      room.js:5',
    ])
  })

  it('keeps a path with a blank whole', () => {
    expect(fold('wss://{host}/ws/chat/  my app/room.js:5', 32)).toEqual([
      'wss://{host}/ws/chat/',
      '    my app/room.js:5',
    ])
  })

  it('is broken at the words of a part that is too wide, behind its label', () => {
    expect(fold("  HOSTS = ['one.example', 'two.example', 'three.example']  a.py:1", 36)).toEqual([
      "  HOSTS = ['one.example',",
      "      'two.example',",
      "      'three.example']  a.py:1",
    ])
    expect(fold('web  python manage.py migrate && daphne mysite.asgi:application', 30)).toEqual([
      'web  python manage.py migrate',
      '    && daphne',
      '    mysite.asgi:application',
    ])
  })

  it('tears a word that no line can hold, at a mark where it has one', () => {
    expect(fold('  /a/folder/with/a/very/long/name/settings.py:12', 24)).toEqual([
      '  /a/folder/with/a/very/',
      '      long/name/',
      '      settings.py:12',
    ])
    expect(fold('x'.repeat(50), 20)).toEqual(['x'.repeat(20), `    ${'x'.repeat(16)}`, `    ${'x'.repeat(14)}`])
  })

  it('tears neither a colour nor a character in two', () => {
    const folded = fold(`\u001b[2m${'🙂'.repeat(30)}\u001b[22m`, 40)
    expect(folded.join('').replaceAll(' ', '')).toBe(`\u001b[2m${'🙂'.repeat(30)}\u001b[22m`)
    expect(folded.every((line) => !/^ *[\udc00-\udfff]|[\ud800-\udbff]$/.test(line))).toBe(true)
  })

  it('is never wider than the terminal, and loses nothing', () => {
    const word = fc.stringMatching(/^[a-z/.:='`é…]{1,90}$/)
    const part = fc.array(word, { minLength: 1, maxLength: 8 }).map((all) => all.join(' '))
    const painted = fc.tuple(part, fc.boolean()).map(([text, dim]) => (dim ? `\u001b[2m${text}\u001b[22m` : text))
    const line = fc.tuple(fc.nat(8), fc.array(painted, { minLength: 1, maxLength: 5 }))
    fc.assert(
      fc.property(line, fc.integer({ min: 40, max: 120 }), ([indent, parts], width) => {
        const given = ' '.repeat(indent) + parts.join('  ')
        const folded = fold(given, width)
        expect(folded.filter((one) => widthOf(one) > width)).toEqual([])
        expect(folded.join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''))
      }),
    )
  })
})
