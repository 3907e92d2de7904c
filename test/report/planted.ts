/** Secrets in the kinds of place in which projects keep them. Made from a seed, none is anybody's. */

export interface Planted {
  readonly kind: string
  readonly secret: string
  readonly file: string
}

/** A file and its text with `@` where the secret stands. */
type Place = readonly [kind: string, file: string, text: string]

const django: readonly Place[] = [
  ['a setting', 'settings.py', "SECRET_KEY = '@'"],
  ['an annotated setting', 'settings.py', 'EMAIL_HOST_PASSWORD: str = "@"'],
  ['a bytes setting', 'settings.py', "FERNET_KEY = b'@'"],
  ['a setting in brackets', 'settings.py', "STRIPE_SECRET_KEY = (\n    '@'\n)"],
  ['a setting over two lines', 'settings.py', 'TWILIO_AUTH_TOKEN = \\\n    "@"'],
  ['a fallback', 'settings.py', "SECRET_KEY = os.environ.get('SECRET_KEY', '@')"],
  ['a fallback of a reader', 'settings.py', "AWS_SECRET_ACCESS_KEY = config('AWS_SECRET_ACCESS_KEY', default='@')"],
  ['a fallback by or', 'settings.py', 'API_KEY = os.getenv("API_KEY") or "@"'],
  ['a branch', 'settings.py', "JWT_SECRET = env('JWT') if LIVE else '@'"],
  ['a default of the environment', 'asgi.py', "os.environ.setdefault('MAIL_PASSWORD', '@')"],
  ['an item of the environment', 'asgi.py', "os.environ['MAIL_PASSWORD'] = '@'"],
  ['a dict entry', 'settings.py', "DATABASES = {'default': {'NAME': 'app', 'PASSWORD': '@', 'HOST': 'db'}}"],
  ['a dict call', 'settings.py', "DATABASES = {'default': dict(NAME='app', PASSWORD='@')}"],
  ['a list', 'settings.py', "API_TOKENS = ['@', 'second-of-them-77']"],
  ['base64', 'settings.py', "SECRET_KEY = base64.b64decode('@').decode()"],
  ['an f-string', 'settings.py', 'PAYMENT_TOKEN = f"@{SUFFIX}"'],
  ['a sum', 'settings.py', "SIGNING_KEY = 'part' + '@'"],
  ['a keyword', 'tasks.py', "client = Client(user='me', password='@')"],
  ['a header', 'tasks.py', "requests.get(url, headers={'Authorization': 'Bearer @'})"],
  ['a comment', 'settings.py', '# password: @'],
  ['a docstring', 'tasks.py', '"""Log in with password=@ please"""'],
  ['a comparison', 'views.py', "if password == '@':"],
  ['a call of Redis', 'consumers.py', "redis.Redis(host='h.example.com', password='@')"],
]

const urls: readonly Place[] = [
  'redis',
  'rediss',
  'postgres',
  'mysql',
  'amqp',
  'mongodb+srv',
  'https',
  'smtp',
  'sftp',
].map(
  (scheme): Place => [
    `a ${scheme} URL`,
    'settings.py',
    `ADDRESS_${scheme.replace(/\W/g, '')} = '${scheme}://user:@@host.example.com:6379/0'`,
  ],
)

