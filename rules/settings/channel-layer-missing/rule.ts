import { defaultLayerUses } from '../../../src/app/settings/channels.ts'
import { unknownLayer } from '../../../src/app/settings/layers.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { withoutAddon } from '../../../src/app/settings/without-addon.ts'
import type { Related } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { nearest } from '../../../src/nearest.ts'

const help = {
  en: 'Define CHANNEL_LAYERS["default"] for the dyno on every path, and let the start fail loudly when its Redis URL is missing.',
  fr: 'Définissez CHANNEL_LAYERS["default"] pour le dyno dans tous les cas, et faites échouer le démarrage quand l’URL Redis manque.',
} as const

export default rule({
  id: 'settings/channel-layer-missing',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  restsOn: ['settings'],
  summary: {
    en: 'Code uses the channel layer, and the dyno has none',
    fr: 'Le code utilise le channel layer, et le dyno n’en a pas',
  },
  messages: {
    unset: {
      text: {
        en: '`{use}` needs a channel layer, but CHANNEL_LAYERS is not set on the dyno: `get_channel_layer()` returns None and the call raises AttributeError',
        fr: '`{use}` a besoin d’un channel layer, mais CHANNEL_LAYERS n’est pas défini sur le dyno : `get_channel_layer()` renvoie None et l’appel lève AttributeError',
      },
      help,
    },
    misspelt: {
      text: {
        en: '`{use}` needs a channel layer, but CHANNEL_LAYERS is not set on the dyno; the settings bind `{near}`, which nothing reads',
        fr: '`{use}` a besoin d’un channel layer, mais CHANNEL_LAYERS n’est pas défini sur le dyno ; les settings définissent `{near}`, que rien ne lit',
      },
      help,
    },
    'no-default': {
      text: {
        en: '`{use}` needs the layer `default`, but CHANNEL_LAYERS has only {aliases}',
        fr: '`{use}` a besoin du channel layer `default`, mais CHANNEL_LAYERS ne contient que {aliases}',
      },
      help,
    },
  },
  check(app, report) {
    const { settings } = app
    const [use] = defaultLayerUses(app)
    if (use === undefined) return
    const found = told(
      app.inquiry,
      verdict(settings.channelLayers, ({ state }) =>
        state === 'undetermined' ? undefined : state === 'unset' || state === 'no-default',
      ),
      unknownLayer,
    )
    if (settings.evaluation?.certainCrash !== undefined) return
    if (found === undefined) {
      const other = withoutAddon(app)
      const bound = settings.channelLayers.find(({ state }) => state === 'configured')?.at
      if (other === undefined || bound === undefined || other.layers.length === 0) return
      if (other.layers.some(({ state }) => state !== 'unset')) return
      report('unset', { at: bound, data: { use: use.method }, when: other.when, restsOn: [], symbol: 'CHANNEL_LAYERS' })
      return
    }
    if (!settings.sure && found.when.length === 0) return
    const [layer] = found.where
    const elsewhere = settings.channelLayers.find(({ state }) => state === 'configured')?.at
    const asked = found.when.at(-1)?.at
    const near = nearest(
      'CHANNEL_LAYERS',
      (settings.evaluation?.names() ?? []).filter((name) => name !== 'CHANNEL_LAYERS'),
    )
    const misspelt = layer.state === 'unset' && elsewhere === undefined ? near : undefined
    const related: Related[] = []
    if (elsewhere !== undefined) {
      related.push({ at: use.at, message: { en: 'the layer is used here', fr: 'le channel layer est utilisé ici' } })
    }
    report(layer.state === 'no-default' ? 'no-default' : misspelt ? 'misspelt' : 'unset', {
      at: layer.at ?? asked ?? use.at,
      data: { use: use.method, near: misspelt ?? '', aliases: layer.aliases.map((alias) => `\`${alias}\``).join(', ') },
      related,
      when: found.when,
      symbol: 'CHANNEL_LAYERS',
    })
  },
})
