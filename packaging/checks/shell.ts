import type { Check } from './check.ts';
import { applyRules, type TextRule } from './rules.ts';
import type { TextKind } from './texts.ts';

const EVERYWHERE: readonly TextKind[] = ['instruction', 'prose', 'program', 'config', 'data'];
const SHELL =
  '(?:sudo\\s{1,3}(?:-\\w{1,3}\\s{1,3}){0,2})?(?:/(?:usr/)?bin/)?(?:env\\s{1,3})?(?:(?:ba|z|da|k|fi)?sh|python3?|node|perl|ruby|php|pwsh|powershell|iex)\\b';
const DOWNLOAD = '\\b(?:curl|wget|fetch|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\\b';

const RULES: readonly TextRule[] = [
  {
    code: 'download_piped_to_shell',
    pattern: new RegExp(`${DOWNLOAD}[^\\n|;]{1,300}\\|\\s{0,5}${SHELL}`, 'gi'),
    kinds: EVERYWHERE,
    level: 'review',
    message: 'A download is piped into a shell',
    fix: 'Ship the script in the package and declare it.',
    canBeMention: true,
  },
  {
    code: 'download_piped_to_shell',
    pattern: new RegExp(
      `(?:\\b(?:ba|z)?sh\\s{1,3}(?:-\\w\\s{1,3})?["']?(?:<\\(|\\$\\()|\\b(?:eval|source|\\.)\\s{1,3}["']?(?:\\$\\(|<\\()|\\biex\\s{0,3}\\()\\s{0,3}${DOWNLOAD}[^\\n]{0,200}`,
      'gi',
    ),
    kinds: EVERYWHERE,
    level: 'review',
    message: 'A download is run as a shell command',
    fix: 'Ship the script in the package and declare it.',
    canBeMention: true,
  },
  {
    code: 'download_and_run',
    pattern: new RegExp(`${DOWNLOAD}[^\\n]{1,300}(?:&&|;)\\s{0,5}(?:chmod\\s[^\\n]{0,80}\\+x|${SHELL}\\s)[^\\n]{0,100}`, 'gi'),
    kinds: EVERYWHERE,
    level: 'review',
    message: 'A download is made executable and run',
    canBeMention: true,
  },
  {
    code: 'encoded_command',
    pattern: new RegExp(
      `(?:\\bbase64\\s{1,3}(?:-d|-D|--decode)\\b|\\bopenssl\\s[^\\n|]{0,60}-d\\b|\\bxxd\\s{1,3}-r\\b)[^\\n|]{0,100}\\|\\s{0,5}${SHELL}`,
      'gi',
    ),
    kinds: EVERYWHERE,
    level: 'review',
    message: 'Encoded text is decoded into a shell',
    canBeMention: true,
  },
  {
    code: 'encoded_command',
    pattern: /\b(?:powershell|pwsh)(?:\.exe)?\s[^\n]{0,100}-e(?:nc|ncodedcommand)?\s{1,3}[A-Za-z0-9+/=]{16,}/gi,
    kinds: EVERYWHERE,
    level: 'review',
    message: 'PowerShell runs an encoded command',
    canBeMention: true,
  },
  {
    code: 'reverse_shell',
    pattern:
      /\/dev\/(?:tcp|udp)\/[^\s/]{1,100}\/\d{1,5}|\bnc(?:at)?\s[^\n]{0,60}-(?:e|c)\s{1,3}\/bin\/|\bmkfifo\s[^\n]{1,120}\bnc(?:at)?\s|pty\.spawn\(\s{0,3}["']\/bin\//gi,
    kinds: EVERYWHERE,
    level: 'review',
    message: 'A shell is opened to another machine',
    canBeMention: true,
  },
];

/** Downloads run unseen, encoded commands and reverse shells, in scripts as well as in text that tells a model or a person to run them. */
export const shellCheck: Check = { name: 'remote-shell', run: ({ texts }) => applyRules(RULES, texts) };
