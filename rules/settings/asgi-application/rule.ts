import { subjectTo } from '../../../src/app/settings/combine.ts'
import { rule } from '../../../src/engine/rule.ts'
import { applicationFault, applicationReader } from './application-fault.ts'

export default rule({
  id: 'settings/asgi-application',
  hop: 'handshake',
  severity: 'warning',
  fix: 'safe',
  summary: {
    en: 'ASGI_APPLICATION is missing or names nothing that exists',
    fr: 'ASGI_APPLICATION manque ou ne nomme rien qui existe',
  },
  messages: {
    unset: {
      en: 'the project uses Channels and does not set ASGI_APPLICATION: `runserver` and `runworker` stop with "You have not set ASGI_APPLICATION"',
      fr: 'le projet utilise Channels et ne définit pas ASGI_APPLICATION : `runserver` et `runworker` s’arrêtent sur « You have not set ASGI_APPLICATION »',
    },
    colon: {
      en: 'ASGI_APPLICATION is `{path}`: the setting takes dots only, the colon belongs to the server’s command line; "Cannot import ASGI_APPLICATION module"',
      fr: 'ASGI_APPLICATION vaut `{path}` : ce réglage ne prend que des points, le deux-points appartient à la ligne de commande du serveur ; « Cannot import ASGI_APPLICATION module »',
    },
    module: {
      en: 'ASGI_APPLICATION is `{path}`, but there is no module `{module}`: "Cannot import ASGI_APPLICATION module"',
      fr: 'ASGI_APPLICATION vaut `{path}`, mais il n’y a pas de module `{module}` : « Cannot import ASGI_APPLICATION module »',
    },
    attribute: {
      en: 'ASGI_APPLICATION is `{path}`, but `{module}` binds no `{attribute}`: "Cannot find … in ASGI_APPLICATION module"',
      fr: 'ASGI_APPLICATION vaut `{path}`, mais `{module}` ne définit pas `{attribute}` : « Cannot find … in ASGI_APPLICATION module »',
    },
  },
  mend: {
    en: 'Write ASGI_APPLICATION = "{meant}".',
    fr: 'Écrivez ASGI_APPLICATION = "{meant}".',
  },
  check(app, report) {
    const fault = applicationFault(app)
    const when = fault && subjectTo(app, fault.when)
    if (fault === undefined || when === 'never') return
    const reader = applicationReader(app)
    report(fault.kind, {
      at: fault.at,
      data: { path: fault.path, module: fault.module, attribute: fault.attribute, meant: fault.meant },
      // A server takes its application from its own command line: the setting then matters to nobody on the dyno.
      ...(reader !== undefined && { severity: 'error', hop: reader === 'web' ? 'boot' : 'message' }),
      ...(fault.edits && {
        fixes: [
          {
            title: { en: `Set ASGI_APPLICATION to ${fault.meant}`, fr: `Donner ${fault.meant} à ASGI_APPLICATION` },
            safety: 'safe',
            edits: fault.edits,
          },
        ],
      }),
      ...(when && { when }),
      symbol: 'ASGI_APPLICATION',
    })
  },
})
