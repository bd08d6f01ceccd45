/**
 * The token that lets this window in.
 * @module
 */

const STORED_AS = 'relaydeck-token';

/**
 * Takes the token out of the page's address and keeps it for this tab, so that it is neither shown, nor shared
 * with a copied address, nor lost on reload.
 */
export function takeAccessToken(page: Window): string | null {
  const address = new URL(page.location.href);
  const given = address.searchParams.get('token');
  if (given === null) return page.sessionStorage.getItem(STORED_AS);
  page.sessionStorage.setItem(STORED_AS, given);
  address.searchParams.delete('token');
  page.history.replaceState(page.history.state, '', address);
  return given;
}
