import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** An address and port on which a process waits for connections. */
export interface Listening {
  /** `0.0.0.0`, `127.0.0.1`, `::`, `::1` or another address. */
  readonly address: string
  readonly port: number
}

/** Where these processes (their ids) listen, from /proc: the kernel's tables and the processes' own sockets. */
export function listeningOf(members: readonly number[]): Listening[] {
  const sockets = socketsOf(members)
  return ['tcp', 'tcp6'].flatMap((table) =>
    rows(`/proc/net/${table}`)
      .filter((row) => row.state === '0A' && sockets.has(row.inode))
      .map(({ address, port }) => ({ address: table === 'tcp' ? dotted(address) : colons(address), port })),
  )
}

/** Whether a socket there takes connections from other machines over IPv4, as the router makes them. */
export function isOpen({ address }: Listening): boolean {
  return address === '0.0.0.0' || address === '::'
}

function rows(table: string): { address: string; port: number; state: string; inode: string }[] {
  let text: string
  try {
    text = readFileSync(table, 'latin1')
  } catch {
    return []
  }
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/u)
      const [address, port] = fields[1]?.split(':') ?? []
      const [state, inode] = [fields[3], fields[9]]
      if (address === undefined || port === undefined || state === undefined || inode === undefined) return []
      return [{ address, port: Number.parseInt(port, 16), state, inode }]
    })
}

/** The inodes of all sockets that these processes hold open. */
function socketsOf(members: readonly number[]): ReadonlySet<string> {
  const sockets = new Set<string>()
  for (const pid of members) {
    try {
      for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
        const inode = /^socket:\[(\d+)\]$/u.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1]
        if (inode !== undefined) sockets.add(inode)
      }
    } catch {
      // It ended while it was looked at.
    }
  }
  return sockets
}

function dotted(hex: string): string {
  return bytesOf(hex).reverse().join('.')
}

/** Four words, each in the machine's (little-endian) order. */
function colons(hex: string): string {
  const bytes = [0, 8, 16, 24].flatMap((at) => bytesOf(hex.slice(at, at + 8)).reverse())
  if (bytes.every((byte) => byte === 0)) return '::'
  if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return '::1'
  const words = [0, 2, 4, 6, 8, 10, 12, 14].map((at) =>
    ((bytes[at] as number) * 256 + (bytes[at + 1] as number)).toString(16),
  )
  return words.join(':')
}

function bytesOf(hex: string): number[] {
  return (hex.match(/../gu) ?? []).map((pair) => Number.parseInt(pair, 16))
}
