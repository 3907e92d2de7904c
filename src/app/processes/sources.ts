import type { Place } from '../../contracts/place.ts'
import { derivedSource, fileSource, type ShellSource } from '../../evaluate/shell/source.ts'
import type { Layout } from '../../evaluate/shell/state.ts'
import { readText } from '../../files/tree.ts'
import { platforms } from '../../knowledge/platforms.ts'
import { type Procfile, parseProcfile } from '../../syntax/procfile/procfile.ts'
import type { ManifestCommand } from '../manifest/model.ts'
import { containerImage, type Image, startsNothing } from './image.ts'
import type { ProcessInputs } from './inputs.ts'

/** A process type with its command, before anything is followed. */
export interface Declaration {
  readonly type: string
  readonly at: Place
  readonly command: { readonly text: string; readonly at: Place }
  readonly form:
    | { readonly kind: 'shell'; readonly source: ShellSource }
    | { readonly kind: 'exec'; readonly words: ManifestWords }
  readonly layout: Layout
  /** The image whose entry point runs the command. */
  readonly image: Image | undefined
  readonly lost: boolean
}

export type ManifestWords = readonly { readonly text: string; readonly at: Place }[]

export interface ProcessSource {
  readonly from: 'procfile' | 'heroku.yml' | 'dockerfile' | undefined
  readonly file: string | undefined
  readonly procfile: Procfile | undefined
  readonly declarations: readonly Declaration[]
}

/** Which file defines the process types on this platform, and what it defines. */
export function processSource(app: ProcessInputs): ProcessSource {
  const { herokuYml, platform } = app.manifest
  if (platform === 'heroku-container' && herokuYml !== undefined) return fromHerokuYml(app)
  const file = app.tree.kind('Procfile') === 'file' ? readText(app.tree, 'Procfile') : undefined
  if (file === undefined) return { from: undefined, file: undefined, procfile: undefined, declarations: [] }
  const procfile = parseProcfile(file.text)
  const { home, procfile: dialect } = platforms[platform]
  const fir = dialect === 'fir'
  const layout: Layout = {
    home,
    mounts: [{ path: home, folder: '' }],
  }
  const unreadable = platform === 'heroku-classic' && file.encoding.startsWith('utf-16')
  const declarations = procfile.lines.flatMap((line, index): Declaration[] => {
    const own = fir ? line.readings.fir : line.readings.classic
    const meant = own ?? (line.faults.includes('no-space') ? line.readings.local : undefined)
    if (meant === undefined || line.faults.includes('continuation') || meant.command === '') return []
    const at = { file: file.path, span: meant.typeSpan }
    const command = { text: meant.command, at: { file: file.path, span: meant.commandSpan } }
    const source = fileSource(file.path, meant.command, meant.commandSpan.start)
    const lost = own === undefined || unreadable || (file.bom && index === 0 && !fir)
    return [
      {
        type: fir ? meant.corrected : meant.type,
        at,
        command,
        form: { kind: 'shell', source },
        layout,
        image: undefined,
        lost,
      },
    ]
  })
  return { from: 'procfile', file: file.path, procfile, declarations }
}

/** app.json's `postdeploy`: a one-off dyno runs it when an app is made from the file, and never again. */
export function scriptDeclarations({ manifest }: ProcessInputs): Declaration[] {
  const { home } = platforms[manifest.platform]
  const layout: Layout = { home, mounts: [{ path: home, folder: '' }] }
  return (manifest.appJson?.scripts ?? [])
    .filter(({ name, command }) => name === 'postdeploy' && command.text !== '')
    .map(({ name, command: { text, at } }) => ({
      type: name,
      at,
      command: { text, at },
      form: { kind: 'shell', source: derivedSource(text, at) },
      layout,
      image: undefined,
      lost: false,
    }))
}

/** heroku-buildpack-python makes these files executable and runs them; a build whose hook fails is over. */
export function hookDeclarations({ tree, manifest }: ProcessInputs): Declaration[] {
  if (manifest.platform !== 'heroku-classic') return []
  const { home } = platforms[manifest.platform]
  const layout: Layout = { home, mounts: [{ path: home, folder: '' }] }
  return ['bin/pre_compile', 'bin/post_compile'].flatMap((path): Declaration[] => {
    const file = tree.kind(path) === 'file' ? readText(tree, path) : undefined
    if (file === undefined) return []
    const at = { file: path, span: { start: 0, end: file.text.split('\n', 1)[0]?.length ?? 0 } }
    const command = { text: path, at }
    const form = { kind: 'shell', source: derivedSource(`bash ${path}`, at) } as const
    return [{ type: path, at, command, form, layout, image: undefined, lost: false }]
  })
}

/** The container stack: heroku.yml `run`, else the CMD of each Dockerfile it builds. */
function fromHerokuYml(app: ProcessInputs): ProcessSource {
  const yml = app.manifest.herokuYml
  if (yml === undefined) return { from: undefined, file: undefined, procfile: undefined, declarations: [] }
  const imageOf = (type: string) => {
    const path = (yml.build.find((entry) => entry.type === type) ?? yml.build[0])?.dockerfile.text
    return path === undefined ? undefined : containerImage(app.tree, path)
  }
  const release = yml.release === undefined ? [] : [yml.release]
  if (yml.run !== undefined) {
    const declarations = [...yml.run, ...release].map((command) => manifestDeclaration(command, imageOf(command.type)))
    return { from: 'heroku.yml', file: yml.file, procfile: undefined, declarations }
  }
  const built = yml.build.map(({ type, dockerfile }) => ({ type, image: containerImage(app.tree, dockerfile.text) }))
  const images = built.flatMap(({ type, image }): Declaration[] => {
    const command = image?.command
    if (image === undefined || command === undefined) return []
    return [{ ...manifestDeclaration({ ...command, type }, image), image: image.shellEntry ? undefined : image }]
  })
  const file = images[0]?.command.at.file
  const startsNone = built.length > 0 && built.every(({ image }) => image !== undefined && startsNothing(image))
  return {
    from: startsNone ? undefined : 'dockerfile',
    file,
    procfile: undefined,
    declarations: [...images, ...release.map((command) => manifestDeclaration(command, imageOf('release')))],
  }
}

function manifestDeclaration({ type, command, at }: ManifestCommand, image: Image | undefined): Declaration {
  const text = command.form === 'shell' ? command.text : command.words.map((word) => word.text).join(' ')
  const layout = image?.layout ?? { home: '/app', mounts: [{ path: '/app', folder: '' }] }
  const form: Declaration['form'] =
    command.form === 'exec'
      ? { kind: 'exec', words: command.words }
      : {
          kind: 'shell',
          source: command.verbatim
            ? fileSource(command.at.file, command.text, command.at.span.start)
            : derivedSource(command.text, command.at),
        }
  return { type, at, command: { text, at: command.at }, form, layout, image, lost: false }
}
