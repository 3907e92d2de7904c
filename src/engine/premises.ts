import type { App } from '../app/app.ts'
import { modernChannels } from '../app/settings/channels.ts'
import { isDevelopment, isDevelopmentSwitch } from '../app/settings/verdict.ts'
import type { Text } from '../contracts/text.ts'
import { type Condition, toldOf } from '../evaluate/condition.ts'

/** What a project has to be: a Django project at all, one that uses Channels, one that uses Channels 2 or later. */
export type Need = 'django' | 'channels' | 'channels-2'

export function meets(app: App, need: Need): boolean {
  if (need === 'django') return app.isDjango
  return need === 'channels' ? app.usesChannels : modernChannels(app)
}

/**
 * What a finding can rest on: `settings`, the settings module that was read is the one in use; `heroku`, a fact of Heroku
 * (its router, its buildpack, the TLS of its Redis).
 */
export type Premise = 'settings' | 'heroku'

/**
 * What must be so for a finding to hold: the conditions of its paths; the settings module when another may be in use; the
 * platform when another may be meant. Undefined: it is certain. `never`: the configured platform is not Heroku, or somebody
 * would have to turn a switch for development on: then it is none.
 */
export function conditionOf(
  app: App,
  restsOn: readonly Premise[],
  when: readonly (Condition | Text)[] | Text | undefined,
): Text | undefined | 'never' {
  const all = when === undefined ? [] : isList(when) ? when : [when]
  const conditions = all.filter(isCondition)
  if (conditions.some(isDevelopmentSwitch)) return 'never'
  const settings = restsOn.includes('settings') ? settingsPremises(app) : { before: [], after: [] }
  const heroku = restsOn.includes('heroku') ? herokuPremise(app) : []
  if (heroku === 'never') return 'never'
  const texts = [
    ...settings.before,
    ...toldOf(conditions).map(({ text }) => text),
    ...settings.after,
    ...heroku,
    ...all.filter((one): one is Text => !isCondition(one)),
  ]
  if (texts.length === 0) return undefined
  return { en: texts.map(({ en }) => en).join(' and '), fr: texts.map(({ fr }) => fr).join(' et que ') }
}

/** That the settings that were read are those of the dyno, and all of them. */
function settingsPremises({ settings }: App): { readonly before: readonly Text[]; readonly after: readonly Text[] } {
  const before: Text[] = []
  if (!settings.sure && settings.module !== undefined) {
    before.push({
      en: `DJANGO_SETTINGS_MODULE is ${settings.module}`,
      fr: `DJANGO_SETTINGS_MODULE vaut ${settings.module}`,
    })
  } else if (settings.sure && settings.choice?.overridable && isDevelopment(settings.choice.module)) {
    before.push({ en: 'DJANGO_SETTINGS_MODULE is unset', fr: 'DJANGO_SETTINGS_MODULE n’est pas définie' })
  }
  if (!settings.evaluation?.bounded) return { before, after: [] }
  const bounded = {
    en: 'the settings do not change further (they have too many paths to follow them all)',
    fr: 'les settings ne changent plus ensuite (ils ont trop de chemins pour les suivre tous)',
  }
  return { before, after: [bounded] }
}

/** That it is Heroku where the app runs: `never` when the configuration names another platform. */
function herokuPremise({ manifest }: App): readonly Text[] | 'never' {
  if (['dokku', 'render', 'railway'].includes(manifest.platform)) return 'never'
  if (manifest.otherPlatforms.length === 0 || manifest.namesHeroku) return []
  return [{ en: 'the app is deployed on Heroku', fr: 'l’application est déployée sur Heroku' }]
}

function isList(when: readonly (Condition | Text)[] | Text): when is readonly (Condition | Text)[] {
  return Array.isArray(when)
}

function isCondition(one: Condition | Text): one is Condition {
  return 'id' in one
}
