import type { Case, Hop } from './case.ts'

/** In how many cases that break a rule has to speak, and in how many it has to be silent. */
export interface Coverage {
  readonly fires: number
  readonly nearMisses: number
}

/** Rules whose subject no run can show, and why. */
export const unobservable: Readonly<Record<string, string>> = {
  'app/buildpack': 'which buildpacks and which stack the platform still runs: the rig builds with none of them',
  'app/config-var-missing': 'it compares with a snapshot of a deployed app, which no app of the rig has',
  'app/manifest-syntax':
    'app.json is read by review apps and buttons and heroku.yml by container builds, never by a push of this kind',
  'app/redis-addon': 'which add-ons are attached is the account’s business: the rig attaches what the manifest lists',
  'app/redis-plan': 'plans, their connections and their end belong to the account',
  'app/secret-in-source': 'who reads the source uses the secret, elsewhere and later',
  'app/web-formation': 'how many dynos run belongs to the account: the rig always starts two',
  'deps/unpinned': 'it is about a later build, with releases that are not out yet',
  'engine/config': 'the tool’s own configuration: nothing runs otherwise for it',
  'engine/file-too-large': 'what the tool skipped: nothing runs otherwise for it',
  'engine/internal-error': 'a fault of the tool: nothing runs otherwise for it',
  'engine/unreadable-file': 'what the tool could not read: nothing runs otherwise for it',
  'engine/unused-suppression': 'the tool’s own comments: nothing runs otherwise for them',
  'frontend/close-code': 'how a page ends that is refused on purpose: the rig opens sockets that are let in',
  'procfile/nginx-upgrade': 'nginx comes with a buildpack: the rig runs none, and has no nginx',
  'procfile/nginx-front': 'nginx comes with a buildpack: the rig runs none, and has no nginx',
  'procfile/useless-worker': 'the rig starts the web process and the release, no worker',
  'procfile/deprecated-worker': 'the old name still works: a later release will not have it',
  'procfile/release-phase': 'who migrates by hand has done so before anybody looks: the rig does as well',
  'settings/config-var-unread': 'a variable that nobody reads changes nothing',
  'settings/conn-max-age': 'connections run out under load only',
  'settings/removed-setting': 'what is lost with a dyno, or is not compressed: no run outlives its dyno',
  'settings/secret-key': 'what one start signed is refused after the next: no run outlives its processes',
  'settings/deploy-check': 'what a browser or a listener could do: nothing runs otherwise for it',
}

/** Rules whose findings about one hop cannot be seen in any run, though those about others can. */
export const unobservableAt: Readonly<Record<string, Readonly<Partial<Record<Hop, string>>>>> = {
  'deps/known-bad': { safety: 'an advisory: what an attacker could do with this release, whom the rig does not play' },
  'deps/python-version': { build: 'as a warning, a day that has not come: until then the buildpack installs it' },
}

function shows({ rules, cause }: Case['expect'], rule: string): boolean {
  return rules.includes(rule) || cause?.includes(rule) === true
}

/**
 * How often each of these rules is shown by the cases: one that breaks and names it shows it, one that works shows nothing of it. A
 * case in which the rule is neither expected nor excluded counts for nothing.
 */
export function coverageOf(rules: readonly string[], cases: readonly Case[]): ReadonlyMap<string, Coverage> {
  return new Map(
    rules.map((rule) => [
      rule,
      {
        fires: cases.filter(({ expect }) => expect.breaks !== 'none' && shows(expect, rule)).length,
        nearMisses: cases.filter(({ expect }) => expect.silent.includes(rule)).length,
      },
    ]),
  )
}

/** Observable rules with fewer than two cases of either kind, as lines to read. */
export function lacking(coverage: ReadonlyMap<string, Coverage>): string[] {
  return [...coverage]
    .filter(([rule, { fires, nearMisses }]) => !(rule in unobservable) && (fires < 2 || nearMisses < 2))
    .map(([rule, { fires, nearMisses }]) => `${rule}: ${fires} that fire, ${nearMisses} near misses`)
}
