import { unsetKeys } from '../../../src/app/asgi/security.ts'
import { rule } from '../../../src/engine/rule.ts'
import { wrapped } from './wrapped.ts'

export default rule({
  id: 'asgi/auth-middleware',
  hop: 'handshake',
  severity: 'warning',
  needs: 'channels-2',
  summary: {
    en: 'A consumer reads the user or the session, but no middleware provides it',
    fr: 'Un consumer lit l’utilisateur ou la session sans qu’aucun middleware ne les fournisse',
  },
  messages: {
    unset: {
      text: {
        en: '{consumer} reads scope["{key}"], which no middleware around its route sets: KeyError: \'{key}\'',
        fr: '{consumer} lit scope["{key}"], qu’aucun middleware autour de sa route ne définit : KeyError: \'{key}\'',
      },
      help: {
        en: 'Wrap the URLRouter in {stack}.',
        fr: 'Enveloppez le URLRouter dans {stack}.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'sockets identify their visitor by the browser’s cookies',
          fr: 'les sockets identifient leur visiteur par les cookies du navigateur',
        },
        en: 'Wrap the URLRouter in {stack}',
        fr: 'Envelopper le URLRouter dans {stack}',
      },
    },
  },
  check(app, report) {
    for (const { consumer, key, at, route, when } of unsetKeys(app)) {
      report('unset', {
        at,
        data: {
          consumer: consumer.name,
          key,
          stack: key === 'user' ? 'AuthMiddlewareStack' : 'SessionMiddlewareStack',
        },
        edits: wrapped(app, key),
        related: [{ at: route, message: { en: 'it is routed here', fr: 'il est routé ici' } }],
        when,
        symbol: `${consumer.name}.${key}`,
      })
    }
  },
})
