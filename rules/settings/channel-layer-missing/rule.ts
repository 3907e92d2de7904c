import type { App } from '../../../src/app/app.ts'
import { servesNoSockets } from '../../../src/app/asgi/faults.ts'
import { defaultLayerUses } from '../../../src/app/settings/channels.ts'
import { unknownLayer } from '../../../src/app/settings/layers.ts'
import { unrunCommand } from '../../../src/app/settings/management-commands.ts'
import type { LayerAlternative } from '../../../src/app/settings/model.ts'
import { redisVariable } from '../../../src/app/settings/redis-edits.ts'
import { quoteAt, sourceText } from '../../../src/app/settings/source-text.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { withoutAddon } from '../../../src/app/settings/without-addon.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Related } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { readText } from '../../../src/files/tree.ts'
import { nearest } from '../../../src/nearest.ts'

const help = {
  en: 'Define CHANNEL_LAYERS["default"] on the dyno whatever its config vars hold, and let the start fail when the Redis URL is missing, as os.environ["REDIS_URL"] does.',
  fr: 'Définissez CHANNEL_LAYERS["default"] sur le dyno quelles que soient ses config vars, et faites échouer le démarrage quand l’URL Redis manque, comme le fait os.environ["REDIS_URL"].',
} as const

const fix = {
  safety: 'unsafe',
  changes: {
    en: 'messages go through Redis, whose certificate is not checked',
    fr: 'les messages passent par Redis, dont le certificat n’est pas vérifié',
  },
  needs: {
    en: 'a Redis add-on, and REDIS_URL wherever the settings are read',
    fr: 'un add-on Redis, et REDIS_URL partout où les settings sont lus',
  },
  en: 'Define a layer over Redis',
  fr: 'Définir un channel layer sur Redis',
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
      fix,
    },
    misspelt: {
      text: {
        en: '`{use}` needs a channel layer, but CHANNEL_LAYERS is not set on the dyno; the settings define `{near}`, which nothing reads',
        fr: '`{use}` a besoin d’un channel layer, mais CHANNEL_LAYERS n’est pas défini sur le dyno ; les settings définissent `{near}`, que rien ne lit',
      },
      help,
      fix,
    },
    'no-default': {
      text: {
        en: '`{use}` needs the layer `default`, but CHANNEL_LAYERS has only {aliases}',
        fr: '`{use}` a besoin du channel layer `default`, mais CHANNEL_LAYERS ne contient que {aliases}',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the layer is called `default`: what asks for its old name finds none',
          fr: 'le channel layer s’appelle `default` : ce qui demande son ancien nom n’en trouve plus',
        },
        en: 'Call it `default`',
        fr: 'L’appeler `default`',
      },
    },
  },
  check(app, report) {
    const { settings } = app
    const uses = defaultLayerUses(app)
    const use = uses.find(({ at }) => unrunCommand(app, at.file) === undefined) ?? uses[0]
    if (use === undefined) return
    // Whoever runs it by hand sends to nobody: there are no sockets.
    const command = servesNoSockets(app) ? unrunCommand(app, use.at.file) : undefined
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
      edits:
        layer.state === 'no-default'
          ? renamedLayer(app, layer)
          : layer.at === undefined && command === undefined
            ? newLayer(app)
            : undefined,
      when: command === undefined ? found.when : [runs(command), ...found.when],
      unused: command !== undefined,
      symbol: 'CHANNEL_LAYERS',
    })
  },
})

const runs = (command: string): Text => ({
  en: `somebody runs \`manage.py ${command}\` (nothing in the project does)`,
  fr: `quelqu’un lance \`manage.py ${command}\` (rien dans le projet ne le fait)`,
})

/** The only layer of the dict is called `default`. */
function renamedLayer(app: App, { at, aliases }: LayerAlternative): Edit[] | undefined {
  const [alias, ...others] = aliases
  const layers = at && app.settings.get('CHANNEL_LAYERS')?.alternatives
  const value = layers?.[0]?.value
  const key = value?.type === 'dict' ? value.entries[0]?.key.at : undefined
  const written = key && sourceText(app.tree, key)
  if (layers?.length !== 1 || others.length > 0 || key === undefined || written === undefined) return undefined
  const q = quoteAt(app.tree, key)
  return written === `${q}${alias}${q}` ? [{ ...key, text: `${q}default${q}` }] : undefined
}

/** A layer at the end of the settings' file, where channels_redis is installed and `os` imported. */
function newLayer(app: App): Edit[] | undefined {
  const { settings, dependencies } = app
  const text = settings.file === undefined ? undefined : readText(app.tree, settings.file)?.text
  if (settings.file === undefined || text === undefined || settings.get('os') === undefined) return undefined
  if (atLeast(dependencies, 'channels-redis', '4.1.0') !== true || settings.get('CHANNEL_LAYERS') !== undefined)
    return undefined
  const q = text.split('"').length > text.split("'").length ? '"' : "'"
  const lines = [
    'CHANNEL_LAYERS = {',
    "    'default': {",
    "        'BACKEND': 'channels_redis.core.RedisChannelLayer',",
    `        'CONFIG': {'hosts': [{'address': os.environ['${redisVariable(app)}'], 'ssl_cert_reqs': None}]},`,
    '    },',
    '}',
  ].map((line) => line.replaceAll("'", q))
  const span = { start: text.length, end: text.length }
  const gap = text === '' || text.endsWith('\n') ? '\n' : '\n\n'
  return [{ file: settings.file, span, text: `${gap}${lines.join('\n')}\n` }]
}
