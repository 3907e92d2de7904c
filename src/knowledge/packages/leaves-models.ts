/**
 * Apps of packages that give no model of another app a field: the source of their releases of November 2026 calls neither
 * `add_to_class` nor `contribute_to_class` of a foreign model and connects no receiver to `class_prepared` that would.
 * `django-modeltranslation` is of the other kind, and of what is not listed nobody has looked. By the first name of the app's path.
 */
export const leavesModelsAlone: ReadonlySet<string> = new Set(
  `django channels daphne rest_framework rest_framework_simplejwt corsheaders whitenoise django_extensions crispy_forms
  crispy_bootstrap5 debug_toolbar storages cloudinary_storage django_filters django_celery_beat django_celery_results
  allauth jazzmin widget_tweaks tailwind compressor`.split(/\s+/),
)
