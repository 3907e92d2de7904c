import { expect, it } from 'vitest'
import { absentFolder } from '../../../src/app/settings/absent-static-folder.ts'
import { settingsOf } from './support.ts'

/** The folder of STATICFILES_DIRS that collectstatic misses, where the settings begin with a line. */
function missed(line: string): string | undefined {
  const app = settingsOf(`import os, subprocess\n${line}\nSTATICFILES_DIRS = ['/app/static']\n`, {}, 'Django==3.2.25\n')
  return absentFolder(app, app.settings)?.folder
}

it('misses a folder that nothing makes', () => {
  expect(missed('')).toBe('static')
  expect(missed("os.makedirs('/app/media', exist_ok=True)")).toBe('static')
})

it('leaves one that the settings make, or a program that they run may', () => {
  expect(missed("os.makedirs('/app/static/css', exist_ok=True)")).toBeUndefined()
  expect(missed("subprocess.run(['mkdir', 'static'])")).toBeUndefined()
})
