import type { Text } from '../../contracts/text.ts'
import { brought } from '../../knowledge/packages/programs.generated.ts'
import { isInterpreter, stackPrograms } from '../../knowledge/stack-programs.ts'
import type { App } from '../app.ts'
import { buildpacksOf } from '../manifest/buildpacks.ts'

/** Whether a program is on the PATH of the app's dynos. */
export type ProgramState =
  | { readonly state: 'there' }
  /** A manager of packages that heroku/python has for the build at most, in its cache. */
  | { readonly state: 'build' }
  /** Nothing that is installed brings it; `distribution` would. */
  | { readonly state: 'absent'; readonly distribution: string }
  /** Nothing in the repository is known to bring it, and no package that this tool knows. */
  | { readonly state: 'unlikely' }
  | { readonly state: 'unknown'; readonly why: Text }

type Inputs = Pick<App, 'tree' | 'manifest' | 'snapshot' | 'dependencies'>

/** These come with the buildpack of their language. */
const languages = /^(?:ruby|bundle|go|java|php|deno|bun)$/

/**
 * Managers of packages, by the distribution that brings each. With some heroku/python installs: Poetry and uv stand in the cache of
 * the build (its lib/poetry.sh and lib/uv.sh), Pipenv beside Python, for the sake of old Procfiles (lib/pipenv.sh). The others it
 * knows by their files at most.
 */
const managers: ReadonlyMap<string, string> = new Map([
  ['poetry', 'poetry'],
  ['pipenv', 'pipenv'],
  ['uv', 'uv'],
  ['uvx', 'uv'],
  ['pdm', 'pdm'],
  ['hatch', 'hatch'],
  ['rye', 'rye'],
  ['pipx', 'pipx'],
  ['pixi', 'pixi'],
  ['conda', 'conda'],
  ['mamba', 'mamba'],
  ['micromamba', 'micromamba'],
])

/** Whether a program is one that installs Python’s packages and runs what it installed: `poetry run`, `uv run`. */
export const isManager = (name: string): boolean => managers.has(name)

/** Programs of a distribution of their own name: installed, they are there, and no table has to be read. */
const namesakes = /^(?:daphne|uvicorn|gunicorn|hypercorn|granian|celery|honcho)$/

/** Distributions that bring a program, the usual one first. */
export function distributionsOfProgram(name: string): readonly string[] {
  const found = Object.entries(brought).flatMap(([distribution, { programs }]) =>
    programs?.includes(name) === true ? [distribution] : [],
  )
  const own = name === 'uwsgi' ? ['uwsgi', 'pyuwsgi'] : []
  return [...own, ...found].sort((a, b) => Number(b === name) - Number(a === name))
}

/**
 * Looks for a program (a name without `/`) where a dyno would: scripts of the installed distributions, the stack image, what
 * the buildpacks bring, and what a file of the repository may put on the PATH.
 */
export function programState(app: Inputs, name: string): ProgramState {
  if (/^python[\d.]*$/.test(name)) return { state: 'there' }
  if (namesakes.test(name) && app.dependencies.installed(name).state === 'installed') return { state: 'there' }
  if (stackPrograms.has(name) || isInterpreter(name) || languages.test(name)) return { state: 'there' }
  const manager = managers.get(name)
  if (manager !== undefined) return managerState(app, name, manager)
  const buildpacks = buildpacksOf(app)
  if (buildpacks.some(({ facts }) => facts?.programs?.includes(name) === true)) return { state: 'there' }
  const distributions = distributionsOfProgram(name)
  const states = distributions.map((one) => app.dependencies.installed(one).state)
  if (states.includes('installed')) return { state: 'there' }
  const otherwise = elsewhere(app, name)
  if (otherwise !== undefined) return { state: 'unknown', why: otherwise }
  const [distribution] = distributions
  if (distribution !== undefined) {
    return states.includes('unknown')
      ? { state: 'unknown', why: notAllInstalled(distribution) }
      : { state: 'absent', distribution }
  }
  const tokens = name.toLowerCase().split(/[-_.]/)
  const requirement = app.dependencies.requirements.find(
    (one) => one.name === '' || one.name.split('-').some((token) => tokens.includes(token)),
  )
  if (requirement !== undefined || !app.dependencies.complete)
    return { state: 'unknown', why: notAllInstalled(requirement?.name ?? name) }
  return { state: 'unlikely' }
}

function managerState(app: Inputs, name: string, distribution: string): ProgramState {
  const { dependencies, manifest } = app
  const { state } = dependencies.installed(distribution)
  const isKept = name === 'pipenv' && dependencies.manager !== 'pip' && dependencies.manager !== 'none'
  if (state === 'installed' || isKept || manifest.platform !== 'heroku-classic') return { state: 'there' }
  const why =
    state === 'unknown' ? notAllInstalled(distribution) : (elsewhere(app, name) ?? ofAnotherBuildpack(app, name))
  if (why !== undefined) return { state: 'unknown', why }
  const third = buildpacksOf(app).find(({ facts }) => facts?.writes?.includes('requirements.txt') === true)
  return third === undefined ? { state: 'build' } : { state: 'there' }
}

/** Who uses a manager that heroku/python does not install with has another buildpack for it, or nothing is installed. */
function ofAnotherBuildpack(app: Inputs, name: string): Text | undefined {
  if (/^(?:poetry|pipenv|uvx?)$/.test(name) || buildpacksOf(app).length > 0) return undefined
  return {
    en: 'nothing says which buildpacks the app has, and one may bring it',
    fr: 'rien ne dit quels buildpacks a l’application, et l’un d’eux peut l’apporter',
  }
}

const notAllInstalled = (name: string): Text => ({
  en: `not everything that is installed can be seen, and it may bring \`${name}\``,
  fr: `tout ce qui est installé n’est pas visible, et \`${name}\` peut en faire partie`,
})

/** What else may put a program on the PATH, so that its absence is not known. */
function elsewhere(app: Inputs, name: string): Text | undefined {
  const { platform } = app.manifest
  if (platform !== 'heroku-classic' && platform !== 'heroku-fir')
    return { en: 'the image may hold it', fr: 'l’image peut le contenir' }
  const strange = buildpacksOf(app).find(({ facts }) => facts === undefined)
  if (strange !== undefined)
    return {
      en: `the buildpack ${strange.written.text} may bring it`,
      fr: `le buildpack ${strange.written.text} peut l’apporter`,
    }
  const file = openers.find((path) => app.tree.kind(path) !== undefined) ?? below(app, name)
  return file === undefined ? undefined : { en: `\`${file}\` may bring it`, fr: `\`${file}\` peut l’apporter` }
}

/** Files with which other programs come, or the PATH changes. */
const openers = [
  'package.json',
  'Aptfile',
  'Gemfile',
  'go.mod',
  'bin/pre_compile',
  'bin/post_compile',
  '.profile',
  '.profile.d',
  '.buildpacks',
]

const below = ({ tree }: Inputs, name: string): string | undefined =>
  [`bin/${name}`, `vendor/bin/${name}`].find((path) => tree.kind(path) === 'file')
