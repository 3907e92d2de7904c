import { setByFile } from '../../../src/app/settings/set-by-file.ts'
import { rule } from '../../../src/engine/rule.ts'
import { debugFault } from './debug-fault.ts'

const fix = {
  safety: 'unsafe',
  changes: {
    en: 'error pages show no details, static files need another server than runserver, and ALLOWED_HOSTS applies',
    fr: 'les pages d’erreur sont sans détails, les fichiers statiques demandent autre chose que runserver, et ALLOWED_HOSTS s’applique',
  },
  en: 'Turn DEBUG off unless a variable asks for it',
  fr: 'Désactiver DEBUG sauf si une variable le demande',
} as const

const help = {
  en: 'Leave it off unless a config var asks for it explicitly: DEBUG = os.environ.get("{variable}") == "True".',
  fr: 'Laissez-le désactivé tant qu’une config var ne le demande pas explicitement : DEBUG = os.environ.get("{variable}") == "True".',
} as const

const helpOfFile = {
  en: 'Keep {file} out of git (`git rm --cached {file}`, and a line in .gitignore), or set the config var, which wins over the file: `heroku config:set {variable}=False`.',
  fr: 'Gardez {file} hors de git (`git rm --cached {file}`, et une ligne dans .gitignore), ou définissez la config var, qui l’emporte sur le fichier : `heroku config:set {variable}=False`.',
} as const

export default rule({
  id: 'settings/debug',
  hop: 'safety',
  severity: 'error',
  security: 'all',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'The dyno runs with DEBUG on',
    fr: 'DEBUG est activé sur le dyno',
  },
  messages: {
    on: {
      text: {
        en: 'DEBUG is true on the dyno: an error page shows settings, code and local variables to whoever sees it, and every query is kept in memory',
        fr: 'DEBUG est vrai sur le dyno : une page d’erreur montre settings, code et variables locales à quiconque la voit, et chaque requête SQL est gardée en mémoire',
      },
      help,
      fix,
    },
    'by-file': {
      text: {
        en: 'DEBUG is true on the dyno: {file} is pushed with the code and sets {variable}, so an error page shows settings, code and local variables to whoever sees it, and every query is kept in memory',
        fr: 'DEBUG est vrai sur le dyno : {file} est poussé avec le code et définit {variable} ; une page d’erreur montre donc settings, code et variables locales à quiconque la voit, et chaque requête SQL est gardée en mémoire',
      },
      help: helpOfFile,
    },
    text: {
      text: {
        en: 'DEBUG is true as soon as the variable holds any text, "False" and "0" included',
        fr: 'DEBUG est vrai dès que la variable contient un texte quelconque, « False » et « 0 » compris',
      },
      help,
      fix,
    },
  },
  check(app, report) {
    const fault = debugFault(app)
    if (fault === undefined) return
    const set = fault.kind === 'on' ? setByFile(app.settings, fault.when) : undefined
    if (set !== undefined)
      return report('by-file', {
        at: set.at,
        data: { file: set.at.file, variable: set.variable },
        related: [{ at: fault.at, message: { en: 'DEBUG is read here', fr: 'DEBUG est lu ici' } }],
        when: fault.when,
        symbol: 'DEBUG',
      })
    report(fault.kind, {
      at: fault.at,
      data: { variable: fault.variable },
      edits: fault.edits,
      when: fault.when,
      symbol: 'DEBUG',
    })
  },
})
