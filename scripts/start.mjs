/** `npm start -- path`: checks that project; without a path the guide's, which is broken on purpose. */
import { spawnSync } from 'node:child_process'

const given = process.argv.slice(2)
const named = given.some((argument) => !argument.startsWith('-'))
const args = named ? given : [...given, 'fixtures/guide']
const result = spawnSync(process.execPath, ['dist/dynolint.js', ...args], { stdio: 'inherit' })
// npm prints several lines of its own for any other exit code; findings are no failure of `start`.
process.exitCode = result.status === 1 ? 0 : (result.status ?? 2)
