/** What a buildpack does besides installing its own language, as far as this tool has to know it. */
export interface BuildpackFacts {
  /** Its usual name. */
  readonly name: string
  /** Its short names and repositories; tried on the text without `.git` and a trailing `#branch`. */
  readonly is: RegExp
  /** The config var that names the folder which becomes the root of the app. */
  readonly rootVariable?: string
  /** Files that it writes into the root. */
  readonly writes?: readonly string[]
  /** Programs that it brings to the dyno's PATH. */
  readonly programs?: readonly string[]
  /** It runs what the project tells it to (scripts of package.json, rake, a Gradle task), which may make any file. */
  readonly builds?: true
  /** Where it has to stand. */
  readonly stands?: 'first' | 'before heroku/python'
}

const node = ['node', 'nodejs', 'npm', 'npx', 'corepack', 'yarn', 'yarnpkg', 'pnpm', 'pnpx']

/**
 * Sources: the buildpacks' own READMEs and bin/compile, Dev Center "Buildpacks" and "Using multiple buildpacks"; read 2026-11.
 * Those that move the root copy the folder over the build directory, so that every later buildpack sees it as the root.
 */
export const buildpacks: readonly BuildpackFacts[] = [
  { name: 'heroku/python', is: /^(?:heroku\/python|.*heroku-buildpack-python)$/ },
  { name: 'heroku/nodejs', is: /^(?:heroku\/nodejs|.*heroku-buildpack-nodejs)$/, programs: node, builds: true },
  {
    name: 'heroku/ruby',
    is: /^(?:heroku\/ruby|.*heroku-buildpack-ruby)$/,
    programs: ['ruby', 'bundle', 'rake', ...node],
    builds: true,
  },
  { name: 'heroku/go', is: /^(?:heroku\/go|.*heroku-buildpack-go)$/, builds: true },
  {
    name: 'heroku/java',
    is: /^(?:heroku\/(?:java|jvm|gradle|scala)|.*heroku-buildpack-(?:java|jvm-common|gradle|scala))$/,
    programs: ['java'],
    builds: true,
  },
  {
    name: 'heroku/php',
    is: /^(?:heroku\/php|.*heroku-buildpack-php)$/,
    programs: ['php', 'composer'],
    builds: true,
  },
  {
    name: 'heroku-community/apt',
    is: /^(?:heroku-community\/apt|.*heroku-buildpack-apt)$/,
  },
  {
    name: 'heroku/pgbouncer',
    is: /^(?:heroku\/pgbouncer|.*heroku-buildpack-pgbouncer)$/,
    programs: ['pgbouncer', 'stunnel'],
  },
  { name: 'heroku-community/nginx', is: /^(?:heroku-community\/nginx|.*heroku-buildpack-nginx)$/, programs: ['nginx'] },
  {
    name: 'heroku-community/cli',
    is: /^(?:heroku-community\/cli|.*heroku-buildpack-cli)$/,
    programs: ['heroku'],
  },
  {
    name: 'heroku-community/awscli',
    is: /^(?:heroku-community\/awscli|.*heroku-buildpack-awscli)$/,
    programs: ['aws'],
  },
  {
    name: 'heroku-community/multi-procfile',
    is: /^(?:heroku-community\/multi-procfile|.*heroku-buildpack-multi-procfile)$/,
    writes: ['Procfile'],
  },
  {
    name: 'chrome-for-testing',
    is: /^(?:heroku-community\/chrome-for-testing|.*heroku-buildpack-(?:chrome-for-testing|google-chrome|chromedriver))$/,
    programs: ['chrome', 'google-chrome', 'google-chrome-stable', 'chromedriver'],
  },
  { name: 'heroku-buildpack-runit', is: /heroku-buildpack-runit$/, programs: ['runsvdir', 'runsv', 'sv', 'chpst'] },
  { name: 'heroku-buildpack-ffmpeg', is: /heroku-buildpack-ffmpeg(?:-latest)?$/, programs: ['ffmpeg', 'ffprobe'] },
  { name: 'heroku-buildpack-monorepo', is: /heroku-buildpack-monorepo$/, rootVariable: 'APP_BASE', stands: 'first' },
  { name: 'subdir-heroku-buildpack', is: /\/subdir-heroku-buildpack$/, rootVariable: 'PROJECT_PATH', stands: 'first' },
  {
    name: 'heroku-buildpack-select-subdir',
    is: /heroku-buildpack-select-subdir$/,
    rootVariable: 'BUILDPACK_SUBDIR',
    stands: 'first',
  },
  { name: 'subdir-buildpack', is: /\/subdir-buildpack$/, rootVariable: 'BUILDPACK_SUBDIR', stands: 'first' },
  {
    name: 'python-poetry-buildpack',
    is: /(?:python-poetry-buildpack|heroku-buildpack-poetry)$|^moneymeets\/python-poetry$/,
    writes: ['requirements.txt', 'runtime.txt'],
    stands: 'before heroku/python',
  },
  {
    name: 'heroku-uv-buildpack',
    is: /(?:heroku-uv-buildpack|uv-heroku-buildpack|heroku-buildpack-uv)$/,
    writes: ['requirements.txt'],
    stands: 'before heroku/python',
  },
]

/** The facts of a buildpack as it is written in app.json or told by Heroku; undefined: nobody knows what it does. */
export function buildpackOf(written: string): BuildpackFacts | undefined {
  const plain = written
    .replace(/#.*$/, '')
    .replace(/\/archive\/.*$|\/tarball\/.*$/, '')
    .replace(/\.(?:git|tgz|tar\.gz)\/?$/, '')
    .replace(/\/$/, '')
    .replace(/^urn:buildpack:/, '')
  return buildpacks.find(({ is }) => is.test(plain))
}
