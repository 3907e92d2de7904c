import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import { known } from '../../evaluate/shell/word.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import type { ServerInputs } from './inputs.ts'
import type { Process, Server, ServerName, ServerOption } from './model.ts'
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

/** A place in a program that starts the server itself: words of a command line mean nothing there. */
const isPython = (app: Pick<ServerInputs, 'project'>, { file }: Place): boolean => app.project.python.includes(file)

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
export function addOption(
  app: Pick<ServerInputs, 'tree' | 'project'>,
  server: Server,
  which: 'host' | 'port',
): Edit | undefined {
  const option = (which === 'host' ? hostOptions : portOptions)[server.name]
  const { file, span } = server.at
  const written = textAt(app, server.at)
  if (option === undefined || written?.includes(server.name) !== true || isPython(app, server.at)) return undefined
  return { file, span: { start: span.end, end: span.end }, text: ` ${option}` }
}

/** An edit by which a server that pings when it is asked to does so; undefined for one that has no option for it. */
export function addPings(app: Pick<ServerInputs, 'tree' | 'project'>, server: Server): Edit | undefined {
  const { file, span } = server.at
  if (server.name !== 'hypercorn' || textAt(app, server.at)?.includes(server.name) !== true) return undefined
  if (isPython(app, server.at)) return undefined
  return { file, span: { start: span.end, end: span.end }, text: ' --websocket-ping-interval 20' }
}

