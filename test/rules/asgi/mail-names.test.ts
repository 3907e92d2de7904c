import { describe, expect, it } from 'vitest'
import { consumer, models, settings, told } from './sound.ts'

/** What is told of a consumer that joins this group in `connect`; `more`: other files. */
function joined(group: string, before = '', more: Record<string, string> = {}): string[] {
  const body = `async def connect(self):
    self.user = self.scope['user']
${before}    await self.channel_layer.group_add(${group}, self.channel_name)
    await self.accept()
`
  return told({
    'chat/models.py': models,
    'chat/groups.py': `from django.utils.text import slugify
def of(user):
    return f'user_{user.get_username()}'
def mailbox(user):
    return 'user_' + user.email
def slug(user):
    return f'user_{slugify(user.email)}'
`,
    'chat/consumers.py': consumer(body, 'from .groups import mailbox, of, slug'),
    'mysite/settings.py': settings(),
    ...more,
  })
}

const sign = [expect.stringContaining('the name given to group_add holds `@`')]
const signUp = { 'chat/forms.py': "def save(user, data):\n    user.username = data['email']\n    user.save()\n" }

describe('a group that is named after an address', () => {
  it.each([
    ["f'user_{self.user.email}'", ''],
    ["'user_%s' % self.scope['user'].email", ''],
    ['self.mine', "    self.mine = 'user_{}'.format(self.user.email)\n"],
    ['mine', '    mine = mailbox(self.user)\n'],
  ])('is refused: %s', (group, before) => {
    expect(joined(group, before)).toEqual(sign)
  })

  it('is refused where the project makes users’ names of addresses', () => {
    for (const group of ['of(self.user)', "f'user_{self.user.username}'"]) {
      expect(joined(group, '', signUp), group).toEqual(sign)
      expect(joined(group), group).toEqual([])
    }
    const views = {
      'chat/views.py': 'def sign_up(email):\n    return User.objects.create_user(username=email, email=email)\n',
    }
    expect(joined('of(self.user)', '', views)).toEqual(sign)
  })

  it.each([
    ['class SignUpForm(BaseUserCreationForm):\n    username = forms.EmailField()\n', 1],
    ['class SignUpSerializer(ModelSerializer):\n    username = serializers.EmailField()\n', 1],
    ['class User(AbstractUser):\n    username = models.EmailField(unique=True)\n', 1],
    ['def save(user):\n    user.email = user.username\n', 1],
    ['def save(email):\n    return User(username=email)\n', 1],
    ['class LoginForm(AuthenticationForm):\n    username = forms.EmailField()\n', 0],
    ['class SignUpForm(BaseUserCreationForm):\n    username = forms.SlugField()\n    email = forms.EmailField()\n', 0],
    ['def save(user, data):\n    user.email = data["email"]\n    user.username = data["nick"]\n', 0],
  ])('is told by who makes users: %s', (code, count) => {
    expect(joined('of(self.user)', '', { 'chat/accounts.py': code })).toEqual(count === 1 ? sign : [])
  })

  it.each([
    ['f"user_{self.user.email}"', 1],
    ['f"user_{self.user.pk}"', 0],
  ])('is looked for in what a base assigns: %s', (mine, count) => {
    const consumers = `from channels.generic.websocket import AsyncJsonWebsocketConsumer
class BaseConsumer(AsyncJsonWebsocketConsumer):
    mine = None
    def open(self):
        self.mine = ${mine}
class ChatConsumer(BaseConsumer):
    async def connect(self):
        self.user = self.scope['user']
        self.open()
        await self.channel_layer.group_add(self.mine, self.channel_name)
        await self.accept()
`
    expect(joined('', '', { 'chat/consumers.py': consumers })).toHaveLength(count)
  })

  it.each([
    ["f'user_{self.user.pk}'", ''],
    ['slug(self.user)', ''],
    ['mine', "    mine = f'user_{self.user.email}'.replace('@', '_')\n"],
    ["f'campaign_{campaign.email.pk}'", ''],
    ["f'inbox_{message.email}'", ''],
  ])('is none in %s', (group, before) => {
    expect(joined(group, before, signUp)).toEqual([])
  })

  it('is taken by a layer that looks at no names', () => {
    const pubsub = { 'mysite/settings.py': settings('channels_redis.pubsub.RedisPubSubChannelLayer') }
    expect(joined("f'user_{self.user.email}'", '', pubsub)).toEqual([])
  })
})
