import { firstImport } from '../../../src/app/settings/first-import.ts'
import { platformTrusted } from '../../../src/app/settings/host-edits.ts'
import { type HostFault, hostFaults } from '../../../src/app/settings/hosts.ts'
import { setByFile } from '../../../src/app/settings/set-by-file.ts'
import { rule } from '../../../src/engine/rule.ts'
import { untrustedHosts } from './trusted-hosts.ts'

const entry = {
  text: {
    en: 'the entry `{host}` of ALLOWED_HOSTS matches no request: a Host is compared without scheme, port, path and blanks',
    fr: 'l’entrée `{host}` de ALLOWED_HOSTS ne correspond à aucune requête : l’hôte est comparé sans schéma, port, chemin ni espace',
  },
  help: {
    en: 'Write the bare host name: `{meant}`.',
    fr: 'Écrivez le nom d’hôte seul : `{meant}`.',
  },
  fix: { safety: 'safe', en: 'Write what Django compares', fr: 'Écrire ce que Django compare' },
} as const

const wildcard = {
  text: {
    en: 'the entry `{host}` of ALLOWED_HOSTS matches no request: a star stands for every host when it stands alone, and for nothing in a name',
    fr: 'l’entrée `{host}` de ALLOWED_HOSTS ne correspond à aucune requête : une étoile vaut pour tout hôte quand elle est seule, et pour rien dans un nom',
  },
  help: {
    en: 'Write `{meant}`: a leading dot stands for a domain and its subdomains.',
    fr: 'Écrivez `{meant}` : un point initial désigne un domaine et ses sous-domaines.',
  },
  fix: { safety: 'safe', en: 'Write what Django compares', fr: 'Écrire ce que Django compare' },
} as const

const joined = {
  text: {
    en: 'the entry `{host}` of ALLOWED_HOSTS holds several names in one text, and no request has such a Host: 400 Bad Request (DisallowedHost)',
    fr: 'l’entrée `{host}` de ALLOWED_HOSTS contient plusieurs noms dans un seul texte, et aucune requête n’a un tel hôte : 400 Bad Request (DisallowedHost)',
  },
  help: {
    en: 'Split the text at what separates the names (`.split(",")` at commas), or make each name an entry of its own.',
    fr: 'Découpez le texte à ce qui sépare les noms (`.split(",")` aux virgules), ou faites de chaque nom une entrée à part.',
  },
  fix: { safety: 'safe', en: 'Make each name an entry', fr: 'Faire de chaque nom une entrée' },
} as const

const fromVariable = {
  safety: 'unsafe',
  en: 'Read the names from the config var ALLOWED_HOSTS',
  fr: 'Lire les noms dans la config var ALLOWED_HOSTS',
  needs: {
    en: 'heroku config:set ALLOWED_HOSTS=<name>.herokuapp.com, with the name that heroku domains shows',
    fr: 'heroku config:set ALLOWED_HOSTS=<nom>.herokuapp.com, avec le nom que montre heroku domains',
  },
} as const

