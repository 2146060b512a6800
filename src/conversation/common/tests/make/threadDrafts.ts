import type { ThreadItem } from '../../../../chatkit/common/model/item.ts';
import { answerFormStep, answerToolStep, sayStep, type StepDraft } from './draft.ts';

/**
 * The steps of a thread, read from its items: each message, each output of a tool and each answered form starts one.
 * Items before the first message cannot be asked for, and are left out.
 */
export function draftsOfThread(items: readonly ThreadItem[]): readonly StepDraft[] {
  const drafts: StepDraft[] = [];
  let current: { readonly started: Pick<StepDraft, 'step' | 'notes'>; readonly items: ThreadItem[] } | null = null;
  const close = (): void => {
    if (current !== null) drafts.push({ ...current.started, items: current.items, stream: {}, missing: null });
  };
  const start = (started: Pick<StepDraft, 'step' | 'notes'>): void => {
    close();
    current = { started, items: [] };
  };
  const add = (item: ThreadItem): void => void current?.items.push(item);
  for (const item of items) {
    if (item.kind === 'user_message') start(sayStep(item));
    else if (item.kind === 'client_tool_call' && item.status === 'completed') {
      // While its response ran, the call was open.
      add({ ...item, status: 'open', output: { form: 'absent' } });
      const { output } = item;
      const value = output.form === 'absent' ? null : output.form === 'invalid' ? output.text : output.value;
      if (current !== null) start({ step: answerToolStep(item.name, value), notes: [] });
    } else if (item.kind === 'structured_input' && (item.status === 'answered' || item.status === 'skipped')) {
      add({ ...item, status: 'pending' });
      if (current !== null) start({ step: answerFormStep(item), notes: [] });
    } else add(item);
  }
  close();
  return drafts;
}
