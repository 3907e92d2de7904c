/**
 * Compares entries of CSRF_TRUSTED_ORIGINS with Django's own middleware and check: `npm run oracle:origins`, the entries of `ours.ts`
 * with four releases. `--write` stores the answers for `npm test`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, findPython } from '../environment.ts'
import { differences, entries, origins, type Vector } from './ours.ts'

const here = import.meta.dirname
const releases = [
  { django: '4.0.10', python: () => findPython(8, 10) },
  { django: '4.1.13', python: () => findPython(8, 11) },
  { django: '4.2.16', python: () => findPython(8, 12) },
  { django: '5.2.8', python: () => findPython(10, 13) },
]
const stored: Vector[] = []
let wrong = 0
for (const { django, python } of releases) {
  const program = environment({ folder: `origins-venv-${django}`, packages: [`Django==${django}`], python })
  const input = JSON.stringify({ entries, origins })
  const output = execFileSync(program, [join(here, 'origins.py')], { input }).toString()
  const vectors = output
    .trim()
    .split('\n')
    .map((line): Vector => ({ django, ...(JSON.parse(line) as Omit<Vector, 'django'>) }))
  const found = vectors.flatMap((vector) => differences(vector).map((one) => `${JSON.stringify(vector.entry)}: ${one}`))
  for (const one of found) console.log(`${django} ${one}`)
  console.log(`Django ${django}: ${vectors.length} entries, ${origins.length} origins, ${found.length} differences`)
  wrong += found.length
  stored.push(...vectors)
}
if (process.argv.includes('--write')) {
  const lines = stored.map((one) => JSON.stringify(one)).join(',\n')
  writeFileSync(join(here, 'vectors/origins.json'), `[\n${lines}\n]\n`)
}
process.exitCode = wrong === 0 ? 0 : 1