export default rule({
  id: 'settings/allowed-hosts',
  hop: 'http',
  severity: 'error',
  security: 'some',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'ALLOWED_HOSTS refuses the app’s own host, or lets every origin open a socket',
    fr: 'ALLOWED_HOSTS refuse l’hôte de l’application, ou laisse toute origine ouvrir un socket',
  },
  messages: {
    string: {
      text: {
        en: 'ALLOWED_HOSTS is a string: Django does not start, ImproperlyConfigured "The ALLOWED_HOSTS setting must be a list or a tuple."',
        fr: 'ALLOWED_HOSTS est une chaîne : Django ne démarre pas, ImproperlyConfigured « The ALLOWED_HOSTS setting must be a list or a tuple. »',
      },
      help: {
        en: 'Make it a list of host names.',
        fr: 'Faites-en une liste de noms d’hôte.',
      },
      fix: { safety: 'safe', en: 'Write what Django compares', fr: 'Écrire ce que Django compare' },
    },
    empty: {
      text: {
        en: 'ALLOWED_HOSTS is empty on the dyno: every request gets 400 Bad Request (DisallowedHost)',
        fr: 'ALLOWED_HOSTS est vide sur le dyno : toute requête reçoit 400 Bad Request (DisallowedHost)',
      },
      help: {
        en: 'Add the host names that `heroku domains` shows.',
        fr: 'Ajoutez les noms d’hôte que donne `heroku domains`.',
      },
      fix: fromVariable,
    },
    trusted: {
      text: {
        en: 'TrustedHostMiddleware lets in only {hosts}, and no request to a dyno has such a Host: 400 Invalid host header',
        fr: 'TrustedHostMiddleware ne laisse passer que {hosts}, et aucune requête vers un dyno n’a un tel hôte : 400 Invalid host header',
      },
      help: {
        en: 'Add the names on which the app answers, such as `*.herokuapp.com`.',
        fr: 'Ajoutez les noms sur lesquels l’application répond, comme `*.herokuapp.com`.',
      },
      fix: {
        safety: 'safe',
        en: 'Let the names of herokuapp.com in too',
        fr: 'Laisser passer aussi les noms de herokuapp.com',
      },
    },
    local: {
      text: {
        en: 'ALLOWED_HOSTS on the dyno holds no name that leads a browser to it, only {hosts}: every request gets 400 Bad Request (DisallowedHost)',
        fr: 'ALLOWED_HOSTS ne contient sur le dyno aucun nom par lequel un navigateur y arrive, seulement {hosts} : toute requête reçoit 400 Bad Request (DisallowedHost)',
      },
      help: {
        en: 'Add the host names that `heroku domains` shows.',
        fr: 'Ajoutez les noms d’hôte que donne `heroku domains`.',
      },
      fix: fromVariable,
      otherFix: {
        safety: 'unsafe',
        changes: {
          en: 'every app on herokuapp.com is an allowed host, and with AllowedHostsOriginValidator the pages of each may open sockets',
          fr: 'toute application de herokuapp.com est un hôte permis, et avec AllowedHostsOriginValidator les pages de chacune peuvent ouvrir des sockets',
        },
        en: 'Answer on the names of herokuapp.com by default',
        fr: 'Répondre par défaut sur les noms de herokuapp.com',
      },
    },
    'by-file': {
      text: {
        en: 'ALLOWED_HOSTS on the dyno holds no name that leads a browser to it, only {hosts}: {file} is pushed with the code and sets {variable}; every request gets 400 Bad Request (DisallowedHost)',
        fr: 'ALLOWED_HOSTS ne contient sur le dyno aucun nom par lequel un navigateur y arrive, seulement {hosts} : {file} est poussé avec le code et définit {variable} ; toute requête reçoit 400 Bad Request (DisallowedHost)',
      },
      help: {
        en: 'Set the config var, which wins over the file, to the names that `heroku domains` shows: `heroku config:set {variable}=…`; and keep {file} out of git.',
        fr: 'Donnez à la config var, qui l’emporte sur le fichier, les noms que donne `heroku domains` : `heroku config:set {variable}=…` ; et gardez {file} hors de git.',
      },
    },
    entry,
    // Another entry lets browsers in.
    'entry-idle': { ...entry, severity: 'warning' },
    // So it does, and this one means the developer’s machine, or what another entry lets in.
    'entry-harmless': { ...entry, severity: 'info' },
    wildcard,
    'wildcard-idle': { ...wildcard, severity: 'warning' },
    'wildcard-harmless': { ...wildcard, severity: 'info' },
    joined,
    // Another entry lets browsers in.
    'joined-idle': { ...joined, severity: 'warning' },
    letters: {
      text: {
        en: 'ALLOWED_HOSTS is a string split into single letters: every request gets 400 Bad Request (DisallowedHost)',
        fr: 'ALLOWED_HOSTS est une chaîne découpée lettre par lettre : toute requête reçoit 400 Bad Request (DisallowedHost)',
      },
      help: {
        en: 'Split the text at its commas: `.split(",")`, or `cast=Csv()` of decouple.',
        fr: 'Découpez le texte à ses virgules : `.split(",")`, ou `cast=Csv()` de decouple.',
      },
    },
    star: {
      severity: 'warning',
      security: true,
      hop: 'safety',
      text: {
        en: 'ALLOWED_HOSTS contains "*", and AllowedHostsOriginValidator takes its origins from it: any web site may open sockets with a visitor’s cookies',
        fr: 'ALLOWED_HOSTS contient « * », et AllowedHostsOriginValidator y prend ses origines : n’importe quel site peut ouvrir des sockets avec les cookies d’un visiteur',
      },
      help: {
        en: 'List the app’s own host names, or give the sockets their own OriginValidator.',
        fr: 'Énumérez les noms d’hôte de l’application, ou donnez aux sockets leur propre OriginValidator.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the app answers only on the names that are listed then',
          fr: 'l’application ne répond plus que sur les noms alors énumérés',
        },
        needs: {
          en: 'every domain of the app’s own in that list (`heroku domains` shows them)',
          fr: 'chaque domaine propre à l’application dans cette liste (`heroku domains` les montre)',
        },
        en: 'Allow the app’s own hosts alone',
        fr: 'N’autoriser que les hôtes de l’application',
      },
    },
  },
  check(app, report) {
    const untrusted = untrustedHosts(app)
    if (untrusted !== undefined) {
      const { at, hosts, list, when } = untrusted
      report('trusted', {
        at,
        data: { hosts },
        edits: platformTrusted(app, list),
        when,
        restsOn: [],
        symbol: 'TrustedHostMiddleware',
      })
    }
    for (const fault of hostFaults(app)) {
      const set = fault.kind === 'local' ? setByFile(app.settings, fault.when) : undefined
      if (set !== undefined) {
        report('by-file', {
          at: set.at,
          data: { hosts: fault.hosts, file: set.at.file, variable: set.variable },
          related: [{ at: fault.at, message: { en: 'ALLOWED_HOSTS is read here', fr: 'ALLOWED_HOSTS est lu ici' } }],
          when: fault.when,
          symbol: 'ALLOWED_HOSTS local',
        })
        continue
      }
      report(messageOf(fault), {
        at: fault.at,
        data: { host: fault.host, hosts: fault.hosts, meant: fault.meant },
        related:
          fault.validator === undefined
            ? []
            : [
                {
                  at: fault.validator,
                  message: { en: 'the validator reads ALLOWED_HOSTS here', fr: 'le validateur lit ALLOWED_HOSTS ici' },
                },
              ],
        hop: fault.kind === 'string' ? firstImport(app) : undefined,
        edits: fault.edits,
        otherEdits: fault.otherEdits,
        when: fault.when,
        symbol: `ALLOWED_HOSTS ${['entry', 'wildcard', 'joined'].includes(fault.kind) ? fault.host : fault.kind}`,
      })
    }
  },
})

function messageOf({
  kind,
  idle,
  harmless,
}: HostFault): HostFault['kind'] | `${'entry' | 'wildcard'}-${'idle' | 'harmless'}` | 'joined-idle' {
  if (kind === 'joined') return idle === true ? 'joined-idle' : kind
  if (kind !== 'entry' && kind !== 'wildcard') return kind
  return harmless === true ? `${kind}-harmless` : idle === true ? `${kind}-idle` : kind
}
