import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe as about, expect, it } from 'vitest'
import { describe } from '../../../src/syntax/toml/messages.ts'
import { parseToml } from '../../../src/syntax/toml/toml.ts'
import { repository } from '../../support/trees.ts'

about('what is wrong with a TOML document', () => {
  it('is said in French, whatever the parser says', () => {
    const parser = readFileSync(join(repository, 'node_modules/toml-eslint-parser/lib/index.mjs'), 'utf8')
    const table = /const MESSAGES = \{\n(.*?)\n\};/s.exec(parser)?.[1] ?? ''
    const messages = [...table.matchAll(/: "(.*)"/g)].map(([, message = '']) => message.replace('{{cp}}', '\\u0000'))
    expect(messages.length).toBeGreaterThan(25)
    for (const message of messages) {
      const { en, fr } = describe(message)
      expect(en).toBe(`TOML: ${message}`)
      expect(fr, message).not.toContain(message)
      expect(fr.includes('\\u0000')).toBe(message.includes('\\u0000'))
    }
  })

  it('stands where it was met', () => {
    expect(parseToml('a = "b').problems.map(({ span, message }) => [span.start, message.fr])).toEqual([
      [6, 'TOML\u00a0: le guillemet n’est jamais refermé'],
    ])
    expect(parseToml('# \u0001').problems[0]?.message.fr).toBe(
      'TOML\u00a0: caractère interdit dans un commentaire (\\u0001)',
    )
  })
})
