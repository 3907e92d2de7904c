import type { Config } from '../../config/config.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import type { Snapshot } from '../../snapshot/model.ts'
import { readAppJson } from './app-json.ts'
import { readHerokuYml } from './heroku-yml.ts'
import type { Addon, Manifest, OtherPlatform } from './model.ts'
import { readProjectToml } from './project-toml.ts'

/** Reads every manifest in the root. Never throws. */
export function readManifest({
  tree,
  config,
  snapshot,
}: {
  readonly tree: FileTree
  readonly config: Config
  readonly snapshot?: Snapshot | undefined
}): Manifest {
  const files = new Set(tree.list('').map(({ name }) => name))
  const open = (name: string) => (files.has(name) ? readText(tree, name) : undefined)
  const [json, yml, toml] = [open('app.json'), open('heroku.yml'), open('project.toml')]
  const app = json === undefined ? undefined : readAppJson(json)
  const heroku = yml === undefined ? undefined : readHerokuYml(yml, tree)
  const project = toml === undefined ? undefined : readProjectToml(toml)
  const appJson = app?.appJson
  const herokuYml = heroku?.herokuYml
  const lists = [appJson?.addons, herokuYml?.addons].filter((list): list is readonly Addon[] => list !== undefined)
  const builder = project?.projectToml.builder?.text
  const others = otherPlatforms(tree, files)
  return {
    appJson,
    herokuYml,
    projectToml: project?.projectToml,
    addons: lists.length === 0 ? undefined : lists.flat(),
    platform: platformOf(config, herokuYml !== undefined, snapshot?.stack?.text ?? appJson?.stack?.text),
    otherPlatforms: others,
    namesHeroku:
      config.platformStated ||
      snapshot !== undefined ||
      appJson !== undefined ||
      herokuYml !== undefined ||
      (files.has('Procfile') && !others.some(({ platform }) => runsProcfiles.has(platform))) ||
      builder?.startsWith('heroku/') === true,
    problems: [...(app?.problems ?? []), ...(heroku?.problems ?? []), ...(project?.problems ?? [])],
  }
}

/** heroku.yml only counts on the container stack, so its presence says so unless app.json names another stack. */
function platformOf(config: Config, hasHerokuYml: boolean, stack: string | undefined): Config['platform'] {
  if (config.platformStated) return config.platform
  if (stack === 'cnb') return 'heroku-fir'
  if (stack === 'container') return 'heroku-container'
  if (hasHerokuYml && (stack === undefined || !/^(?:heroku|cedar)-/.test(stack))) return 'heroku-container'
  return config.platform
}

const manifestsOf: Record<string, readonly string[]> = {
  Render: ['render.yaml', 'render.yml'],
  Railway: ['railway.json', 'railway.toml', 'nixpacks.toml', 'nixpacks.json', 'railpack.json'],
  'Fly.io': ['fly.toml'],
  CapRover: ['captain-definition'],
  'App Engine': ['app.yaml'],
  'Platform.sh': ['.platform.app.yaml'],
  Vercel: ['vercel.json', 'now.json'],
  'Elastic Beanstalk': ['Dockerrun.aws.json', '.ebextensions', '.elasticbeanstalk'],
  DigitalOcean: ['.do'],
  Zappa: ['zappa_settings.json'],
  Dokku: ['DOKKU_SCALE'],
}

/**
 * Platforms that have a manifest beside a Procfile and run its commands. Railway's and DigitalOcean's own builders read one too, in place of
 * a command in their manifest; whoever asks about Heroku and has a Procfile means Heroku.
 */
const runsProcfiles = new Set(['Dokku', 'Elastic Beanstalk'])

function otherPlatforms(tree: FileTree, files: ReadonlySet<string>): OtherPlatform[] {
  const found: OtherPlatform[] = []
  for (const [platform, names] of Object.entries(manifestsOf)) {
    for (const name of names) {
      if (!files.has(name)) continue
      const text = readText(tree, name)?.text ?? ''
      const end = text.indexOf('\n')
      found.push({ platform, file: name, span: { start: 0, end: end === -1 ? text.length : end } })
    }
  }
  return found
}
