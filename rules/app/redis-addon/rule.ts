import type { App } from '../../../src/app/app.ts'
import { lackingRedis } from '../../../src/app/settings/missing-redis-variable.ts'
import type { RedisClient } from '../../../src/app/settings/model.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { rule } from '../../../src/engine/rule.ts'
import { readText } from '../../../src/files/tree.ts'
import { addAddon } from './addition.ts'
import { missingRedis } from './missing-redis.ts'

export default rule({
  id: 'app/redis-addon',
  hop: 'message',
  severity: 'error',
  summary: {
    en: 'No add-on of the manifest or of the deployed app sets the Redis variable the channel layer reads',
    fr: 'Aucun add-on du manifeste ou de l’application déployée ne définit la variable Redis que lit le channel layer',
  },
  messages: {
    none: {
      text: {
        en: '{file} attaches no Redis add-on, so {variable}, which {setting} reads, is not set on the dyno',
        fr: '{file} n’attache aucun add-on Redis : {variable}, que lit {setting}, n’est pas définie sur le dyno',
      },
      help: {
        en: 'Add `heroku-redis` to the add-ons in {file}.',
        fr: 'Ajoutez `heroku-redis` aux add-ons dans {file}.',
      },
      fix: {
        safety: 'unsafe',
        costs: {
          en: 'an app created from this file gets a Redis that is paid by the second (from about $3 a month)',
          fr: 'une application créée d’après ce fichier reçoit un Redis facturé à la seconde (à partir de 3 $ par mois environ)',
        },
        en: 'Attach heroku-redis',
        fr: 'Attacher heroku-redis',
      },
    },
    other: {
      text: {
        en: '{setting} reads {variable}, but the add-on of {file} sets {others}',
        fr: '{setting} lit {variable}, mais l’add-on de {file} définit {others}',
      },
      help: { en: 'Read {others}, or attach heroku-redis.', fr: 'Lisez {others}, ou attachez heroku-redis.' },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'where that variable is not set, no Redis is found',
          fr: 'là où cette variable n’est pas définie, aucun Redis n’est trouvé',
        },
        en: 'Read {others}',
        fr: 'Lire {others}',
      },
    },
    unset: {
      text: {
        en: 'the app has no config var {variable}, which {setting} reads: the layer connects to the dyno itself, and every socket closes at once',
        fr: 'l’application n’a pas de config var {variable}, que lit {setting} : le channel layer se connecte au dyno lui-même, et tout socket se ferme aussitôt',
      },
      help: {
        en: 'Attach a Redis: heroku addons:create heroku-redis:premium-0.',
        fr: 'Attachez un Redis : heroku addons:create heroku-redis:premium-0.',
      },
    },
    'unset-raises': {
      hop: 'boot',
      text: {
        en: 'the app has no config var {variable}, which {setting} reads: importing the settings raises',
        fr: 'l’application n’a pas de config var {variable}, que lit {setting} : l’import des settings lève une exception',
      },
      help: {
        en: 'Attach a Redis: heroku addons:create heroku-redis:premium-0.',
        fr: 'Attachez un Redis : heroku addons:create heroku-redis:premium-0.',
      },
    },
    renamed: {
      text: {
        en: 'the app has no config var {variable}, which {setting} reads; its Redis add-on sets {others}: the layer connects to the dyno itself, and every socket closes at once',
        fr: 'l’application n’a pas de config var {variable}, que lit {setting} ; son add-on Redis définit {others} : le channel layer se connecte au dyno lui-même, et tout socket se ferme aussitôt',
      },
      help: {
        en: 'Read {others}, or give the attachment that name (heroku addons:attach … --as …).',
        fr: 'Lisez {others}, ou donnez ce nom à l’attachement (heroku addons:attach … --as …).',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'where that variable is not set, no Redis is found',
          fr: 'là où cette variable n’est pas définie, aucun Redis n’est trouvé',
        },
        en: 'Read {others}',
        fr: 'Lire {others}',
      },
    },
    'renamed-raises': {
      hop: 'boot',
      text: {
        en: 'the app has no config var {variable}, which {setting} reads; its Redis add-on sets {others}: importing the settings raises',
        fr: 'l’application n’a pas de config var {variable}, que lit {setting} ; son add-on Redis définit {others} : l’import des settings lève une exception',
      },
      help: {
        en: 'Read {others}, or give the attachment that name (heroku addons:attach … --as …).',
        fr: 'Lisez {others}, ou donnez ce nom à l’attachement (heroku addons:attach … --as …).',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'where that variable is not set, no Redis is found',
          fr: 'là où cette variable n’est pas définie, aucun Redis n’est trouvé',
        },
        en: 'Read {others}',
        fr: 'Lire {others}',
      },
    },
  },
  check(app, report) {
    const lacking = lackingRedis(app)
    if (lacking !== undefined) {
      const { client, variable, others, crashes } = lacking
      const message = others.length === 0 ? 'unset' : 'renamed'
      report(crashes ? `${message}-raises` : message, {
        at: client.read ?? client.at,
        data: { variable, setting: client.setting, others: others.join(', ') },
        edits: variableRead(app, client, variable, others),
        related: [{ at: client.assignment, message: { en: 'it is used here', fr: 'elle est utilisée ici' } }],
        symbol: variable,
      })
      return
    }
    const found = missingRedis(app)
    if (found === undefined) return
    const { at, client, variable, others } = found
    const edit = others.length === 0 ? addAddon(app, at, 'heroku-redis') : undefined
    const read = others.length === 0 ? undefined : variableRead(app, client, variable, others)
    report(others.length === 0 ? 'none' : 'other', {
      at,
      data: { file: at.file, variable, setting: client.setting, others: others.join(', ') },
      related: [{ at: client.read ?? client.at, message: { en: 'it is read here', fr: 'elle est lue ici' } }],
      edits: read ?? (edit && [edit]),
      symbol: variable,
    })
  },
})

/** The name of the variable where it is read, when one other is set. */
function variableRead(
  app: App,
  { read, at }: RedisClient,
  variable: string,
  [other, ...more]: readonly string[],
): Edit[] | undefined {
  const { file, span } = read ?? at
  const text = readText(app.tree, file)?.text ?? ''
  const named = [...text.slice(span.start, span.end).matchAll(new RegExp(`(["'])${variable}\\1`, 'g'))]
  const [only] = named
  if (other === undefined || more.length > 0 || only === undefined || named.length > 1) return undefined
  const start = span.start + only.index + 1
  return [{ file, span: { start, end: start + variable.length }, text: other }]
}
