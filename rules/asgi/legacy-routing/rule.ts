import { rule } from '../../../src/engine/rule.ts'
import { legacyUses } from './legacy-uses.ts'

const help = {
  en: 'Use {instead}.',
  fr: 'Utilisez {instead}.',
} as const

export default rule({
  id: 'asgi/legacy-routing',
  hop: 'boot',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'The code uses something that the installed Channels has removed',
    fr: 'Le code utilise ce que la version installée de Channels a supprimé',
  },
  messages: {
    import: {
      text: {
        en: '{name} was removed in Channels {removed}: this import raises ImportError',
        fr: '{name} a été supprimé dans Channels {removed} : cet import lève ImportError',
      },
      help,
    },
    middleware: {
      hop: 'handshake',
      text: {
        en: '{name} is called with the scope alone, as Channels 2 did; the shim for that was removed in Channels {removed}: every connection raises TypeError ("__call__() takes 2 positional arguments but 4 were given")',
        fr: '{name} est appelé avec le seul scope, comme le faisait Channels 2 ; cette compatibilité a été supprimée dans Channels {removed} : chaque connexion lève TypeError (« __call__() takes 2 positional arguments but 4 were given »)',
      },
      help,
    },
  },
  check(app, report) {
    for (const { kind, name, at, removed, instead, when } of legacyUses(app)) {
      report(kind, {
        at,
        data: { name, removed, instead },
        when,
        symbol: name,
      })
    }
  },
})
