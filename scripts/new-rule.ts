/** `npm run new-rule -- area/name`: the folder of a rule with its page in both languages, ready to be filled. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const id = process.argv[2] ?? ''
if (!/^(procfile|deps|settings|asgi|app|frontend|engine)\/[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
  console.error('usage: npm run new-rule -- area/name   (area: procfile, deps, settings, asgi, app, frontend, engine)')
  process.exit(2)
}
const folder = join(import.meta.dirname, '../rules', id)
if (existsSync(folder)) {
  console.error(`rules/${id} exists already`)
  process.exit(2)
}

const rule = `import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: '${id}',
  hop: 'boot',
  severity: 'error',
  fix: 'none',
  summary: { en: 'What it finds', fr: 'Ce qu’elle trouve' },
  messages: {
    found: { en: 'what breaks, with {names}', fr: 'ce qui casse, avec {names}' },
  },
  mend: { en: 'What to do.', fr: 'Quoi faire.' },
  check(app, report) {
    const web = app.processes.web
    if (web === undefined) return
    report('found', { at: web.at, data: { names: web.type } })
  },
})
`

const example = `\`\`\`Procfile file=Procfile
web: daphne mysite.asgi:application
\`\`\``
const findings = `\`\`\`findings
Procfile:1:1 error ${id}
\`\`\``

function page(titles: readonly string[], intro: string): string {
  const [why, bad, good, silent, sources] = titles
  return `# ${id}\n\n<!-- base: channels -->\n\n${intro}\n\n## ${why}\n\n## ${bad}\n\n${example}\n${findings}\n\n## ${good}\n\n${example}\n\n## ${silent}\n\n## ${sources}\n`
}

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'rule.ts'), rule)
writeFileSync(
  join(folder, 'rule.md'),
  page(['Why it breaks', 'Example', 'Use instead', 'When it is silent', 'Sources'], 'What it checks.'),
)
writeFileSync(
  join(folder, 'rule.fr.md'),
  page(
    ['Pourquoi ça casse', 'Exemple', 'À écrire à la place', 'Quand la règle se tait', 'Sources'],
    'Ce qu’elle vérifie.',
  ),
)
console.log(`rules/${id}: fill in rule.ts, rule.md and rule.fr.md, then npm run generate && npm test`)
