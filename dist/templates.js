let e;const t=()=>e??=require("./check.js"),n=/\{\{[^{}]*\}\}|\{%[\s\S]*?%\}|\{#[^\n]*?#\}/g;function r(e){if(!e.includes(`{{`)&&!e.includes(`{%`)&&!e.includes(`{#`))return{text:e,holes:[]};let t=[];return{text:e.replace(/\{%-?\s*comment\b[\s\S]*?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g,e=>i(e)).replace(n,(e,n)=>{if(e.startsWith(`{#`))return i(e);let r=e.startsWith(`{{`),a=e.slice(2,-2).replace(/^-|-$/g,``).trim();return t.push({start:n,end:n+e.length,kind:r?`variable`:`tag`,source:a}),r?`\ua66e`.repeat(e.length):i(e)}),holes:t}}function i(e){return e.replace(/[^\r\n]/g,` `)}let a;function o(){let e=e=>(e??``).split(`,`).filter(e=>e!==``);return new Map(s(`
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
`).map(t=>{let[n=``,r=``]=t.split(` `),[i,a,o]=r.split(`;`);return[n,{libraries:e(i),templates:e(a),statics:e(o)}]}))}const s=e=>e.split(`
`).filter(e=>e!==``);function c(e){return a??=o(),a.get(e)}function l(e){return a??=o(),[...a].flatMap(([t,n])=>n.libraries.includes(e)&&t!==`django`?[t]:[])}function u(e,t){let n=s(`
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
`).find(t=>t.startsWith(`${e} `));if(n===void 0)return;let r=new Set,i=new Set,a=!0;for(let o of n.slice(e.length+1).split(` `)){let[,e,n=``,s,c]=/^([%|]?)([\w]*)(?:>([\d.]+))?(?:<([\d.]+))?$/.exec(o)??[],l=t===void 0||(s===void 0||t(s))&&(c===void 0||!t(c));e===``&&n===``&&o!==``&&(a=l),l&&e===`%`&&r.add(n),l&&e===`|`&&i.add(n)}return a?{tags:r,filters:i}:void 0}const d=[`cache`,`i18n`,`l10n`,`static`,`tz`],f=[`django.template.defaulttags`,`django.template.defaultfilters`,`django.template.loader_tags`];function p(e){let n=m(e,`INSTALLED_APPS`),r=t().itemsOf(n);if(n===void 0||r===void 0)return;let i=r.flatMap(n=>ee(e,t().plain(n))??[]);return{apps:i,open:i.length!==r.length||n.type!==`list`&&n.type!==`tuple`||!!n.rest||i.some(({folder:e,given:t})=>e===void 0&&t===void 0)}}function m(e,n){let r=e.settings.get(n),i=e=>!e.some(t().isDevelopmentSwitch),[a,...o]=r?.alternatives.filter(({when:e})=>i(e))??[];if(!(a===void 0||r?.absent.some(i)))return o.every(({value:e})=>t().sameValue(e,a.value))?a.value:void 0}function ee(e,t){if(t===void 0)return;let n=t=>{let n=e.project.resolve(t,e.settings.searchPath);return n?.kind===`package`?n.file.replace(/\/?__init__\.py$/,``):n?.kind===`namespace`?n.file:void 0};for(let e=t;e!==``;e=e.includes(`.`)?e.slice(0,e.lastIndexOf(`.`)):``){let t=n(e);if(t!==void 0)return{module:e,folder:t,given:void 0};let r=c(e);if(r!==void 0&&e!==`django`)return{module:e,folder:void 0,given:r}}return{module:t,folder:void 0,given:void 0}}const h=e=>({folders:e,open:!1});function g(e){let n=p(e),r=m(e,`TEMPLATES`),i=t().itemsOf(r);if(n===void 0||i===void 0||r.rest!==void 0)return;let[a,...o]=i.filter(e=>t().plain(t().entryOf(e,`BACKEND`)?.value)===`django.template.backends.django.DjangoTemplates`);if(a?.type!==`dict`||a.rest!==void 0||o.length>0)return;let s=t().entryOf(a,`OPTIONS`)?.value;if(s!==void 0&&(s.type!==`dict`||s.rest!==void 0))return;let c=_(t().entryOf(s,`loaders`)?.value),l=t().entryOf(a,`APP_DIRS`)?.value,u=c?.has(`app_directories`)??(l?.type===`bool`&&l.value),d=c===void 0||c.has(`filesystem`)?ne(t().entryOf(a,`DIRS`)?.value):h([]),f=u?n.apps.flatMap(({folder:e})=>e===void 0?[]:[te(e)]):[];return{folders:[...d.folders.filter(t=>e.tree.kind(t)===`directory`),...f],absent:d.folders.filter(t=>e.tree.kind(t)!==`directory`),open:d.open||i.length>1||c?.has(`other`)===!0,searchesApps:u,apps:n,libraries:re(t().entryOf(s,`libraries`)?.value),builtins:(t().itemsOf(t().entryOf(s,`builtins`)?.value)??[]).map(t().plain),processors:ie(t().entryOf(s,`context_processors`)?.value),usual:![`autoescape`,`string_if_invalid`].some(e=>t().entryOf(s,e)!==void 0)}}const te=e=>e===``?`templates`:`${e}/templates`;function ne(e){if(e===void 0)return h([]);let n=t().itemsOf(e);if(n===void 0)return{folders:[],open:!0};let r=n.map(t().folderOf),i=e.rest!==void 0||r.includes(void 0);return{folders:r.filter(e=>e!==void 0),open:i}}function _(e){if(e===void 0)return;let n=new Set;for(let r of t().itemsOf(e)??[e]){let[e=r,i]=r.type===`str`?[r]:t().itemsOf(r)??[],a=/^django\.template\.loaders\.(filesystem|app_directories|cached)\.Loader$/.exec(t().plain(e)??``)?.[1];if(a===`cached`)for(let e of _(i)??[`other`])n.add(e);else n.add(a===`filesystem`||a===`app_directories`?a:`other`)}return n}function re(e){if(e===void 0)return new Map;if(e.type===`dict`&&e.rest===void 0)return new Map(e.entries.flatMap(({key:e,value:n})=>t().plain(e)===void 0?[]:[[t().plain(e),t().plain(n)]]))}function ie(e){if(e===void 0)return[];let n=t().itemsOf(e)?.map(t().plain);return n?.every(e=>e!==void 0)&&e.rest===void 0?n:void 0}function v(e,t,n){if(n===``||n.startsWith(`/`)||n.split(`/`).includes(`..`))return{state:`unknown`};for(let r of t.folders){let t=r===``?n:`${r}/${n}`;if(e.tree.kind(t)===`file`&&e.presence.isPresent(t))return{state:`file`,file:t}}let r=n.split(`/`)[0];return t.searchesApps&&t.apps.apps.some(({given:e})=>e?.templates.includes(r))?{state:`package`}:{state:t.open||t.searchesApps&&t.apps.open?`unknown`:`missing`}}const ae=(e,{at:t})=>({type:`tuple`,items:e,rest:void 0,at:t}),oe=/^django\.views\.generic\.(?:\w+\.)?(?:TemplateView|ListView|FormView|View)$/,se=[`dispatch`,`setup`,`get_template_names`,`render_to_response`,`http_method_not_allowed`];function ce(e,n,r){let i=t().mro(n),a=e=>i.find(t=>t.type===`class`&&t.attributes.has(e)),o=i.flatMap(e=>e.type===`external`?[e.path]:[]);if(n.decorators.length>0||se.some(e=>a(e)!==void 0)||o.length===0||!o.every(e=>oe.test(e)))return;let s=a(`template_name`),c=r??(s?.type===`class`?s.attributes.get(`template_name`)?.value:void 0),l=()=>{c!==void 0&&e.event({type:`render`,template:c,context:void 0,open:!0})};if(a(`get`)===void 0){o.every(e=>e.endsWith(`.View`))||l();return}let u=e.events.length,d=e.call(n,[]);e.setAttribute(d,`request`,E()),e.call(e.attribute(d,`get`),[E()]),e.events.slice(u).some(e=>e.type===`call`&&le.test(e.path))&&l()}const le=/^django\.views\.generic\.[\w.]+\.(?:get|render_to_response)$/;function ue(e){let n=t().plain(t().boundSetting(e,`ROOT_URLCONF`)),r=n===void 0?void 0:y(e,()=>t().importModule(e,n,!0)),i=r?.type===`module`?r.names.get(`urlpatterns`)?.value:void 0,a=y(e,()=>b(e,i,de));a!==void 0&&a!==`unknown`&&y(e,()=>T(e,a)),e.wide=e.session.taints.union(e.wide,e.taint)}function y(e,n){let r=t().mark(e);try{return n()}catch(n){if(!(n instanceof t().Raised))throw n;t().unwind(e,r),e.wide=e.session.taints.union(e.wide,n.taint);return}}const de={prefixes:[``],reached:!0,depth:0};function b(e,n,r){let i=t().itemsOf(n);if(i===void 0||r.depth>12)return x(e,r);let a;for(let t of i){let n=fe(e,t,{...r,reached:r.reached&&a===void 0});a??=n}return(n?.type===`list`||n?.type===`tuple`?n.rest:void 0)===void 0?a:a??x(e,r)}function x(e,{prefixes:t,reached:n}){for(let n of t)e.event({type:`routes-open`,prefix:n});return n?`unknown`:void 0}function fe(e,n,r){let i=n.type===`call`?t().calleePath(n.callee)??``:``;if(n.type!==`call`||n.args.open)return x(e,r);let{positional:a,keywords:o}=n.args;if(i===`django.conf.urls.i18n.i18n_patterns`)return b(e,ae(a,n),w(r,[``]));let s=/^django\.(?:urls|conf\.urls)\.(path|re_path|url)$/.exec(i)?.[1];if(s===void 0)return x(e,r);let c=t().plain(a[0]??o.get(`route`)??o.get(`regex`)),l=a[1]??o.get(`view`),u=l!==void 0&&he(l),d=r.reached?me(s,c):void 0;if(u)return _e(e,l,r,d);let f=o.get(`name`)??a[3];for(let t of r.prefixes)pe(e,t,f);return d===!0?l:d}function pe(e,n,r){if(r===void 0||r.type===`none`)return;let i=t().plain(r);i===void 0?e.event({type:`routes-open`,prefix:n}):e.event({type:`route`,name:n+i})}function me(e,n){if(n===void 0)return`unknown`;if(e===`path`)return n===``||void 0;let r=t().parseRegex(n),i=t().isProblem(r)?void 0:t().toJavaScript(r);return i===void 0?`unknown`:new RegExp(i.source,i.flags).test(``)?!0:void 0}const he=e=>e.type===`call`&&/^django\.(?:urls|conf\.urls)\.include$/.test(t().calleePath(e.callee)??``)||S(e)||e.type===`tuple`&&e.items.length===3,S=e=>t().calleePath(e)===`django.contrib.admin.site.urls`,ge=[`login`,`logout`,`password_change`,`password_change_done`,`password_reset`,`password_reset_done`,`password_reset_confirm`,`password_reset_complete`];function _e(e,n,r,i){let a=i===!0||i===`unknown`,o={...r,reached:a},s=e=>e!==void 0&&i!==!0?`unknown`:e;if(S(n))return s(x(e,w(o,[`admin:`])));if(n.type!==`call`)return s(x(e,o));let c=n.args.positional[0]??n.args.keywords.get(`arg`),[l=c,u]=c?.type===`tuple`?c.items:[],d=t().plain(n.args.positional[1]??n.args.keywords.get(`namespace`)),f=l?.type===`str`?ve(e,t().plain(l)):l;if(t().plain(l)===`django.contrib.auth.urls`){for(let t of w(o,[d===void 0?``:`${d}:`]).prefixes)for(let n of ge)e.event({type:`route`,name:t+n});return}if(t().itemsOf(f)!==void 0)return s(b(e,f,w(o,C(d,t().plain(u)))));if(f?.type!==`module`)return s(x(e,w(o,C(d,t().plain(u)))));let p=t().plain(f.names.get(`app_name`)?.value)??t().plain(u);return s(b(e,f.names.get(`urlpatterns`)?.value,w(o,C(d,p))))}function C(e,t){let n=[e,t].filter(e=>e!==void 0);return n.length===0?[``]:[...new Set(n)].map(e=>`${e}:`)}const w=(e,t)=>({...e,depth:e.depth+1,prefixes:e.prefixes.flatMap(e=>t.map(t=>e+t)).slice(0,8)});function ve(e,n){if(n!==void 0)return y(e,()=>t().importModule(e,n,!0))}const ye=/^(?:django\.views\.decorators\.(?:csrf|http|cache|vary|clickjacking|gzip|debug)\.|django\.utils\.decorators\.method_decorator)/,be=/^django\.contrib\.auth\.decorators\.|^django\.contrib\.admin\.views\.decorators\./;function T(e,n){switch(n.type){case`function`:case`method`:e.call(n,[E()]);return;case`call`:{let r=t().calleePath(n.callee)??``,[i]=n.args.positional;if(n.attributes.length>0||be.test(r))return;ye.test(r)&&i!==void 0?T(e,i):xe(e,n);return}}}function xe(e,t){let{callee:n,args:r}=t,i=r.keywords.get(`template_name`);n.type===`external`&&Se.test(n.path)?n.path.endsWith(`.TemplateView.as_view`)&&i!==void 0&&e.event({type:`render`,template:i,context:r.keywords.get(`extra_context`),open:!1}):n.type===`method`&&n.self.type===`class`&&n.function.type===`external`&&n.function.path.endsWith(`.as_view`)&&ce(e,n.self,i)}const Se=/^django\.views\.generic\.(?:\w+\.)?(?:TemplateView|ListView|FormView|View)\.as_view$/;function E(){return t().object(we,void 0,t().nowhere)}const Ce={class:`django.contrib.auth.models.AnonymousUser`,bases:[],get:(e,n,r)=>/^is_(?:authenticated|staff|superuser|active)$/.test(r)?t().bool(!1,e.at):r===`is_anonymous`?t().bool(!0,e.at):r===`pk`||r===`id`?t().none(e.at):r===`username`?t().text$1(``,e.at):e.unknown(t().notModelled(`request.user.${r}`)),truth:()=>!0},we={class:`django.http.HttpRequest`,bases:[],get:(e,n,r)=>r===`method`?t().text$1(`GET`,e.at):r===`path`||r===`path_info`?t().text$1(`/`,e.at):r===`user`?t().object(Ce,void 0,e.at):e.unknown(t().notModelled(`request.${r}`)),truth:()=>!0},Te=new WeakMap;function D(e){return t().getOrInsert(Te,e,()=>Ee(e))}function Ee(e){let{settings:n}=e,{module:r,searchPath:i,environment:a,evaluation:o}=n;if(r===void 0||!n.sure||o?.certainCrash!==void 0)return;let s=a.forProcess([{name:`DJANGO_SETTINGS_MODULE`,parts:[r],at:{file:``,span:{start:0,end:0}}}]),c=t().runModule(e,r,i,s,{key:`first page`,run:ue}),l=c.paths.filter(({crash:e})=>e===void 0);return{paths:l.map(De),urls:Ae(c,l)}}function De({when:e,events:t}){return{when:e,rendered:t.flatMap(e=>ke(e)??[])}}const Oe={"django.shortcuts.render":{name:1,context:2,request:!0},"django.template.response.TemplateResponse":{name:1,context:2,request:!0},"django.template.loader.render_to_string":{name:0,context:1,request:!1},"django.template.loader.get_template":{name:0,context:99,request:!1}};function ke(e){if(e.type===`render`){let{template:t,context:n,open:r}=e;return O(t,{context:n,openContext:r,withRequest:!0})}let t=e.type===`call`?Oe[e.path]:void 0;if(t===void 0||e.type!==`call`||e.args.open||e.guarded===!0)return;let{positional:n,keywords:r}=e.args;return O(n[t.name]??r.get(`template_name`)??r.get(`template`),{context:n[t.context]??r.get(`context`),openContext:t.context===99,withRequest:t.request||r.has(`request`)})}function O(e,n){let[r,...i]=t().itemsOf(e)??[e],a=t().plain(r);return a===void 0||r===void 0||r.at.file===``||i.length>0?void 0:{...n,name:a,at:r.at}}function Ae({bounded:e},t){let n=t.flatMap(e=>e.events),r=new Set(n.flatMap(e=>e.type===`route`?[e.name]:[])),i=new Set(n.flatMap(e=>e.type===`routes-open`?[e.prefix]:[])),a=e||t.length===0;return{has:e=>a||r.has(e)||[...i].some(t=>t===``||e.startsWith(t))}}function k(e){return e.tree.kind(`package.json`)===`file`||[`pre_compile`,`post_compile`].some(t=>e.tree.kind(`bin/${t}`)===`file`)||t().buildpacksOf(e).some(({written:e})=>!/python/.test(e.text))}function je(e,t,n){if(n===``||n.endsWith(`/`)||/^(?:[a-z]+:|\/)|[?#]|\.\./i.test(n))return;let r=({folder:e,prefix:t})=>t===``?`${e}/${n}`:n.startsWith(`${t}/`)?`${e}/${n.slice(t.length+1)}`:void 0,i=t.folders.flatMap(e=>r(e)??[]);if(i.some(t=>e.tree.kind(t)===`file`&&e.presence.isPresent(t)))return;let a=i.map(t=>Me(e,t)).find(e=>e!==void 0);if(a!==void 0)return{near:a};let o=n.split(`/`)[0];if(!(t.open||t.apps.open||t.apps.apps.some(({given:e})=>e?.statics.includes(o))))return{near:void 0}}function Me(e,t){let n=t.toLowerCase().split(`/`),r=[``];for(let[t,i]of n.entries())r=r.flatMap(r=>e.tree.list(r).flatMap(({name:e,kind:a})=>e.toLowerCase()!==i||a===`file`!=(t===n.length-1)?[]:[r===``?e:`${r}/${e}`]));return r.find(t=>e.presence.isPresent(t))}function Ne(e){let{settings:n}=e,r=p(e);return r===void 0||r.open||k(e)||!n.isAbsent(`STATICFILES_FINDERS`)||((n.isAbsent(`STATICFILES_DIRS`)?[]:t().itemsOf(m(e,`STATICFILES_DIRS`)))?.map(e=>t().folderOf(e.type===`tuple`?e.items[1]??e:e)))?.every(t=>t!==void 0&&!A(e,t))!==!0?!1:r.apps.every(({folder:t,given:n})=>t===void 0?n?.statics.length===0:!A(e,t===``?`static`:`${t}/static`))}const Pe=new Set([`django.contrib.staticfiles.storage.ManifestStaticFilesStorage`,`whitenoise.storage.CompressedManifestStaticFilesStorage`,`whitenoise.django.GzipManifestStaticFilesStorage`]),Fe=new Set([`django.contrib.staticfiles.finders.FileSystemFinder`,`django.contrib.staticfiles.finders.AppDirectoriesFinder`]);function Ie(e){let{settings:n}=e,r=m(e,`DEBUG`);if(!t().collects(e)||r===void 0||t().isTruthy(r)!==!1)return;let i=m(e,`STORAGES`),a=t().plain(t().entryOf(t().entryOf(i,`staticfiles`)?.value,`BACKEND`)?.value??m(e,`STATICFILES_STORAGE`));if(a===void 0||!Pe.has(a)||n.get(`STORAGES`)!==void 0&&n.get(`STATICFILES_STORAGE`)!==void 0||n.get(`WHITENOISE_MANIFEST_STRICT`)!==void 0)return;let o=p(e);if(o===void 0)return;let s=n.isAbsent(`STATICFILES_FINDERS`)?[]:t().itemsOf(m(e,`STATICFILES_FINDERS`)),c=n.isAbsent(`STATICFILES_DIRS`)?[]:t().itemsOf(m(e,`STATICFILES_DIRS`)),l=(c??[]).map(e=>{let[n,r]=e.type===`tuple`?e.items:[];return{folder:t().folderOf(r??e),prefix:r===void 0?``:t().plain(n)}}),u=o.apps.flatMap(({folder:e})=>e===void 0?[]:[{folder:e===``?`static`:`${e}/static`,prefix:``}]),d=l.flatMap(({folder:e,prefix:t})=>e===void 0||t===void 0?[]:[{folder:e,prefix:t}]);return{folders:[...d,...u],apps:o,open:s?.every(e=>Fe.has(t().plain(e)??``))!==!0||c===void 0||d.length<l.length||k(e)}}function A(e,t,n=0){return n>8||e.tree.list(t).some(({name:r,kind:i})=>i===`file`?e.presence.isPresent(`${t}/${r}`):A(e,`${t}/${r}`,n+1))}function j(e){let t=e.match(/(?:[^\s'"]*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^\s'"]*)+)|\S+/g)??[],n=[],r;for(let e of t)r===void 0?/^_\(["']/.test(e)&&!e.endsWith(`)`)?r=e:n.push(e):(r+=` ${e}`,e.endsWith(`)`)&&(n.push(r),r=void 0));return r===void 0?n:[...n,r]}const Le=/^(?:_\()?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)?/,Re=/^[\w.+-]+/u;function M(e){let t=N(e);if(t===void 0)return;let n=[],r=e.slice(t.length);for(;r!==``;){let e=/^\s*\|\s*(\w+)/u.exec(r);if(e===null)return;r=r.slice(e[0].length);let t=r.startsWith(`:`)?N(r.slice(1)):void 0;if(r.startsWith(`:`)){if(t===void 0)return;r=r.slice(1+t.length)}let i=t&&{text:t.text,variable:t.variable};n.push({name:e[1],argument:i})}return{text:t.text,variable:t.variable,filters:n}}function N(e){let[t,n]=Le.exec(e)??[];if(t!==void 0&&n!==void 0)return{text:n.slice(1,-1).replace(/\\(["'\\])/g,`$1`),variable:void 0,length:t.length};let[r]=Re.exec(e)??[];return r===void 0?void 0:{text:void 0,variable:r,length:r.length}}const ze=new Set([`with`,`autoescape`,`spaceless`,`filter`,`localize`,`localtime`,`timezone`,`language`,`cache`]),P=new Set([...ze,`if`,`for`,`block`,`ifchanged`]);function Be(e){let t=[],n=[],i=[],a=r(e).holes.filter(({start:t,end:n})=>!e.slice(t,n).includes(`
`)),o=Ve(a.map(({kind:e,source:t})=>e===`tag`?j(t)[0]??``:``)),s;for(let{kind:e,source:r,start:c,end:l}of a){if(s!==void 0){r.replace(/\s+/g,` `)===s&&(s=void 0);continue}let a=Ge(i);if(e===`variable`){n.push({source:r,start:c,end:l,within:a});continue}let[u=``,...d]=j(r);u===`verbatim`&&(s=`end${r.replace(/\s+/g,` `)}`);let f={name:u,words:d,start:c,end:l,within:a};t.push(f);let p=i.at(-1);/^el(?:se|if)$/.test(u)&&p?.tag.name===`if`?Ue(p,u===`elif`?d.join(` `):void 0):u===`empty`&&p?.tag.name===`for`?p.test={test:void 0,not:[]}:u.startsWith(`end`)?We(i,u.slice(3)):(P.has(u)||(o.get(`end${u}`)??0)>0)&&i.push(He(f))}return{tags:t,variables:n,unclosed:i.flatMap(({tag:e})=>P.has(e.name)?[e]:[])}}function Ve(e){let t=new Map;for(let n of e)n.startsWith(`end`)&&t.set(n,(t.get(n)??0)+1);return t}function He(e){return e.name===`block`?{tag:e,block:e.words[0]??``,test:void 0}:ze.has(e.name)?{tag:e,block:void 0,test:void 0}:{tag:e,block:void 0,test:{test:e.name===`if`?e.words.join(` `):void 0,not:[]}}}function Ue(e,t){let n=e.test,r=[...n?.not??[],...n?.test===void 0?[]:[n.test]];e.test={test:t??``,not:r}}function We(e,t){e.at(-1)?.tag.name===t&&e.pop()}function Ge(e){let t=e.flatMap(({block:e})=>e===void 0?[]:[e]);return{block:t.at(-1),blocks:t,tests:e.flatMap(({test:e})=>e===void 0?[]:[e])}}function Ke(e){let t={tags:new Set,filters:new Set,registers:qe(e),open:!1};return e.problems.length>0&&(t.open=!0),t.registers.size===0&&(t.open=!0),F(t,e.body),t}function qe(e){let t=new Set;for(let n of e.body){if(n.kind!==`Assign`||n.value.kind!==`Call`)continue;let{func:e}=n.value;if((e.kind===`Attribute`?e.attr:e.kind===`Name`?e.id:``)===`Library`)for(let e of n.targets)e.kind===`Name`&&t.add(e.id)}return t}function F(e,t){for(let n of t)switch(n.kind){case`FunctionDef`:case`AsyncFunctionDef`:case`ClassDef`:for(let t of n.decorators)Xe(e,t,n.name);n.body.some(t=>L(e,t))&&(e.open=!0);break;case`Expr`:!R(e,n.value)&&L(e,n)&&(e.open=!0);break;case`If`:case`Try`:if(F(e,n.body),F(e,n.orelse),n.kind===`Try`){F(e,n.finalbody);for(let t of n.handlers)F(e,t.body)}break;case`Assign`:Je(n.value,e)||Ye(e,n.value);break;default:L(e,n)&&(e.open=!0)}}function Je(e,{registers:t}){return e.kind===`Call`&&!(e.func.kind===`Attribute`&&I(e.func.value,t))}function Ye(e,t){!R(e,t)&&L(e,t)&&(e.open=!0)}const I=(e,t)=>e.kind===`Name`&&t.has(e.id);function L(e,n){let r=!1;return t().walk(n,t=>{t.kind===`Name`&&e.registers.has(t.id)&&(r=!0)}),r}function Xe(e,t,n){let r=t.kind===`Call`?t:void 0,i=r?.func??t;if(i.kind!==`Attribute`||!I(i.value,e.registers))return;let a=r===void 0?void 0:z(i.attr,r);B(e,i.attr,r===void 0||a===void 0?n:a)}function R(e,t){if(t.kind!==`Call`)return!1;let{func:n}=t;if(n.kind===`Call`){let[r]=t.args;return n.func.kind!==`Attribute`||!I(n.func.value,e.registers)?!1:(B(e,n.func.attr,z(n.func.attr,n)??(r?.kind===`Name`?r.id:void 0)),!0)}if(n.kind!==`Attribute`||!I(n.value,e.registers))return!1;let[r]=t.args,i=r?.kind===`Name`?r.id:void 0;return B(e,n.attr,z(n.attr,t)??(t.args.length===1?i:void 0)),!0}function z(e,t){let n=t.keywords.find(({arg:e})=>e===`name`)?.value,r=e===`tag`||e===`filter`?t.args[0]:void 0,i=n??(r?.kind===`Name`&&t.args.length===1?void 0:r);if(t.keywords.some(({arg:e})=>e===void 0))return``;if(!(i===void 0||i.kind===`Constant`&&i.value.type===`none`))return i.kind===`Constant`&&i.value.type===`str`?i.value.value:``}const Ze=/^(?:tag|simple_tag|inclusion_tag|assignment_tag|simple_block_tag|tag_function)$/;function B(e,t,n){n===void 0||n===``?e.open=!0:t===`filter`||t===`filter_function`?e.filters.add(n):Ze.test(t)?e.tags.add(n):e.open=!0}function V(e,n){let r=t().readText(e.tree,n);return r===void 0?{state:`unknown`}:{state:`names`,names:et(r)}}function Qe(e,t,n){if(t.libraries===void 0)return{state:`unknown`};let r=t.libraries.has(n)?{module:t.libraries.get(n)}:void 0;if(r!==void 0)return r.module===void 0?{state:`unknown`}:H(e,r.module);for(let{module:r,folder:i,given:a}of[...t.apps.apps].reverse()){let t=`${i}/templatetags/${n}.py`;if(i!==void 0&&e.tree.kind(t)===`file`&&e.presence.isPresent(t))return V(e,t);if(a?.libraries.includes(n))return H(e,`${r}.templatetags.${n}`)}let i=$e[n],a=d.includes(n)?`django.templatetags.${n}`:void 0;if(a!==void 0)return H(e,a);if(i!==void 0&&t.apps.apps.some(e=>e.module===i.app)){let t=u(i.module,U(e));if(t!==void 0)return{state:`names`,names:{...t,open:!1}}}let[o]=l(n).filter(e=>!t.apps.apps.some(({module:t})=>t===e));return o===void 0?t.apps.open&&i===void 0?{state:`unknown`}:{state:`missing`,brought:void 0}:{state:`missing`,brought:o}}const $e={staticfiles:{app:`django.contrib.staticfiles`,module:`django.contrib.staticfiles.templatetags.staticfiles`},admin_static:{app:`django.contrib.admin`,module:`django.contrib.admin.templatetags.admin_static`}};function H(e,t){let n=e.project.resolve(t,e.settings.searchPath);if(n?.kind===`module`)return V(e,n.file);if(!t.startsWith(`django.`))return{state:`unknown`};let r=u(t,U(e));return r===void 0?{state:`unknown`}:{state:`names`,names:{...r,open:!1}}}function U(e){let{version:n,expected:r}=e.dependencies.installed(`django`),i=n??r;return i===void 0?void 0:e=>t().compareVersionTexts(i,e)>=0}const et=t().perFile(({text:e})=>Ke(t().parsePython(e)));function tt(e,t){return W([...f,...t.builtins].map(t=>t===void 0?{state:`unknown`}:H(e,t)))}function W(e){let t=e.flatMap(e=>e.state===`names`?[e.names]:[]);return{tags:new Set(t.flatMap(({tags:e})=>[...e])),filters:new Set(t.flatMap(({filters:e})=>[...e])),open:t.some(({open:e})=>e)||e.some(({state:e})=>e!==`names`)}}function G({app:e},t,n,r){return{kind:`missing`,name:r,at:q(e,t,n,r),near:K(e,r)}}function K(e,t){let n=`/${t}`.toLowerCase(),r=[],i=(t,a)=>{if(!(a>6||r.length>0))for(let o of e.tree.list(t)){let e=t===``?o.name:`${t}/${o.name}`;o.kind===`directory`&&!o.name.startsWith(`.`)&&o.name!==`node_modules`?i(e,a+1):o.kind===`file`&&`/${e}`.toLowerCase().endsWith(n)&&r.push(e)}};return i(``,0),r[0]}function q(e,n,{start:r,end:i},a){let o=t().readText(e.tree,n)?.text.slice(r,i).indexOf(a)??-1;return o<0?{file:n,span:{start:r,end:i}}:{file:n,span:{start:r+o,end:r+o+a.length}}}const nt=t().perFile(({text:e})=>Be(e));function rt(e,n){let r=t().readText(e.tree,n);return r===void 0||r.text.length>4e5?void 0:nt(r)}function J(e,t){let n=[];return Y(e,{file:t,given:new Set,depth:0},n,new Set),n}function it(e,t){let n=new Set;return Y(e,{file:t,given:new Set,depth:0},[],n),n}function Y(e,{file:t,given:n,depth:r},i,a){let{app:o}=e,s=rt(o,t);if(s===void 0||r>20||a.has(t)&&r>0&&n.size===0)return;a.has(t)||i.push(...ct(e,t,s)),a.add(t);let[c]=s.tags,l=c?.name===`extends`?c:void 0,u=s.tags.flatMap(({name:e,words:t})=>e===`block`&&t[0]!==void 0?[t[0]]:[]);for(let o of s.tags){let{block:s,blocks:c}=o.within;(l===void 0||s!==void 0)&&!c.some(e=>n.has(e))&&ot(o.within)&&i.push(...at(e,t,o,r,a))}if(l===void 0)return;let d=Z(l.words[0]),f=d===void 0?void 0:v(o,e.engine,d);if(d!==void 0&&f?.state===`missing`&&i.push(G(e,t,l,d)),f?.state===`file`){let t=new Set([...n,...u]);Y(e,{file:f.file,given:t,depth:r+1},i,a)}}function at(e,t,n,r,i){let{app:a,engine:o,urls:s,statics:c}=e,l=Z(n.words[0]);if(l===void 0)return[];switch(n.name){case`include`:{let s=v(a,o,l);if(s.state===`missing`)return[G(e,t,n,l)];let c=[];return s.state===`file`&&Y(e,{file:s.file,given:new Set,depth:r+1},c,i),c}case`static`:{let e=c===void 0||n.words[1]===`as`?void 0:je(a,c,l);return e===void 0?[]:[{kind:`static`,name:l,at:q(a,t,n,l),near:e.near}]}case`url`:return s===void 0||n.words.at(-2)===`as`||s.has(l)?[]:[{kind:`url`,name:l,at:q(a,t,n,l),near:void 0}];default:return[]}}function ot({tests:e}){return e.every(({test:e,not:t})=>e!==void 0&&(e===``||X(e))===!0&&t.every(e=>X(e)===!1))}function X(e){let t=e.replace(/\s+/g,` `).trim();if(/^(?:request\.)?user\.is_authenticated$/.test(t))return!1;if(/^(?:not (?:request\.)?user\.is_authenticated|(?:request\.)?user\.is_anonymous)$/.test(t))return!0}const st=/^(?:end\w*|else|elif|empty|plural)$/;function ct({app:e,engine:t},n,r){let i=[],a=tt(e,t),o=[],s=new Set(r.tags.filter(({name:e})=>e.startsWith(`end`)).map(({name:e})=>e.slice(3))),c=a,l=(t,r)=>q(e,n,t,r);for(let n of lt(r))if(`source`in n)i.push(...ut(n,c,l));else if(n.name===`load`){let r=n.words.at(-2)===`from`?n.words.slice(-1):n.words;for(let a of r){let r=Qe(e,t,a);o.push(r),r.state===`missing`&&i.push({kind:`library`,name:a,at:l(n,a),near:r.brought})}let s=W(o);c={tags:new Set([...a.tags,...s.tags]),filters:new Set([...a.filters,...s.filters]),open:a.open||s.open}}else c.open||c.tags.has(n.name)||st.test(n.name)||s.has(n.name)||i.push({kind:`tag`,name:n.name,at:l(n,n.name),near:void 0});for(let e of r.unclosed)i.push({kind:`unclosed`,name:e.name,at:l(e,e.name),near:void 0});return i}function lt({tags:e,variables:t}){return[...e,...t].sort((e,t)=>e.start-t.start)}function ut({source:e,start:t,end:n},r,i){let a=r.open?void 0:M(e)?.filters.find(({name:e})=>!r.filters.has(e));return a===void 0?[]:[{kind:`filter`,name:a.name,at:i({start:t,end:n},a.name),near:void 0}]}function Z(e){return/^(?:"([^"\\|]*)"|'([^'\\|]*)')$/.exec(e??``)?.slice(1).find(e=>e!==void 0)}const Q=({folders:e,absent:t})=>({searched:e,absent:t}),dt=new WeakMap;function ft(e){return t().getOrInsert(dt,e,()=>{let n=g(e);if(n===void 0)return[];let r=D(e),i={app:e,engine:n,urls:r?.urls,statics:Ie(e)},a=r===void 0?[]:pt(i,r.paths),o=new Set(a.map(({kind:e,at:n})=>`${e} ${t().placeKey(n)}`)),s=ht(e,n).flatMap(e=>J(i,e));return[...a,...s.filter(({kind:e,at:n})=>!o.has(`${e} ${t().placeKey(n)}`)).map(e=>({...e,when:[],view:void 0,...Q(n)}))]})}function pt(e,n){let r=new Map,i=n.map(({when:n,rendered:i})=>{let a=new Set;for(let n of i.flatMap(t=>mt(e,t))){let e=`${n.kind} ${t().placeKey(n.at)}`;a.add(e),t().getOrInsert(r,e,()=>n)}return{when:n,ids:a}});return[...r].flatMap(([n,r])=>{let a=t().told(e.app.inquiry,t().verdict(i,({ids:e})=>e.has(n)),()=>void 0);return a===void 0?[]:[{...r,when:a.when,...Q(e.engine)}]})}function mt(e,{name:t,at:n}){let r=v(e.app,e.engine,t);return r.state===`missing`?[{kind:`missing`,name:t,at:n,near:K(e.app,t),view:n}]:r.state===`file`?J(e,r.file).map(e=>({...e,view:n})):[]}function ht(e,t){return[...new Set(e.frontend.sockets.flatMap(({at:e,referenced:t})=>t?[e.file]:[]))].filter(n=>t.folders.some(r=>{let i=n.startsWith(`${r}/`)&&v(e,t,n.slice(r.length+1));return i!==!1&&i.state===`file`&&i.file===n}))}function gt(e,t,n,{variable:r,filters:i},a){let o=r===void 0?void 0:bt(e,t,n,r,a);if(o===void 0)return;let[s,...c]=i;if(s===void 0)return typeof o==`boolean`?[$(o?`True`:`False`,a)]:_t(o);if(c.length>0)return;if(s.name===`safe`&&typeof o!=`boolean`)return o;let[l,u]=s.argument?.text?.split(`,`)??[],d=typeof o==`boolean`?o:o.length!==0&&void 0;if(s.name===`yesno`&&d!==void 0&&l!==void 0&&u!==void 0)return[$(d?l:u,a)]}const $=(e,t)=>({text:e,at:t,verbatim:!1});function _t(e){let t={"&":`&amp;`,"<":`&lt;`,">":`&gt;`,'"':`&quot;`,"'":`&#x27;`};return e.map(e=>`kind`in e?e:{...e,text:e.text.replace(/[&<>"']/g,e=>t[e]??e)})}const vt={auth:[`user`,`perms`],messages:[`messages`,`DEFAULT_MESSAGE_LEVELS`],request:[`request`],debug:[`debug`,`sql_queries`],i18n:[`LANGUAGES`,`LANGUAGE_CODE`,`LANGUAGE_BIDI`],media:[`MEDIA_URL`],static:[`STATIC_URL`],tz:[`TIME_ZONE`],csrf:[`csrf_token`]},yt=/^django\.(?:template\.context_processors|contrib\.(?:auth|messages)\.context_processors)\.(\w+)$/;function bt(e,n,r,i,a){let[o=``,...s]=i.split(`.`),{context:c}=r,l=s.length===0?t().entryOf(c,o)?.value:void 0;if(l!==void 0)return xt(l,a);if(o!==`request`||t().entryOf(c,o)!==void 0||r.openContext||c!==void 0&&(c.type!==`dict`||c.rest!==void 0))return;let u=n.processors?.map(e=>vt[yt.exec(e)?.[1]??``]);if(!(u===void 0||u.includes(void 0))){if(!r.withRequest||!u.some(e=>e?.includes(`request`)))return[];if(Ct(e))return i===`request.is_secure`?!1:i===`request.scheme`?[$(`http`,a)]:void 0}}function xt(e,t){if(e.type===`str`)return e.parts.map(e=>typeof e==`string`?$(e,t):{name:e.name,kind:`server`,at:t})}function St(e,t){let n=g(e),r=D(e);if(n?.usual!==!0||r===void 0)return;let i={app:e,engine:n,urls:void 0,statics:void 0},a=r.paths.map(({rendered:r})=>r.filter(({name:r})=>{let a=v(e,n,r);return a.state===`file`&&it(i,a.file).has(t)})),[o]=a.flat();if(!(o===void 0||a.some(e=>e.length!==1)||a.flat().some(({at:e})=>e!==o.at)))return(t,r)=>{let i=t.kind===`variable`?M(t.source):void 0;return i&&gt(e,n,o,i,r)}}function Ct(e){let n=e.processes.web?.server;return n?.proxyHeaders===!1&&t().withoutValue(e,`SECURE_PROXY_SSL_HEADER`).some(({when:e})=>e.length===0)&&!t().mayKnowHttps(e,n)}exports.findsNothing=Ne,exports.holdsFile=A,exports.maskTemplates=r,exports.pageFaults=ft,exports.seesHttp=Ct,
exports.writtenIn=St;