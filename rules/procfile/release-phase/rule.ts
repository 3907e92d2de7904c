import type { App } from '../../../src/app/app.ts'
import type { DjangoCommand } from '../../../src/app/processes/model.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { rule } from '../../../src/engine/rule.ts'
import { readText } from '../../../src/files/tree.ts'
import { absentSite } from './absent-site.ts'
import { absentCacheTable } from './cache-table.ts'
import { misplacedCommands, placed } from './phases.ts'
import { sparedMigration } from './spared.ts'
import { type UnmigratedApp, unmigratedApps } from './unmigrated.ts'
import { neverMigrated } from './unrun.ts'

/** The database may be older than the deploy. */
const byHand = { en: 'nobody has made its tables by hand', fr: 'personne n’a créé ses tables à la main' } as const

const newDatabase = {
  en: 'these migrations have made the database (a new app, a review app)',
  fr: 'ces migrations ont créé la base de données (nouvelle application, review app)',
}

const withoutMigrations = {
  hop: 'http',
  text: {
    en: 'the app `{app}` has models, and the push carries no package `{app}/migrations`: migrate in `{type}` skips it, as does makemigrations without its name, and no table is made for `{model}` (\'relation "…" does not exist\')',
    fr: 'l’application `{app}` a des modèles, et le push ne transporte pas de paquet `{app}/migrations` : migrate, dans `{type}`, l’ignore, comme makemigrations sans son nom, et aucune table n’est créée pour `{model}` (« relation "…" does not exist »)',
  },
  help: {
    en: 'Run `python manage.py makemigrations {app}` on your machine and commit what it writes; take `migrations/` out of .gitignore.',
    fr: 'Lancez `python manage.py makemigrations {app}` sur votre machine et committez ce qu’elle écrit ; retirez `migrations/` de .gitignore.',
  },
} as const

const withoutFirst = {
  ...withoutMigrations,
  text: {
    en: 'the app `{app}` has models, and the push carries none of its migrations: migrate in `{type}` has nothing to apply, and no table is made for `{model}` (\'relation "…" does not exist\')',
    fr: 'l’application `{app}` a des modèles, et le push ne transporte aucune de ses migrations : migrate, dans `{type}`, n’a rien à appliquer, et aucune table n’est créée pour `{model}` (« relation "…" does not exist »)',
  },
} as const

const withoutTable = {
  severity: 'error',
  text: {
    en: 'the push carries no migration of the app `{app}`, so migrate in `{type}` makes no table for `{model}`: the consumer that asks for it ends with \'relation "…" does not exist\', and its socket closes',
    fr: 'le push ne transporte aucune migration de l’application `{app}`, donc migrate, dans `{type}`, ne crée aucune table pour `{model}` : le consumer qui l’interroge s’arrête sur « relation "…" does not exist », et son socket se ferme',
  },
  help: withoutMigrations.help,
} as const

const withoutCacheTable = {
  hop: 'http',
  text: {
    en: 'the cache is kept in the table `{table}`, and nothing that is pushed runs createcachetable, which alone makes it (migrate does not): what asks the cache ends with \'relation "{table}" does not exist\', a 500',
    fr: 'le cache est dans la table `{table}`, et rien de ce qui est poussé ne lance createcachetable, seule à la créer (migrate ne le fait pas) : ce qui interroge le cache s’arrête sur « relation "{table}" does not exist », une erreur 500',
  },
  help: {
    en: 'Run it in the release, where it leaves a table alone that is there: `python manage.py migrate --noinput && python manage.py createcachetable`.',
    fr: 'Lancez-la dans la release, où elle laisse en place une table qui existe : `python manage.py migrate --noinput && python manage.py createcachetable`.',
  },
} as const

const byHandOnce = {
  safety: 'unsafe',
  changes: { en: 'no deploy makes a superuser', fr: 'aucun déploiement ne crée de superutilisateur' },
  needs: {
    en: 'heroku run python manage.py createsuperuser, once',
    fr: 'heroku run python manage.py createsuperuser, une fois',
  },
  en: 'Leave createsuperuser out of the deploy',
  fr: 'Retirer createsuperuser du déploiement',
} as const

