const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string, little: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return new Uint8Array(little ? bytes : bytes.swap16())
}
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

const texts: Readonly<Record<string, string>> = {
  continuation: 'channels\\\n==\\\n4.1.0\ndaphne==4.1.2 \\\n  --hash=sha256:aa \\\n  --hash=sha256:bb\nredis==7.1.0',
  'continuation-comment': 'channels==4.1.0 \\\n# in between\ndaphne==4.1.2\nredis \\\n\n==7\n',
  'continuation-last': 'channels==4.1.0 \\',
  'backslashes-both-ends': '\\\\channels\\\\\n==4.1.0\n',
  comments: '# first\nchannels==4.1.0 # pinned\ndaphne==4.1.2#not a comment\n  # indented\nredis==7.1.0\t# tab\n',
  'comment-with-backslash': '# comment \\\nchannels==4.1.0\n',
  quoting: '-r "a b.txt"\n-r \'c d.txt\'\n-r e\\ f.txt\n-r "unfinished\n--index-url="https://x/y"\n-e "./local"\n',
  options:
    '-rbase.txt\n-r=base.txt\n--requirement=base.txt\n--requ base.txt\n--re base.txt\n-cbase.txt\n--pre\n--no-index=1\n-r\n--\n-\n',
  'options-after':
    'channels==4.1.0 -r base.txt\nchannels -e ./local\nchannels --pre\nchannels --unknown\n-e ./local --hash=sha256:00\n-e ./local -e ./other\n',
  hashes:
    'a==1 --hash=sha256:00 --hash=sha384:11\nb==1 --hash md5:22\nc==1 --hash=sha256\n--hash=sha256:33\nd==1\t--hash=sha256:44\n',
  editable:
    '-e .\n-e ./local\n-e ./empty\n-e ./absent\n-e git+https://e.com/r.git#egg=thing\n-e git+https://e.com/r.git\n-e thing @ git+https://e.com/r.git\n-e thing[x] @ git+https://e.com/r.git ; python_version < "4"\n-e https://e.com/a.zip#egg=a\n-e ./local[dev,test]\n-e git://e.com/r#egg=y\n-e local\n-e file:///tmp/x#egg=z\n-e plainname\n',
  urls: 'https://e.com/a.zip\nhttps://e.com/a.zip#egg=a\nhttps://e.com/a.zip; python_version < "4"\nhttps://e.com/a.zip;x\na @ https://e.com/a.zip\na@https://e.com/a.zip;python_version<"4"\na @ https://e.com/a.zip ; python_version < "4"\na @ https://e.com/a;b.zip\na[x] @ git+https://e.com/r@v1#subdirectory=s\na @ ./local\n',
  wheels:
    'https://e.com/w-1.0-py3-none-any.whl\nhttps://e.com/w-1.0.whl\n./w_x-1.0.0-1a-cp39-cp39-manylinux1_x86_64.whl\nw-1.0-py3-none-any.whl\nw__x-1-py3-none-any.whl\nhttps://e.com/w-bad-py3-none-any.whl\nhttps://e.com/w%2B-1.0-py3-none-any.whl\nfile:///tmp/w-1.0-py3-none-any.whl\n',
  paths:
    './local\n./empty\n./absent\nlocal.tar.gz\nabsent.tar.gz\n./local[dev]\n.\n..\n../up.zip\n.zip\nlocal/\nlocal\n',
  variables:
    '-i https://${KNOWN_TOKEN}@e.com/simple\na==${KNOWN_TOKEN}\nb==${UNKNOWN}\n${UNKNOWN}\nc @ https://e.com/${KNOWN_TOKEN}/${KNOWN_TOKEN}.zip\n$KNOWN_TOKEN\n${known_token}\n',
  specifiers:
    'a==1.0,\na>=1,<2\na >= 1 , < 2\na (>=1)\na(>=1,<2)\na>=1 <2\na==1.*\na>=1.*\na~=1\na~=1.0\na===anything-goes_here!\na===1.0,>0\na=1.0\na=>1\na^1\na==\na==*\na==1.0+local\na>=1.0+local\na!=1.0.*\na==v1.0\na<1!2\n',
  extras: 'a[]\na[x]\na[x,y]\na[ x , y ]\na[x y]\na[x,]\na[,x]\na [x] ==1\na[x\na]x[\na[X_Y.z]==1\n',
  markers:
    "a; python_version < '3.10'\na;python_version<'3.10'\na ; sys_platform == 'win32' or os_name == 'posix' and python_version >= '3'\na; (python_version in '3.9, 3.13')\na; 'linux' in sys_platform\na; python_version not in '2.7'\na; extra == 'dev'\na;\na; nonsense == '1'\na; python_version\na; python_version == \"3.9'\na; os.name == 'posix'\na; platform_machine >= 'x'\na; python_version ~= '3.9'\na; python_version === '3.9'\na; python_full_version < '3.9.20'\na; '3.9' == python_version\na; python_version < '3.10' ; os_name == 'x'\na; not python_version == '3'\na; python_version == '3.*'\na; 'x' == 'x'\na; python_version == '3\\x2e9'\na; python_version == '3\\x2'\n",
  names: '_a\na_\n-a\na.\n9\na b\nÄ\naé\na..b\n"a"\n',
  separators: 'a==1\fb==1\vc==1\x1cd==1\x85e==1\u2028f==1\u2029g==1\rh==1\r\ni==1\n\n',
  spaces: '\u00a0a==1\u00a0\n\u3000b==1\nc\u00a0==1\nd==1\u2003# x\n',
  'pasted-shell':
    'pip install channels\n$ pip freeze\n>>> import x\n<<<<<<< HEAD\na==1\n=======\na==2\n>>>>>>> branch\n',
  conda: 'a @ file:///C:/ci/a_1/work\nb @ file:///home/x/b\nc=1.0=py39_0\nd==1.0=py39\n',
  yaml: 'dependencies:\n  - a==1\n- b\n',
  empty: '',
  blank: ' \n\t\n#\n',
  includes:
    '-r base.txt\n-c limits.txt\n-r https://e.com/r.txt\n-r ../up.txt\n--requirement other.txt -c limits.txt\n-c limits.txt -r base.txt\n',
}

