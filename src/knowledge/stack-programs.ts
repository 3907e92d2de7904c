/**
 * Programs of the stack image that commands of a Procfile may start: what the packages of heroku-22, heroku-24 and heroku-26
 * (heroku/base-images, installed-packages-amd64.txt, read 2026-11) put into /bin, /usr/bin and /usr/sbin, without those for
 * administrators. Then the shells' own words, and what heroku-buildpack-python leaves on the PATH.
 */
const names = `
[ addr2line ar arch as awk b2sum base32 base64 basename basenc bash bunzip2 bzcat bzip2 cat chgrp chmod choom chown chroot chrt
cksum clear cmp column comm compare convert cp curl cut dash date dd df diff diff3 dig dir dirname dpkg du echo egrep env envsubst
expand expr factor false fc-cache fc-list fc-match fgrep file find flock fmt fold free gettext getconf getent getopt gpg grep groups gs
gunzip gzip head host hostid hostname iconv id identify install invoke-rc.d ionice ip ipcs jq join kill ld ldd less link ln locale
logger logname look ls lsblk lscpu lsof magick mawk md5sum mkdir mkfifo mknod mktemp mogrify montage more mv nano nawk nc netcat nice
nl nm nohup nproc nslookup nsenter numfmt objcopy objdump od openssl paste patch pathchk pdfinfo pdftoppm pdftotext perl
pg_dump pg_dumpall pg_isready pg_restore pgrep pidof pkill printenv printf prlimit ps psql ptx pwd pwdx ranlib readelf readlink realpath
renice reset rev rm rmdir rsync run-parts script sdiff sed seq setpriv setsid sftp sh sha1sum sha224sum sha256sum sha384sum sha512sum
shred shuf size skill sleep socat sort split ss ssh ssh-add ssh-agent ssh-keygen ssh-keyscan sshd stat stdbuf strings strip stty sum
sync sysctl tac tail tar tee telnet test time timeout top touch tput tr true truncate tsort tty ulimit uname uncompress unexpand uniq
unlink unxz unzip uptime users vmstat w watch wc wget whereis which who whoami xargs xz xzcat yes zcat zgrep zip zstd
. : alias bg break builtin case cd command continue declare disown eval exec exit export fg for function hash if jobs let local popd
pushd read readonly return select set shift shopt source trap type typeset umask unalias unset until wait while
python python3 pip pip3 pydoc3 idle3`

export const stackPrograms: ReadonlySet<string> = new Set(names.split(/\s+/).filter((name) => name !== ''))

/** `python3.12`, `pip3.12`: the interpreter of the buildpack or of the stack. */
export const isInterpreter = (name: string): boolean => /^(?:python|pip|pydoc)[\d.]*$/.test(name)
