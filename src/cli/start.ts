import { fstatSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { printable } from '../privacy/printable.ts'
import { languageAsked } from './args.ts'
import { useCompileCache } from './compile-cache.ts'
import { exit, type Io, UsageError } from './io.ts'
import { optimizeLater } from './late-optimization.ts'
import { internal, main } from './main.ts'

/**
 * Runs the command line of this process and sets its exit code. Written is straight to the descriptors: `process.stdout` loads
 * Node's streams, which takes as long as reading a small project. A reader that has gone away (`dynolint rules | head -1`)
 * is no failure: the rest is not written, and the exit code is the one the command has.
 * @param program the folder of the files that the tool is built into
 */
export async function start(program?: string): Promise<void> {
  const { env } = process
  const args = process.argv.slice(2)
  const language = languageAsked(args, env)
  const failed = (error: unknown): void => {
    stderr.write(internal(error, language, env.DYNOLINT_DEBUG !== undefined))
    process.exitCode = exit.trouble
  }
  process.on('uncaughtException', (error) => {
    failed(error)
    process.exit()
  })
  const cwd = workingDirectory()
  if (cwd === undefined) {
    stderr.write(
      language === 'fr'
        ? 'dynolint : le dossier courant n’existe plus\n'
        : 'dynolint: the working directory does not exist any more\n',
    )
    process.exitCode = exit.trouble
    return
  }
  optimizeLater(args)
  useCompileCache(cwd, args, env, program)
  const terminal = isTerminal(1)
  const io: Io = {
    cwd,
    today: today(),
    clock: today,
    now: () => performance.now(),
    env,
    terminal,
    columns: terminal ? process.stdout.columns : undefined,
    rows: terminal ? process.stdout.rows : undefined,
    out,
    err: (text) => stderr.write(text),
    closed: () => stdout.closed(),
    ...(terminal ? { page: showText } : {}),
    ...(isTerminal(2) && env.TERM !== 'dumb' && (env.CI ?? '') === '' ? { status: showStatus } : {}),
    ...(terminal && isTerminal(0)
      ? { ask: async (question: string) => (await import('./question.ts')).askedAtTerminal(question) }
      : {}),
  }
  try {
    process.exitCode = await main(args, io)
  } catch (error) {
    failed(error)
  }
}

/** On the line on which the cursor is, which is no wider than the terminal. */
function showStatus(text: string | undefined): void {
  stderr.write(`\r\x1b[K${printable(text ?? '').slice(0, process.stderr.columns - 1)}`)
}

/** A text that is longer than the terminal is given to a pager. */
async function showText(text: string): Promise<void> {
  const isLong = text.split('\n').length > process.stdout.rows
  if (isLong && (await import('./pager.ts')).showPaged(text, process.env)) return
  stdout.write(text)
}

/** In UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10)

/** Undefined when it was removed. */
export function workingDirectory(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}

/** A character device may be one; asking Node about anything else would load its sockets. */
function isTerminal(descriptor: 0 | 1 | 2): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice() && isatty(descriptor)
  } catch {
    return false
  }
}

interface Output {
  write(text: string): void
  /** Nobody reads it any more. */
  closed(): boolean
}

const stdout = output(1, () => process.stdout)
const stderr = output(2, () => process.stderr)

/** Writes to standard output, at once. */
export const out = (text: string): void => stdout.write(text)

/**
 * @throws UsageError (from `write` of standard output) when the text cannot be written, as on a full disk.
 */
function output(descriptor: 1 | 2, stream: () => NodeJS.WriteStream): Output {
  let closed = false
  let slow: NodeJS.WriteStream | undefined
  const write = (bytes: Buffer): void => {
    for (let from = 0; from < bytes.length && !closed; ) {
      try {
        from += writeSync(descriptor, bytes, from)
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'EAGAIN') {
          // The descriptor does not block and its reader is behind: a stream waits for it.
          slow = stream()
          slow.on('error', () => {
            closed = true
          })
          slow.write(bytes.subarray(from))
          return
        }
        closed = true
        if (code !== 'EPIPE' && code !== 'EOF' && descriptor === 1) {
          throw new UsageError({
            en: `cannot write the output: ${code ?? String(error)}`,
            fr: `impossible d’écrire la sortie : ${code ?? String(error)}`,
          })
        }
      }
    }
  }
  return {
    write(text) {
      if (closed) return
      if (slow === undefined) write(Buffer.from(text))
      else slow.write(text)
    },
    closed: () => closed,
  }
}
