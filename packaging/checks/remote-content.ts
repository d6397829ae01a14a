import type { Check } from './check.ts';
import { applyRules, type TextRule } from './rules.ts';

const RULES: readonly TextRule[] = [
  {
    code: 'remote_image_beacon',
    pattern: /!\[[^\]\n]{0,200}\]\(\s{0,3}https?:\/\/[^\s)]{1,300}\?[^\s)]{1,300}\)/g,
    kinds: ['instruction'],
    level: 'review',
    message: 'A picture with a query is fetched from the web and can carry data out',
    fix: 'Ship the picture in the package.',
    canBeMention: false,
  },
  {
    code: 'doubtful_address',
    pattern:
      /https?:\/\/(?:(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|cutt\.ly|rb\.gy|pastebin\.com|paste\.ee|hastebin\.com|ghostbin\.\w+|transfer\.sh|0x0\.st|webhook\.site|requestbin\.\w+|[\w-]+\.ngrok(?:-free)?\.(?:io|app)|[\w-]+\.trycloudflare\.com)\b|(?!127\.|10\.|192\.168\.|0\.0\.0\.0|169\.254\.)\d{1,3}(?:\.\d{1,3}){3}\b)[^\s"'`)>]{0,200}/gi,
    kinds: ['instruction', 'program', 'config', 'prose'],
    level: 'review',
    message: 'The address hides where it leads (shortener, paste site, tunnel or bare number)',
    fix: 'Name the real host.',
    canBeMention: true,
  },
  {
    code: 'data_uri_script',
    pattern: /data:(?:text\/(?:html|javascript)|application\/(?:x-)?javascript)[;,][^\s"'`)]{1,200}/gi,
    kinds: ['instruction', 'config', 'prose'],
    level: 'review',
    message: 'A script is hidden in a data address',
    canBeMention: true,
  },
];

/** Addresses that hide their target or carry data out when a page or a chat shows them. */
export const remoteContentCheck: Check = { name: 'remote-content', run: ({ texts }) => applyRules(RULES, texts) };
