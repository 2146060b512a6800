import type { JsonView } from '../../common/inspectorItem.ts';

/** What a reader sees of a JSON value, for finding. */
export function jsonText(json: JsonView): string {
  switch (json.form) {
    case 'absent':
      return '';
    case 'json':
      return JSON.stringify(json.value, null, 1);
    case 'invalid':
    case 'clipped':
      return json.text;
  }
}
