import { createConnection } from 'vscode-languageserver/node'
import { type ServerHost, serve } from './server.ts'

/** Serves on standard input and output until the client says `exit` or goes away, which ends the process. */
export function serveStdio(host: ServerHost): Promise<never> {
  serve(createConnection(process.stdin, process.stdout), host)
  return new Promise(() => {})
}
