import type { App } from '../../../src/app/app.ts'
import { fileSocket, portFault, unknownBinding } from '../../../src/app/processes/bind-faults.ts'
import { addOption, dropOption, isExpanded, replaceValue, splitHost } from '../../../src/app/processes/command-edits.ts'
import type { Server } from '../../../src/app/processes/model.ts'
import { isWrong, judgeServer } from '../../../src/app/processes/server-verdict.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { rule } from '../../../src/engine/rule.ts'
import { known, shown } from '../../../src/evaluate/shell/word.ts'
import { portInPython, socketInPython } from './in-python.ts'

const fix = { safety: 'safe', en: 'Listen on $PORT', fr: 'Écouter sur $PORT' } as const

const help = {
  en: 'Give the server the dyno’s port: `$PORT`, unquoted or in double quotes.',
  fr: 'Donnez au serveur le port du dyno : `$PORT`, sans guillemets ou entre guillemets doubles.',
} as const

export default rule({
  id: 'procfile/bind-port',
  hop: 'boot',
  severity: 'error',
  summary: { en: 'The web server does not listen on $PORT', fr: 'Le serveur web n’écoute pas sur $PORT' },
  messages: {
    literal: {
      text: {
        en: '{server} listens on port {port}, but the router connects to $PORT ("Error R10 (Boot timeout) -> Web process failed to bind to $PORT")',
        fr: '{server} écoute sur le port {port}, mais le routeur se connecte à $PORT (« Error R10 (Boot timeout) -> Web process failed to bind to $PORT »)',
      },
      help,
      fix,
    },
    default: {
      text: {
        en: '{server} is given no port and listens on {port}, but the router connects to $PORT ("Error R10 (Boot timeout) -> Web process failed to bind to $PORT")',
        fr: '{server} ne reçoit pas de port et écoute sur {port}, mais le routeur se connecte à $PORT (« Error R10 (Boot timeout) -> Web process failed to bind to $PORT »)',
      },
      help,
      fix,
    },
    swallowed: {
      text: {
        en: '{server} takes all of `{port}` for a host name and cannot listen there, so it exits ("H10 App crashed")',
        fr: '{server} prend `{port}` tout entier pour un nom d’hôte et ne peut pas y écouter : il s’arrête (« H10 App crashed »)',
      },
      help,
      fix,
    },
    case: {
      text: {
        en: '`{port}` is not `$PORT`: names of variables are case-sensitive, and this one is empty on a dyno',
        fr: '`{port}` n’est pas `$PORT` : la casse compte dans les noms de variables, et celle-ci est vide sur un dyno',
      },
      help,
      fix,
    },
    quoted: {
      text: {
        en: '{server} gets the literal text `{port}` as its port: nothing replaces it here',
        fr: '{server} reçoit le texte `{port}` en guise de port : rien ne le remplace ici',
      },
      help,
      fix,
    },
    offset: {
      text: {
        en: '{server} listens on {port}, but the router connects to $PORT: a process manager gives $PORT to the first process it starts, and 100 more to each next one ("Error R10 (Boot timeout) -> Web process failed to bind to $PORT")',
        fr: '{server} écoute sur {port}, mais le routeur se connecte à $PORT : un gestionnaire de processus donne $PORT au premier processus qu’il lance, et 100 de plus à chacun des suivants (« Error R10 (Boot timeout) -> Web process failed to bind to $PORT »)',
      },
      help: {
        en: 'Put the line of the server first, or give the other program a process type of its own.',
        fr: 'Mettez la ligne du serveur en premier, ou donnez à l’autre programme son propre type de processus.',
      },
    },
    socket: {
      text: {
        en: '{server} listens on a socket in the file system, which the router cannot reach ("Error R10 (Boot timeout) -> Web process failed to bind to $PORT")',
        fr: '{server} écoute sur un socket du système de fichiers, que le routeur ne peut pas atteindre (« Error R10 (Boot timeout) -> Web process failed to bind to $PORT »)',
      },
      help: {
        en: 'Listen on `0.0.0.0` and `$PORT` instead; a file socket is for a reverse proxy on the same dyno.',
        fr: 'Écoutez plutôt sur `0.0.0.0` et `$PORT` ; un socket de fichier sert à un reverse proxy du même dyno.',
      },
      fix: {
        ...fix,
        safety: 'unsafe',
        changes: { en: 'nothing listens on that file any more', fr: 'plus rien n’écoute sur ce fichier' },
      },
    },
    absent: {
      text: { en: '{server} gets no port here', fr: '{server} ne reçoit aucun port ici' },
      help,
      fix,
    },
  },
  check(app, report) {
    const { web } = app.processes
    const filed = web && judgeServer(app, web, (server) => fileSocket(web, server) !== undefined)
    const file = filed && web && fileSocket(web, filed.server)
    if (filed !== undefined && file !== undefined) {
      report('socket', {
        at: file.at,
        data: { server: filed.server.name },
        edits: overTcp(app, filed.server),
        when: filed.when,
        symbol: 'web',
      })
      return
    }
    const verdict = judgeServer(
      app,
      web,
      (server) => isWrong(portFault(server), unknownBinding(server, 'port')),
      (server) => unknownBinding(server, 'port'),
    )
    if (web === undefined || verdict === undefined) return
    const { server, when } = verdict
    const fault = portFault(server)
    if (fault === undefined) return
    const { kind, value, socket } = fault
    const text = shown(value.parts)
    const expanded = isExpanded(web, server) && value.source !== 'file'
    const inPython = kind === 'literal' ? portInPython(app, value.at, text) : undefined
    const edit =
      !expanded || kind === 'offset'
        ? undefined
        : kind === 'default'
          ? addOption(app, server, 'port')
          : kind === 'swallowed'
            ? splitHost(app, server, value.at)
            : replaceValue(app, value.at, text, '$PORT')
    report(kind, {
      at: value.at,
      data: { server: server.name, port: text },
      related:
        socket.at === value.at || kind === 'default'
          ? []
          : [{ at: web.at, message: { en: 'the process `web`', fr: 'le processus `web`' } }],
      edits: inPython ?? (edit && [edit]),
      when,
      symbol: 'web',
    })
  },
})

/** The option that names the file gives way to those of a port. */
function overTcp(app: App, server: Server): readonly Edit[] | undefined {
  const named = server.options.filter(
    ({ value }) => known(value?.parts)?.startsWith('unix:') || known(value?.parts)?.startsWith('/'),
  )
  const [option] = named.filter(({ dest }) => ['bind', 'uds', 'unix_socket'].includes(dest))
  if (option === undefined) return undefined
  if (option.dest === 'bind') {
    const path = known(option.value?.parts) ?? ''
    const edit = option.valueAt && replaceValue(app, option.valueAt, path, '0.0.0.0:$PORT')
    return edit === undefined ? option.valueAt && socketInPython(app, option.valueAt, path) : [edit]
  }
  const added = (['host', 'port'] as const).map((which) => addOption(app, server, which))
  const dropped = dropOption(app, option)
  return dropped === undefined || added.includes(undefined) ? undefined : [...dropped, ...(added as Edit[])]
}
