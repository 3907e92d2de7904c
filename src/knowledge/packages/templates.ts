import { djangoLibraries, givenToTemplates } from './templates.generated.ts'

/** What an app gives to templates. */
export interface GivenToTemplates {
  /** Libraries that `{% load %}` finds. */
  readonly libraries: readonly string[]
  /** What lies directly in its folder of templates, and in that of its static files. */
  readonly templates: readonly string[]
  readonly statics: readonly string[]
}

let apps: ReadonlyMap<string, GivenToTemplates> | undefined

function readApps(): ReadonlyMap<string, GivenToTemplates> {
  const words = (text: string | undefined) => (text ?? '').split(',').filter((word) => word !== '')
  return new Map(
    lines(givenToTemplates).map((line) => {
      const [app = '', rest = ''] = line.split(' ')
      const [libraries, templates, statics] = rest.split(';')
      return [app, { libraries: words(libraries), templates: words(templates), statics: words(statics) }]
    }),
  )
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/** What an installed app of a common package gives to templates; undefined: nobody has looked. */
export function givenToTemplatesBy(app: string): GivenToTemplates | undefined {
  apps ??= readApps()
  return apps.get(app)
}

/** The apps of common packages that bring a template library of this name. */
export function appsWithLibrary(library: string): readonly string[] {
  apps ??= readApps()
  return [...apps].flatMap(([app, given]) => (given.libraries.includes(library) && app !== 'django' ? [app] : []))
}

/**
 * Apps that add libraries to the builtins of the engine when they are ready, without a word of it in TEMPLATES. Source: `apps.py` of
 * django-cotton 2.1.3.
 */
export const addsBuiltins: ReadonlySet<string> = new Set(['django_cotton'])

/** Tags and filters of one library of Django, in one release. */
export interface DjangoLibrary {
  readonly tags: ReadonlySet<string>
  readonly filters: ReadonlySet<string>
}

/**
 * A library of Django by its module; undefined: the release has none. `isAtLeast`: whether the release is a given one or a later;
 * without it, all that any release has.
 */
export function djangoLibrary(
  module: string,
  isAtLeast: ((release: string) => boolean) | undefined,
): DjangoLibrary | undefined {
  const line = lines(djangoLibraries).find((one) => one.startsWith(`${module} `))
  if (line === undefined) return undefined
  const tags = new Set<string>()
  const filters = new Set<string>()
  let there = true
  for (const word of line.slice(module.length + 1).split(' ')) {
    const [, kind, name = '', since, until] = /^([%|]?)([\w]*)(?:>([\d.]+))?(?:<([\d.]+))?$/.exec(word) ?? []
    const held =
      isAtLeast === undefined ||
      ((since === undefined || isAtLeast(since)) && (until === undefined || !isAtLeast(until)))
    if (kind === '' && name === '' && word !== '') there = held
    if (held && kind === '%') tags.add(name)
    if (held && kind === '|') filters.add(name)
  }
  return there ? { tags, filters } : undefined
}

/** Libraries of Django that are there without an app of their own. */
export const djangoOwnLibraries = ['cache', 'i18n', 'l10n', 'static', 'tz']

/** What every template knows without loading it. */
export const djangoBuiltins = [
  'django.template.defaulttags',
  'django.template.defaultfilters',
  'django.template.loader_tags',
]
