/**
 * Compares the checks of settings with Django's own: `npm run oracle:checks`, `manage.py check --deploy` on generated settings
 * with four releases. `--write` stores a sample with the answers for `npm test`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, findPython } from '../environment.ts'
import { compare, ids, type Vector } from './ours.ts'

const here = import.meta.dirname
const seed = process.env.ORACLE_SEED ?? '20261129'
const count = process.env.ORACLE_SETTINGS ?? '600'

/** Releases of Django and django-cors-headers that run together, and the Pythons both take. */
const releases = [
  { django: '3.2.25', cors: '3.7.0', python: () => findPython(8, 11) },
  { django: '4.2.16', cors: '4.3.1', python: () => findPython(8, 12) },
  { django: '5.2.8', cors: '4.9.0', python: () => findPython(10, 13) },
  { django: '6.0.10', cors: '4.9.0', python: () => findPython(12, 14) },
]

const stored: Vector[] = []
let differences = 0
for (const { django, cors, python } of releases) {
  const folder = `checks-venv-${django}`
  const program = environment({ folder, packages: [`Django==${django}`, `django-cors-headers==${cors}`], python })
  const args = [join(here, 'checks.py'), seed, count, ids.join(',')]
  const output = execFileSync(program, args, { maxBuffer: 1 << 30 }).toString()
  const vectors = output
    .trim()
    .split('\n')
    .map((line): Vector => ({ django, cors, ...(JSON.parse(line) as Pick<Vector, 'source'>) }))
  const undecided = new Map<string, number>()
  let wrong = 0
  for (const vector of vectors) {
    const { differences: found, undecided: open } = compare(vector)
    for (const id of open) undecided.set(id, (undecided.get(id) ?? 0) + 1)
    wrong += found.length
    if (found.length > 0 && wrong <= 20)
      console.log(`${django} ${found.join(' ')}\n${vector.source}${vector.raises ?? ''}`)
  }
  differences += wrong
  const ended = vectors.filter(({ raises }) => raises !== undefined).length
  const open = [...undecided].map(([id, times]) => `${id} ${times}`).join(', ')
  console.log(
    `Django ${django}: ${vectors.length} settings, ${wrong} differences, ${ended} ended otherwise; undecided: ${open}`,
  )
  stored.push(...vectors.slice(0, 100))
}
if (process.argv.includes('--write')) {
  const lines = stored.map((one) => JSON.stringify(one)).join(',\n')
  writeFileSync(join(here, 'vectors/checks.json'), `[\n${lines}\n]\n`)
}
process.exitCode = differences === 0 ? 0 : 1
