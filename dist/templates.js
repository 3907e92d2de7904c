let e;const t=()=>e??=require("./check.js");let n;const r=()=>n??=require("./rarely-app.js");function i(e){return e.files.flatMap(n=>{let r=e.source(n)?.text.includes(`urlpatterns`)===!0?e.file(n):void 0,i=[];return r===void 0||t().walk(r.tree,e=>{let[n,o]=e.kind===`Call`&&a(e,r)?e.args:[],s=t().literalText(n);n!==void 0&&s!==void 0&&o!==void 0&&i.push({pattern:s,at:t().placeIn(r,n),view:o,file:r})}),i})}const a=({func:e},n)=>/^django\.(?:urls\.(?:conf\.)?(?:re_)?path|conf\.urls\.(?:url|re_path))$/.test(t().dottedOf(e,n)??``);let o;function s(){let e=e=>(e??``).split(`,`).filter(e=>e!==``);return new Map(c(`
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
`).map(t=>{let[n=``,r=``]=t.split(` `),[i,a,o]=r.split(`;`);return[n,{libraries:e(i),templates:e(a),statics:e(o)}]}))}const c=e=>e.split(`
`).filter(e=>e!==``);function l(e){return o??=s(),o.get(e)}function u(e){return o??=s(),[...o].flatMap(([t,n])=>n.libraries.includes(e)&&t!==`django`?[t]:[])}const d=new Set([`django_cotton`]);function f(e,t){let n=c(`
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
`).find(t=>t.startsWith(`${e} `));if(n===void 0)return;let r=new Set,i=new Set,a=!0;for(let o of n.slice(e.length+1).split(` `)){let[,e,n=``,s,c]=/^([%|]?)([\w]*)(?:>([\d.]+))?(?:<([\d.]+))?$/.exec(o)??[],l=t===void 0||(s===void 0||t(s))&&(c===void 0||!t(c));e===``&&n===``&&o!==``&&(a=l),l&&e===`%`&&r.add(n),l&&e===`|`&&i.add(n)}return a?{tags:r,filters:i}:void 0}const p=[`cache`,`i18n`,`l10n`,`static`,`tz`],m=[`django.template.defaulttags`,`django.template.defaultfilters`,`django.template.loader_tags`];function h(e,n=e.settings){let r=g({settings:n},`INSTALLED_APPS`),i=t().itemsOf$1(r);if(r===void 0||i===void 0)return;let a=i.flatMap(r=>{let i=ee(e,n,t().plain(r));return i===void 0?[]:[te(e,i)?{...i,folder:void 0,given:void 0}:i]});return{apps:a,open:a.length!==i.length||r.type!==`list`&&r.type!==`tuple`||!!r.rest||a.some(({folder:e,given:t})=>e===void 0&&t===void 0)}}function g({settings:e},n){let r=e.get(n),i=e=>!e.some(t().isDevelopmentSwitch),[a,...o]=r?.alternatives.filter(({when:e})=>i(e))??[];if(!(a===void 0||r?.absent.some(i)))return o.every(({value:e})=>t().sameValue(e,a.value))?a.value:void 0}function ee(e,n,r){if(r===void 0)return;let i=ne(e,n,r);if(i!==void 0)return{module:r,folder:i,given:void 0};let a=r.lastIndexOf(`.`),o=a<0?void 0:e.project.resolve(r.slice(0,a),n.searchPath);if(o!==void 0&&o.kind!==`namespace`){let i=t().configuredName(e,r),a=i===void 0?void 0:ne(e,n,i);return{module:i??r,folder:a,given:a===void 0?re(i??``):void 0}}return{module:ie(r)??r,folder:void 0,given:re(r)}}function te(e,{module:n,folder:r}){return r!==void 0&&[...t().codeOf(e).module(`${n}.apps`)?.classes.keys()??[]].some(r=>{let i=t().configured(e,`${n}.apps.${r}`,`path`);return i!==void 0&&`value`in i})}function ne(e,t,n){let r=e.project.resolve(n,t.searchPath);return r?.kind===`package`?r.file.replace(/\/?__init__\.py$/,``):r?.kind===`namespace`?r.file:void 0}const re=e=>l(ie(e)??``);function ie(e){let t=e.split(`.`);return t.map((e,n)=>t.slice(0,t.length-n).join(`.`)).find(e=>e!==`django`&&l(e)!==void 0)}const ae=t().perFile(({text:e})=>oe(e));function oe(e){let n=new Set;return t().walk(t().parsePython(e),e=>{e.kind===`Name`?n.add(e.id):e.kind===`Attribute`?n.add(e.attr):e.kind===`alias`?n.add(e.name):e.kind===`keyword`&&e.arg!==void 0?n.add(e.arg):e.kind===`Constant`&&e.value.type===`str`&&n.add(e.value.value)}),n}const se=new WeakMap;function _(e,n){let r=t().getOrInsert(se,e,()=>new Map);return t().getOrInsert(r,n.join(` `),()=>e.project.bounded||e.project.python.some(i));function i(r){let i=t().readText(e.tree,r);return i!==void 0&&n.some(e=>i.text.includes(e)&&ae(i).has(e))}}const ce=e=>({folders:e,relative:[],open:!1});function v(e){let n=h(e),r=g(e,`TEMPLATES`),i=t().itemsOf$1(r);if(n===void 0||i===void 0||r.rest!==void 0)return;let[a,...o]=i.filter(e=>t().plain(t().entryOf(e,`BACKEND`)?.value)===`django.template.backends.django.DjangoTemplates`);if(a?.type!==`dict`||a.rest!==void 0||o.length>0)return;let s=t().entryOf(a,`OPTIONS`)?.value;if(s!==void 0&&(s.type!==`dict`||s.rest!==void 0))return;let c=de(t().entryOf(s,`loaders`)?.value),l=t().entryOf(a,`APP_DIRS`)?.value,u=c?.has(`app_directories`)??(l?.type===`bool`&&l.value),d=c===void 0||c.has(`filesystem`)?ue(e,t().entryOf(a,`DIRS`)?.value):ce([]),f=u?n.apps.flatMap(({folder:e})=>e===void 0?[]:[le(e)]):[];return{folders:[...d.folders.filter(t=>e.tree.kind(t)===`directory`),...f],absent:d.folders.filter(t=>e.tree.kind(t)!==`directory`),relative:d.relative,open:d.open||i.length>1||c?.has(`other`)===!0,searchesApps:u,apps:n,libraries:pe(t().entryOf(s,`libraries`)?.value),builtins:fe(t().entryOf(s,`builtins`)?.value),processors:me(t().entryOf(s,`context_processors`)?.value),usual:![`autoescape`,`string_if_invalid`].some(e=>t().entryOf(s,e)!==void 0)}}const le=e=>e===``?`templates`:`${e}/templates`;function ue(e,n){if(n===void 0)return ce([]);let r=t().itemsOf$1(n);if(r===void 0)return{folders:[],relative:[],open:!0};let i=_(e,[`chdir`])?void 0:e.settings.environment.folder,a=r.map(e=>t().folderOf(e,i)),o=n.rest!==void 0||a.includes(void 0),s=r.flatMap(e=>t().folderOf(e)===void 0?t().writtenPath(e)??[]:[]);return{folders:a.filter(e=>e!==void 0),relative:s,open:o}}function de(e){if(e===void 0)return;let n=new Set;for(let r of t().itemsOf$1(e)??[e]){let[e=r,i]=r.type===`str`?[r]:t().itemsOf$1(r)??[],a=/^django\.template\.loaders\.(filesystem|app_directories|cached)\.Loader$/.exec(t().plain(e)??``)?.[1];if(a===`cached`)for(let e of de(i)??[`other`])n.add(e);else n.add(a===`filesystem`||a===`app_directories`?a:`other`)}return n}function fe(e){if(e===void 0)return[];let n=t().itemsOf$1(e);return n===void 0||e.rest!==void 0?[...(n??[]).map(t().plain),void 0]:n.map(t().plain)}function pe(e){if(e===void 0)return new Map;if(e.type!==`dict`||e.rest!==void 0)return;let n=e.entries.map(({key:e,value:n})=>[t().plain(e),t().plain(n)]);return n.some(([e])=>e===void 0)?void 0:new Map(n)}function me(e){if(e===void 0)return[];let n=t().itemsOf$1(e)?.map(t().plain);return n?.every(e=>e!==void 0)&&e.rest===void 0?n:void 0}function y(e,t,n,r=[]){if(n===``||/^\/|\\/.test(n))return{state:`unknown`};let i=he(n);if(i===void 0)return{state:`unknown`};for(let n of t.folders){let t=n===``?i:`${n}/${i}`;if(e.tree.kind(t)===`file`&&e.presence.isPresent(t)&&!r.includes(t))return{state:`file`,template:{file:t,name:i}}}let a=i.indexOf(`#`);if(a>=0){let n=y(e,t,i.slice(0,a),r);return n.state===`missing`?n:{state:`unknown`}}let o=i.split(`/`)[0];return t.searchesApps&&t.apps.apps.some(({given:e})=>e?.templates.includes(o))?{state:`package`}:{state:t.open||t.searchesApps&&t.apps.open?`unknown`:`missing`}}function b(e,t,n,r,i=[]){return y(e,t,x(n,r),i)}function x(e,t){return/^\.\.?\//.test(e)?he([...t.name.split(`/`).slice(0,-1),e].join(`/`))??e:e}function he(e){let t=[];for(let n of e.split(`/`))if(n!==``&&n!==`.`){if(n!==`..`)t.push(n);else if(t.pop()===void 0)return}return t.length===0?void 0:t.join(`/`)}const ge=(e,{at:t})=>({type:`tuple`,items:e,rest:void 0,at:t}),_e=/^django\.views\.generic\.(?:\w+\.)?(?:TemplateView|ListView|FormView|View)$/,ve=[`dispatch`,`setup`,`get_template_names`,`render_to_response`,`http_method_not_allowed`];function ye(e,n,r){let i=t().mro(n),a=e=>i.find(t=>t.type===`class`&&t.attributes.has(e)),o=i.flatMap(e=>e.type===`external`?[e.path]:[]);if(n.decorators.length>0||ve.some(e=>a(e)!==void 0)||o.length===0||!o.every(e=>_e.test(e)))return;let s=a(`template_name`),c=r??(s?.type===`class`?s.attributes.get(`template_name`)?.value:void 0),l=()=>{c!==void 0&&e.event({type:`render`,template:c,context:void 0,open:!0})};if(a(`get`)===void 0){o.every(e=>e.endsWith(`.View`))||l();return}let u=e.events.length,d=e.call(n,[]);e.setAttribute(d,`request`,Re()),Fe(e,e.attribute(d,`get`)),e.events.slice(u).some(e=>e.type===`call`&&be.test(e.path))&&l()}const be=/^django\.views\.generic\.[\w.]+\.(?:get|render_to_response)$/;function xe(e,n){if(n===`get_host`)return t().native(`django.http.HttpRequest.get_host`,()=>t().str([{name:Ve,variable:void 0,chars:`host`,nonEmpty:!0}],e.at));if(e.memory.get(`request is http`)===!0)return n===`is_secure`?t().native(`django.http.HttpRequest.is_secure`,()=>t().bool(!1,e.at)):n===`scheme`?t().text$2(`http`,e.at):void 0}function Se(e,n){e.memory.set(Be,n);let r=t().plain(t().boundSetting(e,`ROOT_URLCONF`)),i=r===void 0?void 0:t().quietly(e,()=>t().importModule(e,r,!0)),a=i?.type===`module`?i.names.get(`urlpatterns`)?.value:void 0,o=t().quietly(e,()=>S(e,a,Ce));o!==void 0&&o!==`unknown`&&t().quietly(e,()=>Pe(e,o)),e.wide=e.session.taints.union(e.wide,e.taint)}const Ce={prefixes:[``],path:``,reached:!0,depth:0};function S(e,n,r){let i=t().itemsOf$1(n);if(i===void 0||r.depth>12)return C(e,r);let a;for(let t of i){let n=we(e,t,{...r,reached:r.reached&&a===void 0});a??=n}let o=(n?.type===`list`||n?.type===`tuple`?n.rest:void 0)===void 0?void 0:C(e,r);return a??o}function C(e,{prefixes:t,reached:n}){for(let n of t)e.event({type:`routes-open`,prefix:n});return n?`unknown`:void 0}function we(e,n,r){let i=n.type===`call`?t().calleePath(n.callee)??``:``;if(n.type!==`call`||n.args.open)return C(e,r);let{positional:a,keywords:o}=n.args;if(i===`django.conf.urls.i18n.i18n_patterns`)return S(e,ge(a,n),E({...r,path:void 0},[``]));let s=/^django\.(?:urls|conf\.urls)\.(path|re_path|url)$/.exec(i)?.[1];if(s===void 0)return C(e,r);let c=t().plain(a[0]??o.get(`route`)??o.get(`regex`)),l=a[1]??o.get(`view`),u=r.reached?De(s,c):void 0,d={...r,path:Te(r.path,s,c)};if(l!==void 0&&!Oe(l))return Me(e,l,d,u);let f=o.get(`name`)??a[3];for(let t of r.prefixes)Ee(e,{prefix:t,name:f,path:d.path,view:l});return u===!0?l:u}function Te(e,t,n){let r=t===`path`?n:/^\^?([\w/-]*)\$?$/.exec(n??`.`)?.[1];return e===void 0||r===void 0?void 0:e+r}function Ee(e,{prefix:n,name:r,path:i,view:a}){let o=t().plain(r);r!==void 0&&r.type!==`none`&&o===void 0?e.event({type:`routes-open`,prefix:n}):e.event({type:`route`,name:o===void 0?void 0:n+o,path:i,view:a})}function De(e,n){if(n===void 0)return`unknown`;if(e===`path`)return n===``||void 0;let r=t().parseRegex(n),i=t().isProblem(r)?void 0:t().toJavaScript(r);return i===void 0?`unknown`:new RegExp(i.source,i.flags).test(``)?!0:void 0}function Oe(e){switch(e.type){case`function`:case`class`:case`native`:return!0;case`method`:return e.function.type===`function`;case`external`:return/(?:^|\.)views\.(?:\w+\.)*(?!urls$|urlpatterns$)\w+$/.test(e.path);case`call`:{if(e.attributes.length>0)return!1;let n=t().calleePath(e.callee)??``,[r]=e.args.positional;return ke(e.callee)||D.test(n)||O.test(n)||!w.test(n)&&r!==void 0&&Oe(r)}default:return!1}}const w=/^django\.(?:urls|conf\.urls)\.include$/,ke=e=>t().calleePath(e)?.endsWith(`.as_view`)===!0||e.type===`method`&&(e.function.type===`external`?e.function.path.endsWith(`.as_view`):e.function.type===`function`&&e.function.name===`as_view`),Ae=e=>t().calleePath(e)===`django.contrib.admin.site.urls`,je=[`login`,`logout`,`password_change`,`password_change_done`,`password_reset`,`password_reset_done`,`password_reset_confirm`,`password_reset_complete`];function Me(e,n,r,i){let a=i===!0||i===`unknown`,o={...r,reached:a},s=e=>e!==void 0&&i!==!0?`unknown`:e;if(Ae(n))return s(C(e,E(o,[`admin:`])));if(n.type!==`call`||!w.test(t().calleePath(n.callee)??``))return s(C(e,o));let c=n.args.positional[0]??n.args.keywords.get(`arg`),[l=c,u]=c?.type===`tuple`?c.items:[],d=t().plain(n.args.positional[1]??n.args.keywords.get(`namespace`)),f=l?.type===`str`?Ne(e,t().plain(l)):l;if(t().plain(l)===`django.contrib.auth.urls`){for(let t of E(o,[d===void 0?``:`${d}:`]).prefixes)for(let n of je)e.event({type:`route`,name:t+n,path:void 0,view:void 0});return}if(t().itemsOf$1(f)!==void 0)return s(S(e,f,E(o,T(d,t().plain(u)))));if(f?.type!==`module`)return s(C(e,E(o,T(d,t().plain(u)))));let p=t().plain(f.names.get(`app_name`)?.value)??t().plain(u);return s(S(e,f.names.get(`urlpatterns`)?.value,E(o,T(d,p))))}function T(e,t){let n=[e,t].filter(e=>e!==void 0);return n.length===0?[``]:[...new Set(n)].map(e=>`${e}:`)}const E=(e,t)=>({...e,depth:e.depth+1,prefixes:e.prefixes.flatMap(e=>t.map(t=>e+t)).slice(0,8)});function Ne(e,n){if(n!==void 0)return t().quietly(e,()=>t().importModule(e,n,!0))}const D=/^(?:django\.views\.decorators\.(?:csrf|http|cache|vary|clickjacking|gzip|debug)\.|django\.utils\.decorators\.method_decorator)/,O=/^django\.contrib\.auth\.decorators\.|^django\.contrib\.admin\.views\.decorators\./;function Pe(e,n){switch(n.type){case`function`:case`method`:Fe(e,n);return;case`call`:{let r=t().calleePath(n.callee)??``,[i]=n.args.positional;if(n.attributes.length>0||O.test(r))return;D.test(r)&&i!==void 0?Pe(e,i):Ie(e,n);return}}}function Fe(e,n){let r=n.type===`method`?n.function:n;r.type===`function`&&e.event({type:`view`,defined:r.at});let i=e.call(n,[Re()]);r.type===`function`&&r.node.kind===`AsyncFunctionDef`&&t().awaitValue(e,i)}function Ie(e,t){let{callee:n,args:r}=t,i=r.keywords.get(`template_name`);n.type===`external`&&Le.test(n.path)?n.path.endsWith(`.TemplateView.as_view`)&&i!==void 0&&e.event({type:`render`,template:i,context:r.keywords.get(`extra_context`),open:!1}):n.type===`method`&&n.self.type===`class`&&n.function.type===`external`&&n.function.path.endsWith(`.as_view`)&&ye(e,n.self,i)}const Le=/^django\.views\.generic\.(?:\w+\.)?(?:TemplateView|ListView|FormView|View)\.as_view$/;function Re(){return t().object(He,void 0,t().nowhere)}const ze={class:`django.contrib.auth.models.AnonymousUser`,bases:[],get:(e,n,r)=>/^is_(?:authenticated|staff|superuser|active)$/.test(r)?t().bool(!1,e.at):r===`is_anonymous`?t().bool(!0,e.at):r===`pk`||r===`id`?t().none(e.at):r===`username`?t().text$2(``,e.at):e.unknown(t().notModelled(`request.user.${r}`)),truth:()=>!0},Be=`request is http`,Ve=`request.get_host()`,He={class:`django.http.HttpRequest`,bases:[],get:(e,n,r)=>r===`method`?t().text$2(`GET`,e.at):r===`path`||r===`path_info`?t().text$2(`/`,e.at):r===`user`?t().object(ze,void 0,e.at):xe(e,r)??e.unknown(t().notModelled(`request.${r}`)),truth:()=>!0};function k(e){let n=e.processes.web?.server;return n?.proxyHeaders===!1&&t().withoutValue(e,`SECURE_PROXY_SSL_HEADER`).some(({when:e})=>e.length===0)&&!t().mayKnowHttps(e,n)}const Ue=new WeakMap;function A(e){return t().getOrInsert(Ue,e,()=>We(e))}function We(e){let{settings:n}=e,{module:r,searchPath:i,environment:a,evaluation:o}=n;if(r===void 0||!n.sure||o?.certainCrash!==void 0||Ke(e))return;let s=a.forProcess([{name:`DJANGO_SETTINGS_MODULE`,parts:[r],at:{file:``,span:{start:0,end:0}}}]),c=k(e),l=t().runModule(e,r,i,s,{key:`first page ${c}`,run:e=>Se(e,c)}),u=l.paths.filter(({crash:e})=>e===void 0);return{paths:u.map(qe),urls:Qe(l,u)}}const Ge=[`ROOT_HOSTCONF`,`SUBDOMAIN_URLCONFS`,`PUBLIC_SCHEMA_URLCONF`,`TENANT_URLCONF`];function Ke(e){return Ge.some(t=>e.settings.get(t)!==void 0)||_(e,[`urlconf`,`set_urlconf`])}function qe({when:e,events:t}){let[n]=t.flatMap(e=>e.type===`view`?[e.defined]:[]),r=t.filter(e=>e.type===`route`);return{when:e,view:n,rendered:t.flatMap(e=>Ye(e)??[]),routes:r}}const Je={"django.shortcuts.render":{name:1,context:2,request:0},"django.template.response.TemplateResponse":{name:1,context:2,request:0},"django.template.loader.render_to_string":{name:0,context:1,request:2},"django.template.loader.get_template":{name:0,context:99,request:99}};function Ye(e){if(e.type===`render`){let{template:t,context:n,open:r}=e;return Ze(t,{context:n,openContext:r,withRequest:!0})}let t=e.type===`call`?Je[e.path]:void 0;if(t===void 0||e.type!==`call`||e.args.open||e.guarded===!0)return;let{positional:n,keywords:r}=e.args;return Ze(n[t.name]??r.get(`template_name`)??r.get(`template`),{context:n[t.context]??r.get(`context`),openContext:t.context===99,withRequest:Xe(n[t.request]??r.get(`request`))})}function Xe(e){return e===void 0||e.type===`none`?!1:e.type!==`unknown`||void 0}function Ze(e,n){let[r,...i]=t().itemsOf$1(e)??[e],a=t().plain(r);return a===void 0||r===void 0||r.at.file===``||i.length>0?void 0:{...n,name:a,at:r.at}}function Qe({bounded:e},t){let n=t.flatMap(e=>e.events),r=new Set(n.flatMap(e=>e.type===`route`?e.name??[]:[])),i=new Set(n.flatMap(e=>e.type===`routes-open`?[e.prefix]:[])),a=e||t.length===0;return{has:e=>a||r.has(e)||[...i].some(t=>t===``||e.startsWith(t))}}function $e(e){let t=e.match(/(?:[^\s'"]*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^\s'"]*)+)|\S+/g)??[],n=[],r;for(let e of t)r===void 0?/^_\(["']/.test(e)&&!e.endsWith(`)`)?r=e:n.push(e):(r+=` ${e}`,e.endsWith(`)`)&&(n.push(r),r=void 0));return r===void 0?n:[...n,r]}const et=/^(?:_\()?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)?/,tt=/^[\w.+-]+/u;function j(e){let t=nt(e);if(t===void 0)return;let n=[],r=e.slice(t.length);for(;r!==``;){let e=/^\s*\|\s*(\w+)/u.exec(r);if(e===null)return;r=r.slice(e[0].length);let t=r.startsWith(`:`)?nt(r.slice(1)):void 0;if(r.startsWith(`:`)){if(t===void 0)return;r=r.slice(1+t.length)}let i=t&&{text:t.text,variable:t.variable};n.push({name:e[1],argument:i})}return{text:t.text,variable:t.variable,filters:n}}function nt(e){let[t,n]=et.exec(e)??[];if(t!==void 0&&n!==void 0)return{text:n.slice(1,-1).replace(/\\(["'\\])/g,`$1`),variable:void 0,length:t.length};let[r]=tt.exec(e)??[];return r===void 0?void 0:{text:void 0,variable:r,length:r.length}}const rt=/\{\{[^{}]*\}\}|\{%[\s\S]*?%\}|\{#[^\n]*?#\}/g;function it(e){if(!e.includes(`{{`)&&!e.includes(`{%`)&&!e.includes(`{#`))return{text:e,holes:[]};let t=[];return{text:e.replace(/\{%-?\s*comment\b[\s\S]*?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g,e=>M(e)).replace(rt,(e,n)=>{if(e.startsWith(`{#`))return M(e);let r=e.startsWith(`{{`),i=e.slice(2,-2).replace(/^-|-$/g,``).trim();return t.push({start:n,end:n+e.length,kind:r?`variable`:`tag`,source:i}),r?`\ua66e`.repeat(e.length):M(e)}),holes:t}}function M(e){return e.replace(/[^\r\n]/g,` `)}const at=new Set([`with`,`autoescape`,`spaceless`,`filter`,`localize`,`localtime`,`timezone`,`language`,`cache`]),N=new Set([...at,`if`,`for`,`block`,`ifchanged`]);function ot(e){let t=[],n=[],r=[],i=it(e).holes.filter(({start:t,end:n})=>!e.slice(t,n).includes(`
`)),a=st(i.map(({kind:e,source:t})=>e===`tag`?$e(t)[0]??``:``)),o;for(let{kind:e,source:s,start:c,end:l}of i){if(o!==void 0){s.replace(/\s+/g,` `)===o&&(o=void 0);continue}let i=dt(r);if(e===`variable`){n.push({source:s,start:c,end:l,within:i});continue}let[u=``,...d]=$e(s);u===`verbatim`&&(o=`end${s.replace(/\s+/g,` `)}`);let f={name:u,words:d,start:c,end:l,within:i};t.push(f);let p=r.at(-1);/^el(?:se|if)$/.test(u)&&p?.tag.name===`if`?lt(p,u===`elif`?d.join(` `):void 0):u===`empty`&&p?.tag.name===`for`?p.test={test:void 0,not:[]}:u.startsWith(`end`)?ut(r,u.slice(3)):(N.has(u)||(a.get(`end${u}`)??0)>0)&&r.push(ct(f))}return{tags:t,variables:n,unclosed:r.flatMap(({tag:e})=>N.has(e.name)?[e]:[])}}function st(e){let t=new Map;for(let n of e)n.startsWith(`end`)&&t.set(n,(t.get(n)??0)+1);return t}function ct(e){return e.name===`block`?{tag:e,block:e.words[0]??``,test:void 0}:at.has(e.name)?{tag:e,block:void 0,test:void 0}:{tag:e,block:void 0,test:{test:e.name===`if`?e.words.join(` `):void 0,not:[]}}}function lt(e,t){let n=e.test,r=[...n?.not??[],...n?.test===void 0?[]:[n.test]];e.test={test:t??``,not:r}}function ut(e,t){let n=e.findLastIndex(({tag:e})=>N.has(e.name)||e.name===t);e[n]?.tag.name===t&&e.splice(n)}function dt(e){let t=e.flatMap(({block:e})=>e===void 0?[]:[e]),n=e.slice(e.findLastIndex(({block:e})=>e!==void 0)+1);return{block:t.at(-1),tests:n.flatMap(({test:e})=>e===void 0?[]:[e])}}function ft(e){let t={tags:new Set,filters:new Set,registers:ht(e),functions:new Set(P(e.body)),defined:new Set(e.body.flatMap(e=>`name`in e&&`body`in e?[e.name]:[])),open:!1};return e.problems.length>0&&(t.open=!0),t.registers.size===0&&(t.open=!0),F(t,e.body),mt(t,e),t}function P(e){return e.flatMap(e=>t().isFunction(e)?e.decorators.every(pt)?[e.name]:[]:e.kind===`If`||e.kind===`Try`?[...P(e.body),...P(e.orelse)]:[])}const pt=e=>e.kind===`Name`&&/^(?:stringfilter|keep_lazy_text)$/.test(e.id)||e.kind===`Call`&&pt(e.func)||e.kind===`Attribute`&&xt.test(e.attr)||e.kind===`Attribute`&&/^(?:filter|filter_function|stringfilter)$/.test(e.attr);function mt(e,n){t().walk(n,t=>{if(t.kind!==`Call`||t.func.kind!==`Attribute`||t.func.attr!==`parse`)return;let[n]=t.args;if(n?.kind!==`Tuple`&&n?.kind!==`List`)e.open=!0;else for(let t of n.elts)t.kind===`Constant`&&t.value.type===`str`?e.tags.add(t.value.value):e.open=!0})}function ht(e){let t=new Set;for(let n of e.body){if(n.kind!==`Assign`||n.value.kind!==`Call`)continue;let{func:e}=n.value;if((e.kind===`Attribute`?e.attr:e.kind===`Name`?e.id:``)===`Library`)for(let e of n.targets)e.kind===`Name`&&t.add(e.id)}return t}function F(e,t){for(let n of t)switch(n.kind){case`FunctionDef`:case`AsyncFunctionDef`:case`ClassDef`:for(let t of n.decorators)vt(e,t,n.name);n.body.some(t=>L(e,t))&&(e.open=!0);break;case`Expr`:!bt(e,n.value)&&L(e,n)&&(e.open=!0);break;case`If`:case`Try`:if(F(e,n.body),F(e,n.orelse),n.kind===`Try`){F(e,n.finalbody);for(let t of n.handlers)F(e,t.body)}break;case`Assign`:gt(n.value,e)||_t(e,n.value);break;default:L(e,n)&&(e.open=!0)}}function gt(e,{registers:t}){return e.kind===`Call`&&!(e.func.kind===`Attribute`&&I(e.func.value,t))}function _t(e,t){!bt(e,t)&&L(e,t)&&(e.open=!0)}const I=(e,t)=>e.kind===`Name`&&t.has(e.id);function L(e,n){let r=!1;return t().walk(n,t=>{t.kind===`Name`&&e.registers.has(t.id)&&(r=!0)}),r}function vt(e,t,n){let r=t.kind===`Call`?t:void 0,i=r?.func??t;if(i.kind!==`Attribute`||!I(i.value,e.registers))return;let a=r===void 0?void 0:z(i.attr,r);B(e,i.attr,r===void 0||a===void 0?R(e,n):a)}function yt({defined:e},t){return t.kind===`Attribute`?yt({defined:e},t.value):t.kind===`Name`&&e.has(t.id)}function R({functions:e},t){return t!==void 0&&e.has(t)?t:void 0}function bt(e,t){if(t.kind!==`Call`)return!1;let{func:n}=t;if(n.kind===`Call`){let[r]=t.args;return n.func.kind!==`Attribute`||!I(n.func.value,e.registers)?!1:(B(e,n.func.attr,z(n.func.attr,n)??R(e,r?.kind===`Name`?r.id:void 0)),!0)}if(n.kind!==`Attribute`||!I(n.value,e.registers))return!1;let[r,i]=t.args;n.attr===`tag`&&i!==void 0&&!yt(e,i)&&(e.open=!0);let a=r?.kind===`Name`?r.id:void 0;return B(e,n.attr,z(n.attr,t)??(t.args.length===1?R(e,a):void 0)),!0}function z(e,n){let r=n.keywords.find(({arg:e})=>e===`name`)?.value,i=e===`tag`||e===`filter`?n.args[0]:void 0,a=r??(i?.kind===`Name`&&n.args.length===1?void 0:i);if(n.keywords.some(({arg:e})=>e===void 0)||e!==`tag`&&e!==`filter`&&n.args.length>2)return``;if(!(a===void 0||a.kind===`Constant`&&a.value.type===`none`))return t().literalText(a)??``}const xt=/^(?:tag|simple_tag|inclusion_tag|assignment_tag|simple_block_tag|tag_function)$/;function B(e,t,n){n===void 0||n===``?e.open=!0:t===`filter`||t===`filter_function`?e.filters.add(n):xt.test(t)?e.tags.add(n):e.open=!0}function V(e,t,n){if(!Tt(t))return!0;let r=f(`${t}.templatetags.${n}`,U(e));return r!==void 0&&r.tags.size+r.filters.size>0}function St(e,n){let r=t().readText(e.tree,n);return r===void 0?{state:`unknown`}:{state:`names`,names:Ot(r)}}function Ct(){let e=[...m,...p.map(e=>`django.templatetags.${e}`),`django.contrib.humanize.templatetags.humanize`].flatMap(e=>f(e,void 0)??[]);return{tags:new Set(e.flatMap(({tags:e})=>[...e])),filters:new Set(e.flatMap(({filters:e})=>[...e]))}}function wt(e,t,n){if(t.libraries===void 0)return{state:`unknown`};let r=t.libraries.has(n)?{module:t.libraries.get(n)}:void 0;if(r!==void 0)return r.module===void 0?{state:`unknown`}:H(e,r.module);for(let{module:r,folder:i,given:a}of[...t.apps.apps].reverse()){let t=i===void 0?void 0:Et(e,i,n);if(t!==void 0)return St(e,t);if(a?.libraries.includes(n)&&V(e,r,n))return H(e,`${r}.templatetags.${n}`);if((a?.libraries.length??0)>0&&!Tt(r)&&n.includes(`.`))return{state:`unknown`}}let i=Dt[n],a=p.includes(n)?`django.templatetags.${n}`:void 0;if(a!==void 0)return H(e,a);if(i!==void 0&&t.apps.apps.some(e=>e.module===i.app)){let t=f(i.module,U(e));if(t!==void 0)return{state:`names`,names:{...t,open:!1}}}let[o]=u(n).filter(r=>V(e,r,n)&&!t.apps.apps.some(({module:e})=>e===r));return o===void 0?t.apps.open&&i===void 0?{state:`unknown`}:{state:`missing`,brought:void 0}:{state:`missing`,brought:o}}const Tt=e=>e.startsWith(`django.`);function Et(e,t,n){let r=[t,`templatetags`,...n.split(`.`)].filter(e=>e!==``).join(`/`);return[`${r}/__init__.py`,`${r}.py`].find(t=>e.tree.kind(t)===`file`&&e.presence.isPresent(t))}const Dt={staticfiles:{app:`django.contrib.staticfiles`,module:`django.contrib.staticfiles.templatetags.staticfiles`},admin_static:{app:`django.contrib.admin`,module:`django.contrib.admin.templatetags.admin_static`}};function H(e,t){let n=e.project.resolve(t,e.settings.searchPath);if(n!==void 0)return n.kind===`namespace`?{state:`unknown`}:St(e,n.file);if(!t.startsWith(`django.`))return{state:`unknown`};let r=f(t,U(e));return r===void 0?{state:`unknown`}:{state:`names`,names:{...r,open:!1}}}function U(e){let{version:n,expected:r}=e.dependencies.installed(`django`),i=n??r;return i===void 0?void 0:e=>t().compareVersionTexts(i,e)>=0}const Ot=t().perFile(({text:e})=>ft(t().parsePython(e)));function kt(e,t){let n=Mt([...m,...t.builtins].map(t=>t===void 0?{state:`unknown`}:H(e,t)));return{...n,open:n.open||_(e,At)}}const At=[`add_to_builtins`,`template_builtins`,`template_libraries`];function jt(e){return e.apps.open||e.apps.apps.some(({module:e})=>d.has(e))?Ct():void 0}function Mt(e){let t=e.flatMap(e=>e.state===`names`?[e.names]:[]);return{tags:new Set(t.flatMap(({tags:e})=>[...e])),filters:new Set(t.flatMap(({filters:e})=>[...e])),open:t.some(({open:e})=>e)||e.some(({state:e})=>e!==`names`)}}function Nt(e){if(e===void 0)return;if(`base`in e)return e.base.startsWith(`django.contrib.staticfiles.apps.`)?J:void 0;let{value:n,file:r}=e,i=e=>{switch(e.kind){case`List`:case`Tuple`:{let n=e.elts.map(e=>e.kind===`Starred`?i(e.value):Pt(t().literalText(e)));return n.some(e=>e===void 0)?void 0:n.flatMap(e=>e??[])}case`BinOp`:{let[t,n]=[i(e.left),i(e.right)];return e.op!==`+`||t===void 0||n===void 0?void 0:[...t,...n]}default:return t().dottedOf(e,r)===`django.contrib.staticfiles.apps.StaticFilesConfig.ignore_patterns`?J:void 0}};return i(n)}const Pt=e=>e===void 0?void 0:[e],W=`django.contrib.staticfiles.finders.FileSystemFinder`,G=`django.contrib.staticfiles.finders.AppDirectoriesFinder`,Ft=new Set([`compressor.finders.CompressorFinder`]);function K(e,n=e.settings){let r=h(e,n);if(r===void 0)return;let i=n.isAbsent(`STATICFILES_FINDERS`)?[W,G]:t().itemsOf$1(g({settings:n},`STATICFILES_FINDERS`))?.map(t().plain),a=n.isAbsent(`STATICFILES_DIRS`)?[]:t().itemsOf$1(g({settings:n},`STATICFILES_DIRS`)),o=(a??[]).map(It),s=o.flatMap(({folder:e,prefix:t})=>e===void 0||t===void 0?[]:[{folder:e,prefix:t}]),c=r.apps.flatMap(({folder:e})=>e===void 0?[]:[{folder:e===``?`static`:`${e}/static`,prefix:``}]),l=i??[W,G],u=Rt(e,n);return{folders:l.flatMap(e=>e===W?s:e===G?c:[]),apps:r,ofPackages:new Set(l.includes(G)?r.apps.flatMap(({given:e})=>e?.statics??[]):[]),ignores:e=>(u??J).some(t=>zt(t,e)),open:i?.some(e=>e===void 0||!(e===W||e===G||Ft.has(e)))===!1?a===void 0||s.length<o.length||s.some(({folder:t})=>Lt(e,t))?q.folder:u===void 0?q.pattern:void 0:q.finder}}const q={finder:{en:`STATICFILES_FINDERS names a finder that may find other files`,fr:`STATICFILES_FINDERS nomme un finder qui peut trouver d\u2019autres fichiers`},folder:{en:`STATICFILES_DIRS names a folder that cannot be read here`,fr:`STATICFILES_DIRS nomme un dossier qui n\u2019est pas lisible ici`},pattern:{en:`which files its app leaves out is not known`,fr:`on ne sait pas quels fichiers son application laisse de c\u00f4t\u00e9`}};function It(e){let[n,r]=e.type===`tuple`||e.type===`list`?t().itemsOf$1(e)??[]:[];return r===void 0?{folder:t().folderOf(e,``),prefix:``}:{folder:t().folderOf(r,``),prefix:t().plain(n)?.replace(/\/+$/,``)}}function Lt(e,t){return/(?:^|\/)node_modules(?:\/|$)/.test(t)&&r().installsNode(e)}const J=[`CVS`,`.*`,`*~`];function Rt(e,n){let r=t().itemsOf$1(g({settings:n},`INSTALLED_APPS`))??[];if(r.some(e=>t().isApp(e,`django.contrib.staticfiles`)))return J;let[i]=r.flatMap(n=>{let r=t().plain(n);return r!==void 0&&t().configuredName(e,r)===`django.contrib.staticfiles`?[r]:[]});return i===void 0?void 0:Nt(t().configured(e,i,`ignore_patterns`))}function zt(e,n){let r=e.replaceAll(`\\`,`\\\\`),i={paths:!1,foldsCase:!1};return[...n.split(`/`),n].some(e=>t().wildmatch(r,e,i))}function Bt(e,{folders:t,ignores:n}){let r=new Map;for(let{folder:i,prefix:a}of t){let t=a===``?``:`${a}/`,o=(a,s)=>{for(let{name:c,kind:l}of e.tree.list(a===``?i:`${i}/${a.slice(0,-1)}`)){let u=a+c;l===`directory`?s<8&&!n(c)&&o(`${u}/`,s+1):!n(u)&&e.presence.isPresent(`${i}/${u}`)&&!r.has(t+u)&&r.set(t+u,`${i}/${u}`)}};o(``,0)}return r}function Vt(e){let n=g(e,`STORAGES`);if(t().entryOf(t().entryOf(n,`staticfiles`)?.value,`OPTIONS`)!==void 0)return!1;let r=g(e,`STATIC_ROOT`),i=r===void 0?void 0:t().folderOf(r);if(i===void 0)return!1;let a=`${i}/staticfiles.json`;return e.tree.kind(a)!==`file`||!e.presence.isPresent(a)}function Ht(e){return e!==``&&!e.endsWith(`/`)&&!/^(?:[a-z]+:|\/)|[?#]|\.\./i.test(e)}function Ut(e,n,i){if(!Ht(i))return;let a=n.folders.flatMap(({folder:e,prefix:t})=>{let n=t===``?``:`${t}/`;return i.startsWith(n)?[{folder:e,lead:n,path:`${e}/${i.slice(n.length)}`}]:[]});if(a.some(({folder:t,path:r})=>e.tree.kind(r)===`file`&&e.presence.isPresent(r)&&!n.ignores(r.slice(t.length+1))))return;let[o]=a.flatMap(({folder:t,lead:n,path:r})=>{let i=Wt(e,r);return i===void 0?[]:[{file:i,name:n+i.slice(t.length+1)}]});if(o!==void 0)return{near:o};let s=i.split(`/`)[0];if(!(n.open!==void 0||n.apps.open||r().makesFiles(e,t().allHooks)||n.ofPackages.has(s)))return{near:void 0}}function Wt(e,t){let n=t.toLowerCase().split(`/`),r=[``];for(let[t,i]of n.entries())r=r.flatMap(r=>e.tree.list(r).flatMap(({name:e,kind:a})=>e.toLowerCase()!==i||a===`file`!=(t===n.length-1)?[]:[r===``?e:`${r}/${e}`]));return r.find(t=>e.presence.isPresent(t))}function Gt(e){let n=K(e);return n!==void 0&&n.open===void 0&&!n.apps.open&&!r().makesFiles(e,t().allHooks)&&n.ofPackages.size===0&&Bt(e,n).size===0}const Kt=new Set([`django.contrib.staticfiles.storage.ManifestStaticFilesStorage`,`whitenoise.storage.CompressedManifestStaticFilesStorage`,`whitenoise.django.GzipManifestStaticFilesStorage`]);function qt(e){if(!Jt(e))return;if(!t().collects(e))return t().uncollected(e)!==void 0&&Vt(e)?{state:`none`}:void 0;let n=K(e);return n&&{state:`made`,sources:n}}function Jt(e){let{settings:n}=e,r=g(e,`DEBUG`);if(r===void 0||t().isTruthy(r)!==!1)return!1;let i=g(e,`STORAGES`),a=t().ignoresOldStorages(e)?void 0:n.get(t().oldStorages.staticfiles),o=t().plain(t().entryOf(t().entryOf(i,`staticfiles`)?.value,`BACKEND`)?.value??(a&&g(e,t().oldStorages.staticfiles)));return o===void 0||!Kt.has(o)||n.get(`STORAGES`)!==void 0&&a!==void 0?!1:n.get(`WHITENOISE_MANIFEST_STRICT`)===void 0}function Yt(e,t,n=0){return n>8||e.tree.list(t).some(({name:r,kind:i})=>i===`file`?e.presence.isPresent(`${t}/${r}`):Yt(e,`${t}/${r}`,n+1))}function Xt(e,t){return Z(e,t).items}function Zt({rendering:{app:e},faults:t},n,r,i,a){let o=Y(e,r,i,a);if(n.state===`none`)return t.some(({kind:e})=>e===`uncollected`)||!Ht(a)?[]:[{kind:`uncollected`,name:a,at:o,near:void 0}];let s=Ut(e,n.sources,a);return s===void 0?[]:[{kind:`static`,name:a,at:o,near:s.near?.file,correct:s.near?.name}]}function Qt({app:e},t,n,r){let i=x(r,t);return{kind:`missing`,name:i,at:Y(e,t.file,n,r),near:$t(e,i)}}function $t(e,t){let n=`/${t}`.toLowerCase(),r=[],i=(t,a)=>{if(!(a>6||r.length>0))for(let o of e.tree.list(t)){let e=t===``?o.name:`${t}/${o.name}`;o.kind===`directory`&&!o.name.startsWith(`.`)&&o.name!==`node_modules`?i(e,a+1):o.kind===`file`&&`/${e}`.toLowerCase().endsWith(n)&&r.push(e)}};return i(``,0),r[0]}function Y(e,t,n,r){let i=[`'`,`"`].map(i=>en(e,t,n,i+r+i)).find(({span:e})=>e.end-e.start===r.length+2);return i===void 0?{file:t,span:{start:n.start,end:n.end}}:{file:t,span:{start:i.span.start+1,end:i.span.end-1}}}function en(e,n,{start:r,end:i},a){let o=t().readText(e.tree,n)?.text.slice(r,i).indexOf(a)??-1;return o<0?{file:n,span:{start:r,end:i}}:{file:n,span:{start:r+o,end:r+o+a.length}}}const tn=t().perFile(({text:e})=>ot(e));function X(e,n){let r=t().readText(e.tree,n);return r===void 0||r.text.length>4e5?void 0:tn(r)}function nn(e,t){return Z(e,t).faults}function rn(e,t){return Z(e,t).compiled}function Z(e,t){let n={rendering:e,faults:[],compiled:new Set,begun:new Set,items:[],includes:[]};return an(n,t),n}function an(e,t){if(e.begun.has(t.file)||e.begun.size>200)return;e.begun.add(t.file);let n=on(e,t);n!==void 0&&sn(e,n,n.length-1,void 0,[])}function on(e,t){let{app:n,engine:r}=e.rendering,i=[],a=t;for(;;){let t=X(n,a.file);if(t===void 0)return;e.compiled.has(a.file)||e.faults.push(...pn(e.rendering,a.file,t)),e.compiled.add(a.file),i.push({template:a,tree:t});let[o]=t.tags;if(o?.name!==`extends`)return i;let s=Q(o.words[0]),c=i.map(e=>e.template.file),l=s===void 0?void 0:b(n,r,s,a,c);if(s!==void 0&&l?.state===`missing`&&e.faults.push(Qt(e.rendering,a,o,s)),l?.state!==`file`||i.length>20)return;a=l.template}}function sn(e,t,n,r,i){let{template:a,tree:o}=t[n],s=(n,r)=>{let a=t.findIndex((e,t)=>t>=r&&cn(e.tree,n)),o=`${a} ${n}`;a>=0&&!i.includes(o)&&sn(e,t,a,n,[...i,o])};for(let t of mn(o))t.within.block===r&&un(t.within)&&(e.items.push({file:a.file,item:t,includes:e.includes}),`source`in t?r!==void 0&&j(t.source)?.variable===`block.super`&&s(r,n+1):t.name===`block`?s(t.words[0]??``,0):ln(e,a,t))}const cn=({tags:e},t)=>e.some(({name:e,words:n})=>e===`block`&&n[0]===t);function ln(e,t,n){let{app:r,engine:i,urls:a,statics:o}=e.rendering,{file:s}=t,c=Q(n.words[0]);if(c!==void 0)switch(n.name){case`include`:{let a=b(r,i,c,t);a.state===`missing`&&e.faults.push(Qt(e.rendering,t,n,c)),a.state===`file`&&an({...e,includes:[...e.includes,n]},a.template);return}case`static`:o!==void 0&&n.words[1]!==`as`&&e.faults.push(...Zt(e,o,s,n,c));return;case`url`:a!==void 0&&n.words.at(-2)!==`as`&&!a.has(c)&&e.faults.push({kind:`url`,name:c,at:Y(r,s,n,c),near:void 0});return}}function un({tests:e}){return e.every(({test:e,not:t})=>e!==void 0&&(e===``||dn(e))===!0&&t.every(e=>dn(e)===!1))}function dn(e){let t=e.replace(/\s+/g,` `).trim();if(/^(?:request\.)?user\.is_authenticated$/.test(t))return!1;if(/^(?:not (?:request\.)?user\.is_authenticated|(?:request\.)?user\.is_anonymous)$/.test(t))return!0}const fn=/^(?:end\w*|else|elif|empty|plural)$/;function pn({app:e,engine:t},n,r){let i=[],a=kt(e,t),o=[],s=new Set(r.tags.filter(({name:e})=>e.startsWith(`end`)).map(({name:e})=>e.slice(3))),c=a,l=jt(t),u=(e,t)=>!c.open&&!c[e].has(t)&&(l===void 0||l[e].has(t)),d=(t,r)=>en(e,n,t,r);for(let n of mn(r))if(`source`in n)i.push(...hn(n,u,d));else if(n.name===`load`){let r=n.words.at(-2)===`from`?n.words.slice(-1):n.words;for(let a of r){let r=wt(e,t,a);o.push(r),r.state===`missing`&&i.push({kind:`library`,name:a,at:d(n,a),near:r.brought})}let s=Mt(o);c={tags:new Set([...a.tags,...s.tags]),filters:new Set([...a.filters,...s.filters]),open:a.open||s.open}}else u(`tags`,n.name)&&!fn.test(n.name)&&!s.has(n.name)&&i.push({kind:`tag`,name:n.name,at:d(n,n.name),near:void 0});for(let e of r.unclosed.filter(({name:e})=>a.tags.has(e)||!c.open))i.push({kind:`unclosed`,name:e.name,at:d(e,e.name),near:void 0});return i}function mn({tags:e,variables:t}){return[...e,...t].sort((e,t)=>e.start-t.start)}function hn({source:e,start:t,end:n},r,i){let a=j(e)?.filters.find(({name:e})=>r(`filters`,e));return a===void 0?[]:[{kind:`filter`,name:a.name,at:i({start:t,end:n},a.name),near:void 0}]}function Q(e){return/^(?:"([^"\\|]*)"|'([^'\\|]*)')$/.exec(e??``)?.slice(1).find(e=>e!==void 0)}const gn=({folders:e,absent:t,relative:n})=>({searched:e,absent:t,relative:n}),_n=new WeakMap;function vn(e){return t().getOrInsert(_n,e,()=>{let n=v(e);if(n===void 0)return[];let r=A(e),i={app:e,engine:n,urls:r?.urls,statics:qt(e)},a=r===void 0?[]:yn(i,r.paths),o=new Set(a.map(({kind:e,at:n})=>`${e} ${t().placeKey(n)}`)),s=xn(e,n).map(e=>nn(i,e)),c=s.flat(),l=s.some(e=>e.length===0);return[...a,...c.filter(({kind:e,at:n})=>!o.has(`${e} ${t().placeKey(n)}`)).map(e=>({...e,when:[],partial:l,view:void 0,...gn(n)}))]})}function yn(e,n){let r=new Map,i=n.map(({when:n,rendered:i})=>{let a=new Set;for(let n of i.flatMap(t=>bn(e,t))){let e=`${n.kind} ${t().placeKey(n.at)}`;a.add(e),t().getOrInsert(r,e,()=>n)}return{when:n,ids:a}});return[...r].flatMap(([n,r])=>{let a=t().told(e.app.inquiry,t().verdict(i,({ids:e})=>e.has(n)),()=>void 0);return a===void 0?[]:[{...r,when:a.when,...gn(e.engine)}]})}function bn(e,{name:t,at:n}){let r=y(e.app,e.engine,t);return r.state===`missing`?[{kind:`missing`,name:t,at:n,near:$t(e.app,t),view:n}]:r.state===`file`?nn(e,r.template).map(e=>({...e,view:n})):[]}function xn(e,t){return[...new Set(e.frontend.sockets.flatMap(({at:e,referenced:t})=>t?[e.file]:[]))].flatMap(n=>t.folders.flatMap(r=>{let i=n.startsWith(`${r}/`)?y(e,t,n.slice(r.length+1)):void 0;return i?.state===`file`&&i.template.file===n?[i.template]:[]}).slice(0,1))}function Sn({args:{posonly:e,args:t,kwonly:n}}){let[,...r]=[...e,...t];return[...r,...n].every(e=>e.default!==void 0)}function Cn(e,n){let r=e.files.flatMap(r=>{let i=e.source(r)?.text.includes(n)===!0?e.file(r):void 0;return i===void 0?[]:[...i.classes.values()].flatMap(e=>(t().bindingsOf(e).get(n)??[]).map(({by:e})=>({node:e,file:i})))}),[i]=r;return r.length===1&&i?.node.kind===`FunctionDef`?{node:i.node,file:i.file}:void 0}function wn(e,{kind:n,source:i},a){let o=n===`variable`?j(i):void 0,[,s]=/^\w+(?:\.\w+)*\.([a-z]\w*)$/.exec(o?.variable??``)??[];if(s===void 0||o?.filters.some(e=>e.name!==`safe`))return;let c=s===`get_absolute_url`?void 0:Cn(t().codeOf(e),s),l=c?.node.decorators.every(e=>r().isProperty(e,c.file))===!0&&Sn(c.node)?c.node:void 0,u=l?.body.at(-1),d=u?.kind===`Return`&&l?.body.slice(0,-1).every(Tn)?u.value:void 0;if(l!==void 0&&d!==void 0)return t().partsOfText(d,{function:l,attributes:new Map})?.map(e=>typeof e==`string`?{text:e,at:a,verbatim:!1}:{name:e.name,kind:`server`,at:a})}const Tn=e=>e.kind===`Expr`&&e.value.kind===`Constant`;function En(e){let t=`unread`;return n=>{let r=n.lastIndexOf(`templates/`);if(r<0||r>0&&n[r-1]!==`/`||(t===`unread`&&(t=v(e)),t===void 0||t.open))return!1;let{folders:i}=t;return[...i.filter(e=>n.startsWith(e===``?``:`${e}/`)).map(e=>e===``?n:n.slice(e.length+1)),n.slice(r+10)].every(r=>Dn(e,t,r,n))}}function Dn(e,t,n,r){let i=[];for(;;){let a=y(e,t,n,i);if(a.state!==`file`||a.template.file===r)return!1;let o=X(e,a.template.file);if(o===void 0)return!1;let[s]=o.tags;if(s?.name!==`extends`)return!0;let c=Q(s.words[0]);if(c===void 0)return!1;if(x(c,a.template)!==n)return!0;i.push(a.template.file)}}function On(e,t,n){let r=new Set,i=new Set,a=[n];for(let n=a.pop();n!==void 0;n=a.pop())if(!i.has(n.file)){i.add(n.file);for(let i of X(e,n.file)?.tags??[]){if(i.name===`include`&&i.words.includes(`only`))return`any`;for(let e of An(i))r.add(e);let o=i.name===`include`||i.name===`extends`?Q(i.words[0]):void 0,s=o===void 0?void 0:b(e,t,o,n);s?.state===`file`&&a.push(s.template)}}return r}const kn=new Set([`url`,`querystring`]);function An({name:e,words:t}){if(e===`for`){let e=t.lastIndexOf(`in`);return[...t.slice(0,Math.max(e,0)).join(` `).split(/[\s,]+/),`forloop`]}return t.flatMap((n,r)=>{let i=t[r-1];if(i===`as`||i===`asvar`)return[n];let a=kn.has(e)?void 0:/^(\w+)=/u.exec(n)?.[1];return a===void 0?[]:[a]})}function jn(e,t,n,{variable:r,filters:i},a){let o=r===void 0?void 0:Fn(e,t,n,r,a);if(o===void 0)return;let[s,...c]=i;if(s===void 0)return typeof o==`boolean`?[$(o?`True`:`False`,a)]:Mn(o);if(c.length>0)return;if((s.name===`safe`||s.name===`json_script`)&&typeof o!=`boolean`)return o;let[l,u]=s.argument?.text?.split(`,`)??[],d=typeof o==`boolean`?o:o.length!==0&&void 0;if(s.name===`yesno`&&d!==void 0&&l!==void 0&&u!==void 0)return[$(d?l:u,a)]}const $=(e,t)=>({text:e,at:t,verbatim:!1});function Mn(e){let t={"&":`&amp;`,"<":`&lt;`,">":`&gt;`,'"':`&quot;`,"'":`&#x27;`};return e.map(e=>`kind`in e?e:{...e,text:e.text.replace(/[&<>"']/g,e=>t[e]??e)})}const Nn={auth:[`user`,`perms`],messages:[`messages`,`DEFAULT_MESSAGE_LEVELS`],request:[`request`],debug:[`debug`,`sql_queries`],i18n:[`LANGUAGES`,`LANGUAGE_CODE`,`LANGUAGE_BIDI`],media:[`MEDIA_URL`],static:[`STATIC_URL`],tz:[`TIME_ZONE`],csrf:[`csrf_token`]},Pn=/^django\.(?:template\.context_processors|contrib\.(?:auth|messages)\.context_processors)\.(\w+)$/;function Fn(e,n,r,i,a){let[o=``,...s]=i.split(`.`),{context:c}=r,l=s.length===0?t().entryOf(c,o)?.value:void 0;if(l!==void 0)return In(l,a);if(o!==`request`||t().entryOf(c,o)!==void 0||r.openContext||c!==void 0&&(c.type!==`dict`||c.rest!==void 0))return;let u=n.processors?.map(e=>Nn[Pn.exec(e)?.[1]??``]);if(!(u===void 0||u.includes(void 0))&&r.withRequest!==void 0){if(!r.withRequest||!u.some(e=>e?.includes(`request`)))return[];if(k(e))return i===`request.is_secure`?!1:i===`request.scheme`?[$(`http`,a)]:void 0}}function In(e,t){if(e.type===`bool`)return e.value;if(e.type===`str`)return e.parts.map(e=>typeof e==`string`?$(e,t):{name:e.name,kind:e.name===`request.get_host()`?`page-host`:`server`,at:t})}function Ln(e,t){let n=v(e),r=A(e);if(n?.usual!==!0||r===void 0)return;let i={app:e,engine:n,urls:void 0,statics:void 0},a=r.paths.map(({rendered:r})=>r.flatMap(r=>{let a=y(e,n,r.name);return a.state===`file`&&rn(i,a.template).has(t)?[{...r,template:a.template}]:[]})),[o]=a.flat();if(o===void 0||a.some(e=>e.length!==1)||a.flat().some(({at:e})=>e!==o.at))return;let s=On(e,n,o.template);return(t,r)=>{let i=t.kind===`variable`?j(t.source):void 0,[a=``]=i?.variable?.split(`.`)??[];if(!(i===void 0||s===`any`||s.has(a)))return jn(e,n,o,i,r)}}exports.collectedFiles=Bt,exports.engineOf=v,exports.findTemplate=y,exports.findsNothing=Gt,exports.firstPage=A,exports.holdsFile=Yt,exports.installedApps=h,exports.itemsRendered=Xt,exports.loadLibrary=wt,exports.manifestStorages=Kt,exports.maskTemplates=it,exports.matchesName=zt,exports.mentions=_,exports.methodText=wn,exports.onlyValue=g,exports.pageFaults=vn,exports.readFilterExpression=j,exports.seesHttp=k,exports.shadowedTemplates=En,exports.staticManifest=qt,exports.staticSources=K,exports.templateIn=X,exports.transparent=D,exports.viewRoutes=i,
exports.writtenIn=Ln;