import { main } from './main.ts'

/** Runs the sources as they are, for development: `npx tsx src/cli/bin.ts`. The bundle has its own launcher. */
process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  terminal: process.stdout.isTTY === true,
  out: (text) => {
    process.stdout.write(text)
  },
  err: (text) => {
    process.stderr.write(text)
  },
})
