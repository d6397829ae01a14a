import type { Check } from './check.ts';
import { applyRules, type TextRule } from './rules.ts';

const READ_BY_MODEL = ['instruction', 'prose'] as const;

function rule(code: string, message: string, pattern: RegExp, level: TextRule['level'] = 'review'): TextRule {
  return { code, message, pattern, level, kinds: READ_BY_MODEL, canBeMention: true };
}

const RULES: readonly TextRule[] = [
  rule(
    'prompt_override',
    'The text tells a model to drop its instructions',
    /\b(?:ignore|disregard|forget|override|bypass)\s{1,3}(?:(?:all|any|every|your|the|of|my|these|those)\s{1,3}){0,3}(?:previous|prior|above|earlier|preceding|system|existing|original|safety)\s{1,3}(?:(?:system|developer|user|safety)\s{1,3})?(?:instructions?|prompts?|rules?|messages?|guidelines?|guardrails|directives?)/gi,
  ),
  rule(
    'prompt_override',
    'The text tries to change what the model is',
    /\b(?:you are no longer|from now on,? you (?:are|will act as)|new system prompt|enter (?:developer|dan|god) mode|act as (?:an? )?(?:unrestricted|jailbroken))\b/gi,
  ),
  rule(
    'prompt_override',
    'The text asks for the system prompt',
    /\b(?:reveal|print|output|repeat|leak|show me)\s{1,3}(?:(?:your|the|all|of)\s{1,3}){0,3}(?:system prompt|hidden instructions|initial instructions)/gi,
  ),
  rule(
    'prompt_role_tokens',
    'The text imitates a chat template',
    /<\|(?:im_start|im_end|system|endoftext|start_header_id)\|>|\[\/?INST\]|<<\/?SYS>>|^\s{0,3}<\/?system(?:[-_](?:prompt|reminder|message))?>/gim,
  ),
  rule(
    'hidden_action',
    'The text asks to hide actions from the user',
    /\b(?:do not|don['’]t|never)\s{1,3}(?:tell|inform|notify|alert|mention|reveal|show|disclose|report)\s{1,3}(?:(?:this|it|that|anything|any of this)\s{1,3})?(?:to\s{1,3})?(?:the\s{1,3})?users?\b|\bwithout\s{1,3}(?:telling|informing|notifying|alerting)\s{1,3}(?:the\s{1,3})?users?\b|\bkeep\s{1,3}(?:this|it)\s{1,3}(?:a\s{1,3})?secret\s{1,3}from\s{1,3}(?:the\s{1,3})?users?\b|\bhide\s{1,3}(?:this|it|these|all)\s[^\n.]{0,40}\bfrom\s{1,3}(?:the\s{1,3})?users?\b/gi,
  ),
  rule(
    'hidden_action',
    'The text asks to act unseen',
    /\b(?:silently|secretly|covertly|quietly)\s{1,3}(?:run|execute|send|upload|post|install|download|delete|modify|exfiltrate|copy)\b/gi,
  ),
  rule(
    'confirmation_disabled',
    'The text asks to skip confirmation',
    /\b(?:do not|don['’]t|never)\s{1,3}(?:ask|wait|prompt)\s{1,3}(?:(?:the\s{1,3})?user\s{1,3})?for\s{1,3}(?:(?:any|user|further)\s{1,3})?(?:confirmation|permission|approval|consent)\b|\bwithout\s{1,3}(?:(?:asking|waiting|prompting)\s{1,3}(?:(?:the\s{1,3})?user\s{1,3})?for\s{1,3})?(?:(?:any|user)\s{1,3})?(?:confirmation|permission|approval|consent)\b|\b(?:skip|disable|turn off|bypass)\s{1,3}(?:(?:all|any|the|every)\s{1,3}){0,2}(?:confirmations?|permissions?|approvals?)(?:\s{1,3}(?:prompts?|dialogs?|checks?|requests?))?\b|\bauto-?approve\s{1,3}(?:all|every|any)\b/gi,
  ),
  {
    code: 'data_exfiltration',
    pattern: /https?:\/\/[^\s)"'`>]{3,200}/gi,
    before: [
      /\b(?:send|post|upload|transmit|exfiltrate|forward|report)\b/i,
      /\b(?:contents?|credentials?|secrets?|tokens?|environment variables|env vars|conversation|chat history|source code)\b|\.env\b/i,
      /\bto\s{1,3}[^\n]{0,40}$/i,
    ],
    kinds: READ_BY_MODEL,
    level: 'review',
    message: 'The text sends what the model has seen to an address',
    canBeMention: true,
  },
  rule(
    'priority_claim',
    'The description claims priority over other agents',
    /\b(?:takes? (?:absolute )?(?:precedence|priority) over (?:all|any|every)|always use this (?:agent|skill|tool) (?:first|instead of|before any)|must be used for (?:all|every) (?:requests?|tasks?|prompts?)|the only (?:agent|skill|tool) you (?:may|should) use)\b/gi,
  ),
  rule(
    'secret_requested',
    'The text asks people for a secret in the chat',
    /\b(?:paste|type|enter|provide|share|send)\s{1,3}(?:me\s{1,3})?(?:(?:your|the)\s{1,3}){1,2}(?:[\w-]{1,20}\s{1,3}){0,2}(?:password|api key|private key|seed phrase|access token|secret key)\b/gi,
    'notice',
  ),
];

/** Text that turns a model against its user: dropped instructions, hidden actions, disabled confirmation, exfiltration. */
export const promptInjectionCheck: Check = { name: 'prompt-injection', run: ({ texts }) => applyRules(RULES, texts) };