const others: readonly Place[] = [
  ['a user of a URL', 'settings.py', "REPOSITORY = 'https://@@host.example.com/x'"],
  ['a URL without user', 'settings.py', "CACHE = 'redis://:@@host.example.com:1'"],
  ['a query', 'static/app.js', "new WebSocket('wss://host.example.com/ws?token=@')"],
  ['an index', 'requirements.txt', '--extra-index-url https://user:@@pypi.example.com/simple'],
  [
    'a direct reference',
    'requirements.txt',
    'thing @ git+https://x:@@host.example.com/thing.git'.replace(' @ ', ' \u0001 '),
  ],
  ['.env', '.env', 'MAIL_PASSWORD=@'],
  ['.env with quotes', '.env', 'API_KEY="@"'],
  ['.env with export', '.env', 'export SESSION_SECRET=@'],
  ['.env with blanks', '.env', 'DB_PASSPHRASE=correct horse @'],
  ['a Procfile', 'Procfile', 'web: APP_TOKEN=@ daphne -b 0.0.0.0 -p $PORT mysite.asgi:application'],
  ['a Procfile option', 'Procfile', 'worker: celery --password @ worker'],
  ['app.json', 'app.json', '{"env": {"SECRET_KEY": "@"}}'],
  ['app.json with a description', 'app.json', '{"env": {"API_TOKEN": {"description": "x", "value": "@"}}}'],
  ['a Dockerfile', 'Dockerfile', 'ENV SECRET_KEY=@'],
  ['an old Dockerfile', 'Dockerfile', 'ENV MAIL_PASSWORD @'],
  ['a build argument', 'Dockerfile', 'ARG NPM_TOKEN=@'],
  ['YAML', 'docker-compose.yml', 'environment:\n  POSTGRES_PASSWORD: @'],
  ['YAML with quotes', 'docker-compose.yml', "environment:\n  - MAIL_PASSWORD='@'"],
  ['a YAML block', 'heroku.yml', 'SECRET_KEY: |\n  @\nnext: 1'],
  ['a name and a value', 'render.yaml', '- key: SECRET_KEY\n  value: @'],
  ['TOML', 'pyproject.toml', 'password = "@"'],
  ['an ini file', 'setup.cfg', 'api_key = @'],
  ['a script', 'start.sh', 'export DB_PASSWORD=@'],
  ['a Makefile', 'Makefile', 'TOKEN := @'],
  ['JavaScript', 'static/app.js', "const apiKey = '@'"],
  ['a JavaScript object', 'static/app.js', "const options = { authToken: '@', retry: 3 }"],
  ['a template literal', 'static/app.js', 'const secret = `@`'],
  ['a page', 'templates/page.html', "<script>var accessToken = '@'</script>"],
  ['TypeScript', 'src/socket.ts', 'const clientSecret: string = "@"'],
  ['a comment of JavaScript', 'static/app.js', '// token: @'],
  ['a private key', 'settings.py', 'KEY = """-----BEGIN RSA PRIVATE KEY-----\n@\n-----END RSA PRIVATE KEY-----"""'],
]

/** Tokens of services are known by their form, whatever they are called. */
const forms: readonly [string, (random: (length: number, alphabet?: string) => string) => string][] = [
  ['an AWS key', (r) => `AKIA${r(16, upper)}`],
  ['a GitHub token', (r) => `ghp_${r(36)}`],
  ['a GitLab token', (r) => `glpat-${r(20)}`],
  ['a Stripe key', (r) => `sk_live_${r(24)}`],
  ['a Slack token', (r) => `xoxb-${r(12, digits)}-${r(24)}`],
  ['a SendGrid key', (r) => `SG.${r(22)}.${r(43)}`],
  ['a Google key', (r) => `AIza${r(35)}`],
  ['a JWT', (r) => `eyJ${r(20)}.${r(40)}.${r(43)}`],
  ['a PyPI token', (r) => `pypi-${r(60)}`],
  ['a key Django made', (r) => `django-insecure-${r(50)}`],
  ['a long random text', (r) => `${r(20)}7a${r(20)}`],
]

const upper = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const digits = '0123456789'
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** `each` secrets of every kind, and the files that hold them. */
export function plant(each: number, seed = 1): { readonly files: Record<string, string>; readonly planted: Planted[] } {
  let state = seed
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const random = (length: number, alphabet = letters): string =>
    Array.from({ length }, () => alphabet[next(alphabet.length)]).join('')
  // Short and long, with and without signs: what people choose and what programs make.
  const shapes = [
    () => `${random(5)}-${random(4)}`,
    () => `${random(9)}!${random(8)}`,
    () => random(24),
    () => `${random(30, '0123456789abcdef')}`,
    () => `Tr0ub4dor&${random(3)}`,
  ]
  const files: Record<string, string> = {}
  const planted: Planted[] = []
  const put = (kind: string, file: string, text: string, secret: string): void => {
    files[file] = `${files[file] ?? ''}${text}\n`
    planted.push({ kind, secret, file })
  }
  for (let round = 0; round < each; round++) {
    for (const [kind, file, text] of [...django, ...urls, ...others]) {
      const secret = file === '.env' || text.includes('token=@') ? random(14) : (shapes[round % 5] as () => string)()
      const name = `${round}/${file}`
      put(kind, name, text.replace('@', () => secret).replace('\u0001', '@'), secret)
    }
    for (const [kind, make] of forms) {
      const secret = make(random)
      put(
        kind,
        `${round}/${round % 2 === 0 ? 'views.py' : 'static/other.js'}`,
        `x${planted.length} = '${secret}'`,
        secret.replace('django-insecure-', ''),
      )
    }
  }
  return { files, planted }
}
