import { answersOf, systemChecks } from '../../../src/app/settings/system-checks/raised.ts'
import { appOf } from '../../support/app.ts'

/** What `manage.py check --deploy` of these releases says of a settings module. */
export interface Vector {
  readonly django: string
  readonly cors: string
  readonly source: string
  /** Those of {@link ids} that it prints. */
  readonly ids?: readonly string[]
  /** How it ended otherwise: while the checks ran. */
  readonly raises?: string
}

/** Every id that is read. */
export const ids: readonly string[] = [...new Set(systemChecks.map(({ id }) => id))]

/** The engine refuses it before its check, since 5.1 in every command that asks the engines. */
const REFUSED = 'ImproperlyConfigured: app_dirs must not be set when loaders is defined.'

export interface Comparison {
  /** Ids that only one of both has. */
  readonly differences: readonly string[]
  readonly undecided: readonly string[]
}

/** Id by id; of settings on which a check ends otherwise, that alone which says so. */
export function compare({ django, cors, source, ids: theirs, raises }: Vector): Comparison {
  const app = appOf({
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
    'mysite/__init__.py': '',
    'mysite/settings.py': source,
    'requirements.txt': `Django==${django}\ndjango-cors-headers==${cors}\n`,
    Procfile: 'web: daphne mysite.asgi:application\n',
  })
  const answers = answersOf(app)
  if (raises !== undefined) {
    const refused = raises === REFUSED
    return { differences: refused && answers.get('templates.E001') !== true ? ['templates.E001'] : [], undecided: [] }
  }
  const asked = [...answers].filter(([, answer]) => answer !== undefined)
  const known = asked.filter(([id, answer]) => answer !== theirs?.includes(id)).map(([id]) => id)
  const unknown = (theirs ?? []).filter((id) => !answers.has(id))
  return {
    differences: [...known, ...unknown],
    undecided: [...answers].filter(([, answer]) => answer === undefined).map(([id]) => id),
  }
}
