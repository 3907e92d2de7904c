import { readdirSync } from 'node:fs'
import { isOftenTold } from './recorded.mjs'

/**
 * Which file of dist/ a module goes into: the first row that names it, or the folder or package it stands in. `check` is
 * what nearly every check runs; the other files are read when something in them is asked for, so what a row takes out of
 * `check` is not paid for by those who do not need it. Fewer, larger files are better where the parts are used together:
 * Node spends a quarter of a millisecond on each.
 *
 * An entry that ends with `/` is a folder or a package, `x.` all files whose name begins so. One that names no module of
 * the bundle is an error of the build (`unusedEntries`).
 *
 * @type {readonly { readonly name: string, readonly why: string, readonly holds: readonly string[] }[]}
 */
const rows = [
  {
    name: 'cli',
    why: 'all that --version needs, and what each command needs first',
    holds: [
      ...within('src/cli/', 'start.ts compile-cache.ts late-optimization.ts main.ts args.ts option-rules.ts io.ts'),
      ...within('src/contracts/', 'severity.ts usage-error.ts'),
      ...within('src/report/', 'marks.ts formats.ts'),
      ...within('src/', 'config/config.ts about.generated.ts nearest.ts'),
    ],
  },
  { name: 'help', why: 'one command', holds: ['src/cli/help.ts'] },
  { name: 'kept-program', why: 'Node 20 alone, where a program may be kept', holds: ['src/cli/kept-program.ts'] },
  {
    name: 'pages',
    why: 'a third of dist/; `explain`, and the format that quotes them',
    holds: ['src/pages.generated.ts'],
  },
  {
    name: 'lsp',
    why: 'one command, with packages of its own',
    holds: ['src/lsp/', 'src/cli/lsp.ts', 'node_modules/vscode-'],
  },
  {
    name: 'watch',
    why: 'one option',
    holds: within('src/cli/', 'watch.ts watched-places.ts'),
  },
  {
    name: 'kept',
    why: 'what checks again: the editor and --watch',
    holds: ['src/files/kept.ts', 'src/files/memo.ts', 'src/app/kept-app.ts'],
  },
  { name: 'logs', why: 'one command', holds: ['src/logs/', 'src/cli/logs.ts'] },
  {
    name: 'show',
    why: 'two commands; HTML draws with it',
    holds: ['src/show/', 'src/cli/show.ts', 'src/cli/why.ts', 'src/evaluate/python/statement-at.ts'],
  },
  {
    name: 'pins',
    why: 'one command',
    holds: ['src/cli/pins.ts', 'src/config/write-pins.ts'],
  },
  {
    name: 'snapshot',
    why: 'facts of the deployed app, when some are given',
    holds: within('src/snapshot/', 'raw.ts schema.ts read.ts'),
  },
  {
    name: 'git',
    why: 'git is asked on the user’s word alone',
    holds: ['src/cli/git.ts', 'src/cli/pre-push.ts', 'src/files/git/objects-tree.ts'],
  },
  { name: 'run-action', why: 'GitHub’s runner alone starts it', holds: ['src/action/'] },
  {
    name: 'filters',
    why: 'when something is accepted or left out',
    holds: within(
      'src/',
      'cli/filters.ts cli/write-baseline.ts open/accepted.ts open/baseline.ts engine/baseline.ts engine/ignores.ts',
    ),
  },
  {
    name: 'commands',
    why: 'the smaller commands, fixes, --statistics: each is a few kilobytes',
    holds: [
      ...within('src/report/', 'page.ts fixed.ts'),
      ...within(
        'src/cli/',
        'statistics.ts explain.ts pager.ts rules.ts init.ts completions.ts fix.ts snapshot.ts heroku.ts ask.ts prepare.ts question.ts',
      ),
      ...within('src/engine/', 'edits.ts plans.ts'),
      ...within('src/files/', 'changed.ts encode.ts write.ts'),
      ...within('src/', 'snapshot/output.ts mend/'),
      'node_modules/diff/',
    ],
  },
  { name: 'colours', why: 'for terminals', holds: ['node_modules/picocolors/', 'src/terminal/ansi.ts'] },
  {
    name: 'html',
    why: 'one format, with its style',
    holds: ['src/report/html/', 'src/report/fix-diff.ts', 'src/report/overview.ts'],
  },
  {
    name: 'formats',
    why: 'a run tells in one or two formats, mostly as text',
    holds: [
      ...within(
        'src/report/',
        'sarif.ts github.ts gitlab.ts junit.ts checkstyle.ts rdjson.ts markdown.ts json.ts concise.ts line-hash.ts page-excerpt.ts escape.ts',
      ),
      'src/engine/fingerprint.ts',
    ],
  },
  { name: 'digest', why: 'fingerprints and names of caches', holds: ['src/digest.ts', 'node_modules/@noble/'] },
  {
    name: 'config',
    why: 'where a project has a configuration',
    holds: [
      ...within(
        'src/config/',
        'load.ts schema.ts located.ts expectation.ts ignores.ts rule-globs.ts suggestion.ts names.ts pin-faults.ts',
      ),
      'src/snapshot/shapes.ts',
      'node_modules/valibot/',
    ],
  },
  {
    name: 'toml',
    why: 'a configuration, pyproject.toml, Pipfile, uv.lock',
    holds: ['node_modules/toml-eslint-parser/', 'node_modules/@iarna/', 'src/syntax/toml/'],
  },
  { name: 'yaml-documents', why: 'heroku.yml, a configuration in YAML', holds: ['node_modules/yaml/'] },
  {
    name: 'glob',
    why: 'roots and exclusions that are globs',
    holds: [
      ...within(
        'node_modules/',
        'fast-glob/ micromatch/ picomatch/ braces/ fill-range/ to-regex-range/ is-number/ glob-parent/ is-glob/ is-extglob/ merge2/ @nodelib/ fastq/ reusify/ run-parallel/ queue-microtask/',
      ),
      ...within('src/config/', 'glob-matcher.ts globs.ts'),
    ],
  },
  {
    name: 'packages',
    why: 'the releases of packages, where one is listed',
    holds: within('src/knowledge/packages/', 'data.generated.ts names.generated.ts'),
  },
  {
    name: 'packages-beside',
    why: 'likewise, of packages beside the stack, where one of them is met',
    holds: ['src/knowledge/packages/beside.generated.ts'],
  },
  {
    name: 'wheels',
    why: 'where a package with compiled code is pinned',
    holds: ['src/knowledge/packages/wheels.generated.ts'],
  },
  {
    name: 'carried',
    why: 'where something common that is not listed may come along with a package',
    holds: ['src/knowledge/packages/carried.generated.ts'],
  },
  {
    name: 'images',
    why: 'apps that are built as an image',
    holds: within(
      'src/',
      'syntax/yaml/ syntax/dockerfile/ app/manifest/heroku-yml.ts app/dependencies/container.ts app/processes/image.ts',
    ),
  },
  {
    name: 'manifests',
    why: 'app.json, project.toml, package.json: most projects have none',
    holds: [
      ...within('src/app/manifest/', 'app-json.ts project-toml.ts'),
      'src/syntax/json/',
      'node_modules/jsonc-parser/',
    ],
  },
  {
    name: 'dependency-files',
    why: 'what Poetry and addresses say of versions, and what holds a version back',
    holds: within('src/app/dependencies/', 'poetry.ts url-version.ts held-back.ts stack.ts'),
  },
  {
    name: 'edits',
    why: 'what fixes write, where a finding has one that changes code, lists or commands',
    holds: [
      ...within('src/syntax/', 'insertions.ts'),
      ...within('src/app/asgi/', 'code-edits.ts layout.ts'),
      ...within('src/app/settings/', 'list-edits.ts redis-edits.ts missing-config-vars.ts'),
      ...within('src/app/', 'processes/command-edits.ts dependencies/addition.ts'),
      'rules/app/redis-addon/addition.ts',
    ],
  },
  {
    name: 'python-rare',
    why: 'what the settings and ASGI modules of one project in ten hold, or fewer',
    holds: [
      ...within('src/syntax/python/', 'messages.ts recover.ts statement-start.ts encoding.ts'),
      ...within(
        'src/evaluate/python/interpreter/',
        'patterns.ts with.ts context-managers.ts loops.ts damaged-names.ts',
      ),
      ...within('src/evaluate/python/types/', 'sort.ts float-text.ts percent.ts'),
      ...within(
        'src/evaluate/python/libraries/',
        'importlib.ts collections.ts support/data.ts support/regex.ts support/literal.ts support/rounding.ts support/shlex.ts',
      ),
      'src/evaluate/python/repr.ts',
    ],
  },
  {
    name: 'python-some',
    why: 'what those of one project in three hold: `try`, comprehensions, .env files, casts of config vars',
    holds: [
      ...within(
        'src/evaluate/python/',
        'interpreter/try.ts interpreter/comprehensions.ts interpreter/fstrings.ts types/format.ts',
      ),
      ...within('src/evaluate/python/libraries/support/', 'convert.ts env-files.ts files.ts django-settings.ts'),
      ...within('src/', 'syntax/dotenv/'),
    ],
  },
  {
    name: 'shell-rare',
    why: 'what scripts hold and a line of a Procfile does not',
    holds: [
      ...within('src/evaluate/shell/', 'tests.ts arithmetic.ts braces.ts substitution.ts'),
      ...within('node_modules/unbash/dist/', 'arithmetic.js ansi-c.js assignment.js heredoc.js'),
    ],
  },
  {
    name: 'rare',
    why: 'what one project in ten asks, or fewer',
    holds: [
      ...within('src/app/', 'asgi/middleware.ts asgi/origin- asgi/websocket-stack.ts project/imports.ts'),
      ...within('src/app/', 'processes/servers/wsgi.ts'),
      ...within('src/files/', 'ignore/slugignore.ts git/ewah.ts'),
      ...within('rules/', 'app/secret-logged/console.ts deps/lock-stale/uv- procfile/keepalive/heartbeat.ts'),
      'src/app/dependencies/uv-python.ts',
      'src/app/dependencies/excluded-python.ts',
      ...within('rules/', 'app/config-var-missing/domains.ts app/redis-plan/connections.ts'),
      ...within('rules/', 'procfile/background-server/asked-host.ts settings/system-check/model-names.ts'),
      'rules/settings/channel-layer-in-memory/asked.ts',
      'node_modules/fastest-levenshtein/',
      'src/cli/debug.ts',
    ],
  },
  {
    name: 'check',
    why: 'whether there is a front end at all is asked by every check, and what is not one is told by these',
    holds: [
      ...within('src/app/frontend/', 'frontend.ts files.ts collected-folder.ts'),
      ...within(
        'rules/frontend/',
        'endpoint-mismatch/mismatches.ts endpoint-mismatch/written-addresses.ts token/token-faults.ts',
      ),
      ...[
        'close-code',
        'content-policy',
        'endpoint-mismatch',
        'insecure-websocket',
        'local-endpoint',
        'no-reconnect',
        'subprotocol',
        'template-error',
        'token',
      ].map((rule) => `rules/frontend/${rule}/rule.ts`),
    ],
  },
  {
    name: 'templates',
    why: 'the first page, where a Django project has settings that can be read',
    holds: [
      ...within('src/', 'app/pages/ knowledge/packages/templates. evaluate/python/libraries/django-page.ts'),
      ...within('src/syntax/html/', 'templates.ts template-tree.ts template-expressions.ts'),
      'rules/frontend/template-error/page-faults.ts',
    ],
  },
  {
    name: 'policies',
    why: 'where a project says which connections its pages may open',
    holds: ['src/evaluate/python/libraries/django-policy.ts'],
  },
  {
    name: 'origins',
    why: 'where a project lists trusted origins, or has to',
    holds: ['rules/settings/csrf-trusted-origins/unlisted.ts', 'src/app/settings/trusted-origin.ts'],
  },
  {
    name: 'migrations',
    why: 'where a command compares models with migrations',
    holds: within(
      'rules/procfile/command-fails/',
      'changed-models.ts field-changes.ts migration-state.ts model-fields.ts',
    ),
  },
  {
    name: 'library-pydantic',
    why: 'settings that pydantic reads',
    holds: within(
      'src/evaluate/python/libraries/',
      'pydantic.ts pydantic-fields.ts pydantic-objects.ts pydantic-types.ts',
    ),
  },
  {
    name: 'frontend',
    why: 'JavaScript and templates, where there are some',
    holds: [
      ...within('src/', 'syntax/javascript/ syntax/html/ evaluate/javascript/ app/frontend/'),
      'node_modules/js-tokens/',
      'rules/frontend/',
    ],
  },
  {
    name: 'programs',
    why: 'commands that start other programs, and what packages bring of those',
    holds: [
      ...within(
        'src/app/processes/programs/',
        'make.ts package-json.ts package-call.ts procfile-manager.ts python-calls.ts python-script.ts supervisord.ts output.ts',
      ),
      'src/knowledge/stack-programs.ts',
      ...within('rules/', 'procfile/command-missing/absent-subcommands.ts'),
      ...within('rules/', 'settings/celery-broker/brokerless.ts app/buildpack/misplaced.ts'),
      'src/app/processes/celery-commands.ts',
    ],
  },
  {
    name: 'server-gunicorn',
    why: 'a web process runs one server; daphne, the usual one, is in `check`',
    holds: within('src/', 'knowledge/servers/gunicorn. app/processes/servers/gunicorn'),
  },
  {
    name: 'server-uvicorn',
    why: 'likewise; gunicorn loads it for its workers',
    holds: within('src/', 'knowledge/servers/uvicorn. app/processes/servers/uvicorn.ts'),
  },
  {
    name: 'server-others',
    why: 'likewise, those that are seldom met',
    holds: ['granian', 'hypercorn', 'waitress'].flatMap((server) =>
      within('src/', `knowledge/servers/${server}. app/processes/servers/${server}.ts`),
    ),
  },
  {
    name: 'library-environ',
    why: 'settings read config vars with one of these, or with os.environ',
    holds: within('src/evaluate/python/libraries/', 'environ.ts environ- environs.ts'),
  },
  {
    name: 'library-decouple',
    why: 'likewise',
    holds: within('src/evaluate/python/libraries/', 'decouple.ts dotenv.ts'),
  },
  {
    name: 'library-urls',
    why: 'likewise, of databases and caches',
    holds: within('src/evaluate/python/libraries/', 'dj-database-url.ts urllib.ts support/url.ts django-heroku.ts'),
  },
  {
    name: 'library-others',
    why: 'models of modules that settings seldom import; one import of any loads all, in half a millisecond',
    holds: [
      ...within(
        'src/evaluate/python/libraries/',
        'ast.ts base64.ts configurations.ts configurations-values.ts contextlib.ts copy.ts corsheaders.ts datetime.ts declined.ts distutils.ts functools.ts itertools.ts json.ts logging.ts platform.ts random.ts re.ts socket.ts split-settings.ts ssl.ts string.ts tomllib.ts typing.ts',
      ),
      ...within('src/evaluate/python/', 'json.ts json-objects.ts'),
    ],
  },
]

