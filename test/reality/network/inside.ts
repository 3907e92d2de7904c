import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The modules of the rig that run inside the dynos' Pythons. */
export const insideFolder = fileURLToPath(new URL('../inside', import.meta.url))

/** A line of a .pth file is run at every start of Python; this one does nothing where the rig has not asked for it. */
const line =
  'import os, sys; exec("rig = os.environ.get(\'RIG_INSIDE\')\\nif rig:\\n    sys.path.append(rig)\\n    import rig_inside")\n'

/** Lets Pythons of a virtual environment (absolute) load the rig's modules; written once, when the environment is made. */
export function openToRig(venv: string): void {
  const lib = join(venv, 'lib')
  for (const python of readdirSync(lib)) {
    const file = join(lib, python, 'site-packages', 'rig_inside.pth')
    if (!existsSync(file)) writeFileSync(file, line)
  }
}

/** An environment whose Pythons load the rig's modules; `probe` is the file they write to (absolute). */
export function withProbe(env: Readonly<Record<string, string>>, probe: string): Record<string, string> {
  return { ...env, RIG_INSIDE: insideFolder, RIG_PROBE: probe }
}
