import { Ajv } from 'ajv'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { rule } from '../../src/engine/rule.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { type FormatName, formatOf } from '../../src/report/formats.ts'
import type { AppReport, RenderOptions } from '../../src/report/report.ts'
import { today } from '../support/app.ts'

/** A rule that says one thing of a file as often and as severely as a test wants. */
const said = (count: number, severity: 'error' | 'warning' | 'info', id: 'app/one' | 'app/two' = 'app/one') =>
  rule({
    id,
    hop: 'boot',
    severity,
    summary: { en: 'x', fr: 'x' },
    messages: {
      said: {
        text: { en: 'ü <b>&"\'| `x` *y* @someone {n}', fr: 'ü {n}' },
        help: { en: 'Do this', fr: 'Faites ceci' },
        fix: { safety: 'safe', en: 'Do it', fr: 'Le faire' },
      },
    },
    check(app, report) {
      app.tree.read('a b/é.py')
      for (let n = 0; n < count; n++) {
        const at = { file: 'a b/é.py', span: { start: 2, end: 4 } }
        report('said', {
          at,
          data: { n },
          edits: [{ ...at, text: 'z' }],
          symbol: `${n}`,
          related: [{ at, message: { en: 'there', fr: 'là' } }],
        })
      }
    },
  })

function reportOf(...own: ReturnType<typeof said>[]): AppReport {
  const tree = memoryTree({ 'a b/é.py': 'é = 1\n' })
  return { root: 'back', ...check({ tree, config: defaultConfig, today, rules: own }).report }
}

const options: RenderOptions = {
  language: 'en',
  colour: false,
  width: 100,
  links: false,
  verbose: false,
  docs: (id) => `https://example.com/${id}`,
  prefix: 'work',
}
const render = (name: FormatName, apps: readonly AppReport[], more: Partial<RenderOptions> = {}): string =>
  formatOf(name).render({ version: '1.0.0', apps, rules }, { ...options, ...more })

const two = reportOf(said(2, 'error'), said(1, 'warning', 'app/two'))
const path = 'work/back/a b/é.py'

describe('text', () => {
  it('keeps the path of what breaks first on one line, whatever blanks it holds', () => {
    const lines = render('text', [two], { width: 36 }).split('\n')
    expect(lines.filter((line) => line.includes('back/a b/é.py:1')).length).toBeGreaterThan(1)
    expect(lines[lines.indexOf('the chain breaks at boot:') + 1]).toMatch(/^ {2}back\/a b\/é\.py:1 /)
  })
})

describe('gitlab', () => {
  const schema = {
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      additionalProperties: false,
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string' },
        fingerprint: { type: 'string', pattern: '^[0-9a-f]{20,}$' },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          properties: {
            path: { type: 'string', pattern: '^[^./]' },
            lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
          },
        },
      },
    },
  }

  it('has what GitLab reads, with a fingerprint of its own for each, also in several apps', () => {
    const items = JSON.parse(render('gitlab', [two, { ...two, root: 'other' }])) as {
      fingerprint: string
      location: { path: string }
    }[]
    const validate = new Ajv().compile(schema)
    expect(validate(items), JSON.stringify(validate.errors)).toBe(true)
    expect(new Set(items.map(({ fingerprint }) => fingerprint)).size).toBe(6)
    expect(items[0]).toMatchObject({
      check_name: 'app/one',
      severity: 'critical',
      description: 'ü <b>&"\'| `x` *y* @someone 0. Do this.',
      location: { path, lines: { begin: 1 } },
    })
    expect(render('gitlab', [])).toBe('[]\n')
  })
})

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
})

describe('XML', () => {
  it.each(['junit', 'checkstyle'] as const)('%s is well-formed, whatever stands in it', (name) => {
    for (const apps of [[], [reportOf()], [two]]) expect(XMLValidator.validate(render(name, apps))).toBe(true)
  })

  it('checkstyle has a file with its errors', () => {
    const [checkstyle] = (parser.parse(render('checkstyle', [two])) as { checkstyle: { file: object[] }[] }).checkstyle
    expect(checkstyle?.file).toMatchObject([
      {
        name: path,
        error: [
          { line: '1', column: '3', severity: 'error', source: 'dynolint.app.one' },
          { severity: 'error' },
          { severity: 'warning', message: `ü <b>&"'| \`x\` *y* @someone 0. Do this.` },
        ],
      },
    ])
  })

  it('junit counts what it holds: errors fail, the rest is skipped, nothing is a case that passed', () => {
    const parsed = parser.parse(render('junit', [two, reportOf()])) as {
      testsuites: { tests: string; testsuite: { testcase: { failure?: object[]; skipped?: object[] }[] }[] }[]
    }
    const [suites] = parsed.testsuites
    expect(suites).toMatchObject({ tests: '4', failures: '2', errors: '0', skipped: '1' })
    expect(suites?.testsuite).toMatchObject([
      { name: 'work/back', tests: '3', failures: '2', skipped: '1' },
      { tests: '1', failures: '0', skipped: '0' },
    ])
    const [failing, sound] = suites?.testsuite ?? []
    expect(failing?.testcase.map((one) => [one.failure?.length ?? 0, one.skipped?.length ?? 0])).toEqual([
      [1, 0],
      [1, 0],
      [0, 1],
    ])
    expect(sound?.testcase).toHaveLength(1)
  })
})

