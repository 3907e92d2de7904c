import type { App } from '../../../src/app/app.ts'
import { isBare } from '../../../src/app/processes/servers/detect.ts'
import { optionOf } from '../../../src/app/processes/task-target.ts'
import { sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Step } from '../../../src/evaluate/shell/model.ts'

/** A command of django-admin that is told no settings. */
export interface BareCommand {
  readonly type: string
  readonly name: string
  readonly at: Place
  readonly when: readonly Text[]
  readonly edits: readonly Edit[] | undefined
}

/** They need none. */
const independent = new Set(['help', 'version', 'startproject', 'startapp', 'makemessages', 'compilemessages'])

/** Commands that go to Django past manage.py, where neither their line nor a config var is known to name the settings. */
export function bareCommands(app: App): BareCommand[] {
  return [...app.processes.all, ...app.processes.scripts].flatMap(({ type, django }) =>
    django.flatMap((command): BareCommand[] => {
      const { name, at, args, step } = command
      if (step.fallback || !isBare(command) || independent.has(name)) return []
      const variable = step.environment.get('DJANGO_SETTINGS_MODULE')
      const named = optionOf(args, ['--settings']) !== undefined
      if (named || variable.state === 'known' || variable.state === 'set') return []
      const when: Text = { en: 'DJANGO_SETTINGS_MODULE is unset', fr: 'DJANGO_SETTINGS_MODULE n’est pas définie' }
      return [{ type, name, at, when: variable.state === 'absent' ? [] : [when], edits: byManage(app, step) }]
    }),
  )
}

/** `django-admin` gives way to the manage.py of the folder in which the command is run, which names the settings. */
function byManage(app: App, { argv: [first], cwd }: Step): readonly Edit[] | undefined {
  const isThere = app.project.manage.some(
    ({ folder, path }) => folder === cwd && app.project.defaults.some(({ file }) => file === path),
  )
  if (first === undefined || !isThere || sourceText(app.tree, first.at) !== 'django-admin') return undefined
  return [{ ...first.at, text: 'python manage.py' }]
}
