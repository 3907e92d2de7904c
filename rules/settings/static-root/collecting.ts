import type { App } from '../../../src/app/app.ts'
import { matchesName } from '../../../src/app/pages/static-sources.ts'
import type { DjangoCommand, Process } from '../../../src/app/processes/model.ts'
import { collects } from '../../../src/app/settings/collectstatic.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { settingsOfCommand, type World, worldsOf } from '../../../src/app/settings/worlds.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** A collectstatic on the way from the push to the socket, with the settings that it reads. */
export interface Collecting {
  readonly hop: World['hop']
  readonly settings: SettingsModel
  readonly when: Text | undefined
  /** Undefined: the buildpack's own, which has none that matter. */
  readonly options: CollectOptions | undefined
}

export interface CollectOptions {
  /** False: some cannot be read. */
  readonly known: boolean
  /** Whether the storage may post-process what was collected. */
  readonly postProcesses: boolean
  /** Whether a file is left out, by its path; `byDefault`: what its app leaves out. */
  ignores(path: string, byDefault: (path: string) => boolean): boolean
}

/** The first process that runs collectstatic: the build, else a command of one of its hooks or of the release. */
export function collectingOf(app: App): Collecting | undefined {
  if (collects(app)) {
    const built = worldsOf(app).find(({ hop, process }) => hop === 'build' && process === undefined)
    return built && { ...built, options: undefined }
  }
  const { hooks } = app.processes
  return hooks.map((process) => byHand(app, process, 'build')).find((one) => one !== undefined) ?? releasedOf(app)
}

/** The collectstatic that the release runs, whatever the build has collected. */
export function releasedOf(app: App): Collecting | undefined {
  const { release } = app.processes
  return release && byHand(app, release, 'release')
}

function byHand(app: App, process: Process, hop: 'build' | 'release'): Collecting | undefined {
  const command = process.django.find(
    (one) => one.name === 'collectstatic' && !one.step.fallback && (hop === 'release' || one.step.decides),
  )
  const options = command && optionsOf(command)
  const settings = command && settingsOfCommand(app, command)
  return options === undefined || settings === undefined ? undefined : { hop, settings, when: undefined, options }
}

/** The options of collectstatic that say which files it takes; undefined: it only says what it would do. */
function optionsOf({ args }: DjangoCommand): CollectOptions | undefined {
  const words = args.map(({ parts }) => known(parts))
  if (words.some((word) => word === '--dry-run' || /^-[a-z]*n[a-z]*$/.test(word ?? ''))) return undefined
  const patterns: string[] = []
  let isKnown = !words.includes(undefined)
  for (const [index, word] of words.entries()) {
    const joined = /^(?:--ignore=|-i=?(?=.))(.*)$/.exec(word ?? '')?.[1]
    const isOption = word === '--ignore' || word === '-i'
    if (!isOption && joined === undefined) continue
    const pattern = isOption ? words[index + 1] : joined
    if (pattern === undefined) isKnown = false
    else patterns.push(pattern)
  }
  const has = (name: string) => words.includes(name)
  return {
    known: isKnown,
    postProcesses: !has('--no-post-process'),
    ignores: (path, byDefault) =>
      (!has('--no-default-ignore') && byDefault(path)) || patterns.some((pattern) => matchesName(pattern, path)),
  }
}
