import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import { readText } from '../../files/tree.ts'
import type { ServerInputs } from './inputs.ts'
import type { Process, Server, ServerName } from './model.ts'
import { factsAt } from './servers/facts.ts'
import { last } from './servers/invocation.ts'
import { asgiTargets } from './servers/target.ts'

/** The text that stands at a place; undefined when its file cannot be read. */
export function textAt(app: Pick<ServerInputs, 'tree'>, { file, span }: Place): string | undefined {
  return readText(app.tree, file)?.text.slice(span.start, span.end)
}

/** Whether a shell reads the server's command, so that `$PORT` in it is expanded. */
export function isExpanded(process: Process, { step }: Server): boolean {
  return process.command.form === 'shell' || step.chain.length > 0
}

const hostOptions: Partial<Record<ServerName, string>> = {
  daphne: '-b 0.0.0.0',
  uvicorn: '--host 0.0.0.0',
  granian: '--host 0.0.0.0',
  hypercorn: '--bind 0.0.0.0:$PORT',
  gunicorn: '--bind 0.0.0.0:$PORT',
}

const portOptions: Partial<Record<ServerName, string>> = {
  daphne: '-p $PORT',
  uvicorn: '--port $PORT',
  granian: '--port $PORT',
  hypercorn: '--bind 0.0.0.0:$PORT',
  gunicorn: '--bind 0.0.0.0:$PORT',
  waitress: '--port=$PORT',
}

/** An edit that gives the server one more option, right behind its name. */
export function addOption(app: Pick<ServerInputs, 'tree'>, server: Server, which: 'host' | 'port'): Edit | undefined {
  const option = (which === 'host' ? hostOptions : portOptions)[server.name]
  const { file, span } = server.at
  const written = textAt(app, server.at)
  if (option === undefined || written?.includes(server.name) !== true) return undefined
  return { file, span: { start: span.end, end: span.end }, text: ` ${option}` }
}

/** An edit that puts `text` where a value stands; undefined unless exactly that value stands there (quotes aside). */
export function replaceValue(
  app: Pick<ServerInputs, 'tree'>,
  at: Place,
  value: string,
  text: string,
): Edit | undefined {
  const written = textAt(app, at)
  const bare = written?.replace(/^(["'])([\s\S]*)\1$/, '$2')
  return written !== undefined && bare === value ? { file: at.file, span: at.span, text } : undefined
}

/** Edits that start daphne where the server stands now: the command's words, and the requirement when it is missing. */
export function daphneInstead(
  app: ServerInputs,
  process: Process,
  server: Server,
): { target: string; edits: Edit[] } | undefined {
  const { step, target } = server
  const [first] = step.argv
  const lastWord = step.argv.at(-1)
  const moved = ['chdir', 'pythonpath', 'app_dir', 'working_dir'].some(
    (dest) => last(server.options, dest) !== undefined,
  )
  if (first === undefined || lastWord === undefined || moved || server.open || !isExpanded(process, server))
    return undefined
  const [wanted] = asgiTargets(app, target, step.cwd)
  const { file, span } = first.at
  if (wanted === undefined || lastWord.at.file !== file || lastWord.at.span.end <= span.start) return undefined
  const edits: Edit[] = [
    { file, span: { start: span.start, end: lastWord.at.span.end }, text: `daphne -b 0.0.0.0 -p $PORT ${wanted}` },
  ]
  if (app.dependencies.installed('daphne').state === 'absent') {
    const newest = factsAt('daphne', undefined)?.facts.releases.at(-1)
    const addition = app.dependencies.addition(`daphne==${newest}`)
    if (addition === undefined) return undefined
    edits.push(addition)
  }
  return { target: wanted, edits }
}

/** The first line of a file: where a finding about something absent stands. */
export function firstLine(app: Pick<ServerInputs, 'tree'>, file: string): Place {
  const text = readText(app.tree, file)?.text ?? ''
  const end = text.search(/\r|\n/)
  return { file, span: { start: 0, end: end === -1 ? text.length : end } }
}

/** An edit that deletes a process's whole line from the Procfile; undefined for one declared elsewhere or that starts more. */
export function dropLine(app: Pick<ServerInputs, 'tree'>, process: Process): Edit | undefined {
  const { file, span } = process.at
  const text = readText(app.tree, file)?.text
  if (file !== 'Procfile' || text === undefined || process.steps.length !== 1) return undefined
  const start = Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1
  const end = text.indexOf('\n', process.command.at.span.end)
  return { file, span: { start, end: end === -1 ? text.length : end + 1 }, text: '' }
}
