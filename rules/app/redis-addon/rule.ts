import { lackingRedis } from '../../../src/app/settings/missing-redis-variable.ts'
import { rule } from '../../../src/engine/rule.ts'
import { addAddon } from './addition.ts'
import { missingRedis } from './missing-redis.ts'

const raises = { en: 'importing the settings raises', fr: 'l’import des réglages lève une exception' }
const closes = {
  en: 'the layer connects to the dyno itself, and every socket closes at once',
  fr: 'la couche se connecte au dyno lui-même, et toute socket se ferme aussitôt',
}

export default rule({
  id: 'app/redis-addon',
  hop: 'message',
  severity: 'error',
  fix: 'safe',
  summary: {
    en: 'No add-on of the manifest or of the deployed app sets the Redis variable the channel layer reads',
    fr: 'Aucun add-on du manifeste ou de l’application déployée ne définit la variable Redis que lit le channel layer',
  },
  messages: {
    none: {
      en: '{file} attaches no Redis add-on, so {variable}, which {setting} reads, is not set on the dyno',
      fr: '{file} n’attache aucun add-on Redis : {variable}, que lit {setting}, n’est pas définie sur le dyno',
    },
    other: {
      en: '{setting} reads {variable}, but the add-on of {file} sets {others}',
      fr: '{setting} lit {variable}, mais l’add-on de {file} définit {others}',
    },
    unset: {
      en: 'the app has no config var {variable}, which {setting} reads: {effect}',
      fr: 'l’application n’a pas de config var {variable}, que lit {setting} : {effect}',
    },
    renamed: {
      en: 'the app has no config var {variable}, which {setting} reads; its Redis add-on sets {others}: {effect}',
      fr: 'l’application n’a pas de config var {variable}, que lit {setting} ; son add-on Redis définit {others} : {effect}',
    },
  },
  mend: {
    unset: {
      en: 'Attach a Redis: heroku addons:create heroku-redis:premium-0.',
      fr: 'Attachez un Redis : heroku addons:create heroku-redis:premium-0.',
    },
    renamed: {
      en: 'Read {others}, or give the attachment that name (heroku addons:attach … --as …).',
      fr: 'Lisez {others}, ou donnez ce nom à l’attachement (heroku addons:attach … --as …).',
    },
    none: { en: 'Add `heroku-redis` to the add-ons of {file}.', fr: 'Ajoutez `heroku-redis` aux add-ons de {file}.' },
    other: { en: 'Read {others}, or attach heroku-redis.', fr: 'Lisez {others}, ou attachez heroku-redis.' },
  },
  check(app, report) {
    const lacking = lackingRedis(app)
    if (lacking !== undefined) {
      const { client, variable, others, crashes } = lacking
      report(others.length === 0 ? 'unset' : 'renamed', {
        at: client.read ?? client.at,
        data: { variable, setting: client.setting, others: others.join(', '), effect: crashes ? raises : closes },
        ...(crashes && { hop: 'boot' }),
        related: [{ at: client.assignment, message: { en: 'it is used here', fr: 'elle est employée ici' } }],
        symbol: variable,
      })
      return
    }
    const found = missingRedis(app)
    if (found === undefined) return
    const { at, client, variable, others } = found
    const edit = others.length === 0 ? addAddon(app, at, 'heroku-redis') : undefined
    report(others.length === 0 ? 'none' : 'other', {
      at,
      data: { file: at.file, variable, setting: client.setting, others: others.join(', ') },
      related: [{ at: client.read ?? client.at, message: { en: 'it is read here', fr: 'elle est lue ici' } }],
      ...(edit && {
        fixes: [{ title: { en: 'Attach heroku-redis', fr: 'Attacher heroku-redis' }, safety: 'safe', edits: [edit] }],
      }),
      symbol: variable,
    })
  },
})
