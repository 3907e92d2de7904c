import { earlyImport } from '../../../src/app/asgi/import-order.ts'
import type { EarlyUse } from '../../../src/app/asgi/model.ts'
import type { Related } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'

const fix = {
  safety: 'safe',
  en: 'Move the imports below the set-up',
  fr: 'Placer les imports après l’initialisation',
} as const

const help = {
  en: 'Call {call} first and import routing, consumers and middleware below it; tell isort or ruff to leave those lines there.',
  fr: 'Appelez d’abord {call} et importez routing, consumers et middlewares en dessous ; dites à isort ou à ruff de laisser ces lignes en place.',
} as const

export default rule({
  id: 'asgi/import-order',
  hop: 'boot',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'Models are imported before Django is set up',
    fr: 'Des modèles sont importés avant l’initialisation de Django',
  },
  messages: {
    model: {
      text: {
        en: 'this reaches the model {name} before {call} has run: boot ends with "{error}"',
        fr: 'ceci atteint le modèle {name} avant l’exécution de {call} : le démarrage s’arrête sur « {error} »',
      },
      help,
      fix,
    },
    module: {
      text: {
        en: 'this imports {name} before {call} has run: boot ends with "{error}"',
        fr: 'ceci importe {name} avant l’exécution de {call} : le démarrage s’arrête sur « {error} »',
      },
      help,
      fix,
    },
    call: {
      text: {
        en: 'this calls {name} before {call} has run: boot ends with "{error}"',
        fr: 'ceci appelle {name} avant l’exécution de {call} : le démarrage s’arrête sur « {error} »',
      },
      help,
      fix,
    },
  },
  check(app, report) {
    const found = earlyImport(app)
    if (found === undefined) return
    const { use, setup, chain, others } = found
    const last = chain.length - 1
    const hops = chain.map(
      (at, index): Related => ({
        at,
        message:
          index < last
            ? { en: 'which imports', fr: 'qui importe' }
            : {
                en: `where ${use.name} needs the app registry`,
                fr: `où ${use.name} a besoin du registre des applications`,
              },
      }),
    )
    report(use.kind, {
      at: found.at,
      data: {
        name: use.name,
        call: shown(setup.call),
        error: found.beforeSettings ? unconfigured(use.kind) : NOT_READY,
      },
      related: [
        ...hops,
        { at: setup.at, message: { en: 'Django is set up only here', fr: 'Django n’est initialisé qu’ici' } },
        ...others.map(
          (at): Related => ({
            at,
            message: { en: 'this import has to move too', fr: 'cet import doit descendre aussi' },
          }),
        ),
        ...(found.beforeSettings
          ? [
              {
                at: found.at,
                message: {
                  en: 'it also comes before DJANGO_SETTINGS_MODULE is set',
                  fr: 'il précède aussi la définition de DJANGO_SETTINGS_MODULE',
                },
              },
            ]
          : []),
      ],
      edits: found.edits,
      when: found.when,
      process: found.process,
      symbol: use.name,
    })
  },
})

const NOT_READY = "AppRegistryNotReady: Apps aren't loaded yet."

/** What Django says instead while nothing names the settings: it asks for them before it looks at the registry. */
const unconfigured = (kind: EarlyUse['kind']): string =>
  `ImproperlyConfigured: Requested setting ${kind === 'call' ? 'AUTH_USER_MODEL' : 'INSTALLED_APPS'}, but settings are not configured.`

/** The set-up as one writes it: `setup` alone would say nothing. */
const shown = (call: string): string => {
  const name = call.slice(call.lastIndexOf('.') + 1)
  return name === 'setup' ? 'django.setup()' : `${name}()`
}
