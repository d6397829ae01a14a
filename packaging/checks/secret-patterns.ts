/** Credentials that are recognisable by their form. `minEntropy` in bits per character over the captured secret part. */
export interface SecretPattern {
  readonly name: string;
  /** With the `g` flag; group 1, where there is one, is the secret part. */
  readonly pattern: RegExp;
  readonly minEntropy: number;
}

const START = '(?<![A-Za-z0-9_-])';
const END = '(?![A-Za-z0-9_-])';

function token(body: string): RegExp {
  return new RegExp(`${START}${body}${END}`, 'g');
}

export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    name: 'private key',
    pattern: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\\r|\\n|\s){0,8}([A-Za-z0-9+/=]{40,80})/g,
    minEntropy: 3.5,
  },
  { name: 'AWS access key', pattern: token('(?:AKIA|ASIA|ABIA|ACCA)([A-Z2-7]{16})'), minEntropy: 3 },
  {
    name: 'AWS secret key',
    pattern: /aws_?secret_?(?:access_?)?key["']?\s{0,3}[:=]\s{0,3}["']?([A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])/gi,
    minEntropy: 4,
  },
  { name: 'GitHub token', pattern: token('gh[pousr]_([A-Za-z0-9]{36,255})'), minEntropy: 3.5 },
  { name: 'GitHub token', pattern: token('github_pat_([A-Za-z0-9]{22}_[A-Za-z0-9]{59})'), minEntropy: 3.5 },
  { name: 'GitLab token', pattern: token('glpat-([A-Za-z0-9_-]{20,})'), minEntropy: 3.2 },
  { name: 'Slack token', pattern: token('xox[abeoprs]-([A-Za-z0-9-]{20,200})'), minEntropy: 2.8 },
  {
    name: 'Slack webhook',
    pattern: /hooks\.slack\.com\/services\/(T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{20,28})/g,
    minEntropy: 3.2,
  },
  { name: 'Stripe key', pattern: token('(?:sk|rk)_live_([A-Za-z0-9]{20,247})'), minEntropy: 3.5 },
  { name: 'Stripe webhook secret', pattern: token('whsec_([A-Za-z0-9+/]{32,64})'), minEntropy: 3.5 },
  { name: 'npm token', pattern: token('npm_([A-Za-z0-9]{36})'), minEntropy: 3.5 },
  { name: 'Google API key', pattern: token('AIza([A-Za-z0-9_-]{35})'), minEntropy: 3.5 },
  { name: 'Google client secret', pattern: token('GOCSPX-([A-Za-z0-9_-]{28})'), minEntropy: 3.5 },
  { name: 'Anthropic key', pattern: token('sk-ant-(?:api|admin|oat|sid)\\d{2}-([A-Za-z0-9_-]{60,})'), minEntropy: 4 },
  { name: 'OpenAI key', pattern: token('sk-(?:proj|svcacct|admin|None)-([A-Za-z0-9_-]{40,})'), minEntropy: 4 },
  { name: 'OpenAI key', pattern: token('sk-([A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})'), minEntropy: 3.5 },
  { name: 'Hugging Face token', pattern: token('hf_([A-Za-z]{34})'), minEntropy: 3.5 },
  { name: 'PyPI token', pattern: token('pypi-(AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,})'), minEntropy: 3.5 },
  { name: 'SendGrid key', pattern: token('SG\\.([A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43})'), minEntropy: 3.5 },
  { name: 'DigitalOcean token', pattern: token('do[opr]_v1_([a-f0-9]{64})'), minEntropy: 3 },
  { name: 'Azure storage key', pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/g, minEntropy: 4 },
  { name: 'CODITECT token', pattern: token('cdt_([A-Za-z0-9]{42})'), minEntropy: 3.5 },
  { name: 'npm credential', pattern: /:_(?:authToken|password)\s{0,3}=\s{0,3}["']?([A-Za-z0-9+/=_.-]{20,})/g, minEntropy: 3.2 },
  {
    name: 'JSON Web Token',
    pattern: /(?<![A-Za-z0-9_-])(eyJ[A-Za-z0-9_-]{15,2000}\.eyJ[A-Za-z0-9_-]{15,4000}\.[A-Za-z0-9_-]{20,1000})/g,
    minEntropy: 4,
  },
];

/** Something assigned to a secret's name, or a password inside a URL: likely, not certain. */
export const POSSIBLE_SECRETS: readonly SecretPattern[] = [
  {
    name: 'credential',
    pattern:
      /(?<![A-Za-z])(?:api_?key|secret|token|passw(?:or)?d|auth|credential)[A-Za-z0-9_]{0,20}["']?\s{0,3}[:=]\s{0,3}["']([A-Za-z0-9_+/=.-]{24,200})["']/gi,
    minEntropy: 4.2,
  },
  {
    name: 'password in an address',
    pattern: /\b[a-z][a-z0-9+]{2,15}:\/\/[^\s:/@"'`$<{]{1,60}:([^\s:/@"'`$<{}]{8,80})@[\w.-]{4,}/g,
    minEntropy: 3,
  },
];

/** Cheap test over a whole text before any pattern runs. */
export const SECRET_HINT =
  /-----BEGIN|AKIA|ASIA|ABIA|ACCA|secret|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|hooks\.slack|_live_|whsec_|npm_|AIza|GOCSPX|sk-|hf_|pypi-|SG\.|do[opr]_v1_|AccountKey|cdt_|_authToken|_password|eyJ|key|token|passw|auth|credential|:\/\/[^\s/@]{1,60}:/i;