/** Files that pip reads in ways one would not guess. */
export const torture: readonly { readonly name: string; readonly bytes: Uint8Array }[] = [
  ...Object.entries(texts).map(([name, text]) => ({ name, bytes: utf8(text) })),
  { name: 'bom-utf8', bytes: utf8('\ufeffchannels==4.1.0\n') },
  { name: 'bom-utf16le', bytes: utf16('channels==4.1.0\r\ndaphne==4.1.2\r\n', true) },
  { name: 'bom-utf16be', bytes: utf16('channels==4.1.0\n', false) },
  { name: 'utf16-without-bom', bytes: utf16('channels==4.1.0\n', true).slice(2) },
  { name: 'latin1-cookie', bytes: latin1('# -*- coding: latin-1 -*-\nchannels==4.1.0 # caf\xe9\n') },
  { name: 'latin1-cookie-third-line', bytes: latin1('#\n#\n# coding: latin-1\nchannels==4.1.0 # caf\xe9\n') },
  { name: 'latin1', bytes: latin1('channels==4.1.0 # caf\xe9\n') },
  { name: 'cookie-unknown', bytes: utf8('# coding: klingon\nchannels==4.1.0\n') },
  { name: 'cookie-cp1252', bytes: latin1('# coding=cp1252\nchannels==4.1.0 # \x80\n') },
  { name: 'bom-utf16-odd', bytes: new Uint8Array([...utf16('a==1\n', true), 0x61]) },
  { name: 'nul', bytes: utf8('channels==4.1.0\0\n') },
]
