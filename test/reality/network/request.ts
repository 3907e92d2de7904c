import https from 'node:https'
import type { Router } from '../types.ts'

export interface Answer {
  /** 0 when the connection broke without an answer. */
  readonly status: number
  readonly location: string | undefined
  /** `name=value` of every cookie that was set. */
  readonly cookies: readonly string[]
  readonly type: string
  readonly body: string
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One request to the app's domain through the router. Never rejects. */
export function request(router: Router, path: string, options: RequestOptions = {}): Promise<Answer> {
  const { host } = new URL(router.origin)
  return new Promise((resolve) => {
    const outgoing = https.request(
      {
        host: '127.0.0.1',
        port: router.port,
        path,
        method: options.method ?? 'GET',
        headers: { Host: host, Accept: 'text/html,*/*', 'User-Agent': 'Mozilla/5.0', ...options.headers },
        rejectUnauthorized: false,
        agent: false,
      },
      (response) => {
        let body = ''
        const end = () =>
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location,
            cookies: (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] as string),
            type: response.headers['content-type'] ?? '',
            body,
          })
        response.on('data', (chunk: Buffer) => {
          if (body.length < 2_000_000) body += chunk.toString()
        })
        response.on('end', end)
        response.on('error', end)
      },
    )
    outgoing.on('error', (error) =>
      resolve({ status: 0, location: undefined, cookies: [], type: '', body: error.message }),
    )
    outgoing.end(options.body)
  })
}
