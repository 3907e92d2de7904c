/**
 * Packages that stand beside the Channels stack in many projects and exclude releases of it, or of each other, by what they require:
 * Django below 5.0, kombu's amqp, the JWT package of a REST framework. Their releases are read where one of them is met: nothing that
 * daphne brings along belongs here, or every check would read them.
 */
export const besideNames: readonly string[] = (
  'django-celery-beat django-celery-results django-timezone-field amqp vine billiard celery-redbeat flower ' +
  'djangorestframework-simplejwt pyjwt djoser dj-rest-auth django-allauth social-auth-app-django social-auth-core ' +
  'graphene-django graphene graphql-core djangochannelsrestframework ' +
  'requests urllib3 chardet charset-normalizer'
).split(' ')
