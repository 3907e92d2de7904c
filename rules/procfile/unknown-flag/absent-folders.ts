import type { App } from '../../../src/app/app.ts'
import { staticRoot } from '../../../src/app/frontend/collected-folder.ts'
import { holdsFile } from '../../../src/app/pages/static-files.ts'
import type { Process, Server, ServerName, ServerOption } from '../../../src/app/processes/model.ts'
import { baseName } from '../../../src/app/processes/programs/unwrap.ts'
import { judgeServer, type ServerVerdict } from '../../../src/app/processes/server-verdict.ts'
import { last, workingFolder } from '../../../src/app/processes/servers/invocation.ts'
import { madeBySettings, makesFolders } from '../../../src/app/settings/made-folders.ts'
import { runsDjangos } from '../../../src/app/settings/management-commands.ts'
import { mayBeMade } from '../../../src/evaluate/python/made-folders.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { join } from '../../../src/files/tree.ts'

/** A file, or the folder for files, that a server opens for writing when it starts, and cannot. */
export interface Unwritable {
  readonly option: ServerOption
  /** As it was written. */
  readonly path: string
  /** The folder of the project that is not there; undefined: the path leads to where a dyno may not write. */
  readonly folder: string | undefined
}

/**
 * What each server opens while it starts: gunicorn in its master (gunicorn/glogging.py `check_is_writable`, gunicorn/pidfile.py,
 * gunicorn/workers/workertmp.py), daphne in daphne/cli.py, hypercorn in hypercorn/logging.py and hypercorn/run.py. None makes a folder.
 */
const opened: Partial<Record<ServerName, Readonly<Record<string, 'file' | 'folder'>>>> = {
  gunicorn: { errorlog: 'file', accesslog: 'file', pidfile: 'file', worker_tmp_dir: 'folder' },
  daphne: { access_log: 'file' },
  hypercorn: { access_logfile: 'file', error_logfile: 'file', access_log: 'file', error_log: 'file', pid: 'file' },
}

/** Owned by root on Heroku's stacks, but for folders that all may write to; a dyno runs as a user of its own. */
const ofRoot = /^\/(?:var\/(?!tmp\/|lock\/|crash\/|run\/lock\/)|run\/(?!lock\/)|etc\/|usr\/|opt\/|srv\/)/

/** Programs and words of the shell that make no folder. */
const harmless = new Set(
  `[ [[ cat cd chmod date echo env exec exit export false ls printenv printf pg_isready psql pwd rm set shift sleep source . test touch trap
  true ulimit umask unset wait which`.split(/\s+/),
)

/** The files of a process's server that it cannot open, each with what that rests on. */
export function unwritableFiles(app: App, process: Process): (Unwritable & ServerVerdict)[] {
  if (!['heroku-classic', 'heroku-fir'].includes(app.manifest.platform)) return []
  const dests = new Set(process.servers.flatMap((server) => unwritable(app, server).map(({ option }) => option.dest)))
  return [...dests].flatMap((dest) => {
    const of = (server: Server) => unwritable(app, server).find(({ option }) => option.dest === dest)
    const verdict = judgeServer(app, process, (server) => of(server) !== undefined)
    const found = verdict && of(verdict.server)
    if (verdict === undefined || found === undefined) return []
    const isMade = found.folder === undefined ? false : makesFolders(app)
    const isKnown = isMade === false && (found.folder === undefined || runsKnown(app, process))
    if (isKnown) return [{ ...found, ...verdict }]
    if (isMade !== true)
      app.inquiry.cannotTell({
        what: { en: `whether the build makes \`${found.folder}\``, fr: `si le build crée \`${found.folder}\`` },
        why: { en: 'a hook, another buildpack or program may', fr: 'un hook, un autre buildpack ou programme le peut' },
        at: found.option.at,
        hop: 'boot',
      })
    return []
  })
}

/** Whether the process and the build's hooks run nothing but servers, commands of Django and what makes no folder. */
function runsKnown(app: App, process: Process): boolean {
  const isKnown = ({ steps, servers }: Process) =>
    steps.every(
      (step) =>
        servers.some((server) => server.step === step) ||
        harmless.has(baseName(step.argv[0]) ?? '') ||
        runsDjangos(app, step),
    )
  return [process, ...app.processes.hooks].every(isKnown)
}

function unwritable(app: App, server: Server): Unwritable[] {
  // Of a logger of one's own nobody knows what it opens.
  if (server.open || server.makes?.includes(undefined) || server.options.some(({ dest }) => dest === 'logger_class'))
    return []
  return Object.entries(opened[server.name] ?? {}).flatMap(([dest, kind]): Unwritable[] => {
    const option = last(server.options, dest)
    const path = known(option?.value?.parts)
    if (option === undefined || path === undefined || path === '' || path === '-') return []
    if (ofRoot.test(path)) return [{ option, path, folder: undefined }]
    const stands = workingFolder(server)
    const full = path.startsWith('/') ? server.step.toTree(path) : stands === undefined ? undefined : join(stands, path)
    const folder = kind === 'folder' ? full : full?.slice(0, Math.max(0, full.lastIndexOf('/')))
    return folder === undefined || folder === '' || isThere(app, server, folder) ? [] : [{ option, path, folder }]
  })
}

/** Git brings it, or the settings, the server's own configuration or collectstatic make it. */
function isThere(app: App, { makes = [] }: Server, folder: string): boolean {
  const made = [...makes, ...madeBySettings(app), ...(staticRoot(app) === undefined ? [] : [staticRoot(app)])]
  return (app.tree.kind(folder) === 'directory' && holdsFile(app, folder)) || mayBeMade(made, folder)
}
