import { describe, expect, it } from 'vitest'
import { parseDotenv } from '../../../../src/evaluate/python/libraries/support/dotenv.ts'
import { check } from './cases.ts'

const source = 'import os\nfrom dotenv import load_dotenv\nload_dotenv()\nA = os.environ.get("A")\n'

describe('python-dotenv', () => {
  check([
    {
      name: 'sets what the environment lacks',
      source,
      files: { '.env': 'A=1\n' },
      env: { A: '?' },
      gives: { A: "'1' when A is unset | '<A>' when A is set" },
    },
    {
      name: 'overrides it when told to',
      source: source.replace('load_dotenv()', 'load_dotenv(override=True)'),
      files: { '.env': 'A=1\n' },
      env: { A: '?' },
      gives: { A: "'1'" },
    },
    {
      name: 'does nothing when git does not carry the file',
      source,
      files: { '.env': 'A=1\n' },
      env: { A: '?' },
      isPresent: (path) => path !== '.env',
      gives: { A: "None when A is unset | '<A>' when A is set" },
    },
    {
      name: 'django-dotenv reads beside the caller',
      source: 'import dotenv, os\ndotenv.read_dotenv()\nA = os.environ.get("A")',
      files: { '.env': 'A=1\n' },
      gives: { A: "'1'" },
    },
  ])

  it('passes over what it cannot parse', () => {
    expect(parseDotenv('A=1\n?? =\n="x"\nB="open\nC=2')).toEqual([
      ['A', '1'],
      ['??', ''],
      ['C', '2'],
    ])
  })
})
