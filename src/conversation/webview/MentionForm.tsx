import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import { VsButton } from '../../base/webview/controls/buttons.tsx';
import { type Mention, parseData } from '../common/mentions.ts';

const empty: Mention = { id: '', text: '', group: '', data: '' };

/** Fields for a mention: an entity that the message refers to. `onAdd` receives it when its values are valid. */
export function MentionForm({ onAdd }: { readonly onAdd: (mention: Mention) => void }) {
  const [mention, setMention] = useState(empty);
  const isValid = mention.id.trim() !== '' && mention.text.trim() !== '' && parseData(mention.data) !== null;
  const field = (name: keyof Mention, label: string, placeholder?: string) => (
    <label>
      <span>{label}</span>
      <input
        type="text"
        spellCheck={false}
        maxLength={name === 'data' ? 100_000 : 200}
        placeholder={placeholder}
        aria-invalid={name === 'data' && parseData(mention.data) === null}
        value={mention[name]}
        onChange={({ target }) => setMention({ ...mention, [name]: target.value })}
      />
    </label>
  );
  return (
    <div className="message-options" role="group" aria-label={l10n.t('Mention')}>
      {field('text', l10n.t('Text'))}
      {field('id', l10n.t('ID'))}
      {field('group', l10n.t('Group'), l10n.t('Optional'))}
      {field('data', l10n.t('Data (JSON)'), '{ }')}
      <VsButton
        disabled={!isValid}
        onClick={() => {
          onAdd({ ...mention, id: mention.id.trim(), text: mention.text.trim() });
          setMention(empty);
        }}
      >
        {l10n.t('Add Mention')}
      </VsButton>
    </div>
  );
}
