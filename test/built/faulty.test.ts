import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundled, runBuilt } from '../support/built.ts'
import { dynolint } from '../support/cli.ts'

/** What is wrong in the tool's own files is told by the program that users have as by its sources: nothing of the readers is left out. */

const folder = bundled()
let project: string
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'dynolint-faulty-'))
  writeFileSync(join(project, 'Procfile'), 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n')
  writeFileSync(join(project, 'requirements.txt'), 'django==5.2.17\nchannels==4.3.2\ndaphne==4.2.1\n')
})
afterEach(() => {
  rmSync(project, { recursive: true, force: true })
})

const faulty: Record<string, Record<string, string>> = {
  'values of other kinds': {
    'dynolint.toml':
      'platform = "x"\nexclude = "a"\n[rules]\n"settings/debug" = "of"\n[env]\nA = 3\n[pins]\nchannels = 4\n',
  },
  'keys that are missing, and that do not exist': {
    'dynolint.toml': 'foo = 3\n[[ignore]]\nrule = "settings/*"\nfile = "package.json"\nreason = "x"\n',
  },
  'the same in YAML': { 'dynolint.yaml': 'platform: [x]\nrules:\n  settings/debug: 3\nenv: x\n' },
  'a snapshot of another shape': {
    'dynolint.toml': 'snapshot = "snapshot.json"\n',
    'snapshot.json': '{"version": 1, "configVars": 3}\n',
  },
  'a baseline of another shape': {
    'dynolint.toml': 'baseline = "baseline.json"\n',
    'baseline.json': '{"version": 1, "findings": [{"rule": 3}]}\n',
  },
}

describe('the program tells what is wrong in', () => {
  for (const [name, files] of Object.entries(faulty)) {
    it(name, async () => {
      for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text)
      const args = ['check', '-f', 'concise']
      const sources = await dynolint(args, { cwd: project })
      const { code, out, err } = runBuilt(folder(), args, { cwd: project })
      expect({ code, out, err }).toEqual({ code: sources.code, out: sources.out, err: sources.err })
      expect(code).toBe(2)
    })
  }
})
