import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node'
import { bundled, runBuilt } from '../support/built.ts'
import { repository } from '../support/trees.ts'

/** The server as editors start it: a process that speaks on its standard input and output. */

describe('dynolint lsp', () => {
  const folder = bundled()

  it('speaks with a client, and ends when it is told to', async () => {
    const args = [join(folder(), 'dynolint.js'), 'lsp', '--stdio', `--clientProcessId=${process.pid}`]
    const server = spawn(process.execPath, args, { stdio: 'pipe' })
    const ended = new Promise<number | null>((resolve) => server.on('exit', resolve))
    let complaints = ''
    server.stderr.on('data', (text) => {
      complaints += text
    })
    const connection = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    )
    const told = new Promise<{ uri: string }>((resolve) => {
      connection.onNotification('textDocument/publishDiagnostics', resolve)
    })
    connection.listen()
    const root = realpathSync(join(repository, 'fixtures/guide'))
    const answer = await connection.sendRequest<{ serverInfo: { name: string } }>('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(root).href,
      capabilities: {},
    })
    expect(answer.serverInfo.name).toBe('dynolint')
    await connection.sendNotification('initialized', {})
    expect((await told).uri).toMatch(/settings\.py$/)
    await connection.sendRequest('shutdown')
    await connection.sendNotification('exit')
    expect(await ended).toBe(0)
    expect(complaints).toBe('')
    connection.dispose()
  }, 60_000)

  it('says what is missing when nobody speaks with it', () => {
    const { code, err } = runBuilt(folder(), ['lsp'])
    expect(code).toBe(2)
    expect(err).toContain('dynolint lsp --stdio')
  })
})
