// Written by scripts/knowledge-templates.ts from wheels, 2026-11-30.

/**
 * A module of Django with the tags (%) and filters (|) that it registers; `>4.0` and `<5.1`: since which release, and
 * from which one on no more. Its own span, when it is not in all, stands first.
 */
export const djangoLibraries = `
django.contrib.admin.templatetags.admin_list %admin_actions %admin_list_filter %change_list_object_tools>2.1 %date_hierarchy %pagination %paginator_number %result_list %search_form 
django.contrib.admin.templatetags.admin_modify %change_form_object_tools>2.1 %prepopulated_fields_js %submit_row |cell_count
django.contrib.admin.templatetags.admin_static %static<3.0 <3.0
django.contrib.admin.templatetags.admin_urls %add_preserved_filters |admin_urlname |admin_urlquote
django.contrib.admin.templatetags.base >2.1
django.contrib.admin.templatetags.log %get_admin_log 
django.contrib.auth.templatetags.auth %render_password_as_hash>6.0 >6.0
django.contrib.flatpages.templatetags.flatpages %get_flatpages 
django.contrib.humanize.templatetags.humanize |apnumber |intcomma |intword |naturalday |naturaltime |ordinal
django.contrib.staticfiles.templatetags.staticfiles %static<3.0 <3.0
django.template.defaultfilters |add |addslashes |capfirst |center |cut |date |default |default_if_none |dictsort |dictsortreversed |divisibleby |escape |escapejs |escapeseq>5.0 |filesizeformat |first |floatformat |force_escape |get_digit |iriencode |join |json_script>2.1 |last |length |length_is<5.1 |linebreaks |linebreaksbr |linenumbers |ljust |lower |make_list |phone2numeric |pluralize |pprint |random |rjust |safe |safeseq |slice |slugify |stringformat |striptags |time |timesince |timeuntil |title |truncatechars |truncatechars_html |truncatewords |truncatewords_html |unordered_list |upper |urlencode |urlize |urlizetrunc |wordcount |wordwrap |yesno
django.template.defaulttags %autoescape %comment %csrf_token %cycle %debug %filter %firstof %for %if %ifchanged %ifequal<4.0 %ifnotequal<4.0 %load %lorem %now %partial>6.0 %partialdef>6.0 %querystring>5.1 %regroup %resetcycle %spaceless %templatetag %url %verbatim %widthratio %with 
django.template.loader_tags %block %extends %include 
django.templatetags.cache %cache 
django.templatetags.i18n %blocktrans %blocktranslate>3.1 %get_available_languages %get_current_language %get_current_language_bidi %get_language_info %get_language_info_list %language %trans %translate>3.1 |language_bidi |language_name |language_name_local |language_name_translated
django.templatetags.l10n %localize |localize |unlocalize
django.templatetags.static %get_media_prefix %get_static_prefix %static 
django.templatetags.tz %get_current_timezone %localtime %timezone |localtime |timezone |utc
`

