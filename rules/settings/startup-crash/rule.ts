import { insertLast } from '../../../src/app/settings/list-edits.ts'
import { type Place, samePlace } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { askedLater, notAsked } from './asked-later.ts'
import { pageMendOf } from './asynchronous.ts'
import { connectsAtImport, queriesInLoop } from './connects.ts'
import {
  emptiedSecretKey,
  emptySecretKey,
  misnamedVariables,
  requiredVariables,
  secretKeyHop,
  startupCrashes,
} from './crashes.ts'
import { gitAsked } from './git-asked.ts'
import { isElsewhere, mendOf } from './mends.ts'
import { messages } from './messages.ts'
import { unmetDemands } from './ready-demands.ts'
import { shadowing } from './shadowing.ts'
import { leftOut } from './star-import.ts'

const apps = { en: 'the apps of INSTALLED_APPS', fr: 'des applications d’INSTALLED_APPS' }

const asked = {
  settings: { en: 'the settings', fr: 'des settings' },
  asgi: { en: 'the ASGI module', fr: 'du module ASGI' },
  logging: { en: 'what LOGGING names', fr: 'de ce que nomme LOGGING' },
  apps,
  models: apps,
  ready: apps,
  command: { en: 'the command', fr: 'de la commande' },
  handler: { en: 'the middleware', fr: 'des middlewares' },
  urls: { en: 'the URLconf', fr: 'de l’URLconf' },
  templates: { en: 'the template tags', fr: 'des balises de template' },
  page: { en: 'what a page needs', fr: 'de ce dont une page a besoin' },
  caches: { en: 'the cache backends', fr: 'des caches' },
  static: { en: 'what collects the static files', fr: 'de ce qui collecte les fichiers statiques' },
  task: { en: 'the module of the tasks', fr: 'du module des tâches' },
}

const services = {
  redis: { en: 'Redis', fr: 'Redis' },
  database: { en: 'the database', fr: 'la base de données' },
  network: { en: 'another server', fr: 'un autre serveur' },
  tables: { en: 'the database', fr: 'la base de données' },
}

const phases = {
  build: { en: 'collectstatic in the build', fr: 'collectstatic pendant le build' },
  release: { en: 'the release, `migrate` itself', fr: 'la release, `migrate` elle-même,' },
  boot: { en: 'the process', fr: 'le processus' },
}

const folders = {
  path: { en: 'the root, which Heroku’s PYTHONPATH names,', fr: 'la racine, que nomme le PYTHONPATH de Heroku,' },
  manage: { en: 'the folder of manage.py', fr: 'le dossier de manage.py' },
}

const withoutTables = {
  en: 'the database has no tables yet (a new app, a review app)',
  fr: 'la base de données n’a pas encore de tables (nouvelle application, review app)',
}

const noAnswer = {
  en: 'the database does not answer while the process starts, or lacks the table',
  fr: 'la base de données ne répond pas au démarrage du processus, ou n’a pas la table',
}

const messageOf = {
  redis: 'connects',
  database: 'connects',
  network: 'connects-elsewhere',
  tables: 'tables',
} as const

const askedAt = (chain: readonly Place[], others: readonly Place[]) => [
  ...chain.map((at) => ({ at, message: { en: 'imported here', fr: 'importé ici' } })),
  ...others.map((at) => ({ at, message: { en: 'asked here too', fr: 'interrogé ici aussi' } })),
]

/** What an exception ends, by the hop at which it is raised. */
const ends = {
  build: { en: 'the build fails', fr: 'le build échoue' },
  release: { en: 'the release fails', fr: 'la release échoue' },
  boot: { en: 'the process ends before it listens', fr: 'le processus se termine avant d’écouter' },
  http: { en: 'the page is answered with a 500', fr: 'la page répond 500' },
}

