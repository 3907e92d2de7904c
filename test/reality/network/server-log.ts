import type { World } from '../types.ts'

/** What the dynos write from now on. */
export function serverLog(world: World): () => string {
  const before = world.dynos.map(({ process }) => process.log().length)
  return () => world.dynos.map(({ process }, index) => process.log().slice(before[index])).join('\n')
}

/** Failures that are the channel layer's own, wherever the consumer met them. */
const layerWords = [
  /^.*No handler for message type.*$/mu,
  /^.*InvalidChannelLayerError.*$/mu,
  /^.*'NoneType' object has no attribute '(?:group_\w+|send|receive|new_channel)'.*$/mu,
  /^.*'\w*ChannelLayer' object has no attribute .*$/mu,
  /^.*(?:Group|Channel) name must be .*$/mu,
  /^.*coroutine '[\w.]*ChannelLayer[\w.]*' was never awaited.*$/mu,
  /^(?:redis|aioredis)(?:\.\w+)*\.\w*(?:Error|Exception)\b.*$/mu,
]

/** Frames of the layer's code in a traceback. */
const layerFrames =
  /File "[^"]*\/(?:channels_redis|channels\/layers|redis|aioredis|asgi_redis|channels_rabbitmq)\b[^"]*"/u
const exception = /^[\w.]*(?:Error|Exception|Warning|Timeout|NotReady|Full|ImproperlyConfigured)\b.*$/u

/** The line that shows that the channel layer failed, not the handshake; undefined when the log shows no such thing. */
export function layerFault(log: string): string | undefined {
  const said = layerWords.map((words) => words.exec(log)?.[0]).find((line) => line !== undefined)
  if (said !== undefined) return clip(said)
  for (const trace of log.split('Traceback (most recent call last):').slice(1)) {
    const lines = trace.split('\n')
    const raised = lines.findIndex((line) => exception.test(line.trim()))
    if (raised !== -1 && layerFrames.test(lines.slice(0, raised).join('\n'))) return clip(lines[raised] as string)
  }
  return undefined
}

/** Lines of the access log. */
const access =
  /^(?:INFO: +)?\d+\.\d+\.\d+\.\d+|"(?:GET|POST|WebSocket) |^INFO: +connection |WS(?:CONNECT|CONNECTING|DISCONNECT|REJECT)/u

/** The last exception a log tells of, else its last line that is not of the access log; undefined when there is none. */
export function lastFault(log: string): string | undefined {
  const lines = log.split('\n').map((line) => line.trim())
  const line = lines.findLast((one) => exception.test(one)) ?? lines.findLast((one) => one !== '' && !access.test(one))
  return line === undefined ? undefined : clip(line)
}

/** Long lines lose their end, and times and ports that differ from run to run. */
export function clip(line: string): string {
  const short = line
    .trim()
    .replace(/^\d{4}-\d\d-\d\d[ T][\d:.,]+ +/u, '')
    .replace(/127\.0\.0\.1:\d+/gu, '127.0.0.1')
  return short.length > 300 ? `${short.slice(0, 300)}…` : short
}
