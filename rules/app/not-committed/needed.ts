import type { App } from '../../../src/app/app.ts'
import { firstLine } from '../../../src/app/dependencies/manager.ts'
import type { FileFormat } from '../../../src/app/dependencies/model.ts'
import type { Process, ProcessRun } from '../../../src/app/processes/model.ts'
import { pythonCommand } from '../../../src/app/processes/programs/python.ts'
import { unpushedSoFar } from '../../../src/app/project/evaluate-pushed.ts'
import { fileCrashes } from '../../../src/app/settings/command-runs.ts'
import { firstImport } from '../../../src/app/settings/first-import.ts'
import { startsOf } from '../../../src/app/settings/start.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Resolved } from '../../../src/evaluate/python/evaluation.ts'
import { itemsOf, plain } from '../../../src/evaluate/python/value.ts'
import type { Step } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { join } from '../../../src/files/tree.ts'

/** A file of the disk that the deploy needs. */
export interface NeededFile {
  readonly file: string
  /** The existing line that makes it needed. */
  readonly at: Place
  /** What happens without it, as the end of a sentence. */
  readonly effect: Text
  /** Empty: it is needed in any case. */
  readonly when: readonly Condition[]
}

/** Every file that the push must carry and does not, in the order in which a deploy would miss them. */
export function missedByPush(app: App): NeededFile[] {
  const { presence } = app
  if (!presence.known) return []
  // The runs note what they miss.
  void app.settings.evaluation
  void app.asgi.evaluation
  void startsOf(app)
  void fileCrashes(app)
  const needed = [...toBuild(app), ...toStart(app), ...toLoad(app), ...toRun(app), ...toServe(app)]
  return needed.filter(({ file }) => app.tree.kind(file) !== undefined && !presence.isPresent(file))
}

/** The file that a lock's tool reads beside it. */
const manifests: Readonly<Record<string, FileFormat>> = {
  'pipfile.lock': 'pipfile',
  'poetry.lock': 'pyproject',
  'uv.lock': 'pyproject',
}

function toBuild(app: App): NeededFile[] {
  const { dependencies, presence, processes, project, tree } = app
  const { source, python } = dependencies
  const found: NeededFile[] = []
  if (processes.file !== undefined) {
    const at = (processes.web ?? processes.all[0])?.at ?? firstLine(tree, processes.file)
    found.push({ file: processes.file, at, effect: effects.processes, when: [] })
  }
  for (const { path, role, format, includedBy } of dependencies.files) {
    const takesPart =
      role === 'install' || role === 'constraint' || role === 'lock' || format === manifests[source?.format ?? '']
    if (path !== source?.path && !takesPart) continue
    const at = includedBy ?? firstLine(tree, source?.path ?? path)
    found.push({ file: path, at, effect: includedBy === undefined ? effects.dependencies : effects.included, when: [] })
  }
  // The classic buildpack ends the build on a Pipfile without its lock, whatever else there is to install from.
  if (app.manifest.platform === 'heroku-classic' && tree.kind('Pipfile') === 'file' && presence.isPresent('Pipfile')) {
    found.push({ file: 'Pipfile.lock', at: firstLine(tree, 'Pipfile'), effect: effects.lock, when: [] })
  }
  if (python.at !== undefined) found.push({ file: python.at.file, at: python.at, effect: effects.python, when: [] })
  const [manage] = project.manage
  if (manage !== undefined && firstImport(app) === 'build') {
    found.push({ file: manage.path, at: firstLine(tree, manage.path), effect: effects.manage, when: [] })
  }
  return found
}

/** Scripts and configuration files of every process, on its usual run. */
function toStart(app: App): NeededFile[] {
  return app.processes.all.flatMap((process) => {
    const [usual, ...others] = process.runs
    if (usual === undefined) return []
    const elsewhere = others.map((run) => new Set(filesOf(process, run).map(({ file }) => file)))
    return filesOf(process, usual).flatMap((one) => {
      const when = elsewhere.every((files) => files.has(one.file)) ? [] : usual.when
      return when.some(({ opaque }) => opaque) ? [] : [{ ...one, when }]
    })
  })
}

function filesOf(process: Process, run: ProcessRun): Omit<NeededFile, 'when'>[] {
  const effect = effects.process(process.type)
  const found: Omit<NeededFile, 'when'>[] = []
  for (const step of run.steps) {
    if (step.fallback) continue
    const places = [...step.chain, step.at]
    for (const [index, { file }] of places.entries()) {
      const by = places[index - 1]
      if (by !== undefined && by.file !== file) found.push({ file, at: by, effect })
    }
    const script = scriptOf(step)
    if (script !== undefined) found.push({ ...script, effect })
  }
  for (const { options, step } of run.servers) {
    const config = options.find(({ name }) => name === 'config')
    const path = known(config?.value?.parts)?.replace(/^file:/, '')
    const file = path === undefined || step.cwd === undefined ? undefined : join(step.cwd, path)
    if (config !== undefined && file !== undefined) found.push({ file, at: config.valueAt ?? config.at, effect })
  }
  return found
}

/** The file of `python FILE`. */
function scriptOf({ argv, cwd }: Step): Pick<NeededFile, 'file' | 'at'> | undefined {
  if (!/^(?:.*\/)?python[\d.]*$/.test(known(argv[0]?.parts) ?? '') || cwd === undefined) return undefined
  const { kind, operand } = pythonCommand(argv)
  const path = kind === 'script' ? known(operand?.parts) : undefined
  const file = path === undefined || path.startsWith('/') ? undefined : join(cwd, path)
  return operand === undefined || file === undefined ? undefined : { file, at: operand.at }
}

