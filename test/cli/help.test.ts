import { describe, expect, it } from 'vitest'
import { helpText } from '../../src/cli/help.ts'

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

describe('the help', () => {
  for (const language of ['en', 'fr'] as const)
    for (const command of [undefined, 'logs'])
      it.each([60, 80, 100])(`fits a terminal of %i columns, and says the same (${language}, ${command})`, (width) => {
        const text = helpText(language, command, width)
        expect(text.split('\n').filter((line) => line.length > width)).toEqual([])
        expect(words(text)).toEqual(words(helpText(language, command, Number.POSITIVE_INFINITY)))
      })

  it('keeps what an option does in its column', () => {
    const lines = helpText('en', undefined, 80).split('\n')
    const at = lines.findIndex((line) => line.startsWith('  dynolint pins'))
    expect(lines.slice(at, at + 3)).toEqual([
      '  dynolint pins [path]           the versions of Django and Channels in force,',
      '                                 and the newest that fit together; --write puts',
      '                                 those into the configuration (pins)',
    ])
  })
})
