/** The templates of the starting points of *New Widget…*. *Format Document* does not change them. */
export const starterTemplates = {
  order: `{
  "type": "Card",
  "size": "md",
  "status": { "text": {{ ("Order " ~ order) | tojson }}, "icon": "suitcase" },
  "children": [
    {
      "type": "Row",
      "children": [
        { "type": "Title", "value": {{ headline | tojson }}, "size": "sm" },
        { "type": "Spacer" },
        {
          "type": "Badge",
          "label": {{ status | tojson }},
          "color": {{ ("success" if late == 0 else "warning") | tojson }}
        }
      ]
    },
    { "type": "Divider", "flush": true },
    {% for line in lines %}
      {
        "type": "Row",
        "children": [
          { "type": "Text", "value": {{ line.name | tojson }}, "size": "sm" },
          { "type": "Spacer" },
          {
            "type": "Text",
            "value": {{ "%.2f €" | format(line.price) | tojson }},
            "size": "sm",
            "color": "secondary"
          }
        ]
      },
    {% endfor %}
    { "type": "Divider", "flush": true },
    {
      "type": "Row",
      "children": [
        { "type": "Text", "value": "Total", "weight": "semibold" },
        { "type": "Spacer" },
        {
          "type": "Text",
          "value": {{ "%.2f €" | format(lines | sum(attribute="price")) | tojson }},
          "weight": "semibold"
        }
      ]
    }
  ],
  "confirm": {
    "label": "Track parcel",
    "action": { "type": "order.track", "payload": { "order": {{ order | tojson }} } }
  }
}
`,
  results: `{
  "type": "ListView",
  "limit": 5,
  "status": { "text": {{ (results | length ~ " results") | tojson }}, "icon": "search" },
  "children": [
    {% for result in results %}
      {
        "type": "ListViewItem",
        "key": {{ result.id | tojson }},
        "gap": 3,
        "align": "center",
        "onClickAction": { "type": "result.open", "payload": { "id": {{ result.id | tojson }} } },
        "children": [
          { "type": "Icon", "name": "document", "color": "secondary", "size": "lg" },
          {
            "type": "Col",
            "gap": 0,
            "flex": 1,
            "children": [
              {
                "type": "Text",
                "value": {{ result.title | tojson }},
                "size": "sm",
                "weight": "semibold",
                "truncate": true
              },
              { "type": "Caption", "value": {{ result.text | tojson }}, "maxLines": 2 }
            ]
          },
          { "type": "Icon", "name": "chevron-right", "color": "tertiary" }
        ]
      }{{ "," if not loop.last }}
    {% endfor %}
  ]
}
`,
  form: `{
  "type": "Card",
  "asForm": true,
  "size": "sm",
  "children": [
    { "type": "Title", "value": {{ title | tojson }}, "size": "sm" },
    { "type": "Label", "value": "Name", "fieldName": "name" },
    { "type": "Input", "name": "name", "required": true, "defaultValue": {{ name | tojson }} },
    { "type": "Label", "value": "Email", "fieldName": "email" },
    {
      "type": "Input",
      "name": "email",
      "inputType": "email",
      "required": true,
      "placeholder": "you@example.com"
    },
    { "type": "Label", "value": "Message", "fieldName": "message" },
    { "type": "Textarea", "name": "message", "rows": 3, "autoResize": true },
    { "type": "Checkbox", "name": "copy", "label": "Send me a copy", "defaultChecked": true }
  ],
  "confirm": { "label": "Send", "action": { "type": "contact.send" } },
  "cancel": { "label": "Cancel", "action": { "type": "contact.cancel" } }
}
`,
  confirmation: `{
  "type": "Card",
  "size": "sm",
  "children": [
    {
      "type": "Row",
      "gap": 3,
      "align": "start",
      "children": [
        {
          "type": "Box",
          "padding": 2,
          "radius": "full",
          "background": { "light": "orange-50", "dark": "orange-950" },
          "children": [
            { "type": "Icon", "name": "info", "color": "warning", "size": "xl" }
          ]
        },
        {
          "type": "Col",
          "gap": 1,
          "flex": 1,
          "children": [
            { "type": "Title", "value": {{ question | tojson }}, "size": "sm" },
            { "type": "Text", "value": {{ details | tojson }}, "size": "sm", "color": "secondary" }
          ]
        }
      ]
    }
  ],
  "confirm": {
    "label": {{ confirm | tojson }},
    "action": { "type": "question.confirm", "payload": { "id": {{ id | tojson }} } }
  },
  "cancel": {
    "label": "Keep it",
    "action": { "type": "question.cancel", "payload": { "id": {{ id | tojson }} } }
  }
}
`,
  chart: `{
  "type": "Card",
  "size": "lg",
  "children": [
    { "type": "Title", "value": {{ title | tojson }}, "size": "sm" },
    {
      "type": "Caption",
      "value": {{ ("Best month: " ~ (months | sort(attribute="sales") | last).month) | tojson }}
    },
    {
      "type": "Chart",
      "height": 200,
      "showLegend": true,
      "showTooltip": true,
      "xAxis": "month",
      "data": {{ months | tojson }},
      "series": [
        { "type": "bar", "dataKey": "sales", "label": "Sales", "color": "blue" },
        {
          "type": "line",
          "dataKey": "plan",
          "label": "Plan",
          "color": "orange",
          "curveType": "monotone"
        }
      ]
    }
  ]
}
`,
  table: `{% macro cell(value, align="start", weight="normal") -%}
  { "type": "Table.Cell", "align": "{{ align }}", "children": [{ "type": "Text", "value": {{ value | tojson }}, "size": "sm", "weight": "{{ weight }}" }] }
{%- endmacro %}
{
  "type": "Card",
  "size": "md",
  "children": [
    { "type": "Title", "value": {{ title | tojson }}, "size": "sm" },
    {
      "type": "Table",
      "children": [
        {
          "type": "Table.Row",
          "header": true,
          "children": [
            {{ cell("Plan", weight="semibold") }},
            {{ cell("Seats", "end", "semibold") }},
            {{ cell("Price", "end", "semibold") }}
          ]
        },
        {% for plan in plans %}
          {
            "type": "Table.Row",
            "children": [
              {{ cell(plan.name) }},
              {{ cell(plan.seats | string, "end") }},
              {{ cell("{:,} €".format(plan.price), "end") }}
            ]
          }{{ "," if not loop.last }}
        {% endfor %}
      ]
    }
  ]
}
`,
  profile: `{
  "type": "Card",
  "size": "sm",
  "children": [
    {
      "type": "Row",
      "gap": 3,
      "children": [
        {
          "type": "Box",
          "size": 48,
          "radius": "full",
          "align": "center",
          "justify": "center",
          "background": { "light": "purple-100", "dark": "purple-900" },
          "children": [
            { "type": "Text", "value": {{ name[:1] | tojson }}, "weight": "semibold", "size": "lg" }
          ]
        },
        {
          "type": "Col",
          "children": [
            { "type": "Title", "value": {{ name | tojson }}, "size": "sm" },
            { "type": "Text", "value": {{ role | tojson }}, "size": "sm", "color": "secondary" }
          ]
        }
      ]
    },
    { "type": "Divider" },
    {% for fact in facts %}
      {
        "type": "Row",
        "gap": 2,
        "children": [
          { "type": "Icon", "name": {{ fact.icon | tojson }}, "color": "tertiary" },
          { "type": "Text", "value": {{ fact.text | tojson }}, "size": "sm" }
        ]
      },
    {% endfor %}
    {
      "type": "Row",
      "gap": 2,
      "children": [
        {
          "type": "Button",
          "label": "Message",
          "iconStart": "mail",
          "style": "primary",
          "block": true,
          "onClickAction": { "type": "profile.message" }
        },
        {
          "type": "Button",
          "label": "Call",
          "iconStart": "phone",
          "style": "secondary",
          "block": true,
          "onClickAction": { "type": "profile.call", "handler": "client" }
        }
      ]
    }
  ]
}
`,
  survey: `{
  "type": "Card",
  "asForm": true,
  "size": "sm",
  "children": [
    { "type": "Title", "value": {{ question | tojson }}, "size": "sm" },
    {
      "type": "RadioGroup",
      "name": "answer",
      "ariaLabel": {{ question | tojson }},
      "direction": "col",
      "required": true,
      "options": [
        {% for option in options %}
          { "value": {{ loop.index | string | tojson }}, "label": {{ option | tojson }} }{{ "," if not loop.last }}
        {% endfor %}
      ]
    },
    { "type": "Label", "value": "Comment", "fieldName": "comment", "size": "sm" },
    { "type": "Textarea", "name": "comment", "rows": 2, "placeholder": "Optional" }
  ],
  "confirm": {
    "label": "Send answer",
    "action": { "type": "survey.answer", "payload": { "survey": {{ id | tojson }} } }
  }
}
`,
  booking: `{
  "type": "Card",
  "asForm": true,
  "size": "md",
  "status": { "text": {{ place | tojson }}, "icon": "calendar" },
  "children": [
    { "type": "Markdown", "value": {{ note | tojson }} },
    {
      "type": "Row",
      "gap": 2,
      "wrap": "wrap",
      "children": [
        {
          "type": "DatePicker",
          "name": "day",
          "placeholder": "Day",
          "min": {{ first_day | tojson }}
        },
        {
          "type": "Select",
          "name": "time",
          "placeholder": "Time",
          "options": [
            {% for time in times %}
              { "value": {{ time | tojson }}, "label": {{ time | tojson }} }{{ "," if not loop.last }}
            {% endfor %}
          ]
        }
      ]
    },
    { "type": "Label", "value": "People", "fieldName": "people" },
    { "type": "Input", "name": "people", "inputType": "number", "defaultValue": "2" }
  ],
  "confirm": { "label": "Book", "action": { "type": "booking.create" } }
}
`,
  progress: `{% set done = steps | selectattr("done") | list | length %}
{
  "type": "Card",
  "size": "sm",
  "children": [
    {
      "type": "Row",
      "children": [
        { "type": "Title", "value": {{ title | tojson }}, "size": "sm" },
        { "type": "Spacer" },
        { "type": "Caption", "value": {{ (done ~ " of " ~ steps | length) | tojson }} }
      ]
    },
    {
      "type": "Box",
      "height": 6,
      "radius": "full",
      "background": "alpha-10",
      "children": [
        {
          "type": "Box",
          "width": "{{ (100 * done / (steps | length)) | round | int }}%",
          "height": "100%",
          "radius": "full",
          "background": "green-400"
        }
      ]
    },
    {% for step in steps %}
      {
        "type": "Row",
        "gap": 2,
        "children": [
          {
            "type": "Icon",
            "name": "{{ "check-circle-filled" if step.done else "empty-circle" }}",
            "color": "{{ "success" if step.done else "tertiary" }}"
          },
          {
            "type": "Text",
            "value": {{ step.name | tojson }},
            "size": "sm",
            "lineThrough": {{ step.done | tojson }}
          }
        ]
      }{{ "," if not loop.last }}
    {% endfor %}
  ]
}
`,
} as const;
