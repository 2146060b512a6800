import type { JsonObject } from '../../../base/common/json.ts';

/**
 * Returns the JSON schema of a `.widget` file (chatkit-api 6.11). For `outputJsonPreview`, it refers to the schema of widgets,
 * which is in the file beside it.
 */
export function widgetFileJsonSchema(): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
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
        anyOf: [{ $ref: './chatkit-widget.schema.json' }, { type: 'null' }],
      },
      encodedWidget: {
        type: 'string',
        description: 'The document of the designer, base64url-encoded; contains the sample data',
      },
    },
  };
}
