/**
 * Apps of packages that give no model of another app a field: what they bring stands in their own models, or is asked for by a
 * name in the class itself. Read in their releases of November 2026; `django-modeltranslation`, `django-categories` and
 * Mezzanine are of the other kind (`contribute_to_class` in `ready()` or on `class_prepared`), and of what is not listed nobody
 * has read it. By the first name of the app's path.
 */
export const leavesModelsAlone: ReadonlySet<string> = new Set(
  `django channels daphne rest_framework rest_framework_simplejwt corsheaders whitenoise django_extensions crispy_forms
  crispy_bootstrap4 crispy_bootstrap5 crispy_tailwind debug_toolbar storages cloudinary cloudinary_storage django_filters
  drf_yasg drf_spectacular django_celery_beat django_celery_results allauth dj_rest_auth djoser oauth2_provider
  social_django import_export jazzmin django_htmx widget_tweaks bootstrap4 bootstrap5 bootstrapform django_bootstrap5
  tailwind ckeditor ckeditor_uploader django_ckeditor_5 tinymce sslserver phonenumber_field django_countries
  graphene_django compressor anymail sorl easy_thumbnails health_check captcha django_recaptcha sass_processor
  django_browser_reload django_redis fontawesomefree mathfilters`.split(/\s+/),
)
