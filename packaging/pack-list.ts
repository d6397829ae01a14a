/** Never in a package, wherever they lie: what npm leaves out, plus what holds secrets or belongs to one machine. */
const DENIED_NAMES =
  /^(?:node_modules|\.git|\.svn|\.hg|CVS|\.DS_Store|Thumbs\.db|\.npmrc|\.yarnrc(?:\.yml)?|\.env(?:\..*)?|\.gitignore|\.gitattributes|\.npmignore|\.idea|\.lock-wscript|npm-debug\.log|package-lock\.json|yarn\.lock|pnpm-lock\.yaml|\._.*|.*\.swp|.*\.orig|.*\.tgz)$/;
/** Always in a package, whatever `files` or .npmignore say. */
const ALWAYS = /^(?:package\.json|README(?:\.\w+)?|LICEN[CS]E(?:\.\w+)?|CHANGELOG(?:\.\w+)?)$/i;

export function isDenied(path: string): boolean {
  return path.split('/').some((segment) => DENIED_NAMES.test(segment));
}

/** A glob of `files` or .npmignore as a pattern over POSIX paths; a folder's name covers everything below it. */
function globPattern(glob: string, isAnchored: boolean): RegExp {
  const body = glob.replace(/^\.?\//, '').replace(/\/$/, '');
  const source = body.replace(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    return token === '?' ? '[^/]' : `\\${token}`;
  });
  const isRooted = isAnchored || glob.startsWith('/') || body.includes('/');
  return new RegExp(`^${isRooted ? '' : '(?:.*/)?'}${source}(?:/.*)?$`);
}

interface Rule {
  readonly pattern: RegExp;
  readonly isNegated: boolean;
}

function readRules(lines: readonly string[], isAnchored: boolean): Rule[] {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ pattern: globPattern(line.replace(/^!/, ''), isAnchored), isNegated: line.startsWith('!') }));
}

/** Last rule wins, as in git and npm. */
function matches(rules: readonly Rule[], path: string): boolean {
  return rules.reduce((isMatch, rule) => (rule.pattern.test(path) ? !rule.isNegated : isMatch), false);
}

/**
 * Decides which files of a folder go into its package, as npm does: `files` of package.json is an allow list, .npmignore a deny list,
 * some names are never packed and some always.
 */
export function packFilter(options: {
  files?: readonly string[] | undefined;
  npmignore?: string | undefined;
}): (path: string) => boolean {
  const allow = options.files === undefined ? undefined : readRules(options.files, true);
  const deny = readRules((options.npmignore ?? '').split(/\r?\n/), false);
  return (path) => {
    if (isDenied(path)) return false;
    if (ALWAYS.test(path)) return true;
    return (allow === undefined || matches(allow, path)) && !matches(deny, path);
  };
}