export default rule({
  id: 'procfile/release-phase',
  hop: 'release',
  severity: 'warning',
  summary: {
    en: 'A management command runs in the wrong phase of the deploy',
    fr: 'Une commande de gestion s’exécute dans la mauvaise phase du déploiement',
  },
  messages: {
    spared: {
      text: {
        en: 'nothing checks whether migrate succeeds here: where it fails, `{type}` goes on, and unless something else fails Heroku starts the new code with the tables of the old',
        fr: 'rien ne vérifie si migrate réussit ici : quand elle échoue, `{type}` continue, et si rien d’autre n’échoue, Heroku démarre le nouveau code avec les tables de l’ancien',
      },
      help: {
        en: 'Let the release fail with it: nothing after `||`, `&&` in place of `;`, or `set -e` at the top of a script. Heroku then keeps the old release running.',
        fr: 'Laissez la release échouer avec elle : rien après `||`, `&&` à la place de `;`, ou `set -e` en tête d’un script. Heroku garde alors l’ancienne release en service.',
      },
    },
    'never-migrated': {
      severity: 'info',
      text: {
        en: 'nothing that is pushed runs migrate, neither a process nor a script or app.json: a new database has no tables, and what a deploy changes in them is missing until somebody runs it by hand',
        fr: 'rien de ce qui est poussé ne lance migrate, ni un processus, ni un script, ni app.json : une base de données neuve n’a pas de tables, et ce qu’un déploiement y change manque tant que personne n’y lance migrate à la main',
      },
      help: {
        en: 'Add `release: python manage.py migrate --noinput` to the Procfile; or go on with `heroku run python manage.py migrate` after each deploy.',
        fr: 'Ajoutez `release: python manage.py migrate --noinput` au Procfile ; ou continuez avec `heroku run python manage.py migrate` après chaque déploiement.',
      },
    },
    collectstatic: {
      text: {
        en: '`{type}` runs collectstatic: the files of the release dyno are thrown away; only those the build collects are served',
        fr: '`{type}` lance collectstatic : les fichiers du dyno de release sont jetés ; seuls ceux que collecte le build sont servis',
      },
      help: {
        en: 'Leave collectstatic to the build: the Python buildpack runs it.',
        fr: 'Laissez collectstatic au build : le buildpack Python le lance.',
      },
    },
    makemigrations: {
      text: {
        en: '`{type}` runs makemigrations: the migrations it writes are thrown away with the dyno, and differ from those of your repository',
        fr: '`{type}` lance makemigrations : les migrations écrites sont jetées avec le dyno, et diffèrent de celles de votre dépôt',
      },
      help: {
        en: 'Run makemigrations on your machine, commit the result, and keep `release: python manage.py migrate --noinput`.',
        fr: 'Lancez makemigrations sur votre machine, committez le résultat, et gardez `release: python manage.py migrate --noinput`.',
      },
    },
    once: {
      text: {
        en: '`{type}` runs createsuperuser: the first time it asks for DJANGO_SUPERUSER_USERNAME, _EMAIL and _PASSWORD; each later time it ends with "Error: That username is already taken.", and `{type}` fails with it',
        fr: '`{type}` lance createsuperuser : la première fois, elle demande DJANGO_SUPERUSER_USERNAME, _EMAIL et _PASSWORD ; chaque fois suivante, elle s’arrête sur « Error: That username is already taken. », et `{type}` échoue avec elle',
      },
      help: {
        en: 'Run it once by hand: heroku run python manage.py createsuperuser.',
        fr: 'Lancez-la une fois à la main : heroku run python manage.py createsuperuser.',
      },
      fix: byHandOnce,
    },
    nameless: {
      severity: 'error',
      text: {
        en: '`{type}` runs createsuperuser without a name, and DJANGO_SUPERUSER_USERNAME is not set: "CommandError: You must use --username with --noinput."',
        fr: '`{type}` lance createsuperuser sans nom, et DJANGO_SUPERUSER_USERNAME n’est pas définie : « CommandError: You must use --username with --noinput. »',
      },
      help: {
        en: 'Run it once by hand: heroku run python manage.py createsuperuser.',
        fr: 'Lancez-la une fois à la main : heroku run python manage.py createsuperuser.',
      },
      fix: byHandOnce,
    },
    fieldless: {
      severity: 'error',
      text: {
        en: '`{type}` runs createsuperuser without `{field}`, which the user model requires (REQUIRED_FIELDS), and no config var {variable} gives it: "CommandError: You must use --{field} with --noinput."',
        fr: '`{type}` lance createsuperuser sans `{field}`, que le modèle utilisateur exige (REQUIRED_FIELDS), et aucune config var {variable} ne le donne : « CommandError: You must use --{field} with --noinput. »',
      },
      help: {
        en: 'heroku config:set {variable}=…, or take the field out of REQUIRED_FIELDS.',
        fr: 'heroku config:set {variable}=…, ou retirez le champ de REQUIRED_FIELDS.',
      },
    },
    'without-migrations': { ...withoutMigrations, severity: 'error' },
    'without-migrations-elsewhere': withoutMigrations,
    // Whatever a socket says, and each time it connects.
    'without-table': { ...withoutTable, hop: 'message' },
    'without-table-refused': { ...withoutTable, hop: 'handshake' },
    'without-first-migration': { ...withoutFirst, severity: 'error' },
    'without-first-migration-elsewhere': withoutFirst,
    'without-site': {
      hop: 'http',
      severity: 'error',
      text: {
        en: 'SITE_ID is {id}, and migration {migration} makes a site with another number: in a new database migrate in `{type}` then makes none of its own, and what asks for the current site ends with "Site matching query does not exist", a 500',
        fr: 'SITE_ID vaut {id}, et la migration {migration} crée un site d’un autre numéro : sur une base neuve, migrate, dans `{type}`, n’en crée alors pas d’autre, et ce qui demande le site courant s’arrête sur « Site matching query does not exist », une erreur 500',
      },
      help: {
        en: 'Give the row its number: `Site.objects.update_or_create(pk={id}, defaults=…)`.',
        fr: 'Donnez son numéro à la ligne : `Site.objects.update_or_create(pk={id}, defaults=…)`.',
      },
    },
    'without-cache-table': { ...withoutCacheTable, severity: 'error' },
    'without-cache-table-elsewhere': withoutCacheTable,
    'before-server': {
      text: {
        en: '`{type}` runs {command} before the server: every start of every dyno waits for it within the 60 s to bind $PORT, and several dynos run it at once',
        fr: '`{type}` lance {command} avant le serveur : chaque démarrage de chaque dyno l’attend dans les 60 s accordées pour écouter sur $PORT, et plusieurs dynos le lancent à la fois',
      },
      help: {
        en: 'Move it to `release: python manage.py migrate --noinput`; collectstatic belongs to the build.',
        fr: 'Déplacez-la dans `release: python manage.py migrate --noinput` ; collectstatic appartient au build.',
      },
    },
  },
  check(app, report) {
    const unrun = neverMigrated(app)
    if (unrun !== undefined)
      report('never-migrated', { at: unrun.at, when: unrun.when, restsOn: ['settings'], symbol: 'migrate' })
    const unseen = sparedMigration(app)
    if (unseen !== undefined) {
      const { process, command, when } = unseen
      const { at, script } = placed(process, command)
      report('spared', {
        at,
        data: { type: process.type },
        when,
        related: script === undefined ? [] : [{ at: script, message: { en: 'it is run here', fr: 'lancée ici' } }],
        symbol: `${process.type} migrate`,
      })
    }
    for (const unmigrated of unmigratedApps(app)) {
      const { process, command, when, own, model, asked, isMade } = unmigrated
      report(wordsOf(unmigrated), {
        at: command.at,
        data: { type: process.type, app: own.label, model },
        related: [{ at: asked, message: { en: 'the table is asked for here', fr: 'la table est demandée ici' } }],
        when: isMade ? when : [...when, byHand],
        symbol: `${process.type} migrate ${own.label}`,
      })
    }
    const site = absentSite(app)
    if (site !== undefined) {
      const { id, at, made, migration, process, command, when } = site
      report('without-site', {
        at,
        data: { id, migration, type: process.type },
        related: [
          { at: made, message: { en: 'the first site is made here', fr: 'le premier site est créé ici' } },
          { at: command.at, message: { en: 'run here', fr: 'lancée ici' } },
        ],
        when: [...when, newDatabase],
        restsOn: ['settings'],
        symbol: 'SITE_ID',
      })
    }
    const cache = absentCacheTable(app)
    if (cache !== undefined) {
      const { table, at, used, when } = cache
      report(cache.byFirstPage ? 'without-cache-table' : 'without-cache-table-elsewhere', {
        at,
        data: { table },
        related: [{ at: used, message: { en: 'the cache is asked here', fr: 'le cache est interrogé ici' } }],
        when: [...when, byHand],
        restsOn: ['settings'],
        symbol: 'CACHES',
      })
    }
    for (const { kind, process, command, at, script, field = '', when } of misplacedCommands(app)) {
      const found = {
        at,
        data: { type: process.type, command: command.name, field, variable: `DJANGO_SUPERUSER_${field.toUpperCase()}` },
        when,
        related: script === undefined ? [] : [{ at: script, message: { en: 'it is run here', fr: 'lancée ici' } }],
        hop: process === app.processes.web ? ('boot' as const) : undefined,
        symbol: `${process.type} ${command.name}`,
      }
      if (kind === 'once' || kind === 'nameless') report(kind, { ...found, edits: withoutStep(app, command) })
      else report(kind, found)
    }
  },
})

