/**
 * Programs that run the rest of their arguments. Options are read up to the first operand; `valued` ones take the next
 * word. Sources: the programs' own help texts (coreutils, util-linux, the Python and Heroku tools named below).
 */
export interface WrapperFact {
  /** Base name of the program. */
  readonly program: string
  /** Words that must follow (after options) for it to be a wrapper: `run`, `run-program`. */
  readonly sub?: readonly string[]
  /** Options that take a value in the next word. */
  readonly valued?: readonly string[]
  /** Operands of its own before the command: timeout's duration, gosu's user. */
  readonly operands?: number
  /** The command begins after `--` only. */
  readonly separator?: true
  /** It listens on $PORT itself and hands requests on: what the server binds is not the dyno's port. */
  readonly ownsPort?: true
  /** Options that change the working directory. */
  readonly folder?: readonly string[]
}

export const wrappers: readonly WrapperFact[] = [
  { program: 'nohup' },
  { program: 'setsid' },
  { program: 'unbuffer' },
  { program: 'catchsegv' },
  { program: 'jemalloc.sh' },
  { program: 'with-contenv' },
  { program: 'launcher' },
  { program: 'nice', valued: ['-n', '--adjustment'] },
  { program: 'ionice', valued: ['-c', '-n', '-p', '--class', '--classdata'] },
  { program: 'stdbuf', valued: ['-i', '-o', '-e', '--input', '--output', '--error'] },
  { program: 'time', valued: ['-f', '-o', '--format', '--output'] },
  { program: 'timeout', valued: ['-s', '-k', '--signal', '--kill-after'], operands: 1 },
  { program: 'sudo', valued: ['-u', '-g', '-h', '-p', '--user', '--group'] },
  { program: 'gosu', operands: 1 },
  { program: 'su-exec', operands: 1 },
  { program: 'tini', valued: ['-p', '-e'] },
  { program: 'dumb-init', valued: ['-r', '--rewrite'] },
  {
    program: 'chpst',
    valued: ['-u', '-U', '-e', '-/', '-n', '-l', '-L', '-m', '-d', '-o', '-p', '-f', '-c', '-r', '-t'],
  },
  { program: 'newrelic-admin', sub: ['run-program'] },
  { program: 'ddtrace-run', valued: [] },
  { program: 'splunk-py-trace' },
  { program: 'elasticapm-run' },
  {
    program: 'opentelemetry-instrument',
    valued: [
      '--traces_exporter',
      '--metrics_exporter',
      '--logs_exporter',
      '--service_name',
      '--exporter_otlp_endpoint',
      '--configurator',
      '--distro',
      '--id_generator',
      '--log_level',
    ],
  },
  { program: 'chamber', sub: ['exec'], separator: true },
  {
    program: 'doppler',
    sub: ['run'],
    valued: ['-p', '-c', '-t', '--project', '--config', '--token', '--fallback', '--mount', '--scope'],
  },
  { program: 'infisical', sub: ['run'], separator: true },
  { program: 'op', sub: ['run'], separator: true },
  { program: 'aws-vault', sub: ['exec'], separator: true },
  { program: 'teller', sub: ['run'], separator: true },
  { program: 'dotenv', sub: ['run'], valued: ['-f', '--file', '-q', '--quote', '-e', '--export'] },
  { program: 'dotenvx', sub: ['run'], separator: true },
  { program: 'honcho', sub: ['run'], valued: ['-e', '--env', '-d', '--app-root', '-f', '--procfile'] },
  { program: 'foreman', sub: ['run'], valued: ['-e', '--env', '-d', '--root', '-f', '--procfile'] },
  { program: 'poetry', sub: ['run'], valued: ['-C', '--directory', '-P', '--project'], folder: ['-C', '--directory'] },
  { program: 'pipenv', sub: ['run'] },
  {
    program: 'uv',
    sub: ['run'],
    valued: [
      '--directory',
      '--project',
      '--package',
      '-p',
      '--python',
      '--with',
      '--with-requirements',
      '--env-file',
      '--extra',
      '--group',
      '--no-group',
      '--only-group',
      '--index-url',
    ],
    folder: ['--directory'],
  },
  { program: 'pdm', sub: ['run'], valued: ['-p', '--project', '-s', '--site-packages'] },
  { program: 'hatch', sub: ['run'], valued: ['-e', '--env'] },
  { program: 'rye', sub: ['run'] },
  { program: 'pixi', sub: ['run'], valued: ['-e', '--environment', '--manifest-path'] },
  { program: 'conda', sub: ['run'], valued: ['-n', '--name', '-p', '--prefix', '--cwd'], folder: ['--cwd'] },
  { program: 'micromamba', sub: ['run'], valued: ['-n', '--name', '-p', '--prefix', '--cwd'], folder: ['--cwd'] },
  { program: 'bundle', sub: ['exec'] },
  {
    program: 'dockerize',
    valued: ['-wait', '-timeout', '-template', '-stdout', '-stderr', '-wait-retry-interval', '-delims'],
  },
  { program: 'wait-for-it', separator: true },
  { program: 'wait-for-it.sh', separator: true },
  { program: 'wait-for', separator: true },
  { program: 'wait-for.sh', separator: true },
  { program: 'watchmedo', sub: ['auto-restart'], separator: true },
]

/**
 * Programs that buildpacks put into `bin/` of the slug, so that they are not in the repository: pgbouncer and stunnel
 * (heroku-buildpack-pgbouncer), nginx (heroku-buildpack-nginx), QuotaGuard, Fixie, and others of that habit.
 */
export const buildpackWrapper =
  /^(?:start-[\w-]+|qgtunnel|qgsocksify|qgpass|fixie-wrench|proximo|run-with-[\w-]+|with[-_][\w-]+)$/

/** heroku-buildpack-nginx listens on $PORT itself and talks to the server through a socket or another port. */
export const portOwner = /^start-nginx(?:-[\w-]+)?$/
