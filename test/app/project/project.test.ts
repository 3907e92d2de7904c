import { describe, expect, it } from 'vitest'
import { moduleOf, readProject } from '../../../src/app/project/project.ts'
import { memoryTree } from '../../../src/files/memory.ts'

function project(files: Record<string, string>) {
  const tree = memoryTree(files)
  return { tree, project: readProject({ tree }) }
}

describe('the project', () => {
  it('lists Python files without vendored folders and virtual environments', () => {
    const { project: found } = project({
      'a.py': '',
      'app/models.py': '',
      'node_modules/x/y.py': '',
      'env/pyvenv.cfg': '',
      'env/lib/z.py': '',
      '.venv/lib/z.py': '',
    })
    expect(found.python).toEqual(['a.py', 'app/models.py'])
    expect(found.bounded).toBe(false)
  })

  it('finds manage.py down to depth 3, shallowest first', () => {
    const { project: found } = project({
      'b/manage.py': '',
      'a/b/manage.py': '',
      'a/b/c/manage.py': '',
      'manage.py': '',
    })
    expect(found.manage.map(({ path }) => path)).toEqual(['manage.py', 'b/manage.py', 'a/b/manage.py'])
  })

  it('finds settings modules by name and content, whole ones before parts', () => {
    const { project: found } = project({
      'mysite/__init__.py': '',
      'mysite/settings.py': 'INSTALLED_APPS = []\n',
      'mysite/settings_heroku.py': 'from .settings import *\n',
      'mysite/config.py': 'X = 1\n',
      'other/settings.py': 'X = 1\n',
    })
    expect(found.settings.map(({ module }) => module)).toEqual(['mysite.settings', 'mysite.settings_heroku'])
  })

  it('reads every default of DJANGO_SETTINGS_MODULE, entry points first', () => {
    const { project: found } = project({
      'manage.py': "def main():\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.settings')\n",
      'a/celery.py': "os.environ['DJANGO_SETTINGS_MODULE'] = 'a.celery'\n",
      'a/asgi.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "a.production")\n',
    })
    expect(found.defaults.map(({ kind, module, how }) => [kind, module, how])).toEqual([
      ['asgi', 'a.production', 'setdefault'],
      ['manage', 'a.settings', 'setdefault'],
      ['celery', 'a.celery', 'assign'],
    ])
  })

  it('resolves modules as Python does', () => {
    const { project: found } = project({
      'pkg/__init__.py': '',
      'pkg/sub/__init__.py': '',
      'pkg/sub.py': '',
      'pkg/mod.py': '',
      'space/mod.py': '',
      'lib/space/other.py': '',
      'lib/mod.py': '',
    })
    expect(found.resolve('pkg.sub', [''])).toEqual({ kind: 'package', file: 'pkg/sub/__init__.py', root: '' })
    expect(found.resolve('pkg.mod', [''])).toEqual({ kind: 'module', file: 'pkg/mod.py', root: '' })
    expect(found.resolve('pkg.mod.x', [''])).toBeUndefined()
    expect(found.resolve('mod', ['', 'lib'])).toEqual({ kind: 'module', file: 'lib/mod.py', root: 'lib' })
    expect(found.resolve('space.other', ['', 'lib'])).toMatchObject({ kind: 'module', file: 'lib/space/other.py' })
    expect(found.resolve('space', [''])).toMatchObject({ kind: 'namespace', file: 'space' })
    expect(found.resolve('absent', [''])).toBeUndefined()
    expect(found.resolve('a/b', [''])).toBeUndefined()
  })

  it('names a module from the folder above its outermost package', () => {
    const { tree } = project({ 'src/pkg/__init__.py': '', 'src/pkg/sub/__init__.py': '', 'src/pkg/sub/mod.py': '' })
    expect(moduleOf(tree, 'src/pkg/sub/mod.py')).toEqual({ module: 'pkg.sub.mod', root: 'src' })
    expect(moduleOf(tree, 'src/pkg/sub/__init__.py')).toEqual({ module: 'pkg.sub', root: 'src' })
  })
})
