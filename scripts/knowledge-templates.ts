/**
 * Writes src/knowledge/packages/templates.generated.ts from wheels: `npm run knowledge:templates`. Of Django the tags and
 * filters of every library, with the releases that have them; of common apps what the newest release gives to templates: the
 * libraries that `{% load %}` finds, the folders below `templates`, the folders below `static`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { libraryNames } from '../src/app/pages/library-names.ts'
import { parsePython } from '../src/syntax/python/parse.ts'
import { normaliseName } from '../src/syntax/requirements/marker.ts'
import { byVersion, filesOf, indexUrl, readWheel, remembered, smallestWheel } from './package-index.ts'

/** Releases of Django that are compared, oldest first. */
const releases = ['2.0', '2.1', '2.2', '3.0', '3.1', '3.2', '4.0', '4.1', '4.2', '5.0', '5.1', '5.2', '6.0']

const names = `Django daphne channels whitenoise djangorestframework djangorestframework-simplejwt django-cors-headers
  django-crispy-forms crispy-bootstrap3 crispy-bootstrap4 crispy-bootstrap5 crispy-tailwind crispy-bulma django-widget-tweaks
  django-bootstrap3 django-bootstrap4 django-bootstrap5 django-bootstrap-v5 django-allauth social-auth-app-django
  django-extensions django-filter django-debug-toolbar django-storages django-cloudinary-storage cloudinary
  django-celery-beat django-celery-results django-rq django-htmx django-compressor django-pipeline django-webpack-loader
  django-vite django-tailwind django-sass-processor django-mptt django-taggit sorl-thumbnail easy-thumbnails
  django-imagekit django-cleanup django-ckeditor django-tinymce django-summernote django-import-export django-simple-history
  django-guardian django-phonenumber-field django-countries django-select2 django-tables2 drf-yasg drf-spectacular dj-rest-auth
  djoser django-oauth-toolkit django-anymail django-environ django-csp django-axes django-otp django-two-factor-auth
  django-hijack django-jazzmin django-grappelli django-unfold django-admin-interface django-colorfield django-polymorphic
  django-model-utils django-solo django-constance django-waffle django-cacheops django-redis django-health-check django-silk
  django-prometheus django-browser-reload django-livereload-server django-sslserver django-environ django-ses django-money
  django-autocomplete-light django-formtools django-localflavor django-haystack django-recaptcha django-captcha
  django-simple-captcha django-fontawesome-free django-fontawesome-5 django-material django-mathfilters
  django-notifications-hq django-friendship django-markdownx django-markdownify django-embed-video django-avatar
  django-user-agents django-cookie-consent django-sekizai django-cms wagtail django-js-reverse django-countdown
  django-location-field django-leaflet django-crontab django-apscheduler django-background-tasks django-q2 django-ninja
  graphene-django strawberry-graphql-django django-eventstream django-private-chat2 django-rest-knox django-registration
  django-registration-redux django-invitations django-multiselectfield django-rosetta django-modeltranslation django-parler
  django-reversion django-treebeard django-viewflow django-hosts django-subdomains django-tenants django-cotton
  django-components slippers django-template-partials django-svg-icons heroicons django-heroku django-minify-html
  django-htmlmin django-meta django-robots django-analytical django-maintenance-mode django-session-security channels-redis`
  .split(/\s+/)
  .map(normaliseName)

interface Given {
  libraries: string[]
  templates: string[]
  statics: string[]
}

const index = indexUrl()

async function wheelOf(name: string, version: (text: string) => boolean) {
  const wheels = [...byVersion(name, await filesOf(index, name))].flatMap(([text, files]) => {
    const wheel = smallestWheel(files)
    return wheel === undefined || /[a-z]/.test(text) || !version(text) ? [] : [{ version: text, wheel }]
  })
  return wheels.at(-1)
}

async function contents(name: string, version: (text: string) => boolean, wanted: RegExp, key: string) {
  const found = await wheelOf(name, version)
  if (found === undefined) return undefined
  const text = await remembered(`${name}-${found.version}.${key}`, async () => {
    const { paths, texts } = await readWheel(found.wheel, wanted)
    return JSON.stringify({ paths, texts: [...texts] })
  })
  return JSON.parse(text) as { paths: string[]; texts: [string, string][] }
}

