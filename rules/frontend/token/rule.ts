import { rule } from '../../../src/engine/rule.ts'
import { sharedSecret } from './shared.ts'
import { tokenFaults } from './token-faults.ts'

const logged = {
  security: true,
  hop: 'safety',
  help: {
    en: 'Send it in the first message or as a subprotocol, or use a ticket that is good for one connection.',
    fr: 'Envoyez-le dans le premier message ou en sous-protocole, ou utilisez un ticket valable pour une seule connexion.',
  },
} as const

const unasked = {
  en: 'Send it as soon as a consumer is to know who the visitor is.',
  fr: 'Envoyez-le dès qu’un consumer doit savoir qui est le visiteur.',
} as const

export default rule({
  id: 'frontend/token',
  hop: 'handshake',
  severity: 'warning',
  security: 'some',
  needs: 'channels-2',
  summary: {
    en: 'A socket does not send the token that the backend reads, or shows it in the URL',
    fr: 'Un socket n’envoie pas le jeton que lit le backend, ou l’expose dans l’URL',
  },
  messages: {
    query: {
      text: {
        en: '{middleware} reads the token from the query parameter `{name}`, which this {opener} does not send: the visitor stays anonymous',
        fr: '{middleware} lit le jeton dans le paramètre `{name}`, que ce {opener} n’envoie pas : le visiteur reste anonyme',
      },
      help: {
        en: 'Append `?{name}=…` to the URL, or authenticate the socket in another way on both sides.',
        fr: 'Ajoutez `?{name}=…` à l’URL, ou authentifiez le socket autrement des deux côtés.',
      },
    },
    // Whoever comes is served, and nothing asks who it is.
    'query-unasked': {
      severity: 'info',
      text: {
        en: '{middleware} reads the token from the query parameter `{name}`, which this {opener} does not send: the visitor stays anonymous, which no consumer checks',
        fr: '{middleware} lit le jeton dans le paramètre `{name}`, que ce {opener} n’envoie pas : le visiteur reste anonyme, ce qu’aucun consumer ne vérifie',
      },
      help: unasked,
    },
    'subprotocol-unasked': {
      severity: 'info',
      text: {
        en: '{middleware} reads the token from the subprotocols, and this {opener} sends none: the visitor stays anonymous, which no consumer checks',
        fr: '{middleware} lit le jeton dans les sous-protocoles, et ce {opener} n’en envoie aucun : le visiteur reste anonyme, ce qu’aucun consumer ne vérifie',
      },
      help: unasked,
    },
    subprotocol: {
      text: {
        en: '{middleware} reads the token from the subprotocols, and this {opener} sends none: the visitor stays anonymous',
        fr: '{middleware} lit le jeton dans les sous-protocoles, et ce {opener} n’en envoie aucun : le visiteur reste anonyme',
      },
      help: {
        en: 'Pass it as the second argument of WebSocket.',
        fr: 'Passez-le en second argument de WebSocket.',
      },
    },
    shared: {
      ...logged,
      text: {
        en: 'the secret in `{name}`, the same for every socket, is part of the URL: the access log of the server and the router logs of Heroku keep it in plain text, and it opens sockets until somebody changes it',
        fr: 'le secret de `{name}`, le même pour tous les sockets, fait partie de l’URL : le journal d’accès du serveur et les journaux du routeur de Heroku le gardent en clair, et il ouvre des sockets jusqu’à ce que quelqu’un le change',
      },
    },
    logged: {
      ...logged,
      severity: 'info',
      text: {
        en: 'the token in `{name}` is part of the URL: the router logs of Heroku and the access log of the server keep it in plain text',
        fr: 'le jeton de `{name}` fait partie de l’URL : les journaux du routeur de Heroku et le journal d’accès du serveur le gardent en clair',
      },
    },
  },
  check(app, report) {
    for (const { kind, socket, at, name, from, middleware, when } of tokenFaults(app)) {
      const shared = kind === 'logged' ? sharedSecret(app, name) : undefined
      if (shared !== undefined) {
        const compared = { at: shared, message: { en: 'compared here', fr: 'comparé ici' } }
        report('shared', { at, data: { name }, related: [compared], when, unused: !socket.referenced, symbol: name })
        continue
      }
      const missing = from === 'subprotocol' ? 'subprotocol' : 'query'
      report(kind === 'logged' ? 'logged' : kind === 'unasked' ? `${missing}-unasked` : missing, {
        at,
        data: { name, opener: socket.opener, middleware: middleware?.name ?? '' },
        related:
          middleware === undefined
            ? []
            : [{ at: middleware.at, message: { en: 'the token is read here', fr: 'le jeton est lu ici' } }],
        when,
        unused: !socket.referenced,
        symbol: name,
      })
    }
  },
})
