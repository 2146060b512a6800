import { createContext, use } from 'react';
import type { RpcClient } from '../../base/common/rpc.ts';
import type { Formats } from '../../base/webview/format.ts';
import type { FindRequests } from '../../base/webview/useFindRequests.ts';
import type { ExportHost } from '../common/exportView.ts';

/** What the components of an export use of the webview that contains them. */
export interface ExportContextValue {
  readonly host: RpcClient<ExportHost>;
  readonly formats: Formats;
  readonly findRequests: FindRequests;
}

export const ExportContext = createContext<ExportContextValue | null>(null);

export function useExportContext(): ExportContextValue {
  const value = use(ExportContext);
  if (value === null) throw new Error('Used outside of an export.');
  return value;
}
