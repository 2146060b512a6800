import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'react';
import { Icon, IconButton } from '../../base/webview/controls/buttons.tsx';
import { MenuButton } from '../../base/webview/controls/MenuButton.tsx';
import { useConversation } from './context.ts';

interface Props {
  readonly disabled: boolean;
  /** Receives the text of the audio. */
  readonly onText: (text: string) => void;
  /** Receives why there is no text; null when a new attempt starts. */
  readonly onProblem: (problem: string | null) => void;
}

/** Turns speech into text through the server (`input.transcribe`): a recording, or an audio file. */
export function TranscribeButton({ disabled, onText, onProblem }: Props) {
  const { host, threadId, announce } = useConversation();
  const [busy, setBusy] = useState(false);
  const [recorder, setRecorder] = useState<MediaRecorder | null>(null);
  const current = useRef<MediaRecorder | null>(null);
  useEffect(() => () => current.current?.stream.getTracks().forEach((track) => track.stop()), []);

  const transcribe = async (recording: { mimeType: string; base64: string } | null) => {
    setBusy(true);
    onProblem(null);
    try {
      const { text } = await host.request('transcribe', { threadId, recording });
      if (text !== null) onText(text);
    } catch (error) {
      onProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const record = async () => {
    onProblem(null);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const next = new MediaRecorder(stream);
      const parts: Blob[] = [];
      next.ondataavailable = ({ data }) => parts.push(data);
      next.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        setRecorder(null);
        void base64Of(new Blob(parts)).then((base64) => transcribe({ mimeType: next.mimeType, base64 }));
      };
      next.start();
      current.current = next;
      setRecorder(next);
      announce(l10n.t('Recording…'));
    } catch {
      onProblem(l10n.t('This editor does not allow recording in a panel. Choose an audio file instead.'));
    }
  };

  if (recorder !== null) {
    return <IconButton icon="record" label={l10n.t('Stop recording')} pressed onClick={() => recorder.stop()} />;
  }
  if (busy) return <IconButton icon="loading" label={l10n.t('Transcribing…')} disabled />;
  return disabled ? (
    <IconButton icon="mic" label={l10n.t('Transcribe audio')} disabled />
  ) : (
    <MenuButton
      label={l10n.t('Transcribe audio')}
      className="icon-button"
      entries={[
        { id: 'record', label: l10n.t('Record'), icon: 'record' },
        { id: 'file', label: l10n.t('Choose Audio File…'), icon: 'file-media' },
      ]}
      onChoose={(id) => void (id === 'record' ? record() : transcribe(null))}
    >
      <Icon name="mic" />
    </MenuButton>
  );
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('Could not read the recording.'));
    reader.readAsDataURL(blob);
  });
}
