import { addAddon } from '../../../src/app/manifest/mending.ts'
import { missingRedis } from '../../../src/app/manifest/redis.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'app/redis-addon',
  hop: 'message',
  severity: 'error',
  fix: 'safe',
  summary: {
    en: 'The manifest lists add-ons, but none sets the Redis variable the channel layer reads',
    fr: 'Le manifeste liste des add-ons, mais aucun ne définit la variable Redis que lit le channel layer',
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
  },
  mend: {
    none: { en: 'Add `heroku-redis` to the add-ons of {file}.', fr: 'Ajoutez `heroku-redis` aux add-ons de {file}.' },
    other: { en: 'Read {others}, or attach heroku-redis.', fr: 'Lisez {others}, ou attachez heroku-redis.' },
  },
  check(app, report) {
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
