import { insecureSockets } from '../../../src/app/frontend/insecure-sockets.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'frontend/insecure-websocket',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels',
  summary: {
    en: 'A socket is opened with ws:// from pages that are served over https',
    fr: 'Un socket est ouvert en ws:// depuis des pages servies en https',
  },
  messages: {
    page: {
      text: {
        en: '{opener} uses `ws://` on the page’s own host without a `wss://` branch: on a page served over https the browser blocks it as mixed content and the socket never opens',
        fr: '{opener} utilise `ws://` sur l’hôte de la page sans branche `wss://` : sur une page servie en https, le navigateur le bloque (contenu mixte) et le socket ne s’ouvre jamais',
      },
      help: {
        en: 'Take the scheme from the page: `wss://` when location.protocol is `https:`, `ws://` otherwise.',
        fr: 'Reprenez le schéma de la page : `wss://` quand location.protocol vaut `https:`, `ws://` sinon.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'on http the page still speaks ws://, on https wss://',
          fr: 'en http la page parle encore ws://, en https wss://',
        },
        en: 'Let the scheme follow the page',
        fr: 'Faire suivre le schéma de la page',
      },
    },
    remote: {
      text: {
        en: '{opener} connects to {host} with `ws://`: on a page served over https the browser blocks it as mixed content and the socket never opens',
        fr: '{opener} se connecte à {host} en `ws://` : sur une page servie en https, le navigateur le bloque (contenu mixte) et le socket ne s’ouvre jamais',
      },
      help: {
        en: 'Use `wss://`; keep `ws://` for local development only.',
        fr: 'Utilisez `wss://` ; gardez `ws://` pour le seul développement local.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'on http the page still speaks ws://, on https wss://',
          fr: 'en http la page parle encore ws://, en https wss://',
        },
        en: 'Use wss://',
        fr: 'Utiliser wss://',
      },
    },
  },
  check(app, report) {
    for (const { socket, url, at, when } of insecureSockets(app.frontend)) {
      report(url.host.kind === 'page' ? 'page' : 'remote', {
        at,
        data: { opener: socket.opener, host: url.host.text ?? '' },
        related:
          at.span.start >= socket.at.span.start && at.span.end <= socket.at.span.end && at.file === socket.at.file
            ? []
            : [{ at: socket.at, message: { en: 'the socket is opened here', fr: 'le socket est ouvert ici' } }],
        edits: url.secured && [url.secured],
        when,
        unused: !socket.referenced,
        symbol: socket.opener,
      })
    }
  },
})