export default rule({
  id: 'settings/startup-crash',
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  importsSettings: true,
  summary: {
    en: 'Importing the settings or the ASGI module raises on the dyno',
    fr: 'L’import des settings ou du module ASGI lève une exception sur le dyno',
  },
  messages,
  check(app, report) {
    for (const { crash, what, when, hop, process } of startupCrashes(app)) {
      const absent = crash.variable !== undefined && app.settings.environment.get(crash.variable).state === 'absent'
      const kind = process === undefined ? (hop === 'http' ? 'page' : 'raises') : 'raises-beside'
      const lost = kind === 'raises' ? leftOut(app, crash) : undefined
      const mend = kind === 'raises' && lost === undefined ? mendOf(app, crash) : undefined
      const ofPage = kind === 'page' && !absent ? pageMendOf(app, crash) : undefined
      const elsewhere = isElsewhere(crash) && kind === 'raises' ? ('raises-file' as const) : kind
      const mended = mend && (`raises-${mend.kind}` as const)
      report(absent ? 'variable' : ofPage !== undefined ? `page-${ofPage.kind}` : (mended ?? elsewhere), {
        at: crash.at,
        edits: lost?.edits ?? mend?.edits ?? ofPage?.edits,
        process,
        data: {
          what: asked[what],
          exception: crash.exception,
          message: crash.message,
          variable: crash.variable ?? '',
          process: process ?? '',
          name: lost?.name ?? '',
        },
        related: crash.chain.map((at) => ({ at, message: { en: 'imported here', fr: 'importé ici' } })),
        hop,
        when,
        restsOn: what === 'asgi' ? [] : ['settings'],
        symbol: `${crash.exception} ${crash.variable ?? ''}`,
      })
    }
    for (const { check, app: name, middleware, at, when, world } of unmetDemands(app)) {
      const list = world.settings.get('MIDDLEWARE')?.alternatives ?? []
      const [only] = list
      report('demand', {
        at,
        data: { app: name, middleware },
        hop: world.hop,
        edits: list.length === 1 && only !== undefined ? insertLast(app, only.value, middleware) : undefined,
        when: world.when === undefined ? when : [...when, world.when],
        restsOn: ['settings'],
        symbol: check.id,
      })
    }
    const inLoop = queriesInLoop(app)
    for (const { call, at, chain, what, when, others, server } of inLoop) {
      report('in-loop', {
        at,
        data: { what: asked[what], call, server },
        related: askedAt(chain, others),
        hop: 'boot',
        when,
        restsOn: what === 'asgi' ? [] : ['settings'],
        symbol: `loop ${call}`,
      })
    }
    for (const { service, call, at, chain, what, when, hop, others } of connectsAtImport(app)) {
      if (service === 'database' && inLoop.some((one) => samePlace(one.at, at))) continue
      // With a database that answers, and after the migrations, it passes.
      const rests = service === 'tables' ? [withoutTables] : service === 'database' ? [noAnswer] : []
      const later = service === 'tables' ? askedLater(app, [at, ...others]) : undefined
      report(later === undefined ? messageOf[service] : `tables-${later.kind}`, {
        at,
        data: { what: asked[what], service: services[service], call, phase: phases[hop] },
        edits: service === 'redis' ? notAsked(app, at, call) : later?.edits,
        related: askedAt(chain, others),
        hop,
        when: [...when, ...rests],
        restsOn: what === 'settings' ? ['settings'] : [],
        symbol: `${service} ${call}`,
      })
    }
    for (const { call, at, chain, when, hop } of gitAsked(app)) {
      report('git', {
        at,
        data: { call, end: ends[hop] },
        related: askedAt(chain, []),
        hop,
        when,
        restsOn: ['heroku'],
        symbol: call,
      })
    }
    for (const { module, at, wanted, by, hop } of shadowing(app))
      report('shadows', { at, data: { module, wanted, by: folders[by] }, hop, restsOn: ['heroku'], symbol: module })
    const secret = emptySecretKey(app)
    if (secret !== undefined) {
      report('secret', { at: secret, hop: secretKeyHop(app), symbol: 'SECRET_KEY' })
    }
    const required = requiredVariables(app)
    const emptied = emptiedSecretKey(app)
    if (emptied?.hop === 'http' && !required.some(({ name }) => name === emptied.name))
      report('required-secret', { at: emptied.at, data: { variable: emptied.name }, symbol: 'SECRET_KEY required' })
    for (const { name, at, hop, set, setAt } of misnamedVariables(app, required))
      report('misnamed', {
        at,
        data: { name, set },
        edits: [{ ...setAt, text: name }],
        hop,
        related: [{ at: setAt, message: { en: 'app.json sets this one', fr: 'app.json définit celle-ci' } }],
        when: [{ en: `nobody has set ${name} by hand`, fr: `personne n’a défini ${name} à la main` }],
        symbol: `misnamed ${name}`,
      })
    const [first] = required
    if (first === undefined) return
    report('required', {
      at: first.at,
      data: { names: required.map(({ name }) => name).join(', ') },
      hop: (['build', 'release', 'boot'] as const).find((hop) => required.some((one) => one.hop === hop)),
      related: required
        .slice(1)
        .map(({ name, at }) => ({ at, message: { en: `${name} is read here`, fr: `${name} est lue ici` } })),
      symbol: 'required',
    })
  },
})
