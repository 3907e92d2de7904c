import type { CommandLine } from './args.ts'
import { checkCommand } from './check.ts'
import { exit, type Io, UsageError } from './io.ts'

/** One commit that is about to be pushed, and the ref of the other side that it is to become. */
interface Pushed {
  readonly commit: string
  readonly ref: string
}

/**
 * `dynolint pre-push [remote] [address]`: as git's hook of that name, or below pre-commit, which says in its environment what is
 * pushed. Checks what a push carries, whatever the files say, and says nothing about a push that deploys nothing.
 */
export async function prePush(args: CommandLine, io: Io): Promise<number> {
  const address = io.env.PRE_COMMIT_REMOTE_URL ?? args.rest[1]
  if (address === undefined && io.env.PRE_COMMIT !== undefined) {
    // `pre-commit run --hook-stage pre-push`: no push is under way.
    io.out(
      args.language === 'fr'
        ? 'rien n’est poussé\u00a0: rien n’est vérifié\n'
        : 'nothing is pushed: nothing is checked\n',
    )
    return exit.clean
  }
  if (address === undefined) {
    throw new UsageError({
      en: 'pre-push is a hook: git hands it the remote and its address, and pre-commit sets PRE_COMMIT_REMOTE_URL',
      fr: 'pre-push est un hook\u00a0: git lui donne le dépôt distant et son adresse, et pre-commit définit PRE_COMMIT_REMOTE_URL',
    })
  }
  if (!args.anyRemote && !isHeroku(address)) return exit.clean
  const pushed = await pushedNow(io)
  const commits = new Set(pushed.filter(({ ref }) => args.anyRemote || deploys(ref)).map(({ commit }) => commit))
  let code: number = exit.clean
  // The one that asks for more attention: trouble over findings over nothing.
  for (const rev of commits) code = Math.max(code, await checkCommand({ ...args, rest: [], rev }, io))
  return code
}

/**
 * Whether an address is that of an app's repository on Heroku: `https://git.heroku.com/NAME.git`, with or without credentials,
 * `git@heroku.com:NAME.git` or `ssh://git@heroku.com/NAME.git` (Dev Center, “Deploying with Git”, read 2026-11-29).
 */
export function isHeroku(address: string): boolean {
  const { host } = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?(?<host>[^:/]+)[:/]/i.exec(address)?.groups ?? {}
  return host !== undefined && ['git.heroku.com', 'heroku.com'].includes(host.toLowerCase())
}

/** Heroku builds what is pushed to these; any other branch it keeps without a build. */
const deploys = (ref: string): boolean => ref === 'refs/heads/main' || ref === 'refs/heads/master'

async function pushedNow(io: Io): Promise<readonly Pushed[]> {
  const { PRE_COMMIT_TO_REF: commit, PRE_COMMIT_REMOTE_BRANCH: ref } = io.env
  if (commit !== undefined) return isNone(commit) ? [] : [{ commit, ref: ref ?? '' }]
  const chunks: Uint8Array[] = []
  for await (const chunk of io.input ?? process.stdin) chunks.push(chunk)
  // `LOCAL-REF LOCAL-HASH REMOTE-REF REMOTE-HASH`, a line for each ref (githooks(5)).
  return Buffer.concat(chunks)
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [, hash, name] = line.trim().split(' ')
      return hash === undefined || name === undefined || isNone(hash) ? [] : [{ commit: hash, ref: name }]
    })
}

/** A ref that is deleted is pushed as zeros. */
const isNone = (hash: string): boolean => /^0+$/.test(hash)