/** By app of a common package: libraries that it gives to `{% load %}`; what lies in its templates; what lies in its static. */
export const givenToTemplates = `
admin_interface admin_interface_tags;admin,admin_interface;admin,admin_interface,ckeditor,streamfield
allauth allauth;account,allauth,idp,mfa,openid,socialaccount,usersessions
allauth.account account;;account
allauth.headless ;headless
allauth.idp.oidc
allauth.mfa ;;mfa
allauth.socialaccount socialaccount
allauth.socialaccount.providers.dummy ;dummy
allauth.socialaccount.providers.facebook ;facebook;facebook
allauth.socialaccount.providers.telegram ;telegram;telegram
allauth.usersessions
analytical analytical,chartbeat,clickmap,clicky,crazy_egg,facebook_pixel,gauges,google_analytics,google_analytics_gtag,google_analytics_js,gosquared,heap,hotjar,hubspot,intercom,kiss_insights,kiss_metrics,luckyorange,matomo,mixpanel,olark,optimizely,performable,rating_mailru,snapengage,spring_metrics,uservoice,woopra,yandex_metrica
anymail
avatar avatar_tags;avatar,notification
avatar.api
axes
background_task
bootstrap3 bootstrap3;bootstrap3
bootstrap4 bootstrap4;bootstrap4
bootstrap5 bootstrap5;bootstrap5
cacheops cacheops
captcha ;captcha
channels
channels_redis
ckeditor ;ckeditor;ckeditor
ckeditor.static.ckeditor.ckeditor.plugins ;dialogs,templatedefinition.js,templates
ckeditor_uploader ;ckeditor;ckeditor
cloudinary cloudinary;cloudinary_direct_upload.html,cloudinary_includes.html,cloudinary_js_config.html;cloudinary
cloudinary_storage cloudinary_static
cms cms_admin,cms_js_tags,cms_static,cms_tags;admin,cms;cms
colorfield ;colorfield;colorfield
compressor compress;compressor
constance ;admin;admin
cookie_consent cookie_consent_tags;cookie_consent;cookie_consent
corsheaders
crispy_bootstrap3 ;bootstrap3
crispy_bootstrap4 ;bootstrap4
crispy_bootstrap5 ;bootstrap5
crispy_bulma crispy_forms_bulma_field;bulma
crispy_forms crispy_forms_field,crispy_forms_filters,crispy_forms_tags,crispy_forms_utils
crispy_tailwind tailwind_field,tailwind_filters;tailwind
csp csp
dal ;;autocomplete_light
dal_alight ;;dal_alight
dal_alight_queryset_sequence
dal_contenttypes
dal_queryset_sequence
dal_select2 ;;autocomplete_light
dal_select2_queryset_sequence
dal_select2_taggit
daphne
debug_toolbar debug_toolbar;debug_toolbar;debug_toolbar
debug_toolbar.panels ;__init__.py,jinja2.py,panel.py,views.py
django cache,i18n,l10n,static,tz
django.contrib.admin admin_filters,admin_list,admin_modify,admin_urls,base,log;admin,registration;admin
django.contrib.admindocs ;admin_doc
django.contrib.auth auth;auth,registration
django.contrib.contenttypes
django.contrib.flatpages flatpages
django.contrib.gis ;gis;gis
django.contrib.humanize humanize
django.contrib.messages
django.contrib.postgres ;postgres
django.contrib.redirects
django.contrib.sessions
django.contrib.sitemaps ;sitemap.xml,sitemap_index.xml
django.contrib.sites
django.contrib.staticfiles
django.contrib.syndication
django.forms ;django
django.views ;csrf_403.html,default_urlconf.html,directory_index.html,i18n_catalog.js,technical_404.html,technical_500.html,technical_500.txt
django_apscheduler
django_bootstrap5 django_bootstrap5;django_bootstrap5
django_browser_reload django_browser_reload;;django-browser-reload
django_celery_beat ;admin
django_celery_results
django_cleanup
django_components component_tags;;django_components
django_cotton cotton
django_countdown ;django_countdown;django_countdown
django_countries countries;;flags
django_crontab
django_eventstream ;django_eventstream;django_eventstream
django_extensions debugger_tags,highlighting,indent_text,syntax_color,widont;django_extensions;django_extensions
django_filters ;django_filters
django_heroku
django_hosts hosts,hosts_override
django_htmx django_htmx;;django_htmx
django_js_reverse js_reverse;django_js_reverse
django_minify_html
django_otp ;otp;django_otp
django_otp.plugins.otp_email ;otp
django_otp.plugins.otp_hotp ;otp_hotp;otp_hotp
django_otp.plugins.otp_static
django_otp.plugins.otp_totp ;otp_totp;otp_totp
django_private_chat2 ;django_private_chat2;css,js
django_prometheus
django_q
django_recaptcha ;django_recaptcha
django_redis
django_registration
django_rq django_rq,jquery_path;django_rq;django_rq
django_select2 ;;django_select2
django_ses ;django_ses
django_tables2 django_tables2;django_tables2;django_tables2
django_tenants tenant;admin
django_tinymce-5.0.0.dist-info.licenses.tinymce ;;tinymce
django_user_agents user_agents
django_vite django_vite
djmoney djmoney
djoser ;email
djoser.webauthn
docs._themes.kr ;;flasky.css_t,small_flask.css
docs._themes.kr_small ;;flasky.css_t
drf_spectacular ;drf_spectacular
drf_yasg ;drf-yasg;drf-yasg
easy_thumbnails easy_thumbnails_tags,thumbnail
embed_video embed_video_tags;embed_video
environ
fontawesome_5 fontawesome_5;fontawesome_5;fontawesome_5
formtools ;formtools
friendship friendshiptags;404.html,friendship
graphene_django ;graphene;graphene_django
grappelli grp_tags;admin,admin_doc,grp_doc,registration,related_widget_wrapper.html,reversion,smuggler;admin,grappelli
grappelli.dashboard grp_dashboard_tags;admin,grappelli
guardian guardian_tags;admin;guardian
haystack highlight,more_like_this;panels,search_configuration
health_check ;health_check
heroicons heroicons
hijack hijack;hijack;hijack
hijack.contrib.admin ;hijack
htmlmin
imagekit imagekit;imagekit
import_export import_export_tags;admin;import_export
invitations ;invitations
jazzmin jazzmin;admin,admin_doc,jazzmin,registration;admin,jazzmin,vendor
knox
leaflet leaflet_tags;leaflet;leaflet
livereload livereload_tags
localflavor
location_field ;location_field;location_field
maintenance_mode ;503.html
markdownify markdownify
markdownx ;markdownx;markdownx
material material_form,material_form_internal;material;material
material.admin
material.conf.module_template ;module_name
material.frontend material_frontend;400.html,403.html,404.html,500.html,material,registration
material.theme.amber ;;material
material.theme.blue ;;material
material.theme.bluegrey ;;material
material.theme.brown ;;material
material.theme.cyan ;;material
material.theme.deeporange ;;material
material.theme.deeppurple ;;material
material.theme.green ;;material
material.theme.indigo ;;material
material.theme.lightblue ;;material
material.theme.lightgreen ;;material
material.theme.lime ;;material
material.theme.orange ;;material
material.theme.pink ;;material
material.theme.purple ;;material
material.theme.red ;;material
material.theme.teal ;;material
material.theme.yellow ;;material
mathfilters mathfilters
menus menu_tags;menu
meta meta,meta_extra;meta,meta.html,meta_mixin
model_utils
modeltranslation ;;modeltranslation
mptt mptt_admin,mptt_tags;admin;mptt
multiselectfield ;;multiselectfield,sortmultiselectfield
ninja ;ninja;ninja
notifications notifications_tags;notifications
oauth2_provider ;oauth2_provider;oauth2_provider
parler parler_tags;admin;parler
phonenumber_field
pipeline pipeline;pipeline
polymorphic polymorphic_admin_tags,polymorphic_formset_tags;admin;polymorphic
registration ;registration
rest_framework rest_framework;rest_framework;rest_framework
rest_framework.authtoken
rest_framework_simplejwt
rest_framework_simplejwt.token_blacklist
reversion ;reversion
robots ;robots
rosetta rosetta;rosetta;admin
sample_taggit
sample_taggit.library_management custom_filters
sass_processor sass_tags
sekizai sekizai_tags
session_security session_security_tags;session_security;session_security
silk silk_filters,silk_inclusion,silk_nav,silk_urls;silk;silk
simple_history getattributes,simple_history_compat;simple_history
slippers slippers;slippers;slippers
social_django ;social_django
solo solo_tags;admin
sorl
sorl.thumbnail sorl_thumbnail,thumbnail
sslserver
storages
strawberry_django ;strawberry_django
svg_icons svg_icons;svg_icons
taggit ;admin
tailwind tailwind_tags;tailwind
tailwind.app_template_v3.{{cookiecutter.app_name}} ;base.html
tailwind.app_template_v4.{{cookiecutter.app_name}} ;base.html
tailwind.app_template_v4_standalone.{{cookiecutter.app_name}} ;base.html
template_partials partials
test_app
tinymce ;tinymce;django_tinymce,tinymce
treebeard admin_tree;admin;treebeard
two_factor two_factor_tags;two_factor
two_factor.plugins.email
two_factor.plugins.phonenumber phonenumber
two_factor.plugins.webauthn ;two_factor_webauthn;two_factor
two_factor.plugins.yubikey
unfold unfold,unfold_list;admin,auth,registration,unfold,unfold_crispy;admin,unfold
unfold.contrib.filters ;unfold;unfold
unfold.contrib.forms ;unfold;unfold
unfold.contrib.guardian ;admin,unfold
unfold.contrib.import_export ;admin
unfold.contrib.inlines
unfold.contrib.simple_history ;simple_history
viewflow fsm,viewflow,workflow;400.html,403.html,404.html,500.html,admin,formtools,registration,viewflow;viewflow
viewflow.contrib.admin
viewflow.workflow
waffle waffle_tags;waffle
wagtail wagtail_cache,wagtailcore_tags;wagtailcore
wagtail.admin wagtailadmin_tags,wagtailuserbar;wagtailadmin;wagtailadmin
wagtail.api.v2
wagtail.api.v3
wagtail.contrib.forms ;wagtailforms
wagtail.contrib.frontend_cache
wagtail.contrib.legacy.richtext ;wagtailcore
wagtail.contrib.redirects ;wagtailredirects
wagtail.contrib.routable_page wagtailroutablepage_tags
wagtail.contrib.search_promotions wagtailsearchpromotions_tags;wagtailsearchpromotions;wagtailsearchpromotions
wagtail.contrib.settings wagtailsettings_tags;wagtailsettings
wagtail.contrib.simple_translation ;simple_translation
wagtail.contrib.sitemaps
wagtail.contrib.styleguide ;wagtailstyleguide;wagtailstyleguide
wagtail.contrib.table_block table_block_tags;table_block;table_block
wagtail.contrib.typed_table_block ;typed_table_block;typed_table_block
wagtail.documents ;wagtaildocs;wagtaildocs
wagtail.embeds wagtailembeds_tags;wagtailembeds;wagtailembeds
wagtail.images wagtailimages_tags;wagtailimages;wagtailimages
wagtail.locales ;wagtaillocales
wagtail.project_template.home ;home;css
wagtail.project_template.project_name ;404.html,500.html,base.html;css,js
wagtail.project_template.search ;search
wagtail.search ;wagtailsearch
wagtail.sites
wagtail.snippets ;wagtailsnippets;wagtailsnippets
wagtail.users wagtailusers_tags;wagtailusers
wagtail.utils
webpack_loader webpack_loader
whitenoise
widget_tweaks widget_tweaks
`
