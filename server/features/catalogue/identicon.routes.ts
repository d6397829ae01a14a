import { isAgentName } from '../../../contract/names.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ProtocolRoute } from '../../http/route.ts';
import { drawIdenticon } from './identicon.ts';

/** Drawn pictures for agents without one of their own. The packages' own pictures are served by publishing. */
export function identiconRoute(): ProtocolRoute {
  return {
    id: 'getIdenticon',
    method: 'GET',
    paths: ['/assets/identicon/:drawing/:scope/:file'],
    summary: 'The picture of an agent that has none of its own.',
    tag: 'pages',
    auth: 'public',
    handle({ params: { drawing = '', scope = '', file = '' } }) {
      const name = `${scope}/${file.replace(/\.svg$/, '')}`;
      if (!file.endsWith('.svg') || !isAgentName(name) || !/^\d{1,3}$/.test(drawing)) throw new DomainError('not_found');
      return {
        headers: {
          'content-type': 'image/svg+xml',
          'cache-control': 'public, max-age=31536000, immutable',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
          etag: `"${drawing}-${name}"`,
        },
        body: drawIdenticon(name),
      };
    },
  };
}
