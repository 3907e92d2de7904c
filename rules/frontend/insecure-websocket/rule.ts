import { conditionsOf, insecureSockets } from '../../../src/app/frontend/insecure-sockets.ts'
import { rule } from '../../../src/engine/rule.ts'
import { schemesOfRequests } from './by-request.ts'

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
    request: {
      restsOn: ['settings', 'heroku'],
      text: {
        en: '`{name}` is made of the request’s scheme, and Django takes what came by https for http, as nothing tells it of X-Forwarded-Proto: the page gets `ws://`, the browser blocks it as mixed content and {opener} never opens',
        fr: '`{name}` est fait du schéma de la requête, et Django prend pour du http ce qui est venu en https, car rien ne lui parle de X-Forwarded-Proto : la page reçoit `ws://`, le navigateur le bloque (contenu mixte) et {opener} ne s’ouvre jamais',
      },
      help: {
        en: 'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), or take the scheme from the page: `wss://` when location.protocol is `https:`.',
        fr: 'Définissez SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), ou reprenez le schéma de la page : `wss://` quand location.protocol vaut `https:`.',
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
    for (const { socket, url, name, at } of schemesOfRequests(app))
      report('request', {
        at,
        data: { opener: socket.opener, name },
        related: [{ at: socket.at, message: { en: 'the socket is opened here', fr: 'le socket est ouvert ici' } }],
        when: conditionsOf(socket, url.when),
        unused: !socket.referenced,
        symbol: name,
      })
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
