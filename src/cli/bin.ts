#!/usr/bin/env node
import * as module from 'node:module'
import { main } from './main.ts'

// Node 22 and later keep the compiled bundle between runs; Node 20 has no such function.
;(module as { enableCompileCache?: () => unknown }).enableCompileCache?.()

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
