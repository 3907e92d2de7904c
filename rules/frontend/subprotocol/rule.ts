import type { App } from '../../../src/app/app.ts'
import { aroundOf } from '../../../src/app/project/around.ts'
import { sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { readText } from '../../../src/files/tree.ts'
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
    fr: 'Une page propose des sous-protocoles, et le consumer accepte sans en choisir aucun',
  },
  messages: {
    none: {
      text: {
        en: 'this {opener} offers subprotocols, and {consumer} accepts without one: the browser closes the socket ("Sent non-empty \'Sec-WebSocket-Protocol\' header but no response was received")',
        fr: "ce {opener} propose des sous-protocoles, et {consumer} accepte sans en choisir : le navigateur ferme le socket (« Sent non-empty 'Sec-WebSocket-Protocol' header but no response was received »)",
      },
      help,
      fix: { safety: 'safe', en: 'Answer with {offered}', fr: 'Répondre par {offered}' },
    },
    other: {
      text: {
        en: 'this {opener} does not offer the subprotocol `{chosen}` with which {consumer} accepts: the handshake fails',
        fr: 'ce {opener} ne propose pas le sous-protocole `{chosen}` avec lequel {consumer} accepte : la poignée de main échoue',
      },
      help,
      fix: { safety: 'safe', en: 'Answer with {offered}', fr: 'Répondre par {offered}' },
    },
  },
  check(app, report) {
    for (const { socket, at, consumer, consumerAt, chosen, accept } of unchosenSubprotocols(app)) {
      const [offered] = socket.offers ?? []
      const edit = accept === undefined || offered === undefined ? undefined : answering(app, accept, offered)
      report(chosen === undefined ? 'none' : 'other', {
        at,
        data: { opener: socket.opener, consumer, chosen: chosen ?? '', offered: offered ?? '' },
        edits: edit && [edit],
        related: [{ at: consumerAt, message: { en: 'the consumer', fr: 'le consumer' } }],
        symbol: consumer,
      })
    }
  },
})

/** The only accept() of the consumer takes the subprotocol from whoever offers it. */
function answering(app: App, accept: Place, offered: string): Edit | undefined {
  const call = aroundOf(app.tree, accept, 'Call')
  const text = sourceText(app.tree, accept)
  if (call === undefined || text === undefined || !/^[\w.-]+$/.test(offered)) return undefined
  const q = (readText(app.tree, accept.file)?.text ?? '').split('"').length > 5 ? '"' : "'"
  const value = `${q}${offered}${q} if ${q}${offered}${q} in self.scope[${q}subprotocols${q}] else None`
  const given = call.args[0] ?? call.keywords.find(({ arg }) => arg === 'subprotocol')?.value
  if (given !== undefined) return { file: accept.file, span: { start: given.start, end: given.end }, text: value }
  if (call.keywords.length > 0) return undefined
  const end = call.end - 1
  return { file: accept.file, span: { start: end, end }, text: `subprotocol=${value}` }
}