function wordsOf({ kind, by }: UnmigratedApp) {
  if (by === 'handshake') return 'without-table-refused'
  if (by === 'message') return 'without-table'
  const words = kind === 'no-package' ? 'without-migrations' : 'without-first-migration'
  return by === 'first-page' ? words : (`${words}-elsewhere` as const)
}

/** Takes a command out of a chain of `&&` that is written for a shell, with the `&&` before or behind it. */
function withoutStep(app: App, { step: { argv } }: DjangoCommand): readonly Edit[] | undefined {
  const [first, last] = [argv[0]?.at, argv.at(-1)?.at]
  const text = first === undefined ? undefined : readText(app.tree, first.file)?.text
  if (first === undefined || last === undefined || text === undefined || last.file !== first.file) return undefined
  if (/\.(?:py|json|toml|ya?ml)$/.test(first.file)) return undefined
  const before = /[ \t]*&&[ \t]*$/.exec(text.slice(0, first.span.start))?.[0].length
  const behind = /^[ \t]*&&[ \t]*/.exec(text.slice(last.span.end))?.[0].length
  if (before !== undefined)
    return [{ file: first.file, span: { start: first.span.start - before, end: last.span.end }, text: '' }]
  return behind === undefined
    ? undefined
    : [{ file: first.file, span: { start: first.span.start, end: last.span.end + behind }, text: '' }]
}
