import type { App } from '../../../src/app/app.ts'
import { lateSettings } from '../../../src/app/asgi/import-order.ts'
import { importEdit } from '../../../src/app/project/imports.ts'
import { usualQuote } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { bareCommands } from './bare-commands.ts'

const help = {
  en: 'Put `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "…")` above everything but `import os`.',
  fr: 'Placez `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "…")` au-dessus de tout, sauf de `import os`.',
} as const

export default rule({
  id: 'asgi/settings-default',
  hop: 'boot',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'DJANGO_SETTINGS_MODULE is set after the first statement that needs settings, or nowhere',
    fr: 'DJANGO_SETTINGS_MODULE est définie après la première instruction qui a besoin des settings, ou nulle part',
  },
  messages: {
    late: {
      text: {
        en: 'DJANGO_SETTINGS_MODULE is set only here, but {what} already needed the settings: "ImproperlyConfigured: Requested setting …, but settings are not configured"',
        fr: 'DJANGO_SETTINGS_MODULE n’est définie qu’ici, alors que {what} avait déjà besoin des settings : « ImproperlyConfigured: Requested setting …, but settings are not configured »',
      },
      help,
      fix: { safety: 'safe', en: 'Set DJANGO_SETTINGS_MODULE first', fr: 'Définir d’abord DJANGO_SETTINGS_MODULE' },
    },
    never: {
      text: {
        en: '{what} needs the settings and nothing sets DJANGO_SETTINGS_MODULE: "ImproperlyConfigured: Requested setting …, but settings are not configured"',
        fr: '{what} a besoin des settings et rien ne définit DJANGO_SETTINGS_MODULE : « ImproperlyConfigured: Requested setting …, but settings are not configured »',
      },
      help,
      fix: {
        safety: 'safe',
        en: 'Name the settings before they are needed',
        fr: 'Nommer les settings avant qu’ils soient nécessaires',
      },
    },
    bare: {
      text: {
        en: '`{type}` runs `{name}` without manage.py, and nothing else names the settings: "ImproperlyConfigured: Requested setting …, but settings are not configured"',
        fr: '`{type}` lance `{name}` sans manage.py, et rien d’autre ne nomme les settings : « ImproperlyConfigured: Requested setting …, but settings are not configured »',
      },
      help: {
        en: 'Write `python manage.py {name}`, or set the config var DJANGO_SETTINGS_MODULE.',
        fr: 'Écrivez `python manage.py {name}`, ou définissez la config var DJANGO_SETTINGS_MODULE.',
      },
      fix: { safety: 'safe', en: 'Run it by manage.py', fr: 'La lancer par manage.py' },
    },
  },
  check(app, report) {
    for (const { type, name, at, when, edits } of bareCommands(app))
      report('bare', {
        at,
        process: type,
        hop: type === 'release' ? 'release' : 'boot',
        data: { type, name },
        edits,
        when,
        symbol: `${type} ${name}`,
      })
    const found = lateSettings(app)
    if (found === undefined) return
    report(found.named === undefined ? 'never' : 'late', {
      at: found.at,
      data: { what: found.what },
      related:
        found.named === undefined
          ? []
          : [
              {
                at: found.needed,
                message: { en: 'the settings are needed here', fr: 'les settings sont nécessaires ici' },
              },
            ],
      edits: found.named === undefined ? settingsNamed(app, found.at) : found.edits,
      when: found.when,
      process: found.process,
      symbol: 'DJANGO_SETTINGS_MODULE',
    })
  },
})

/** Names the settings that manage.py names above the statement that needs them. */
function settingsNamed(app: App, { file, span }: Place): readonly Edit[] | undefined {
  const modules = new Set(app.project.defaults.map(({ module }) => module))
  const [module, ...others] = modules
  const target = parseFile(app.tree, file)?.module.body.find(({ start, end }) => start <= span.start && span.end <= end)
  if (module === undefined || others.length > 0 || target === undefined) return undefined
  const imported = importEdit(app, file, 'os')
  const q = usualQuote(app.tree, file)
  const text = `os.environ.setdefault(${q}DJANGO_SETTINGS_MODULE${q}, ${q}${module}${q})\n`
  return [
    ...(imported === undefined ? [] : [imported]),
    { file, span: { start: target.start, end: target.start }, text },
  ]
}
