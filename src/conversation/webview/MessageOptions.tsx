import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import { useConversation } from './context.ts';

interface Props {
  readonly model: string;
  readonly tool: string;
}

/** Fields for the model and tool names that are sent with each message. */
export function MessageOptions(props: Props) {
  const { host, threadId } = useConversation();
  const [chosen, setChosen] = useState(props);
  const field = (name: keyof Props, label: string) => (
    <label>
      <span>{label}</span>
      <input
        type="text"
        spellCheck={false}
        maxLength={300}
        placeholder={l10n.t('Server default')}
        value={chosen[name]}
        onChange={(event) => {
          const next = { ...chosen, [name]: event.target.value };
          setChosen(next);
          host.notify('options', { threadId, ...next });
        }}
      />
    </label>
  );
  return (
    <div className="message-options">
      {field('model', l10n.t('Model'))}
      {field('tool', l10n.t('Tool'))}
    </div>
  );
}
