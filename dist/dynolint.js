#!/usr/bin/env node
// The syntax of 2015: a Node that is too old must be able to read this file to say so.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  const asked = /(?:^| )--lang[= ](en|fr)(?: |$)/.exec(process.argv.slice(2).join(' '))
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''
  const french = asked === null ? /^fr/i.test(locale) : asked[1] === 'fr'
  fail(
    french
      ? ` : il faut Node 20.19 ou plus récent ; celui-ci est Node ${process.versions.node}`
      : `: Node 20.19 or newer is needed; this is Node ${process.versions.node}`,
  )
} else {
  try {
    require('./cli.js').start(__dirname)
  } catch (error) {
    // A damaged installation: nothing is there to say more.
    fail(`: cannot start: ${String(error).split('\n')[0]}`)
  }
}

function fail(what) {
  process.exitCode = 2
  process.stderr.write(`dynolint${what}\n`)
}
