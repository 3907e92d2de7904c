import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Grammar, parseProcfile } from '../../../src/syntax/procfile/procfile.ts'

function read(text: string, grammar: Grammar): string[] {
  return parseProcfile(text).lines.flatMap(({ readings }) => {
    const reading = readings[grammar]
    return reading === undefined ? [] : [`${reading.corrected}|${reading.command}`]
  })
}

function faults(text: string): string[][] {
  return parseProcfile(text).lines.map((line) => [...line.faults])
}

describe('the three grammars', () => {
  it('agree on a plain line', () => {
    for (const grammar of ['classic', 'fir', 'local'] as const) {
      expect(read('web: daphne x\nworker:   celery  -A y  \n', grammar)).toEqual([
        'web|daphne x',
        'worker|celery  -A y',
      ])
    }
  })

  it('want a blank behind the colon on classic dynos only', () => {
    expect(read('web:daphne', 'classic')).toEqual([])
    expect(read('web:daphne', 'fir')).toEqual(['web|daphne'])
    expect(read('web:daphne', 'local')).toEqual(['web|daphne'])
    expect(faults('web:daphne')).toEqual([['no-space']])
  })

  it('take the colon for a command when a blank stands before it', () => {
    expect(read('web : daphne', 'classic')).toEqual(['web|: daphne'])
    expect(faults('web : daphne')).toEqual([['space-before-colon']])
  })

  it('make the colon optional on classic dynos', () => {
    expect(read('heroku ps:scale web=1', 'classic')).toEqual(['heroku|ps:scale web=1'])
    expect(read('heroku ps:scale web=1', 'local')).toEqual([])
    expect(faults('heroku ps:scale web=1')).toEqual([['no-colon']])
  })

  it('are corrected by Fir where a type has capitals, underscores or blanks before it', () => {
    expect(read('  Celery_Beat: x', 'fir')).toEqual(['celery-beat|x'])
    expect(read('  Celery_Beat: x', 'classic')).toEqual(['Celery_Beat|x'])
    expect(read('  Celery_Beat: x', 'local')).toEqual([])
    expect(read('-web: x', 'fir')).toEqual([])
    expect(read(`${'a'.repeat(64)}: x`, 'fir')).toEqual([])
  })

  it('know comments and blank lines', () => {
    expect(parseProcfile('# web: x\n\n  # y\nweb: x').lines.map(({ kind }) => kind)).toEqual([
      'comment',
      'blank',
      'comment',
      'entry',
    ])
  })

  it('end lines at LF, CRLF and CR', () => {
    expect(read('a: 1\r\nb: 2\rc: 3', 'classic')).toEqual(['a|1', 'b|2', 'c|3'])
  })
})

describe('continued lines', () => {
  it('are told apart from lines that end in an escaped backslash', () => {
    expect(faults('web: a \\\n  b')).toEqual([['continued'], ['continuation']])
    expect(faults('web: a \\\\\nb: x')).toEqual([[], []])
  })
})

describe('spans', () => {
  it('point at the type and the command', () => {
    const text = '# x\n  web:  daphne -p $PORT \nworker: y'
    const reading = parseProcfile(text).lines[1]?.readings.classic
    expect(text.slice(reading?.typeSpan.start, reading?.typeSpan.end)).toBe('web')
    expect(text.slice(reading?.commandSpan.start, reading?.commandSpan.end)).toBe('daphne -p $PORT')
  })

  it('cover the text whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const line of parseProcfile(text).lines) {
          expect(text.slice(line.span.start, line.span.end)).toBe(line.text)
          for (const reading of Object.values(line.readings)) {
            if (reading !== undefined)
              expect(text.slice(reading.commandSpan.start, reading.commandSpan.end)).toBe(reading.command)
          }
        }
      }),
    )
  })

  it('come in linear time for a megabyte on one line', () => {
    expect(parseProcfile(`web: ${'x'.repeat(1_000_000)}`).lines).toHaveLength(1)
    expect(parseProcfile('\\'.repeat(1_000_000)).lines).toHaveLength(1)
    expect(parseProcfile('a: b\n'.repeat(200_000)).lines).toHaveLength(200_000)
  })
})
