import type { Config } from '../../config/config.ts'
import type { Place, Span } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Written } from '../../syntax/data.ts'

/** An add-on of app.json `addons`, heroku.yml `setup.addons` or the configuration's `addons`. */
export interface Addon {
  /** `heroku-redis` */
  readonly service: string
  /** `mini`; undefined when only the service is named. */
  readonly plan: string | undefined
  /** Attachment name: `as: cache` sets `CACHE_URL`. */
  readonly as: string | undefined
  /** The `service:plan` text, without its quotes. From the configuration: the file that lists it, or undefined. */
  readonly at: Place | undefined
  /** The plan alone, when it is written. */
  readonly planAt: Place | undefined
}

export interface EnvEntry {
  readonly name: string
  /** undefined: the value is asked for or generated when the app is created. */
  readonly value: string | undefined
  readonly required: boolean
  readonly generated: boolean
  /** The name. */
  readonly at: Place
  readonly valueAt: Place | undefined
}

export interface Formation {
  readonly type: string
  readonly quantity: { readonly value: number; readonly at: Place } | undefined
  readonly size: Written | undefined
  /** The process type's name. */
  readonly at: Place
}

/** A command of heroku.yml `run`/`release`, or of a Dockerfile. */
export interface ManifestCommand {
  readonly type: string
  /** Shell form: the text a shell reads. Exec form: words that nothing expands. */
  readonly command:
    | { readonly form: 'shell'; readonly text: string; readonly at: Place; readonly verbatim: boolean }
    | { readonly form: 'exec'; readonly words: readonly Written[]; readonly at: Place }
  /** The process type's name (heroku.yml) or the instruction (Dockerfile). */
  readonly at: Place
}

/** What is wrong with a manifest, ready to be shown. */
export interface ManifestProblem {
  readonly kind: 'syntax' | 'schema' | 'missing-file'
  readonly at: Place
  readonly message: Text
}

/** app.json: read by Heroku when an app is created (button, review apps, CI), not at each deploy. */
export interface AppJson {
  readonly file: string
  /** Undefined when the key is absent; a place to insert at is `addonsAt`. */
  readonly addons: readonly Addon[] | undefined
  /** The list `[…]` of add-ons. */
  readonly addonsAt: Place | undefined
  readonly env: readonly EnvEntry[]
  readonly formation: readonly Formation[]
  readonly buildpacks: readonly Written[]
  readonly stack: Written | undefined
  readonly scripts: readonly { readonly name: string; readonly command: Written }[]
}

/** heroku.yml: how the container stack builds and runs. */
export interface HerokuYml {
  readonly file: string
  readonly addons: readonly Addon[] | undefined
  readonly addonsAt: Place | undefined
  readonly env: readonly EnvEntry[]
  /** build.docker: process type -> Dockerfile. */
  readonly build: readonly { readonly type: string; readonly dockerfile: Written }[]
  /** undefined: no `run`; the Dockerfile's CMD is used. */
  readonly run: readonly ManifestCommand[] | undefined
  readonly release: ManifestCommand | undefined
  /** The key `run`. */
  readonly runAt: Place | undefined
}

/** project.toml: builder and build variables of Heroku's Cloud Native Buildpacks (Fir). */
export interface ProjectToml {
  readonly file: string
  readonly builder: Written | undefined
  readonly env: readonly EnvEntry[]
  readonly buildpacks: readonly Written[]
}

/** A manifest of another platform that stands in the root. */
export interface OtherPlatform {
  readonly platform: string
  readonly file: string
  /** The file's first line. */
  readonly span: Span
}

export interface Manifest {
  readonly appJson: AppJson | undefined
  readonly herokuYml: HerokuYml | undefined
  readonly projectToml: ProjectToml | undefined
  /** All add-ons of all sources; undefined when no source lists any. */
  readonly addons: readonly Addon[] | undefined
  /** The configuration's platform, or what the files say: heroku.yml without a stated platform means the container stack. */
  readonly platform: Config['platform']
  /** Manifests of other platforms in the root. */
  readonly otherPlatforms: readonly OtherPlatform[]
  /** Something names Heroku: a stated platform, app.json, heroku.yml, a Procfile that is no other platform's, project.toml for Heroku's builder. */
  readonly namesHeroku: boolean
  readonly problems: readonly ManifestProblem[]
}
