import type { App } from '../../../src/app/app.ts'
import { withEntry } from '../../../src/app/settings/dict-edits.ts'
import { unknownLayer } from '../../../src/app/settings/layers.ts'
import type { Layer } from '../../../src/app/settings/model.ts'
import { quoteAt } from '../../../src/app/settings/source-text.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { rule } from '../../../src/engine/rule.ts'
import { backendFault } from './backend-fault.ts'

const help = {
  en: 'Write `{meant}`.',
  fr: 'Écrivez `{meant}`.',
} as const

export default rule({
  id: 'settings/channel-layer-backend',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  restsOn: ['settings'],
  summary: {
    en: 'BACKEND of the channel layer names no class that can be imported',
    fr: 'BACKEND du channel layer ne nomme aucune classe importable',
  },
  messages: {
    missing: {
      text: {
        en: 'the channel layer has no BACKEND: the first use of it raises InvalidChannelLayerError "No BACKEND specified for default"',
        fr: 'le channel layer n’a pas de BACKEND : sa première utilisation lève InvalidChannelLayerError « No BACKEND specified for default »',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'messages go through the Redis of its hosts',
          fr: 'les messages passent par le Redis de ses hôtes',
        },
        en: 'Write channels_redis.core.RedisChannelLayer',
        fr: 'Écrire channels_redis.core.RedisChannelLayer',
      },
    },
    channels1: {
      text: {
        en: '`{backend}` is a layer of Channels 1, which Channels 2 and later cannot load: "Cannot import BACKEND" or an error at the first message',
        fr: '`{backend}` est un channel layer de Channels 1, que Channels 2 et les versions suivantes ne peuvent pas charger : « Cannot import BACKEND », ou une erreur au premier message',
      },
      help,
    },
    misspelt: {
      text: {
        en: 'no class `{backend}` exists: the first use of the layer raises "Cannot import BACKEND {backend} specified for default"',
        fr: 'la classe `{backend}` n’existe pas : la première utilisation du channel layer lève « Cannot import BACKEND {backend} specified for default »',
      },
      help,
      fix: { safety: 'safe', en: 'Write {meant}', fr: 'Écrire {meant}' },
    },
    unresolved: {
      text: {
        en: '`{backend}` is not in the project: the first use of the layer raises "Cannot import BACKEND {backend} specified for default"',
        fr: '`{backend}` n’est pas dans le projet : la première utilisation du channel layer lève « Cannot import BACKEND {backend} specified for default »',
      },
      help,
    },
    shadowed: {
      text: {
        en: '{shadow} is what `import redis` finds, before the library: `{backend}` needs `redis.asyncio`, which it lacks, and the first use of the layer raises "Cannot import BACKEND {backend} specified for default"',
        fr: '{shadow} est ce que trouve `import redis`, avant la bibliothèque : `{backend}` a besoin de `redis.asyncio`, qui n’y est pas, et la première utilisation du channel layer lève « Cannot import BACKEND {backend} specified for default »',
      },
      help: {
        en: 'Rename it, or move it into an app: the folders of the project come first on the search path of each process.',
        fr: 'Renommez-le, ou déplacez-le dans une application : les dossiers du projet viennent en tête du chemin de recherche de chaque processus.',
      },
    },
  },
  check(app, report) {
    const found = told(
      app.inquiry,
      verdict(app.settings.channelLayers, ({ layer, state }) => {
        if (layer === undefined) return state === 'undetermined' ? undefined : false
        return backendFault(app, layer) !== undefined
      }),
      unknownLayer,
    )
    const layer = found?.where[0].layer
    const fault = layer && backendFault(app, layer)
    if (found === undefined || layer === undefined || fault === undefined) return
    if (fault.kind === 'shadowed') {
      const shadow = fault.shadow ?? ''
      const at = { file: shadow, span: { start: 0, end: 0 } }
      report('shadowed', { at, data: { shadow, backend: layer.backend ?? '' }, when: found.when, symbol: shadow })
      return
    }
    const at = layer.backendAt ?? layer.at
    const quote = quoteAt(app.tree, at)
    report(fault.kind, {
      at,
      data: { backend: layer.backend ?? '', meant: fault.meant ?? 'channels_redis.core.RedisChannelLayer' },
      edits:
        fault.kind === 'missing'
          ? redisBackend(app, layer)
          : fault.kind === 'misspelt' && fault.meant !== undefined && layer.backendWritten
            ? [{ ...at, text: `${quote}${fault.meant}${quote}` }]
            : undefined,
      when: found.when,
      symbol: 'BACKEND',
    })
  },
})

/** A layer with hosts of Redis that lacks its class, where the package of that is installed. */
function redisBackend(app: App, { at, config, hostsValue }: Layer): Edit[] | undefined {
  if (
    hostsValue === undefined ||
    config === undefined ||
    app.dependencies.installed('channels-redis').state !== 'installed'
  )
    return undefined
  const edit = withEntry(app.tree, at, 'BACKEND', "'channels_redis.core.RedisChannelLayer'")
  return edit && [edit]
}
