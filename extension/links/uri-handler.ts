import * as vscode from 'vscode';
import { runCommand } from '../platform/commands.ts';
import { UserError } from '../platform/errors-core.ts';
import { t } from '../platform/text-core.ts';
import { parseLink } from './link-core.ts';

/** Takes links from web pages. The editor has asked the user before; what follows asks everything an install asks. */
export function registerLinks(onError: (error: unknown) => void): vscode.Disposable {
  return vscode.window.registerUriHandler({
    async handleUri(uri) {
      try {
        const link = parseLink(uri.path, uri.query);
        if (link === undefined) throw new UserError(t('This link is not one that CODITECT Agents knows.'));
        const { command, ...target } = link;
        await runCommand(command, target);
      } catch (error) {
        onError(error);
      }
    },
  });
}
