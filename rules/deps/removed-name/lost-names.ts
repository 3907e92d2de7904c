import type { App } from '../../../src/app/app.ts'
import { type Met, metAnywhere } from '../../../src/app/settings/start.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Untold } from '../../../src/contracts/untold.ts'
import { removedName } from '../../../src/knowledge/packages/removed-names.ts'
import { givenAt } from './given-names.ts'

/** An import of a name, or of a module, that the version in force does not have. */
export interface LostName extends Pick<Met, 'at' | 'chain' | 'when' | 'hop'> {
  readonly name: string
  readonly isModule: boolean
  /** `Django` */
  readonly package: string
  /** The first that lacks it. */
  readonly release: string
  /** `Django 4.2.11`, as far as the version is known. */
  readonly installed: string
  readonly successor: string | undefined
}

/** Every name that is lost, with all its imports, the first to be met in front. */
export function lostNames(app: App): readonly (readonly [LostName, ...LostName[]])[] {
  const groups = new Map<string, [LostName, ...LostName[]]>()
  const seen = metAnywhere(app, (event) => (event.type === 'lost' ? `${event.module} ${event.name ?? '*'}` : undefined))
  for (const { key, met } of seen) {
    const [module = '', member = '*'] = key.split(' ')
    const facts = factsOf(app, module, member)
    if (facts === undefined) continue
    // What the run itself comes to before is no loss to it; manage.py and what else starts first is not in it.
    const given = member === '*' ? undefined : givenAt(app, module, member)
    if (given !== undefined && given.file !== met.at.file) {
      app.inquiry.cannotTell(mayBeGiven(facts.name, given))
      continue
    }
    const one: LostName = { ...met, ...facts }
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()]
}

function mayBeGiven(name: string, at: Place): Untold {
  const why = { en: 'the project sets it, perhaps before', fr: 'le projet le définit, peut-être avant' }
  return { what: { en: `whether ${name} is there`, fr: `la présence de ${name}` }, why, at }
}

type Facts = Omit<LostName, keyof Met>

/** What is known of a name that was removed. */
export function factsOf(app: App, module: string, member: string): Facts | undefined {
  const removed = removedName(module, member)
  if (removed === undefined) return undefined
  const { version, expected } = app.dependencies.installed(removed.distribution)
  const title = titles[removed.distribution] ?? removed.distribution
  const key = `${module} ${member}`
  return {
    name: member === '*' ? module : `${module}.${member}`,
    isModule: member === '*',
    package: title,
    release: removed.release,
    installed: [title, version ?? expected].filter((part) => part !== undefined).join(' '),
    successor: Object.hasOwn(successors, key) ? successors[key] : undefined,
  }
}

const titles: Readonly<Record<string, string>> = {
  django: 'Django',
  djangorestframework: 'Django REST framework',
  celery: 'Celery',
}

/** What the release notes name in its place. */
const successors: Readonly<Record<string, string>> = {
  'django.conf.urls url': 'django.urls.re_path',
  'django.conf.urls patterns': 'a list of django.urls.path()',
  'django.core.urlresolvers *': 'django.urls',
  'django.utils six': 'the package six',
  'django.utils.six *': 'the package six',
  'django.utils.lru_cache *': 'functools.lru_cache',
  'django.utils.encoding force_text': 'django.utils.encoding.force_str',
  'django.utils.encoding smart_text': 'django.utils.encoding.smart_str',
  'django.utils.http is_safe_url': 'django.utils.http.url_has_allowed_host_and_scheme',
  'django.utils.http urlquote': 'urllib.parse.quote',
  'django.utils.timezone utc': 'datetime.timezone.utc',
  'django.utils.translation ugettext': 'django.utils.translation.gettext',
  'django.utils.translation ugettext_lazy': 'django.utils.translation.gettext_lazy',
  'django.utils.translation ugettext_noop': 'django.utils.translation.gettext_noop',
  'django.utils.translation ungettext': 'django.utils.translation.ngettext',
  'django.utils.translation ungettext_lazy': 'django.utils.translation.ngettext_lazy',
  'django.shortcuts render_to_response': 'django.shortcuts.render',
  'django.db.models NullBooleanField': 'django.db.models.BooleanField(null=True)',
  'django.contrib.postgres.fields JSONField': 'django.db.models.JSONField',
  'django.contrib.staticfiles.templatetags.staticfiles *': 'django.templatetags.static',
  'django.contrib.auth.views login': 'django.contrib.auth.views.LoginView',
  'django.contrib.auth.views logout': 'django.contrib.auth.views.LogoutView',
  'rest_framework.decorators detail_route': 'rest_framework.decorators.action(detail=True)',
  'rest_framework.decorators list_route': 'rest_framework.decorators.action(detail=False)',
  'celery.task *': 'celery.shared_task',
  'celery.decorators *': 'celery.shared_task',
}
