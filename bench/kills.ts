import { kills } from '../test/support/kills.ts'

/** `npx tsx bench/kills.ts [count]`: ends a writing process at random moments; each file must be old or new, whole. */
const count = Number(process.argv[2] ?? 300)
const { torn, left } = await kills(count, Math.random)
console.log(`${count} kills, ${torn.length} torn files, temporaries left: ${JSON.stringify(left)}`)
for (const file of torn) console.log(file)
if (torn.length > 0 || left.SIGTERM > 0 || left.SIGINT > 0) process.exitCode = 1
