import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appOf } from '../../support/app.ts'

/** Reads everything of the process model; a throw fails the test. */
function readAll(files: Record<string, string>): number {
  const { processes } = appOf({ 'manage.py': '', 'x/asgi.py': 'application = 1', ...files })
  return processes.all.reduce((sum, process) => sum + process.runs.length + process.servers.length, 0)
}

const pieces = [
  'web:',
  ' ',
  'daphne',
  '-p',
  '$PORT',
  '"',
  "'",
  '`',
  '$(',
  ')',
  '(',
  '{',
  '}',
  '&&',
  '||',
  ';',
  '&',
  '|',
  '>',
  '<<',
  '\\',
  '\n',
  '${X:-',
  '}',
  '[[',
  ']]',
  '[',
  'if',
  'then',
  'fi',
  'case',
  'in',
  'esac',
  'for',
  'do',
  'done',
  '=',
  'cd',
  '..',
  'exec',
  'sh -c',
  'eval',
  '$((',
  '))',
  '*',
  '?',
  '~',
  '$@',
  '#',
  'gunicorn',
  '-k',
  'uvicorn',
  '--bind',
  ':',
  '0.0.0.0',
  'a.sh',
  '. ',
  'python',
  '-m',
]

describe('bad input', () => {
  it('is read without a throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => void readAll({ Procfile: `web: ${text}` })),
      { numRuns: 300 },
    )
    const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join(' '))
    fc.assert(
      fc.property(soup, soup, (text, script) => void readAll({ Procfile: `web: ${text}`, 'a.sh': script })),
      { numRuns: 500 },
    )
  })

  it('is read without a throw in heroku.yml, Dockerfile and gunicorn.conf.py', () => {
    const soup = fc
      .array(fc.constantFrom(...pieces, 'run:', 'build:', 'CMD', 'ENTRYPOINT', 'FROM', '- ', '  ', '\n'), {
        maxLength: 30,
      })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(
        soup,
        soup,
        (yml, docker) =>
          void readAll({
            'heroku.yml': `build:\n  docker:\n    web: Dockerfile\n${yml}`,
            Dockerfile: `FROM a\n${docker}`,
            'gunicorn.conf.py': docker,
          }),
      ),
      { numRuns: 200 },
    )
  })

  it('of any size has its bounds', () => {
    expect(
      appOf({ Procfile: Array.from({ length: 20_000 }, (_, i) => `p${i}: x`).join('\n') }).processes.all,
    ).toHaveLength(100)
    expect(readAll({ Procfile: `web: ${'x '.repeat(500_000)}` })).toBe(1)
    expect(readAll({ Procfile: `web: ${'$(echo '.repeat(3000)}` })).toBe(1)
  })
})
