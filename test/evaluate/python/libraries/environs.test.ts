import { describe } from 'vitest'
import { check } from './cases.ts'

const head = 'from environs import Env\nenv = Env()\n'

describe('environs', () => {
  check([
    {
      name: 'reads variables that nobody knows',
      source: `${head}D = env.bool("D", False)\nN = env.int("N", 1)\nL = env.list("L", [])\nS = env("S")`,
      env: { D: '?', N: '?', L: '?', S: '?' },
      gives: {
        D: 'False when D reads as false | True when D reads as true',
        N: '1 when N is unset | <N> when N is set',
        L: '[] when L is unset | […] when L is set',
        S: "'<S>'",
      },
      requires: ['S'],
    },
    {
      name: 'knows prefixes within their block',
      source: `${head}with env.prefixed("A_"):\n    X = env("X")\nY = env("X", "outside")`,
      env: { A_X: 'inside' },
      gives: { X: "'inside'", Y: "'outside'" },
    },
    {
      name: 'raises when a variable is not set',
      source: `${head}S = env("S")`,
      raises: 'EnvNotSetError: Environment variable "S" not set',
    },
  ])
})
