import { rule } from '../../../src/engine/rule.ts'
import { missingParameters } from './missing-parameters.ts'

const text = {
  en: '{consumer}.{method} reads the parameter `{name}` of the URL, and its route gives {given}: "KeyError: \'{name}\'"',
  fr: "{consumer}.{method} lit le paramètre `{name}` de l’URL, et sa route donne {given} : « KeyError: '{name}' »",
} as const
const missing = {
  text,
  help: {
    en: 'Use the same name in the route and in the consumer.',
    fr: 'Utilisez le même nom dans la route et dans le consumer.',
  },
} as const

export default rule({
  id: 'asgi/url-kwargs',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'A consumer reads a parameter of the URL that its route does not have',
    fr: 'Un consumer lit un paramètre de l’URL que sa route n’a pas',
  },
  messages: {
    missing,
    'missing-connect': { ...missing, hop: 'handshake' },
  },
  check(app, report) {
    for (const { consumer, method, name, at, given, route } of missingParameters(app)) {
      const connecting = method === 'connect' || method === 'websocket_connect'
      const names = given.map((one) => `\`${one}\``).join(', ')
      report(connecting ? 'missing-connect' : 'missing', {
        at,
        data: { consumer, method, name, given: given.length > 0 ? names : { en: 'none', fr: 'aucun paramètre' } },
        related: [{ at: route, message: { en: 'the route', fr: 'la route' } }],
        symbol: `${consumer}.${name}`,
      })
    }
  },
})
