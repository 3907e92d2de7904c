/**
 * `npm run new-rule -- area/name`: a small rule that works, with its page in both languages and the cases that the reality
 * rig asks for. It finds uvicorn and says so: everything in it is there to be replaced, one piece after the other.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const id = process.argv[2] ?? ''
if (!/^(procfile|deps|settings|asgi|app|frontend|engine)\/[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
  console.error('usage: npm run new-rule -- area/name   (area: procfile, deps, settings, asgi, app, frontend, engine)')
  process.exit(2)
}
const cases = caseFiles(id.replace('/', '-'))
const files = { [`rules/${id}/rule.ts`]: ruleFile(), ...pages(), ...cases }
const existing = Object.keys(files).filter((path) => existsSync(join(root, path)))
if (existing.length > 0) {
  console.error(`${existing.join(', ')} exists already`)
  process.exit(2)
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const { status } = spawnSync('npm', ['run', 'rule', '--', id, '-u'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
console.log(`
It works. Now make it yours, in rules/${id}:
  rule.ts                the record of each message, then check()
  rule.md, rule.fr.md    \`npm run rule -- ${id} -u\` writes their findings
and in test/reality/cases, where two cases have to fire and two near misses must not:
  ${Object.keys(cases)
    .map((path) => path.replace('test/reality/cases/', ''))
    .join('\n  ')}
What no run can show stands in test/reality/coverage.ts instead, with its reason.`)
process.exitCode = status ?? 1

function ruleFile(): string {
  return `import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: '${id}',
  hop: 'boot',
  severity: 'info',
  summary: { en: '\`web\` starts uvicorn', fr: '\`web\` lance uvicorn' },
  messages: {
    found: {
      text: { en: '{server} is started here', fr: '{server} est lancé ici' },
      help: { en: 'Say what to do instead.', fr: 'Dites quoi faire à la place.' },
    },
  },
  check(app, report) {
    const verdict = judgeServer(app.processes.web, ({ name }) => name === 'uvicorn')
    if (verdict === undefined) return
    const { server, when } = verdict
    report('found', { at: server.at, data: { server: server.name }, when, symbol: 'web' })
  },
})
`
}

function pages(): Record<string, string> {
  const page = (intro: string, titles: readonly string[]): string => {
    const [why, bad, good, silent, sources] = titles
    const example = (command: string) => `\`\`\`Procfile file=Procfile\nweb: ${command}\n\`\`\``
    const uvicorn = example('uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT')
    const daphne = example('daphne -b 0.0.0.0 -p $PORT mysite.asgi:application')
    return `# ${id}\n\n<!-- base: channels -->\n\n${intro}\n\n## ${why}\n\n## ${bad}\n\n${uvicorn}\n\n## ${good}\n\n${daphne}\n\n## ${silent}\n\n## ${sources}\n`
  }
  return {
    [`rules/${id}/rule.md`]: page('What it checks.', [
      'Why it breaks',
      'Example',
      'Use instead',
      'When it is silent',
      'Sources',
    ]),
    [`rules/${id}/rule.fr.md`]: page('Ce qu’elle vérifie.', [
      'Pourquoi ça casse',
      'Exemple',
      'À écrire à la place',
      'Quand la règle se tait',
      'Sources',
    ]),
  }
}

/** Two cases in which the rule speaks and two near misses, true as they stand: `npm run reality -- NAME` plays them. */
function caseFiles(name: string): Record<string, string> {
  const uvicorn = (options: string) =>
    `files:\n  Procfile: |\n    web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT${options}\n`
  const expect = (key: 'rules' | 'silent', why: string) =>
    `until: boot\nexpect:\n  breaks: none\n  ${key}: [${id}]\nwhy: ${why}\n`
  const cases = {
    fires: `base: layout-uvicorn\n${uvicorn('')}${expect('rules', 'uvicorn is the server of the web process.')}`,
    'fires-with-workers': `base: layout-uvicorn\n${uvicorn(' --workers 1')}${expect('rules', 'Its options change nothing.')}`,
    'near-miss': `base: layout-uvicorn\n${expect('silent', 'gunicorn is the server, with workers of uvicorn.')}`,
    'near-miss-daphne': `base: guide-sound\n${expect('silent', 'daphne is the server.')}`,
  }
  return Object.fromEntries(
    Object.entries(cases).map(([kind, text]) => [`test/reality/cases/boot/${name}-${kind}.yaml`, text]),
  )
}