function within(folder, names) {
  return names.split(' ').map((name) => folder + name)
}

const entries = rows.flatMap(({ name, holds }) => holds.map((entry) => ({ name, entry })))

/** A whole path, or the beginning of some. */
const names = (entry, path) => path === entry || (!/\.[jt]s$/.test(entry) && path.startsWith(entry))

/** @param {string} path - relative to the project, with `/`; a module of the bundler itself starts with `\0` */
export function chunkOf(path) {
  const [module, part] = /^rules\/.*\/messages\.ts$/.test(path) ? [path, 'messages'] : path.split('?')
  const home = entries.find(({ entry }) => names(entry, module))?.name ?? 'check'
  return part === undefined ? home : chunkOfPart(module, part, home)
}

/**
 * Where the functions go that `split.mjs` takes out of a module, by the folder or package: what is used together, in files
 * that are large enough to be worth loading one more.
 */
const rarely = [
  { name: 'rarely-shell', holds: ['src/evaluate/shell/', 'node_modules/unbash/'] },
  { name: 'rarely-python', holds: ['src/evaluate/python/', 'src/syntax/python/'] },
  { name: 'rarely-rules', holds: ['rules/'] },
  { name: 'rarely-app', holds: ['src/app/'] },
]

/** Files besides `check` that many checks load; what is rare in one of the others stays where it is. */
const often = ['edits', 'frontend', 'python-some', 'library-urls']

