/**
 * Which file of dist/ a module goes into: the first row that matches its path names it. `check` is what nearly every check
 * runs; the other files are read when something in them is asked for, so what a row takes out of `check` is not paid for
 * by those who do not need it. Fewer, larger files are better where the parts are used together: Node spends a quarter of
 * a millisecond on each.
 */
const rows = [
  [
    'cli',
    /^src\/(cli\/(start|compile-cache|main|args|option-rules|io)|contracts\/(severity|usage-error)|config\/config|report\/(marks|formats)|about\.generated|nearest)\.ts$/,
  ],
  ['git', /^src\/(cli\/git|files\/git\/objects-tree)\.ts$/],
  ['filters', /^src\/(cli\/(baseline|filters)|engine\/(baseline|ignores))\.ts$/],
  ['help', /^src\/cli\/help\.ts$/],
  ['colours', /^node_modules\/picocolors\/|^src\/terminal\/ansi\.ts$/],
  ['pages', /^src\/pages\.generated\.ts$/],
  ['packages', /^src\/knowledge\/packages\/(data|names)\.generated\.ts$/],
  ['lsp', /^src\/(lsp\/|cli\/lsp\.ts)|^node_modules\/vscode-/],
  ['logs', /^src\/(logs\/|cli\/logs\.ts)/],
  ['show', /^src\/(show\/|cli\/(show|why)\.ts|evaluate\/python\/statement-at)/],
  ['html', /^src\/report\/(html\/|fix-diff|overview)/],
  ['pins', /^src\/(cli\/pins|config\/(write-pins|yaml-pins|toml-pins))\.ts$/],
  [
    'commands',
    /^src\/(report\/(page|fixed)|cli\/(statistics|explain|pager|rules|init|completions|fix|replace|snapshot|heroku|ask|prepare|question)|snapshot\/output|mend\/|engine\/(edits|plans)|files\/(changed|encode|write))|^node_modules\/diff\//,
  ],
  ['snapshot', /^src\/snapshot\/(?!shapes)|^src\/cli\/facts-from/],
  [
    'config',
    /^src\/config\/(load|schema|positions|located|ignores|rule-globs|suggestion|names|pin-faults)\.ts$|^src\/snapshot\/shapes\.ts$|^node_modules\/valibot\//,
  ],
  [
    'formats',
    /^src\/report\/(sarif|github|gitlab|junit|checkstyle|rdjson|markdown|json|concise|line-hash|page-excerpt|escape)\.ts$|^src\/engine\/fingerprint\.ts$/,
  ],
  ['digest', /^src\/digest\.ts$|^node_modules\/@noble\//],
  ['yaml-documents', /^node_modules\/yaml\//],
  ['toml', /^node_modules\/(toml-eslint-parser|@iarna)\/|^src\/syntax\/toml\//],
  [
    'glob',
    /^node_modules\/(fast-glob|micromatch|picomatch|braces|fill-range|to-regex-range|is-number|glob-parent|is-glob|is-extglob|merge2|@nodelib|fastq|reusify|run-parallel|queue-microtask)\/|^src\/config\/glob-matcher\.ts$/,
  ],
  [
    'images',
    /^src\/(syntax\/(yaml|dockerfile)|app\/manifest\/heroku-yml|app\/dependencies\/container|app\/processes\/image)/,
  ],
  [
    'python-rare',
    /^src\/syntax\/python\/(messages|recover|statement-start|encoding)\.ts$|^src\/evaluate\/python\/(interpreter\/(patterns|with)|libraries\/support\/(data|regex|literal|rounding|dotenv|env-files|convert))\.ts$/,
  ],
  [
    'rare',
    /^src\/(app\/(asgi\/(code-edits|middleware|websocket-stack|layout)|project\/imports|dependencies\/suitable-python|processes\/(servers\/wsgi|command-edits)|settings\/(list-edits|missing-config-vars))|files\/ignore\/(wildmatch|slugignore)|files\/git\/ewah|evaluate\/shell\/(tests|arithmetic|braces))\.ts$|^rules\/deps\/lock-stale\/uv-|^rules\/app\/(config-var-missing\/domains|redis-plan\/connections)/,
  ],
  [
    'frontend',
    /^src\/(syntax\/(javascript|html)|evaluate\/javascript|app\/frontend\/(?!frontend|files|insecure|model))|^node_modules\/js-tokens\/|^rules\/frontend\/[^/]+\/(?!rule\.ts|mismatches|token-faults)/,
  ],
  [
    'programs',
    /^src\/app\/processes\/(programs\/(make|package-json|procfile-manager|python-calls|python-script|supervisord)|celery-commands)\.ts$|^src\/knowledge\/(packages\/programs\.generated|stack-programs|buildpacks)\.ts$|^rules\/(procfile\/command-missing\/(absent-subcommands|management-commands)|settings\/celery-broker\/brokerless|app\/buildpack\/misplaced)\.ts$/,
  ],
  ['server-gunicorn', /^src\/(knowledge\/servers\/gunicorn\.|app\/processes\/servers\/gunicorn)/],
  ['server-uvicorn', /^src\/(knowledge\/servers\/uvicorn\.|app\/processes\/servers\/uvicorn)/],
  [
    'server-others',
    /^src\/(knowledge\/servers\/(granian|hypercorn|waitress)\.|app\/processes\/servers\/(granian|hypercorn|waitress))/,
  ],
  ['library-environ', /^src\/evaluate\/python\/libraries\/(environs?|environ-.*)\.ts$/],
  ['library-urls', /^src\/evaluate\/python\/libraries\/(dj-database-url|urllib|support\/url|django-heroku)\.ts$/],
  ['library-decouple', /^src\/evaluate\/python\/libraries\/(decouple|dotenv)\.ts$/],
  [
    'library-others',
    /^src\/evaluate\/python\/libraries\/(ast|base64|configurations.*|contextlib|copy|corsheaders|datetime|declined|distutils|functools|itertools|json|logging|platform|random|re|socket|split-settings|ssl|string|typing)\.ts$|^src\/evaluate\/python\/json(-objects)?\.ts$/,
  ],
]

/** @param {string} path - relative to the project, with `/`; a module of the bundler itself starts with `\0` */
export function chunkOf(path) {
  return rows.find(([, pattern]) => pattern.test(path))?.[0] ?? 'check'
}

/** Every file of dist/ but the entry, without its suffix; the bundler adds one for what it puts around CommonJS packages. */
export const chunkNames = [...rows.map(([name]) => name), 'check', 'rolldown-runtime']
