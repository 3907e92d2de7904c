import { subjectTo } from '../../../src/app/settings/combine.ts'
import { firstImport } from '../../../src/app/settings/first-import.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { rule } from '../../../src/engine/rule.ts'
import { connectsAtImport } from './connects.ts'
import { emptySecretKey, requiredVariables, startupCrashes } from './crashes.ts'

const asked = {
  settings: { en: 'the settings', fr: 'des réglages' },
  asgi: { en: 'the ASGI module', fr: 'du module ASGI' },
}

const services = {
  redis: { en: 'Redis', fr: 'Redis' },
  database: { en: 'the database', fr: 'la base de données' },
  network: { en: 'another server', fr: 'un autre serveur' },
}

export default rule({
  id: 'settings/startup-crash',
  hop: 'boot',
  severity: 'error',
  fix: 'none',
  summary: {
    en: 'Importing the settings or the ASGI module raises on the dyno',
    fr: 'L’import des réglages ou du module ASGI lève une exception sur le dyno',
  },
  messages: {
    raises: {
      en: 'importing {what} raises {exception} here on the dyno: {message}; the process ends before it listens',
      fr: 'l’import {what} lève {exception} ici sur le dyno : {message} ; le processus se termine avant d’écouter',
    },
    variable: {
      en: 'importing {what} raises {exception} here: the config var {variable} is not set on the dyno',
      fr: 'l’import {what} lève {exception} ici : la config var {variable} n’est pas définie sur le dyno',
    },
    connects: {
      en: 'importing {what} asks {service} here, with `{call}`: whenever it does not answer, the process ends before it listens',
      fr: 'l’import {what} interroge {service} ici, avec `{call}` : chaque fois que la réponse manque, le processus se termine avant d’écouter',
    },
    secret: {
      en: 'SECRET_KEY is empty on the dyno: the first page, session or token raises ImproperlyConfigured "The SECRET_KEY setting must not be empty"',
      fr: 'SECRET_KEY est vide sur le dyno : la première page, session ou jeton lève ImproperlyConfigured « The SECRET_KEY setting must not be empty »',
    },
    required: {
      en: 'the app does not start unless these config vars are set: {names}',
      fr: 'l’application ne démarre pas si ces config vars ne sont pas définies : {names}',
    },
  },
  mend: {
    raises: {
      en: 'Mend the line, or make it depend on what the dyno has.',
      fr: 'Corrigez la ligne, ou faites-la dépendre de ce que le dyno possède.',
    },
    variable: { en: 'Set it: heroku config:set {variable}=…', fr: 'Définissez-la : heroku config:set {variable}=…' },
    connects: {
      en: 'Move the call into the function that needs its answer, so that modules can be loaded without it.',
      fr: 'Déplacez l’appel dans la fonction qui a besoin de la réponse, pour que les modules se chargent sans elle.',
    },
    secret: {
      en: 'Read it from a config var: SECRET_KEY = os.environ["SECRET_KEY"].',
      fr: 'Lisez-le dans une config var : SECRET_KEY = os.environ["SECRET_KEY"].',
    },
    required: {
      en: 'Check them with `heroku config`, or tell dynolint about them under `env` in its configuration.',
      fr: 'Vérifiez-les avec `heroku config`, ou indiquez-les à dynolint sous `env` dans sa configuration.',
    },
  },
  check(app, report) {
    if (!app.isDjango) return
    for (const { crash, what, when: conditions } of startupCrashes(app)) {
      const when = subjectTo(app, conditions, { settings: what === 'settings' })
      if (when === 'never') continue
      const absent = crash.variable !== undefined && app.settings.environment.get(crash.variable).state === 'absent'
      report(absent ? 'variable' : 'raises', {
        at: crash.at,
        data: { what: asked[what], exception: crash.exception, message: crash.message, variable: crash.variable ?? '' },
        related: crash.chain.map((at) => ({ at, message: { en: 'imported here', fr: 'importé ici' } })),
        ...(what === 'settings' && { hop: firstImport(app) }),
        ...(when && { when }),
        symbol: `${crash.exception} ${crash.variable ?? ''}`,
      })
    }
    for (const { service, call, at, chain, what, when: conditions, others } of connectsAtImport(app)) {
      const when = subjectTo(app, conditions, { settings: what === 'settings' })
      if (when === 'never') continue
      report('connects', {
        at,
        data: { what: asked[what], service: services[service], call },
        // A server of somebody else is asked for its own reasons; it is not known to be down when the dyno starts.
        ...(service === 'network' && { severity: 'warning' as const }),
        related: [
          ...chain.map((place) => ({ at: place, message: { en: 'imported here', fr: 'importé ici' } })),
          ...others.map((place) => ({ at: place, message: { en: 'asked here too', fr: 'interrogé ici aussi' } })),
        ],
        ...(when && { when }),
        symbol: `${service} ${call}`,
      })
    }
    const secret = emptySecretKey(app)
    if (secret !== undefined) {
      // Django looked at the key when it loaded the settings until 3.1, and looks at first use since.
      const hop = atLeast(app.dependencies, 'django', '3.2') === false ? 'boot' : 'http'
      report('secret', { at: secret, hop, symbol: 'SECRET_KEY' })
    }
    const required = requiredVariables(app)
    const [first] = required
    if (first === undefined) return
    report('required', {
      at: first.at,
      data: { names: required.map(({ name }) => name).join(', ') },
      severity: 'info',
      related: required
        .slice(1)
        .map(({ name, at }) => ({ at, message: { en: `${name} is read here`, fr: `${name} est lue ici` } })),
      symbol: 'required',
    })
  },
})
