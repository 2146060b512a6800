import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { fileNameOf } from '../../base/common/fileName.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { AttachmentFile } from '../../chatkit/common/stream/conversationApi.ts';
import { maxAttachmentBytes, mimeTypeOf } from '../common/attachments.ts';

/** Asks for files to attach; returns none if the user cancels. */
export async function pickFiles(): Promise<readonly vscode.Uri[]> {
  const picked = await vscode.window.showOpenDialog({
    canSelectMany: true,
    title: l10n.t('Attach Files'),
    openLabel: l10n.t('Attach'),
  });
  return picked ?? [];
}

/** Reads a file to attach. Throws `SourceError` `tooLarge` above 100 MB and `notFound` if it cannot be read. */
export async function readAttachment(uri: vscode.Uri): Promise<AttachmentFile> {
  const name = fileNameOf(uri);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > maxAttachmentBytes) {
      throw new SourceError('tooLarge', l10n.t('{0} is larger than 100 MB.', name), { mayHaveArrived: false });
    }
    const bytes = await vscode.workspace.fs.readFile(uri);
    return { name, mimeType: mimeTypeOf(name), bytes };
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    throw new SourceError('notFound', error.message, { cause: error, mayHaveArrived: false, nextStep: 'none' });
  }
}

/** Asks for an audio file and reads it; null if the user cancels. Throws as `readAttachment` does. */
export async function pickAudio(): Promise<AttachmentFile | null> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Transcribe Audio'),
      openLabel: l10n.t('Transcribe'),
      filters: { [l10n.t('Audio')]: ['webm', 'ogg', 'mp4', 'm4a', 'mp3', 'wav'] },
    })) ?? [];
  return uri === undefined ? null : readAttachment(uri);
}

/** The bytes of a recording of the webview. */
export function recordingOf({
  mimeType,
  base64,
}: {
  readonly mimeType: string;
  readonly base64: string;
}): AttachmentFile {
  return { name: 'recording', mimeType, bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
}
