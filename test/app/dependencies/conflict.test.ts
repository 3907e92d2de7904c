import { expect, test } from 'vitest'
import { conflictOf } from '../../../src/app/dependencies/conflict.ts'
import { appOf } from './support.ts'

const conflict = (requirements: string) =>
  conflictOf(appOf({ 'manage.py': 'import django\n', 'requirements.txt': requirements }))?.lines.map(({ name }) => name)

test('a conflict names the lines that contradict each other, not Django which needs one of them', () => {
  expect(conflict('asgi-redis==1.4.3\nasgiref==3.2.7\nDjango==3.0.6\n')).toEqual(['asgi-redis', 'asgiref'])
  expect(conflict('asgi-redis==1.4.3\nasgiref==3.2.7\ndaphne==2.5.0\n')).toEqual(['asgi-redis', 'asgiref'])
  expect(conflict('asgi-redis==1.4.3\nDjango==3.0.6\n')).toEqual(['asgi-redis', 'django'])
  expect(conflict('Django==2.1\nchannels==2.4.0\n')).toEqual(['django', 'channels'])
})
