import type { JsonObject } from '../../../base/common/json.ts';
import { widgetJsonSchema } from './jsonSchema.ts';

/** Returns the JSON schema of a `.widget` file (chatkit-api 6.11). It includes the schema of widgets for `outputJsonPreview`. */
export function widgetFileJsonSchema(): JsonObject {
  const { $schema, title, definitions, $id: _, ...widget } = widgetJsonSchema();
  return {
    $schema: $schema ?? '',
    title: 'ChatKit widget file',
    type: 'object',
    required: ['version', 'name', 'template'],
    properties: {
      version: { const: '1.0', description: 'Version of the format' },
      name: { type: 'string', description: 'Name of the widget' },
      template: {
        type: 'string',
        description: 'Jinja template that produces the JSON of the widget: `{{ (title) | tojson }}`',
      },
      jsonSchema: { type: 'object', description: 'JSON Schema (2020-12) of the data of the template' },
      outputJsonPreview: {
        description: 'The widget that the template produces with the sample data',
        anyOf: [{ $ref: '#/definitions/widget' }, { type: 'null' }],
      },
      encodedWidget: {
        type: 'string',
        description: 'The document of the designer, base64url-encoded; contains the sample data',
      },
    },
    definitions: { ...(definitions as JsonObject), widget: { title: title ?? '', ...widget } },
  };
}
