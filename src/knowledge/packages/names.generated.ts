// Written by scripts/knowledge-names.ts from the wheels of the releases it lists; * is the module itself.

export const removedNames = `
django 2.0
django.apps.config upath
django.apps.registry lru_cache
django.conf.urls ImproperlyConfigured LocaleRegexURLResolver RegexURLPattern RegexURLResolver six
django.conf.urls.i18n LocaleRegexURLResolver lru_cache url
django.conf.urls.static url
django.contrib.admin.actions force_text ugettext_lazy
django.contrib.admin.filters force_text
django.contrib.admin.helpers force_text six ugettext
django.contrib.admin.models force_text python_2_unicode_compatible ugettext
django.contrib.admin.options force_text python_2_unicode_compatible six ungettext
django.contrib.admin.sites six ugettext_lazy
django.contrib.admin.templatetags.admin_list force_text
django.contrib.admin.utils force_str force_text six smart_text ungettext
django.contrib.admin.views.main force_text six ugettext
django.contrib.admin.widgets force_text six
django.contrib.auth.admin force_text ugettext url
django.contrib.auth.base_user CallableFalse CallableTrue force_text python_2_unicode_compatible
django.contrib.auth.decorators available_attrs six
django.contrib.auth.forms PY3 ugettext
django.contrib.auth.hashers lru_cache
django.contrib.auth.management DEFAULT_LOCALE_ENCODING six
django.contrib.auth.middleware SessionAuthenticationMiddleware
django.contrib.auth.mixins force_text six
django.contrib.auth.models ASCIIUsernameValidator CallableFalse CallableTrue python_2_unicode_compatible six user_logged_in
django.contrib.auth.password_validation force_text lru_cache string_types text_type ungettext upath
django.contrib.auth.tokens six
django.contrib.auth.urls url
django.contrib.auth.validators six
django.contrib.auth.views deprecate_current_app force_text
django.contrib.contenttypes.checks six
django.contrib.contenttypes.fields force_text python_2_unicode_compatible
django.contrib.contenttypes.management six
django.contrib.contenttypes.models force_text python_2_unicode_compatible
django.contrib.contenttypes.views http
django.contrib.flatpages.forms ugettext
django.contrib.flatpages.models python_2_unicode_compatible
django.contrib.flatpages.urls url
django.contrib.humanize.templatetags.humanize force_text ungettext
django.contrib.messages.storage.base force_text python_2_unicode_compatible
django.contrib.messages.storage.cookie six
django.contrib.messages.storage.session six
django.contrib.postgres.fields force_text six
django.contrib.postgres.fields.array six
django.contrib.postgres.fields.hstore force_text six
django.contrib.postgres.fields.ranges six
django.contrib.postgres.forms six
django.contrib.postgres.forms.array six
django.contrib.postgres.forms.hstore six
django.contrib.postgres.forms.jsonb six
django.contrib.postgres.lookups force_text
django.contrib.postgres.signals six
django.contrib.postgres.validators ungettext_lazy
django.contrib.redirects.middleware http
django.contrib.redirects.models python_2_unicode_compatible
django.contrib.sessions.backends.base force_text
django.contrib.sessions.backends.cache range
django.contrib.sessions.backends.cached_db force_text
django.contrib.sessions.backends.db force_text
django.contrib.sessions.backends.file force_text
django.contrib.sessions.base_session python_2_unicode_compatible
django.contrib.sites.models python_2_unicode_compatible
django.contrib.sites.requests python_2_unicode_compatible
django.contrib.staticfiles.finders lru_cache six
django.contrib.staticfiles.storage force_text iteritems range
django.contrib.staticfiles.views unquote
django.contrib.syndication.views force_text six
django.core urlresolvers
django.core.cache.utils urlquote
django.core.checks utils
django.core.checks.compatibility django_1_10 django_1_8_0
django.core.checks.compatibility.django_1_10 *
django.core.checks.compatibility.django_1_8_0 *
django.core.checks.messages force_str python_2_unicode_compatible
django.core.checks.security.base patch_middleware_message
django.core.checks.security.csrf patch_middleware_message
django.core.checks.security.sessions patch_middleware_message
django.core.checks.templates six
django.core.checks.urls six
django.core.checks.utils *
django.core.exceptions DjangoRuntimeWarning force_text six
django.core.files.base force_bytes force_str force_text python_2_unicode_compatible six
django.core.files.storage abspathu force_text
django.core.files.uploadedfile force_str
django.core.files.uploadhandler python_2_unicode_compatible
django.core.handlers.base get_urlconf handle_uncaught_exception signals six
django.core.handlers.exception available_attrs force_text
django.core.handlers.wsgi ISO_8859_1 UTF_8 force_str force_text http six
django.core.mail.backends.console six
django.core.mail.backends.filebased six
django.core.mail.message six
django.core.paginator six
django.core.serializers six
django.core.serializers.base six
django.core.serializers.json CallableBool six
django.core.serializers.python force_text settings six
django.core.serializers.pyyaml six
django.core.serializers.xml_serializer force_text
django.core.servers.basehttp six
django.core.signing force_str force_text
django.core.urlresolvers *
django.core.validators force_text ipv4_re six ungettext_lazy
django.db.models.base curry python_2_unicode_compatible six zip
django.db.models.deletion six
django.db.models.expressions backend_utils six
django.db.models.fields curry force_text python_2_unicode_compatible six warn_about_renamed_method
django.db.models.fields.files force_str force_text six
django.db.models.fields.related add_lazy_relation curry force_text get_docs_version lru_cache six
django.db.models.fields.reverse_related force_text
django.db.models.functions.datetime cached_property
django.db.models.lookups DecimalComparisonLookup DecimalField DecimalGreaterThan DecimalGreaterThanOrEqual DecimalLessThan DecimalLessThanOrEqual Search range
django.db.models.manager python_2_unicode_compatible six
django.db.models.options NOT_PROVIDED force_text python_2_unicode_compatible six warn_about_renamed_method
django.db.models.query six
django.db.models.query_utils lru_cache
django.db.models.signals six
django.db.models.utils six
django.db.utils npath six upath
django.dispatch weakref_backports
django.dispatch.dispatcher WeakMethod range six
django.dispatch.weakref_backports *
django.forms RenameMethodsBase RenameWidgetMethods extras force_str force_text python_2_unicode_compatible range six ugettext ugettext_lazy ungettext ungettext_lazy
django.forms.boundfield force_text python_2_unicode_compatible six
django.forms.extras *
django.forms.extras.widgets *
django.forms.fields force_str force_text six ungettext_lazy
django.forms.forms force_text python_2_unicode_compatible six
django.forms.formsets python_2_unicode_compatible range six ungettext
django.forms.models force_text six ugettext
django.forms.renderers lru_cache upath
django.forms.utils force_text python_2_unicode_compatible six
django.forms.widgets RenameMethodsBase RenameWidgetMethods force_str force_text python_2_unicode_compatible range six ugettext_lazy
django.http.cookie cookie_pickles_properly force_str http_cookies six
django.http.multipartparser six
django.http.request force_str force_text six
django.http.response force_str force_text map six
django.middleware.common force_text http
django.middleware.csrf force_text zip
django.shortcuts force_text six
django.template StringOrigin
django.template.backends.django six
django.template.backends.jinja2 six
django.template.base DeprecationInstanceCheck EscapeData StringOrigin TemplateEncodingError force_str force_text getargspec mark_for_escaping python_2_unicode_compatible six ugettext_lazy
django.template.context_processors force_text
django.template.defaultfilters force_text mark_for_escaping nan neg_inf pos_inf six special_floats ugettext ungettext urlquote
django.template.defaulttags force_text six
django.template.engine lru_cache six
django.template.library getargspec six
django.template.loader DeprecationInstanceCheck LoaderOrigin Origin six
django.template.loader_tags ExtendsError six
django.template.loaders eggs
django.template.loaders.base Origin func_supports_parameter
django.template.loaders.cached Origin Template force_text func_supports_parameter
django.template.loaders.eggs *
django.template.response six
django.template.utils lru_cache upath
django.templatetags.i18n six
django.templatetags.l10n force_text
django.templatetags.tz six
django.urls LocaleRegexProvider LocaleRegexURLResolver RegexURLPattern RegexURLResolver
django.urls.base force_text six
django.urls.resolvers LocaleRegexProvider LocaleRegexURLResolver RegexURLPattern RegexURLResolver force_str force_text lru_cache six urlquote
django.urls.utils lru_cache six
django.utils glob
django.utils.archive six
django.utils.autoreload get_system_encoding jython_reloader npath six thread
django.utils.crypto range six
django.utils.datastructures six
django.utils.dateformat force_text six
django.utils.dateparse six
django.utils.decorators six
django.utils.deprecation CallableBool CallableFalse CallableTrue
django.utils.encoding force_unicode smart_unicode unquote
django.utils.feedgenerator force_text six
django.utils.formats force_str mark_safe six
django.utils.functional allow_lazy six
django.utils.glob *
django.utils.html force_str six
django.utils.html_parser six
django.utils.http force_str force_text six
django.utils.inspect getargspec six
django.utils.ipv6 range
django.utils.module_loading six
django.utils.numberformat six
django.utils.regex_helper six zip
django.utils.safestring EscapeBytes EscapeData EscapeString EscapeText EscapeUnicode SafeUnicode curry mark_for_escaping six
django.utils.termcolors six
django.utils.text force_text force_unicode html_entities six ugettext_lazy
django.utils.timesince ugettext ungettext_lazy
django.utils.translation force_text six
django.utils.translation.template force_text six
django.utils.translation.trans_null force_text ugettext ungettext
django.utils.translation.trans_real do_translate force_text lru_cache six ugettext ungettext upath
django.utils.tree force_str force_text
django.utils.version lru_cache
django.views.debug DEFAULT_URLCONF_TEMPLATE TECHNICAL_404_TEMPLATE TECHNICAL_500_TEMPLATE TECHNICAL_500_TEXT_TEMPLATE force_bytes force_escape lru_cache six
django.views.decorators.cache available_attrs
django.views.decorators.clickjacking available_attrs
django.views.decorators.csrf available_attrs
django.views.decorators.http available_attrs
django.views.decorators.vary available_attrs
django.views.defaults force_text http six urlquote
django.views.generic.base NoReverseMatch http six
django.views.generic.dates force_str force_text
django.views.generic.edit force_text
django.views.generic.list force_text six
django.views.i18n DEFAULT_PACKAGES force_text get_javascript_catalog http javascript_catalog json_catalog six to_locale upath urlunquote
django.views.static ugettext_lazy unquote

django 2.1
django.contrib.admin.actions get_deleted_objects router
django.contrib.admin.utils QUERY_TERMS get_permission_codename
django.contrib.auth.hashers force_text
django.contrib.auth.views TemplateResponse login logout password_change password_change_done password_reset password_reset_complete password_reset_confirm password_reset_done reverse
django.contrib.postgres.indexes MaxLengthMixin
django.contrib.sessions.backends.cached_db SuspiciousOperation timezone
django.contrib.sessions.middleware cookie_date
django.core.cache.utils force_bytes
django.core.handlers.exception logger
django.db.models.aggregates Q
django.db.models.base unpickle_inner_exception
django.db.models.functions base
django.db.models.functions.base *
django.forms func_accepts_kwargs func_supports_parameter
django.forms.boundfield func_accepts_kwargs func_supports_parameter
django.http.cookie Morsel
django.http.request force_bytes
django.http.response cookie_date force_bytes
django.middleware.common cc_delim_re get_conditional_response set_response_etag
django.template.base TOKEN_BLOCK TOKEN_COMMENT TOKEN_MAPPING TOKEN_TEXT TOKEN_VAR
django.template.loader_tags logger
django.template.loaders.cached force_bytes
django.templatetags.i18n TOKEN_TEXT TOKEN_VAR
django.utils html_parser synch
django.utils.cache force_text logger
django.utils.dates MONTHS_3_REV WEEKDAYS_REV
django.utils.html HTMLParseError force_text
django.utils.html_parser *
django.utils.synch *
django.utils.translation string_concat
django.utils.translation.template TOKEN_BLOCK TOKEN_COMMENT TOKEN_TEXT TOKEN_VAR
django.utils.translation.trans_null to_locale
django.views.decorators.http logger

django 2.2
django.contrib.admin.checks Engine
django.contrib.admin.widgets mark_safe
django.contrib.auth.handlers.modwsgi force_bytes
django.contrib.contenttypes.views RequestSite
django.contrib.sessions.backends.base force_bytes
django.contrib.staticfiles.storage force_bytes
django.core.handlers.base get_exception_response
django.db.models.aggregates DecimalField FloatField
django.db.models.base force_text
django.db.models.fields force_bytes smart_text
django.db.models.functions.datetime fields
django.db.models.functions.text fields
django.db.models.indexes force_bytes
django.http.multipartparser unescape_entities
django.utils.autoreload FILE_MODIFIED I18N_MODIFIED RUN_RELOADER USE_INOTIFY clean_files code_changed fd gen_filenames inotify_code_changed main python_reloader reloader_thread reset_translations settings
django.utils.cache force_bytes
django.utils.feedgenerator datetime_safe
django.utils.http force_bytes
django.utils.inspect func_has_no_args
django.utils.safestring Promise
django.utils.text SafeText keep_lazy mark_safe
django.views.i18n null_javascript_catalog render_javascript_catalog

django 3.0
django.conf DEFAULT_CONTENT_TYPE_DEPRECATED_MSG
django.contrib.admin.checks get_func_args
django.contrib.admin.templatetags admin_static
django.contrib.admin.templatetags.admin_static *
django.contrib.auth LANGUAGE_SESSION_KEY
django.contrib.auth.views INTERNAL_RESET_URL_TOKEN is_safe_url
django.contrib.postgres.fields func_supports_parameter
django.contrib.postgres.fields.array func_supports_parameter
django.contrib.sessions.backends.signed_cookies settings
django.contrib.staticfiles templatetags
django.contrib.staticfiles.templatetags *
django.contrib.staticfiles.templatetags.staticfiles *
django.contrib.syndication.views settings
django.core.checks.security.base W007 check_xss_filter
django.core.mail.message force_text split_addr
django.db.models.lookups YearComparisonLookup
django.http.multipartparser force_text
django.shortcuts render_to_response
django.template.backends.utils SafeText
django.utils lru_cache six
django.utils.crypto random using_sysrandom
django.utils.decorators available_attrs
django.utils.encoding python_2_unicode_compatible six
django.utils.functional PY36 curry get_docs_version
django.utils.html SafeText
django.utils.http cookie_date
django.utils.log ExceptionReporter
django.utils.lru_cache *
django.utils.safestring SafeBytes
django.utils.six *
django.utils.translation.trans_real LANGUAGE_SESSION_KEY
django.views.debug Resolver404 force_text
django.views.i18n is_safe_url

django 3.1
django.conf FILE_CHARSET_DEPRECATED_MSG
django.contrib.admin ACTION_CHECKBOX_NAME
django.contrib.admin.checks F OrderBy
django.contrib.admin.forms forms
django.contrib.admin.options BLANK_CHOICE_DASH
django.contrib.admin.views.main models
django.contrib.messages.storage.session settings
django.contrib.postgres.fields FloatRangeField JsonAdapter KeyTransformEndsWith KeyTransformIContains KeyTransformIEndsWith KeyTransformIExact KeyTransformIRegex KeyTransformIStartsWith KeyTransformRegex KeyTransformStartsWith KeyTransformTextLookupMixin builtin_lookups mixins
django.contrib.postgres.fields.jsonb CheckFieldDefaultMixin Field JsonAdapter KeyTransformEndsWith KeyTransformFactory KeyTransformIContains KeyTransformIEndsWith KeyTransformIExact KeyTransformIRegex KeyTransformIStartsWith KeyTransformRegex KeyTransformStartsWith KeyTransformTextLookupMixin TextField Transform builtin_lookups exceptions forms lookups
django.contrib.postgres.fields.mixins *
django.contrib.postgres.fields.ranges FloatRangeField
django.contrib.postgres.forms FloatRangeField InvalidJSONInput JSONString
django.contrib.postgres.forms.jsonb InvalidJSONInput JSONString forms
django.contrib.postgres.forms.ranges FloatRangeField
django.contrib.postgres.lookups Exact FieldGetDbPrepValueMixin JSONExact Lookup PostgresSimpleLookup
django.contrib.staticfiles.storage CachedFilesMixin CachedStaticFilesStorage InvalidCacheBackendError caches default_cache
django.core.paginator QuerySetPaginator
django.core.validators SimpleLazyObject
django.db.models.base get_version
django.db.models.expressions SimpleCol
django.db.models.fields FieldDoesNotExist
django.db.models.query EmptyResultSet InvalidQuery get_version
django.db.models.query_utils QueryWrapper
django.forms EMPTY_VALUES
django.forms.fields EMPTY_VALUES
django.forms.forms BoundField pretty_name
django.template.backends.dummy settings
django.template.base Context ContextPopException RequestContext
django.utils.decorators classproperty
django.utils.html unencoded_ampersands_re
django.views.debug CLEANSED_SUBSTITUTE ExceptionReporterFilter HIDDEN_SETTINGS cleanse_setting get_safe_settings

django 3.2
django.contrib.admin default_app_config
django.contrib.admin.helpers settings
django.contrib.admin.options AutocompleteJsonView
django.contrib.admin.templatetags.admin_list DOT
django.contrib.auth default_app_config
django.contrib.contenttypes default_app_config
django.contrib.flatpages default_app_config
django.contrib.humanize default_app_config
django.contrib.humanize.templatetags.humanize settings
django.contrib.messages default_app_config
django.contrib.postgres default_app_config
django.contrib.postgres.fields ArrayCastRHSMixin
django.contrib.postgres.fields.array ArrayCastRHSMixin
django.contrib.redirects default_app_config
django.contrib.sessions default_app_config
django.contrib.sessions.middleware SuspiciousOperation
django.contrib.sitemaps default_app_config
django.contrib.sites default_app_config
django.contrib.staticfiles default_app_config
django.contrib.syndication default_app_config
django.core.cache DefaultCacheProxy settings
django.db DefaultConnectionProxy
django.db.models.expressions DurationValue Random
django.db.models.functions.text BytesToCharFieldConversionMixin
django.forms.widgets settings
django.http.request limited_parse_qsl
django.template.defaultfilters Variable VariableDoesNotExist
django.urls.base iri_to_uri
django.utils.cache iri_to_uri
django.utils.http FIELDS_MATCH TooManyFieldsSent limited_parse_qsl

django 4.0
django.conf DEFAULT_HASHING_ALGORITHM_DEPRECATED_MSG PASSWORD_RESET_TIMEOUT_DAYS_DEPRECATED_MSG
django.conf.urls re_path url
django.contrib.admin.options lookup_needs_distinct
django.contrib.admin.utils lookup_needs_distinct
django.contrib.admin.views.main ORDER_TYPE_VAR lookup_needs_distinct
django.contrib.messages.storage.cookie constant_time_compare salted_hmac
django.contrib.postgres.fields BuiltinKeyTextTransform BuiltinKeyTransform KeyTextTransform
django.contrib.postgres.fields.jsonb BuiltinKeyTextTransform BuiltinKeyTransform KeyTextTransform KeyTransform
django.contrib.postgres.forms BuiltinJSONField JSONField jsonb
django.contrib.postgres.forms.jsonb *
django.contrib.sessions.backends.base LANGUAGE_SESSION_KEY SuspiciousOperation SuspiciousSession constant_time_compare salted_hmac
django.core.checks.security.base E100 check_default_hashing_algorithm
django.core.signing baseconv
django.db.models.lookups Exists
django.db.models.query_utils FieldDoesNotExist InvalidQuery InvalidQueryType
django.forms datetime_safe
django.forms.boundfield conditional_escape flatatt mark_safe
django.forms.forms html_safe
django.forms.formsets html_safe mark_safe
django.forms.renderers ROOT
django.forms.utils format_html html_safe
django.forms.widgets datetime_safe
django.http.request func_supports_parameter
django.middleware.csrf REASON_BAD_TOKEN
django.template.base TRANSLATOR_COMMENT_MARK
django.template.defaulttags IfEqualNode do_ifequal ifequal ifnotequal
django.utils.asyncio PY37
django.utils.crypto NOT_PROVIDED
django.utils.dateformat is_aware
django.utils.encoding force_text smart_text
django.utils.formats datetime_safe
django.utils.http is_safe_url keep_lazy_text parse_qsl urlquote urlquote_plus urlunquote urlunquote_plus
django.utils.text unescape_entities
django.utils.translation LANGUAGE_SESSION_KEY ugettext ugettext_lazy ugettext_noop ungettext ungettext_lazy
django.views.debug CURRENT_DIR
django.views.i18n LANGUAGE_SESSION_KEY

django 4.1
django.contrib.auth.views SuccessURLAllowedHostsMixin
django.contrib.humanize.templatetags.humanize utc
django.contrib.postgres.aggregates.mixins F OrderBy
django.contrib.postgres.constraints Col
django.contrib.sessions.backends.file timezone
django.db.models.base DEFAULT_DB_ALIAS
django.db.models.query Expression
django.forms ngettext
django.forms.formsets ngettext
django.utils.dateparse utc
django.utils.feedgenerator utc
django.utils.html DOTS TRAILING_PUNCTUATION_CHARS WRAPPING_PUNCTUATION simple_url_2_re simple_url_re word_split_re
django.utils.timesince utc

django 4.2
django.contrib.staticfiles.storage get_storage_class
django.core.files.storage File SuspiciousFileOperation cached_property deconstructible file_move_safe filepath_to_uri get_random_string get_valid_filename locks safe_join setting_changed validate_file_name
django.db.models.query Ref
django.http.multipartparser parse_header
django.http.request parse_header
django.utils.timesince TIMESINCE_CHUNKS
django.utils.translation.trans_real ACCEPT_LANGUAGE_HEADER_MAX_LENGTH

django 5.0
django.conf CSRF_COOKIE_MASKED_DEPRECATED_MSG USE_DEPRECATED_PYTZ_DEPRECATED_MSG USE_L10N_DEPRECATED_MSG
django.contrib.admin.helpers checkbox
django.contrib.admin.options display
django.contrib.admin.templatetags.admin_list settings
django.contrib.admin.templatetags.log LogEntry
django.contrib.admin.views.main Exists OuterRef
django.contrib.auth.backends func_supports_parameter
django.contrib.auth.hashers CryptPasswordHasher md5
django.contrib.postgres.aggregates DeprecatedConvertValueMixin NOT_PROVIDED
django.contrib.postgres.aggregates.general DeprecatedConvertValueMixin NOT_PROVIDED
django.contrib.sessions.serializers BasePickleSerializer PickleSerializer
django.contrib.sitemaps NoReverseMatch PING_URL SitemapNotFound management ping_google reverse
django.contrib.sitemaps.management *
django.core.serializers.base PickleSerializer
django.forms CallableChoiceIterator CyclicDependencyError SafeString conditional_escape stable_topological_sort
django.forms.fields CallableChoiceIterator
django.forms.forms SafeString conditional_escape mark_safe
django.forms.utils DEFAULT_TEMPLATE_DEPRECATION_MSG get_docs_version
django.forms.widgets CyclicDependencyError OrderedSet stable_topological_sort
django.templatetags.tz UnknownTimezoneException settings timezone_constructor
django.utils baseconv datetime_safe topological_sort
django.utils.asyncio aclosing
django.utils.baseconv *
django.utils.crypto func_supports_parameter md5 new_hash
django.utils.datetime_safe *
django.utils.timezone NOT_PASSED utc
django.utils.topological_sort *
django.views.csrf CSRF_FAILURE_TEMPLATE
django.views.generic.edit DeleteViewCustomDeleteWarning
django.views.i18n js_catalog_template
django.views.static DEFAULT_DIRECTORY_INDEX_TEMPLATE

django 5.1
django.conf DEFAULT_FILE_STORAGE_DEPRECATED_MSG STATICFILES_STORAGE_DEPRECATED_MSG
django.contrib.auth.admin UserCreationForm
django.contrib.auth.base_user get_random_string
django.contrib.auth.hashers SHA1PasswordHasher UnsaltedMD5PasswordHasher UnsaltedSHA1PasswordHasher
django.contrib.auth.models is_iterable
django.contrib.postgres.constraints OpClass
django.contrib.postgres.fields CIText ignore_warnings
django.contrib.postgres.fields.citext CIText ignore_warnings
django.core.checks.registry is_iterable
django.core.checks.templates E001 E002 Error W003 Warning check_for_template_tags_with_the_same_name check_setting_app_dirs_loaders check_string_if_invalid_is_string get_template_tag_modules settings
django.core.files.storage GET_STORAGE_CLASS_DEPRECATED_MSG get_storage_class import_string settings
django.core.files.storage.handler DEFAULT_STORAGE_ALIAS STATICFILES_STORAGE_ALIAS
django.db.models.base CheckConstraint RawSQL UniqueConstraint
django.db.models.constraints OrderBy
django.db.models.fields is_iterable
django.forms.forms FileField
django.template.defaultfilters length_is
django.template.library is_iterable
django.urls.converters get_converter
django.urls.resolvers ViewDoesNotExist get_converter
django.utils.hashable is_iterable
django.utils.text FakeMatch WordsRegex re_chars re_notag re_prt re_tag re_words
django.utils.version PY36 PY37

django 5.2
django.contrib.postgres.constraints NotSupportedError
django.contrib.postgres.indexes NotSupportedError
django.core.serializers.pyyaml models
django.core.validators punycode
django.db.models.fields.related_lookups MultiColSource
django.db.models.functions.comparison JSONField JSONObject NotSupportedError TextField
django.db.models.query CURSOR
django.http.request parse_accept_header
django.template.base escape
django.utils jslex
django.utils.deprecation DeprecationInstanceCheck
django.utils.html punycode
django.utils.jslex *

django 6.0
django.conf FORMS_URLFIELD_ASSUME_HTTPS_DEPRECATED_MSG
django.contrib.admin.views.main func_supports_parameter
django.contrib.auth.admin csrf_protect_m sensitive_post_parameters_m
django.contrib.auth.forms gettext identify_hasher
django.contrib.contenttypes.management get_contenttypes_and_models
django.contrib.postgres.aggregates OrderableAggMixin TextField
django.contrib.postgres.aggregates.general OrderableAggMixin TextField
django.contrib.postgres.aggregates.mixins FullResultSet OrderByList
django.core.mail.backends.smtp sanitize_address
django.db.models PY311 PY312 ReprEnum
django.db.models.constraints FieldError
django.db.models.enums PY311 PY312 ReprEnum
django.db.models.fields.files PY311
django.db.models.fields.json compile_json_path
django.db.models.lookups BaseDatabaseOperations
django.db.models.query partition
django.forms settings
django.forms.fields settings
django.forms.renderers DjangoDivFormRenderer Jinja2DivFormRenderer
django.utils itercompat
django.utils.itercompat *
django.views.debug PY311

django 6.1
django.contrib.admin.options Cast
django.contrib.admin.templatetags.base lazy_annotations
django.core.serializers.xml_serializer fast_cache_clearing getInnerTextList
django.db.models duration_microseconds
django.db.models.fields duration_microseconds
django.db.models.fields.reverse_related BLANK_CHOICE_DASH
django.middleware.http cc_delim_re
django.template.base lazy_annotations
django.template.library lazy_annotations
django.utils.cache cc_delim_re
django.utils.log get_connection
django.utils.version PY38 PY39

channels-redis 3.4.1
channels_redis.core UnsupportedRedis

channels-redis 4.0.0
channels_redis.core AIOREDIS_VERSION ConnectionPool
channels_redis.pubsub on_close_noop

djangorestframework 3.9.4
rest_framework models
rest_framework.compat InvalidTimeError authenticate guardian
rest_framework.filters guardian
rest_framework.models *
rest_framework.urls login login_kwargs logout

djangorestframework 3.10.3
rest_framework.compat CustomValidatorMessage MaxLengthValidator MaxValueValidator MinLengthValidator MinValueValidator crispy_forms is_guardian_installed mock unicode_repr unicode_to_repr
rest_framework.decorators detail_route list_route
rest_framework.exceptions unicode_to_repr
rest_framework.fields unicode_repr unicode_to_repr
rest_framework.filters DjangoObjectPermissionsFilter is_guardian_installed
rest_framework.routers DynamicDetailRoute DynamicListRoute
rest_framework.schemas.generators INSERT_INTO_COLLISION_FMT LinkNode SchemaGenerator common_path coreapi coreschema distribute_links insert_into is_custom_action is_list_view
rest_framework.schemas.inspectors AutoSchema ManualSchema coreapi coreschema exceptions field_to_schema get_pk_description header_regex is_list_view serializers uritemplate
rest_framework.serializers unicode_to_repr
rest_framework.utils.representation unicode_repr
rest_framework.utils.serializer_helpers unicode_to_repr
rest_framework.validators unicode_to_repr

djangorestframework 3.11.2
rest_framework.routers RenameRouterMethods
rest_framework.schemas.coreapi formatting header_regex

djangorestframework 3.12.4
rest_framework.compat PY36 ProhibitNullCharactersValidator get_original_route get_regex_pattern is_route_pattern make_url_resolver path re_path register_converter
rest_framework.schemas.generators get_original_route
rest_framework.templatetags.rest_framework urlize_quoted_links
rest_framework.urlpatterns get_regex_pattern is_route_pattern

djangorestframework 3.14.0
rest_framework.fields NullBooleanField
rest_framework.negotiation HTTP_HEADER_ENCODING
rest_framework.request HTTP_HEADER_ENCODING
rest_framework.serializers NullBooleanField
rest_framework.utils.mediatypes HTTP_HEADER_ENCODING

djangorestframework 3.15.2
rest_framework default_app_config
rest_framework.authtoken default_app_config
rest_framework.compat distinct parse_header_parameters
rest_framework.fields set_value
rest_framework.filters distinct
rest_framework.serializers set_value

djangorestframework 3.16.1
rest_framework.templatetags.rest_framework break_long_headers
tutorial *
tutorial.asgi *
tutorial.quickstart *
tutorial.quickstart.admin *
tutorial.quickstart.apps *
tutorial.quickstart.models *
tutorial.quickstart.serializers *
tutorial.quickstart.views *
tutorial.settings *
tutorial.urls *
tutorial.wsgi *

djangorestframework 3.17.2
rest_framework documentation
rest_framework.authtoken.views ManualSchema coreapi coreapi_schema coreschema
rest_framework.compat coreapi coreschema
rest_framework.documentation *
rest_framework.filters coreapi coreschema
rest_framework.pagination coreapi coreschema
rest_framework.renderers CoreAPIJSONOpenAPIRenderer CoreAPIOpenAPIRenderer CoreJSONRenderer DocumentationRenderer SchemaJSRenderer coreapi coreschema
rest_framework.schemas ManualSchema coreapi
rest_framework.schemas.coreapi *
rest_framework.schemas.views coreapi
rest_framework.templatetags.rest_framework data form_for_link schema_links with_location
rest_framework.utils.encoders coreapi

djangorestframework 3.18.3
rest_framework.authtoken.admin Token
rest_framework.compat get_referenced_base_fields_from_q ip_address_validators
rest_framework.fields pytz
rest_framework.negotiation order_by_precedence
rest_framework.serializers get_referenced_base_fields_from_q

celery 5.0.5
celery five task
celery.beat items monotonic python_2_unicode_compatible values
celery.bootsteps bytes_if_py2 values with_metaclass
celery.canvas JSON_NEEDS_UNICODE_KEYS PY3 python_2_unicode_compatible try_import
celery.contrib.migrate python_2_unicode_compatible string string_t
celery.contrib.rdb range
celery.exceptions python_2_unicode_compatible string_t
celery.five *
celery.local PY3 bytes_if_py2 items string string_t
celery.result deprecated items monotonic python_2_unicode_compatible range string_t
celery.schedules python_2_unicode_compatible range string_t
celery.task *
celery.task.base *
celery.utils encoding
celery.utils.log string_t text_t

celery 5.1.2


celery 5.2.7
celery.contrib.pytest TestApp setup_default_app worker

celery 5.3.6
celery.canvas lookahead
celery.result parse_iso8601

celery 5.5.3


celery 5.6.3


celery 5.7.0
celery STATICA_HACK globals

redis 3.5.3
redis.client BasePipeline LuaLock StrictPipeline Token b bytes unicode
redis.connection BytesIO Token b byte_to_chr bytes select
redis.exceptions unicode
redis.lock LuaLock WatchError b
redis.sentinel StrictRedis

redis 4.0.2
redis.client BitFieldOperation DataError basestring dict_merge imap iteritems iterkeys itervalues izip long nativestr nativestr_if_bytes nativestr_or_none pairs_to_dict_with_nativestr_keys parse_georadius_generic safe_unicode
redis.connection BlockingIOError basestring imap iteritems long msg nativestr recv recv_into sendall shutdown ssl_wrap_socket unicode xrange
redis.lock dummy
redis.sentinel iteritems nativestr xrange
redis.utils dummy

redis 4.1.4
redis.client NoScriptError

redis 4.3.6
redis.asyncio.client RedisModuleCommands

redis 4.4.4
redis.asyncio.cluster CONNECTION_ALLOWED_KEYS cleanup_kwargs
redis.asyncio.connection NONBLOCKING_EXCEPTIONS NONBLOCKING_EXCEPTION_ERROR_NUMBERS SocketBuffer
redis.cluster BusyLoadingError log
redis.connection HIREDIS_SUPPORTS_BYTE_BUFFER HIREDIS_SUPPORTS_CALLABLE_ERRORS HIREDIS_SUPPORTS_ENCODING_ERRORS HIREDIS_USE_BYTE_BUFFER hiredis_version

redis 5.0.8
redis.asyncio CommandsParser parser
redis.asyncio.cluster CommandsParser
redis.asyncio.connection BusyLoadingError ChildDeadlockedError EncodedT ExceptionMappingT ExecAbortError HiredisParser InvalidResponse MODULE_EXPORTS_DATA_TYPES_ERROR MODULE_LOAD_ERROR MODULE_UNLOAD_NOT_POSSIBLE_ERROR ModuleError NO_AUTH_SET_ERROR NO_SUCH_MODULE_ERROR NoPermissionError NoScriptError OutOfMemoryError PythonParser ReadOnlyError SERVER_CLOSED_CONNECTION_ERROR hiredis
redis.asyncio.parser *
redis.client ModuleError SENTINEL_STATE_TYPES float_or_none int_or_none pairs_to_dict pairs_to_dict_typed pairs_to_dict_with_str_keys parse_acl_getuser parse_acl_log parse_client_info parse_client_kill parse_client_list parse_cluster_info parse_cluster_nodes parse_command parse_config_get parse_debug_object parse_geosearch_generic parse_hscan parse_info parse_list_of_dicts parse_memory_stats parse_module_result parse_object parse_pubsub_numsub parse_scan parse_sentinel_get_master parse_sentinel_master parse_sentinel_masters parse_sentinel_slaves_and_sentinels parse_sentinel_state parse_set_result parse_slowlog_get parse_stralgo parse_stream_list parse_xautoclaim parse_xclaim parse_xinfo_stream parse_xpending parse_xpending_range parse_xread parse_zadd parse_zmscore parse_zscan sort_return_tuples string_keys_to_dict timestamp_to_datetime zset_score_pairs
redis.connection BusyLoadingError ExecAbortError HiredisParser InvalidResponse MODULE_EXPORTS_DATA_TYPES_ERROR MODULE_LOAD_ERROR MODULE_UNLOAD_NOT_POSSIBLE_ERROR ModuleError NONBLOCKING_EXCEPTIONS NONBLOCKING_EXCEPTION_ERROR_NUMBERS NO_AUTH_SET_ERROR NO_SUCH_MODULE_ERROR NoPermissionError NoScriptError OutOfMemoryError PythonParser ReadOnlyError SERVER_CLOSED_CONNECTION_ERROR SocketBuffer ssl_available
redis.typing AsyncEncoder

redis 5.1.1
redis compat
redis.compat *
redis.connection HIREDIS_PACK_AVAILABLE
redis.utils HIREDIS_PACK_AVAILABLE

redis 6.0.0
redis.asyncio.client TimeoutError
redis.asyncio.cluster ClusterCrossSlotError ClusterParser DefaultParser MasterDownError default_backoff dict_merge
redis.client TimeoutError
redis.cluster ClusterCrossSlotError ClusterParser DefaultParser MasterDownError default_backoff

redis 6.4.0
redis.asyncio.client HIREDIS_AVAILABLE
redis.asyncio.sentinel str_if_bytes
redis.client HIREDIS_AVAILABLE
redis.cluster HIREDIS_AVAILABLE
redis.sentinel str_if_bytes
redis.typing AsyncConnectionPool ConnectionPool

redis 7.4.1
redis.asyncio.client get_lib_version
redis.asyncio.cluster get_lib_version
redis.asyncio.connection get_lib_version
redis.asyncio.multidb.healthcheck Redis
redis.client get_lib_version
redis.connection get_lib_version
redis.multidb healthcheck
redis.multidb.healthcheck *

redis 8.0.1
redis.asyncio.connection DEFAULT_SENTINEL
redis.connection DEFAULT_SENTINEL
`