/** The modules by whose names a process finds the project. */
function toLoad(app: App): NeededFile[] {
  const { asgi, processes, settings, tree } = app
  const found: NeededFile[] = []
  for (const process of processes.all) {
    const target = process.server?.target
    if (target?.file === undefined) continue
    found.push({ file: target.file, at: target.moduleAt, effect: effects.process(process.type), when: [] })
  }
  if (asgi.served?.file !== undefined && asgi.served.from !== 'layout') {
    const { file, at } = asgi.served
    found.push({ file, at: at ?? firstLine(tree, file), effect: effects.application, when: [] })
  }
  const { choice } = settings
  if (choice?.file !== undefined && choice.state !== 'empty') {
    const at = choice.at ?? firstLine(tree, choice.file)
    // With one settings module there is nothing else that the config var could name.
    const when = choice.overridable && settings.others.length > 0 ? [moduleUnset(at)] : []
    found.push({ file: choice.file, at, effect: effects.settings, when })
  }
  return found
}

function moduleUnset(at: Place): Condition {
  const variable = 'DJANGO_SETTINGS_MODULE'
  const text = { en: `${variable} is unset`, fr: `${variable} n’est pas définie` }
  return { id: `env:${variable}:set`, variable, opaque: false, holds: false, text, at }
}

/** What the modules import and open when they run. */
function toRun(app: App): NeededFile[] {
  return unpushedSoFar(app).map(({ file, at, exception, when }) => ({
    file,
    at,
    effect: effects.raises(exception),
    when: isMigration(at.file) ? [...when, notYetApplied(at)] : when,
  }))
}

const isMigration = (file: string): boolean => /(?:^|\/)migrations\/[^/]+$/.test(file)

/** A migration that was applied is not run again. */
function notYetApplied(at: Place): Condition {
  const text = {
    en: 'the database has not had this migration yet (a new app, a review app)',
    fr: 'la base de données n’a pas encore reçu cette migration (nouvelle application, review app)',
  }
  return { id: `migration:${at.file}`, variable: undefined, opaque: false, holds: true, text, at }
}

/** Modules that Django imports because a setting names them. */
function toServe(app: App): NeededFile[] {
  const { dependencies, project, settings } = app
  if (!settings.sure) return []
  const found: NeededFile[] = []
  for (const [name, effect] of [
    ['INSTALLED_APPS', effects.app],
    ['MIDDLEWARE', effects.app],
    ['ROOT_URLCONF', effects.urls],
  ] as const) {
    for (const { text, at, when } of namesIn(settings.get(name))) {
      if (dependencies.moduleState(text.split('.')[0] as string) === 'installed') continue
      const module =
        project.resolve(text, settings.searchPath) ?? project.resolve(text.replace(/\.\w+$/, ''), settings.searchPath)
      if (module !== undefined) found.push({ file: module.file, at, effect, when })
    }
  }
  return found
}

function namesIn(setting: Resolved | undefined): { text: string; at: Place; when: readonly Condition[] }[] {
  const alternatives = (setting?.alternatives ?? []).filter(({ when }) => when.every(({ opaque }) => !opaque))
  return alternatives.flatMap(({ value, when }) =>
    (itemsOf(value) ?? [value]).flatMap((item) => {
      const text = plain(item)
      return text === undefined || !/^[\w.]+$/.test(text)
        ? []
        : [{ text, at: item.at, when: alternatives.length === 1 ? [] : when }]
    }),
  )
}

const effects = {
  processes: {
    en: 'Heroku does not know what to start',
    fr: 'Heroku ne sait pas quoi démarrer',
  },
  dependencies: {
    en: 'the build does not find what to install',
    fr: 'le build ne sait pas quoi installer',
  },
  lock: {
    en: 'the build ends because the Pipfile has no lock',
    fr: 'le build s’interrompt parce que le Pipfile n’a pas de fichier de verrouillage',
  },
  included: {
    en: 'pip ends the build at this line: “Could not open requirements file”',
    fr: 'pip interrompt le build à cette ligne : « Could not open requirements file »',
  },
  python: {
    en: 'the build installs its default version of Python',
    fr: 'le build installe sa version de Python par défaut',
  },
  manage: {
    en: 'the build runs no collectstatic',
    fr: 'le build n’exécute pas collectstatic',
  },
  application: {
    en: 'the server cannot load its application',
    fr: 'le serveur ne peut pas charger son application',
  },
  settings: {
    en: 'Django cannot import its settings',
    fr: 'Django ne peut pas importer ses settings',
  },
  app: {
    en: 'the app ends at boot with ModuleNotFoundError',
    fr: 'l’application se termine au démarrage par ModuleNotFoundError',
  },
  urls: {
    en: 'every request ends with ModuleNotFoundError',
    fr: 'chaque requête se termine par ModuleNotFoundError',
  },
  process: (type: string) => ({
    en: `\`${type}\` cannot start`,
    fr: `\`${type}\` ne peut pas démarrer`,
  }),
  raises: (exception: string) => ({
    en: `this line raises ${exception} on the dyno`,
    fr: `cette ligne lève ${exception} sur le dyno`,
  }),
} satisfies Record<string, Text | ((name: string) => Text)>