describe('rdjson', () => {
  it('counts columns in bytes, and suggests corrections of one range', () => {
    const document = JSON.parse(render('rdjson', [two])) as { diagnostics: object[] }
    expect(document).toMatchObject({ source: { name: 'dynolint', url: 'https://example.com/' } })
    const range = { start: { line: 1, column: 4 }, end: { line: 1, column: 6 } }
    expect(document.diagnostics[0]).toEqual({
      message: 'ü <b>&"\'| `x` *y* @someone 0. Do this.',
      location: { path, range },
      severity: 'ERROR',
      code: { value: 'app/one', url: 'https://example.com/app/one' },
      suggestions: [{ range, text: 'z' }],
      related_locations: [{ message: 'there', location: { path, range } }],
    })
  })
})

describe('markdown', () => {
  it('has a row for each finding, in which nothing is markup', () => {
    const output = render('markdown', [two])
    const row = output.split('\n').find((line) => line.startsWith('| warning')) ?? ''
    expect(row).toBe(
      `| warning | \`${path}:1\` | [app/two](https://example.com/app/two) | ü &lt;b&gt;&amp;"'\\| \\\`x\\\` \\*y\\* &#64;someone 0<br>Do this |`,
    )
    expect(output).toContain('2 errors, 1 warning, 0 info')
    expect(render('markdown', [reportOf()], { language: 'fr' })).toContain('0 erreur, 0 avertissement, 0 info')
  })
})

describe('github', () => {
  const many = reportOf(said(12, 'error'), said(11, 'warning', 'app/two'))
  const output = render('github', [many])
  const commands = output.split('\n').filter((line) => line.startsWith('::'))

  it('annotates ten errors and ten warnings, and counts the rest; the log has all of them', () => {
    expect(commands.filter((line) => line.startsWith('::error '))).toHaveLength(10)
    expect(commands.filter((line) => line.startsWith('::warning '))).toHaveLength(10)
    expect(commands.at(-1)).toBe(
      '::notice title=dynolint::and 3 more: see the log of this step and the summary of the job',
    )
    const log = output.slice(0, output.indexOf('::error '))
    for (let n = 0; n < 12; n++) expect(log).toContain(`@someone ${n}`)
  })

  it('names files from the repository, and ends message and remedy as sentences', () => {
    expect(commands[0]).toBe(
      `::error file=${path},line=1,endLine=1,col=3,endColumn=5,title=app/one::ü <b>&"'| \`x\` *y* @someone 0. Do this.`,
    )
  })
})

describe('sarif', () => {
  interface Run {
    language: string
    tool: { driver: { rules: { id: string; properties: { tags: string[]; 'security-severity'?: string } }[] } }
    results: { ruleId: string; ruleIndex: number; suppressions?: object[]; fixes?: object[] }[]
  }
  const run = (apps: readonly AppReport[], more: Partial<RenderOptions> = {}): Run =>
    (JSON.parse(render('sarif', apps, more)) as { runs: Run[] }).runs[0] as Run

  it('says its language, its corrections, and on request what was accepted', () => {
    const [kept, ...others] = two.findings
    const accepted = others.map((finding) => ({ ...finding, accepted: { by: 'comment', reason: 'why' } }) as const)
    const app = { ...two, findings: kept === undefined ? [] : [kept], suppressed: accepted }
    expect(run([app], { language: 'fr' })).toMatchObject({ language: 'fr', results: [{ ruleId: 'app/one' }] })
    expect(run([app]).results[0]?.fixes).toEqual([
      {
        description: { text: 'Do it' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'work/back/a%20b/%C3%A9.py', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 1, startColumn: 3, endLine: 1, endColumn: 5 },
                insertedContent: { text: 'z' },
              },
            ],
          },
        ],
      },
    ])
    expect(run([app], { verbose: true }).results.map(({ suppressions }) => suppressions)).toEqual([
      undefined,
      [{ kind: 'inSource', justification: 'why' }],
      [{ kind: 'inSource', justification: 'why' }],
    ])
  })

  it('tells findings about security from the others of a rule', () => {
    const { rules: listed } = run([]).tool.driver
    const tagged = listed.filter(({ properties }) => properties.tags.includes('security')).map(({ id }) => id)
    expect(tagged).toEqual([
      'app/secret-in-source',
      'app/secret-logged',
      'asgi/auth-middleware/security',
      'asgi/consumer-signature/security',
      'asgi/handler-missing/security',
      'asgi/origin-validator',
      'deps/known-bad/security',
      'frontend/token/security',
      'settings/allowed-hosts/security',
      'settings/debug',
      'settings/deploy-check',
      'settings/dotenv/security',
    ])
    const tree = memoryTree({
      'requirements.txt': 'django==5.2\nchannels==4.3.2\ndaphne==4.1.1\n',
      'manage.py': 'import django\n',
      Procfile: 'web: daphne -b 0.0.0.0 -p $PORT x.asgi:application\n',
    })
    const { report } = check({ tree, config: defaultConfig, today })
    const result = run([{ root: '.', ...report }]).results.find(({ ruleId }) => ruleId.startsWith('deps/known-bad'))
    expect(result?.ruleId).toBe('deps/known-bad/security')
    expect(listed[result?.ruleIndex ?? -1]?.id).toBe(result?.ruleId)
  })
})
