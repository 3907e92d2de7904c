import { startFailures } from '../../../src/app/settings/start.ts'
import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Correct the path, or create what it names.',
  fr: 'Corrigez le chemin, ou créez ce qu’il nomme.',
} as const

export default rule({
  id: 'settings/dotted-path',
  // Of a lookup its moment decides: that of the first process that needs it.
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  summary: {
    en: 'A setting names a module, class or function of the project that does not exist',
    fr: 'Un setting nomme un module, une classe ou une fonction du projet qui n’existe pas',
  },
  messages: {
    process: {
      text: {
        en: '{by} names {path}, which the project does not have: the process ends with "{error}"',
        fr: '{by} nomme {path}, que le projet n’a pas : le processus se termine sur « {error} »',
      },
      help,
    },
    page: {
      text: {
        en: '{by} names {path}, which the project does not have: a page that needs it ends with "{error}"',
        fr: '{by} nomme {path}, que le projet n’a pas : une page qui en a besoin se termine sur « {error} »',
      },
      help,
    },
  },
  check(app, report) {
    for (const { lookup, exception, message, at, hop, when } of startFailures(app)) {
      // A log file is no dotted path.
      if (!lookup.dangling || at.file === '' || lookup.path.includes('/')) continue
      report(hop === 'http' ? 'page' : 'process', {
        at,
        data: { by: lookup.by, path: lookup.path, error: `${exception}: ${message}` },
        hop,
        when,
        restsOn: ['settings'],
        symbol: `${lookup.by} ${lookup.path}`,
      })
    }
  },
})
