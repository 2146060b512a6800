/** The API that the code of a snippet sends its request to. */
export interface SnippetTarget {
  /** Base URL without a trailing slash. */
  readonly baseUrl: string;
  readonly organization?: string;
  readonly project?: string;
}

export function sessionsUrl({ baseUrl }: SnippetTarget): string {
  return `${baseUrl}/chatkit/sessions`;
}

/** Returns the headers of create-session without the key (chatkit-api 1.2). */
export function headersOf({ organization, project }: SnippetTarget): readonly (readonly [string, string])[] {
  return [
    ['Content-Type', 'application/json'],
    ['OpenAI-Beta', 'chatkit_beta=v1'],
    ...(organization === undefined ? [] : [['OpenAI-Organization', organization] as const]),
    ...(project === undefined ? [] : [['OpenAI-Project', project] as const]),
  ];
}
