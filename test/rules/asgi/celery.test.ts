import { describe, expect, it } from 'vitest'
import { consumer, told } from './sound.ts'

const celery = (app: string, more = '') => ({
  'requirements.txt':
    'Django==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\nredis==7.4.1\ndaphne==4.2.2\ncelery==5.5.3\n',
  'chat/models.py': 'class Room:\n    pass\n',
  'chat/consumers.py': consumer(`async def chat_message(self, event):
    await self.send_json({'text': event['text']})
`),
  'mysite/celery.py': `import asyncio
from celery import Celery, Task
${more}
${app}
`,
  'chat/tasks.py': `from celery import shared_task
from channels.layers import get_channel_layer

@shared_task
async def announce(text):
    await get_channel_layer().send('specific', {'type': 'chat.message', 'text': text})
`,
})
const own = `
class AsyncTask(Task):
    def __call__(self, *args, **kwargs):
        return asyncio.run(super().__call__(*args, **kwargs))
`

describe('a task that is a coroutine function', () => {
  it('never runs under the tasks of Celery', () => {
    expect(told(celery("app = Celery('mysite')"))).toEqual([
      expect.stringMatching(/^asgi\/not-awaited chat\/tasks\.py/),
    ])
  })

  it.each([
    ['a class of tasks', celery("app = Celery('mysite', task_cls=AsyncTask)", own)],
    ['a class of tasks that stands elsewhere', celery("app = Celery('mysite', task_cls='library:AsyncTask')")],
    ['a class of tasks, assigned', celery("app = Celery('mysite')\napp.Task = AsyncTask", own)],
    [
      'an imported class of tasks, assigned',
      celery("app = Celery('mysite')\napp.Task = AsyncTask", 'from library import AsyncTask'),
    ],
    [
      'a class of tasks of the application',
      celery("class Own(Celery):\n    task_cls = 'library:AsyncTask'\napp = Own('mysite')"),
    ],
    ['another call of tasks', celery("app = Celery('mysite')\napp.Task.__call__ = runs")],
    ['keywords that are not written', celery("app = Celery('mysite', **options)")],
  ])('may be run by %s of the project', (_, files) => {
    expect(told(files)).toEqual([])
  })
})
