/** What `npm pack` would publish, held to a list: nothing secret, nothing forgotten, no lifecycle script that a hook's install would run. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chunkNames } from '../../scripts/chunks.mjs'

const expected = [
  'LICENSE',
  'README.fr.md',
  'README.md',
  'dist/action.js',
  'dist/dynolint.js',
  'dist/licenses.txt',
  'dist/package.json',
  ...chunkNames.map((name) => `dist/${name}.js`),
  'lib/hop.d.ts',
  'lib/index.d.ts',
  'lib/index.js',
  'lib/json-report.d.ts',
  'lib/licenses.txt',
  'lib/severity.d.ts',
  'lib/text.d.ts',
  'package.json',
  'schemas/baseline-v1.schema.json',
  'schemas/config.schema.json',
  'schemas/logs.schema.json',
  'schemas/pins-v1.schema.json',
  'schemas/report-v1.schema.json',
  'schemas/snapshot.schema.json',
].sort()
const [pack] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
)
const actual = pack.files.map(({ path }) => path).sort()
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
// npm rebuilds a git dependency that has one of these, and a hook's environment then loses the command.
const lifecycle = ['prepare', 'build', 'install', 'preinstall', 'postinstall', 'prepack'].filter(
  (name) => name in manifest.scripts,
)

const problems = []
if (JSON.stringify(actual) !== JSON.stringify(expected))
  problems.push(`npm pack holds ${actual.join(', ')}; expected ${expected.join(', ')}`)
if (lifecycle.length > 0) problems.push(`package.json has scripts named ${lifecycle.join(', ')}`)
if (manifest.dependencies !== undefined)
  problems.push('package.json has dependencies; everything belongs into the bundle')
for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? `npm pack: ${actual.length} files as expected` : 'npm pack: not as expected')
process.exitCode = problems.length === 0 ? 0 : 1
