/** What a platform does differently from the others. */
export interface PlatformFacts {
  /** Where the app lies on the machine that runs it. */
  readonly home: string
  /** Whose rules a Procfile is read by: classic Heroku's, or those of Cloud Native Buildpacks. */
  readonly procfile: 'classic' | 'fir'
  /** Config vars that the platform itself sets: DYNO on Heroku, CI nowhere but in test runs. */
  readonly dyno: boolean
  readonly known: boolean
  /** Config vars of heroku-buildpack-python: FORWARDED_ALLOW_IPS, GUNICORN_CMD_ARGS, WEB_CONCURRENCY … */
  readonly buildpackVariables: boolean
  /** HOME is what `home` says. */
  readonly setsHome: boolean
  /** Besides the app its disk holds what a stack of Heroku's brings, and nothing of the project's. */
  readonly stack: boolean
}

const other: PlatformFacts = {
  home: '/app',
  procfile: 'classic',
  dyno: false,
  known: false,
  buildpackVariables: false,
  setsHome: false,
  stack: false,
}

/** Sources: heroku-buildpack-python v351, buildpacks-python 6.5.6, Dev Center, Dokku's documentation; read 2026-11. */
export const platforms: Readonly<
  Record<'heroku-classic' | 'heroku-fir' | 'heroku-container' | 'dokku' | 'render' | 'railway', PlatformFacts>
> = {
  'heroku-classic': { ...other, dyno: true, known: true, buildpackVariables: true, setsHome: true, stack: true },
  'heroku-fir': { ...other, home: '/workspace', procfile: 'fir', dyno: true, known: true, setsHome: true, stack: true },
  'heroku-container': { ...other, dyno: true, known: true },
  dokku: { ...other, known: true, buildpackVariables: true, setsHome: true },
  render: other,
  railway: other,
}
