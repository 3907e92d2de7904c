import { rule } from '../../../src/engine/rule.ts'
import { unchosenSubprotocols } from './unchosen.ts'

const help = {
  en: 'Answer with one that the page offers: `await self.accept(subprotocol=…)`, from `self.scope["subprotocols"]`.',
  fr: 'Répondez avec l’un de ceux que propose la page : `await self.accept(subprotocol=…)`, tiré de `self.scope["subprotocols"]`.',
} as const

export default rule({
  id: 'frontend/subprotocol',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'A page offers subprotocols, and the consumer accepts with none of them',
    fr: 'Une page propose des sous-protocoles, et le consumer n’en accepte aucun',
  },
  messages: {
    none: {
      text: {
        en: 'this {opener} offers subprotocols, and {consumer} accepts without one: the browser closes the socket ("Sent non-empty \'Sec-WebSocket-Protocol\' header but no response was received")',
        fr: "ce {opener} propose des sous-protocoles, et {consumer} accepte sans en choisir : le navigateur ferme le socket (« Sent non-empty 'Sec-WebSocket-Protocol' header but no response was received »)",
      },
      help,
    },
    other: {
      text: {
        en: 'this {opener} does not offer the subprotocol `{chosen}` with which {consumer} accepts: the handshake fails',
        fr: 'ce {opener} ne propose pas le sous-protocole `{chosen}` avec lequel {consumer} accepte : la poignée de main échoue',
      },
      help,
    },
  },
  check(app, report) {
    for (const { socket, at, consumer, consumerAt, chosen } of unchosenSubprotocols(app)) {
      report(chosen === undefined ? 'none' : 'other', {
        at,
        data: { opener: socket.opener, consumer, chosen: chosen ?? '' },
        related: [{ at: consumerAt, message: { en: 'the consumer', fr: 'le consumer' } }],
        symbol: consumer,
      })
    }
  },
})
