import { startedIn } from '../../../src/app/processes/command-edits.ts'
import { rule } from '../../../src/engine/rule.ts'
import { moduleFaults } from './module-faults.ts'
import { namedElsewhere } from './named-elsewhere.ts'
import { otherProjects } from './other-projects.ts'

const help = {
  en: 'Name the production settings in the entry point, or set the config var DJANGO_SETTINGS_MODULE.',
  fr: 'Nommez les settings de production dans le point d’entrée, ou définissez la config var DJANGO_SETTINGS_MODULE.',
} as const

export default rule({
  id: 'settings/module',
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  importsSettings: true,
  summary: {
    en: 'DJANGO_SETTINGS_MODULE names no settings, or those of development',
    fr: 'DJANGO_SETTINGS_MODULE ne nomme aucun module de settings, ou celui du développement',
  },
  messages: {
    missing: {
      text: {
        en: 'DJANGO_SETTINGS_MODULE is `{module}`, which does not exist: {process} ends with ModuleNotFoundError: No module named {module}',
        fr: 'DJANGO_SETTINGS_MODULE vaut `{module}`, qui n’existe pas : {process} se termine par ModuleNotFoundError: No module named {module}',
      },
      help,
      fix: {
        safety: 'unsafe',
        en: 'Name {instead}, as {others} does',
        fr: 'Nommer {instead}, comme {others}',
        changes: {
          en: 'the settings that are named there are the ones in use',
          fr: 'ce sont les settings nommés là qui servent',
        },
      },
    },
    empty: {
      text: {
        en: 'DJANGO_SETTINGS_MODULE is `{module}`, which sets nothing: {process} runs without SECRET_KEY, INSTALLED_APPS and CHANNEL_LAYERS',
        fr: 'DJANGO_SETTINGS_MODULE vaut `{module}`, qui ne définit rien : {process} tourne sans SECRET_KEY, INSTALLED_APPS ni CHANNEL_LAYERS',
      },
      help,
    },
    unreachable: {
      text: {
        en: 'DJANGO_SETTINGS_MODULE is `{module}`, which stands in `{folder}/`, where {process} does not look: it ends with ModuleNotFoundError: No module named {top}',
        fr: 'DJANGO_SETTINGS_MODULE vaut `{module}`, qui se trouve dans `{folder}/`, où {process} ne cherche pas : il se termine par ModuleNotFoundError: No module named {top}',
      },
      help: {
        en: 'Start the server in that folder: `web: cd {folder} && …`, and name its modules as seen from there.',
        fr: 'Lancez le serveur dans ce dossier : `web: cd {folder} && …`, et nommez ses modules tels qu’on les voit de là.',
      },
      fix: {
        safety: 'safe',
        en: 'Start the server in `{folder}/`',
        fr: 'Lancer le serveur dans `{folder}/`',
      },
    },
    other: {
      severity: 'info',
      text: {
        en: '`{path}` belongs to another Django project of this root, in `{folder}/`: no process starts it, and it is not checked',
        fr: '`{path}` appartient à un autre projet Django de cette racine, dans `{folder}/` : aucun processus ne le lance, et il n’est pas vérifié',
      },
      help: {
        en: 'Name the roots that are deployed under `root` in the configuration, or give that project an app and a root of its own.',
        fr: 'Nommez les racines déployées sous `root` dans la configuration, ou donnez à ce projet une application et une racine qui lui soient propres.',
      },
    },
    development: {
      severity: 'warning',
      hop: 'safety',
      text: {
        en: 'DJANGO_SETTINGS_MODULE is `{module}`: {process} runs with settings meant for development or tests',
        fr: 'DJANGO_SETTINGS_MODULE vaut `{module}` : {process} tourne avec des settings de développement ou de test',
      },
      help,
    },
  },
  check(app, report) {
    for (const { path, folder, at } of otherProjects(app)) report('other', { at, data: { path, folder }, symbol: path })
    for (const { kind, at, also, module, process, type, overridable, hop } of moduleFaults(app)) {
      const places = also === undefined ? [at] : [at, also]
      const elsewhere = kind === 'missing' ? namedElsewhere(app, places, module) : undefined
      const { server } = app.processes.web ?? {}
      const { beyond = '' } = app.settings.choice ?? {}
      const moved = kind === 'unreachable' && server !== undefined ? startedIn(app, server, beyond) : undefined
      report(kind, {
        at,
        edits: elsewhere?.edits ?? moved,
        data: {
          instead: elsewhere?.module ?? '',
          others: elsewhere?.file ?? '',
          module,
          process,
          folder: beyond,
          top: module.split('.')[0] ?? '',
        },
        related: also && [{ at: also, message: told }],
        process: type,
        hop: kind === 'development' ? undefined : hop,
        when: overridable
          ? { en: 'DJANGO_SETTINGS_MODULE is unset', fr: 'DJANGO_SETTINGS_MODULE n’est pas définie' }
          : undefined,
        symbol: `${at.file} ${module}`,
      })
    }
  },
})

const told = { en: 'the web process is told the same here', fr: 'le processus web reçoit la même valeur ici' }
