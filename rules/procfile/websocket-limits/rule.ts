import { dropOption } from '../../../src/app/processes/command-edits.ts'
import type { Server } from '../../../src/app/processes/model.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { sourceText } from '../../../src/app/settings/source-text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** Seconds: who ends sockets sooner than this ends conversations, not leftovers. */
const shortLife = 600

export default rule({
  id: 'procfile/websocket-limits',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'An option of the server refuses WebSockets, or ends each of them after a while',
    fr: 'Une option du serveur refuse les WebSockets, ou met fin à chacun au bout d’un moment',
  },
  messages: {
    off: {
      text: {
        en: '`{option}` makes {server} serve no WebSockets: a handshake is answered like any other request',
        fr: 'avec `{option}`, {server} ne sert aucun WebSocket : une poignée de main reçoit la réponse d’une requête ordinaire',
      },
      help: { en: 'Leave the option out.', fr: 'Retirez cette option.' },
      fix: { safety: 'safe', en: 'Leave the option out', fr: 'Retirer l’option' },
    },
    lifetime: {
      hop: 'stay',
      severity: 'warning',
      text: {
        en: '`{option}` makes daphne end every socket {seconds} s after it was opened, however busy it is',
        fr: 'avec `{option}`, daphne met fin à tout socket {seconds} s après son ouverture, même en pleine activité',
      },
      help: {
        en: 'Leave the option out (a day is the default), or let the page open its socket again. Pings keep silent sockets open.',
        fr: 'Retirez cette option (un jour par défaut), ou laissez la page rouvrir son socket. Ce sont les pings qui gardent ouverts les sockets silencieux.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'a socket stays open as long as both sides want it to',
          fr: 'un socket reste ouvert tant que les deux côtés le veulent',
        },
        en: 'Leave the option out',
        fr: 'Retirer l’option',
      },
    },
  },
  check(app, report) {
    const refusing = judgeServer(app, app.processes.web, (server) => refusal(server) !== undefined)
    const option = refusing && refusal(refusing.server)
    if (refusing !== undefined && option !== undefined) {
      const data = { option: sourceText(app.tree, option.at) ?? option.written, server: refusing.server.name }
      report('off', { at: option.at, data, edits: dropOption(app, option), when: refusing.when, symbol: 'web' })
    }
    const limited = judgeServer(app, app.processes.web, (server) => lifetime(server) !== undefined)
    const life = limited && lifetime(limited.server)
    if (limited !== undefined && life !== undefined) {
      const data = { option: sourceText(app.tree, life.option.at) ?? life.option.written, seconds: life.seconds }
      report('lifetime', {
        at: life.option.at,
        data,
        edits: dropOption(app, life.option),
        when: limited.when,
        symbol: 'web',
      })
    }
  },
})

/** The option by which a server of ASGI applications leaves WebSockets out. */
function refusal({ speaks, webSockets, options }: Server): Server['options'][number] | undefined {
  if (speaks.protocol !== 'asgi' || webSockets !== false) return undefined
  return options.findLast(({ dest }) => dest === 'ws' || dest === 'websockets' || dest === 'http')
}

/** `daphne --websocket_timeout` counts from the handshake (`check_timeouts` in daphne/ws_protocol.py); a negative one means none. */
function lifetime({ name, options }: Server): { option: Server['options'][number]; seconds: number } | undefined {
  const option = name === 'daphne' ? options.findLast(({ dest }) => dest === 'websocket_timeout') : undefined
  const seconds = Number(known(option?.value?.parts))
  return option !== undefined && seconds >= 0 && seconds < shortLife ? { option, seconds } : undefined
}
