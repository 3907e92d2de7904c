/**
 * Writes src/knowledge/packages/programs.generated.ts from the wheels of the packages named here: `npm run knowledge:programs`.
 * Of each the newest release: the programs that it puts on the PATH (console scripts, script files), the commands that it
 * adds to Celery's, and the management commands of the Django apps in it. The packages are those that Procfiles of Django
 * projects start things from, and the common apps that have management commands.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { normaliseName } from '../src/syntax/requirements/marker.ts'
import { byVersion, filesOf, indexUrl, readWheel, remembered, smallestWheel } from './package-index.ts'

const names =
  `Django daphne uvicorn gunicorn hypercorn granian waitress celery flower rq rq-scheduler django-rq huey dramatiq
  django-dramatiq django-q django-q2 honcho circus supervisor newrelic ddtrace opentelemetry-instrumentation elastic-apm
  alembic aerich whitenoise channels watchdog watchfiles procrastinate arq taskiq streamlit Flask pytest django-extensions
  django-celery-beat django-celery-results django-apscheduler django-background-tasks django-crontab django-cron
  django-tenants django-tenant-schemas wagtail django-cms djangorestframework djangorestframework-simplejwt drf-spectacular
  drf-yasg django-oauth-toolkit django-allauth social-auth-app-django django-guardian django-haystack
  django-elasticsearch-dsl django-compressor django-pipeline django-storages collectfast django-webpack-loader
  django-tailwind django-sass-processor django-cacheops django-constance django-waffle django-reversion
  django-simple-history django-import-export django-filter django-debug-toolbar django-silk django-axes django-otp
  django-two-factor-auth django-mptt django-treebeard django-taggit sorl-thumbnail easy-thumbnails django-imagekit
  django-cleanup django-dbbackup django-anymail django-post-office django-mailer django-modeltranslation django-parler
  django-rosetta django-cities django-cities-light django-countries django-phonenumber-field django-crispy-forms
  django-bootstrap5 django-js-reverse django-environ python-dotenv dj-stripe django-ses django-hijack django-session-security
  django-user-sessions django-redis django-redis-sessions django-probes django-health-check django-watchman django-prometheus
  django-unfold django-jazzmin django-grappelli django-suit django-polymorphic django-model-utils django-autocomplete-light
  django-ckeditor django-tinymce django-summernote django-cors-headers django-csp django-htmx django-ninja graphene-django
  strawberry-graphql-django channels-redis django-eventstream django-private-chat2 django-channels-presence daphne
  django-clear-cache django-maintenance-mode django-sslserver django-livereload-server django-seed django-pgtrigger
  django-pghistory django-postgres-extra psqlextra django-money django-solo django-stubs asgiref supervisor gevent eventlet uvicorn-worker django-crispy-forms crispy-bootstrap4 crispy-bootstrap5 crispy-tailwind
  dj-rest-auth djoser django-rest-auth django-rest-knox drf-nested-routers django-colorfield django-widget-tweaks
  django-bootstrap4 django-bootstrap-v5 django-fontawesome-free django-admin-interface django-ordered-model django-location-field
  django-rest-swagger django-cloudinary-storage cloudinary django-summernote django-froala-editor django-quill-editor
  django-recaptcha django-multiselectfield django-embed-video django-friendship django-notifications-hq django-cron
  drf-api-logger django-heroku pipenv poetry uv`
    .split(/\s+/)
    .map(normaliseName)

interface Brought {
  readonly programs?: readonly string[]
  readonly celery?: readonly string[]
  readonly commands?: Readonly<Record<string, readonly string[]>>
}

/** Names left of `=` in a section of entry_points.txt. */
function entries(text: string | undefined, section: string): string[] {
  const body = text?.split(/^\[/m).find((part) => part.startsWith(`${section}]`))
  return [...(body?.matchAll(/^\s*([\w.-]+)\s*=/gm) ?? [])].map(([, name]) => name as string)
}

async function brought(index: string, name: string): Promise<Brought | undefined> {
  const wheels = [...byVersion(name, await filesOf(index, name))].flatMap(([version, files]) => {
    const wheel = smallestWheel(files)
    return wheel === undefined || /[a-z]/.test(version) ? [] : [{ version, wheel }]
  })
  const newest = wheels.at(-1)
  if (newest === undefined) return undefined
  const text = await remembered(`${name}-${newest.version}.programs`, async () => {
    const { paths, texts } = await readWheel(newest.wheel, /\.dist-info\/entry_points\.txt$/)
    return JSON.stringify({ paths, entryPoints: [...texts.values()][0] })
  })
  const { paths, entryPoints } = JSON.parse(text) as { paths: string[]; entryPoints?: string }
  const files = paths.flatMap((path) => /\.data\/scripts\/([^/]+)$/.exec(path)?.[1] ?? [])
  const commands: Record<string, string[]> = {}
  for (const path of paths) {
    const [, app, command] = /^((?!.*(?:^|\/)tests?\/).+)\/management\/commands\/(?!_)(\w+)\.py$/.exec(path) ?? []
    if (app === undefined || command === undefined) continue
    const module = app.replaceAll('/', '.')
    commands[module] = [...(commands[module] ?? []), command]
  }
  const programs = [...entries(entryPoints, 'console_scripts'), ...files].sort()
  const celery = entries(entryPoints, 'celery.commands')
  return {
    ...(programs.length > 0 && { programs }),
    ...(celery.length > 0 && { celery }),
    ...(Object.keys(commands).length > 0 && { commands }),
  }
}

const index = indexUrl()
const table: Record<string, Brought> = {}
for (const name of [...new Set(names)].sort()) {
  try {
    const one = await brought(index, name)
    if (one === undefined) console.error(`${name}: no wheel`)
    else table[name] = one
  } catch (error) {
    console.error(String(error))
  }
}
// A package that brings nothing is written down too: then it is known to.
const lines = Object.entries(table).map(([name, one]) => `  ${JSON.stringify(name)}: ${JSON.stringify(one)},`)
const path = join(import.meta.dirname, '..', 'src/knowledge/packages/programs.generated.ts')
writeFileSync(
  path,
  `// Written by scripts/knowledge-programs.ts from the newest wheel of each package, ${new Date().toISOString().slice(0, 10)}.

/** What an installed distribution puts on the PATH, adds to the \`celery\` program, and offers to manage.py by Django app. */
export interface Brought {
  readonly programs?: readonly string[]
  readonly celery?: readonly string[]
  readonly commands?: Readonly<Record<string, readonly string[]>>
}

export const brought: Readonly<Record<string, Brought>> = {
${lines.join('\n')}
}
`,
)
