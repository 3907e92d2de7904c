import { sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { missingParameters } from './missing-parameters.ts'

const text = {
  en: '{consumer}.{method} reads the parameter `{name}` of the URL, but its route gives {given}: "KeyError: \'{name}\'"',
  fr: "{consumer}.{method} lit le paramètre `{name}` de l’URL, mais sa route donne {given} : « KeyError: '{name}' »",
} as const
const missing = {
  text,
  help: {
    en: 'Use the same name in the route and in the consumer.',
    fr: 'Utilisez le même nom dans la route et dans le consumer.',
  },
  fix: {
    safety: 'unsafe',
    changes: {
      en: 'route and consumer use the same name for the parameter',
      fr: 'la route et le consumer nomment le paramètre de la même façon',
    },
    en: 'Call it {wanted}',
    fr: 'Le nommer {wanted}',
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
    for (const { consumer, method, name, at, given, route, near, unnamed } of missingParameters(app)) {
      const connecting = method === 'connect' || method === 'websocket_connect'
      const names = given.map((one) => `\`${one}\``).join(', ')
      const text = sourceText(app.tree, at) ?? ''
      const edit: Edit | undefined = unnamed ?? (near === undefined ? undefined : keyEdit(at, text, name, near))
      report(connecting ? 'missing-connect' : 'missing', {
        at,
        data: {
          consumer,
          method,
          name,
          wanted: near ?? name,
          given: given.length > 0 ? names : { en: 'none', fr: 'aucun paramètre' },
        },
        edits: edit && [edit],
        related: [{ at: route, message: { en: 'the route', fr: 'la route' } }],
        symbol: `${consumer}.${name}`,
      })
    }
  },
})

/** The key at the end of `…['kwargs']['room']`, or the first argument of `.get('room')`. */
function keyEdit({ file, span }: Place, text: string, name: string, near: string): Edit | undefined {
  const found = new RegExp(`(["'])${name}\\1(?=[^"']*$)`).exec(text)
  if (found === null) return undefined
  const start = span.start + found.index + 1
  return { file, span: { start, end: start + name.length }, text: near }
}
