import type { Hop, HopRun } from '../types.ts'
import { boot } from './boot.ts'
import { build } from './build.ts'
import { handshake } from './handshake.ts'
import { http } from './http.ts'
import { message } from './message.ts'
import { release } from './release.ts'
import { safety } from './safety.ts'
import { stay } from './stay.ts'

/** Every hop in the order it is tried. */
export const hopRuns: readonly (readonly [Hop, HopRun])[] = [
  ['build', build],
  ['release', release],
  ['boot', boot],
  ['http', http],
  ['handshake', handshake],
  ['message', message],
  ['stay', stay],
  ['safety', safety],
]
