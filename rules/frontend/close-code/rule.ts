import { conditionsOf } from '../../../src/app/frontend/insecure-sockets.ts'
import { rule } from '../../../src/engine/rule.ts'
import { unheardCodes } from './unheard.ts'

export default rule({
  id: 'frontend/close-code',
  hop: 'handshake',
  severity: 'warning',
  needs: 'channels-2',
  summary: {
    en: 'A page waits for a close code that the consumer only sends before accept()',
    fr: 'Une page attend un code de fermeture que le consumer n’envoie qu’avant accept()',
  },
  messages: {
    refused: {
      text: {
        en: 'no page ever sees the code {code}: {consumer} closes with it before accept(), the handshake is answered with 403, and the close event has the code 1006',
        fr: 'aucune page ne voit jamais le code {code} : {consumer} ferme le socket avec ce code avant accept(), la poignée de main reçoit un 403, et l’événement de fermeture porte le code 1006',
      },
      help: {
        en: 'Accept first, then close with the code: `accept()`, `close(code={code})`, `return`.',
        fr: 'Acceptez d’abord, puis fermez avec le code : `accept()`, `close(code={code})`, `return`.',
      },
    },
  },
  check(app, report) {
    for (const { socket, test, consumer, closes } of unheardCodes(app)) {
      const literal = socket.urls.find(({ host }) => host.kind === 'literal')?.host.text
      report('refused', {
        at: test.at,
        data: { code: String(test.code), consumer },
        when: conditionsOf(socket, literal === undefined ? [] : [thisApp(literal)]),
        unused: !socket.referenced,
        related: closes.slice(0, 3).map((at) => ({ at, message: here })),
        symbol: `${consumer} ${test.code}`,
      })
    }
  },
})

const thisApp = (host: string) => ({ en: `${host} is this app`, fr: `${host} est cette application` })

const here = { en: 'this refuses the handshake', fr: 'ceci refuse la poignée de main' }
