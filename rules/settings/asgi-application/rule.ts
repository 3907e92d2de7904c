import { rule } from '../../../src/engine/rule.ts'
import { applicationFault, applicationReader } from './application-fault.ts'

const help = {
  en: 'Write ASGI_APPLICATION = "{meant}".',
  fr: 'Écrivez ASGI_APPLICATION = "{meant}".',
} as const

const fix = {
  safety: 'safe',
  en: 'Set ASGI_APPLICATION to {meant}',
  fr: 'Donner à ASGI_APPLICATION la valeur {meant}',
} as const

const unset = {
  text: {
    en: 'the project uses Channels and does not set ASGI_APPLICATION: `runserver` stops with "You have not set ASGI_APPLICATION", `runworker` and `get_default_application()` with "Cannot find ASGI_APPLICATION setting."',
    fr: 'le projet utilise Channels et ne définit pas ASGI_APPLICATION : `runserver` s’arrête sur « You have not set ASGI_APPLICATION », `runworker` et `get_default_application()` sur « Cannot find ASGI_APPLICATION setting. »',
  },
  help,
  fix,
} as const

const colon = {
  text: {
    en: 'ASGI_APPLICATION is `{path}`: the setting takes dots only, the colon belongs to the server’s command line; "{error}"',
    fr: 'ASGI_APPLICATION vaut `{path}` : ce setting ne prend que des points, le deux-points appartient à la ligne de commande du serveur ; « {error} »',
  },
  help,
  fix,
} as const

const undotted = {
  text: {
    en: 'ASGI_APPLICATION is `{path}`, which names no module: it takes a module, a dot and the name of the application; "{error}"',
    fr: 'ASGI_APPLICATION vaut `{path}`, qui ne nomme aucun module : il faut un module, un point et le nom de l’application ; « {error} »',
  },
  help,
} as const

const noModule = {
  text: {
    en: 'ASGI_APPLICATION is `{path}`, but there is no module `{module}`: "{error}"',
    fr: 'ASGI_APPLICATION vaut `{path}`, mais il n’y a pas de module `{module}` : « {error} »',
  },
  help,
} as const

const noAttribute = {
  text: {
    en: 'ASGI_APPLICATION is `{path}`, but `{module}` defines no `{attribute}`: "{error}"',
    fr: 'ASGI_APPLICATION vaut `{path}`, mais `{module}` ne définit pas `{attribute}` : « {error} »',
  },
  help,
} as const

const circular = {
  text: {
    en: 'the served module asks `get_default_application()` for `{path}`, which is itself, still being loaded: "{error}"',
    fr: 'le module servi demande `{path}` à `get_default_application()`, c’est-à-dire lui-même, pas encore chargé : « {error} »',
  },
  help: {
    en: 'Build the application in this module (ProtocolTypeRouter with get_asgi_application() under "http"), or let ASGI_APPLICATION name the module that builds it.',
    fr: 'Construisez l’application dans ce module (ProtocolTypeRouter avec get_asgi_application() sous "http"), ou indiquez dans ASGI_APPLICATION le module qui la construit.',
  },
} as const

export default rule({
  id: 'settings/asgi-application',
  hop: 'handshake',
  severity: 'info',
  needs: 'channels-2',
  restsOn: ['settings'],
  summary: {
    en: 'ASGI_APPLICATION is missing or names nothing that exists',
    fr: 'ASGI_APPLICATION manque ou ne nomme rien qui existe',
  },
  messages: {
    unset,
    'unset-read': { ...unset, severity: 'error' },
    undotted,
    'undotted-read': { ...undotted, severity: 'error' },
    colon,
    'colon-read': { ...colon, severity: 'error' },
    module: noModule,
    'module-read': { ...noModule, severity: 'error' },
    attribute: noAttribute,
    'attribute-read': { ...noAttribute, severity: 'error' },
    circular: { ...circular, hop: 'boot', severity: 'error' },
  },
  check(app, report) {
    const fault = applicationFault(app)
    if (fault === undefined) return
    if (fault.kind === 'circular') {
      report('circular', {
        at: fault.at,
        data: { path: fault.path, error: fault.error },
        related:
          fault.setting === undefined
            ? []
            : [{ at: fault.setting, message: { en: 'ASGI_APPLICATION names it', fr: 'ASGI_APPLICATION le nomme' } }],
        when: fault.when,
        symbol: 'ASGI_APPLICATION',
      })
      return
    }
    const { path, module, attribute, meant, error } = fault
    const reader = applicationReader(app)
    // A server takes its application from its own command line: the setting then matters to nobody on the dyno.
    report(reader === undefined ? fault.kind : `${fault.kind}-read`, {
      at: fault.at,
      data: { path, module, attribute, meant, error },
      hop: reader === undefined ? undefined : reader === 'web' ? 'boot' : 'message',
      edits: fault.edits,
      when: fault.when,
      symbol: 'ASGI_APPLICATION',
    })
  },
})
