/**
 * @module
 */

/** The forms in which a report can be fetched. */
export type ReportForm = 'html' | 'csv' | 'json';

/**
 * Where the studio serves the report of show `showId`. `previewUrl` is any address the studio has given for a
 * preview: it knows the server and holds the token that lets this window in; a page's own address has neither.
 */
export function reportUrl(
  form: ReportForm,
  showId: string,
  { previewUrl, pageUrl }: { readonly previewUrl: string; readonly pageUrl: string },
): string {
  const preview = new URL(previewUrl, pageUrl);
  const url = new URL(`/api/v1/history/${encodeURIComponent(showId)}/report.${form}`, preview);
  const token = preview.searchParams.get('token');
  if (token !== null) url.searchParams.set('token', token);
  return url.href;
}
