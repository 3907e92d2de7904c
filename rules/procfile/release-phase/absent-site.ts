import type { App } from '../../../src/app/app.ts'
import { installedApps } from '../../../src/app/pages/installed-apps.ts'
import { mentions } from '../../../src/app/pages/mentions.ts'
import { baseName } from '../../../src/app/processes/programs/unwrap.ts'
import { djangoCommand } from '../../../src/app/processes/servers/detect.ts'
import {
  dataMigrations,
  everything,
  type Making,
  makings,
  runOf,
} from '../../../src/app/settings/applied-migrations.ts'
import type { DecisiveCommand } from '../../../src/app/settings/decisive-commands.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { numberOf } from '../../../src/evaluate/python/equality.ts'
import { entryOf } from '../../../src/evaluate/python/value.ts'
import type { Step } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** A row of the sites framework that SITE_ID names and that a new database does not have. */
export interface AbsentSite extends DecisiveCommand {
  readonly id: string
  readonly at: Place
  /** The call of a migration that makes another row. */
  readonly made: Place
  readonly migration: string
}

/** What asks for the site of SITE_ID: `get_current_site()` in Django's own views and in packages, its middlewares. */
const askers = [
  'get_current_site',
  'get_current',
  'CurrentSiteManager',
  'LoginView',
  'PasswordResetView',
  'django.contrib.auth.urls',
  'django.contrib.sites.middleware.CurrentSiteMiddleware',
  'django.contrib.flatpages.middleware.FlatpageFallbackMiddleware',
  'django.contrib.redirects.middleware.RedirectFallbackMiddleware',
  'allauth.urls',
  'allauth.account.urls',
]

/** Management commands that make no row of the sites framework. */
const withoutRows = new Set(
  'migrate check collectstatic makemigrations compilemessages createcachetable clearsessions createsuperuser runserver runworker'.split(
    ' ',
  ),
)

/**
 * `create_default_site` makes the row of SITE_ID when all migrations are applied and there is no site yet
 * (django/contrib/sites/management.py): where a migration makes one, with a number of its own, nothing makes that of SITE_ID.
 */
export function absentSite(app: App): AbsentSite | undefined {
  if (app.settings.get('SITE_ID') === undefined) return undefined
  const isInstalled = installedApps(app)?.apps.some(({ module }) => module === 'django.contrib.sites') === true
  if (!isInstalled) return undefined
  const { hooks, scripts, all } = app.processes
  const others = [...hooks, ...scripts, ...all].some(
    ({ django, steps }) => django.some(({ name }) => !withoutRows.has(name)) || steps.some(runsOwnCode),
  )
  if (others || !mentions(app, askers) || mentions(app, ['post_migrate', 'pre_migrate'])) return undefined
  const migrations = dataMigrations(app).map((migration) => ({ migration, makes: makings(app, migration) }))
  const rows = migrations.flatMap(({ makes }) => makes)
  const ofSites = rows.filter(({ label }) => label === 'sites.site')
  const numbers = numbersOf(ofSites)
  if (numbers === undefined || rows.some(({ label }) => label === everything)) return undefined
  const named = judged(app.settings, 'SITE_ID', ({ value }) => {
    const id = numberOf(value)
    return id === undefined ? undefined : !numbers.has(Number(id))
  })
  if (named === undefined) return undefined
  for (const { migration, makes } of migrations) {
    const calls = new Map(
      makes.flatMap(({ label, call }) => (label === 'sites.site' && call ? [[placeKey(call.at), call]] : [])),
    )
    const sure = runOf(app, migration).paths.every(({ events }) =>
      events.some((event) => event.type === 'call' && event.guarded !== true && calls.has(placeKey(event.at))),
    )
    const [first] = [...calls.values()]
    if (!sure || first === undefined) continue
    const when: readonly Condition[] = [...migration.one.when, ...named.when]
    const id = String(numberOf(named.first.value))
    return { ...migration.one, when, id, at: named.first.at, made: first.at, migration: migration.name }
  }
  return undefined
}

/** A script of the project, or what is typed for Python: it may make rows. */
const runsOwnCode = (step: Step): boolean =>
  /^python[\d.]*$|\.py$/.test(baseName(step.argv[0]) ?? '') &&
  known(step.argv[1]?.parts) !== '-m' &&
  djangoCommand(step) === undefined

/** The numbers that a new database gives to the rows: those that are said, and at most the first ones; undefined: not known. */
function numbersOf(made: readonly Making[]): ReadonlySet<number> | undefined {
  const numbers = new Set<number>()
  let counted = 0
  for (const { call } of made) {
    if (call === undefined || call.guarded === true || call.args.open || call.args.positional.length > 0)
      return undefined
    const { keywords } = call.args
    const defaults = keywords.get('defaults')
    const [said] = ['pk', 'id'].flatMap((name) => keywords.get(name) ?? entryOf(defaults, name)?.value ?? [])
    const number = said === undefined ? ++counted : numberOf(said)
    if (number === undefined) return undefined
    numbers.add(Number(number))
  }
  return numbers
}
