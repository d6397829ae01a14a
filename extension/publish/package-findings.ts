import * as vscode from 'vscode';
import type { Finding } from '../../contract/findings.ts';

const LEVELS: Record<Finding['level'], vscode.DiagnosticSeverity> = {
  refused: vscode.DiagnosticSeverity.Error,
  review: vscode.DiagnosticSeverity.Warning,
  notice: vscode.DiagnosticSeverity.Information,
};

let collection: vscode.DiagnosticCollection | undefined;

/** Shows findings of a local package in the Problems view, at their files and lines; replaces those of an earlier try. */
export function showFindings(folder: vscode.Uri, findings: readonly Finding[]): void {
  collection ??= vscode.languages.createDiagnosticCollection('coditect-package');
  collection.clear();
  const byFile = new Map<string, vscode.Diagnostic[]>();
  for (const finding of findings) {
    const path = finding.path ?? 'package.json';
    const line = Math.max(0, (finding.line ?? 1) - 1);
    const text = finding.fix === undefined ? finding.message : `${finding.message} ${finding.fix}`;
    const diagnostic = new vscode.Diagnostic(new vscode.Range(line, 0, line, 1_000), text, LEVELS[finding.level]);
    diagnostic.source = 'CODITECT Agents';
    diagnostic.code = finding.code;
    byFile.set(path, [...(byFile.get(path) ?? []), diagnostic]);
  }
  for (const [path, diagnostics] of byFile) collection.set(vscode.Uri.joinPath(folder, path), diagnostics);
}
