import type { App } from '../../../src/app/app.ts'
import { staticRoot } from '../../../src/app/frontend/collected-folder.ts'
import { holdsFile } from '../../../src/app/pages/static-files.ts'
import type { Process, Server, ServerName, ServerOption } from '../../../src/app/processes/model.ts'
import { judgeServer, type ServerVerdict } from '../../../src/app/processes/server-verdict.ts'
import { last, workingFolder } from '../../../src/app/processes/servers/invocation.ts'
import { madeBySettings, makesFolders } from '../../../src/app/settings/made-folders.ts'
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

/** Owned by root on Heroku's stacks; a dyno runs as a user of its own. */
const ofRoot = /^\/(?:var\/(?!tmp\/)|run\/|etc\/|usr\/|opt\/|srv\/)/

/** The files of a process's server that it cannot open, each with what that rests on. */
export function unwritableFiles(app: App, process: Process): (Unwritable & ServerVerdict)[] {
  if (!['heroku-classic', 'heroku-fir'].includes(app.manifest.platform)) return []
  const dests = new Set(process.servers.flatMap((server) => unwritable(app, server).map(({ option }) => option.dest)))
  return [...dests].flatMap((dest) => {
    const of = (server: Server) => unwritable(app, server).find(({ option }) => option.dest === dest)
    const verdict = judgeServer(app, process, (server) => of(server) !== undefined)
    const found = verdict && of(verdict.server)
    if (verdict === undefined || found === undefined) return []
    if (found.folder === undefined || makesFolders(app) === false) return [{ ...found, ...verdict }]
    if (makesFolders(app) === undefined)
      app.inquiry.cannotTell({
        what: { en: `whether the build makes \`${found.folder}\``, fr: `si le build crée \`${found.folder}\`` },
        why: { en: 'a hook or another buildpack may', fr: 'un hook ou un autre buildpack le peut' },
        at: found.option.at,
        hop: 'boot',
      })
    return []
  })
}

function unwritable(app: App, server: Server): Unwritable[] {
  if (server.open || server.options.some(({ dest }) => dest === 'logger_class')) return []
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
  return (
    (app.tree.kind(folder) === 'directory' && holdsFile(app, folder)) ||
    made.some((one) => one === undefined || one === folder || one.startsWith(`${folder}/`))
  )
}
