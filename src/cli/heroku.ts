import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import type { Text } from '../contracts/text.ts'
import { type Io, UsageError } from './io.ts'

/** Seconds that one command of the CLI may take: it starts slowly and updates itself. */
export const herokuTimeout = 60

/** More than any app's output; what is longer is not what was asked for. */
const LIMIT = 20 * 1024 * 1024

/** How to run the user's own CLI. */
export interface CliCall {
  /** The program, found on PATH. */
  readonly program: string
  /** `--app NAME` or `--remote NAME`. */
  readonly target: readonly string[]
  readonly seconds: number
  readonly io: Pick<Io, 'cwd' | 'env'>
}

/**
 * Runs one command of the `heroku` CLI, without a shell and without standard input, and returns what it printed.
 * @throws UsageError when the CLI is missing, takes too long, or refuses; nothing it printed on standard output is repeated
 */
export async function heroku(call: CliCall, words: readonly string[]): Promise<string> {
  const name = `heroku ${words.join(' ')}`
  const { code, out, err } = await run(call, [...words, ...call.target], name)
  if (code === 0) return out
  throw new UsageError(refusal(name, err, code))
}

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

function run(call: CliCall, args: readonly string[], name: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(call.program, args, {
      cwd: call.io.cwd,
      // Without colours, analytics and the prompt that opens a browser.
      env: { ...call.io.env, NO_COLOR: '1', FORCE_COLOR: '0', HEROKU_SKIP_NEW_VERSION_CHECK: '1', CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
    })
    const chunks: Record<'out' | 'err', Buffer[]> = { out: [], err: [] }
    let bytes = 0
    let done = false
    const end = (action: () => void): void => {
      if (done) return
      done = true
      clearTimeout(timer)
      action()
    }
    const stop = (text: Text): void =>
      end(() => {
        child.kill('SIGKILL')
        // A child of the CLI may hold the pipes open: nobody waits for it.
        child.stdout.destroy()
        child.stderr.destroy()
        reject(new UsageError(text))
      })
    const timer = setTimeout(() => stop(tooSlow(name, call.seconds)), call.seconds * 1000)
    const collect = (into: 'out' | 'err') => (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > LIMIT) stop(unexpected(name))
      else chunks[into].push(chunk)
    }
    child.stdout.on('data', collect('out'))
    child.stderr.on('data', collect('err'))
    child.on('error', (error: NodeJS.ErrnoException) => stop(notStarted(call.program, error.code ?? error.message)))
    child.on('close', (code) =>
      end(() =>
        resolve({
          code: code ?? 1,
          out: Buffer.concat(chunks.out).toString('utf8'),
          err: Buffer.concat(chunks.err).toString('utf8'),
        }),
      ),
    )
  })
}

function notStarted(program: string, why: string): Text {
  if (why === 'ENOENT') {
    return {
      en: 'the Heroku CLI (`heroku`) is not on PATH; install it (https://devcenter.heroku.com/articles/heroku-cli), or give dynolint its output with --config-vars, --addons and --ps',
      fr: 'le CLI de Heroku (`heroku`) est absent du PATH ; installez-le (https://devcenter.heroku.com/articles/heroku-cli), ou donnez sa sortie à dynolint avec --config-vars, --addons et --ps',
    }
  }
  return {
    en: `\`${program}\` cannot be started (${why}); give dynolint its output with --config-vars, --addons and --ps`,
    fr: `\`${program}\` ne peut pas être lancé (${why}) ; donnez sa sortie à dynolint avec --config-vars, --addons et --ps`,
  }
}

function tooSlow(name: string, seconds: number): Text {
  return {
    en: `\`${name}\` did not end within ${seconds} s; try it by hand, then run dynolint again`,
    fr: `\`${name}\` ne s’est pas terminé en ${seconds} s ; essayez-le à la main, puis relancez dynolint`,
  }
}

/** The command printed something else than it should. */
export function unexpected(name: string): Text {
  return {
    en: `\`${name}\` printed something unexpected; update the CLI (heroku update) and try it by hand`,
    fr: `\`${name}\` a écrit une sortie inattendue ; mettez le CLI à jour (heroku update) et essayez-le à la main`,
  }
}

/** The CLI's own error (` ›   Error: Couldn't find that app.` with an id below it), said in the user's language where it is known. */
function refusal(name: string, stderr: string, code: number): Text {
  const error = stripVTControlCharacters(stderr).replace(/^[\s›▸»!]+/gm, '')
  if (
    /Error ID: unauthorized|Invalid credentials|not logged in|heroku login|Press any key to open up the browser/i.test(
      error,
    )
  ) {
    return {
      en: 'the Heroku CLI is not logged in; run `heroku login`',
      fr: 'le CLI de Heroku n’est pas connecté ; exécutez `heroku login`',
    }
  }
  if (/Error ID: not_found|Couldn't find that app/i.test(error)) {
    return {
      en: 'Heroku knows no such app; `heroku apps` lists yours',
      fr: 'Heroku ne connaît pas cette application ; `heroku apps` liste les vôtres',
    }
  }
  if (/Error ID: forbidden|do not have access/i.test(error)) {
    return {
      en: 'this account has no access to the app; `heroku auth:whoami` says which account is in use',
      fr: 'ce compte n’a pas accès à l’application ; `heroku auth:whoami` dit quel compte est utilisé',
    }
  }
  if (/remote .*(?:not found|does not exist)|Missing required flag|No app specified/i.test(error)) {
    return {
      en: 'no app: name it with --app NAME, or a git remote of it with --remote NAME',
      fr: 'aucune application : nommez-la avec --app NOM, ou un de ses dépôts distants git avec --remote NOM',
    }
  }
  const line = error
    .split('\n')
    .map((one) => one.replace(/^Error: /, '').trim())
    .find((one) => one !== '' && !/^Warning/i.test(one))
  const said = line === undefined ? '' : `: ${line.slice(0, 200)}`
  return { en: `\`${name}\` failed (exit code ${code})${said}`, fr: `\`${name}\` a échoué (code ${code})${said}` }
}
