import type { App } from '../../../src/app/app.ts'
import { conditionsOf, insecureSockets } from '../../../src/app/frontend/insecure-sockets.ts'
import type { Socket } from '../../../src/app/frontend/model.ts'
import { seesHttp } from '../../../src/app/pages/sees-http.ts'
import { whichPolicy } from '../../../src/app/pages/socket-policies.ts'
import { headerTrusted, httpsTold } from '../../../src/app/settings/proxy.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { readText } from '../../../src/files/tree.ts'
import { schemesOfRequests } from './by-request.ts'
import { isUpgraded } from './upgraded.ts'

const page = {
  text: {
    en: '{opener} uses `ws://` on the page’s own host without a `wss://` branch: on a page served over https the browser blocks it as mixed content and the socket never opens',
    fr: '{opener} utilise `ws://` sur l’hôte de la page sans branche `wss://` : sur une page servie en https, le navigateur le bloque (contenu mixte) et le socket ne s’ouvre jamais',
  },
} as const

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
      ...page,
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
        fr: '`{name}` est construit avec le schéma de la requête, et Django prend pour du http ce qui est venu en https, car rien ne lui parle de X-Forwarded-Proto : la page reçoit `ws://`, le navigateur le bloque (contenu mixte) et {opener} ne s’ouvre jamais',
      },
      help: {
        en: 'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), or take the scheme from the page: `wss://` when location.protocol is `https:`.',
        fr: 'Définissez SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), ou reprenez le schéma de la page : `wss://` quand location.protocol vaut `https:`.',
      },
      fix: headerTrusted,
    },
    'page-request': {
      ...page,
      restsOn: ['settings', 'heroku'],
      help: {
        en: 'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"): the template asks the request, and nothing tells Django of https. Or take the scheme from the page, in the script.',
        fr: 'Définissez SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") : le template interroge la requête, et rien ne parle de https à Django. Ou reprenez le schéma de la page, dans le script.',
      },
      fix: headerTrusted,
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
    const mayOpen = ({ at: { file } }: Socket): boolean => {
      const answer = isUpgraded(app, file)
      if (answer === undefined) app.inquiry.cannotTell(whichPolicy)
      return answer !== false
    }
    for (const { socket, url, name, at } of schemesOfRequests(app)) {
      if (mayOpen(socket)) continue
      report('request', {
        at,
        data: { opener: socket.opener, name },
        related: [{ at: socket.at, message: { en: 'the socket is opened here', fr: 'le socket est ouvert ici' } }],
        edits: httpsTold(app),
        when: conditionsOf(socket, url.when),
        unused: !socket.referenced,
        symbol: name,
      })
    }
    for (const { socket, url, at, when } of insecureSockets(app.frontend)) {
      if (mayOpen(socket)) continue
      const ofRequest = url.host.kind === 'page' && url.secured === undefined && asksRequest(app, at)
      report(ofRequest ? 'page-request' : url.host.kind === 'page' ? 'page' : 'remote', {
        at,
        data: { opener: socket.opener, host: url.host.text ?? '' },
        related:
          at.span.start >= socket.at.span.start && at.span.end <= socket.at.span.end && at.file === socket.at.file
            ? []
            : [{ at: socket.at, message: { en: 'the socket is opened here', fr: 'le socket est ouvert ici' } }],
        edits: ofRequest ? httpsTold(app) : url.secured && [url.secured],
        when,
        unused: !socket.referenced,
        symbol: socket.opener,
      })
    }
  },
})

/** The line of the script in which the scheme stands asks `request.is_secure` or `request.scheme`, which Django answers wrongly. */
function asksRequest(app: App, { file, span }: Place): boolean {
  const text = readText(app.tree, file)?.text ?? ''
  const end = text.indexOf('\n', span.end)
  const line = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, end < 0 ? text.length : end)
  return /\{[{%][^{}]*\brequest\.(?:is_secure|scheme)\b/.test(line) && seesHttp(app)
}
