import type { App } from '../../../src/app/app.ts'
import { isWholeLine } from '../../../src/app/processes/command-edits.ts'
import { startFailures } from '../../../src/app/settings/start.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { rule } from '../../../src/engine/rule.ts'
import { leftOut, meantBy } from './corrections.ts'
import { unsearched } from './unsearched.ts'

const help = {
  en: 'Correct the path, or create what it names.',
  fr: 'Corrigez le chemin, ou créez ce qu’il nomme.',
} as const

const nearestName = {
  safety: 'unsafe',
  changes: {
    en: 'the nearest name there is takes the place of the one that is written',
    fr: 'le nom existant le plus proche remplace celui qui est écrit',
  },
  en: 'Write {meant}',
  fr: 'Écrire {meant}',
} as const

const without = {
  safety: 'unsafe',
  changes: {
    en: 'nothing does what {path} was meant to do',
    fr: 'rien ne fait ce que devait faire {path}',
  },
  en: 'Leave {path} out',
  fr: 'Omettre {path}',
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
      fix: nearestName,
      otherFix: without,
    },
    unsearched: {
      text: {
        en: 'INSTALLED_APPS names {path}, which stands in `{folder}/`: only {manage} puts that folder on sys.path, and the server does not run it, so the process ends with "ModuleNotFoundError: No module named \'{path}\'"',
        fr: "INSTALLED_APPS nomme {path}, qui se trouve dans `{folder}/` : seul {manage} met ce dossier dans sys.path, et le serveur ne l’exécute pas ; le processus se termine donc sur « ModuleNotFoundError: No module named '{path}' »",
      },
      help: {
        en: 'Put the folder on sys.path in the settings too, or start the server with that folder: `daphne` and `uvicorn` under `PYTHONPATH={folder}:$PYTHONPATH`.',
        fr: 'Mettez aussi le dossier dans sys.path dans les settings, ou lancez le serveur avec ce dossier : `daphne` et `uvicorn` sous `PYTHONPATH={folder}:$PYTHONPATH`.',
      },
      fix: {
        safety: 'safe',
        en: 'Start the server with the folder on PYTHONPATH',
        fr: 'Lancer le serveur avec le dossier dans PYTHONPATH',
      },
    },
    page: {
      text: {
        en: '{by} names {path}, which the project does not have: a page that needs it ends with "{error}"',
        fr: '{by} nomme {path}, que le projet n’a pas : une page qui en a besoin se termine sur « {error} »',
      },
      help,
      fix: nearestName,
      otherFix: without,
    },
  },
  check(app, report) {
    for (const { name: path, folder, manage, at, addedAt } of unsearched(app))
      report('unsearched', {
        at,
        data: { path, folder, manage },
        edits: withFolder(app, folder),
        restsOn: ['settings'],
        related: [{ at: addedAt, message: { en: 'added here', fr: 'ajouté ici' } }],
        symbol: `INSTALLED_APPS ${path}`,
      })
    for (const { lookup, exception, message, at, hop, when } of startFailures(app)) {
      // A log file is no dotted path.
      if (!lookup.dangling || at.file === '' || lookup.path.includes('/')) continue
      const meant = meantBy(app, lookup.path, at)
      report(hop === 'http' ? 'page' : 'process', {
        at,
        data: { by: lookup.by, path: lookup.path, error: `${exception}: ${message}`, meant: meant?.path ?? '' },
        edits: meant?.edits,
        otherEdits: leftOut(app, lookup.by, at),
        hop,
        when,
        restsOn: ['settings'],
        symbol: `${lookup.by} ${lookup.path}`,
      })
    }
  },
})

/** `PYTHONPATH=apps:$PYTHONPATH` in front of the server, where a shell reads it and starts it in the root. */
function withFolder(app: App, folder: string): readonly Edit[] | undefined {
  const step = app.processes.web?.server?.step
  const [first] = step?.argv ?? []
  if (step === undefined || first === undefined || step.cwd !== '' || !/^[\w-][\w./-]*$/.test(folder)) return undefined
  if (!isWholeLine(app, step)) return undefined
  const { file, span } = first.at
  return [{ file, span: { start: span.start, end: span.start }, text: `PYTHONPATH=${folder}:$PYTHONPATH ` }]
}
