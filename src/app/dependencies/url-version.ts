import { parseVersion } from '../../syntax/requirements/version.ts'

/**
 * The version that a direct reference names: the tag of a repository (`git+https://…/channels@4.2.0`, also `v4.2.0` and
 * `refs/tags/…`), of an archive (`…/archive/4.2.0.zip`), or the file name of a wheel or source archive. Undefined: a branch, a
 * commit, or nothing. That a tag is named after the version is the custom of every package here, and no rule.
 */
export function versionOfUrl(url: string): string | undefined {
  const [plain = ''] = url.split('#', 1)
  const path = plain.replace(/^[^:]*:\/\//, '')
  const written =
    /^(?:git|hg|bzr|svn)\+/.test(plain) || /\.git(?:@|$)/.test(plain)
      ? /@(?:refs\/tags\/)?([^/@]+)$/.exec(path.slice(path.indexOf('/') + 1))?.[1]
      : (/\/(?:archive|tarball|zipball)\/(?:refs\/tags\/)?([^/]+?)(?:\.zip|\.tar\.gz)?$/.exec(path)?.[1] ??
        /\/[A-Za-z0-9_.]+?-(\d[^-/]*?)(?:-[^/]*\.whl|\.tar\.gz|\.zip)$/.exec(path)?.[1])
  const version = written?.replace(/^v(?=\d)/, '')
  // A commit may be all digits; a version of a release has a dot.
  return version?.includes('.') === true && parseVersion(version) !== undefined ? version : undefined
}
