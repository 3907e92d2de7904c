import type { Text } from '../../contracts/text.ts'
import type { Untold } from '../../contracts/untold.ts'
import type { Alternative, Resolved } from '../../evaluate/python/evaluation.ts'
import { type DictValue, entryOf, itemsOf, plain, type StrValue, type Value } from '../../evaluate/python/value.ts'
import type { Host, Layer, LayerAlternative } from './model.ts'
import { entryPlace, within } from './redis-client.ts'
import { unknownValue } from './unknown-value.ts'

const UNREADABLE: Text = { en: 'its value cannot be read', fr: 'sa valeur ne peut pas être lue' }

const UNREACHED: Text = {
  en: 'the settings raise an exception before they come to an end',
  fr: 'les settings lèvent une exception avant d’arriver à leur fin',
}

/** CHANNEL_LAYERS, path by path; paths on which it is unbound are `unset`. `absent`: it is surely bound on none; `open`: why it may be all the same. */
export function layersOf(resolved: Resolved | undefined, absent: boolean, open?: Text): LayerAlternative[] {
  if (resolved === undefined) {
    const state = absent ? 'unset' : 'undetermined'
    return [
      { when: [], at: undefined, state, why: absent ? undefined : (open ?? UNREACHED), aliases: [], layer: undefined },
    ]
  }
  return [
    ...resolved.alternatives.map(alternativeOf),
    ...resolved.absent.map(
      (when): LayerAlternative => ({
        when,
        at: undefined,
        state: 'unset',
        why: undefined,
        aliases: [],
        layer: undefined,
      }),
    ),
  ]
}

function alternativeOf({ value, when, at }: Alternative): LayerAlternative {
  const base = { when, at, why: undefined, aliases: [], layer: undefined }
  if (value.type === 'none') return { ...base, state: 'unset' }
  if (value.type === 'unknown') return { ...base, state: 'undetermined', why: value.reason }
  if (value.type !== 'dict') return { ...base, state: 'undetermined', why: UNREADABLE }
  const aliases = value.entries.map((entry) => plain(entry.key) ?? '?')
  const entry = entryOf(value, 'default')
  if (entry === undefined) {
    const open = value.rest !== undefined || aliases.includes('?')
    return { ...base, aliases, state: open ? 'undetermined' : 'no-default', why: open ? UNREADABLE : undefined }
  }
  if (entry.value.type !== 'dict') {
    const why = entry.value.type === 'unknown' ? entry.value.reason : UNREADABLE
    return { ...base, aliases, state: 'undetermined', why }
  }
  return { ...base, aliases, state: 'configured', layer: layerOf(entry.value) }
}

function layerOf(dict: DictValue): Layer {
  const backend = entryOf(dict, 'BACKEND')
  const configValue = entryOf(dict, 'CONFIG')?.value
  const config = configValue?.type === 'dict' ? configValue : undefined
  const hosts = entryOf(config, 'hosts')
  return {
    at: dict.at,
    dict,
    backend: plain(backend?.value),
    backendValue: backend?.value,
    backendAt: backend && entryPlace(backend),
    backendWritten: backend !== undefined && within(backend.value.at, backend.at),
    configValue,
    config,
    hostsValue: hosts?.value,
    hostsAt: hosts?.at,
    hosts: hostsOf(hosts?.value),
  }
}

/** Entries of a list (tuple, set) of hosts that can be read to its end. */
function hostsOf(value: Value | undefined): Host[] | undefined {
  const items = itemsOf(value)
  if (items === undefined || (value as { rest?: unknown }).rest !== undefined) return undefined
  return items.map(hostOf)
}

/** One entry of `hosts` as channels_redis tells them apart. */
export function hostOf(value: Value): Host {
  const base = {
    value,
    at: value.at,
    url: undefined,
    host: undefined,
    port: undefined,
    options: new Map<string, Value>(),
    open: false,
  }
  if (value.type === 'str') return { ...base, kind: 'url', url: value }
  if ((value.type === 'tuple' || value.type === 'list') && value.rest === undefined && value.items.length === 2) {
    return { ...base, kind: 'tuple', host: value.items[0], port: value.items[1] }
  }
  if (value.type === 'dict') return dictHost(value, base)
  // `{'127.0.0.1', 6379}`: a set where a tuple was meant.
  const host = value.type === 'set' ? value.items.find((item) => item.type === 'str') : undefined
  if (host !== undefined) return { ...base, kind: 'other', host }
  return { ...base, kind: 'other' }
}

function dictHost(dict: DictValue, base: Omit<Host, 'kind'>): Host {
  const options = new Map<string, Value>()
  let open = dict.rest !== undefined
  for (const entry of dict.entries) {
    const name = plain(entry.key)
    if (name === undefined) open = true
    else options.set(name, entry.value)
  }
  const address = options.get('address')
  const pair = address && hostOf(address)
  options.delete('address')
  const host = pair?.kind === 'tuple' ? pair.host : options.get('host')
  const port = pair?.kind === 'tuple' ? pair.port : options.get('port')
  const url: StrValue | undefined = address?.type === 'str' ? address : undefined
  return { ...base, kind: 'dict', url, address, host, port, options, open }
}

/** Why a layer cannot be judged. */
export function unknownLayer({ state, why, at, layer }: LayerAlternative): Untold | undefined {
  const what = { en: 'CHANNEL_LAYERS', fr: 'CHANNEL_LAYERS' }
  if (state === 'undetermined') return { what, why: why ?? UNREADABLE, at }
  return layer === undefined ? undefined : unknownValue('CHANNEL_LAYERS', layer.dict)
}
