import type { App } from '../../../src/app/app.ts'
import { extraEdit } from '../../../src/app/dependencies/text-edits.ts'
import { addPings, daphneInstead, dropOption } from '../../../src/app/processes/command-edits.ts'
import type { Server } from '../../../src/app/processes/model.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { rule } from '../../../src/engine/rule.ts'
import { clientBeats, consumerBeats } from './heartbeat.ts'

/** Seconds without a byte after which Heroku's router closes a connection (H15). */
const routerWindow = 55

const help = {
  en: 'Send a ping every 20 s or so: daphne does by default, uvicorn with websockets (with wsproto from 0.46 on, with websockets-sansio from 0.44 on), hypercorn with `--websocket-ping-interval 20`. Or send a heartbeat from the page.',
  fr: 'Envoyez un ping toutes les 20 s environ : daphne le fait par défaut, uvicorn avec websockets (avec wsproto à partir de 0.46, avec websockets-sansio à partir de 0.44), hypercorn avec `--websocket-ping-interval 20`. Ou envoyez un message régulier depuis la page.',
} as const

const daphne = {
  safety: 'unsafe',
  en: 'Start daphne instead',
  fr: 'Lancer daphne à la place',
  changes: {
    en: 'another server answers all requests: one process, and the old options are gone',
    fr: 'un autre serveur répond à toutes les requêtes : un seul processus, et les anciennes options disparaissent',
  },
} as const

const silent = {
  en: '{server} sends no WebSocket pings by itself: the router closes a socket after 55 s of silence (H15)',
  fr: '{server} n’envoie pas de ping WebSocket de lui-même : le routeur ferme un socket après 55 s de silence (H15)',
} as const

const library = {
  en: 'the usual implementation of the package websockets speaks to the browsers, and no longer {library}',
  fr: 'c’est l’implémentation habituelle du paquet websockets qui parle aux navigateurs, et non plus {library}',
} as const

const mute = {
  text: {
    en: 'uvicorn {version} serves the sockets with {library} and sends no ping then, whatever interval it is told ({good} is the first that does): the router closes a socket after 55 s of silence (H15)',
    fr: 'uvicorn {version} sert les sockets avec {library} et n’envoie alors aucun ping, quel que soit l’intervalle demandé ({good} est la première version à le faire) : le routeur ferme un socket après 55 s de silence (H15)',
  },
  help: {
    en: 'Let websockets serve them: `uvicorn[standard]` brings it, and uvicorn takes it unless told otherwise. Or install uvicorn {good} or later, or send a heartbeat from the page.',
    fr: 'Laissez websockets les servir : `uvicorn[standard]` l’apporte, et uvicorn l’utilise sauf indication contraire. Ou installez uvicorn {good} ou plus récent, ou envoyez un message régulier depuis la page.',
  },
} as const

export default rule({
  id: 'procfile/keepalive',
  hop: 'stay',
  severity: 'warning',
  needs: 'channels-2',
  restsOn: ['heroku'],
  summary: {
    en: 'No ping keeps idle WebSockets open in the router’s 55 s window',
    fr: 'Aucun ping ne garde ouverts les WebSockets inactifs dans la fenêtre de 55 s du routeur',
  },
  messages: {
    none: { text: silent, help, fix: { safety: 'safe', en: 'Ping every 20 s', fr: 'Envoyer un ping toutes les 20 s' } },
    // It has no option for pings.
    never: { text: silent, help, fix: daphne },
    implementation: {
      ...mute,
      fix: {
        safety: 'unsafe',
        changes: library,
        en: 'Leave out the option that chooses {library}',
        fr: 'Retirer l’option qui choisit {library}',
      },
    },
    fallback: {
      ...mute,
      fix: {
        safety: 'unsafe',
        changes: library,
        en: 'Install uvicorn[standard]',
        fr: 'Installer uvicorn[standard]',
      },
    },
    late: {
      text: {
        en: '{server} pings every {seconds} s: the router closes a silent socket after 55 s (H15), before the first ping',
        fr: '{server} envoie un ping toutes les {seconds} s : le routeur ferme un socket silencieux après 55 s (H15), avant le premier ping',
      },
      help,
      fix: { safety: 'safe', en: 'Ping every 20 s', fr: 'Envoyer un ping toutes les 20 s' },
    },
  },
  check(app, report) {
    const verdict = judgeServer(app, app.processes.web, isSilent)
    if (verdict === undefined || clientBeats(app) || consumerBeats(app, routerWindow)) return
    const { server } = verdict
    const { interval = 0, at } = server.pings
    const way = interval > 0 ? lateWay(app, server) : silentWay(app, server)
    report(way.message, {
      at,
      data: {
        server: server.name,
        seconds: interval,
        version: app.dependencies.installed('uvicorn').version ?? '',
        library: server.pings.library ?? '',
        good: server.pings.library === 'websockets-sansio' ? '0.44' : '0.46',
      },
      edits: way.edits,
      when: verdict.when,
      symbol: 'web',
    })
  },
})

/**
 * An interval of 0 turns no pings off where one can be given: Daphne 2 to 4.2 then pings at each look at its sockets,
 * every 2 s (`check_timeouts` in daphne/ws_protocol.py; seen on a booted 4.2.2).
 */
function isSilent({ speaks, pings }: Server): boolean {
  if (speaks.protocol !== 'asgi' || pings.interval === undefined) return false
  if (pings.interval >= routerWindow) return true
  return pings.interval === 0 && pings.source === 'default'
}

interface Way<Message> {
  readonly message: Message
  readonly edits: readonly Edit[] | undefined
}

/** The number that is written gives way to one that is soon enough. */
function lateWay(app: App, { pings: { interval, at } }: Server): Way<'late'> {
  const isNumber = Number(sourceText(app.tree, at)) === interval
  return { message: 'late', edits: isNumber ? [{ ...at, text: '20' }] : undefined }
}

/** Where the server has an option for pings it gets it; else another implementation, or another server. */
function silentWay(app: App, server: Server): Way<'none' | 'never' | 'implementation' | 'fallback'> {
  const { web } = app.processes
  if (server.pings.library !== undefined) return otherLibrary(app, server)
  const pings = addPings(app, server)
  if (pings !== undefined || web === undefined) return { message: 'none', edits: pings && [pings] }
  return { message: 'never', edits: daphneInstead(app, web, server)?.edits }
}

function otherLibrary(app: App, server: Server): Way<'implementation' | 'fallback'> {
  const { dependencies } = app
  const chosen = server.options.findLast(({ dest }) => dest === 'ws')
  if (dependencies.installed('websockets').state === 'installed')
    return { message: 'implementation', edits: chosen && dropOption(app, chosen) }
  const line = dependencies.declared('uvicorn').find(({ role }) => role === 'install')
  const edit = line && chosen === undefined ? extraEdit(app, line, 'standard') : undefined
  return { message: 'fallback', edits: edit && [edit] }
}
