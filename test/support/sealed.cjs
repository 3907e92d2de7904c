/**
 * Loaded before the tool: starting a process, a thread or a connection, and loading code that is not the tool's, throws and
 * leaves a line in the file SEALED_LOG, so that a throw that is caught somewhere still shows.
 */
const { appendFileSync } = require('node:fs')
const { dirname } = require('node:path')
const Module = require('node:module')

const tool = `${dirname(process.argv[1])}/`

function refuse(what) {
  appendFileSync(process.env.SEALED_LOG, `${what}\n`)
  throw new Error(`sealed: ${what}`)
}

const doors = {
  'node:child_process': ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
  'node:net': ['connect', 'createConnection', 'createServer'],
  'node:tls': ['connect', 'createServer'],
  'node:http': ['request', 'get', 'createServer'],
  'node:https': ['request', 'get', 'createServer'],
  'node:http2': ['connect', 'createServer', 'createSecureServer'],
  'node:dgram': ['createSocket'],
  'node:dns': ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse'],
  'node:vm': ['Script', 'runInContext', 'runInNewContext', 'runInThisContext', 'compileFunction'],
  'node:worker_threads': ['Worker'],
}
for (const [name, members] of Object.entries(doors)) {
  const module = require(name)
  for (const member of members) module[member] = () => refuse(`${name}.${member}`)
}
require('node:net').Socket.prototype.connect = () => refuse('node:net.Socket.connect')
globalThis.fetch = () => refuse('fetch')
globalThis.eval = () => refuse('eval')
globalThis.Function = new Proxy(Function, {
  apply: () => refuse('Function'),
  construct: () => refuse('Function'),
})
process.dlopen = () => refuse('process.dlopen')

const load = Module._load
Module._load = function (request, parent, isMain) {
  const path = Module.isBuiltin(request) ? undefined : Module._resolveFilename(request, parent, isMain)
  if (path !== undefined && !path.startsWith(tool)) refuse(`require ${path}`)
  return load.call(this, request, parent, isMain)
}
