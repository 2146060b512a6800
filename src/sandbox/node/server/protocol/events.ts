import type {
  AssistantContent,
  Json,
  JsonObject,
  ServerAnnotation,
  ServerItem,
  ServerTask,
  ServerThread,
} from '../../model/serverTypes.ts';

// Stream events (chatkit-api 5.6) and the changes of an item within one (5.7).

export type ItemUpdate =
  | { type: 'assistant_message.content_part.added'; content_index: number; content: AssistantContent }
  | { type: 'assistant_message.content_part.text_delta'; content_index: number; delta: string }
  | {
      type: 'assistant_message.content_part.annotation_added';
      content_index: number;
      annotation_index: number;
      annotation: ServerAnnotation;
    }
  | { type: 'assistant_message.content_part.done'; content_index: number; content: AssistantContent }
  | { type: 'widget.streaming_text.value_delta'; component_id: string; delta: string; done: boolean }
  | { type: 'widget.component.updated'; component_id: string; component: JsonObject }
  | { type: 'widget.root.updated'; widget: JsonObject }
  | { type: 'workflow.task.added'; task_index: number; task: ServerTask }
  | { type: 'workflow.task.updated'; task_index: number; task: ServerTask }
  | { type: 'generated_image.updated'; image: { id: string; url: string }; progress?: number };

export type ServerEvent =
  | { type: 'thread.created'; thread: ServerThread }
  | { type: 'thread.updated'; thread: ServerThread }
  | { type: 'thread.item.added'; item: ServerItem }
  | { type: 'thread.item.updated'; item_id: string; update: ItemUpdate }
  | { type: 'thread.item.done'; item: ServerItem }
  | { type: 'thread.item.removed'; item_id: string }
  | { type: 'thread.item.replaced'; item: ServerItem }
  | { type: 'stream_options'; stream_options: { allow_cancel: boolean } }
  | { type: 'progress_update'; text: string; icon?: string }
  | { type: 'client_effect'; name: string; data: Json }
  | { type: 'notice'; level: 'info' | 'warning' | 'danger'; message: string; title?: string }
  | { type: 'error'; code: string; message?: string; allow_retry: boolean };
