import * as l10n from '@vscode/l10n';
import { type ReactNode, createContext, use, useState } from 'react';
import { type FileLocation, fileLocations } from '../../common/fileLocations.ts';
import { IconButton, VsButton } from './buttons.tsx';
import './controls.css';

/** Actions of the texts of errors on a page; null where there is no host. */
interface ErrorActions {
  /** Opens a file of the workspace. */
  readonly open: (location: Pick<FileLocation, 'path' | 'line' | 'column'>) => void;
  readonly copy: (text: string) => void;
}

export const ErrorActionsContext = createContext<ErrorActions | null>(null);

/** A text of a server, as plain text with its line breaks. Locations in source files open the file in the workspace. */
export function ErrorText({ text }: { readonly text: string }) {
  const actions = use(ErrorActionsContext);
  if (actions === null) return <span className="error-text">{text}</span>;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const location of fileLocations(text)) {
    const { start, end, path, line, column } = location;
    parts.push(
      text.slice(at, start),
      <VsButton
        key={start}
        look="link"
        className="file-location"
        title={l10n.t('Open in the Workspace')}
        onClick={() => actions.open({ path, line, column })}
      >
        {text.slice(start, end)}
      </VsButton>,
    );
    at = end;
  }
  return (
    <span className="error-text">
      {parts}
      {text.slice(at)}
    </span>
  );
}

interface MessageProps {
  /** A sentence, or a text of the server. */
  readonly message: string;
  /** More lines, shown on request; may be empty. */
  readonly detail: string;
  /** Buttons after *Show Details*. */
  readonly children?: ReactNode;
}

/** The contents of an error banner after its icon: message, details on request, and buttons. */
export function ErrorMessage({ message, detail, children }: MessageProps) {
  const actions = use(ErrorActionsContext);
  const [open, setOpen] = useState(false);
  const hasDetail = detail.trim() !== '' && detail.trim() !== message.trim();
  return (
    <>
      <div className="error-message">
        <p>
          <ErrorText text={message} />
        </p>
        {open && hasDetail && (
          // Long details scroll, also with the keyboard.
          <pre className="problem-detail" tabIndex={0} aria-label={l10n.t('Details')}>
            <ErrorText text={detail} />
          </pre>
        )}
      </div>
      <span className="banner-actions">
        {hasDetail && (
          <VsButton look="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? l10n.t('Hide Details') : l10n.t('Show Details')}
          </VsButton>
        )}
        {actions !== null && (
          <IconButton
            icon="copy"
            label={l10n.t('Copy Error')}
            onClick={() => actions.copy(hasDetail ? `${message}\n${detail}` : message)}
          />
        )}
        {children}
      </span>
    </>
  );
}
