/**
 * Objects of Channels that keep an argument under a name, so that it may be changed through them after they were made
 * (channels/routing.py): path of the class -> attribute -> position of the argument.
 */
const kept: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'channels.routing.ProtocolTypeRouter': { application_mapping: 0 },
  'channels.routing.ChannelNameRouter': { application_mapping: 0 },
  'channels.routing.URLRouter': { routes: 0 },
}

/** The position of the argument that an object of Channels keeps under this name. */
export function keptArgument(path: string | undefined, attribute: string): number | undefined {
  return path === undefined ? undefined : kept[path]?.[attribute]
}
