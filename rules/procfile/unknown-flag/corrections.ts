import type { App } from '../../../src/app/app.ts'
import { dropOption, isWholeLine, replaceValue, textAt } from '../../../src/app/processes/command-edits.ts'
import type { Server, ServerOption, UsageProblem } from '../../../src/app/processes/model.ts'
import { quotedAround } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { samePlace } from '../../../src/contracts/place.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { join } from '../../../src/files/tree.ts'

/** What gunicorn calls the same thing, by which daphne means its own. */
const ofDaphne: Readonly<Record<string, string>> = {
  '--access-logfile': '--access-log',
  '--root_path': '--root-path',
}

/** Options that name a file for logs, which every one of these servers takes `-` for. */
const logs = ['accesslog', 'errorlog', 'access_log', 'access_logfile', 'error_log', 'error_logfile']

/** Edits after which a server takes its command line; undefined where nobody can tell what was meant. */
export function corrected(app: App, server: Server, problem: UsageProblem): readonly Edit[] | undefined {
  const option = server.options.find((one) => samePlace(one.valueAt ?? one.at, problem.at))
  if (option?.dest === 'env_file' && option.written === problem.option) return dropOption(app, option)
  if (server.name !== 'daphne') return undefined
  return loudest(app, server, problem) ?? inFolder(app, server, problem) ?? renamed(app, problem)
}

/** `--access-logfile logs/access.log`: to where Heroku takes logs from. */
export function loggedToOutput(app: App, option: ServerOption, path: string): readonly Edit[] | undefined {
  const { valueAt, dest } = option
  if (valueAt === undefined || !logs.includes(dest)) return undefined
  if (!app.project.python.includes(valueAt.file)) {
    const edit = replaceValue(app, valueAt, path, '-')
    return edit && [edit]
  }
  const literal = quotedAround(app.tree, valueAt)
  if (literal === undefined || textAt(app, literal.place)?.slice(1, -1) !== path) return undefined
  return [{ ...literal.place, text: `${literal.quote}-${literal.quote}` }]
}

/** `-v4`, which daphne has no level for. */
function loudest(app: App, { options }: Server, problem: UsageProblem): readonly Edit[] | undefined {
  const option = options.find(({ at, dest }) => dest === 'verbosity' && samePlace(at, problem.at))
  const level = known(option?.value?.parts)
  if (problem.kind !== 'invalid-value' || option?.valueAt === undefined || Number(level) <= 3) return undefined
  const edit = replaceValue(app, option.valueAt, level ?? '', '3')
  return edit && [edit]
}

/** `daphne --chdir src …`: daphne goes nowhere by itself, the shell does. */
function inFolder(app: App, { step }: Server, problem: UsageProblem): readonly Edit[] | undefined {
  const at = step.argv.findIndex((word) => samePlace(word.at, problem.at))
  const [first, folder, next] = [step.argv[0], step.argv[at + 1], step.argv[at + 2]]
  const path = known(folder?.parts)
  if (problem.kind !== 'unknown-option' || problem.option !== '--chdir' || first === undefined || next === undefined)
    return undefined
  if (path === undefined || step.cwd === undefined || !/^[\w-][\w./-]*$/.test(path)) return undefined
  const below = join(step.cwd, path)
  if (below === undefined || app.tree.kind(below) !== 'directory') return undefined
  if (!isWholeLine(app, step) || next.at.file !== problem.at.file) return undefined
  const { file, span } = first.at
  return [
    { file, span: { start: span.start, end: span.start }, text: `cd ${path} && ` },
    { file, span: { start: problem.at.span.start, end: next.at.span.start }, text: '' },
  ]
}

function renamed(app: App, { kind, option, at }: UsageProblem): readonly Edit[] | undefined {
  const name = ofDaphne[option]
  if (kind !== 'unknown-option' || name === undefined || app.project.python.includes(at.file)) return undefined
  return textAt(app, at)?.startsWith(option) === true
    ? [{ file: at.file, span: { start: at.span.start, end: at.span.start + option.length }, text: name }]
    : undefined
}
