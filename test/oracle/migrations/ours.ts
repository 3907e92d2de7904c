import { failedChecks } from '../../../rules/procfile/command-fails/pending-changes.ts'
import { appOf } from '../../app/settings/support.ts'

/** What every module of models and every migration begins with. */
export interface Heads {
  readonly head: string
  readonly imports: string
}

/** An app, and what `makemigrations --check --dry-run` of this release lists for it; `{app}` stands for the app's label,
 * `{head}` and `{imports}` for what the modules begin with. */
export interface Vector {
  readonly django: string
  readonly models: string
  readonly migrations: Readonly<Record<string, string>>
  readonly listed: readonly string[]
}

export interface Comparison {
  readonly vector: Vector
  /** What is read as pending and is not listed. */
  readonly wrong: readonly string[]
  /** What is listed and not read, other than options of the model, which are not compared. */
  readonly missed: readonly string[]
}

/** All apps of one release in one project, as the release saw them. */
export function compare({ head, imports }: Heads, vectors: readonly Vector[]): Comparison[] {
  const [first] = vectors
  const labels = vectors.map((_, number) => `app${number}`)
  const files = vectors.flatMap(({ models, migrations }, number): [string, string][] => [
    [`app${number}/__init__.py`, ''],
    [`app${number}/models.py`, models.replace('{head}', head)],
    [`app${number}/migrations/__init__.py`, ''],
    ...Object.entries(migrations).map(([name, text]): [string, string] => [
      `app${number}/migrations/${name}.py`,
      text.replaceAll('{app}', `app${number}`).replace('{imports}', imports),
    ]),
  ])
  const app = appOf(
    {
      Procfile: 'release: python manage.py makemigrations --check --dry-run\n',
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
      'mysite/settings.py': `DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'\nINSTALLED_APPS = [${labels.map((label) => `'${label}'`).join(', ')}]\n`,
      ...Object.fromEntries(files),
    },
    {},
    `Django==${first?.django}\n`,
  )
  const found = failedChecks(app).flatMap(({ changes }) => changes)
  return vectors.map((vector, number): Comparison => {
    const ours = found.filter(({ at }) => at.file.startsWith(`app${number}/`)).map(({ text }) => text)
    const { listed } = vector
    return {
      vector,
      wrong: ours.filter((text) => !listed.includes(text)),
      missed: listed.filter((text) => !ours.includes(text) && !text.startsWith('Change Meta options')),
    }
  })
}
