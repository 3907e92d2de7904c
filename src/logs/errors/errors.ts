import { asgiErrors } from './asgi.ts'
import { bootErrors } from './boot.ts'
import type { ErrorEntry } from './entry.ts'
import { redisErrors } from './redis.ts'
import { settingsErrors } from './settings.ts'

/** Every error that is recognised in the app's output. A row before another wins. */
export const errorTable: readonly ErrorEntry[] = [...redisErrors, ...asgiErrors, ...bootErrors, ...settingsErrors]

/**
 * Words of which a line must hold one to be looked at at all; tests hold the table against it. Tracebacks are read
 * line by line once they began, whatever their lines say.
 */
export const telling = [
  'rror', // Error, error:
  'xception',
  'Traceback',
  'not found',
  'find attribute',
  'No such ',
  'No module named',
  'No application configured',
  'No handler for',
  'No supported WebSocket',
  'Permission denied',
  'Unknown command',
  'load application',
  'failed to load',
  'Connection in use',
  'no close frame',
  'failed to resolve',
  'could not translate',
  'STATIC_ROOT',
  'maxmemory',
  'HELLO must',
  'NoneType',
  'NVX',
  'AppRegistryNotReady',
  'UndefinedValue',
  'ImproperlyConfigured',
  'SynchronousOnly',
  'DisallowedHost',
  'Invalid HTTP_HOST',
  'Origin checking failed',
  'Missing staticfiles',
  'Unsupported upgrade',
  'REJECT',
  'WORKER TIMEOUT',
  'Worker failed',
  'exited with code',
  'CERTIFICATE_VERIFY',
  'handshake timeout',
  'took too long',
  'over capacity',
  'ChannelFull',
  'never awaited',
  'must be listed before',
  'must start with a scheme',
  'lready in use',
  'lifespan',
  'too many c',
  'remaining connection slots',
  'refused',
  'does not exist',
  'no such table',
  'Timeout reading',
  'clients reached',
  'BACKEND',
  'CHANNEL_LAYERS',
  'ASGI_APPLICATION',
  'WRONGPASS',
  'NOAUTH',
  'Authentication required',
  '" 403',
] as const
