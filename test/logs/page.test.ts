import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { errorTable } from '../../src/logs/errors/errors.ts'
import { today } from '../support/app.ts'
import { repository } from '../support/trees.ts'

const example = /<!-- output: (\S+) (\S+) -->\n```text\n([\s\S]*?)```/

/** The example of the page is what the command prints; the address of a rule's page names the release. */
describe.each(['en', 'fr'])('docs/logs (%s)', (language) => {
  const page = readFileSync(join(repository, language === 'en' ? 'docs/logs.md' : 'docs/logs.fr.md'), 'utf8')

  it('shows what the command prints', async () => {
    const [, log = '', project = '', shown = ''] = example.exec(page) ?? []
    let out = ''
    const code = await main(['logs', '--lang', language, '--color', 'never', '--file', join(repository, log), '.'], {
      cwd: join(repository, project),
      today,
      env: {},
      terminal: false,
      out: (text) => {
        out += text
      },
      err: () => {},
    })
    expect(code).toBe(0)
    expect(released(out)).toBe(released(shown))
  })

  it('counts right', () => {
    const vectors = ['2021', 'current'].map(
      (name) =>
        (
          JSON.parse(readFileSync(join(repository, `test/logs/vectors/${name}.json`), 'utf8')) as {
            readonly records: readonly unknown[]
          }
        ).records.length,
    )
    expect(page).toContain(` ${vectors.reduce((sum, count) => sum + count, 0)} `)
    expect(Math.round(errorTable.length / 10)).toBe(7)
  })
})

function released(text: string): string {
  return text.replaceAll(/\/blob\/v[\d.]+\//g, '/blob/vX/')
}
