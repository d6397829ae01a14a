import * as vscode from 'vscode';
import { type ArgumentsOf, COMMANDS, CONTEXT_KEYS, type CommandKey } from './ids.ts';

/** Registers a command; failures end in one short message (see show-error.ts), never in the editor's raw text. */
export function registerCommand<Key extends CommandKey>(
  key: Key,
  run: (...args: ArgumentsOf<Key>) => Promise<void> | void,
  onError: (error: unknown) => void,
): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS[key], async (...args: unknown[]) => {
    try {
      await run(...(args as ArgumentsOf<Key>));
    } catch (error) {
      onError(error);
    }
  });
}

export async function runCommand<Key extends CommandKey>(key: Key, ...args: ArgumentsOf<Key>): Promise<void> {
  await vscode.commands.executeCommand(COMMANDS[key], ...args);
}

/** A command as tree items and notifications carry it. */
export function commandLink<Key extends CommandKey>(key: Key, title: string, ...args: ArgumentsOf<Key>): vscode.Command {
  return { command: COMMANDS[key], title, arguments: args };
}

export async function setContext(key: keyof typeof CONTEXT_KEYS, value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', CONTEXT_KEYS[key], value);
}
