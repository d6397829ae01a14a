import { type Client, createClient } from '../contract/client.ts';
import type { Session } from './session.ts';

export function openClient(session: Session, serviceUrl: string): Client {
  return createClient({ baseUrl: serviceUrl, token: () => session.token(serviceUrl), userAgent: 'coditect-agents-cli' });
}
