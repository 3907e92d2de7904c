import { rule } from '../../../src/engine/rule.ts'
import { splitClients } from './split-clients.ts'

const fix = {
  safety: 'unsafe',
  needs: {
    en: 'the variable wherever the project runs, on the developer’s machine as well',
    fr: 'la variable partout où le projet tourne, y compris sur la machine de développement',
  },
  en: 'Pass {variable} whole',
  fr: 'Passer {variable} entière',
} as const

const help = {
  en: 'Pass the URL as it is: `{"address": os.environ["{variable}"], …}` for the layer, the URL itself elsewhere.',
  fr: 'Passez l’URL telle quelle : `{"address": os.environ["{variable}"], …}` pour le channel layer, l’URL elle-même ailleurs.',
} as const

export default rule({
  id: 'settings/redis-url-split',
  hop: 'message',
  severity: 'error',
  restsOn: ['settings', 'heroku'],
  summary: {
    en: 'Host and port were taken out of the Redis URL, and its password or TLS is lost',
    fr: 'L’hôte et le port ont été tirés de l’URL Redis, et son mot de passe ou TLS est perdu',
  },
  messages: {
    host: {
      text: {
        en: '{setting} takes host and port out of {variable} and leaves its password and TLS behind: the server closes the connection',
        fr: '{setting} tire l’hôte et le port de {variable} et y laisse le mot de passe et TLS : le serveur ferme la connexion',
      },
      help,
      fix,
    },
    'not-a-host': {
      text: {
        en: '{setting} gives `{written}` as host, cut out of {variable} with its scheme and password: that is not a host name, and no connection is made',
        fr: '{setting} donne `{written}` comme hôte, découpé dans {variable} avec son schéma et son mot de passe : ce n’est pas un nom d’hôte, et aucune connexion ne s’établit',
      },
      help,
      fix,
    },
    password: {
      text: {
        en: '{setting} builds `{written}` from parts of {variable} and leaves its password out: "NOAUTH Authentication required"',
        fr: '{setting} construit `{written}` avec des parties de {variable} et oublie son mot de passe : « NOAUTH Authentication required »',
      },
      help,
      fix,
    },
    tls: {
      text: {
        en: '{setting} speaks plain Redis to the server of {variable}, which accepts TLS only: the server closes the connection',
        fr: '{setting} parle en clair au serveur de {variable}, qui n’accepte que TLS : le serveur ferme la connexion',
      },
      help,
      fix,
    },
  },
  check(app, report) {
    for (const { client, kind, variable, written, when, other, edits } of splitClients(app)) {
      const { setting, at, read, consumer } = client
      report(kind, {
        at,
        data: { setting, variable, written },
        related: [
          ...(read === undefined
            ? []
            : [{ at: read, message: { en: 'the parts are taken here', fr: 'les parties sont prises ici' } }]),
          ...(other === undefined ? [] : [other]),
        ],
        hop: consumer === 'layer' ? undefined : 'http',
        edits,
        when,
        symbol: setting,
      })
    }
  },
})
