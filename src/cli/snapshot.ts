import { dirname, resolve } from 'node:path'
import { putFile, uninterrupted } from '../files/write.ts'
import type { SnapshotDocument } from '../snapshot/model.ts'
import { addonsOf, buildpacksOf, configOf, domainsOf, dynosOf, stackOf } from '../snapshot/output.ts'
import { at, type DataNode, itemsOf, textOf } from '../syntax/data.ts'
import { parseJson } from '../syntax/json/json.ts'
import type { CommandLine } from './args.ts'
import { type CliCall, heroku, herokuTimeout, unexpected } from './heroku.ts'
import { exit, type Io, UsageError } from './io.ts'

/** Where the snapshot is written unless --output says otherwise. */
const defaultFile = 'dynolint.snapshot.json'

/** `dynolint snapshot --app NAME`: asks the user's own `heroku` CLI about an app and writes down its facts, without a secret. */
export async function snapshot(args: CommandLine, io: Io): Promise<number> {
  if (args.rest.length > 0) {
    throw new UsageError({
      en: `snapshot takes no argument, “${args.rest[0]}” was given; name the app with --app`,
      fr: `snapshot ne prend pas d’argument, « ${args.rest[0]} » donné ; nommez l’application avec --app`,
    })
  }
  const call: CliCall = {
    program: 'heroku',
    target: targetOf(args),
    seconds: secondsOf(io),
    io,
  }
  const document = await ask(call, args.app, io.today)
  const path = resolve(io.cwd, args.output ?? defaultFile)
  const bytes = Buffer.from(
    `${JSON.stringify(document, undefined, 2)}
`,
    'utf8',
  )
  const refused = uninterrupted(() => putFile(dirname(path), path, bytes))
  if (refused !== undefined)
    throw new UsageError({
      en: `cannot write ${path}: ${refused.en}`,
      fr: `impossible d’écrire ${path} : ${refused.fr}`,
    })
  io.out(written(args, document))
  return exit.clean
}

/** A name the API could take: anything else could be read as an option. */
function targetOf({ app, remote }: CommandLine): string[] {
  for (const name of [app, remote]) {
    if (name === undefined || /^[A-Za-z0-9][\w.-]*$/.test(name)) continue
    throw new UsageError({
      en: `“${name}” is not the name of an app`,
      fr: `« ${name} » n’est pas un nom d’application`,
    })
  }
  if (app !== undefined) return ['--app', app]
  if (remote !== undefined) return ['--remote', remote]
  throw new UsageError({
    en: 'snapshot needs --app NAME (or --remote NAME, a git remote of the app)',
    fr: 'snapshot demande --app NOM (ou --remote NOM, un dépôt git distant de l’application)',
  })
}

function secondsOf(io: Io): number {
  const given = Number(io.env.DYNOLINT_HEROKU_TIMEOUT)
  return Number.isFinite(given) && given > 0 ? given : herokuTimeout
}

async function ask(call: CliCall, name: string | undefined, today: string): Promise<SnapshotDocument> {
  // The first alone: when the CLI is missing or not logged in, once is enough to know.
  const domainsText = await heroku(call, ['domains', '--json'])
  const [configText, addonsText, psText, stackText, buildpacksText] = await Promise.all([
    heroku(call, ['config', '--json']),
    heroku(call, ['addons', '--json']),
    heroku(call, ['ps', '--json']),
    heroku(call, ['stack']),
    heroku(call, ['buildpacks']),
  ])
  const domainsTree = json(domainsText, 'domains')
  const domains = needed(domainsOf(domainsTree), 'domains --json')
  const app = name ?? appNamed(domainsTree)
  const names = domains.map((domain) => domain.name)
  const config = needed(configOf(json(configText, 'config'), names), 'config --json')
  const addons = needed(addonsOf(json(addonsText, 'addons'), app), 'addons --json')
  const dynos = needed(dynosOf(json(psText, 'ps')), 'ps --json')
  // Plain text for people: a new wording of it costs this fact alone.
  const stack = stackOf(stackText)
  const buildpacks = buildpacksOf(buildpacksText)
  return {
    snapshot: 1,
    ...(app !== undefined && { app }),
    taken: today,
    ...(stack !== undefined && { stack }),
    ...(buildpacks !== undefined && { buildpacks }),
    domains,
    addons,
    dynos,
    config,
  }
}

/** The app behind a git remote, as the API names it beside each domain. */
function appNamed(root: DataNode | undefined): string | undefined {
  const name = textOf(at(itemsOf(root)[0], 'app', 'name'))
  return name !== undefined && /^[a-z0-9][a-z0-9-]*$/.test(name) ? name : undefined
}

/** The JSON that begins after whatever the CLI says first (warnings of an update). */
function json(text: string, command: string): DataNode | undefined {
  const start = text.search(/^[[{]/m)
  const { root, problems } = parseJson(start < 0 ? text : text.slice(start))
  if (root === undefined || problems.length > 0) throw new UsageError(unexpected(`heroku ${command} --json`))
  return root
}

function needed<T>(facts: T | undefined, command: string): T {
  if (facts === undefined) throw new UsageError(unexpected(`heroku ${command}`))
  return facts
}

function written(args: CommandLine, { config = {}, addons = [], domains = [] }: SnapshotDocument): string {
  const file = args.output ?? defaultFile
  const counts = [Object.keys(config).length, addons.length, domains.length]
  return args.language === 'fr'
    ? `${file} : ${counts[0]} config vars (leur forme seule, aucune valeur), ${counts[1]} add-ons, ${counts[2]} domaines\nUtilisez-le avec : dynolint check --snapshot ${file}\n`
    : `${file}: ${counts[0]} config vars (their shapes, no value), ${counts[1]} add-ons, ${counts[2]} domains\nUse it with: dynolint check --snapshot ${file}\n`
}