/** By app, what a package gives to templates; `texts`: those of its modules below `templatetags`. */
function given(paths: readonly string[], texts: ReadonlyMap<string, string>): Record<string, Given> {
  const apps: Record<string, Given> = {}
  const add = (app: string, kind: keyof Given, name: string) => {
    const module = app.replaceAll('/', '.')
    apps[module] ??= { libraries: [], templates: [], statics: [] }
    if (!apps[module][kind].includes(name)) apps[module][kind].push(name)
  }
  for (const path of paths) {
    if (/(?:^|\/)(?:tests?|test_utils|testproject|example|examples|ckeditor_demo)\//.test(path)) continue
    const library = /^(.+)\/templatetags\/(\w+(?:\/\w+)*)\.py$/.exec(path)
    const name = library?.[2]?.replace(/(?:^|\/)__init__$/, '').replaceAll('/', '.') ?? ''
    // `get_package_libraries` takes a module that has a `register`.
    if (name !== '' && /^register\b|\bimport\b.*(?:\bregister\b|\*)/m.test(texts.get(path) ?? ''))
      add(library?.[1] as string, 'libraries', name)
    const template = /^(.+?)\/templates\/([^/]+)/.exec(path)
    if (template !== null) add(template[1] as string, 'templates', template[2] as string)
    const asset = /^(.+?)\/static\/([^/]+)/.exec(path)
    if (asset !== null) add(asset[1] as string, 'statics', asset[2] as string)
    const app = /^([\w/]+)\/(?:apps|__init__|models)\.py$/.exec(path)
    if (app !== null && !/\/(?:migrations|management|templatetags)/.test(path)) {
      const module = (app[1] as string).replaceAll('/', '.')
      if (path.endsWith('apps.py') || !module.includes('.'))
        apps[module] ??= { libraries: [], templates: [], statics: [] }
    }
  }
  return apps
}

const apps: Record<string, Given> = {}
for (const name of [...new Set(names)].sort()) {
  try {
    const found = await contents(name, () => true, /\/templatetags\/.*\.py$/, 'templates')
    if (found === undefined) console.error(`${name}: no wheel`)
    else Object.assign(apps, given(found.paths, new Map(found.texts)))
  } catch (error) {
    console.error(String(error))
  }
}

/** The module of a library of Django by name, with its tags (`%name`) and filters (`|name`) in each release. */
const libraries = new Map<string, Map<string, Set<string>>>()
const wanted =
  /^django\/(?:template\/(?:defaulttags|defaultfilters|loader_tags)|(?:contrib\/\w+\/)?templatetags\/\w+)\.py$/
for (const release of releases) {
  const found = await contents('django', (text) => text === release || text.startsWith(`${release}.`), wanted, 'tags')
  for (const [path, text] of found?.texts ?? []) {
    const module = path.replace(/\.py$/, '').replaceAll('/', '.')
    if (module.endsWith('__init__')) continue
    const { tags, filters } = libraryNames(parsePython(text))
    const known = libraries.get(module) ?? new Map<string, Set<string>>()
    libraries.set(module, known)
    for (const name of ['', ...[...tags].map((one) => `%${one}`), ...[...filters].map((one) => `|${one}`)])
      known.set(name, (known.get(name) ?? new Set()).add(release))
  }
}

/** `since-until` where a name was not in all releases. */
function spanOf(held: ReadonlySet<string>): string {
  const [first = ''] = held
  const last = [...held].at(-1) ?? ''
  const gone = releases[releases.indexOf(last) + 1]
  return `${first === releases[0] ? '' : `>${first}`}${gone === undefined ? '' : `<${gone}`}`
}

const django = [...libraries].sort().map(([module, held]) => {
  const all = [...held].sort().map(([name, where]) => `${name}${spanOf(where)}`)
  return `${module} ${all.join(' ')}`.replace(/ +/g, ' ')
})
const lines = Object.entries(apps)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([app, { libraries: own, templates, statics }]) =>
    `${app} ${own.sort().join()};${templates.sort().join()};${statics.sort().join()}`.replace(/;+$/, '').trim(),
  )
writeFileSync(
  join(import.meta.dirname, '..', 'src/knowledge/packages/templates.generated.ts'),
  `// Written by scripts/knowledge-templates.ts from wheels, ${new Date().toISOString().slice(0, 10)}.

/**
 * A module of Django with the tags (%) and filters (|) that it registers; \`>4.0\` and \`<5.1\`: since which release, and
 * from which one on no more. Its own span, when it is not in all, stands first.
 */
export const djangoLibraries = \`
${django.join('\n')}
\`

/** By app of a common package: libraries that it gives to \`{% load %}\`; what lies in its templates; what lies in its static. */
export const givenToTemplates = \`
${lines.join('\n')}
\`
`,
)
