import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The commands of a Procfile as the classic platform reads them: `^[[:space:]]*([a-zA-Z0-9_-]+):?\s+(.*)[[:space:]]*` on
 * every line (buildpacks-procfile, SPEC.md), the last of a name counts. Nothing of the linter is used. The file is read
 * byte by byte, so a byte order mark or UTF-16 stays what it is. Undefined: there is no Procfile.
 */
export function commandsOf(root: string): ReadonlyMap<string, string> | undefined {
  let text: string
  try {
    text = readFileSync(join(root, 'Procfile'), 'latin1')
  } catch {
    return undefined
  }
  const commands = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, command] = /^[ \t\r\v\f]*([a-zA-Z0-9_-]+):?[ \t\r\v\f]+([^\n]*)$/u.exec(line) ?? []
    if (name === undefined || command === undefined) continue
    // UTF-8 was read as single bytes above.
    commands.set(name, Buffer.from(command.replace(/[ \t\r\v\f]+$/u, ''), 'latin1').toString('utf8'))
  }
  return commands
}
