import type { App } from '../../../src/app/app.ts'
import type { ProcessRun, Server } from '../../../src/app/processes/model.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { textOf } from '../../../src/evaluate/shell/expansion.ts'
import type { Word } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { readText } from '../../../src/files/tree.ts'

/** The script of the buildpack that starts the server, then nginx. */
export interface Starter {
  readonly name: string
  readonly at: Place
  /** It starts nginx at once; undefined: nobody can tell. */
  readonly atOnce: boolean | undefined
}

/** The script that a server is started by; undefined: it is not. */
export function starterOf({ step }: Server): Starter | undefined {
  const wrapper = step.wrappers.find(({ name }) => name === 'start-nginx' || name === 'start-nginx-debug')
  if (wrapper === undefined) return undefined
  const index = step.fullArgv.findIndex(({ at }) => at === wrapper.at)
  const next = step.fullArgv[index + 1]
  // `[[ -z "$FORCE" ]]`: the option sets this variable, and whoever sets it otherwise has the same.
  const force = step.environment.get('FORCE')
  const isSet = force.state === 'set' || (force.state === 'known' && known(force.parts) !== '')
  const option = next && textOf(next)
  const atOnce =
    isSet || option === '-f' || (index === -1 || option === undefined || option.startsWith('-') ? undefined : false)
  return { name: wrapper.name, at: wrapper.at, atOnce }
}

/** The file that it waits for. */
const SIGN = 'app-initialized'

/** Whether something makes the file; a place: code names it, and nobody can tell whether it is run. */
export function makesSign(app: App, run: ProcessRun, server: Server): boolean | Place {
  const names = (word: Word | undefined) =>
    word?.parts.some((part) => typeof part === 'string' && part.includes(SIGN)) === true
  if (run.steps.some(({ argv, redirects }) => argv.some(names) || redirects.some(({ target }) => names(target))))
    return true
  const naming = namingFiles(app, server)
  // The file that gunicorn reads unasked, and no other server.
  const read = naming.filter((file) => server.name === 'gunicorn' || !file.endsWith('gunicorn.conf.py'))
  const [file] = read
  if (file === undefined) return false
  if (server.name === 'gunicorn' || read.some((one) => one === server.target?.file)) return true
  const start = readText(app.tree, file)?.text.indexOf(SIGN) ?? 0
  return { file, span: { start, end: start + SIGN.length } }
}

/** Python files of the project, and the configuration of the server, that name the file. */
function namingFiles(app: App, { options, step }: Server): readonly string[] {
  const named = known(options.findLast(({ dest }) => dest === 'config')?.value?.parts)
  const config = named === undefined || step.cwd === undefined ? [] : [step.cwd === '' ? named : `${step.cwd}/${named}`]
  return [...app.project.python, ...config].filter((file) => readText(app.tree, file)?.text.includes(SIGN) === true)
}
