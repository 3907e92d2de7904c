import { rule } from '../../../src/engine/rule.ts'
import { isOfDjango } from './django-pages.ts'
import { closedPolicy, whichPolicy } from './policies.ts'

export default rule({
  id: 'frontend/content-policy',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels',
  restsOn: ['settings'],
  summary: {
    en: 'The content policy of the pages shuts out their own sockets',
    fr: 'La politique de contenu des pages interdit leurs propres sockets',
  },
  messages: {
    closed: {
      text: {
        en: 'the browser refuses the WebSocket of the pages: `{directive} {sources}` takes in no `wss:` ("violates the following Content Security Policy directive")',
        fr: 'le navigateur refuse le WebSocket des pages : `{directive} {sources}` ne comprend pas `wss:` (« violates the following Content Security Policy directive »)',
      },
      help: {
        en: "Add `'self'` to `connect-src`: today's browsers let sockets of the own host through with it (Safari from 15.4 on).",
        fr: "Ajoutez `'self'` à `connect-src` : les navigateurs d’aujourd’hui laissent passer avec lui les sockets de leur propre hôte (Safari à partir de 15.4).",
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
      related: [{ at: socket.at, message: { en: 'the socket is opened here', fr: 'le socket est ouvert ici' } }],
      symbol: directive,
    })
  },
})
