import type { Expression } from '../../syntax/python/ast.ts'
import type { EventValue } from './model.ts'
import { type CodeFile, dottedOf } from './python-code.ts'

/** What some calls return. */
const returned: Readonly<Record<string, EventValue['type']>> = {
  'django.utils.timezone.now': 'datetime',
  'django.utils.timezone.localtime': 'datetime',
  'datetime.datetime': 'datetime',
  'datetime.datetime.now': 'datetime',
  'datetime.datetime.utcnow': 'datetime',
  'datetime.datetime.today': 'datetime',
  'datetime.datetime.strptime': 'datetime',
  'datetime.datetime.fromtimestamp': 'datetime',
  'datetime.date': 'date',
  'datetime.date.today': 'date',
  'datetime.timedelta': 'timedelta',
  'decimal.Decimal': 'Decimal',
  'uuid.UUID': 'UUID',
  'uuid.uuid1': 'UUID',
  'uuid.uuid4': 'UUID',
  set: 'set',
  frozenset: 'set',
}

/** The type of what a function returns that no form of a message has a place for: `uuid.uuid4`, `timezone.now`. */
export function returnedType(func: Expression, file: CodeFile): EventValue['type'] | undefined {
  const dotted = dottedOf(func, file)
  return dotted !== undefined && Object.hasOwn(returned, dotted) ? returned[dotted] : undefined
}
