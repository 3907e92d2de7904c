/**
 * What `manage.py check` takes of modules of the standard library while it imports Django: a module of the project that is found in place of
 * one, and has none of the names behind the colon, ends it with an ImportError or AttributeError. A dotted name is a module of a package.
 * Tried with an empty file of each name in front of the library (2026-11-30): Django 4.2 under Python 3.10 and 3.13, 5.1 under 3.12, 5.2
 * under 3.11 and 3.13; what all of these need. Without a database Django 4.2 under 3.10 alone was tried to the end. Left out: what Python has loaded or frozen before (os, io, abc, stat), and
 * what its build may have in the interpreter itself (math, zlib, select).
 */
export const takenByDjango: ReadonlyMap<string, readonly string[]> = new Map(
  (
    'argparse:_AppendConstAction asyncio:asyncio.coroutines base64:b64encode bisect:bisect ' +
    'collections:namedtuple concurrent:concurrent.futures contextlib:contextmanager contextvars:Context copy:copy ' +
    'copyreg:pickle datetime:datetime decimal:Decimal,ROUND_UP difflib:get_close_matches dis:COMPILER_FLAG_NAMES ' +
    'email:email.utils,email.message enum:IntEnum,global_enum functools:reduce,wraps,lru_cache gettext:gettext ' +
    'gzip:GzipFile hashlib:md5 heapq:nlargest hmac:compare_digest html:html.parser http:cookies ' +
    'inspect:Parameter,ismethod json:JSONEncoder keyword:iskeyword locale:normalize logging:getLogger numbers:Number ' +
    'opcode:__all__ operator:index,eq pathlib:Path pickle:HIGHEST_PROTOCOL pkgutil:walk_packages ' +
    'queue:SimpleQueue quopri:encodestring random:Random re:compile reprlib:recursive_repr selectors:SelectSelector ' +
    'shutil:copymode socket:AF_UNSPEC socketserver:ThreadingTCPServer string:Template struct:pack ' +
    'subprocess:PIPE sysconfig:get_config_var tempfile:NamedTemporaryFile threading:_shutdown token:EXACT_TOKEN_TYPES ' +
    'traceback:extract_stack types:GenericAlias,MappingProxyType typing:Iterable,get_origin urllib:urllib.parse uuid:UUID ' +
    'warnings:warn weakref:ref'
  )
    .split(' ')
    .map((entry) => {
      const [module = '', names = ''] = entry.split(':')
      return [module, names.split(',')] as const
    }),
)
