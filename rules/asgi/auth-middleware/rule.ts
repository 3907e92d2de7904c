import { unsetKeys } from '../../../src/app/asgi/security.ts'
import { rule } from '../../../src/engine/rule.ts'
import { unaskedConsumers } from './unasked.ts'
import { wrapped } from './wrapped.ts'

export default rule({
  id: 'asgi/auth-middleware',
  hop: 'handshake',
  severity: 'warning',
  security: 'some',
  needs: 'channels-2',
  summary: {
    en: 'A consumer reads the user or the session that no middleware provides, or lets in anybody where its page asks for a sign-in',
    fr: 'Un consumer lit l’utilisateur ou la session qu’aucun middleware ne fournit, ou ne demande rien alors que sa page exige une connexion',
  },
  messages: {
    // A room may well be for everybody.
    unasked: {
      severity: 'info',
      security: true,
      hop: 'safety',
      text: {
        en: 'the page of `{parameter}` asks for a sign-in, and {consumer} reads neither the user nor a token; whoever knows a `{parameter}` can open the socket, listen and send without one',
        fr: 'la page de `{parameter}` exige une connexion, et {consumer} ne lit ni l’utilisateur ni un jeton : quiconque connaît un `{parameter}` peut ouvrir le socket, écouter et envoyer sans se connecter',
      },
      help: {
        en: 'Put AuthMiddlewareStack around the routes and refuse in `connect` whoever is not signed in or does not belong there.',
        fr: 'Placez AuthMiddlewareStack autour des routes et refusez dans `connect` quiconque n’est pas connecté ou n’a rien à y faire.',
      },
    },
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
    for (const { consumer, parameter, at, guard } of unaskedConsumers(app)) {
      report('unasked', {
        at,
        data: { consumer: consumer.name, parameter },
        related: [{ at: guard, message: { en: 'the page asks for it here', fr: 'la page l’exige ici' } }],
        symbol: consumer.name,
      })
    }
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
