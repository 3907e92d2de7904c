import { isOfDjango } from '../../../src/app/pages/django-pages.ts'
import { whichPolicy } from '../../../src/app/pages/socket-policies.ts'
import { rule } from '../../../src/engine/rule.ts'
import { closedPolicy } from './policies.ts'
import { withSelf } from './with-self.ts'

export default rule({
  id: 'frontend/content-policy',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels',
  restsOn: ['settings'],
  summary: {
    en: 'The content policy of the pages blocks their own sockets',
    fr: 'La politique de contenu des pages interdit leurs propres sockets',
  },
  messages: {
    closed: {
      text: {
        en: 'the browser refuses the WebSocket of the pages: `{directive} {sources}` does not allow `wss:` to their own host ("violates the following Content Security Policy directive")',
        fr: 'le navigateur refuse le WebSocket des pages : `{directive} {sources}` n’autorise pas `wss:` vers leur propre hôte (« violates the following Content Security Policy directive »)',
      },
      help: {
        en: "Add `'self'` to `connect-src`: current browsers then let through sockets to the page's own host (Safari from 15.4 on).",
        fr: "Ajoutez `'self'` à `connect-src` : les navigateurs actuels laissent alors passer les sockets vers l’hôte de la page (Safari à partir de 15.4).",
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'scripts of the pages may also fetch from their own host',
          fr: 'les scripts des pages peuvent aussi faire des requêtes à leur propre hôte',
        },
        en: "Add 'self' to `{directive}`",
        fr: "Ajouter 'self' à `{directive}`",
      },
    },
  },
  check(app, report) {
    const own = app.frontend.sockets.filter(({ urls }) =>
      urls.some(({ host: { kind } }) => kind === 'page' || kind === 'own'),
    )
    if (own.length === 0) return
    const closed = closedPolicy(app, [...new Set(own.map(({ at }) => at.file))])
    if (closed === undefined) return
    const isDjangos = isOfDjango(app)
    const socket = own.find(({ at }) => isDjangos(at.file))
    if (socket === undefined) return app.inquiry.cannotTell(whichPolicy)
    const { directive, sources, at, when } = closed
    report('closed', {
      at,
      when,
      data: { directive, sources },
      edits: withSelf(app, closed),
      related: [{ at: socket.at, message: { en: 'the socket is opened here', fr: 'le socket est ouvert ici' } }],
      symbol: directive,
    })
  },
})
