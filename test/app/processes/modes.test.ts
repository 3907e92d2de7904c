import { describe, expect, it } from 'vitest'
import { absentCommands } from '../../../rules/procfile/command-missing/absent-commands.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'
import { presenceIn } from '../../support/presence.ts'

function found(
  web: string,
  executable: readonly string[] | undefined,
  more: Readonly<Record<string, string>> = {},
): string[] {
  const files = { Procfile: `web: ${web}\n`, 'start.sh': '#!/bin/sh\nexec daphne site1.asgi:application\n', ...more }
  const tree = memoryTree(files)
  const presence = presenceIn(tree, Object.keys(files), { untracked: [], ignored: [], executable })
  const app = appIn(tree, { presence })
  return absentCommands(app).map(({ kind, name }) => `${kind} ${name}`)
}

describe('the mode of a script', () => {
  it('matters where the shell has to execute it', () => {
    expect(found('./start.sh', [])).toEqual(['mode start.sh'])
    expect(found('exec ./start.sh', [])).toEqual(['mode start.sh'])
    expect(found('./start.sh', ['start.sh'])).toEqual([])
  })

  it('does not matter to a shell that reads it, nor when nobody knows it', () => {
    expect(found('bash start.sh', [])).toEqual([])
    expect(found('. ./start.sh', [])).toEqual([])
    expect(found('./start.sh', undefined)).toEqual([])
  })

  it('may be changed before', () => {
    expect(found('chmod +x start.sh && ./start.sh', [])).toEqual([])
    expect(found('./start.sh', [], { 'bin/post_compile': 'chmod +x start.sh\n' })).toEqual([])
  })
})
