import { expect, test } from 'vitest'
import { setOf, textAt } from './support.ts'

const problems = (files: Record<string, string>) =>
  setOf(files).installFiles.flatMap((file) =>
    file.problems.map(({ message, span }) => `${textAt(files, { file: file.path, span })}: ${message.en}`),
  )

test('includes are followed with their roles, paths counting from the including file', () => {
  const set = setOf({
    'requirements.txt': '-r deps/base.txt\n-c deps/limits.txt\n',
    'deps/base.txt': '-r more.txt\nDjango\n',
    'deps/more.txt': 'channels\n',
    'deps/limits.txt': 'Django==5.2.17\n',
  })
  expect(set.installFiles.map(({ path, role }) => `${path} ${role}`)).toEqual([
    'requirements.txt install',
    'deps/base.txt install',
    'deps/more.txt install',
    'deps/limits.txt constraint',
  ])
  expect(set.requirements.map(({ name }) => name)).toEqual(['django', 'channels'])
  expect(set.installed('django').version).toBe('5.2.17')
})

test('a cycle, a missing file, a folder and a file outside are told, not followed', () => {
  expect(problems({ 'requirements.txt': '-r a.txt\n', 'a.txt': '-r requirements.txt\n' })).toEqual([
    'requirements.txt: requirements.txt includes itself in the end',
  ])
  expect(
    problems({ 'requirements.txt': '-r gone.txt\n-r dir\n-r ../../etc/passwd\n-c /etc/hosts\n', 'dir/x.txt': '' }),
  ).toEqual([
    'gone.txt: there is no file gone.txt',
    'dir: dir is a folder, not a file',
    '../../etc/passwd: ../../etc/passwd lies outside the app: it is not on the dyno, and was not read',
    '/etc/hosts: /etc/hosts lies outside the app: it is not on the dyno, and was not read',
  ])
})

test('requirements.txt may be a folder', () => {
  expect(setOf({ 'requirements.txt/base.txt': 'Django' }).manager).toBe('none')
})