/** An edit that puts `text` where a value stands; undefined unless exactly that value stands there (quotes aside). */
export function replaceValue(
  app: Pick<ServerInputs, 'tree' | 'project'>,
  at: Place,
  value: string,
  text: string,
): Edit | undefined {
  if (isPython(app, at)) return undefined
  const written = textAt(app, at)
  const bare = written?.replace(/^(["'])([\s\S]*)\1$/, '$2')
  return written !== undefined && bare === value ? { file: at.file, span: at.span, text } : undefined
}

/** An edit that takes an option and its value off the command line they are written on. */
export function dropOption(app: Pick<ServerInputs, 'tree' | 'project'>, option: ServerOption): Edit[] | undefined {
  const { file, span } = option.at
  const text = readText(app.tree, file)?.text
  if (text === undefined || option.source !== 'command' || isPython(app, option.at)) return undefined
  const written = text.slice(span.start, span.end)
  const isFlag = option.valueAt === undefined
  if (isFlag && written !== option.written) {
    const letter = letterIn(written, option.written)
    return letter === undefined
      ? undefined
      : [{ file, span: { start: span.start + letter, end: span.start + letter + 1 }, text: '' }]
  }
  if (!written.startsWith(option.written)) return undefined
  const start = /[ \t]*$/.exec(text.slice(0, span.start))?.index ?? span.start
  return [{ file, span: { start, end: span.end }, text: '' }]
}

/** Where a flag stands among others that are written as one word: 1 for `-D` in `-Db`. */
function letterIn(written: string, flag: string): number | undefined {
  if (!/^-\w$/.test(flag) || !/^-\w{2,}/.test(written)) return undefined
  const at = written.indexOf(flag.slice(1))
  return at > 0 ? at : undefined
}

/** A server that speaks ASGI in the place of another. */
export interface AsgiServer {
  readonly target: string
  readonly edits: readonly Edit[]
}

/**
 * Edits that start daphne where the server stands now: the command's words, and the requirement when it is missing. It is told
 * to believe the router, as gunicorn does by itself on a dyno: else every request looks like plain HTTP.
 */
export function daphneInstead(app: ServerInputs, process: Process, server: Server): AsgiServer | undefined {
  const words = replaceable(process, server)
  const { step, target } = server
  const named = folderOf(app, server)
  const [own] = asgiTargets(app, target, step.cwd)
  const below = own === undefined && named === '' ? targetsBelow(app, server)[0] : undefined
  const [wanted, folder] = [own ?? below?.target, below?.folder ?? named]
  if (words === undefined || wanted === undefined || folder === undefined) return undefined
  const moved = folder === '' ? '' : `cd ${folder} && `
  const text = `${moved}daphne -b 0.0.0.0 -p $PORT --proxy-headers ${wanted}`
  const additions = additionsOf(app, [['daphne', newestOf('daphne')]])
  return additions && { target: wanted, edits: [{ ...words, text }, ...additions] }
}

/** Edits that keep gunicorn and give it uvicorn's worker: the option, the target, and the packages that are missing. */
export function gunicornWithUvicorn(app: ServerInputs, process: Process, server: Server): AsgiServer | undefined {
  const { step, target, options, name, at } = server
  const [wanted] = asgiTargets(app, target, step.cwd)
  if (name !== 'gunicorn' || target === undefined || wanted === undefined) return undefined
  if (replaceable(process, server) === undefined || last(options, 'worker_class') !== undefined) return undefined
  const named = replaceValue(app, target.at, target.text, wanted)
  const additions = additionsOf(app, [
    ['gunicorn', newestOf('gunicorn')],
    ['uvicorn', newestOf('uvicorn'), 'standard'],
    ['uvicorn-worker', '0.4.0'],
  ])
  if (named === undefined || additions === undefined) return undefined
  const worker = {
    file: at.file,
    span: { start: at.span.end, end: at.span.end },
    text: ' -k uvicorn_worker.UvicornWorker',
  }
  return { target: wanted, edits: [worker, named, ...additions] }
}

/** The words of the server's command as one place; undefined when not all that it does is known, or no shell reads it. */
function replaceable(process: Process, server: Server): Place | undefined {
  const { argv } = server.step
  const [first, lastWord] = [argv[0], argv.at(-1)]
  if (first === undefined || lastWord === undefined || server.open || !isExpanded(process, server)) return undefined
  const { file, span } = first.at
  if (lastWord.at.file !== file || lastWord.at.span.end <= span.start) return undefined
  return { file, span: { start: span.start, end: lastWord.at.span.end } }
}

/** The folder that an option moves the server to, `''` for none; undefined where a `cd` cannot say the same. */
function folderOf(app: Pick<ServerInputs, 'tree'>, { step, options }: Server): string | undefined {
  const moves = options.filter(({ dest }) => ['chdir', 'pythonpath', 'app_dir', 'working_dir'].includes(dest))
  const [move] = moves
  if (move === undefined) return ''
  const folder = known(move.value?.parts)
  const [first] = step.argv
  if (moves.length > 1 || move.dest === 'pythonpath' || folder === undefined || first === undefined) return undefined
  if (!/^[\w-][\w./-]*$/.test(folder)) return undefined
  return isWholeLine(app, step) ? folder : undefined
}

/**
 * Whether a `cd` can stand in front of a command: `exec cd …` is none, it has to be the first word of its own; and what follows on the
 * line would be moved along.
 */
export function isWholeLine({ tree }: Pick<ServerInputs, 'tree'>, { argv }: Server['step']): boolean {
  const [first, lastWord] = [argv[0], argv.at(-1)]
  const text = first && readText(tree, first.at.file)?.text
  if (first === undefined || lastWord === undefined || text === undefined || lastWord.at.file !== first.at.file)
    return false
  const isFirst = /(?:&&|;|^[A-Za-z][\w-]*:)[ \t]*$/m.test(text.slice(0, first.at.span.start))
  return isFirst && /^["']?[ \t]*(?:2>&1[ \t]*)?\r?(?:\n|$)/.test(text.slice(lastWord.at.span.end))
}

/** An application that the server would find from another folder than the root in which it is started. */
interface TargetBelow {
  readonly folder: string
  readonly target: string
}

/** Applications as seen from the folders of manage.py, for a server that is started in the root, where a `cd` can be put before it. */
function targetsBelow(app: ServerInputs, { step }: Server): TargetBelow[] {
  const [first] = step.argv
  if (step.cwd !== '' || first === undefined || !isWholeLine(app, step)) return []
  return app.project.manage.flatMap(({ folder }) =>
    /^[\w-][\w./-]*$/.test(folder) ? asgiTargets(app, undefined, folder).map((target) => ({ folder, target })) : [],
  )
}

/** An edit that starts the server in the folder from which what it names is found, and that folder. */
export function startedBelow(app: ServerInputs, server: Server): { folder: string; edit: Edit } | undefined {
  const { target, step } = server
  const found = targetsBelow(app, server).find((one) => one.target === target?.text)
  const [first] = step.argv
  if (found === undefined || first === undefined || readsFromRoot(app, server)) return undefined
  const { file, span } = first.at
  const edit = { file, span: { start: span.start, end: span.start }, text: `cd ${found.folder} && ` }
  return { folder: found.folder, edit }
}

/**
 * Edits that start the server in a folder of packages whose name its target begins with: `backend.config.asgi:application` is
 * `config.asgi:application` there.
 */
export function startedIn(app: ServerInputs, server: Server, folder: string): Edit[] | undefined {
  const { target, step } = server
  const [first] = step.argv
  const prefix = `${folder.replaceAll('/', '.')}.`
  if (first === undefined || target === undefined || !target.text.startsWith(prefix) || step.cwd !== '')
    return undefined
  if (!/^[\w-][\w./-]*$/.test(folder) || !isWholeLine(app, step) || readsFromRoot(app, server)) return undefined
  const named = replaceValue(app, target.at, target.text, target.text.slice(prefix.length))
  const { file, span } = first.at
  return named && [{ file, span: { start: span.start, end: span.start }, text: `cd ${folder} && ` }, named]
}

/** Whether a server that is started in the root finds a file there, by one of its words or by itself, that it would not find elsewhere. */
function readsFromRoot({ tree }: Pick<ServerInputs, 'tree'>, { step, options, target, open }: Server): boolean {
  if (open || options.some(({ source }) => source === 'file')) return true
  return step.argv.slice(1).some((word) => {
    if (target !== undefined && known(word.parts) === target.text) return false
    const written = word.parts.map((part) => (typeof part === 'string' ? part : '\0')).join('')
    const paths = [written, written.replace(/^-\w=?/, ''), written.replace(/^[^=]*=/, '')]
    return paths.some((path) => isBelowRoot(tree, path.replace(/^(?:file|unix):/, '')))
  })
}

/** Whether a path that is no absolute one names something of the tree, or a place in one of its folders. */
function isBelowRoot(tree: FileTree, path: string): boolean {
  if (path === '' || path.startsWith('/')) return false
  const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : path
  return tree.kind(path) !== undefined || /^\.{1,2}$/.test(folder) || tree.kind(folder) === 'directory'
}

/** An edit that takes the `&` away with which a command goes to the background. */
export function inForeground(app: Pick<ServerInputs, 'tree'>, { step }: Server): Edit | undefined {
  const lastWord = step.argv.at(-1)
  if (lastWord === undefined) return undefined
  const { file, span } = lastWord.at
  const length = /^[ \t]*&(?!&)/.exec(readText(app.tree, file)?.text.slice(span.end) ?? '')?.[0].length
  return length === undefined ? undefined : { file, span: { start: span.end, end: span.end + length }, text: '' }
}

/** An edit that gives a port of its own option to a server that was told it as a part of the host. */
export function splitHost(app: Pick<ServerInputs, 'tree' | 'project'>, server: Server, at: Place): Edit | undefined {
  const option = portOptions[server.name]
  const written = textAt(app, at)
  if (option?.includes('bind') !== false || written === undefined || isPython(app, at)) return undefined
  if (!/^(?:0\.0\.0\.0|localhost|127\.0\.0\.1|\[::\]|\*)?:\$(?:PORT|\{PORT\})$/.test(written)) return undefined
  return { ...at, text: `0.0.0.0 ${option}` }
}

const newestOf = (name: 'daphne' | 'gunicorn' | 'uvicorn'): string | undefined =>
  factsAt(name, undefined)?.facts.releases.at(-1)

/** Lines for the packages that are missing; undefined when one of them cannot be added. */
function additionsOf(
  app: ServerInputs,
  packages: readonly (readonly [name: string, version: string | undefined, extra?: string])[],
): Edit[] | undefined {
  const edits: Edit[] = []
  for (const [name, version, extra] of packages) {
    const there = app.dependencies.installed(name)
    if (there.state === 'installed') {
      const { extras } = there
      if (extra !== undefined && !extras.includes(extra)) return undefined
      continue
    }
    const line = `${name}${extra === undefined ? '' : `[${extra}]`}==${version}`
    const edit = version === undefined ? undefined : app.dependencies.addition(line)
    if (edit === undefined) return undefined
    edits.push(edit)
  }
  return edits
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