/** Whether many checks load a file of dist/, so that what they call of it is worth compiling with it. */
export const isOftenLoaded = (name) => ['check', 'config', 'toml', ...often].includes(name)

function chunkOfPart(module, part, home) {
  if (part === 'messages') return isOftenTold(module) ? 'messages' : `messages-${module.split('/')[1]}`
  if (home === 'frontend') return 'rarely-frontend'
  if (home === 'check') return rarely.find(({ holds }) => holds.some((one) => module.startsWith(one)))?.name ?? 'rarely'
  return often.includes(home) ? 'rarely' : home
}

/**
 * Entries that name none of the modules, or only such as an earlier row has taken.
 * @param {readonly string[]} paths - of every module in the bundle
 */
export function unusedEntries(paths) {
  const used = new Set(paths.map((path) => entries.find(({ entry }) => names(entry, path))))
  return entries.filter((one) => !used.has(one)).map(({ name, entry }) => `${name}: ${entry}`)
}

const areas = ['app', 'asgi', 'deps', 'engine', 'frontend', 'procfile', 'settings']

/** Messages that are told often stand together; an area all of whose rules tell such has no file of its own. */
function hasRareMessages(area) {
  const folder = new URL(`../rules/${area}/`, import.meta.url)
  return readdirSync(folder).some((rule) => !isOftenTold(`rules/${area}/${rule}/rule.ts`))
}

/** Every file of dist/ but the entry, without its suffix; the bundler adds one for what it puts around CommonJS packages. */
export const chunkNames = [
  ...new Set([...rows, ...rarely].map(({ name }) => name)),
  ...['rolldown-runtime', 'rarely', 'rarely-frontend', 'messages'],
  ...areas.filter(hasRareMessages).map((area) => `messages-${area}`),
]
